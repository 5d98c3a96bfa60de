"""Markup that a page can be judged by alone: alt, rel, titles, ids, and references between ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import turbohtml

from hub.checks.links import naming
from hub.checks.links.reader import Page

_ARIA = (
    *("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details"),
    *("aria-flowto", "aria-activedescendant", "aria-errormessage"),
)
_ARIA_SELECT = ",".join(f"[{name}]" for name in _ARIA)
_SAFE = {"noopener", "noreferrer"}
_SIZE = re.compile(r"(\d+[wh]|\d*\.?\d+x)(\s+\d+h)?")


def check(page: Page) -> Iterator[list[Any]]:
    yield from _ids(page)
    yield from _elements(page)
    yield from _references(page)


def _ids(page: Page) -> Iterator[list[Any]]:
    """The reader has kept the first element of each id; here are the others."""
    first = page.facts.ids
    for name, value in first.items():
        if not name or not name.isprintable() or " " in name:
            message = f"id '{name}' holds white space" if name else "an id without a name"
            yield page.fault(value >> 1, "id-syntax", message, trace=f"#{name}")
    for element in page.again:
        name = element.attr("id") or ""
        if name:
            message = f"id '{name}' stands twice"
            hint = f"first in line {first[name] >> 1}"
            yield page.fault(element, "duplicate-id", message, hint, trace=f"#{name}")


def _elements(page: Page) -> Iterator[list[Any]]:
    for element in page.of("img"):
        if element.attr("alt") is None and element.attr("role") not in ("presentation", "none"):
            raw = element.attr("src") or ""
            hint = 'say what it shows; alt="" where it shows nothing'
            yield page.fault(element, "image-alt", f"image '{raw}' has no alt", hint, raw)
    for element in page.of("[srcset],[imagesrcset]"):
        yield from _sizes(page, element)
    for element in page.of("input[type=image]"):
        if element.attr("alt") is None:
            raw = element.attr("src") or ""
            yield page.fault(element, "image-alt", f"image '{raw}' has no alt", "", raw)
    for element in page.of("area[href]:not([alt])"):
        raw = element.attr("href") or ""
        yield page.fault(element, "image-alt", f"area '{raw}' has no alt", "", raw)
    for element in page.of('a[target="_blank" i],area[target="_blank" i]'):
        rels = set((element.attr("rel") or "").lower().split())
        raw = element.attr("href") or ""
        if not rels & _SAFE and re.match(r"\s*(https?:)?//", raw):
            message = f"'{raw}' opens a window that can control this one"
            yield page.fault(element, "blank-rel", message, 'rel="noopener"', raw)
    for element in page.of("iframe:not([hidden]),frame"):
        if not (element.attr("title") or "").strip():
            raw = element.attr("src") or ""
            yield page.fault(element, "frame-title", f"frame '{raw}' has no title", "", raw)
    for element in page.of("a[href]"):
        if not element.text.strip() and not _is_named(element) and not _is_too_deep(element):
            raw = element.attr("href") or ""
            yield page.fault(element, "link-text", f"link '{raw}' has no words", "", raw)
    for element in page.of("base")[1:]:
        yield page.fault(element, "base-element", "a second <base>", "keep one")


def _sizes(page: Page, element: turbohtml.Element) -> Iterator[list[Any]]:
    """The widths and densities of a srcset."""
    for name in ("srcset", "imagesrcset"):
        text = element.attr(name)
        if text is None:
            continue
        if not text.strip():
            yield page.fault(element, "empty-link", f"{name} names no image", "take it out")
        for _, size in naming.sized(text):
            if size and not _SIZE.fullmatch(size):
                message = f"'{size}' is no width and no density"
                yield page.fault(element, "srcset", message, "such as 640w or 2x")


def _is_too_deep(element: turbohtml.Element) -> bool:
    """As browsers do, the parser puts nothing below the 512th element: texts are elsewhere then."""
    return len(list(element.ancestors)) > 500


def _is_named(element: turbohtml.Element) -> bool:
    for name in ("aria-label", "aria-labelledby", "title", "aria-hidden"):
        if element.attr(name):
            return True
    return bool(element.select("img[alt]:not([alt='']), svg, [aria-label], [title], i[class]"))


def _references(page: Page) -> Iterator[list[Any]]:
    ids = page.facts.ids
    for element in page.of(_ARIA_SELECT):
        for name in _ARIA:
            if element.attr(name):
                for missing in set((element.attr(name) or "").split()) - ids.keys():
                    message = f"{name} names '{missing}', which is not on the page"
                    yield page.fault(element, "aria-reference", message)
    for element in page.of("label[for]"):
        name = element.attr("for") or ""
        if name not in ids:
            message = f"label for '{name}', which is not on the page"
            yield page.fault(element, "label-for", message, trace=f"#{name}")
    for element in page.of("td[headers],th[headers]"):
        for missing in set((element.attr("headers") or "").split()) - ids.keys():
            message = f"headers names '{missing}', which is not on the page"
            yield page.fault(element, "headers", message, trace=f"#{missing}")
    for element in page.of("[usemap]"):
        used = element.attr("usemap") or ""
        maps = {m.attr("name") or m.attr("id") for m in page.of("map")}
        if used.strip().removeprefix("#") not in maps:
            message = f"map '{used}' is not on the page"
            yield page.fault(element, "image-map", message, "", element.attr("src") or "")
    for element in page.of("[form],[list]"):
        for name in ("form", "list"):
            value = element.attr(name)
            if value and element.tag not in ("a", "link", "meta") and value not in ids:
                message = f"{name} '{value}' is not on the page"
                yield page.fault(element, "form-reference", message, trace=f"#{value}")
