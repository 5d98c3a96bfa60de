"""Web app manifests and browserconfig.xml: the icons and addresses in them are there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hub.checks.links import xmltext
from hub.checks.links.fault import Fault
from hub.checks.links.site import Site


def check(site: Site) -> Iterator[Fault]:
    named = {
        n.target.file
        for n in site.named
        if n.target and not n.target.fault and n.target.file.endswith("manifest.json")
    }
    for name in sorted({*named, *site.tree.ending(".webmanifest")}):
        text = site.tree.text(name)
        try:
            manifest: Any = json.loads(text)
        except (ValueError, RecursionError) as error:
            message = f"the manifest cannot be read: {getattr(error, 'msg', error)}"
            yield Fault(name, getattr(error, "lineno", 0), "manifest-syntax", message)
            continue
        if isinstance(manifest, dict):
            for raw, rule in _addresses(manifest):
                target = site.addresses.resolve(name, raw)
                if target and target.fault:
                    line = text[: max(text.find(json.dumps(raw)), 0)].count("\n") + 1
                    yield Fault(name, line, rule, f"'{raw}' does not exist")
    for name in site.tree.ending("browserconfig.xml"):
        yield from _tiles(site, name)
    for name in site.tree.ending("opensearch.xml"):
        yield from _search(site, name)


def _addresses(manifest: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("icons", "screenshots"):
        yield from ((raw, "manifest-icon") for raw in _sources(manifest.get(key)))
    for key in ("start_url", "scope"):
        if isinstance(manifest.get(key), str) and manifest[key]:
            yield manifest[key], "manifest-url"
    shortcuts = manifest.get("shortcuts")
    for item in shortcuts if isinstance(shortcuts, list) else ():
        if isinstance(item, dict):
            yield from ((raw, "manifest-icon") for raw in _sources(item.get("icons")))
            if isinstance(item.get("url"), str):
                yield item["url"], "manifest-url"
    share = manifest.get("share_target")
    if isinstance(share, dict) and isinstance(share.get("action"), str):
        yield share["action"], "manifest-url"


def _sources(items: Any) -> Iterator[str]:
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and isinstance(item.get("src"), str):
            yield item["src"]


def _search(site: Site, name: str) -> Iterator[Fault]:
    """What browsers read to search the site from their own field (OpenSearch)."""
    try:
        elements = xmltext.elements(site.tree.read(name))
    except xmltext.XmlError as error:
        yield Fault(name, error.line, "browser-config", f"cannot be read: {error}")
        return
    for item in elements:
        raw = item.text if item.name == "Image" else item.attributes.get("template", "")
        target = site.addresses.resolve(name, raw.partition("{")[0]) if raw else None
        if target and target.fault:
            yield Fault(name, item.line, "browser-config", f"'{raw}' does not exist")


def _tiles(site: Site, name: str) -> Iterator[Fault]:
    try:
        elements = xmltext.elements(site.tree.read(name))
    except xmltext.XmlError as error:
        yield Fault(name, error.line, "browser-config", f"cannot be read: {error}")
        return
    for item in elements:
        raw = item.attributes.get("src")
        target = site.addresses.resolve(name, raw) if raw else None
        if target and target.fault:
            yield Fault(name, item.line, "browser-config", f"'{raw}' does not exist")
