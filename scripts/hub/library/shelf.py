"""The library as templates see it, in one language: `hub.library`."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from hub import table
from hub.library import calls, citations, days, facets, feeds, sharing, timeline, works
from hub.library.citations import Citation
from hub.library.timeline import Moment
from hub.page import vocabulary
from hub.table import Row
from hub.templates import Entry, View

#: Pages that offer a way to cite them; files in three notations are written for each.
CITED = ("record", "chapter", "lesson")
#: What feeds tell of.
FED = (*facets.KINDS, "chapter", "lesson")
HOLDER = "Knowledge Hub contributors"
LICENCE = "CC BY-SA 4.0"


@dataclass(frozen=True)
class Shelf:
    """Everything the library's templates ask for."""

    view: View

    def entries(self) -> list[Entry]:
        """All items of the library, publications first."""
        return [entry for kind in facets.KINDS for entry in self.view.entries(kind)]

    def entry(self, code: str) -> Entry:
        """The page with an id such as 'R01'. Raises `KeyError` where there is none."""
        return self.view.entry(self._paths[code])

    def members(self, collection: Entry) -> list[Entry]:
        """A collection's pages in its order; the check reports those that are missing."""
        return [self.entry(code) for code in collection.data["members"] if code in self._paths]

    def collections_with(self, entry: Entry) -> list[Entry]:
        """The collections that hold a page."""
        code = entry.data.get("id")
        return [found for found in self.view.entries("collection") if code in found.data["members"]]

    def facets(self) -> tuple[str, ...]:
        return facets.FACETS

    def values(self, entry: Entry, facet: str) -> tuple[str, ...]:
        return facets.values(entry.page.meta)[facet]

    def options(self, facet: str) -> dict[str, list[Entry]]:
        """What a facet can be, each with the items that are: words in the vocabulary's order."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries():
            for value in self.values(entry, facet):
                found.setdefault(value, []).append(entry)
        return {value: found[value] for value in sorted(found, key=self._order(facet))}

    def collections_first(self, entries: list[Entry]) -> list[Entry]:
        """The same, beginning with what was put together for readers who know nothing yet."""
        return sorted(entries, key=lambda entry: entry.page.type != "collection")

    def label(self, facet: str, value: str) -> str:
        """What readers see for a value of a facet."""
        if facet == "year":
            return value
        if facet == "language":
            return self.language_name(value)
        return self.view.label("library_type" if facet == "type" else facet, value)

    def kind(self, entry: Entry) -> str:
        return self.view.label("library_type", entry.page.type)

    def language_name(self, code: str) -> str:
        return self.view.formats.language_name(code)

    def country(self, code: str) -> str:
        """A country's short name in this language (CLDR)."""
        return self.view.formats.country(code)

    def countries(self, codes: list[str]) -> str:
        return self.view.formats.listed(escape(self.country(code)) for code in codes)

    def when(self, start: str, end: str = "") -> str:
        """A day, a month, a year or a span of them as the language writes it."""
        return days.written(self.view.formats, str(start), str(end or ""))

    def call_state(self, entry: Entry) -> str:
        """'open', 'closed' or 'upcoming' when this site was built."""
        return calls.state(entry.data, days.build_time())

    def timeline(self, first: str = "", last: str = "9999") -> dict[str, list[Moment]]:
        found = timeline.moments(self.entries(), self.view.entries("timeline"))
        return timeline.by_year(found, first, last)

    def organisations(self) -> list[Row]:
        return table.read(self.view.project, "organisations")

    def is_cited(self, entry: Entry) -> bool:
        return entry.page.type in CITED

    def citation_file(self, entry: Entry, ending: str) -> str:
        """Where a citation is kept, from the site's root: 'cite/en/R01.bib'."""
        return f"cite/{self.view.language.code}/{entry.data['id']}.{ending}"

    def citation(self, entry: Entry) -> Citation:
        """A publication by its own title, any other page as a web page of ours."""
        if entry.page.type == "record":
            return works.work(entry)
        return self._own(entry)

    def plain_citation(self, entry: Entry) -> str:
        cited = self.citation(entry)
        day = self.view.formats.partial(cited.issued) if cited.issued else ""
        return citations.plain(cited, day)

    def share_text(self, entry: Entry) -> str:
        """Title, summary and address in at most 280 characters."""
        data = entry.data
        return sharing.text(str(data["title"]), str(data["summary"]), self.address(entry))

    def address(self, entry: Entry) -> str:
        """The page's whole address; '' on a site that has none yet."""
        return works.public_address(self.view.project, entry.url)

    @property
    def feed_file(self) -> str:
        """The feed of this language, from the site's root."""
        return f"feeds/{self.view.language.code}.xml"

    @property
    def has_feed(self) -> bool:
        """A site without a library has no page for the feed to lead to."""
        return "library/index.md" in self.view.pages and any(
            page.type in FED for page in self.view.pages.values()
        )

    def feed(self) -> str:
        """The Atom feed of this language: the library, the handbook and the lessons."""
        view, project = self.view, self.view.project
        root = project.site_url.rstrip("/") + "/"
        of = [entry for kind in FED for entry in view.entries(kind)]
        items = [
            feeds.Item(
                root + entry.url,
                str(entry.data["title"]),
                str(entry.data["summary"]),
                str(entry.data["updated"]),
            )
            for entry in of
        ]
        about = feeds.Feed(
            root + self.feed_file,
            root + view.url("library/index.md"),
            self.view.site_name,
            HOLDER,
            LICENCE,
            view.language.code,
        )
        return feeds.atom(about, items) if items else ""

    @property
    def _paths(self) -> dict[str, str]:
        return {str(p.meta["id"]): p.path for p in self.view.pages.values() if "id" in p.meta}

    def _own(self, entry: Entry) -> Citation:
        untranslated = "title" in entry.composed.untranslated
        lang = entry.source_language if untranslated else self.view.language
        return Citation(
            id=str(entry.data["id"]),
            kind="webpage",
            title=str(entry.data["title"]),
            authors=(HOLDER,),
            issued=str(entry.data["updated"]),
            language=lang.code,
            site=self.view.site_name,
            address=self.address(entry),
            licence=LICENCE,
        )

    def _order(self, facet: str) -> Any:
        if facet == "year":
            return lambda value: -int(value)
        if facet == "language":
            own = [lang.code for lang in self.view.project.languages]
            return lambda code: (own.index(code) if code in own else len(own), code)
        if facet == "type":
            return facets.KINDS.index
        return list(vocabulary()[facet]).index
