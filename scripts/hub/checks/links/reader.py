"""One parse of a page: what it names, its ids, what its head says, and what is wrong with it alone.

`read` gives `Facts` that fit into a cache. Where something turns out to be wrong, `references` reads
the page once more and gives every place; pages with faults are few.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import turbohtml

from hub.checks.links import naming
from hub.checks.links.fault import Reference

#: What a reference of a page is used as: bits of `Facts.references`, beside its first line.
TEXT, LINK, FILE, HEAD, MARKED = 1, 2, 4, 8, 16
_BITS = 5
_ALWAYS = dict.fromkeys(
    (
        "canonical",
        "hreflang",
        "hreflang-default",
        "social",
        "social-address",
        "json-ld",
        "redirect",
    ),
    HEAD,
)

#: Links are read for themselves: they are nine of ten references.
_LINKS = "a[href]"
_VERSIONS = "link[hreflang][href]:not([type])"
_FILES = (
    "link:not([hreflang]),link[type],area[href],svg [href],[xlink\\:href],[src],[srcset],[poster],"
    "object[data],form[action],[formaction],[cite],[background],[longdesc],[data-src],[data-srcset]"
)
_OTHERS = (
    f"{_FILES},meta[http-equiv],meta[property],meta[name^=twitter],meta[name^=msapplication],"
    '[style*="url("],style,script[type="application/ld+json" i]'
)
_IDS = "[id],a[name]"
#: The text of a page, the best sign of it first.
_TEXTS = ("article[data-hub]", "article", "main,[role=main]", "body")
_PLACE = re.compile(r"(?:^|\s)(hub-[\w-]+)")


@dataclass
class Facts:
    """What the rest of the run needs to know of a page.

    `references`: by address as written, the first line and the bits (`line << 5 | bits`).
    `ids`: by id, the first line and whether it is in the text (`line << 1 | in text`).
    `head`: lang, dir, canonical, alternates … `faults`: (line, rule, message, hint, raw, trace).
    """

    references: dict[str, int] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    head: dict[str, Any] = field(default_factory=dict)
    faults: list[list[Any]] = field(default_factory=list)

    def line(self, raw: str) -> int:
        return self.references.get(raw, 0) >> _BITS


class Page:
    """A parsed page, for the checks that need nothing else."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.document = turbohtml.parse(content, encoding="utf-8", positions=True)
        if b"<template" in content:
            for element in self.document.select("template"):  # for scripts to fill in
                element.decompose()
        self.facts = Facts()
        #: Elements whose id another one before them has.
        self.again: list[turbohtml.Element] = []

    @cached_property
    def texts(self) -> list[turbohtml.Element]:
        """The elements that hold the text of the page, without the theme around it."""
        return next(filter(None, map(self.document.select, _TEXTS)), [])

    def of(self, tag: str) -> list[turbohtml.Element]:
        """All elements with a tag."""
        return self.document.select(tag)

    def fault(
        self,
        element: turbohtml.Element | int | None,
        rule: str,
        message: str,
        hint: str = "",
        raw: str = "",
        trace: str = "",
    ) -> list[Any]:
        line = element if isinstance(element, int) else (element.source_line if element else 0)
        return [line or 0, rule, message, hint, raw, trace]


def read(content: bytes, everything: bool = True) -> Page:
    """The page with its facts; `everything`: also what only the checks of whole pages ask for."""
    page = Page(content)
    references, select = page.facts.references, page.document.select
    links = select(_LINKS)
    for element in links:
        raw = element.attr("href")
        if raw not in references:
            references[raw] = (element.source_line or 0) << _BITS | LINK  # type: ignore[index]
    number = len(links)
    for element in select(_VERSIONS):
        number += 1
        raw = element.attr("href") or ""
        references[raw] = references.get(raw, (element.source_line or 0) << _BITS) | HEAD
    for element in select(_OTHERS if everything else _FILES):
        for raw, kind, line in _named(element.tag, element):
            number += 1
            bits = LINK if kind == "link" else _ALWAYS.get(kind, FILE)
            references[raw] = references.get(raw, line << _BITS) | bits
    page.facts.head["links"] = number
    _ids(page)
    if everything:
        _in_text(page)
    return page


def references(content: bytes) -> Iterator[Reference]:
    """Every reference of a page, each time it stands there, with what is around it."""
    page = Page(content)
    inside = {e for text in page.texts for e in text.select(f"{_LINKS},{_OTHERS}")}
    seen: dict[tuple[str, bool], int] = {}
    for element in page.document.select(f"{_LINKS},{_VERSIONS},{_OTHERS}"):
        for raw, kind, line in _named(element.tag, element):
            nth, around = -1, place(element)
            if element in inside and kind not in _ALWAYS:
                of_ours = raw, around.startswith("hub-")
                nth = seen.get(of_ours, 0)
                seen[of_ours] = nth + 1
            yield Reference(raw, kind, line, nth, around)


def place(element: turbohtml.Element) -> str:
    """What an element belongs to: the nearest class of ours, 'nav', 'head', or ''.

    The links that templates add to headings are a component, too; 'generated' are links that a
    machine made to the page itself.
    """
    if element.has_class("headerlink"):
        return "hub-headerlink"
    if (
        element.attr("aria-current")
        or element.has_class("internal")
        or element.has_class("current")
    ):
        return "generated"
    found = ""
    for node in (element, *element.ancestors):
        if not isinstance(node, turbohtml.Element):
            continue
        ours = _PLACE.search(node.attr("class") or "")
        if ours and ours[1] != "hub-table":  # a frame around what Markdown wrote
            return ours[1]
        if node.tag in ("nav", "head", "header", "footer") and not found:
            found = node.tag
    return found


def _named(tag: str, element: turbohtml.Element) -> Iterator[tuple[str, str, int]]:
    line = element.source_line or 0
    for raw, kind in naming.of_element(tag, element):
        yield raw, kind, line
    if tag == "style":
        for raw, kind, down in naming.in_style(element.text):
            yield raw, kind, line + down
    elif tag == "script" and (element.attr("type") or "").lower() == "application/ld+json":
        text = element.text
        for raw in naming.in_json(structured(text)):
            yield raw, "json-ld", line + text.partition(raw)[0].count("\n")


@lru_cache(maxsize=8)
def structured(text: str) -> Any:
    """What JSON-LD says; None where it cannot be read (see `leftovers`)."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _ids(page: Page) -> None:
    ids = page.facts.ids
    for element in page.document.select(_IDS):
        name = element.attr("id")
        if name is None:
            name = element.attr("name") or ""
            if not name or name in ids:
                continue
        elif name in ids:
            page.again.append(element)
            continue
        ids[name] = (element.source_line or 0) << 1


def _in_text(page: Page) -> None:
    """Note which references and ids stand in the text."""
    references, ids = page.facts.references, page.facts.ids
    for text in page.texts:
        for element in text.select(_LINKS):
            references[element.attr("href")] |= TEXT  # type: ignore[index]
        for element in text.select(_IDS):
            ids[element.attr("id") or element.attr("name") or ""] |= 1
