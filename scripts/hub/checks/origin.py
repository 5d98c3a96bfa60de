"""Where a fault in a built page comes from: the Markdown line, or the catalog entry, that wrote it.

The n-th link to a target in the page's text is the n-th link to that target in its Markdown.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from hub import texts
from hub.catalog import Catalog, CatalogError
from hub.page import section_of
from hub.problem import Problem
from hub.project import Project

if TYPE_CHECKING:
    from hub.checks.links import Link

_LINK = re.compile(
    r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(\s*<?([^)\s>]*)>?[^)]*\)"
    r"|\b(?:href|src|poster)=[\"']([^\"']*)[\"']"
    r"|^[ \t]*\[[^\]^][^\]]*\]:[ \t]*(\S+)"
)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


class Origins:
    """Maps places of the built site to sources; to the built page itself where there are none."""

    def __init__(self, project: Project | None, site: Path) -> None:
        self.project, self.site = project, site
        self._links = cache(self._read_links)
        self._catalog = cache(self._read_catalog)

    def in_page(self, page: str, line: int, rule: str, message: str, hint: str = "") -> Problem:
        """A problem of the built page as such."""
        return Problem(self._site_file(page), line, rule, message, hint, lang=self._language(page))

    def of_link(
        self, page: str, link: Link, same: int, rule: str, message: str, hint: str
    ) -> Problem:
        """A problem of a link, the `same`-th (from 0) with that target on its page."""
        problem = self.in_page(page, link.line, rule, message, hint)
        source = self._source(page) if link.in_article else None
        if source is None or self.project is None:
            return problem
        wanted = _normal(posixpath.dirname(self._plain(page)), link.target)
        lines = [
            line
            for line, target in self._links(source)
            if _normal(posixpath.dirname(source), target) == wanted
        ]
        if lines:
            where = self.project.relative(self.project.docs / source)
            return replace(problem, file=where, line=lines[min(same, len(lines) - 1)])
        return self._in_catalog(problem, source, link.target) or problem

    def without_copies(self, problems: list[Problem]) -> list[Problem]:
        """A fault of an English line shows in every language: it is reported once."""
        first: dict[tuple[str, int, str, str], Problem] = {}
        for problem in problems:
            # Addresses differ by language ('../' and folders); the last part of the hint does too.
            key = (problem.file, problem.line, problem.rule, problem.message)
            known = first.get(key)
            if known is None or (known.lang and not problem.lang):
                first[key] = problem
        return list(first.values())

    def _in_catalog(self, problem: Problem, source: str, target: str) -> Problem | None:
        assert self.project is not None
        fragment = target.partition("#")[2]
        name = target.partition("#")[0].rsplit("/", 1)[-1].removesuffix(".html")
        catalog = self._catalog(problem.lang, section_of(source))
        for entry in catalog.entries.values():
            for found in _LINK.finditer(entry.target):
                written = next(filter(None, found.groups()), "")
                if name in written and fragment in written:
                    where = self.project.relative(catalog.path)
                    return replace(problem, file=where, line=entry.line)
        return None

    def _source(self, page: str) -> str | None:
        """The English Markdown of a built page, relative to docs/."""
        if self.project is None:
            return None
        path = self._plain(page).removesuffix(".html") + ".md"
        return path if (self.project.docs / path).exists() else None

    def _plain(self, page: str) -> str:
        """The page's path without its language's folder."""
        lang = self._language(page)
        return page.removeprefix(f"{lang}/") if lang else page

    def _language(self, page: str) -> str:
        first = page.partition("/")[0]
        codes = [lang.code for lang in self.project.targets] if self.project else []
        return first if first in codes else ""

    def _site_file(self, page: str) -> str:
        return self.project.relative(self.site / page) if self.project else page

    def _read_links(self, source: str) -> list[tuple[int, str]]:
        assert self.project is not None
        text = (self.project.docs / source).read_text(encoding="utf-8")
        found, fence = [], False
        for number, line in enumerate(text.splitlines(), 1):
            if line.lstrip(" >").startswith(("```", "~~~")):
                fence = not fence
            elif not fence:
                for match in _LINK.finditer(line):
                    found.append((number, next((g for g in match.groups() if g is not None), "")))
        return found

    def _read_catalog(self, lang: str, section: str) -> Catalog:
        assert self.project is not None
        path = texts.path_of(self.project, lang, section)
        try:
            return texts.Translations(self.project, lang).catalog(section)
        except CatalogError:
            return Catalog(path, {})


def _normal(folder: str, target: str) -> tuple[str, str]:
    """A target so that Markdown's and HTML's spelling of it are equal."""
    if _SCHEME.match(target):
        return target, ""
    path, _, fragment = target.partition("#")
    full = posixpath.normpath(posixpath.join(folder, unquote(path))) if path else ""
    return re.sub(r"\.(md|html)$", "", full), unquote(fragment)
