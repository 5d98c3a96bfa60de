"""CSV files with a schema: rows know their line, and everything wrong with a file is reported.

A schema in schemas/tables/ names the file (relative to the project's root) and, for each column, the
pattern its cells must match; `expected` says it in plain words. `unique` lists columns whose cells
never repeat.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from hub.problem import HubError, Problem
from hub.project import Project

_SCHEMAS = Path(__file__).parent / "schemas" / "tables"


@dataclass(frozen=True)
class Row:
    """A row's cells by column, and the line it starts in."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


class TableError(ValueError):
    """A CSV file that cannot be read, at `line`."""

    def __init__(self, line: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.line, self.hint = line, hint


def rows(file: Path, columns: set[str]) -> list[Row]:
    """The rows of a CSV file that has at least `columns`. Raises `TableError` at the first fault."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(0, f"not UTF-8: {error.reason}", "save the file as UTF-8") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    found = []
    try:
        missing = columns - set(reader.fieldnames or ())
        if missing:
            hint = "separate columns with commas" if ";" in text.partition("\n")[0] else ""
            raise TableError(1, "columns are missing: " + ", ".join(sorted(missing)), hint)
        line = reader.line_num
        for cells in reader:
            start, line = line + 1, reader.line_num
            if None in cells or None in cells.values():
                hint = "quote texts that hold a comma"
                raise TableError(start, "the row has too many or too few cells", hint)
            found.append(Row(start, cells))
    except csv.Error as error:
        raise TableError(reader.line_num, f"not CSV: {error}") from error
    return found


def read(project: Project, name: str) -> list[Row]:
    """The rows of the table `name`; none where the project has no such file.

    Raises `HubError` where the file breaks its schema.
    """
    found, problems = _load(project, name)
    if problems:
        first = min(problems)
        raise HubError(f"{first.file}:{first.line}: {first.message}", first.hint)
    return found


def check(project: Project) -> list[Problem]:
    """What is wrong with any table, at its line."""
    return [problem for name in _names() for problem in _load(project, name)[1]]


def _load(project: Project, name: str) -> tuple[list[Row], list[Problem]]:
    schema = _schema(name)
    file = project.root / schema["file"]
    if not file.exists():
        return [], []
    try:
        found = rows(file, set(schema["columns"]))
    except TableError as error:
        return [], [Problem(schema["file"], error.line, "table", str(error), error.hint)]
    return found, list(_faults(found, schema))


def _faults(found: list[Row], schema: dict[str, Any]) -> Iterator[Problem]:
    for column, pattern in schema["columns"].items():
        for row in found:
            if not re.fullmatch(pattern, row[column]):
                message = f"column '{column}' holds '{row[column]}'"
                hint = schema.get("expected", {}).get(column, f"must match {pattern}")
                yield Problem(schema["file"], row.line, "table", message, hint)
    for column in schema.get("unique", ()):
        seen: dict[str, int] = {}
        for row in found:
            first = seen.setdefault(row[column], row.line)
            if first != row.line:
                message = f"'{row[column]}' also stands in line {first}"
                yield Problem(schema["file"], row.line, "table", message, f"'{column}' is unique")


def _names() -> list[str]:
    return sorted(file.stem for file in _SCHEMAS.glob("*.yml"))


@cache
def _schema(name: str) -> dict[str, Any]:
    loaded = yaml.safe_load((_SCHEMAS / f"{name}.yml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded
