"""Figures of docs/data/figures.csv, as readers of a language see them, and as files to take away.

`number` is in the unit that `unit` names: 'count' (people, countries …) or 'percent' (of a hundred).
`bound` says how exact it is: '', 'about', 'at-least', 'over', 'under', or 'rise' (since an earlier
year). What is no plain number stands in `value`, in words. Pages show only what is certain.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from hub import table
from hub.project import Project

SETS = ("global-report-2009", "business-survey", "later-editions", "estimates", "initiative")


@dataclass(frozen=True)
class Figure:
    """A row of the table. `number` is None where `value` says it in words."""

    id: str
    set: str
    number: int | None
    unit: str
    bound: str
    value: str
    what: str
    edition: str
    data_year: str
    source: str
    confidence: str


def read(project: Project) -> list[Figure]:
    """All figures in file order; none where the project has no such table."""
    found = []
    for row in table.read(project, "figures"):
        cells = dict(row.cells)
        number = cells.pop("number")
        found.append(Figure(number=int(number) if number else None, **cells))
    return found


def of_set(figures: Iterable[Figure], name: str) -> list[Figure]:
    """The figures of one set, in file order."""
    return [figure for figure in figures if figure.set == name]


def as_csv(figures: Iterable[Figure]) -> str:
    """The figures as they stand in our table, in English: numbers without separators."""
    rows = [asdict(figure) for figure in figures]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]) if rows else ["id"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def as_json(figures: Iterable[Figure], licence: str) -> str:
    """The same for programs: `number` is a number or null."""
    data = {"version": 1, "licence": licence, "figures": [asdict(f) for f in figures]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def files(project: Project) -> dict[str, str]:
    """Every set as CSV and JSON, by path below the site's root."""
    found = read(project)
    made = {}
    for name in SETS:
        chosen = of_set(found, name)
        if chosen:
            made[f"data/{name}.csv"] = as_csv(chosen)
            made[f"data/{name}.json"] = as_json(chosen, "CC-BY-SA-4.0")
    return made
