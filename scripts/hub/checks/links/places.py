"""From faults to problems: every place where a page has the fault, traced to what wrote it.

A fault of the theme stands on every page; where its source is not known it is reported once, with the
number of pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from hub.checks.links import reader
from hub.checks.links.fault import Fault, Fix, Reference
from hub.checks.links.site import Site
from hub.checks.origin import TEXT, THEME, Origins
from hub.problem import Problem, number

#: From how many pages on a fault outside the text is one of the theme.
_MANY = 8
_LINKS = {"link"}
_LOADED = {
    *("image", "srcset", "poster", "media", "track", "frame", "embed", "script", "stylesheet"),
    *("icon", "touch-icon", "manifest", "preload", "css-url", "css-import"),
}
_HEAD = {
    *("canonical", "hreflang", "hreflang-default", "social", "social-address", "json-ld"),
    *("redirect", "feed"),
}
#: What is said of a link that names a file to keep.
_DOWNLOAD = (".zip", ".pdf", ".epub", ".docx", ".odt", ".pptx", ".xlsx", ".csv", ".ics")


class Places:
    """`folder` is the built site as it was named on the command line."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site = site
        self.origins = Origins(site.project, folder, site.languages)
        self.fixes: list[Fix] = []
        self._read: dict[str, dict[str, list[Reference]]] = {}

    def problems(self, faults: Iterable[Fault]) -> list[Problem]:
        """Sorted and without copies: a fault of one source shows on many pages."""
        grouped: dict[tuple[str, str, str], list[tuple[Problem, str]]] = defaultdict(list)
        found: list[Problem] = []
        for fault in faults:
            for reference, rule in self._places(fault):
                problem, traced = self.origins.trace(fault, reference, rule)
                in_text = reference is not None and reference.nth >= 0
                if traced == TEXT and fault.meant and reference:
                    self.fixes.append(self._fix(fault, problem, reference.raw))
                if traced == TEXT or (in_text and traced != THEME):
                    found.append(problem)
                else:
                    source = f"{problem.file}:{problem.line}" if traced == THEME else ""
                    about = self.site.languages.plain(fault.about) or problem.message
                    grouped[rule, about, source].append((problem, fault.file))
        for (_, _, source), problems in grouped.items():
            found += self._once(problems, bool(source))
        return sorted(set(self.origins.without_copies(found)))

    def _fix(self, fault: Fault, problem: Problem, raw: str) -> Fix:
        plain = self.site.languages.plain
        return Fix(
            problem, plain(fault.file).removesuffix(".html") + ".md", raw, plain(fault.meant)
        )

    def _once(self, problems: list[tuple[Problem, str]], of_theme: bool) -> list[Problem]:
        """One problem for all pages of a fault of the theme; each by itself where they are few."""
        pages = {page for _, page in problems}
        if not of_theme and len(pages) < _MANY:
            return [problem for problem, _ in problems]
        first, page = min(problems, key=lambda pair: (pair[0].lang, pair[1], pair[0]))
        where = [f"on {page}"] if of_theme else []
        where += [f"and on {number(len(pages) - 1, 'other page')}"] if len(pages) > 1 else []
        return [replace(first, message=f"{first.message} ({' '.join(where)})")]

    def _places(self, fault: Fault) -> Iterator[tuple[Reference | None, str]]:
        """The references a fault is one of, each with its rule; (None, rule) where it is of none."""
        known = (
            self._references(fault.file).get(fault.raw, []) if fault.raw or not fault.line else []
        )
        if fault.line:
            here = next((r for r in known if r.line == fault.line), None)
            yield here, fault.rule
            return
        if not fault.raw and not fault.kinds and fault.rule != "empty-link":
            yield None, fault.rule
            return
        for reference in known:
            if _is_of(fault.kinds, reference):
                yield reference, _rule(fault, reference)

    def _references(self, page: str) -> dict[str, list[Reference]]:
        if page not in self.site.pages:
            return {}
        if page not in self._read:
            by_raw: dict[str, list[Reference]] = defaultdict(list)
            for reference in reader.references(self.site.tree.read(page)):
                by_raw[reference.raw].append(reference)
            self._read[page] = by_raw
        return self._read[page]


def _is_of(kinds: str, reference: Reference) -> bool:
    kind = reference.kind
    return {
        "links": kind in _LINKS,
        "loaded": kind in _LOADED,
        "text": kind in _LINKS and reference.nth >= 0 and reference.place != "generated",
        "named": kind not in _HEAD and kind not in ("form", "cite"),
    }.get(kinds, True)


def _rule(fault: Fault, reference: Reference) -> str:
    if fault.rule:
        special = fault.rule == "anchor" and reference.kind == "svg-reference"
        return reference.kind if special else fault.rule
    if reference.kind == "link" and fault.about.lower().endswith(_DOWNLOAD):
        return "download"
    return reference.kind
