"""What holds for every page: its name, its headings, the parts it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hub.checks.content.prose import prose_lines
from hub.page import Page
from hub.problem import Problem
from hub.templates import SLOT

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*$")
_ID = re.compile(r"\{[^{}]*#([^\s{}]+)[^{}]*\}[ \t]*$")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check(page: Page, where: str, templates: Path) -> Iterator[Problem]:
    """Faults of a page's path, headings and slots. `templates` holds the components."""
    yield from _path(page, where)
    yield from _headings(page, where)
    yield from _slots(page, where, _components(templates))


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
    for number, line in prose_lines(page):
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
    for number, line in prose_lines(page):
        for found in SLOT.finditer(line):
            if found[1] not in components:
                hint = "there are: " + ", ".join(sorted(components))
                yield Problem(where, number, "unknown-part", f"no part '{found[1]}'", hint)


@cache
def _components(templates: Path) -> frozenset[str]:
    return frozenset(file.stem for file in templates.glob("components/*/*.html"))
