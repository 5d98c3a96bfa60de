"""What may come into a catalog from outside: no other language, nothing that runs or breaks a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hub import catalog, texts
from hub.catalog import Catalog
from hub.catalog.message import Key
from hub.checks.pairs import markup
from hub.problem import Problem
from hub.project import Project

_ENOUGH = 5


@dataclass(frozen=True)
class Found:
    """A translation and where it was found."""

    section: str
    key: Key
    target: str
    file: str
    line: int


def problems(
    project: Project, own: Mapping[str, Catalog], lang: str, found: list[Found]
) -> Iterator[Problem]:
    """Errors for what must stay outside; a warning for each text that somebody has read before."""
    if other := _other_language(project, lang, found):
        message = f"most of it is the {other} translation that is here already"
        hint = f"name its language: catalog absorb {other} …"
        yield Problem(found[0].file, 0, "absorb", message, hint, lang=lang)
        return
    for item in found:
        for fault in markup.errors(item.key[1], item.target, lang):
            yield Problem(item.file, item.line, "absorb", fault.message, fault.hint, lang=lang)
        entry = own[item.section].entries.get(item.key)
        if entry and entry.reviewer:
            message = f"replaces what {entry.reviewer} read on {entry.date}"
            hint = "have it read again: catalog approve"
            yield Problem(item.file, item.line, "absorb", message, hint, "warning", lang)


def _other_language(project: Project, lang: str, found: Iterable[Found]) -> str:
    """The code of another language that most of these texts stand in already; '' where there is none."""
    wanted = [item for item in found if len(item.target) > 3]
    for language in project.targets:
        if language.code == lang or len(wanted) < _ENOUGH:
            continue
        theirs = texts.read_all(project, language.code)[0]
        empty = catalog.Catalog(project.translations, {})
        same = sum(
            item.target == theirs.get(item.section, empty).translation(item.key) for item in wanted
        )
        if 2 * same > len(wanted):
            return language.code
    return ""
