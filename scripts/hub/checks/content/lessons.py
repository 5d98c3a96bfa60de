"""A lesson: its minutes add up, and its printed parts are there."""

from __future__ import annotations

from collections.abc import Iterator

from hub.page import Page
from hub.problem import Problem
from hub.project import Project
from hub.templates import steps_of

_REQUIRED_PARTS = {"pupil-sheet", "answer-key", "exit-ticket"}


def check(page: Page, where: str) -> Iterator[Problem]:
    """Faults of a page of the type lesson."""
    if page.type != "lesson":
        return
    minutes = sum(step.minutes for step in steps_of(page.source))
    duration = page.meta.get("duration_min")
    if minutes != duration:
        line = page.matter.lines.get("duration_min", 1)
        message = f"the steps take {minutes} minutes, duration_min is {duration}"
        hint = 'each step is a heading such as ### Warm-up {#warm-up data-minutes="5"}'
        yield Problem(where, line, "minutes", message, hint)


def check_parts(project: Project, pages: list[Page]) -> Iterator[Problem]:
    """Every lesson has its parts, every part its lesson."""
    lessons = {page.meta.get("id") for page in pages if page.type == "lesson"}
    parts = {(p.meta.get("lesson"), p.meta.get("part")) for p in pages if p.type == "lesson-part"}
    for page in pages:
        code = str(page.meta.get("id"))
        where = project.relative(project.docs / page.path)
        if page.type == "lesson":
            for part in sorted(_REQUIRED_PARTS - {p for lesson, p in parts if lesson == code}):
                hint = f"add {page.path[:-3]}-{part}.md with `lesson: {code}` and `part: {part}`"
                yield Problem(where, 1, "missing-part", f"lesson {code} has no {part}", hint)
        elif page.type == "lesson-part" and page.meta.get("lesson") not in lessons:
            line = page.matter.lines.get("lesson", 1)
            message = f"there is no lesson '{page.meta.get('lesson')}'"
            yield Problem(where, line, "missing-part", message)
