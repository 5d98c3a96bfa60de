"""Every page says its language and direction, keeps readers in it, and has the original's ids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hub.checks.links.alternates import is_code
from hub.checks.links.fault import Fault
from hub.checks.links.languages import same
from hub.checks.links.reader import HEAD, LINK, MARKED
from hub.checks.links.site import NOT_FOUND, Site
from hub.project import direction


def check(site: Site) -> Iterator[Fault]:
    for page, facts in site.readable():
        yield from _said(site, page, facts.head)
    if len(site.languages.all) > 1:
        yield from _leaving(site)
        yield from _ids(site)
        yield from _versions(site)


def _said(site: Site, page: str, head: dict[str, Any]) -> Iterator[Fault]:
    said, line = head.get("lang"), int(str(head.get("line") or 1))
    wanted = site.languages.of(page)
    if not said:
        message, hint = "the page does not say its language", f'<html lang="{wanted or "en"}">'
        yield Fault(page, line, "lang-missing", message, hint)
        return
    code = str(said)
    if not is_code(code):
        yield Fault(page, line, "lang-syntax", f"lang '{code}' is no language code")
        return
    multilingual = len(site.languages.all) > 1
    if multilingual and wanted and not same(code, wanted):
        message = f"the page says it is in '{code}', its folder '{wanted}'"
        yield Fault(page, line, "lang-wrong", message, f'<html lang="{wanted}">')
        return
    if head.get("xml") and not same(str(head["xml"]), code):
        message = f"lang is '{code}', xml:lang '{head['xml']}'"
        yield Fault(page, line, "lang-wrong", message, "let both be the same")
    runs, shown = direction(code), head.get("dir") or ""
    body, where = head.get("body") or ("", 0)
    if body and body not in (runs, "auto"):
        message = f"'{code}' is written {runs}, the text of the page says dir=\"{body}\""
        yield Fault(page, int(str(where)), "dir-wrong", message, f'dir="{runs}"')
    if runs == "rtl" and not shown:
        message = f"'{code}' is written from right to left, and the page does not say so"
        yield Fault(page, line, "dir-missing", message, 'dir="rtl"')
    elif shown and shown not in (runs, "auto"):
        message = f"'{code}' is written {runs}, the page says dir=\"{shown}\""
        yield Fault(page, line, "dir-wrong", message, f'dir="{runs}"')


def _leaving(site: Site) -> Iterator[Fault]:
    """Links to a page of another language, where the reader's own has it.

    A link with hreflang says that it changes the language on purpose; so does one to this page's own
    version. The page for wrong addresses speaks all languages.
    """
    languages = site.languages
    for named in site.named:
        target = named.target
        if target is None or target.fault or target.file not in site.pages:
            continue
        there = languages.of(target.file)
        for page in named.pages:
            here = languages.of(page)
            if here == there:
                break  # the pages of one folder share their language
            bits = site.bits(page, named.raw)
            own = languages.version(target.file, here)
            if bits & LINK and not bits & (MARKED | HEAD) and own in site.pages:
                switch = languages.plain(page) == languages.plain(target.file)
                if site.is_stub(page) or page.endswith(NOT_FOUND) or switch:
                    continue
                message = f"'{named.raw}' leads to '{there}', and the page exists in '{here}'"
                hint = f"link to '{own}'"
                yield Fault(
                    page,
                    0,
                    "leaves-language",
                    message,
                    hint,
                    named.raw,
                    about=own,
                    kinds="links",
                    meant=own,
                )


def _ids(site: Site) -> Iterator[Fault]:
    """Ids in the text of the original that a translated page lacks: links to them would break."""
    languages = site.languages
    for page, facts in site.readable():
        original = languages.version(page, languages.source)
        if original == page or original not in site.pages or site.is_stub(original):
            continue
        for name, value in site.pages[original].ids.items():
            if value & 1 and name not in facts.ids:
                message = f"id '{name}' of '{original}' is missing"
                hint = "ids are the same in every language"
                line = int(facts.head.get("line") or 0)
                yield Fault(page, line, "ids-differ", message, hint, trace=f"#{name}")
        known = site.pages[original].ids
        for name, value in facts.ids.items():
            if value & 1 and name not in known:
                message = f"id '{name}' is not in '{original}'"
                yield Fault(
                    page,
                    value >> 1,
                    "ids-differ",
                    message,
                    "ids are the same everywhere",
                    trace=f"#{name}",
                )


def _versions(site: Site) -> Iterator[Fault]:
    """Pages of the source language that another language lacks, where it has most of them."""
    languages = site.languages
    originals = [
        page
        for page, _ in site.readable()
        if languages.of(page) == languages.source and not site.is_hidden(page)
    ]
    for code in languages.folders.values():
        missing = [p for p in originals if languages.version(p, code) not in site.pages]
        if len(missing) <= len(originals) // 5:
            for page in missing:
                message = f"there is no '{languages.version(page, code)}'"
                yield Fault(page, 0, "page-missing", message, f"the page is missing in '{code}'")
