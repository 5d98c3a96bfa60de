"""Who has read a translation, and when: a comment of the entry, worth nothing after an edit.

`# hub: reviewed reviewer-1 2026-11-23 0f343b0931126a20` pins the state to a digest of the English text
and its translation. Change one of the two and the entry is machine-drafted again, by itself.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

STATES = ("reviewed", "official")

_COMMENT = re.compile(r"hub: (reviewed|official) (\S.*?) (\d{4}-\d\d-\d\d) ([0-9a-f]{16})$")
_NAME = re.compile(r"\w(?:[\w .@-]{0,58}[\w.])?")


@dataclass(frozen=True)
class Approval:
    """`state` is reviewed or official; `digest` tells what exactly was approved."""

    state: str
    reviewer: str
    date: str
    digest: str

    def holds_for(self, source: str, target: str) -> bool:
        return self.digest == digest(source, target)

    @property
    def comment(self) -> str:
        return f"hub: {self.state} {self.reviewer} {self.date} {self.digest}"


def digest(source: str, target: str) -> str:
    return hashlib.sha256(f"{source}\0{target}".encode()).hexdigest()[:16]


def is_name(reviewer: str) -> bool:
    """True for a name that a comment can hold."""
    return bool(_NAME.fullmatch(reviewer))


def find(comments: Iterable[str]) -> Approval | None:
    """The approval among an entry's comments, the last one where a merge has left two."""
    found = None
    for comment in comments:
        if match := _COMMENT.match(comment):
            found = Approval(*match.groups())
    return found


def put(comments: Iterable[str], approval: Approval) -> tuple[str, ...]:
    """The comments with this approval and no other."""
    return (*(c for c in comments if not _COMMENT.match(c)), approval.comment)
