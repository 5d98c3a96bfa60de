"""A chapter of the handbook: its minute is one, and its items carry its code."""

from __future__ import annotations

from collections.abc import Iterator

from hub.page import Page
from hub.problem import Problem

_ONE_MINUTE = 120


def check(page: Page, where: str) -> Iterator[Problem]:
    """Faults of a page of the type chapter."""
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
