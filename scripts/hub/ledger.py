"""docs/library/links.csv: when each address elsewhere was last seen, and what is known of those that fail.

`python scripts links refresh` writes it. A file that a merge left undecided is never read as if it were whole.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime

from hub import table
from hub.problem import HubError
from hub.project import Project

NAME = "links"
FILE = "docs/library/links.csv"
_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_TIME = "%Y-%m-%dT%H:%MZ"


@dataclass(frozen=True)
class Seen:
    """An address and what the last runs found. `verdict`: ok; suspect (answers, but hardly with what is meant);
    unknown (does not say); dead (gone in two runs a day apart). `reason` says why it is not ok. `final` is where it
    leads, where that is elsewhere; `archived` is a kept copy of a dead one. Times are UTC, '' for never."""

    address: str
    verdict: str
    reason: str = ""
    last_ok: str = ""
    first_failure: str = ""
    failures: int = 0
    final: str = ""
    archived: str = ""


def read(project: Project) -> dict[str, Seen]:
    """What is known, by address; nothing where there is no ledger yet.

    Raises `HubError`, with the line, where the file breaks its schema or holds a merge conflict.
    """
    file = project.root / FILE
    if file.exists():
        text = file.read_bytes().decode("utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            if line.startswith(_MARKERS):
                raise HubError(
                    f"{FILE}:{number}: a merge left a conflict here: '{line[:20]}'",
                    "keep one of the two rows and delete the marks; nothing was written",
                )
    rows = table.read(project, NAME)
    return {row["address"]: Seen(**{**row.cells, "failures": int(row["failures"])}) for row in rows}  # type: ignore[arg-type]


def written(rows: Iterable[Seen]) -> str:
    """The file's text, sorted by address."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(field.name for field in fields(Seen))
    writer.writerows(sorted(astuple(row) for row in rows))
    return out.getvalue()


def stamp(time: datetime) -> str:
    """A time as the ledger writes it."""
    return time.astimezone(UTC).strftime(_TIME)


def moment(text: str) -> datetime | None:
    """The time a cell holds; None for an empty one."""
    return datetime.strptime(text, _TIME).replace(tzinfo=UTC) if text else None
