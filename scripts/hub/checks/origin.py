"""Where a fault in a built page comes from: the Markdown line, catalog entry, template or setting.

The n-th link to a target in the page's text is the n-th link to that target in its Markdown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hub import frontmatter, texts
from hub.catalog import Catalog, CatalogError
from hub.checks.links import rules, written
from hub.checks.links.fault import Fault, Reference
from hub.page import section_of
from hub.problem import Problem
from hub.project import Project
from hub.segment import Segment

if TYPE_CHECKING:
    from hub.checks.links.languages import Languages

#: How well a fault was traced: to a line of content, to the theme or a setting, or not at all.
TEXT, THEME, NOWHERE = "text", "theme", ""

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
        self._links = cache(self._read_links)
        self._catalog = cache(self._read_catalog)
        self._templates = cache(self._read_templates)

    def trace(self, fault: Fault, reference: Reference | None, rule: str) -> tuple[Problem, str]:
        """The problem that a fault is, at its source, and how well it was traced."""
        page, line = fault.file, reference.line if reference else fault.line
        language = self._language(page)
        where = self.project.relative(self.site / page) if self.project else str(self.site / page)
        grave = rules.severity(rule)
        problem = Problem(where, line, rule, fault.message, fault.hint, grave, language)
        if self.project is None:
            return problem, NOWHERE
        source = self._source(page)
        if source and reference and reference.nth >= 0 and not _is_component(reference):
            if traced := self._in_text(problem, source, page, reference.raw, reference.nth):
                return traced, TEXT
        if source and fault.trace and (traced := self._by_text(problem, source, fault.trace)):
            return traced, TEXT
        if source and rule in _OF_PAGE:
            return replace(problem, file=self.project.relative(self.project.docs / source)), TEXT
        if source and reference and (traced := self._in_matter(problem, source, page, reference)):
            return traced, TEXT
        if traced := self._in_theme(problem, fault, reference):
            return traced, THEME
        return problem, NOWHERE

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

    def _in_text(
        self, problem: Problem, source: str, page: str, raw: str, nth: int
    ) -> Problem | None:
        found = self._match(source, page, raw, nth)
        if found is None or self.project is None:
            return None
        markdown = self.project.relative(self.project.docs / source)
        if not found.entry:
            return replace(problem, file=markdown, line=found.line)
        catalog = self.project.relative(self._catalog(problem.lang, section_of(source)).path)
        if found.own:
            changed = {"file": catalog, "line": found.entry}
            return replace(problem, also_file=markdown, also_line=found.line, **changed)
        changed = {"file": markdown, "line": found.line}
        return replace(problem, also_file=catalog, also_line=found.entry, **changed)

    def _match(self, source: str, page: str, raw: str, nth: int) -> written.Written | None:
        wanted = written.normal(self._plain(page).rpartition("/")[0], raw)
        if wanted[1].startswith("fnref"):
            wanted = (wanted[0], re.sub(r"^fnref\d*:", "fn:", wanted[1]))
        found = self._links(source, self._language(page)).get(wanted, [])
        return found[min(nth, len(found) - 1)] if found else None

    def _by_text(self, problem: Problem, source: str, trace: str) -> Problem | None:
        """Where the page's Markdown, or its translation, holds a text."""
        assert self.project is not None
        markdown = self.project.relative(self.project.docs / source)
        text = (self.project.docs / source).read_text(encoding="utf-8")
        for part in written.pieces(text, self._look(source, problem.lang)):
            for form in (f"#{trace}", f'"{trace}"', trace):
                at = part.shown.find(form)
                if at >= 0 and not part.entry:
                    line = part.line + part.shown.count("\n", 0, at)
                    return replace(problem, file=markdown, line=line)
                if at >= 0:
                    where = self.project.relative(
                        self._catalog(problem.lang, section_of(source)).path
                    )
                    changed = {"file": where, "line": part.entry}
                    return replace(problem, also_file=markdown, also_line=part.line, **changed)
        return None

    def _in_matter(
        self, problem: Problem, source: str, page: str, reference: Reference
    ) -> Problem | None:
        """A link that a template made of a value in the front matter."""
        assert self.project is not None
        text = (self.project.docs / source).read_text(encoding="utf-8")
        folder = self._plain(page).rpartition("/")[0]
        wanted = written.normal(folder, reference.raw)
        for scalar in frontmatter.parse(text).scalars:
            value = scalar.value.strip()
            if "/" in value and wanted in (written.normal("", value), written.normal(folder, value)):
                where = self.project.relative(self.project.docs / source)
                return replace(problem, file=where, line=scalar.line)
        return None

    def _in_theme(
        self, problem: Problem, fault: Fault, reference: Reference | None
    ) -> Problem | None:
        assert self.project is not None
        on = f" (on {fault.file})"
        if reference and reference.place == "nav" and fault.about:
            wanted = self.languages.plain(fault.about).removesuffix(".html") + ".md"
            line = _line_with(self.project.config_file, wanted)
            if line:
                where = self.project.relative(self.project.config_file)
                return replace(problem, file=where, line=line, message=problem.message + on)
        wanted = ""
        if reference and _is_component(reference):
            wanted = reference.place
        elif problem.rule.partition("-")[0] in _HEAD and (not reference or reference.place == "head"):
            wanted = _HEAD[problem.rule.partition("-")[0]]
        for path, text in self._templates() if wanted else ():
            found = re.search(rf"{re.escape(wanted)}(?![\w-])", text)
            if found:
                line = text.count("\n", 0, found.start()) + 1
                return replace(problem, file=path, line=line, message=problem.message + on)
        return None

    def _source(self, page: str) -> str | None:
        """The English Markdown of a built page, relative to docs/."""
        if self.project is None or not page.endswith(".html"):
            return None
        path = self._plain(page).removesuffix(".html") + ".md"
        return path if (self.project.docs / path).exists() else None

    def _plain(self, page: str) -> str:
        return self.languages.plain(page)

    def _language(self, page: str) -> str:
        """'' for the source language."""
        code = self.languages.of(page)
        return code if self.languages.plain(page) != page else ""

    def _look(self, source: str, lang: str) -> written.Look:
        """What a page shows for a segment in a language, with the line of its entry."""

        def look(item: Segment) -> tuple[str, int] | None:
            entry = self._catalog(lang, section_of(source)).entries.get(item.key) if lang else None
            return (entry.target, entry.line) if entry and entry.shown else None

        return look

    def _read_links(self, source: str, lang: str) -> dict[tuple[str, str], list[written.Written]]:
        assert self.project is not None
        text = (self.project.docs / source).read_text(encoding="utf-8")
        found: dict[tuple[str, str], list[written.Written]] = defaultdict(list)
        try:
            for link in written.links(text, source, self._look(source, lang)):
                found[link.target].append(link)
        except frontmatter.FrontMatterError:
            return {}  # said by the check of the content
        return found

    def _read_catalog(self, lang: str, section: str) -> Catalog:
        assert self.project is not None
        try:
            return texts.Translations(self.project, lang).catalog(section)
        except CatalogError:
            return Catalog(texts.path_of(self.project, lang, section), {})

    def _read_templates(self) -> list[tuple[str, str]]:
        assert self.project is not None
        files = sorted(self.project.templates.rglob("*.html"), key=lambda f: (f.name != "main.html", f))
        return [(self.project.relative(f), f.read_text(encoding="utf-8")) for f in files]


def _is_component(reference: Reference) -> bool:
    return reference.place.startswith("hub-")


def _line_with(file: Path, wanted: str) -> int:
    """The first line that holds a text, 0 for none."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if wanted in line), 0)
