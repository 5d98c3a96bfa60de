"""The Markdown and the catalogs of a project, as far as a fault in a built page is traced into them."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from hub import catalog, frontmatter, segment, texts
from hub.catalog import Catalog, CatalogError
from hub.checks.links import written
from hub.page import section_of
from hub.project import Project
from hub.segment import Segment


class Sources:
    """Pages are named by their path in docs/, languages by code ('' for the source language)."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.links = cache(self._links)
        self.text = cache(self._text)
        self.catalog = cache(self._catalog)

    def matching(self, page: str, lang: str, folder: str, raw: str) -> list[written.Written]:
        """The links of a page that lead where `raw`, written in a built page of `folder`, leads."""
        wanted = written.normal(folder, raw)
        if wanted[1].startswith("fnref"):
            wanted = (wanted[0], "fn:" + wanted[1].partition(":")[2])
        return self.links(page, lang).get(wanted, [])

    def refused(self, page: str, lang: str, folder: str, raw: str) -> written.Written | None:
        """The link of a translation that pages do not show any more, or not yet."""
        wanted = written.normal(folder, raw)
        path = texts.path_of(self.project, lang, section_of(page))
        try:
            entries = catalog.read(path).entries
            found = segment.segments(self.text(page))
        except (CatalogError, frontmatter.FrontMatterError):
            return None
        for item in found:
            entry = entries.get(item.key)
            if entry and any(link.target == wanted for link in written.of_text(entry.target, page)):
                return written.Written(wanted, item.line, entry.line, True)
        return None

    def pieces(self, page: str, lang: str) -> list[written.Piece]:
        """The body of a page as a language shows it; nothing where it cannot be read."""
        try:
            return written.pieces(self.text(page), self._look(page, lang))
        except frontmatter.FrontMatterError:
            return []

    def in_matter(self, page: str, folder: str, raw: str) -> int:
        """The line of the value in a page's front matter that is the address, 0 for none."""
        wanted = written.normal(folder, raw)
        try:
            scalars = frontmatter.parse(self.text(page)).scalars
        except frontmatter.FrontMatterError:
            return 0
        for scalar in scalars:
            value = scalar.value.strip()
            if "/" in value and wanted in (
                written.normal("", value),
                written.normal(folder, value),
            ):
                return scalar.line
        return 0

    def file(self, page: str) -> str:
        """A page's path from the project's root."""
        return self.project.relative(self.project.docs / page)

    def catalog_of(self, page: str, lang: str) -> str:
        """The path of a page's catalog from the project's root."""
        return self.project.relative(self.catalog(lang, section_of(page)).path)

    def _text(self, page: str) -> str:
        return (self.project.docs / page).read_text(encoding="utf-8", errors="replace")

    def _links(self, page: str, lang: str) -> dict[tuple[str, str], list[written.Written]]:
        found: dict[tuple[str, str], list[written.Written]] = defaultdict(list)
        try:
            for link in written.links(self.text(page), page, self._look(page, lang)):
                found[link.target].append(link)
        except frontmatter.FrontMatterError:
            return {}  # said by the check of the content
        return found

    def _look(self, page: str, lang: str) -> written.Look:
        """What a page shows for a segment in a language, with the line of its entry."""

        def look(item: Segment) -> tuple[str, int] | None:
            entry = self.catalog(lang, section_of(page)).entries.get(item.key) if lang else None
            return (entry.target, entry.line) if entry and entry.shown else None

        return look

    def _catalog(self, lang: str, section: str) -> Catalog:
        try:
            return texts.Translations(self.project, lang).catalog(section)
        except CatalogError:
            return Catalog(texts.path_of(self.project, lang, section), {})
