"""A search that is made of scripts has all its files, and finds pages and anchors that are there.

What it is made of is told in `hub.search.files`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from hub.checks.links.fault import Fault
from hub.checks.links.site import Site

_START = "hubSearch.start("
_CORE = re.compile(r"(?:^|/)search/[\w-]+\.js$")
_LOADED = re.compile(r'"(search/[\w-]+\.js)"')
_AGAIN = "make the search again: make site"


def check(site: Site) -> Iterator[Fault]:
    yield from _loaded(site)
    for name in filter(_CORE.search, site.tree.ending(".js")):
        text = site.tree.text(name)
        at = text.rfind(_START)
        if at >= 0:
            line = text.count("\n", 0, at) + 1
            try:
                core, _ = json.JSONDecoder().raw_decode(text, at + len(_START))
                yield from _core(site, name, line, core)
            except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
                message = "the search's index cannot be read"
                yield Fault(name, line, "search-index-syntax", message, _AGAIN)


def _loaded(site: Site) -> Iterator[Fault]:
    """The script that a language's pages load when somebody searches."""
    for page in sorted({site.languages.version("index.html", code) for code in site.languages.all}):
        text = site.tree.text(page) if page in site.pages else ""
        for found in _LOADED.finditer(text):
            if found[1] not in site.tree.sizes:
                line = text.count("\n", 0, found.start()) + 1
                yield Fault(page, line, "search-file", f"'{found[1]}' does not exist", _AGAIN)


def _core(site: Site, name: str, line: int, core: Any) -> Iterator[Fault]:
    """What the first script names: its folder, the files in it, and the pages."""
    root = name[: name.rindex("search/")]
    folder = root + core["folder"]
    pages = [f"{root}{core['prefix']}{address}.html" for address in core["urls"]]
    for file in pages:
        if file not in site.tree.sizes:
            yield Fault(name, line, "search-index", f"'{file}' does not exist", _AGAIN)
    if folder.rstrip("/") not in site.tree.folders:
        yield Fault(name, line, "search-file", f"'{folder}' does not exist", _AGAIN)
        return
    wanted = [f"{n}.js" for n in range(len(core["starts"]))] + [
        "panel.js",
        "slips.js",
        "snippet.js",
    ]
    wanted += ["swap.js"] if core.get("swaps") else []
    for file in [*wanted, *(f"p{n}.js" for n in range(len(pages)))]:
        size = site.tree.sizes.get(folder + file)
        if not size:
            said = "does not exist" if size is None else "has no content"
            yield Fault(name, line, "search-file", f"'{folder}{file}' {said}", _AGAIN)
    for number, page in enumerate(pages):
        if page in site.pages and site.tree.sizes.get(f"{folder}p{number}.js"):
            yield from _anchors(site, f"{folder}p{number}.js", page)


def _anchors(site: Site, name: str, page: str) -> Iterator[Fault]:
    """The headings below which a page's text is found."""
    text = site.tree.text(name)
    try:
        sections, _ = json.JSONDecoder().raw_decode(text, text.index(",") + 1)
        anchors = [anchor for anchor, *_ in sections]
    except (ValueError, RecursionError, TypeError):
        message = "the search's text of a page cannot be read"
        yield Fault(name, 1, "search-index-syntax", message, _AGAIN)
        return
    for anchor in anchors:
        if anchor and anchor not in site.pages[page].ids:
            message = f"'{page}#{anchor}' names an anchor that does not exist"
            yield Fault(name, 1, "search-index", message, _AGAIN)
