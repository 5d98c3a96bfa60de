"""The head of a page names the page itself: one title, one canonical address, og:url like it."""

from __future__ import annotations

from collections.abc import Iterator

from hub.checks.links.fault import Fault
from hub.checks.links.site import Site


def check(site: Site) -> Iterator[Fault]:
    for page, facts in site.pages.items():
        head = facts.head
        if not head.get("title"):
            yield Fault(page, int(head.get("line") or 1), "title-missing", "the page has no title")
        canonicals = head.get("canonical", [])
        if len({raw for raw, _ in canonicals}) > 1:
            line = canonicals[1][1]
            yield Fault(page, line, "canonical-twice", "two canonical addresses", "keep one")
        if site.is_stub(page):
            continue
        for raw, line in canonicals[:1]:
            yield from _canonical(site, page, raw, line)
        if "og" in head:
            raw, line = head["og"]
            target = site.target(page, raw)
            if target and not target.fault and target.file != page:
                message = f"og:url names '{target.file}'"
                yield Fault(page, line, "social-address", message, "name this page")


def _canonical(site: Site, page: str, raw: str, line: int) -> Iterator[Fault]:
    target = site.target(page, raw)
    if not raw.strip():
        return  # said by `syntax`
    if "#" in raw or not raw.startswith(("http://", "https://")):
        message = f"the canonical address '{raw}' is not a whole one"
        yield Fault(page, line, "canonical-syntax", message, "https://…, without a '#'")
    if target and not target.fault and target.file != page:
        versions = site.languages.versions(page).values()
        why = "a version in another language" if target.file in versions else "another page"
        message = f"the canonical address '{raw}' is that of {why}"
        hint = f"crawlers will leave this page out; its own is '{site.addresses.url(page)}'"
        yield Fault(page, line, "canonical-other", message, hint)
