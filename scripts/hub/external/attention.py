"""What somebody should look at, at the line of docs/ that names the address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from hub import ledger
from hub.external import schedule
from hub.ledger import Seen
from hub.problem import Problem
from hub.project import Project

_SAID = {
    "soft-404": "answers with a page that says there is none",
    "login-wall": "asks for a password",
    "redirect-to-home": "leads to the start page of its site",
    "wrong-type": "answers with something of another type than its name says",
    "cut-short": "ends in the middle",
    "empty": "answers with nothing",
}


def problems(project: Project, rows: dict[str, Seen], now: datetime) -> Iterator[Problem]:
    """What somebody should look at, where the address is written; in the ledger where that is not found."""
    lines = {address: line for line, address in enumerate(sorted(rows), 2)}
    wanted = {
        a: row
        for a, row in rows.items()
        if row.verdict in ("dead", "suspect") or schedule.is_old(row, now)
    }
    places = _places(project, wanted)
    for address, row in wanted.items():
        file, line = places.get(address, (ledger.FILE, lines[address]))
        since = row.first_failure[:10]
        if row.verdict == "dead":
            copy = f"a kept copy: {row.archived}" if row.archived else "no kept copy was found"
            message = f"'{address}' is gone since {since} ({row.reason})"
            yield Problem(file, line, "external-dead", message, f"name another address; {copy}")
        elif row.verdict == "suspect":
            message = f"'{address}' {_SAID[row.reason]} ({row.reason})"
            hint = f"it leads to {row.final}" if row.final else "open it and look"
            yield Problem(file, line, "external-suspect", message, hint, "warning")
        else:
            message = f"'{address}' says nothing since {since} ({row.reason})"
            yield Problem(file, line, "external-unknown", message, "open it and look", "warning")


def _places(project: Project, addresses: Iterable[str]) -> dict[str, tuple[str, int]]:
    """File and line where each address is first written in docs/."""
    left, found = set(addresses), dict[str, tuple[str, int]]()
    for file in sorted(project.docs.rglob("*")) if left else ():
        name = project.relative(file)
        if file.suffix not in (".md", ".yml", ".csv") or name == ledger.FILE:
            continue
        for line, text in enumerate(
            file.read_text(encoding="utf-8", errors="replace").splitlines(), 1
        ):
            for address in [a for a in left if a in text]:
                found[address] = (name, line)
                left.discard(address)
    return found
