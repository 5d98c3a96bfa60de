"""No paragraph stands twice: what repeats is a component."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hub import segment
from hub.checks.content.prose import plain
from hub.page import Page
from hub.problem import Problem
from hub.project import Project

#: Words from which on a repetition is no accident.
_WORDS = 12
_KINDS = {"paragraph", "item", "definition", "front-matter"}


def check(project: Project, pages: list[Page]) -> Iterator[Problem]:
    """Paragraphs that stand twice, at the second place."""
    seen: dict[str, str] = {}
    for page in pages:
        where = project.where(page.path)
        for item in segment.segments(page.source, page.matter):
            if item.kind not in _KINDS:
                continue
            text = re.sub(r"\W+", " ", plain(item.text)).strip().lower()
            if text.count(" ") + 1 < _WORDS:
                continue
            here = f"{where}:{item.line}"
            first = seen.setdefault(text, here)
            if first != here:
                message = f"the paragraph also stands in {first}"
                hint = "say it once, link to it, or make it a component"
                yield Problem(where, item.line, "copy", message, hint)
