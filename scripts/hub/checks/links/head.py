"""The head of a page names the page itself: one title, one canonical address, og:url like it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hub.checks.links.fault import Fault
from hub.checks.links.languages import same
from hub.checks.links.site import Site

#: How many pages of a site must end with </html> for another one to be cut off: so many, this share.
_MANY, _MOST = 5, 0.9


def check(site: Site) -> Iterator[Fault]:
    yield from _cut_off(site)
    having = sum(bool(facts.head.get("canonical")) for _, facts in site.readable())
    usual = having * 2 > len(site.pages)
    wanted = _wanted(site)
    for page, facts in site.pages.items():
        head = facts.head
        if site.tree.sizes[page] == 0:
            continue
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
        if usual and not canonicals and page in wanted:
            message, hint = "the page has no canonical address", "all others have one"
            yield Fault(page, 0, "canonical-missing", message, hint)
        yield from _data(site, page, head.get("data", ()))
        if "og" in head:
            raw, line = head["og"]
            target = site.target(page, raw)
            if target and not target.fault and target.file != page:
                message = f"og:url names '{target.file}'"
                yield Fault(page, line, "social-address", message, "name this page")


def _cut_off(site: Site) -> Iterator[Fault]:
    """Pages that end between two elements, and so before </html>, where the others end with it."""
    pages = [(page, facts) for page, facts in site.readable() if "ends" in facts.head]
    whole = sum(facts.head["ends"] for _, facts in pages)
    if whole < max(_MANY, _MOST * len(pages)):
        return
    for page, facts in pages:
        if not facts.head["ends"] and not any(rule == "page-cut" for _, rule, *_ in facts.faults):
            line = site.tree.read(page).count(b"\n") + 1
            message = "the page ends without </html>, which the others have"
            yield Fault(page, line, "page-cut", message, "make the page again")


def _wanted(site: Site) -> set[str]:
    """Pages that people find by searching."""
    return {page for page, _ in site.readable() if not site.is_hidden(page)}


def _data(site: Site, page: str, said: Iterable[tuple[str, str, int]]) -> Iterator[Fault]:
    """What JSON-LD says of the page: its address, its language."""
    for key, value, line in said:
        if key == "url":
            target = site.target(page, value)
            if target and not target.fault and target.file != page:
                message = f"the data's url is that of '{target.file}'"
                yield Fault(page, line, "json-ld", message, "name this page")
        elif not same(value, str(site.pages[page].head.get("lang") or value)):
            message = f"the data says the page is in '{value}'"
            yield Fault(page, line, "json-ld", message, 'let inLanguage be as <html lang="…">')


def _canonical(site: Site, page: str, raw: str, line: int) -> Iterator[Fault]:
    target = site.target(page, raw)
    if not raw.strip():
        return  # said by `syntax`
    plain = site.addresses.secure and raw.startswith("http://")
    if "#" in raw or plain or not raw.startswith(("http://", "https://")):
        message = f"the canonical address '{raw}' is not a whole one"
        yield Fault(page, line, "canonical-syntax", message, "https://…, without a '#'")
    elif target is None and site.addresses.host:
        message = f"the canonical address '{raw}' is that of another site"
        yield Fault(page, line, "canonical-other", message, f"not {site.addresses.host}")
    if target and not target.fault and target.file != page:
        versions = site.languages.versions(page).values()
        why = "a version in another language" if target.file in versions else "another page"
        message = f"the canonical address '{raw}' is that of {why}"
        hint = f"crawlers will leave this page out; its own is '{site.addresses.url(page)}'"
        yield Fault(page, line, "canonical-other", message, hint)
