"""The whole truth about the translations: what is wrong with each, and how much there is of them.

A catalog is looked at again only when it, its English or what it is judged by has changed; what came
of it is kept in .cache/coverage/ till then.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hub import policy, texts
from hub.cache import Cache
from hub.catalog import Catalog
from hub.checks import translations
from hub.coverage import shares, standing
from hub.coverage.english import English
from hub.coverage.shares import Share
from hub.coverage.standing import Standing
from hub.coverage.work import Work
from hub.problem import BELOW_THRESHOLD, CLEAN, HubError, Problem, exit_code, gravest
from hub.project import Language, Project


@dataclass(frozen=True)
class Measured:
    """How far the languages are: a share a section, a standing a page, by language and path."""

    shares: list[Share]
    standings: dict[tuple[str, str], Standing]


@dataclass(frozen=True)
class Report:
    """`below` are the thresholds that are not reached: warnings too, but with an exit code of their own."""

    shares: list[Share]
    problems: list[Problem]
    below: list[Problem]

    @property
    def exit_code(self) -> int:
        return gravest([exit_code(self.problems), BELOW_THRESHOLD if self.below else CLEAN])


def run(
    project: Project,
    languages: Iterable[Language],
    sections: Sequence[str] = (),
    folder: Path | None = None,
    today: date | None = None,
) -> Report:
    """Every check on every catalog of these languages and sections; no sections stand for all.

    `folder` is where results are kept; `today` is what readings grow old by. Raises `HubError` for a section that there is not.
    """
    kept = Cache(folder or project.root / ".cache" / "coverage")
    work = Work(project, kept, today or date.today())
    known, unreadable = work.english()
    for name in sections:
        if name not in known:
            raise HubError(f"there is no section '{name}'", "there are: " + ", ".join(known))
    found: list[Share] = []
    problems = list(unreadable)
    with _no_search_for_rings():
        for language in languages:
            everything = texts.sections(project, language, known)
            wanted = [name for name in everything if not sections or name in sections]
            for section in wanted:
                tiers, own = work.catalog(language.code, section)
                problems += own
                if section in known:
                    found.append(Share(language.code, section, tiers))
            together = work.together(language.code, everything)
            problems += [p for section, p in together if section in wanted]
    problems += shares.unread(found)
    return Report(found, problems, shares.below(found, work.policy))


def measure(project: Project, catalogs: Mapping[str, Mapping[str, Catalog]]) -> Measured:
    """How much there is, without any check, of catalogs that are read already: by language and section.

    Raises `HubError` where policy.yml is wrong.
    """
    tiers = policy.load(project)
    english = English(project, tiers)
    found: list[Share] = []
    standings: dict[tuple[str, str], Standing] = {}
    for lang, own in catalogs.items():
        for name in english.sections:
            section, read = english.section(name), own.get(name, Catalog(Path(), {}))
            found.append(Share(lang, name, translations.count(read, section)))
            for page, segments in section.pages:
                tier = tiers.tier(page.path)
                standings[lang, page.path] = standing.of_page(page, segments, read, lang, tier)
    return Measured(found, standings)


@contextmanager
def _no_search_for_rings() -> Iterator[None]:
    """Millions of objects are made here and hardly a ring of them: to look for rings again and again
    costs more than it frees. Nor are they looked for later among those that stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.enable()
