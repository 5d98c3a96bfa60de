"""What a check reports, and the one place that turns reports into text or a machine format.

Checks return `Problem`s and never print. `render` gives text, JSON, SARIF, JUnit or forge
annotations; every format is sorted by file and line, so that two runs can be compared.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

FORMATS = ("text", "json", "sarif", "junit", "github")

CLEAN, PROBLEMS, BELOW_THRESHOLD, COULD_NOT_RUN = 0, 1, 2, 3


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, at a place a person can open.

    `file` is relative to the project's root, with forward slashes; `line` counts from 1, 0 means
    the file as a whole. `rule` is a stable kebab-case name. `severity` is error, warning or info.
    `also_file` and `also_line` are its other place: the catalog's entry that shows an English line, or
    the English line behind a catalog's entry.
    """

    file: str
    line: int
    rule: str
    message: str
    hint: str = ""
    severity: str = "error"
    lang: str = ""
    also_file: str = ""
    also_line: int = 0


class HubError(Exception):
    """A command could not run at all (exit 3). Carries a message for people, with an optional hint."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def exit_code(problems: Iterable[Problem]) -> int:
    """1 where at least one problem is an error, else 0."""
    return PROBLEMS if any(p.severity == "error" for p in problems) else CLEAN


def gravest(codes: Iterable[int]) -> int:
    """The exit code of several checks together: 3 before 1 before 2 before 0."""
    return max(codes, key=(CLEAN, BELOW_THRESHOLD, PROBLEMS, COULD_NOT_RUN).index, default=CLEAN)


def render(
    problems: Iterable[Problem],
    form: str,
    summary: Mapping[str, Any] | None = None,
    meanings: Mapping[str, str] | None = None,
) -> str:
    """The problems as one string that ends in a newline (empty text where there is nothing to say).

    `meanings` completes "a problem is reported where …" by rule, for formats that explain rules.
    Raises `HubError` for a format that is not in `FORMATS`.
    """
    ordered = sorted(set(problems))
    renderers: dict[str, Callable[[list[Problem], dict[str, Any]], str]] = {
        "text": _text,
        "json": _json,
        "sarif": partial(_sarif, meanings or {}),
        "junit": _junit,
        "github": _github,
    }
    if form not in renderers:
        raise HubError(f"unknown format '{form}'", "one of: " + ", ".join(FORMATS))
    return renderers[form](ordered, dict(summary or {}))


def count(problems: Iterable[Problem]) -> str:
    """'no problems', '1 problem', '3 problems, 2 warnings': the last line of a text report."""
    kinds = {"error": "problem", "warning": "warning", "info": "remark"}
    numbers = {kind: sum(p.severity == kind for p in set(problems)) for kind in kinds}
    parts = [number(n, kinds[kind]) for kind, n in numbers.items() if n]
    return ", ".join(parts) or "no problems"


def number(n: int, noun: str) -> str:
    """'1 page', '2 pages'."""
    return f"{n} {noun}{'' if n == 1 else 's'}"


def _text(problems: list[Problem], summary: dict[str, Any]) -> str:
    lines = []
    for problem in problems:
        mark = "" if problem.severity == "error" else f"{problem.severity}: "
        lines.append(f"{_place(problem)}: {mark}{problem.rule}: {problem.message}")
        if problem.hint:
            lines.append(f"    hint: {problem.hint}")
        if problem.also_file:
            lines.append(f"    also: {problem.also_file}:{problem.also_line}")
    return "".join(line.translate(_VISIBLE) + "\n" for line in lines)


def _json(problems: list[Problem], summary: dict[str, Any]) -> str:
    report = {"version": 1, "summary": summary, "problems": [vars(p) for p in problems]}
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _sarif(meanings: Mapping[str, str], problems: list[Problem], summary: dict[str, Any]) -> str:
    levels = {"error": "error", "warning": "warning", "info": "note"}
    results = [
        {
            "ruleId": p.rule,
            "level": levels[p.severity],
            "message": {"text": p.message + (f"\nhint: {p.hint}" if p.hint else "")},
            "locations": [_sarif_place(p.file, p.line)],
            **(
                {"relatedLocations": [_sarif_place(p.also_file, p.also_line)]}
                if p.also_file
                else {}
            ),
        }
        for p in problems
    ]
    rules = [
        _sarif_rule(rule, meanings.get(rule, "")) for rule in sorted({p.rule for p in problems})
    ]
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {"tool": {"driver": {"name": "knowledge-hub", "rules": rules}}, "results": results}
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _sarif_rule(name: str, meaning: str) -> dict[str, Any]:
    """A rule as a forge shows it beside its problems."""
    if not meaning:
        return {"id": name}
    short = f"{meaning[:1].upper()}{meaning[1:]}"
    help_ = f"{short}.\nThe hint of each problem says what can be done about it."
    return {
        "id": name,
        "shortDescription": {"text": short},
        "fullDescription": {"text": f"A problem is reported where {meaning}."},
        "help": {"text": help_},
    }


def _sarif_place(file: str, line: int) -> dict[str, Any]:
    region = {"startLine": max(line, 1)}
    return {"physicalLocation": {"artifactLocation": {"uri": file}, "region": region}}


def _junit(problems: list[Problem], summary: dict[str, Any]) -> str:
    from xml.sax.saxutils import (
        escape,
        quoteattr,
    )  # loads what asks the network: most runs need not

    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuite name="knowledge-hub" tests="{len(problems)}" failures="{len(problems)}">',
    ]
    for file, group in groupby(problems, key=lambda p: p.file):
        for problem in group:
            name = quoteattr(f"{problem.rule} line {problem.line}")
            lines.append(f"  <testcase classname={quoteattr(file)} name={name}>")
            lines.append(
                f"    <failure message={quoteattr(problem.message)}>{escape(problem.hint)}</failure>"
            )
            lines.append("  </testcase>")
    return "\n".join([*lines, "</testsuite>", ""])


def _github(problems: list[Problem], summary: dict[str, Any]) -> str:
    levels = {"error": "error", "warning": "warning", "info": "notice"}
    lines = []
    for p in problems:
        text = p.message + (f" (hint: {p.hint})" if p.hint else "")
        place = f"file={_property(p.file)},line={max(p.line, 1)},title={_property(p.rule)}"
        lines.append(f"::{levels[p.severity]} {place}::{_data(text)}\n")
    return "".join(lines)


#: A line break inside a message would begin a line that looks like one of ours, or of the forge's.
_VISIBLE = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160), 0x2028, 0x2029)}


def _place(problem: Problem) -> str:
    return f"{problem.file}:{problem.line}" if problem.line else problem.file


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
