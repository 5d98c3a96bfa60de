"""What the bench of link checkers says: a line a checker, the goals, and what ours overlooked."""

from __future__ import annotations

from dataclasses import dataclass

from hub.bench.measure import Used
from hub.bench.place import Website
from hub.bench.plant import Planted
from hub.problem import Problem


@dataclass(frozen=True)
class Row:
    """A line of the table. `found` is the number of kinds, None where that was not asked or is not known;
    `said` stands behind the figures, or for them where there are none."""

    name: str
    found: int | None = None
    false: int | None = None
    used: Used | None = None
    said: str = ""


@dataclass(frozen=True)
class Goal:
    """`value` must be at most `most`, or at least `least`."""

    name: str
    value: float
    most: float | None = None
    least: float | None = None

    @property
    def missed(self) -> bool:
        over = self.most is not None and self.value > self.most
        return over or (self.least is not None and self.value < self.least)


@dataclass(frozen=True)
class Comparison:
    """`overlooked` are the planted faults that ours did not report, `beside` its reports that no fault explains."""

    site: Website
    links: str
    kinds: int
    rows: tuple[Row, ...]
    goals: tuple[Goal, ...]
    overlooked: tuple[Planted, ...]
    beside: tuple[Problem, ...]

    @property
    def missed(self) -> bool:
        return any(goal.missed for goal in self.goals)

    @property
    def table(self) -> str:
        """For people: the site, a line a checker, the goals, and what was overlooked."""
        codes = len(self.site.languages)
        lines = [
            f"site    {len(self.site.pages) * codes} pages, {codes} languages; {self.links}",
            f"faults  {self.kinds} kinds",
            "",
            f"{'':<26}{'found':>7}{'false':>7}{'CPU s':>9}{'wall s':>9}{'peak MiB':>10}",
            *(_line(row) for row in self.rows),
            "",
        ]
        for goal in self.goals:
            limit = (
                f"at most {goal.most:g}" if goal.most is not None else f"at least {goal.least:g}"
            )
            state = "missed" if goal.missed else "met"
            lines.append(f"{goal.name:<44}{goal.value:>8.4g}  {limit} {state}")
        for fault in self.overlooked:
            lines.append(f"overlooked  {fault.kind}: {fault.rule} at {fault.file}:{fault.line}")
        for problem in self.beside:
            where = f"{problem.file}:{problem.line}"
            lines.append(f"false       {where}: {problem.rule}: {problem.message}")
        return "\n".join(lines) + "\n"


def _line(row: Row) -> str:
    used = row.used
    if used is None:
        return f"{row.name:<26}  {row.said}"
    found, false = ("" if n is None else str(n) for n in (row.found, row.false))
    costs = f"{used.cpu:>9.2f}{used.wall:>9.2f}{used.peak:>10}"
    return f"{row.name:<26}{found:>7}{false:>7}{costs}  {row.said}".rstrip()
