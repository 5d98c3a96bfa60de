"""Codes such as L04 or H03-Q1 stand once in the whole site."""

from __future__ import annotations

from collections.abc import Iterator

from hub.page import Page
from hub.problem import Problem
from hub.project import Project


def check(project: Project, pages: list[Page]) -> Iterator[Problem]:
    """Codes that stand twice, at the second place."""
    codes: dict[str, str] = {}
    for where, code, line in _codes(project, pages):
        if code in codes:
            message = f"'{code}' is also the id in {codes[code]}"
            yield Problem(where, line, "item-id", message, "ids are unique in the whole site")
        codes.setdefault(code, where)


def _codes(project: Project, pages: list[Page]) -> Iterator[tuple[str, str, int]]:
    for page in pages:
        where = project.where(page.path)
        if "id" in page.meta:
            yield where, str(page.meta["id"]), page.line("id")
        for name in ("questions", "checklist"):
            for path, item in page.items(name):
                if "id" in item:
                    yield where, str(item["id"]), page.line(f"{path}.id")
