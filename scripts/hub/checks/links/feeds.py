"""Feeds (Atom, RSS, JSON Feed): what they name is there, and entries have ids of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hub.checks.links import xmltext
from hub.checks.links.fault import Fault
from hub.checks.links.site import Site

_LINKS = {("link", "href"), ("content", "src"), ("enclosure", "url"), ("thumbnail", "url")}
_TEXTS = {"link", "logo", "icon", "url", "comments"}


def check(site: Site) -> Iterator[Fault]:
    for name in site.tree.ending(".xml", ".rss", ".atom"):
        data = site.tree.read(name)
        if not any(mark in data[:2000] for mark in (b"<feed", b"<rss", b"<rdf:RDF")):
            if name.endswith((".rss", ".atom")) or name.rpartition("/")[2] in (
                "feed.xml",
                "rss.xml",
            ):
                yield Fault(name, 1, "feed-syntax", "the feed cannot be read: it is none")
            continue
        try:
            elements = xmltext.elements(data)
        except xmltext.XmlError as error:
            yield Fault(name, error.line, "feed-syntax", f"the feed cannot be read: {error}")
            continue
        yield from _named(site, name, elements)
        yield from _twice(name, elements)
    for name in site.tree.ending("feed.json"):
        yield from _json(site, name)


def _named(site: Site, name: str, elements: list[xmltext.Element]) -> Iterator[Fault]:
    for item in elements:
        for tag, attribute in _LINKS:
            raw = item.attributes.get(attribute)
            if item.name == tag and raw:
                yield from _one(site, name, item.line, raw)
                own = site.addresses.resolve(name, raw)
                if own and item.attributes.get("rel") == "self" and own.file != name:
                    message = f"'{raw}' is not the feed's own address"
                    yield Fault(name, item.line, "feed", message, 'rel="self" names the feed')
                yield from _length(site, name, item, raw)
        permanent = item.name == "guid" and item.attributes.get("isPermaLink") != "false"
        if item.text and (item.name in _TEXTS or permanent) and "/" in item.text:
            yield from _one(site, name, item.line, item.text)


def _one(site: Site, name: str, line: int, raw: str) -> Iterator[Fault]:
    target = site.addresses.resolve(name, raw)
    if target is None:
        return
    languages = site.languages
    here = languages.of(name)
    if target.fault:
        yield Fault(name, line, "feed", f"'{raw}' does not exist")
    elif target.file in site.pages and languages.of(target.file) != here:
        if languages.version(target.file, here) in site.pages:
            yield Fault(name, line, "feed", f"'{raw}' is in another language than the feed")
    elif not site.has_anchor(target):
        yield Fault(name, line, "feed", f"'{raw}' names an anchor that does not exist")


def _length(site: Site, name: str, item: xmltext.Element, raw: str) -> Iterator[Fault]:
    length = item.attributes.get("length", "")
    target = site.addresses.resolve(name, raw)
    if length.isdigit() and int(length) and target and not target.fault:
        size = site.tree.sizes[target.file]
        if size != int(length):
            message = f"'{raw}' has {size} bytes, not {length}"
            yield Fault(name, item.line, "feed-length", message)


def _twice(name: str, elements: list[xmltext.Element]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for item in elements:
        if item.name in ("id", "guid") and item.parent in ("entry", "item"):
            first = seen.setdefault(item.text, item.line)
            if first != item.line:
                message, hint = f"the id '{item.text}' stands twice", f"first in line {first}"
                yield Fault(name, item.line, "feed-twice", message, hint)


def _json(site: Site, name: str) -> Iterator[Fault]:
    text = site.tree.text(name)
    try:
        feed: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        yield Fault(name, line, "feed-syntax", f"the feed cannot be read: {error}")
        return
    items = feed.get("items", []) if isinstance(feed, dict) else []
    for item in [feed, *items]:
        for key in ("url", "feed_url", "home_page_url", "image", "banner_image", "icon"):
            raw = item.get(key) if isinstance(item, dict) else None
            if isinstance(raw, str) and raw:
                line = text[: text.find(raw)].count("\n") + 1
                yield from _one(site, name, line, raw)
