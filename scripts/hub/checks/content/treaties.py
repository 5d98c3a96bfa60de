"""Treaty texts stand once, in translations/official.csv, and pages ask for them."""

from __future__ import annotations

from collections.abc import Iterator

from hub import official, segment
from hub.checks.content.prose import prose_lines
from hub.page import Page
from hub.problem import Problem
from hub.project import Project
from hub.templates import SLOT


def check(project: Project, pages: list[Page]) -> Iterator[Problem]:
    """Treaty texts that a page asks for and does not get, or that were typed into it."""
    known = official.read(project)
    for page in pages:
        where = project.where(page.path)
        for number, line in prose_lines(page):
            for found in SLOT.finditer(line):
                name = found[2].strip()
                if found[1] == "official" and name not in known:
                    hint = "translations/official.csv has: " + (", ".join(known) or "none")
                    yield Problem(where, number, "official-text", f"no text '{name}'", hint)
        for item in segment.segments(page.source):
            for text in official.retyped(item.text, known.values(), project.source.code):
                message = f"quotes article {text.article} of {text.symbol}"
                hint = f"write <!-- hub: official {text.id} -->: what is typed here gets translated"
                yield Problem(where, item.line, "official-text", message, hint)
