"""Sentences short enough for who reads them (rule 11)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hub import segment
from hub.checks.content.prose import plain
from hub.page import Page
from hub.problem import Problem

#: Words in a sentence, on average: on sheets of a lesson by age band, elsewhere by type of page.
_BANDS = {"A": 12, "B": 15, "C": 18}
_TYPES = {"help": 10, "messages": 10}
_OTHERS = 20
_LONGEST = 45
_SHEETS = {"pupil-sheet", "exit-ticket"}
#: What is read as sentences; cells and short titles are not.
_KINDS = {"paragraph", "item", "definition"}
_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+")
_WORD = re.compile(r"[A-Za-z][\w'’-]*|\d[\d.,]*")


def check(page: Page, where: str, bands: dict[str, str]) -> Iterator[Problem]:
    """`bands` gives the age band of each lesson by its code."""
    read = [s for s in segment.segments(page.source, page.matter) if s.kind in _KINDS]
    counted = [(item.line, n) for item in read for n in lengths(item.text)]
    for line, words in counted:
        if words > _LONGEST:
            message = f"a sentence of {words} words"
            yield Problem(where, line, "long-sentence", message, f"at most {_LONGEST}")
    limit = _limit(page, bands)
    if len(counted) < 5:
        return
    average = sum(n for _, n in counted) / len(counted)
    if average > limit:
        line = max(counted, key=lambda pair: pair[1])[0]
        message = f"{average:.1f} words in a sentence, on average"
        hint = f"at most {limit} for these readers; the longest stands in line {line}"
        yield Problem(where, 0, "reading-length", message, hint)


def lengths(text: str) -> list[int]:
    """Words of each sentence of a text, those of one or two words left out."""
    words = [len(_WORD.findall(plain(sentence))) for sentence in _END.split(text)]
    return [n for n in words if n > 2]


def _limit(page: Page, bands: dict[str, str]) -> int:
    if page.type == "lesson-part" and page.meta.get("part") in _SHEETS:
        return _BANDS.get(bands.get(str(page.meta.get("lesson")), ""), _OTHERS)
    return _TYPES.get(page.type, _OTHERS)
