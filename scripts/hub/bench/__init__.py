"""What a command costs on a site of full size: CPU seconds of all its processes, and peak memory.

Each run is a process of its own, as people start it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hub.bench import corpus, measure
from hub.bench.corpus import Corpus
from hub.problem import COULD_NOT_RUN, HubError
from hub.project import Project

_SCRIPTS = Path(__file__).resolve().parents[2]
_FULL = (600, 7)
_COLD, _WARM = 15.0, 2.0


@dataclass(frozen=True)
class Run:
    """One run. `goal` is in CPU seconds, None where there is none."""

    name: str
    cpu: float
    wall: float
    peak: int
    goal: float | None = None

    @property
    def missed(self) -> bool:
        return self.goal is not None and self.cpu > self.goal


@dataclass(frozen=True)
class Report:
    """`found` counts the problems of the cold run by severity."""

    corpus: Corpus
    runs: tuple[Run, ...]
    found: Counter[str]

    @property
    def missed(self) -> bool:
        return any(run.missed for run in self.runs)

    @property
    def table(self) -> str:
        """For people: what was looked at, then a line a run."""
        made = self.corpus
        lines = [
            f"corpus  {made.pages} pages, {len(made.languages)} languages, {made.segments} segments,"
            f" {made.words} words, {made.pairs} pairs",
            "found   " + ", ".join(f"{self.found[s]} {s}s" for s in ("error", "warning", "info")),
            f"{'':<20}{'CPU s':>8}{'wall s':>8}{'peak MiB':>10}  goal",
        ]
        for run in self.runs:
            goal = "" if run.goal is None else f"{run.goal:g} {'missed' if run.missed else 'met'}"
            cells = f"{run.name:<20}{run.cpu:>8.2f}{run.wall:>8.2f}{run.peak:>10}  {goal}"
            lines.append(cells.rstrip())
        return "\n".join(lines) + "\n"


def coverage(project: Project, pages: int, languages: int, tell: Callable[[str], None]) -> Report:
    """`coverage` on a made-up site: with nothing known, with nothing changed, with a little changed.

    There are goals for the full size only. Raises `HubError` where the command could not run.
    """
    cold, warm = (_COLD, _WARM) if (pages, languages) == _FULL else (None, None)
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as folder:
        tell("making the site")
        made = corpus.make(project, Path(folder), pages, languages)
        tell("cold")
        first, said = _run(made, "cold", cold)
        tell("nothing changed")
        second, again = _run(made, "nothing changed", warm)
        if said != again:
            raise HubError("the second run says something else than the first")
        tell("one text changed")
        _change(next(iter(sorted(Path(folder, "translations").glob("*/*.po")))), '\nmsgstr "')
        third, _ = _run(made, "one text changed")
        _change(next(iter(sorted(Path(folder, "docs").rglob("*.md")))), "\n\n")
        fourth, _ = _run(made, "one page changed")
    found = Counter(problem["severity"] for problem in json.loads(said)["problems"])
    return Report(made, (first, second, third, fourth), found)


def _run(site: Corpus, name: str, goal: float | None = None) -> tuple[Run, bytes]:
    command = [sys.executable, str(_SCRIPTS), "coverage", "--format", "json"]
    command += ["--lang", ",".join(site.languages), "--config", str(site.config)]
    used = measure.run(command)
    if used.code is None or not 0 <= used.code < COULD_NOT_RUN:
        raise HubError(f"coverage ended with exit code {used.code}")
    return Run(name, used.cpu, used.wall, used.peak, goal), used.out


def _change(path: Path, after: str) -> None:
    """Put a word behind the last `after` of a file."""
    before, mark, rest = path.read_text(encoding="utf-8").rpartition(after)
    path.write_text(f"{before}{mark}Changed {rest}", encoding="utf-8", newline="\n")
