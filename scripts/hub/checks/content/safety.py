"""What would put a reader at risk, or is not ours to show: numbers to call, forms, photographs.

Rules 2, 4, 6 to 10 and 12 of the hub's rules for sensitive content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hub.checks.content.prose import plain, prose_lines
from hub.page import Page
from hub.problem import Problem
from hub.project import Project

_HELP = "help/index.md"
_HELP_LINE = "<!-- hub: help-line"
#: Sections whose pages lead to it in their text, but for types whose template does that below the text.
_LEADS_TO_HELP = re.compile(r"(learn|teach|legislate|campaign|business|data|library|network)/")
_BY_TEMPLATE = {"lesson", "lesson-part", "document", "prints"}
_BARE = {"help", "messages"}
_NOT_NEUTRAL = re.compile(r"traffick|victim|exploit|abuse|slave|rescue|crime|help|danger", re.I)
_PHONE = re.compile(
    r"(?<![\w./:-])(?:\+|00)\d[\d ()/-]{6,}\d|\btel:|(?<![\w./-])\(?0\d{2,4}\)?[ -]\d{3,}[ -]?\d{2,}"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}|\bmailto:", re.I)
_TAG = re.compile(r"<(form|iframe|script|embed|object|frame|style|link|base|video|canvas)\b", re.I)
_HANDLER = re.compile(r"<[a-z][^>]*\s(on[a-z]+|name|action|formaction)\s*=", re.I)
_ARCHIVE = re.compile(r"https?://(?:web\.archive\.org|archive\.(?:today|is|ph|li))", re.I)
_NO_ALT = re.compile(r"!\[\s*\]\(")
_CASE = re.compile(r"#{2,4} .*\{[^}]*#(case[a-z0-9-]*)")
_INVENTED = re.compile(r"\binvented\b|\bcourt\b|\bjudg(e)?ment\b", re.I)
_ANSWER = re.compile(r"(?i)^[\s>*_#-]*(answers?|key|correct answer)\b\s*[:–]")
_PUPILS = {"pupil-sheet", "exit-ticket"}
_PHOTOGRAPHS = {".jpg", ".jpeg", ".webp", ".avif", ".heic", ".gif", ".tif", ".tiff", ".bmp"}


def check(page: Page, where: str) -> Iterator[Problem]:
    """What a page holds that it must not, line by line, and what it lacks."""
    for number, line in prose_lines(page):
        yield from _line(where, number, line)
    for number, line in enumerate(page.source[: page.matter.end].splitlines(), 1):
        yield from _contact(where, number, line)
    if page.type in _BARE and _NOT_NEUTRAL.search(str(page.meta.get("title"))):
        at = page.line("title")
        message = "the title of this page names its subject"
        yield Problem(where, at, "neutral-title", message, "it shows in tabs and in the history")
    yield from _cases(page, where)
    if page.type == "lesson-part" and page.meta.get("part") in _PUPILS:
        yield from _answers(page, where)


def check_help(page: Page, where: str, pages: set[str]) -> Iterator[Problem]:
    """A page about the subject leads to the help page; `pages` are all paths there are."""
    if _HELP not in pages or page.type in _BARE or not _LEADS_TO_HELP.match(page.path):
        return
    if page.type in _BY_TEMPLATE or _HELP in page.body or _HELP_LINE in page.body:
        return
    hint = "a reader may need it: link to help/index.md"
    yield Problem(where, 0, "help-link", "nothing on this page leads to the help page", hint)


def check_images(project: Project) -> Iterator[Problem]:
    """Pictures are drawings; a PNG carries no data on who made it, where."""
    for file in sorted(project.docs.rglob("*")):
        where = project.relative(file)
        if file.suffix.lower() in _PHOTOGRAPHS:
            hint = "draw it as SVG: no photographs of people"
            yield Problem(where, 0, "photograph", f"a {file.suffix[1:].upper()} file", hint)
        elif file.suffix.lower() == ".png" and b"eXIf" in file.read_bytes():
            yield Problem(where, 0, "image-data", "the picture carries EXIF data", "remove it")


def _contact(where: str, number: int, line: str) -> Iterator[Problem]:
    text = plain(line)
    if _PHONE.search(text) or "tel:" in line:
        hint = "numbers to call come from verified data alone, and none is verified yet"
        yield Problem(where, number, "phone-number", "a telephone number", hint)
    if _EMAIL.search(line):
        hint = "a mailbox nobody reads, or a person who can be found: leave it out"
        yield Problem(where, number, "mail-address", "a mail address", hint)


def _line(where: str, number: int, line: str) -> Iterator[Problem]:
    yield from _contact(where, number, line)
    for found in _TAG.finditer(line):
        message = f"<{found[1].lower()}> in a page"
        yield Problem(where, number, "raw-html", message, "what a page does stands in overrides/")
    for found in _HANDLER.finditer(line):
        message = f"an attribute '{found[1].lower()}'"
        yield Problem(where, number, "raw-html", message, "no field sends, names or runs anything")
    if _ARCHIVE.search(line):
        yield Problem(where, number, "archive-link", "a link to an archive", "link the original")
    if _NO_ALT.search(line):
        yield Problem(where, number, "alt-text", "a picture without a text", "say what it shows")


def _cases(page: Page, where: str) -> Iterator[Problem]:
    """A case says that it is invented, or which court decided it."""
    lines = list(prose_lines(page))
    for index, (number, line) in enumerate(lines):
        found = _CASE.match(line)
        if not found:
            continue
        section = []
        for _, below in lines[index + 1 :]:
            if re.match(r"#{2,4} ", below):
                break
            section.append(below)
        if "hub:" not in "".join(section) and not _INVENTED.search(line + " ".join(section)):
            hint = "write that the people are invented, or cite the judgment"
            yield Problem(
                where, number, "case", f"'{found[1]}' does not say whose case it is", hint
            )


def _answers(page: Page, where: str) -> Iterator[Problem]:
    for number, line in prose_lines(page):
        if "answer-key" in line or _ANSWER.match(line):
            hint = "answers stand in the answer key alone"
            yield Problem(where, number, "answer", "an answer on a sheet for pupils", hint)
