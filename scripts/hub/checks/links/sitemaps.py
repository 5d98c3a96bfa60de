"""The sitemap lists every page that may be indexed, once, and nothing else; robots.txt agrees."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from urllib.parse import urlsplit

from hub.checks.links import xmltext
from hub.checks.links.address import Target
from hub.checks.links.fault import Fault
from hub.checks.links.site import NOT_FOUND, Site

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$")


def check(site: Site) -> Iterator[Fault]:
    listed: dict[str, tuple[str, int]] = {}
    complete = True
    names = [n for n in site.tree.ending(".xml") if re.search(r"(^|/)sitemap[\w-]*\.xml$", n)]
    for name in names:
        try:
            elements = xmltext.elements(site.tree.read(name))
        except xmltext.XmlError as error:
            yield Fault(name, error.line, "sitemap-syntax", f"cannot be read: {error}")
            complete = False
            continue
        yield from _listed(site, name, elements, listed)
        yield from _copy(site, name)
    if listed and complete:
        main = names[0]
        for page, _ in site.readable():
            if page not in listed and not site.is_hidden(page) and _wanted(site, page):
                message = f"the page is not in {main}"
                yield Fault(page, 0, "sitemap-missing", message, "crawlers may not find it")
    yield from _robots(site, listed)


def _listed(
    site: Site, name: str, elements: list[xmltext.Element], listed: dict[str, tuple[str, int]]
) -> Iterator[Fault]:
    for item in elements:
        if item.name == "loc" and item.parent in ("url", "sitemap", "image"):
            target = _target(site, item.text)
            plain = site.addresses.secure and item.text.startswith("http://")
            if target is None or plain:
                message = f"'{item.text}' is no address of this site"
                yield Fault(name, item.line, "sitemap-host", message, _base_hint(site))
                if target and not target.fault:
                    listed.setdefault(target.file, (name, item.line))
            elif target.fault:
                yield Fault(name, item.line, "sitemap", f"'{item.text}' does not exist")
            elif item.parent == "url":
                yield from _page(site, name, item, target.file, listed)
        elif item.name == "link" and item.attributes.get("href"):
            raw = item.attributes["href"]
            target = _target(site, raw)
            if target is not None and target.fault:
                message = f"'{raw}' does not exist"
                yield Fault(name, item.line, "sitemap-language", message)
        elif item.name == "lastmod" and not _DATE.match(item.text):
            message = f"'{item.text}' is no date"
            yield Fault(name, item.line, "sitemap-syntax", message, "such as 2026-01-31")


def _page(
    site: Site, name: str, item: xmltext.Element, file: str, listed: dict[str, tuple[str, int]]
) -> Iterator[Fault]:
    if file in listed:
        message = f"'{item.text}' is listed twice"
        hint = f"first in {listed[file][0]}, line {listed[file][1]}"
        yield Fault(name, item.line, "sitemap-twice", message, hint)
    listed.setdefault(file, (name, item.line))
    if site.is_stub(file):
        message = f"'{item.text}' is a redirect"
        yield Fault(name, item.line, "sitemap-redirect", message, "list the page it leads to")
    elif file in site.pages and site.is_hidden(file):
        message = f"'{item.text}' asks not to be indexed"
        yield Fault(name, item.line, "sitemap-hidden", message, "take it out, or take noindex away")


def _target(site: Site, raw: str) -> Target | None:
    """Without a known address of the site, the path of a listed address is looked for."""
    if site.addresses.host:
        return site.addresses.resolve("index.html", raw)
    return site.addresses.resolve("index.html", urlsplit(raw).path or "/")


def _base_hint(site: Site) -> str:
    scheme = "https://" if site.addresses.secure else ""
    return f"its addresses begin with {scheme}{site.addresses.host}{site.addresses.base}"


def _wanted(site: Site, page: str) -> bool:
    """Pages that are found by readers; not fragments and proofs of ownership."""
    head = site.pages[page].head
    return bool(head.get("title")) and not page.endswith(NOT_FOUND) and not _elsewhere(site, page)


def _elsewhere(site: Site, page: str) -> bool:
    """Names the page another one as its canonical address?"""
    for raw, _ in site.pages[page].head.get("canonical", ())[:1]:
        target = site.target(page, raw)
        return target is not None and target.file != page
    return False


def _copy(site: Site, name: str) -> Iterator[Fault]:
    packed = f"{name}.gz"
    if packed in site.tree.sizes:
        try:
            plain = site.tree.read(name)
            with gzip.open(site.tree.root / packed) as file:
                same = file.read(len(plain) + 1) == plain  # however much more is packed in it
        except (OSError, EOFError, ValueError, zlib.error):
            same = False
        if not same:
            yield Fault(packed, 0, "sitemap-copy", f"differs from {name}", "make both at once")


def _robots(site: Site, listed: dict[str, tuple[str, int]]) -> Iterator[Fault]:
    if "robots.txt" not in site.tree.sizes:
        return
    everyone, blocked = False, []
    for number, line in enumerate(site.tree.text("robots.txt").splitlines(), 1):
        key, _, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if key == "user-agent":
            everyone = value == "*"
        elif key == "sitemap" and value:
            target = _target(site, value)
            if target is None or target.fault:
                message = f"sitemap '{value}' does not exist"
                yield Fault("robots.txt", number, "robots", message, _base_hint(site))
        elif key == "disallow" and everyone and value:
            blocked.append((value, number))
    for value, number in blocked:
        pattern = re.compile(re.escape(value).replace(r"\*", ".*").replace(r"\$", "$"))
        hit = next((p for p in listed if pattern.match(site.addresses.url(p))), None)
        if hit:
            message = f"'{value}' keeps robots from {hit}, which the sitemap lists"
            yield Fault("robots.txt", number, "robots-blocks", message, "take one of the two out")
