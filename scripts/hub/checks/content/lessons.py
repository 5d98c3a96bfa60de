"""A lesson: its minutes add up, a substitute can run it, and its printed parts are there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hub.checks.content.prose import prose_lines, words_of
from hub.page import Page, vocabulary
from hub.problem import Problem, number
from hub.project import Project
from hub.steps import steps_of

#: What fits on the board before the class comes in, and into one breath.
_BOARD, _SAY = 40, 60
#: Sections a substitute looks for; each lesson has them under these ids.
_SECTIONS = ("steps", "absent-or-late", "opted-out", "finished-early", "assessment")
_ID = re.compile(r"#{2,4} .*\{#([\w-]+)")
_ROW = re.compile(r"\|(?![ :|-]*$).*\|[ \t]*$")


def check(page: Page, where: str) -> Iterator[Problem]:
    """Faults of a page of the type lesson."""
    if page.type != "lesson":
        return
    yield from _minutes(page, where)
    yield from _board(page, where)
    yield from _late(page, where)
    yield from _sections(page, where)
    yield from _say(page, where)


def check_parts(project: Project, pages: list[Page]) -> Iterator[Problem]:
    """Every lesson has its parts, every part its lesson."""
    lessons = {page.meta.get("id") for page in pages if page.type == "lesson"}
    parts = {(p.meta.get("lesson"), p.meta.get("part")) for p in pages if p.type == "lesson-part"}
    for page in pages:
        code = str(page.meta.get("id"))
        where = project.where(page.path)
        if page.type == "lesson":
            there = {part for lesson, part in parts if lesson == code}
            for part in sorted(vocabulary()["lesson_part"].keys() - there):
                hint = f"add {page.path[:-3]}-{part}.md with `lesson: {code}` and `part: {part}`"
                yield Problem(where, 1, "missing-part", f"lesson {code} has no {part}", hint)
        elif page.type == "lesson-part" and page.meta.get("lesson") not in lessons:
            line = page.line("lesson")
            message = f"there is no lesson '{page.meta.get('lesson')}'"
            yield Problem(where, line, "missing-part", message)


def _minutes(page: Page, where: str) -> Iterator[Problem]:
    minutes = sum(step.minutes for step in steps_of(page.source))
    duration = page.meta.get("duration_min")
    if minutes != duration:
        line = page.line("duration_min")
        message = f"the steps take {minutes} minutes, duration_min is {duration}"
        hint = 'each step is a heading such as ### Warm-up {#warm-up data-minutes="5"}'
        yield Problem(where, line, "minutes", message, hint)


def _board(page: Page, where: str) -> Iterator[Problem]:
    words = words_of(page.meta.get("board"))
    if words > _BOARD:
        line = page.line("board")
        message = f"board has {words} words to copy before the class comes in"
        yield Problem(where, line, "too-long", message, f"at most {_BOARD}")


def _late(page: Page, where: str) -> Iterator[Problem]:
    steps = {step.id for step in steps_of(page.source)}
    for index, item in enumerate(page.meta.get("if_late") or ()):
        step = item.get("step") if isinstance(item, dict) else None
        if step not in steps:
            line = page.line(f"if_late.{index}.step")
            hint = "there are: " + ", ".join(sorted(steps))
            yield Problem(where, line, "unknown-step", f"no step '{step}'", hint)


def _sections(page: Page, where: str) -> Iterator[Problem]:
    """The sections are there, and the rubric has a row for each outcome."""
    section, rows, seen = "", 0, set()
    for _, line in prose_lines(page):
        if heading := _ID.match(line):
            section = heading[1]
            seen.add(section)
        rows += section == "assessment" and bool(_ROW.match(line))
    for name in _SECTIONS:
        if name not in seen:
            yield Problem(
                where, 1, "missing-section", f"no section #{name}", f"add ## … {{#{name}}}"
            )
    outcomes = len(page.meta.get("outcomes") or ())
    if "assessment" in seen and rows != outcomes + 1:
        at = page.line("outcomes")
        there = number(max(rows - 1, 0), "row")
        message = f"the table in #assessment has {there} for {number(outcomes, 'outcome')}"
        yield Problem(where, at, "rubric", message, "one row an outcome, below the heads")


def _say(page: Page, where: str) -> Iterator[Problem]:
    """What a teacher reads aloud at one go is short enough to be listened to."""
    first, words = 0, 0
    for at, line in [*prose_lines(page), (0, "")]:
        if first and line.startswith((":   ", "    ")):
            words += len(line.lstrip(": ").split())
            continue
        if words > _SAY:
            message = f"{words} words to say at one go"
            yield Problem(where, first, "too-long", message, f"at most {_SAY}: split the step")
        first, words = (at if line.strip() == "Say" else 0), 0
