"""The term base translations/glossary.csv: every controlled term in every language, with what to avoid.

Columns: id, one a language (empty from top to bottom where a language has no terms yet), definition (English, translated in data.po), source, confidence,
forbidden_variants ('fr=!never|~with care;es=…'), note; and, where the file has it, allowed_variants
('fr=also right|and this;es=*'): other forms a translation may use, a star for a language in which the
term is too ordinary a word to be looked for. Rows whose id starts with 'ui-' are wordings of the
interface and not shown in the glossary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hub.problem import HubError, Problem
from hub.project import Project
from hub.table import Row, TableError, rows

_COLUMNS = ("id", "definition", "source", "confidence", "forbidden_variants", "note")

_VARIANTS = re.compile(r"([^=]*)=[^|]+(\|[^|]+)*")
_MARKED = re.compile(r"([^=]*)=[!~][^|]+(\|[!~][^|]+)*")


@dataclass(frozen=True)
class Term:
    """A row: `names` (of languages that have any), `allowed`, `forbidden` and `careful` by language code."""

    id: str
    names: dict[str, str]
    definition: str
    confidence: str
    forbidden: dict[str, tuple[str, ...]]
    careful: dict[str, tuple[str, ...]]
    line: int
    allowed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    source: str = ""

    @property
    def is_interface(self) -> bool:
        return self.id.startswith("ui-")

    def is_everyday(self, lang: str) -> bool:
        """True where translations are not searched for the term: it is an ordinary word as well."""
        return "*" in self.allowed.get(lang, ()) or "*" in self.allowed.get("all", ())


def read(project: Project) -> list[Term]:
    """All terms in file order; none where the project has no glossary. Raises `HubError` on bad CSV."""
    terms, problems = _parse(project)
    if problems:
        first = sorted(problems)[0]
        raise HubError(f"{first.file}:{first.line}: {first.message}", first.hint)
    return terms


def check(project: Project) -> list[Problem]:
    """What is wrong with the file, at its lines."""
    return _parse(project)[1]


def _parse(project: Project) -> tuple[list[Term], list[Problem]]:
    file = project.translations / "glossary.csv"
    if not file.exists():
        return [], []
    where = project.relative(file)
    codes = [lang.code for lang in project.languages]
    try:
        found = rows(file, {*_COLUMNS, *codes})
    except TableError as error:
        return [], [Problem(where, error.line, "glossary", str(error), error.hint)]
    problems: list[Problem] = []
    seen: set[str] = set()
    begun = [code for code in codes if any(row[code].strip() for row in found)]
    for row in found:
        problems += [
            Problem(where, row.line, "glossary", *f)
            for f in _faults(row, begun, project.declared, seen)
        ]
        seen.add(row["id"])
    return [_term(row, codes) for row in found], problems


def _faults(
    row: Row, codes: list[str], declared: frozenset[str], seen: set[str]
) -> list[tuple[str, str]]:
    faults = []
    if row["id"] in seen:
        faults.append((f"id '{row['id']}' stands twice", "ids are unique"))
    for code in codes:
        if not row[code].strip():
            faults.append((f"'{row['id']}' has no {code} term", f"fill the column '{code}'"))
    for part in filter(None, row["forbidden_variants"].split(";")):
        found = _MARKED.fullmatch(part)
        if not found or found[1] not in declared:
            faults.append((f"forbidden_variants has '{part}'", "write it as fr=!never|~with care"))
    for part in filter(None, row.cells.get("allowed_variants", "").split(";")):
        found = _VARIANTS.fullmatch(part)
        if not found or found[1] not in declared | {"all"}:
            faults.append((f"allowed_variants has '{part}'", "write it as fr=also right|and this"))
    return faults


def _term(row: Row, codes: list[str]) -> Term:
    marked: dict[str, dict[str, tuple[str, ...]]] = {"!": {}, "~": {}}
    for part in filter(None, row["forbidden_variants"].split(";")):
        code, _, variants = part.partition("=")
        for sign, found in marked.items():
            words = tuple(v[1:] for v in variants.split("|") if v.startswith(sign))
            if words:
                found[code] = words
    return Term(
        id=row["id"],
        names={code: row[code] for code in codes if row[code].strip()},
        definition=row["definition"],
        confidence=row["confidence"],
        forbidden=marked["!"],
        careful=marked["~"],
        line=row.line,
        allowed=_allowed(row.cells.get("allowed_variants", "")),
        source=row["source"],
    )


def _allowed(cell: str) -> dict[str, tuple[str, ...]]:
    parts = (part.partition("=") for part in cell.split(";") if part)
    return {code: tuple(variants.split("|")) for code, _, variants in parts}
