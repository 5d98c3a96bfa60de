"""The built site as the proofs read it: parsed once, and with any one page empty on request."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import turbohtml

from hub.page import Page, read_pages
from hub.project import Project

# What a browser fetches by itself from somewhere else.
_FETCHED = re.compile(
    rb"""<(?:script|img|iframe|audio|video|source|embed|object|input)\b[^>]*?\b(?:src|srcset|data)=["']?(?:https?:)?//"""
    rb"""|<link\b(?=[^>]*\brel=["']?(?:stylesheet|icon|preload|prefetch|preconnect|dns-prefetch|modulepreload|manifest)\b)[^>]*\bhref=["']?(?:https?:)?//"""
    rb"""|@import|url\(["']?(?:https?:)?//"""
)


@dataclass(frozen=True)
class Site:
    """`root` is the built folder; pages are named as in addresses, without the language.

    `sources` are the English pages as written, by address.
    """

    root: Path
    project: Project
    sources: dict[str, Page] = field(compare=False)
    emptied: str = ""
    _parsed: dict[tuple[str, str], turbohtml.Document] = field(default_factory=dict, compare=False)
    _own: dict[str, turbohtml.Document] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, root: Path, project: Project) -> Site:
        return cls(root, project, {f"{p.path[:-3]}.html": p for p in read_pages(project)[0]})

    def without(self, page: str) -> Site:
        """The same site, the article of `page` empty in every language; nothing is written."""
        return replace(self, emptied=page, _own={})

    @property
    def languages(self) -> list[str]:
        return [language.code for language in self.project.languages]

    def path(self, page: str, lang: str = "en") -> str:
        """'fr/teach/index.html' for teach/index.html in French."""
        return page if lang == self.project.source.code else f"{lang}/{page}"

    def document(self, page: str, lang: str = "en") -> turbohtml.Document:
        if page == self.emptied:
            if lang not in self._own:
                self._own[lang] = self._parse(page, lang)
                _article(self._own[lang]).set_inner_html("")
            return self._own[lang]
        if (page, lang) not in self._parsed:
            self._parsed[page, lang] = self._parse(page, lang)
        return self._parsed[page, lang]

    def article(self, page: str, lang: str = "en") -> turbohtml.Element:
        """What a page says: its text without menus and footer."""
        return _article(self.document(page, lang))

    def links(self, page: str, lang: str = "en") -> set[str]:
        """Where the article leads inside the site, from the site's root; every target is a file."""
        at, found = self.path(page, lang), set()
        for link in self.article(page, lang).select("a[href]"):
            href = str(link.attrs["href"])
            if not re.match(r"[a-z]+:|#|//", href):
                target = urljoin(at, href.partition("#")[0])
                assert (self.root / target).is_file(), f"{at} leads to {href}"
                found.add(target)
        return found

    def anchors(self, page: str) -> set[str]:
        """Like links, with the place on the page."""
        links = self.article(page).select("a[href*='#']")
        return {urljoin(page, str(link.attrs["href"])) for link in links}

    def _parse(self, page: str, lang: str) -> turbohtml.Document:
        file = self.root / self.path(page, lang)
        assert file.is_file(), f"no page {file}"
        return turbohtml.parse(file.read_bytes(), encoding="utf-8")

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8-sig")

    def meta(self, page: str) -> dict[str, Any]:
        return self.sources[page].meta

    def of_type(self, *kinds: str) -> dict[str, dict[str, Any]]:
        """Front matter by address, of the pages of some types, in the order of their codes."""
        found = {path: p.meta for path, p in self.sources.items() if p.type in kinds}
        return dict(sorted(found.items(), key=lambda item: str(item[1].get("id", item[0]))))

    def that_fetch(self) -> list[str]:
        """Pages and styles that would make a browser ask somebody else for something."""
        return _that_fetch(self.root)


def plain(element: turbohtml.Element) -> str:
    """Its text, white space made one."""
    return " ".join(element.text.split())


def said(element: turbohtml.Element, selector: str) -> list[str]:
    """The texts of what a selector finds, in order."""
    return [plain(found) for found in element.select(selector)]


def one(element: turbohtml.Element, selector: str) -> turbohtml.Element:
    """The first that a selector finds; an AssertionError where there is none."""
    found = element.select(selector)
    assert found, f"nothing is {selector}"
    return found[0]


def values(element: turbohtml.Element, selector: str, name: str) -> list[str]:
    """An attribute of all that a selector finds, '' where one lacks it."""
    return [str(found.attrs.get(name, "")) for found in element.select(selector)]


def section(article: turbohtml.Element, heading: str) -> list[turbohtml.Element]:
    """What stands between the heading with this id and the next one of its level."""
    start, found = one(article, f"#{heading}"), []
    for sibling in start.next_siblings:
        if isinstance(sibling, turbohtml.Element):
            if sibling.tag == start.tag:
                break
            found.append(sibling)
    assert found, f"nothing stands under #{heading}"
    return found


def inside(article: turbohtml.Element, heading: str, selector: str) -> list[turbohtml.Element]:
    """All that a selector finds in a section, the section's own blocks included."""
    return [
        found
        for block in section(article, heading)
        for found in ([block] if block.matches(selector) else []) + block.select(selector)
    ]


Proof = Callable[[Site, str], None]
#: The function that proves a row of the table, by the row's id.
PROOFS: dict[str, Proof] = {}


def proves(row: str) -> Callable[[Proof], Proof]:
    """Registers what carries out the 'works when' of a row; it gets the site and the row's page."""

    def register(proof: Proof) -> Proof:
        assert row not in PROOFS, f"{row} is proved twice"
        assert proof.__name__.startswith(f"{row.lower()}_"), f"{proof.__name__} proves {row}"
        PROOFS[row] = proof
        return proof

    return register


def _article(document: turbohtml.Document) -> turbohtml.Element:
    return one(document, "article[data-hub]")


@cache
def _that_fetch(root: Path) -> list[str]:
    files = [file for ending in ("html", "css", "svg") for file in root.rglob(f"*.{ending}")]
    assert len(files) > 1000
    return [
        file.relative_to(root).as_posix() for file in files if _FETCHED.search(file.read_bytes())
    ]
