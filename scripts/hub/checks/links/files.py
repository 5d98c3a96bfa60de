"""Every file that a page names is there, under exactly that name."""

from __future__ import annotations

from collections.abc import Iterator

from hub.checks.links import contents, syntax
from hub.checks.links.address import Target
from hub.checks.links.fault import Fault
from hub.checks.links.hints import Hints
from hub.checks.links.reader import FILE, HEAD, LINK
from hub.checks.links.site import NOT_FOUND, Named, Site
from hub.checks.links.tree import PAGES

#: Stands for the rule of whatever names the file.
MISSING = ""

#: Empty on purpose, often: a theme's own styles and scripts.
_MAY_BE_EMPTY = (".css", ".js", ".txt", ".map", ".nojekyll", *PAGES, *contents.DOWNLOADS)


def check(site: Site) -> Iterator[Fault]:
    hints = Hints(site)
    for page, facts in site.pages.items():
        if site.tree.sizes[page] == 0:
            yield Fault(page, 0, "empty-file", "the page has no content", "build the site again")
        raw = facts.head.get("base", "")
        if raw and site.addresses.resolve(page, raw) is None:
            line = int(facts.head.get("base_line") or 0)
            message = f'<base href="{raw}"> lets every address start elsewhere'
            yield Fault(page, line, "base-element", message, "take it out")
    for named in site.named:
        if named.target is None:
            continue
        found = _fault(site, hints, named, named.target)
        if found is None and (named.target.style != "relative" or named.target.folder):
            yield from _promises(site, named, named.target)
        if found:
            rule, message, hint, meant = found
            about = named.target.file
            for page in named.pages:
                yield Fault(page, 0, rule, message, hint, named.raw, about=about, meant=meant)


def _fault(
    site: Site, hints: Hints, named: Named, target: Target
) -> tuple[str, str, str, str] | None:
    raw = named.raw
    if not target.fault:
        empty = site.tree.sizes[target.file] == 0 and not target.file.endswith(_MAY_BE_EMPTY)
        return ("empty-file", f"'{raw}' has no content", "make it again", "") if empty else None
    if next(syntax.faults(raw, site.addresses.host), None):
        return None  # said better there
    if target.fault == "outside":
        return "outside", f"'{raw}' leads out of the site", "take a ../ away", ""
    if target.fault == "base-path":
        there = target.file in site.tree.sizes or f"{target.file}/index.html" in site.tree.sizes
        meant = site.addresses.url(target.file)
        hint = (
            f"did you mean '{meant}'?" if there else f"addresses begin with {site.addresses.base}"
        )
        return "base-path", f"'{raw}' leaves out the base path '{site.addresses.base}'", hint, ""
    suggestion = hints.file(named.pages[0], target.file)
    if target.fault == "folder-index" and not suggestion.rule:
        folder = target.file.rpartition("/")[0]
        hint = f"the folder '{folder}' has no index.html"
        return "folder-index", f"'{raw}' does not exist", hint, ""
    source = _source(site, target.file)
    meant = suggestion.meant if suggestion.sure and not source else ""
    meant = _whole(target._replace(file=meant)) if meant else ""
    return suggestion.rule or MISSING, f"'{raw}' does not exist", source or suggestion.hint, meant


def _source(site: Site, file: str) -> str:
    """Said of a page that only our sources have."""
    if site.project is None or not file.endswith((".md", ".html")):
        return ""
    plain = site.languages.plain(file).removesuffix(".html").removesuffix(".md") + ".md"
    if (site.project.docs / plain).is_file() and site.project.excluded.match_file(plain):
        return f"docs/{plain} is not part of the site: see exclude_docs in mkdocs.yml"
    return ""


def _promises(site: Site, named: Named, target: Target) -> Iterator[Fault]:
    """What works on one server only, or not without one."""
    wanted = LINK | FILE
    for page in named.pages:
        bits = site.bits(page, named.raw)
        if not bits & wanted or bits & HEAD or page.rpartition("/")[2] == NOT_FOUND:
            continue
        raw = named.raw
        if target.style == "absolute":
            message = f"'{raw}' spells out the site's own address"
            hint = f"link to '{target.file}' from here: it works on a copy, too"
            yield Fault(
                page, 0, "own-address", message, hint, raw, "", target.file, "named", _whole(target)
            )
        elif site.project is not None and not site.is_stub(page):
            message = f"'{raw}' works on a server only"
            hint = f"link to '{target.file}' from here: pages are read from memory sticks, too"
            yield Fault(
                page,
                0,
                "folder-address",
                message,
                hint,
                raw,
                "",
                target.file,
                "named",
                _whole(target),
            )


def _whole(target: Target) -> str:
    """A target's file with the id in it."""
    return f"{target.file}#{target.fragment}" if target.fragment else target.file
