"""The timed parts of a lesson, from the minutes at its headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hub.fallback import MARK

_STEP = re.compile(r'^#{2,4} (.+?) *\{#([\w-]+) data-minutes="(\d+)"\}', re.M)


@dataclass(frozen=True)
class Step:
    """A timed part of a lesson: the heading's text and id, its first minute, and how long it takes."""

    title: str
    id: str
    start: int
    minutes: int

    @property
    def end(self) -> int:
        return self.start + self.minutes


def steps_of(markdown: str) -> list[Step]:
    """The headings with `data-minutes`, in order, one beginning where the other ends."""
    found: list[Step] = []
    for title, anchor, number in _STEP.findall(markdown):
        start = found[-1].end if found else 0
        found.append(Step(title.replace(MARK, ""), anchor, start, int(number)))
    return found
