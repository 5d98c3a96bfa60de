"""The handbook across its chapters: every question, every row of the checklist, every article.

What has a code (H03-Q1, H03-C4, H03-O2, H03-K1) is front matter of a chapter; here it gets an address,
its place in the tables people download, and a link wherever a text names it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

from hub import table
from hub.handbook import tables
from hub.page import vocabulary
from hub.table import Row
from hub.templates import Entry, View

#: Whom questions go to, in the order in which a committee hears them.
ADDRESSEES = ("minister", "prosecutor", "agency", "rapporteur", "courts", "auditor")


@dataclass(frozen=True)
class Item:
    """A question, a row or an option: `path` is its place in its chapter ('questions.3')."""

    chapter: Entry
    path: str
    data: Mapping[str, Any]

    @property
    def code(self) -> str:
        return str(self.data["id"])

    @property
    def anchor(self) -> str:
        return self.code.lower()

    @property
    def url(self) -> str:
        return f"{self.chapter.url}#{self.anchor}"

    @property
    def instrument(self) -> str:
        return str(self.data.get("instrument", "protocol"))

    @property
    def article(self) -> int | None:
        """The number of the Protocol's article it stands on, none where it is another treaty's."""
        named = self.data.get("article")
        found = re.match(r"\d+", str(named)) if named and self.instrument == "protocol" else None
        return int(found[0]) if found else None

    def text(self, key: str) -> str:
        """A text of it as HTML."""
        return self.chapter.text(f"{self.path}.{key}")

    def texts(self, key: str) -> list[str]:
        return [self.text(f"{key}.{index}") for index in range(len(self.data[key]))]


@dataclass(frozen=True)
class Provision:
    """Where in a treaty: '' for what the reference does not name."""

    number: str
    paragraph: str
    letter: str


@dataclass(frozen=True)
class Article:
    """An article of the Protocol with all that the handbook has on it; `index` in the finder's list."""

    index: int
    number: int
    chapters: list[Entry]
    questions: list[Item]
    rows: list[Item]


class Handbook:
    """All chapters in one language, by code."""

    def __init__(self, view: View) -> None:
        self.view = view

    @cached_property
    def chapters(self) -> list[Entry]:
        return self.view.entries("chapter")

    @cached_property
    def questions(self) -> list[Item]:
        return [item for chapter in self.chapters for item in self.items(chapter, "questions")]

    @cached_property
    def rows(self) -> list[Item]:
        return [item for chapter in self.chapters for item in self.items(chapter, "checklist")]

    def items(self, chapter: Entry, name: str) -> list[Item]:
        """A chapter's questions or checklist, in its own order."""
        return [Item(chapter, f"{name}.{i}", item) for i, item in enumerate(chapter.data[name])]

    def rows_by_chapter(self) -> list[tuple[Entry, list[Item]]]:
        return [(chapter, self.items(chapter, "checklist")) for chapter in self.chapters]

    def used(self, name: str) -> list[str]:
        """The words questions have for 'to', 'pillar' or 'mode', in the vocabulary's order."""
        found = {item.data[name] for item in self.questions}
        words = vocabulary()["addressee" if name == "to" else name]
        return [word for word in words if word in found]

    def choices(self, chapter: Entry, group: int) -> list[Item]:
        """The options between which one point of a law can choose."""
        path = f"options.{group}.choices"
        found = chapter.data["options"][group]["choices"]
        return [Item(chapter, f"{path}.{i}", item) for i, item in enumerate(found)]

    def by_addressee(self, chapter: Entry) -> list[tuple[str, list[Item]]]:
        """A chapter's questions in the order in which people are heard."""
        items = self.items(chapter, "questions")
        groups = [(to, [item for item in items if item.data["to"] == to]) for to in ADDRESSEES]
        return [(to, found) for to, found in groups if found]

    def articles(self, finder: Entry) -> list[Article]:
        """The Protocol article by article, from the page that lists its articles."""
        numbers = [int(item["number"]) for item in finder.data["articles"]]
        return [
            Article(
                index,
                number,
                [chapter for chapter in self.chapters if number in chapter.data["articles"]],
                [item for item in self.questions if item.article == number],
                [item for item in self.rows if item.article == number],
            )
            for index, number in enumerate(numbers)
        ]

    def parts(self, reference: str) -> Provision:
        """'5(2)(a)' as its number, its paragraph and its letter, in the language's own script."""
        number, *rest = re.findall(r"\d+[a-z]?|[a-z]", str(reference))
        paragraph = "".join(part for part in rest if part.isdigit())
        letter = "".join(self.view.label("subparagraph", part) for part in rest if part.isalpha())
        return Provision(number, paragraph, letter)

    def references(self, chapter: Entry) -> list[dict[str, str]]:
        """A chapter's sources as HTML: what the table of sources has on each, and the place cited."""
        found = []
        for index, item in enumerate(chapter.data["references"]):
            row = self._sources[item["source"]]
            told = {
                name: self.view.from_table(row[name])
                for name in ("body", "title", "dates", "checked")
            }
            pinpoint = chapter.text(f"references.{index}.pinpoint") if "pinpoint" in item else ""
            own = {"id": item["id"], "pinpoint": pinpoint, "kind": row["kind"]}
            found.append({**told, **own, "symbol": row["symbol"], "find": escape(row["find"])})
        return found

    def files(self) -> dict[str, str]:
        """The tables to take along by address, as text; none where there are no chapters."""
        names = {"questions": "questions.csv", "checklist": "law-checklist.csv"}
        # The mark tells spreadsheets that this is UTF-8.
        return {
            self.file(name): "\ufeff" + tables.csv_of(self, kind)
            for kind, name in names.items()
            if self.chapters
        }

    def file(self, name: str) -> str:
        """The address of a file to take along, in this language, from the site's root."""
        return f"downloads/{self.view.language.code}/{name}"

    @cached_property
    def codes(self) -> dict[str, str]:
        """The address of everything that has a code, from the site's root."""
        found = {}
        for chapter in self.chapters:
            found[str(chapter.data["id"])] = chapter.url
            groups = range(len(chapter.data["options"]))
            items = [item for group in groups for item in self.choices(chapter, group)]
            items += [*self.items(chapter, "questions"), *self.items(chapter, "checklist")]
            found.update({item.code: item.url for item in items})
            found[f"{chapter.data['id']}-K1"] = f"{chapter.url}#case"
        return found

    @cached_property
    def _sources(self) -> dict[str, Row]:
        return {row["id"]: row for row in table.read(self.view.project, "sources")}
