"""Where a fault in a built page comes from: the Markdown line, catalog entry, template or setting.

The n-th link to a target in the page's text is the n-th link to that target in its Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from hub.checks.links import rules
from hub.checks.links.fault import Fault, Reference
from hub.problem import Problem
from hub.project import Project

if TYPE_CHECKING:
    from hub.checks.links.languages import Languages
    from hub.checks.links.sources import Sources
    from hub.checks.links.written import Written

#: How well a fault was traced: to a line of content, to the theme or a setting, or not at all.
TEXT, THEME, NOWHERE = "text", "theme", ""

#: No message is longer than this.
_LONG = 1000

#: What a template must hold to be the one that wrote a fault of the head.
_HEAD = {
    "canonical": 'rel="canonical"',
    "hreflang": 'rel="alternate',
    "icon": 'rel="icon"',
    "stylesheet": 'rel="stylesheet"',
    "head-link": "<link ",
}
_OF_PAGE = {"orphan", "title-missing"}


class Origins:
    """Maps places of the built site to sources; to the built page itself where there are none.

    `site` is the built folder as it was named.
    """

    def __init__(self, project: Project | None, site: Path, languages: Languages) -> None:
        self.project, self.site, self.languages = project, site, languages
        self._templates = cache(self._read_templates)

    def trace(self, fault: Fault, reference: Reference | None, rule: str) -> tuple[Problem, str]:
        """The problem that a fault is, at its source, and how well it was traced."""
        page, line = fault.file, reference.line if reference else fault.line
        where = self.project.relative(self.site / page) if self.project else str(self.site / page)
        problem = Problem(
            where,
            line,
            rule,
            _short(fault.message),
            _short(fault.hint),
            rules.severity(rule),
            self.languages.prefixed(page),
        )
        if self.project is None:
            return problem, NOWHERE
        if (source := self._source(page)) and (
            traced := self._in_content(problem, source, fault, reference)
        ):
            return traced, TEXT
        traced = self._in_theme(problem, fault, reference)
        return (traced, THEME) if traced else (problem, NOWHERE)

    def lines(self, page: str, raw: str, nth: int) -> tuple[int, int]:
        """The Markdown line, and the catalog's (0: none), of the nth (from 0) link to `raw` in a text.

        (0, 0) where the page's Markdown has no such link.
        """
        source = self._source(page)
        found = self._match(source, page, raw, nth) if source else None
        return (found.line, found.entry) if found else (0, 0)

    def without_copies(self, problems: Iterable[Problem]) -> list[Problem]:
        """A fault of an English line shows in every language: it is reported once."""
        first: dict[tuple[str, int, str, str], Problem] = {}
        for problem in problems:
            # Addresses differ by language ('../' and folders), and so does what is said of them.
            words = re.sub(r"'(?:\.\./)*(?:[\w-]+/)*([^'/]*/?)'", r"'\1'", problem.message)
            key = (problem.file, problem.line, problem.rule, words)
            known = first.get(key)
            if known is None or (known.lang and not problem.lang):
                first[key] = problem
        return list(first.values())

    @cached_property
    def _sources(self) -> Sources:
        from hub.checks.links.sources import Sources  # with all that reads Markdown and catalogs

        assert self.project is not None
        return Sources(self.project)

    def _in_content(
        self, problem: Problem, source: str, fault: Fault, reference: Reference | None
    ) -> Problem | None:
        """The problem at the Markdown's or the catalog's line."""
        page, sources = fault.file, self._sources
        if reference and reference.nth >= 0 and not _is_component(reference):
            found = self._match(source, page, reference.raw, reference.nth)
            if found:
                return self._at(problem, source, found.line, found.entry, found.own)
        if fault.trace:
            sought = _sought(fault.trace)
            places = [
                (part, match)
                for part in sources.pieces(source, problem.lang)
                for match in sought.finditer(part.shown)
            ]
            if places:
                second = problem.rule == "duplicate-id" and len(places) > 1
                part, match = places[1 if second else 0]
                down = 0 if part.entry else part.shown.count("\n", 0, match.start())
                own = not sought.search(part.english)
                return self._at(problem, source, part.line + down, part.entry, own)
        if problem.rule in _OF_PAGE:
            return replace(problem, file=sources.file(source), line=0)
        folder = self._plain(page).rpartition("/")[0]
        line = sources.in_matter(source, folder, reference.raw) if reference else 0
        return replace(problem, file=sources.file(source), line=line) if line else None

    def _at(self, problem: Problem, source: str, line: int, entry: int, own: bool) -> Problem:
        """`own`: only the translation has the fault, so its catalog is the place to mend."""
        markdown = self._sources.file(source)
        if not entry:
            return replace(problem, file=markdown, line=line)
        catalog = self._sources.catalog_of(source, problem.lang)
        if own:
            return replace(problem, file=catalog, line=entry, also_file=markdown, also_line=line)
        return replace(problem, file=markdown, line=line, also_file=catalog, also_line=entry)

    def _match(self, source: str, page: str, raw: str, nth: int) -> Written | None:
        folder, lang = self._plain(page).rpartition("/")[0], self.languages.prefixed(page)
        found = self._sources.matching(source, lang, folder, raw)
        if found:
            return found[min(nth, len(found) - 1)]
        return self._sources.refused(source, lang, folder, raw) if lang else None

    def _in_theme(
        self, problem: Problem, fault: Fault, reference: Reference | None
    ) -> Problem | None:
        """The problem at the setting or template that wrote it."""
        assert self.project is not None
        if reference and reference.place == "nav" and fault.about:
            wanted = self.languages.plain(fault.about).removesuffix(".html") + ".md"
            line = _line_with(self.project.config_file, wanted)
            where = self.project.relative(self.project.config_file)
            return replace(problem, file=where, line=line) if line else None
        kind = problem.rule.partition("-")[0]
        wanted = ""
        if reference and _is_component(reference):
            wanted = reference.place
        elif kind in _HEAD and (not reference or reference.place == "head"):
            wanted = _HEAD[kind]
        for path, text in self._templates() if wanted else ():
            found = re.search(rf"{re.escape(wanted)}(?![\w-])", text)
            if found:
                name = reference.raw.rpartition("/")[2] if reference else ""
                at = max(text.find(name, found.start()) if name else 0, found.start())
                return replace(problem, file=path, line=text.count("\n", 0, at) + 1)
        return None

    def _source(self, page: str) -> str | None:
        """The English Markdown of a built page, relative to docs/."""
        if self.project is None or not page.endswith(".html"):
            return None
        path = self._plain(page).removesuffix(".html") + ".md"
        return path if (self.project.docs / path).exists() else None

    def _plain(self, page: str) -> str:
        return self.languages.plain(page)

    def _read_templates(self) -> list[tuple[str, str]]:
        assert self.project is not None
        files = sorted(
            self.project.templates.rglob("*.html"), key=lambda f: (f.name != "main.html", f)
        )
        return [(self.project.relative(f), f.read_text(encoding="utf-8")) for f in files]


def _short(text: str) -> str:
    """A page may hold an address of megabytes: its two ends tell which it is."""
    return text if len(text) <= _LONG else f"{text[: _LONG // 2]}…{text[-_LONG // 4 :]}"


def _sought(trace: str) -> re.Pattern[str]:
    """A text as it stands, or for '#name' the places in Markdown and HTML that give or use an id."""
    if not trace.startswith("#"):
        return re.compile(re.escape(trace))
    name = re.escape(trace[1:])
    return re.compile(rf"(?:\{{[^}}\n]*#|\b(?:id|for|headers|form|list)=[\"']){name}(?![\w-])")


def _is_component(reference: Reference) -> bool:
    return reference.place.startswith("hub-")


def _line_with(file: Path, wanted: str) -> int:
    """The first line that holds a text, 0 for none."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if wanted in line), 0)
