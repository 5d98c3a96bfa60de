"""translations/official.csv: texts of treaties, kept once with symbol and article, never translated here.

A page shows one with `<!-- hub: official ID -->`. Languages for which the file has no text show the
English one and say so: only the body that adopted a text can put it into another language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hub import table
from hub.project import Project

#: So many words in a row that stand in an official text are a quotation.
_LONG = 9
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Official:
    """`instrument` is the treaty's short English name, a msgid of data.po; `texts` by language code."""

    id: str
    symbol: str
    article: str
    instrument: str
    texts: dict[str, str]
    line: int


def read(project: Project) -> dict[str, Official]:
    """By id, in file order; nothing where the project has no such file. Raises `HubError` on bad rows."""
    return {
        row["id"]: Official(
            row["id"],
            row["symbol"],
            row["article"],
            row["instrument"],
            {code: row.cells[code] for code in sorted(project.declared) if row.cells.get(code)},
            row.line,
        )
        for row in table.read(project, "official")
    }


def retyped(text: str, officials: Iterable[Official], lang: str) -> Iterator[Official]:
    """The official texts of which `text` repeats a good part word for word."""
    words = _WORD.findall(text.lower())
    runs = {tuple(words[at : at + _LONG]) for at in range(len(words) - _LONG + 1)}
    for official in officials:
        own = _WORD.findall(official.texts.get(lang, "").lower())
        if any(tuple(own[at : at + _LONG]) in runs for at in range(len(own) - _LONG + 1)):
            yield official
