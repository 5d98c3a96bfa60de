"""What is known already: problems that are not reported again, and how many links there were.

A baseline is what `links --format json` printed. A problem is known by its file, rule and message; its
line may move. Far fewer links than before are a problem: a check of nothing finds nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hub.problem import HubError, Problem

#: A language may lose so much of its links, a part of 1, before somebody has to say that it is right.
_MAY_GO = 0.2


@dataclass(frozen=True)
class Baseline:
    """`known`: how often each problem is there. `by_language`: links by language code."""

    file: str
    known: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    links: int = 0
    by_language: dict[str, int] = field(default_factory=dict)


def read(path: Path, shown: str) -> Baseline:
    """The baseline in a file, which problems call `shown`. Raises `HubError` where it is none."""
    hint = "make it by: python scripts links --format json > " + shown
    try:
        text = path.read_text(encoding="utf-8")
        if not text:  # the shell has emptied it: it is being written
            return Baseline(shown)
        report: Any = json.loads(text)
        problems = [(str(p["file"]), str(p["rule"]), str(p["message"])) for p in report["problems"]]
        summary = report["summary"]
        counts = {str(code): int(n) for code, n in summary.get("by_language", {}).items()}
        return Baseline(shown, Counter(problems), int(summary.get("links", 0)), counts)
    except FileNotFoundError as error:
        raise HubError(f"there is no {shown}", hint) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise HubError(f"{shown} is no baseline", hint) from error


def new(problems: Sequence[Problem], baseline: Baseline) -> list[Problem]:
    """The problems that the baseline does not have."""
    left = Counter(baseline.known)
    found = []
    for problem in problems:
        key = (problem.file, problem.rule, problem.message)
        if left[key] > 0:
            left[key] -= 1
        else:
            found.append(problem)
    return found


def fewer(by_language: dict[str, int], baseline: Baseline) -> list[Problem]:
    """A problem for each language that has lost many of its links.

    Languages that were not built are left out: a build of some languages is no loss.
    """
    before = {c: n for c, n in baseline.by_language.items() if c in by_language}
    found = []
    for code, number in before.items():
        now = by_language[code]
        if now < number * (1 - _MAY_GO):
            named = f" in '{code}'" if code else ""
            message = f"{now} links were checked{named}, {number} before"
            hint = f"if that is right: python scripts links --format json > {baseline.file}"
            found.append(Problem(baseline.file, 0, "fewer-links", message, hint, lang=code))
    return found
