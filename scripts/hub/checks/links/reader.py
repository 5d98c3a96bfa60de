"""One parse of a page: what it names, its ids, what its head says, and what is wrong with it alone.

`read` gives `Facts` that fit into a cache. Where something turns out to be wrong, `references` reads
the page once more and gives every place; pages with faults are few.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import turbohtml

from hub.checks.links import naming
from hub.checks.links.fault import Reference

#: What a reference of a page is used as: bits of `Facts.references`, beside its first line.
TEXT, LINK, FILE, HEAD, MARKED = 1, 2, 4, 8, 16
_BITS = 5
_ALWAYS = dict.fromkeys(
    ("canonical", "hreflang", "hreflang-default", "social", "social-address", "json-ld", "redirect"),
    HEAD,
)

_LINKS = (
    "[id],a[name],[href],[src],[srcset],[poster],object[data],form[action],[formaction],[cite],"
    "[background],[longdesc],[data-src],[data-srcset],[imagesrcset],[xlink\\:href],meta[content],"
    '[style*="url("],style,script[type],article,main,[role=main],template'
)
_MORE = (
    ",html,body,head,title,base,img,input,label[for],[aria-labelledby],[aria-describedby],[aria-controls],"
    "[aria-owns],[aria-details],[aria-flowto],[aria-activedescendant],[aria-errormessage],"
    "[headers],[usemap],[form],[list],[hreflang],iframe,map,[lang],h1"
)
#: Elements that name no file but in a style or a background.
_PLAIN = frozenset(
    "h1 h2 h3 h4 h5 h6 div section nav label span li p ul ol dl dt dd table tr td th details summary "
    "header footer figure aside html body head title main article input map template sup".split()
) - {"input"}
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
    """A parsed page, for the checks that need nothing else: elements by tag, in document order."""

    def __init__(self, content: bytes, everything: bool = True) -> None:
        self.content = content
        self.document = turbohtml.parse(content, encoding="utf-8", positions=True)
        self.all = self.document.select(_LINKS + _MORE if everything else _LINKS)
        self.by_tag: dict[str, list[turbohtml.Element]] = {}
        self.texts: list[turbohtml.Element] = []
        self.again: list[turbohtml.Element] = []
        self.facts = Facts()

    def of(self, tag: str) -> list[turbohtml.Element]:
        return self.by_tag.get(tag, [])

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
    page = Page(content, everything)
    references, ids, by_tag = page.facts.references, page.facts.ids, page.by_tag
    plain = () if b"style=" in content or b"background=" in content else _PLAIN
    number = 0
    selector = _LINKS + _MORE if everything else _LINKS
    within = _text_ends(page, selector)
    end = hidden = -1
    for index, element in enumerate(page.all):
        if index <= hidden:
            continue
        tag = element.tag
        attr = element.attr
        if index in within:
            end = max(end, within[index])
        inside = index <= end
        if tag == "template":  # for scripts to fill in
            hidden = index + len(element.select(selector))
        if everything:
            by_tag.setdefault(tag, []).append(element)
        name = attr("id")
        if name is not None:
            if name not in ids:
                ids[name] = (element.source_line or 0) << 1 | inside
            else:
                page.again.append(element)
        if tag == "a":
            raw = attr("href")
            if raw is not None:
                number += 1
                bits = LINK | inside
                if everything and attr("hreflang"):
                    bits |= MARKED
                known = references.get(raw)
                if known is None:
                    references[raw] = (element.source_line or 0) << _BITS | bits
                elif known & bits != bits:
                    references[raw] = known | bits
                continue
            name = attr("name")
            if name and name not in ids:
                ids[name] = (element.source_line or 0) << 1 | inside
        elif tag in plain:
            continue
        for raw, kind, line in _named(tag, element):
            number += 1
            bits = LINK if kind == "link" else _ALWAYS.get(kind, FILE)
            known = references.get(raw)
            references[raw] = (line << _BITS | bits) if known is None else known | bits
    page.facts.head["links"] = number
    return page


def references(content: bytes) -> Iterator[Reference]:
    """Every reference of a page, each time it stands there, with what is around it."""
    page = Page(content)
    within = _text_ends(page, _LINKS + _MORE)
    end = -1
    seen: dict[tuple[str, bool], int] = {}
    hidden = -1
    for index, element in enumerate(page.all):
        end = max(end, within.get(index, -1))
        tag = element.tag
        if index <= hidden:
            continue
        if tag == "template":
            hidden = index + len(element.select(_LINKS + _MORE))
        for raw, kind, line in _named(tag, element):
            nth, around = -1, place(element)
            if index <= end and kind not in _ALWAYS:
                of_ours = raw, around.startswith("hub-")
                nth = seen.get(of_ours, 0)
                seen[of_ours] = nth + 1
            yield Reference(raw, kind, line, nth, around)


def place(element: turbohtml.Element) -> str:
    """What an element belongs to: the nearest class of ours, 'nav', 'head', or ''.

    The links that templates add to headings are a component, too.
    """
    if element.has_class("headerlink"):
        return "hub-headerlink"
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


def _text_ends(page: Page, selector: str) -> dict[int, int]:
    """Where the text of the page begins and ends, as indices of its elements.

    The text is our article, else every <article>, else <main>, else everything.
    """
    ours: dict[int, int] = {}
    articles: dict[int, int] = {}
    mains: dict[int, int] = {}
    for index, element in enumerate(page.all):
        tag = element.tag
        if tag == "article":
            last = index + len(element.select(selector))
            articles[index] = last
            if element.attr("data-hub") is not None:
                ours[index] = last
        elif tag == "main" or element.attr("role") == "main":
            mains[index] = index + len(element.select(selector))
    found = ours or articles or mains
    page.texts = [page.all[index] for index in found] or page.document.select("body")
    return found or {0: len(page.all)}
