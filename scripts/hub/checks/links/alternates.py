"""The language versions that pages name (hreflang): all there, all returned, none forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import babel.core

from hub.checks.links.fault import Fault
from hub.checks.links.languages import CODE, same
from hub.checks.links.site import Site

#: Of a page: the file by the language named, and the line of each.
Named = dict[str, tuple[str, int]]


def check(site: Site) -> Iterator[Fault]:
    named = {page: _named(site, page) for page, facts in site.readable()}
    usual_default = sum("x-default" in own for own in named.values()) * 2 > len(named)
    for page, own in named.items():
        yield from _of_page(site, page, own, named)
        codes = [code.lower() for code, _, _ in facts_of(site, page)]
        if own and usual_default and "x-default" not in codes:
            line = min(line for _, line in own.values())
            message, hint = "x-default is missing", "other pages name a version for all others"
            yield Fault(page, line, "hreflang-default", message, hint)
    for page, facts in site.readable():
        for code, raw, line in facts.head.get("alternates", ()):
            if code.lower() != "x-default" and not is_code(code):
                message = f"hreflang '{code}' is no language code"
                yield Fault(page, line, "hreflang-syntax", message, "such as fr or pt-BR")
            plain = site.addresses.secure and raw.startswith("http://")
            if plain or not raw.startswith(("http://", "https://")):
                message = f"the address '{raw}' of a version is not a whole one"
                yield Fault(page, line, "hreflang-syntax", message, "crawlers want https://…")
        yield from _marked(site, page, facts.head.get("marked", ()))


def _of_page(site: Site, page: str, own: Named, named: dict[str, Named]) -> Iterator[Fault]:
    seen: dict[str, list[tuple[str, int]]] = {}
    for code, raw, line in facts_of(site, page):
        seen.setdefault(code.lower(), []).append((raw, line))
    for code, addresses in seen.items():
        if len({raw for raw, _ in addresses}) > 1:
            wrong = [(raw, n) for raw, n in addresses if not _is_in(site, page, raw, code)]
            line = (wrong or addresses[1:])[0][1]
            message = f"'{code}' is named with two addresses"
            yield Fault(page, line, "hreflang-twice", message, "keep one")
    if not own:
        return
    first = min(line for _, line in own.values())
    languages = site.languages
    for code, (file, line) in own.items():
        if code == "x-default" or file not in named:
            continue
        version = languages.version(page, languages.of(file))
        if not _speaks(site, file, code):
            message = f"'{file}' is in '{languages.of(file)}', not in '{code}'"
            yield Fault(page, line, "hreflang-wrong", message, "name each version by its language")
        elif file != version and version in named and named[version]:
            message = f"'{file}' is another page than this one"
            yield Fault(page, line, "hreflang-wrong", message, f"its version is '{version}'")
        elif file != page and page not in [back for back, _ in named[file].values()]:
            message = f"'{file}' does not name this page in return"
            hint = "crawlers ignore versions that do not name each other"
            yield Fault(page, line, "hreflang-not-returned", message, hint)
    if page not in [file for code, (file, _) in own.items() if code != "x-default"]:
        hint = f'hreflang="{languages.of(page)}" with its own address'
        yield Fault(page, first, "hreflang-self", "the page names its versions, not itself", hint)
    for code, version in languages.versions(page).items():
        known = [name for name in seen if name != "x-default" and same(name, code)]
        if version != page and not known and not site.is_stub(version):
            message = f"the version in '{code}' is not named"
            hint = f"it is '{version}'"
            yield Fault(page, first, "hreflang-missing", message, hint)
    if "x-default" in own:
        file, line = own["x-default"]
        original = languages.version(page, languages.source)
        others = {
            named[v]["x-default"][0] for _, (v, _) in own.items() if "x-default" in named.get(v, {})
        }
        if original in named and file != original and len(others) > 1:
            message = f"x-default is '{file}', another one than the other versions'"
            yield Fault(page, line, "hreflang-default", message, f"it is '{original}' there")


def _marked(site: Site, page: str, marked: list[list[str]]) -> Iterator[Fault]:
    """Links with hreflang: true of the page they lead to."""
    for code, raw, line in marked:
        target = site.target(page, raw)
        if not is_code(code):
            message = f"hreflang '{code}' is no language code"
            yield Fault(page, int(line), "hreflang-syntax", message, "such as fr or pt-BR", raw)
        elif target and target.file in site.pages:
            there = site.languages.of(target.file)
            if not _speaks(site, target.file, code):
                message = f"'{raw}' is in '{there}', not in '{code}'"
                yield Fault(page, int(line), "hreflang-wrong", message, f'hreflang="{there}"', raw)


def facts_of(site: Site, page: str) -> list[tuple[str, str, int]]:
    """Language, address and line of every version that a page names."""
    found: list[tuple[str, str, int]] = site.pages[page].head.get("alternates", [])
    return found


def is_code(code: str) -> bool:
    """A language code whose region, where it has one, exists: 'en-GB', not 'en-UK'."""
    found = CODE.match(code)
    if not found:
        return False
    region = (found[2] or "").lstrip("-").upper()
    return not region or region.isdigit() or region in _regions()


@cache
def _regions() -> set[str]:
    return set(babel.core.get_global("territory_currencies"))


def _speaks(site: Site, file: str, code: str) -> bool:
    """Is a page in a language, by its folder where languages have folders?"""
    there = site.languages.of(file)
    said = site.pages[file].head.get("lang") or ""
    return not (there or said) or same(there or said, code)


def _is_in(site: Site, page: str, raw: str, code: str) -> bool:
    target = site.target(page, raw)
    return bool(target and target.file in site.pages and _speaks(site, target.file, code))


def _named(site: Site, page: str) -> Named:
    """What is there of the versions that a page names; what is missing is reported by `files`."""
    found: Named = {}
    for code, raw, line in site.pages[page].head.get("alternates", ()):
        target = site.target(page, raw)
        if target and not target.fault:
            found.setdefault(code.lower(), (target.file, line))
    return found
