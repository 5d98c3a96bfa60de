"""How old pages are, and which of them should have been looked at again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from hub.page import Page


@dataclass(frozen=True)
class Age:
    """A section's pages: how many, the day of the longest unchanged, the next review, how many are late."""

    section: str
    pages: int
    oldest: str
    next: str
    overdue: int


def by_section(pages: Iterable[Page], today: date) -> list[Age]:
    """A row a section, in the order of the pages; pages without days are left out."""
    found: dict[str, list[Page]] = {}
    for page in pages:
        if page.meta.get("updated") and page.meta.get("review_by"):
            found.setdefault(page.section, []).append(page)
    return [
        Age(
            section,
            len(group),
            min(str(page.meta["updated"]) for page in group),
            min(str(page.meta["review_by"]) for page in group),
            sum(is_overdue(page, today) for page in group),
        )
        for section, group in found.items()
    ]


def as_json(pages: Iterable[Page], today: date) -> str:
    """The same rows for programs, and the day on which they were counted."""
    rows = [asdict(age) for age in by_section(pages, today)]
    data = {"version": 1, "counted": today.isoformat(), "sections": rows}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def is_overdue(page: Page, today: date) -> bool:
    """True from the day after `review_by`."""
    return str(page.meta.get("review_by") or "9999") < today.isoformat()
