"""What came of a run of the link check."""

from __future__ import annotations

from dataclasses import dataclass, field

from hub.checks.links.fault import Fix
from hub.problem import Problem, number


@dataclass(frozen=True)
class Result:
    """`counted` is what was looked at, in words: a check of nothing must be seen."""

    problems: list[Problem]
    links: int
    pages: int
    by_language: dict[str, int] = field(default_factory=dict)
    fixes: tuple[Fix, ...] = ()

    @property
    def counted(self) -> str:
        return f"checked {number(self.links, 'link')} on {number(self.pages, 'page')}"

    @property
    def summary(self) -> dict[str, object]:
        """What JSON says beside the problems; a baseline is compared with it."""
        counts = {"links": self.links, "pages": self.pages, "by_language": self.by_language}
        return {"checked": self.counted, **counts}
