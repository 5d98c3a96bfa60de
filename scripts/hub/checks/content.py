"""English pages: front matter, headings, lessons, chapters and names, each fault at its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from hub import glossary, official, segment, table
from hub.page import Page, check_schema, read_pages
from hub.problem import Problem
from hub.project import Project
from hub.templates import SLOT, steps_of

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*$")
_ID = re.compile(r"\{[^{}]*#([^\s{}]+)[^{}]*\}[ \t]*$")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_REQUIRED_PARTS = {"pupil-sheet", "answer-key", "exit-ticket"}
_ONE_MINUTE = 120


def check(project: Project) -> list[Problem]:
    """All problems of docs/, of the glossary and of the data files."""
    pages, problems = read_pages(project)
    faults = glossary.check(project) + table.check(project)
    if not faults:
        problems += _official(project, pages)
    return problems + check_pages(project, pages) + faults


def check_pages(project: Project, pages: list[Page]) -> list[Problem]:
    """The problems of pages that could be read."""
    components = _components(project.templates)
    problems = []
    for page in pages:
        where = project.relative(project.docs / page.path)
        problems += check_schema(page, where)
        problems += _path(page, where)
        problems += _headings(page, where)
        problems += _slots(page, where, components)
        problems += _lesson(page, where)
        problems += _chapter(page, where)
    return [*problems, *_across(project, pages)]


def _path(page: Page, where: str) -> Iterator[Problem]:
    for part in page.path.removesuffix(".md").split("/"):
        if not _SLUG.fullmatch(part):
            hint = "use small ASCII letters, digits and hyphens, no dots"
            yield Problem(where, 0, "file-name", f"'{part}' is not a kebab-case name", hint)
    if len(where) >= 100:
        yield Problem(where, 0, "file-name", f"the path has {len(where)} characters", "at most 99")


def _headings(page: Page, where: str) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    level = 1
    for number, line in _prose_lines(page):
        heading = _HEADING.match(line)
        if not heading:
            continue
        named = _ID.search(heading[2])
        if len(heading[1]) == 1:
            hint = "the title in the front matter is the page's only heading of level 1"
            yield Problem(where, number, "heading-level", "a heading of level 1 in the text", hint)
        elif len(heading[1]) > level + 1:
            message = f"level {len(heading[1])} follows level {level}"
            yield Problem(where, number, "heading-level", message, "do not skip a level")
        level = len(heading[1])
        if not named:
            hint = "write ## Title {#title}: links and citations depend on it"
            yield Problem(where, number, "heading-id", "a heading without an explicit id", hint)
        elif not _SLUG.fullmatch(named[1]):
            hint = "use small ASCII letters, digits and hyphens"
            yield Problem(where, number, "heading-id", f"'{named[1]}' is not kebab-case", hint)
        elif named[1] in seen:
            message = f"id '{named[1]}' stands twice, first in line {seen[named[1]]}"
            yield Problem(where, number, "heading-id", message, "ids are unique on a page")
        else:
            seen[named[1]] = number


def _slots(page: Page, where: str, components: frozenset[str]) -> Iterator[Problem]:
    for number, line in _prose_lines(page):
        for found in SLOT.finditer(line):
            if found[1] not in components:
                hint = "there are: " + ", ".join(sorted(components))
                yield Problem(where, number, "unknown-part", f"no part '{found[1]}'", hint)


def _official(project: Project, pages: list[Page]) -> Iterator[Problem]:
    """Treaty texts that a page asks for and does not get, or that were typed into it."""
    known = official.read(project)
    for page in pages:
        where = project.relative(project.docs / page.path)
        for number, line in _prose_lines(page):
            for found in SLOT.finditer(line):
                name = found[2].strip()
                if found[1] == "official" and name not in known:
                    hint = "translations/official.csv has: " + (", ".join(known) or "none")
                    yield Problem(where, number, "official-text", f"no text '{name}'", hint)
        for item in segment.segments(page.source):
            for text in official.retyped(item.text, known.values(), project.source.code):
                message = f"quotes article {text.article} of {text.symbol}"
                hint = f"write <!-- hub: official {text.id} -->: what is typed here gets translated"
                yield Problem(where, item.line, "official-text", message, hint)


def _lesson(page: Page, where: str) -> Iterator[Problem]:
    if page.type != "lesson":
        return
    minutes = sum(step.minutes for step in steps_of(page.source))
    duration = page.meta.get("duration_min")
    if minutes != duration:
        line = page.matter.lines.get("duration_min", 1)
        message = f"the steps take {minutes} minutes, duration_min is {duration}"
        hint = 'each step is a heading such as ### Warm-up {#warm-up data-minutes="5"}'
        yield Problem(where, line, "minutes", message, hint)


def _chapter(page: Page, where: str) -> Iterator[Problem]:
    if page.type != "chapter":
        return
    words = sum(len(str(text).split()) for text in page.meta.get("one_minute") or ())
    if words > _ONE_MINUTE:
        line = page.matter.lines.get("one_minute", 1)
        message = f"one_minute has {words} words"
        yield Problem(where, line, "too-long", message, f"at most {_ONE_MINUTE}")
    for name in ("questions", "checklist"):
        for index, item in enumerate(page.meta.get(name) or ()):
            code = str(item.get("id", "")) if isinstance(item, dict) else ""
            if not code.startswith(f"{page.meta.get('id')}-"):
                line = page.matter.lines.get(f"{name}.{index}.id", 1)
                hint = f"it starts with '{page.meta.get('id')}-'"
                yield Problem(where, line, "item-id", f"'{code}' is of another chapter", hint)


def _across(project: Project, pages: list[Page]) -> Iterator[Problem]:
    """Codes are unique, and every lesson has its printed parts."""
    codes: dict[str, str] = {}
    for where, code, line in _codes(project, pages):
        if code in codes:
            message = f"'{code}' is also the id in {codes[code]}"
            yield Problem(where, line, "item-id", message, "ids are unique in the whole site")
        codes.setdefault(code, where)
    parts = {(p.meta.get("lesson"), p.meta.get("part")) for p in pages if p.type == "lesson-part"}
    for page in pages:
        code = str(page.meta.get("id"))
        where = project.relative(project.docs / page.path)
        if page.type == "lesson":
            for part in sorted(_REQUIRED_PARTS - {p for lesson, p in parts if lesson == code}):
                hint = f"add {page.path[:-3]}-{part}.md with `lesson: {code}` and `part: {part}`"
                yield Problem(where, 1, "missing-part", f"lesson {code} has no {part}", hint)
        elif page.type == "lesson-part" and page.meta.get("lesson") not in codes:
            line = page.matter.lines.get("lesson", 1)
            message = f"there is no lesson '{page.meta.get('lesson')}'"
            yield Problem(where, line, "missing-part", message)


def _codes(project: Project, pages: list[Page]) -> Iterator[tuple[str, str, int]]:
    for page in pages:
        where = project.relative(project.docs / page.path)
        if "id" in page.meta:
            yield where, str(page.meta["id"]), page.matter.lines.get("id", 1)
        for name in ("questions", "checklist"):
            for index, item in enumerate(page.meta.get(name) or ()):
                if isinstance(item, dict) and "id" in item:
                    line = page.matter.lines.get(f"{name}.{index}.id", 1)
                    yield where, str(item["id"]), line


def _prose_lines(page: Page) -> Iterable[tuple[int, str]]:
    """Lines of the body with their numbers, code left out."""
    first = page.source.count("\n", 0, page.matter.end) + 1
    fence = ""
    for number, line in enumerate(page.body.splitlines(), first):
        mark = re.match(r"[ \t>]*(`{3,}|~{3,})", line)
        if mark:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        elif not fence:
            yield number, line


@cache
def _components(templates: Path) -> frozenset[str]:
    return frozenset(file.stem for file in templates.glob("components/*/*.html"))
