"""A new check of pages: a rule that works, and the case that proves it, both to be made one's own."""

from __future__ import annotations

import re

from hub.problem import HubError

MODULES = "scripts/hub/checks/content"
CASES = "tests/cases/content"

_MODULE = '''"""No line of a page ends in a colon: what was announced is missing."""

from __future__ import annotations

from collections.abc import Iterator

from hub.checks.content.prose import prose_lines
from hub.page import Page
from hub.problem import Problem


def check(page: Page, where: str) -> Iterator[Problem]:
    """Each fault at its line: what is wrong, and a hint that says what to do."""
    lines = list(prose_lines(page))
    for (number, line), (_, after) in zip(lines, [*lines[1:], (0, "")], strict=True):
        if line.rstrip().endswith(":") and not after.strip() and number == lines[-1][0]:
            hint = "write what the colon announces, or end with a full stop"
            yield Problem(where, number, "RULE", "the page ends in a colon", hint)
'''

_CASE = """files:
  docs/extra.md: |
    ---
    type: page
    title: "Extra"
    summary: "A second page."
    updated: 2026-01-01
    review_by: 2026-12-01
    sources: []
    ---

    These are the reasons:
prints: |
  docs/extra.md:10: RULE: the page ends in a colon
      hint: write what the colon announces, or end with a full stop
  2 pages: 1 problem
exit: 1
"""


def files(name: str) -> dict[str, str]:
    """The module and its case by path, for a name such as 'no-open-end'.

    Raises `HubError` for a name that is no rule's.
    """
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name):
        raise HubError(f"'{name}' is no name for a rule", "small letters and hyphens")
    module = name.replace("-", "_")
    return {
        f"{MODULES}/{module}.py": _MODULE.replace("RULE", name),
        f"{CASES}/{name}.yml": _CASE.replace("RULE", name),
    }
