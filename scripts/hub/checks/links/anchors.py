"""Every id that a link names is on the page it leads to."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from hub.checks.links import syntax
from hub.checks.links.fault import Fault
from hub.checks.links.hints import Hints
from hub.checks.links.reader import HEAD, LINK
from hub.checks.links.site import NOT_FOUND, Site
from hub.checks.links.tree import PAGES

#: A part of these can be named, in ways that no list of ids holds.
_PARTED = (".pdf", ".svg", ".mp4", ".webm", ".ogg", ".mp3", ".wav", ".epub", ".txt", ".xml", ".md")


def check(site: Site) -> Iterator[Fault]:
    hints = Hints(site)
    for page, facts in site.pages.items():
        ids = facts.ids
        if facts.head.get("base"):
            continue
        for raw in facts.references:
            if raw[:1] == "#" and raw[1:] not in ids:
                fragment = unquote(raw[1:].rstrip().partition(":~:")[0])
                if fragment not in ids and not _special(fragment):
                    yield _fault(hints, page, raw, page, fragment)
    for named in site.named:
        target = named.target
        if target is None or target.fault or not target.fragment or _special(target.fragment):
            continue
        file, fragment = target.file, target.fragment
        if file in site.pages:
            if fragment not in site.pages[file].ids and not _no_matter(site, file, named.raw):
                for page in named.pages:
                    yield _fault(hints, page, named.raw, file, fragment)
        elif file.lower().endswith(".svg"):
            yield from _in_drawing(site, named.pages, named.raw, file, fragment)
        elif not file.lower().endswith(PAGES + _PARTED):
            for page in named.pages:
                bits = site.bits(page, named.raw)
                if bits & LINK and not bits & HEAD:
                    message = f"'{named.raw}' names a part of a file that has none"
                    hint = f"take '#{fragment}' away"
                    yield Fault(page, 0, "media-fragment", message, hint, named.raw, about=file)


def _in_drawing(
    site: Site, pages: list[str], raw: str, file: str, fragment: str
) -> Iterator[Fault]:
    """A part of a drawing; #svgView(…) is a view of the whole."""
    if fragment not in site.drawing_ids(file) and not fragment.startswith(("svgView", "xywh")):
        for page in pages:
            message = f"'{raw}' names a part that the drawing does not have"
            yield Fault(page, 0, "svg-reference", message, f"see '{file}'", raw, about=file)


def _no_matter(site: Site, file: str, raw: str) -> bool:
    """Redirects have no anchors; of an address with a fault of its own that one is said."""
    wrong = next(syntax.faults(raw, site.addresses.host), None)
    return file.endswith(NOT_FOUND) or site.is_stub(file) or (wrong is not None)


def _special(fragment: str) -> bool:
    """The top of a page, text to find, and addresses that a script reads."""
    return not fragment or fragment.lower() == "top" or fragment.startswith(("!", "/"))


def _fault(hints: Hints, page: str, raw: str, file: str, fragment: str) -> Fault:
    suggestion = hints.anchor(file, fragment)
    message = f"'{raw}' names an anchor that does not exist"
    about = f"{hints.site.languages.plain(file)}#{fragment}"
    meant = f"#{suggestion.meant}" if suggestion.sure else ""
    rule = suggestion.rule or "anchor"
    return Fault(page, 0, rule, message, suggestion.hint, raw, about=about, meant=meant)
