"""Raw HTML inside Markdown: how far it goes, and which of it is text for readers."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TAGS = re.compile(r"(<!--.*?-->|</?[a-zA-Z][^<>]*>)", re.S)
_SPOKEN = re.compile(r'(\s(?:alt|title|aria-label|placeholder)=")([^"<>]*)(?=")', re.I)
_VOID = {"hr"}
_TAG_LINES = 20  # an opening tag longer than this is none


def block_tag(form: re.Pattern[str], lines: list[str], at: int, body: str) -> re.Match[str] | None:
    """The opening tag that begins at `body`, the text of line `at`; it may go on over more lines."""
    if not body.startswith("<"):
        return None
    return form.match(body) or form.match(body + "\n" + "".join(lines[at + 1 : at + _TAG_LINES]))


def is_markdown(tag: str) -> bool:
    """True where the author asks for Markdown inside the element."""
    return bool(re.search(r"\smarkdown\b", tag))


def end_of(name: str, lines: list[str], at: int) -> int:
    """The line after the element that line `at` opens; the next line where it is never closed."""
    opens, closes = (re.compile(rf"<{slash}{name}\b", re.I) for slash in ("", "/"))
    depth = 0
    for end in range(at, len(lines)):
        depth += len(opens.findall(lines[end])) - len(closes.findall(lines[end]))
        if depth <= 0 or name in _VOID:
            return end + 1
    return at + 1


def pieces(block: str) -> Iterator[tuple[str, str]]:
    """`block` cut into (piece, kind); kind is '' for what stays, 'html' for text between tags,
    'caption' for attributes that are read out."""
    for part in _TAGS.split(block):
        if part.startswith("<!--") or not part.strip():
            yield part, ""
        elif part.startswith("<"):
            position = 0
            for found in _SPOKEN.finditer(part):
                yield part[position : found.start(2)], ""
                yield found[2], "caption"
                position = found.end()
            yield part[position:], ""
        else:
            yield part, "html"
