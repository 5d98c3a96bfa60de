"""Stylesheets, drawings (SVG) and scripts name files that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hub.checks.links import naming, xmltext
from hub.checks.links.fault import Fault
from hub.checks.links.site import Site

_MAP = re.compile(rb"(?://|/\*)[#@]\s*sourceMappingURL=([^\s*\"']+)\s*(?:\*/)?\s*\Z")
_URL = re.compile(r"url\(\s*[\"']?([^\"')\s]+)[\"']?\s*\)")


def check(site: Site) -> Iterator[Fault]:
    for name in site.tree.ending(".css"):
        text = site.tree.text(name)
        if "url(" in text or "@import" in text:
            for raw, kind, down in naming.in_style(text):
                yield from _one(site, name, down + 1, raw, kind)
    for name in site.tree.ending(".css", ".js", ".mjs"):
        end = _end(site, name)
        found = _MAP.search(end)
        if found and not found[1].startswith(b"data:"):
            raw = found[1].decode("utf-8", "replace")
            yield from _one(site, name, 0, raw, "source-map")
    for name in site.tree.ending(".svg"):
        yield from _drawing(site, name)


def _one(site: Site, name: str, line: int, raw: str, kind: str) -> Iterator[Fault]:
    if raw.startswith(("#", "%23")):
        return  # a part of the drawing that uses the style
    target = site.addresses.resolve(name, raw)
    if target and target.fault == "base-path":
        message = f"'{raw}' leaves out the base path '{site.addresses.base}'"
        yield Fault(name, line, "base-path", message, "use a relative address")
    elif target and target.fault:
        folder = name.rpartition("/")[0]
        hint = f"looked for '{target.file}': addresses in '{folder or '.'}' start there"
        yield Fault(name, line, kind, f"'{raw}' does not exist", hint, about=target.file)
    elif target and target.fragment and target.file.endswith(".svg"):
        known = site.drawing_ids(target.file)
        if target.fragment not in known and not target.fragment.startswith("iefix"):
            message = f"'{raw}' names a part that the drawing does not have"
            yield Fault(name, line, "svg-reference", message)


def _drawing(site: Site, name: str) -> Iterator[Fault]:
    data = site.tree.read(name)
    if not any(mark in data for mark in (b"href", b"url(", b"@import")):
        return
    try:
        elements = xmltext.elements(data)
    except xmltext.XmlError:
        return  # a drawing that browsers may still show; its type is judged by `contents`
    ids = {item.attributes["id"] for item in elements if "id" in item.attributes}
    for item in elements:
        values = [item.attributes["href"]] if "href" in item.attributes else []
        for key, value in item.attributes.items():
            if key not in ("href", "d"):
                values += _URL.findall(value)
        if item.name == "style":
            values += [raw for raw, _, _ in naming.in_style(item.text)]
        for raw in values:
            if raw.startswith("#") and item.name != "a":
                if raw[1:] not in ids and len(raw) > 1:
                    message = f"'{raw}' is not in the drawing"
                    yield Fault(name, item.line, "svg-reference", message)
            elif not raw.startswith(("data:", "#")):
                yield from _one(site, name, item.line, raw, "svg-reference")


def _end(site: Site, name: str) -> bytes:
    with (site.tree.root / name).open("rb") as file:
        file.seek(max(site.tree.sizes[name] - 300, 0))
        return file.read()
