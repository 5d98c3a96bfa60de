"""Search indexes list pages and anchors that are there, and leave no page out."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from typing import Any

from hub.checks.links.fault import Fault
from hub.checks.links.site import Site

_SPHINX = re.compile(r"Search\.setIndex\((.*)\)\s*;?\s*$", re.S)


def check(site: Site) -> Iterator[Fault]:
    found = re.compile(r"(?:^|/)(?:search/[\w-]+|search_index|search)\.json$")
    for name in filter(found.search, site.tree.ending(".json")):
        text = site.tree.text(name)
        try:
            index: Any = json.loads(text)
        except (ValueError, RecursionError) as error:
            line = getattr(error, "lineno", 0)
            yield Fault(name, line, "search-index-syntax", f"the index cannot be read: {error}")
            continue
        docs = index.get("docs") if isinstance(index, dict) else None
        if isinstance(docs, list):
            root = name.rpartition("search/")[0].lstrip("/")
            yield from _listed(site, name, text, root, docs)
    for name in site.tree.ending("searchindex.js"):
        yield from _sphinx(site, name)


def _listed(site: Site, name: str, text: str, root: str, docs: list[Any]) -> Iterator[Fault]:
    seen: set[str] = set()
    at = 0
    for item in docs:
        raw = item.get("location") if isinstance(item, dict) else None
        if not isinstance(raw, str):
            continue
        quoted = json.dumps(raw)
        at = max(at, text.find(quoted, at))
        target = site.addresses.resolve(root + "index.html", raw or "./")
        if target is None or target.fault:
            line = text.count("\n", 0, at) + 1
            yield Fault(name, line, "search-index", f"'{raw}' does not exist")
            continue
        seen.add(target.file)
        if _language(site, name) not in ("", site.languages.of(target.file)):
            line = text.count("\n", 0, at) + 1
            message = f"'{raw}' is in another language than the index"
            yield Fault(name, line, "search-index", message)
        if not site.has_anchor(target):
            line = text.count("\n", 0, at) + 1
            message = f"'{raw}' names an anchor that does not exist"
            yield Fault(name, line, "search-index", message)
    own = _language(site, name)
    folders = {own} if own else {site.languages.of(file) for file in seen}
    for page, facts in site.readable():
        listed = page in seen or site.is_hidden(page) or not page.startswith(root)
        if not listed and site.languages.of(page) in folders and facts.head.get("title"):
            message = f"the page is not in {name}"
            yield Fault(page, 0, "search-missing", message, "readers cannot search for it")


def _language(site: Site, name: str) -> str:
    """The language that an index is for, by its name; '' where it is for all."""
    stem = posixpath.basename(name).partition(".")[0]
    return stem if len(site.languages.all) > 1 and stem in site.languages.all else ""


def _sphinx(site: Site, name: str) -> Iterator[Fault]:
    found = _SPHINX.search(site.tree.text(name))
    try:
        index: Any = json.loads(found[1]) if found else {}
    except (ValueError, RecursionError):
        return  # an older form, which is a script and not JSON
    root = name.rpartition("/")[0]
    for page in index.get("docnames", ()) if isinstance(index, dict) else ():
        path = f"{root}/{page}" if root else str(page)
        if f"{path}.html" not in site.tree.sizes and f"{path}/index.html" not in site.tree.sizes:
            yield Fault(name, 1, "search-index", f"'{page}' does not exist")
