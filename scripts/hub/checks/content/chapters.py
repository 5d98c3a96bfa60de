"""A chapter of the handbook: its parts in their order, items that can be put and cited by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hub import table
from hub.checks.content.prose import words_of
from hub.page import Page
from hub.problem import Problem
from hub.project import Project

_ONE_MINUTE, _QUESTION, _ROW, _CASE = 120, 30, 20, 150
_ORAL = 2
_SOURCE = re.compile(r"\[(S\d{1,2})\]")
_HEADING = re.compile(r"^## .*\{#([a-z0-9-]+)\}", re.M)
#: The ids of a chapter's sections after its minute, in order: readers find them in every chapter.
SECTIONS = [
    "today",
    "treaty",
    "differences",
    "options",
    "model-questions",
    "law-checklist",
    "case",
    "staff",
    "out-of-date",
    "sources",
    "cite",
]


def check(page: Page, where: str) -> Iterator[Problem]:
    """Faults of a page of the type chapter."""
    if page.type != "chapter":
        return
    yield from _lengths(page, where)
    yield from _codes(page, where)
    yield from _links(page, where)
    yield from _unions(page, where)
    yield from _sources(page, where)
    found = _HEADING.findall(page.body)
    if found != SECTIONS:
        hint = "they are, in this order: " + ", ".join(SECTIONS)
        missing = [name for name in SECTIONS if name not in found] or found
        message = "sections are missing or out of order: " + ", ".join(missing)
        yield Problem(where, 0, "chapter-sections", message, hint)


def check_sources(project: Project, pages: list[Page]) -> Iterator[Problem]:
    """Sources that the table of sources does not have; nothing where the project has no such table."""
    known = {row["id"] for row in table.read(project, "sources")}
    for page in pages if known else ():
        where = project.where(page.path)
        for path, item in page.items("references"):
            if item.get("source") not in known:
                line = page.line(f"{path}.source")
                message = f"there is no source '{item.get('source')}'"
                hint = "sources stand in docs/legislate/sources.csv"
                yield Problem(where, line, "source", message, hint)


def _lengths(page: Page, where: str) -> Iterator[Problem]:
    for name, limit in (("one_minute", _ONE_MINUTE), ("case", _CASE)):
        words = words_of(page.meta.get(name))
        if words > limit:
            line, message = page.line(name), f"{name} has {words} words"
            yield Problem(where, line, "too-long", message, f"at most {limit}")
    for name, limit in (("questions", _QUESTION), ("checklist", _ROW)):
        for path, item in page.items(name):
            text, line = str(item.get("text", "")), page.line(f"{path}.text")
            if len(text.split()) > limit:
                message = f"'{item.get('id')}' has {len(text.split())} words"
                yield Problem(where, line, "too-long", message, f"at most {limit}")
            if name == "questions" and text.count("?") != 1:
                hint = "one question each: the rest is a follow-up, or a question of its own"
                message = f"'{item.get('id')}' asks {text.count('?')} questions"
                yield Problem(where, line, "one-question", message, hint)
    oral = sum(item.get("mode") == "oral" for _, item in page.items("questions"))
    if oral < _ORAL:
        line, message = page.line("questions"), f"oral questions: {oral}"
        yield Problem(where, line, "oral-questions", message, f"at least {_ORAL}")


def _codes(page: Page, where: str) -> Iterator[Problem]:
    for path, item in _coded(page):
        code = str(item.get("id", ""))
        if not code.startswith(f"{page.meta.get('id')}-"):
            line = page.line(f"{path}.id")
            hint = f"it starts with '{page.meta.get('id')}-'"
            yield Problem(where, line, "item-id", f"'{code}' is of another chapter", hint)


def _links(page: Page, where: str) -> Iterator[Problem]:
    """Options and rows lead to questions and rows that the chapter has."""
    known = {str(item.get("id")) for _, item in _coded(page)}
    for path, item in _coded(page):
        for key in ("question", "row"):
            if key in item and item[key] not in known:
                line = page.line(f"{path}.{key}")
                message = f"'{item.get('id')}' leads to '{item[key]}', which is not there"
                yield Problem(where, line, "item-link", message, "name a code of this chapter")


def _unions(page: Page, where: str) -> Iterator[Problem]:
    """What a chapter says of itself is what its questions and rows are about."""
    questions = [item for _, item in page.items("questions")]
    rows = [item for _, item in page.items("checklist")]
    named = [i for i in questions + rows if i.get("instrument", "protocol") == "protocol"]
    found = [re.match(r"\d+", str(item.get("article"))) for item in named]
    wanted: dict[str, set[Any]] = {
        "pillar": {item.get("pillar") for item in questions},
        "articles": {int(number[0]) for number in found if number},
    }
    for key, used in wanted.items():
        stated = set(page.meta.get(key) or ())
        if stated != used:
            line = page.line(key)
            hint = "write: " + ", ".join(map(str, sorted(used, key=str)))
            message = f"{key} is not what the questions and rows have"
            yield Problem(where, line, "chapter-union", message, hint)


def _sources(page: Page, where: str) -> Iterator[Problem]:
    """Each [S1] is a source of the page, and each source is cited."""
    known = {str(item.get("id")): path for path, item in page.items("references")}
    first = page.source.count("\n", 0, page.matter.end) + 1
    cited = set(_SOURCE.findall(page.source))
    for code in sorted(cited - set(known)):
        at = page.source.find(f"[{code}]")
        line = page.source.count("\n", 0, at) + 1
        yield Problem(where, line or first, "source", f"[{code}] is not among the sources")
    for code in sorted(set(known) - cited):
        line = page.line(f"{known[code]}.id")
        yield Problem(
            where, line, "source", f"'{code}' is cited nowhere", "cite it, or leave it out"
        )


def _coded(page: Page) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, option in page.items("options"):
        for index, item in enumerate(option.get("choices") or ()):
            if isinstance(item, dict):
                yield f"{path}.choices.{index}", item
    for name in ("questions", "checklist"):
        yield from page.items(name)
