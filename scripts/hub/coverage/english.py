"""The English side of coverage: every text to translate, with its first place, its kind and its words.

A section is taken apart when first asked for, once for all languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from hub import glossary, segment, texts
from hub.catalog import Key, Source
from hub.coverage import shares
from hub.page import Page, read_pages
from hub.policy import Policy
from hub.problem import Problem
from hub.project import Project
from hub.segment import Segment


@dataclass(frozen=True)
class Text:
    """`place` is where it stands first ('docs/teach/index.md:12'); `words` are counted by tier."""

    kind: str
    place: str
    words: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """What one catalog translates; no pages for templates and data."""

    texts: Mapping[Key, Text]
    pages: tuple[tuple[Page, tuple[Segment, ...]], ...] = ()


class English:
    """All sections of a project."""

    def __init__(self, project: Project, policy: Policy) -> None:
        self.project = project
        self._tier = cache(policy.tier)
        self.section = cache(self._section)

    @cached_property
    def sections(self) -> list[str]:
        """Names in the order of the pages, templates and data last."""
        return list(dict.fromkeys([*(page.section for page in self._read[0]), *self._others]))

    @property
    def problems(self) -> list[Problem]:
        """Pages that cannot be read."""
        return self._read[1]

    def _section(self, name: str) -> Section:
        if name in self._others:
            return self._of_sources(name)
        pages = tuple(
            (page, tuple(segment.segments(page.source, page.matter)))
            for page in self._read[0]
            if page.section == name
        )
        found: dict[Key, Text] = {}
        for page, segments in pages:
            place = self.project.relative(self.project.docs / page.path)
            for item in segments:
                text = found.get(item.key)
                if text is None:
                    text = found[item.key] = Text(item.kind, f"{place}:{item.line}")
                tier = self._tier(f"{page.path}#{item.where}" if item.where else page.path)
                text.words[tier] = text.words.get(tier, 0) + shares.words(item.text)
        return Section(found, pages)

    def _of_sources(self, name: str) -> Section:
        tier, found = self._tier(name), {}
        for source in self._others[name]:
            words = {tier: shares.words(source.text)}
            found[source.key] = Text(name, self._place(source), words)
        return Section(found)

    def _place(self, source: Source) -> str:
        """The line of a term or of a template's text; elsewhere the place as the catalog has it."""
        place = source.places[0]
        if place in self._terms:
            return self._terms[place]
        file = self.project.templates.parent / place
        if file.is_file():
            before, found, _ = file.read_text(encoding="utf-8").partition(source.text)
            return f"{place}:{before.count(chr(10)) + 1}" if found else place
        return place

    @cached_property
    def _terms(self) -> dict[str, str]:
        file = self.project.relative(self.project.translations / "glossary.csv")
        return {f"glossary.csv#{t.id}": f"{file}:{t.line}" for t in glossary.read(self.project)}

    @cached_property
    def _read(self) -> tuple[list[Page], list[Problem]]:
        return read_pages(self.project)

    @cached_property
    def _others(self) -> dict[str, list[Source]]:
        """Templates and data files."""
        return texts.sources(self.project, [])
