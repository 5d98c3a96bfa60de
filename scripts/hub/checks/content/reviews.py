"""Pages are looked at again within a year (rule 22)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import suppress

from hub.page import Page
from hub.problem import Problem

_LONGEST = 366


def check(page: Page, where: str, today: datetime.date) -> Iterator[Problem]:
    """A day of review that is too far away is an error, one that has passed a warning."""
    with suppress(TypeError, ValueError):
        updated = datetime.date.fromisoformat(page.meta.get("updated"))  # type: ignore[arg-type]
        due = datetime.date.fromisoformat(page.meta.get("review_by"))  # type: ignore[arg-type]
        line = page.line("review_by")
        if due <= updated or (due - updated).days > _LONGEST:
            message = f"review_by is {(due - updated).days} days after updated"
            yield Problem(where, line, "review-date", message, "within a year, and later")
        elif due < today:
            message = f"the page was to be looked at again by {due}"
            hint = "read it, then set updated and review_by"
            yield Problem(where, line, "review-due", message, hint, "warning")
