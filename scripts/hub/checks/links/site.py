"""The site as the checks see it: its files, what its pages say, and where each reference leads."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from hub.checks.links.address import Addresses, Target
from hub.checks.links.languages import Languages
from hub.checks.links.reader import FILE, LINK, Facts
from hub.checks.links.tree import Tree
from hub.project import Project

#: Served for every address that does not exist: nothing leads there.
NOT_FOUND = "404.html"


class Named(NamedTuple):
    """An address as written, the pages of one folder that hold it, and where it leads from there."""

    raw: str
    target: Target | None
    pages: list[str]


@dataclass(eq=False)
class Site:
    """`project` is given where this is our own site: then it keeps to the project's promises too."""

    tree: Tree
    addresses: Addresses
    pages: dict[str, Facts]
    languages: Languages
    project: Project | None = None

    @cached_property
    def named(self) -> list[Named]:
        """All references but those to a place on the same page, each once a folder."""
        folders: dict[tuple[str, str], dict[str, list[str]]] = {}
        for page, facts in self.pages.items():
            base = facts.head.get("base", "")
            own = folders.setdefault(
                (posixpath.dirname(page), f"{page} {base}" if base else ""), {}
            )
            for raw in facts.references:
                if raw[:1] == "#" and not base:
                    continue
                known = own.get(raw)
                if known is None:
                    own[raw] = [page]
                else:
                    known.append(page)
        return [
            Named(raw, self.addresses.resolve(pages[0], raw, self.base_of(pages[0])), pages)
            for own in folders.values()
            for raw, pages in own.items()
        ]

    @cached_property
    def framed(self) -> set[str]:
        """Pages that stand in others and that no link leads to: parts of pages."""
        shown: set[str] = set()
        linked: set[str] = set()
        for named in self.named:
            if named.target and named.target.file in self.pages:
                for page in named.pages:
                    bits = self.bits(page, named.raw)
                    (linked if bits & LINK else shown if bits & FILE else set()).add(
                        named.target.file
                    )
        return shown - linked

    def leaves_endings_out(self) -> bool:
        """Do more links name a page without its '.html' than with it?"""
        without = sum(
            len(pages)
            for _, target, pages in self.named
            if target and target.fault == "missing" and f"{target.file}.html" in self.pages
        )
        return without > 0 and without > sum(
            len(pages)
            for raw, target, pages in self.named
            if target and not target.fault and ".html" in raw
        )

    def base_of(self, page: str) -> str:
        """The address of a page's <base>, mostly ''."""
        return str(self.pages[page].head.get("base", ""))

    def bits(self, page: str, raw: str) -> int:
        """What a reference is used as on a page (see `reader`)."""
        return self.pages[page].references[raw] & 31

    def target(self, page: str, raw: str) -> Target | None:
        """Where a reference of a page leads."""
        return self.addresses.resolve(page, raw, self.base_of(page))

    def has_anchor(self, target: Target) -> bool:
        """False only for an id that the target's page does not have."""
        known = self.pages.get(target.file)
        return not target.fragment or known is None or target.fragment in known.ids

    def is_stub(self, page: str) -> bool:
        """A page that only sends readers on."""
        return page in self.pages and bool(self.pages[page].head.get("redirect"))

    def readable(self) -> Iterator[tuple[str, Facts]]:
        """The pages that people read: no redirects, no parts, not the page for wrong addresses."""
        for page, facts in self.pages.items():
            stub = facts.head.get("redirect") or posixpath.basename(page) == NOT_FOUND
            if not stub and self.tree.sizes[page] and page not in self.framed:
                yield page, facts

    def is_shared(self, page: str) -> bool:
        """The page for wrong addresses, which speaks to readers of every language."""
        return posixpath.basename(page) == NOT_FOUND

    def declared(self, page: str, raw: str) -> bool:
        """Says a link by hreflang that it leads to another language?"""
        marked = self.pages[page].head.get("marked", ())
        return any(known == raw and code != self.languages.of(page) for code, known, _ in marked)

    @cache  # noqa: B019 - a site lives as long as a run
    def drawing_ids(self, file: str) -> frozenset[str]:
        """The ids in a drawing (SVG)."""
        found = re.findall(rb"\bid\s*=\s*[\"']([^\"']+)[\"']", self.tree.read(file))
        return frozenset(name.decode("utf-8", "replace") for name in found)

    def is_hidden(self, page: str) -> bool:
        """A page that asks not to be indexed."""
        return "noindex" in (self.pages[page].head.get("robots") or "")
