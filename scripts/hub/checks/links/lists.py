"""No page is left alone, and the lists for robots and machines (llms.txt and others) hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from hub.checks.links.fault import Fault
from hub.checks.links.reader import LINK
from hub.checks.links.site import NOT_FOUND, Site

_MARKDOWN = re.compile(r"\]\(\s*<?([^)\s>]+)>?[^)]*\)")
_FIELD = re.compile(r"(?i)^(?:policy|acknowledgments|encryption|canonical|hiring|contact):\s*(\S+)")


def check(site: Site) -> Iterator[Fault]:
    yield from _orphans(site)
    for name in site.tree.ending("llms.txt", "llms-full.txt"):
        yield from _texts(site, name, _MARKDOWN)
    for name in site.tree.ending("security.txt"):
        yield from _texts(site, name, _FIELD)
    if "_redirects" in site.tree.sizes:
        yield from _rules(site)


def _orphans(site: Site) -> Iterator[Fault]:
    """Pages that no other page of their language leads to, by a link or through a redirect."""
    linked = {""}
    languages = site.languages
    for named in site.named:
        target = named.target
        if target is None or target.fault or target.file not in site.pages or target.file in linked:
            continue
        there = languages.of(target.file)
        for page in named.pages:
            here = page != target.file and languages.of(page) == there
            if here and (site.bits(page, named.raw) & LINK or site.is_stub(page)):
                linked.add(target.file)
                break
    alone = Counter(languages.of(page) for page, _ in site.readable())
    for page, facts in site.readable():
        plain = languages.plain(page)
        if alone[languages.of(page)] == 1:
            continue  # the one page of its language is reached by way of the others
        if page in linked or plain in ("index.html", NOT_FOUND) or site.is_hidden(page):
            continue
        if facts.head.get("title"):
            message = "no other page leads here"
            yield Fault(page, 0, "orphan", message, "link to it, or take it out")


def _texts(site: Site, name: str, pattern: re.Pattern[str]) -> Iterator[Fault]:
    for number, line in enumerate(site.tree.text(name).splitlines(), 1):
        for found in pattern.finditer(line):
            target = site.addresses.resolve(name, found[1])
            if target and target.fault:
                yield Fault(name, number, "text-list", f"'{found[1]}' does not exist")


def _rules(site: Site) -> Iterator[Fault]:
    """Redirects as some hosts read them: from, to, status."""
    for number, line in enumerate(site.tree.text("_redirects").splitlines(), 1):
        parts = line.partition("#")[0].split() if not line.startswith("#") else []
        if len(parts) > 1 and ":" not in parts[1].partition("://")[2] and "*" not in parts[1]:
            target = site.addresses.resolve("index.html", parts[1])
            if target and target.fault:
                yield Fault("_redirects", number, "redirect", f"'{parts[1]}' does not exist")
