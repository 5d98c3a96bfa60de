"""Redirect stubs lead somewhere, by one step, and say the same thing in each of their ways."""

from __future__ import annotations

from collections.abc import Iterator

from hub.checks.links.fault import Fault
from hub.checks.links.reader import HEAD, LINK
from hub.checks.links.site import Site


def check(site: Site) -> Iterator[Fault]:
    stubs = {
        page: facts.head["redirect"] for page, facts in site.pages.items() if site.is_stub(page)
    }
    leads = {page: _next(site, page, raw) for page, (raw, _) in stubs.items()}
    for page, (raw, line) in stubs.items():
        yield from _of_stub(site, leads, page, raw, line)
    if not stubs:
        return
    for named in site.named:
        target = named.target
        if target is None or target.fault or target.file not in stubs:
            continue
        for page in named.pages:
            bits = site.bits(page, named.raw)
            if bits & LINK and not bits & HEAD and page not in stubs:
                message = f"'{named.raw}' leads to a redirect"
                final = _end(leads, target.file)
                hint = f"link to '{final}'" if final else ""
                about = target.file
                yield Fault(
                    page, 0, "link-to-redirect", message, hint, named.raw, about=about, meant=final
                )


def _of_stub(site: Site, leads: dict[str, str], page: str, raw: str, line: int) -> Iterator[Fault]:
    step = leads[page]
    if step in leads:
        final = _end(leads, page)
        if not final:
            message = f"redirects lead in a circle: {page} → {step}"
            yield Fault(page, line, "redirect-loop", message, "let one of them lead to a page")
        else:
            message = f"'{raw}' is a redirect itself"
            yield Fault(page, line, "redirect-chain", message, f"redirect to '{final}'")
    languages = site.languages
    if step in site.pages and languages.of(step) != languages.of(page):
        own = languages.version(step, languages.of(page))
        if own in site.pages and own != page:
            message = f"'{raw}' leads to another language, and the page exists in this one"
            yield Fault(page, line, "leaves-language", message, f"redirect to '{own}'")
    head = site.pages[page].head
    others = [(head["scripted"], "the script")] if head.get("scripted") else []
    others += [(found, "the canonical address") for found in head.get("canonical", ())]
    for (other, where), name in others:
        target = site.target(page, other)
        if target is not None and step and target.file != step:
            message = f"{name} leads to '{other}', the redirect to '{raw}'"
            yield Fault(page, where, "redirect-differs", message, "let all ways lead to one page")
    ways = [site.target(page, way) for way in head.get("ways", ())]
    if ways and step and all(way is not None and way.file != step for way in ways):
        message = f"no link of the page leads to '{raw}', as the redirect does"
        yield Fault(page, line, "redirect-differs", message, "some readers have to click")


def _next(site: Site, page: str, raw: str) -> str:
    """The file that a stub leads to; '' where it leads out of the site or nowhere."""
    target = site.target(page, raw)
    return target.file if target and not target.fault else ""


def _end(leads: dict[str, str], page: str) -> str:
    """The page that a row of redirects ends at; '' for a circle."""
    passed = {page}
    while page in leads:
        page = leads[page]
        if page in passed:
            return ""
        passed.add(page)
    return page
