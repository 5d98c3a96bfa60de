"""The two ends of every check of a translation: a pair of texts goes in, faults come out."""

from __future__ import annotations

from typing import NamedTuple


class Pair(NamedTuple):
    """One entry of a catalog. `state` is missing, stale, machine-drafted, reviewed or official;
    `kind` the segment's kind, or the collection's name where the text is of no page."""

    lang: str
    source: str
    target: str
    context: str | None
    state: str
    section: str
    kind: str


class Fault(NamedTuple):
    """What is wrong with a pair. Whoever asked adds file and line and makes it a `Problem`."""

    rule: str
    severity: str
    message: str
    hint: str = ""
