"""Numbers stand on facts (rule 5): `sources` names facts there are, and figures belong to one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from hub import figures, segment, table
from hub.checks.content.prose import plain
from hub.page import Page
from hub.problem import Problem
from hub.project import Project

#: 42 %, 42%, 42 per cent; 1,600; 27.6 million. Years, articles and small counts are no figures.
_FIGURE = re.compile(
    r"(?<![\w.,/-])(\d[\d,.]*\d|\d)(?:[ \u00a0\u202f]?(%)|[ \u00a0](per cent|percent|million|billion)\b)?"
)
_TIMES = {"million": 1e6, "billion": 1e9}


def known(project: Project) -> dict[str, str]:
    """What each fact says, by id: the text and source of a fact, the value of a figure."""
    found = {r["id"]: f"{r['fact']} {r['source']}" for r in table.read(project, "facts")}
    for row in figures.read(project):
        found[row.id] = f"{row.number or ''} {row.value} {row.what} {row.source}"
    return found


def check(page: Page, where: str, facts: Mapping[str, str]) -> Iterator[Problem]:
    """Nothing where the project has no facts (`facts` is empty)."""
    if not facts:
        return
    named = [str(name) for name in page.meta.get("sources") or ()]
    for index, name in enumerate(named):
        if name not in facts:
            line = page.matter.lines.get(f"sources.{index}", page.line("sources"))
            hint = "ids stand in docs/data/facts.csv and figures.csv"
            yield Problem(where, line, "fact-id", f"there is no fact '{name}'", hint)
    sayings = " ".join(facts.get(name, "") for name in named)
    allowed = {_value(found) for found in _FIGURE.finditer(sayings)}
    for item in segment.segments(page.source, page.matter):
        for found in _FIGURE.finditer(plain(item.text)):
            if _is_figure(found) and _value(found) not in allowed:
                message = f"'{found[0].strip()}' belongs to no fact that `sources` names"
                hint = "add the fact's id to sources, or leave the figure out"
                yield Problem(where, item.line, "figure", message, hint)


def _is_figure(found: re.Match[str]) -> bool:
    return bool(found[2] or found[3]) or re.fullmatch(r"\d{1,3}(,\d{3})+", found[1]) is not None


def _value(found: re.Match[str]) -> str:
    """The number alone, written out: a table says '79' in a column whose heading says per cent."""
    number = float(found[1].replace(",", ""))
    return f"{number * _TIMES.get(found[3] or '', 1):.3f}" if number < 1e12 else found[1]
