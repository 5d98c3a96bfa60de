"""The pieces of a run of coverage, each from the cache where nothing it is made from has changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from hub import catalog, policy, texts
from hub.cache import Cache, digest, of_code, of_files
from hub.catalog import Catalog, CatalogError
from hub.checks import pair, translations
from hub.coverage.english import English
from hub.page import section_of
from hub.problem import Problem
from hub.project import Project


class Work:
    """What is known of a project on a day: of its English, of a catalog, of all catalogs of a language."""

    def __init__(self, project: Project, kept: Cache, today: date) -> None:
        self.project, self.kept = project, kept
        self.policy = policy.load(project)
        self.expired = self.policy.expired(today)
        self.source = English(project, self.policy)
        self.inputs = _Inputs(project, self.expired)
        self.rules = cache(lambda lang: pair.rules(project, lang, self.policy))
        self.read = lru_cache(maxsize=32)(lambda path: _read(project, path))

    def english(self) -> tuple[list[str], list[Problem]]:
        """All sections, and the pages that cannot be read."""
        key = self.inputs.of_everything()
        kept = _restored(self.kept.get("english", key), list)
        if kept:
            return kept[0], kept[1]
        names, problems = self.source.sections, self.source.problems
        self.kept.put("english", key, [names, [astuple(p) for p in problems]])
        return names, problems

    def catalog(self, lang: str, section: str) -> tuple[dict[int, dict[str, int]], list[Problem]]:
        """Words by tier and state, and what is wrong."""
        path = texts.path_of(self.project, lang, section)
        key = digest(self.inputs.of_section(section), self.inputs.of_catalog(path))
        kept = _restored(self.kept.get(f"{lang}/{section}", key), dict)
        if kept:
            return {int(tier): states for tier, states in kept[0].items()}, kept[1]
        tiers, problems = self._looked_at(lang, section, path)
        self.kept.put(f"{lang}/{section}", key, [tiers, [astuple(p) for p in problems]])
        return tiers, problems

    def together(self, lang: str, sections: Iterable[str]) -> list[tuple[str, Problem]]:
        """What is wrong between catalogs, each with the section it is reported in."""
        paths = {section: texts.path_of(self.project, lang, section) for section in sections}
        key = digest(self.inputs.settings, *paths, *map(self.inputs.of_catalog, paths.values()))
        kept = _restored(self.kept.get(f"{lang}/.together", key), list)
        if kept:
            return list(zip(kept[0], kept[1], strict=True))
        catalogs = {section: self.read(path)[0] for section, path in paths.items()}
        found = translations.check_together(self.project, lang, catalogs)
        value = [[section for section, _ in found], [astuple(p) for _, p in found]]
        self.kept.put(f"{lang}/.together", key, value)
        return found

    def _looked_at(
        self, lang: str, section: str, path: Path
    ) -> tuple[dict[int, dict[str, int]], list[Problem]]:
        where = self.project.relative(path)
        english = self.source.section(section)
        read, faults = self.read(path)
        rules = self.rules(lang)
        who = self.policy.reviewers(lang)
        found = translations.check(read, english, rules, lang, section, where, self.expired, who)
        problems = [*(replace(fault, lang=lang) for fault in faults), *found]
        return translations.count(read, english), problems


class _Inputs:
    """Digests of the files that results are made from."""

    def __init__(self, project: Project, expired: str) -> None:
        root = project.root
        self.expired = expired
        self.pages: dict[str, list[Path]] = {}
        for file in project.docs.rglob("*.md"):
            section = section_of(file.relative_to(project.docs).as_posix())
            self.pages.setdefault(section, []).append(file)
        self.of_pages = cache(lambda section: of_files(root, self.pages[section]))
        self.of_catalog = cache(self._of_catalog)
        settings = [f for f in project.translations.glob("*") if f.is_file()]
        self.settings = digest(of_code(), of_files(root, [project.config_file, *settings]))
        templates = project.templates
        self.others = digest(
            of_files(templates, templates.rglob("*.html")),
            of_files(
                root,
                (f for kind in ("csv", "json", "yml") for f in project.docs.rglob(f"*.{kind}")),
            ),
        )

    def _of_catalog(self, path: Path) -> str:
        """Where somebody has read something, the month counts too: readings grow old."""
        if not path.is_file():
            return digest(path.name)
        data = path.read_bytes()
        return digest(path.name, data, self.expired if b"# hub: " in data else "")

    def of_section(self, section: str) -> str:
        own = self.of_pages(section) if section in self.pages else ""
        others = self.others if section in (texts.UI, texts.DATA) else ""
        return digest(self.settings, section, own, others)

    def of_everything(self) -> str:
        return digest(self.settings, self.others, *map(self.of_pages, sorted(self.pages)))


def _restored(kept: Any, kind: type) -> tuple[Any, list[Problem]] | None:
    """A result as it was; None where a file of the cache holds something else."""
    try:
        result, problems = kept
        return (result, [Problem(*fields) for fields in problems]) if type(result) is kind else None
    except (TypeError, ValueError):
        return None


def _read(project: Project, path: Path) -> tuple[Catalog, list[Problem]]:
    """A catalog, empty where it cannot be read; then the problem says why."""
    try:
        return catalog.read(path), []
    except CatalogError as error:
        return Catalog(path, {}), [catalog.problem_of(error, project.relative(path), "")]
