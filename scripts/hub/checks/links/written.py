"""The links of a page as its Markdown writes them, in the order in which the built page shows them.

A translated page is read as it is composed: each link with the English line it belongs to, and with the
line of the catalog's entry where the translation is shown.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from hub import frontmatter, segment
from hub.segment import Segment

Look = Callable[[Segment], tuple[str, int] | None]

_URL = r"<([^<>\n]*)>|((?:[^\s()<>]|\([^\s()]*\))*)"
_LINK = re.compile(
    r"(?<!\\)!?\[((?:[^\[\]\\]|\\.|\[(?:[^\[\]]|\[[^\[\]]*\])*\])*)\]"
    rf"(?:\(\s*(?:{_URL})(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)|\[([^\[\]]*)\])?"
    r"|\b(?:href|src|poster|data|cite|action)=[\"']([^\"']*)[\"']"
    r"|<((?:https?|mailto|tel|ftp):[^>\s]+)>|<([\w.+-]+@[\w.-]+)>"
)
_DEFINITION = re.compile(r"^[ \t]{0,3}\[([^\]^][^\]]*)\]:[ \t]*<?([^\s>]+)>?.*$", re.M)
_FENCE = re.compile(r"^([ \t>]*)(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*\2[ \t]*$|\Z)", re.M | re.S)
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.S)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


class Written(NamedTuple):
    """A link: its normal form, the Markdown line, the catalog's line (0: English is shown).

    `own` is true where only the translation has it.
    """

    target: tuple[str, str]
    line: int
    entry: int
    own: bool


class Piece(NamedTuple):
    """A text of the page as shown, code blanked out, and the English it stands for."""

    shown: str
    english: str
    line: int
    entry: int
    last: bool


def links(source: str, path: str, look: Look) -> list[Written]:
    """The links of the page `path` (relative to docs/) in the order of the built page."""
    parts = pieces(source, look)
    folder = posixpath.dirname(path)
    definitions: dict[str, tuple[str, int]] = {}
    for part in parts:
        for found in _DEFINITION.finditer(part.shown):
            line = part.line + part.shown.count("\n", 0, found.start())
            definitions.setdefault(_label(found[1]), (found[2], line))
    written: list[Written] = []
    for part in sorted(parts, key=lambda part: part.last):
        english = [
            (normal(folder, raw), line) for raw, line, _ in _found(part.english, definitions)
        ]
        for raw, line, defined in _found(part.shown, definitions):
            target = normal(folder, raw)
            if defined or not part.entry:
                written.append(Written(target, line if defined else part.line + line, 0, False))
                continue
            same = [number for known, number in english if known == target]
            nth = sum(w.entry == part.entry and w.target == target for w in written)
            at = same[min(nth, len(same) - 1)] if same else 0
            written.append(Written(target, part.line + at, part.entry, not same))
    return written


def of_text(text: str, path: str) -> list[Written]:
    """The links of a text that stands by itself, such as a translation."""
    folder = posixpath.dirname(path)
    return [
        Written(normal(folder, raw), down, 0, False) for raw, down, _ in _found(_masked(text), {})
    ]


def pieces(source: str, look: Look) -> list[Piece]:
    """The body of a page, piece by piece; `look` gives a segment's translation and its line."""
    matter = frontmatter.parse(source)
    masked = _masked(source)
    found, at, line = [], 0, 1
    for node in segment.parse(source, matter):
        raw = node if isinstance(node, str) else node.raw
        english = masked[at : at + len(raw)]
        if at + len(raw) > matter.end:
            translated = look(node) if isinstance(node, Segment) else None
            last = isinstance(node, Segment) and node.kind == "footnote"
            if translated:
                found.append(Piece(_masked(translated[0]), english, line, translated[1], last))
            else:
                found.append(Piece(english, english, line, 0, last))
        at += len(raw)
        line += raw.count("\n")
    return _joined(found)


def normal(folder: str, target: str) -> tuple[str, str]:
    """A target so that Markdown's and HTML's spelling of it are equal."""
    target = html.unescape(target.strip())
    if _SCHEME.match(target):
        return target, ""
    path, _, fragment = target.partition("#")
    full = posixpath.normpath(posixpath.join(folder, unquote(path))) if path else ""
    plain = re.sub(r"\.(md|html)$", "", full)
    plain = re.sub(r"(?:^|/)index$", "", plain) if path else ""
    return (plain or ".") if path else "", unquote(fragment)


def _joined(parts: list[Piece]) -> list[Piece]:
    """Neighbours that are both English are one text: a link may begin in one and end in the other."""
    joined: list[Piece] = []
    for part in parts:
        before = joined[-1] if joined else None
        if before and not before.entry and not part.entry and before.last == part.last:
            text = before.shown + part.shown
            joined[-1] = before._replace(shown=text, english=text)
        else:
            joined.append(part)
    return joined


def _found(
    text: str, definitions: dict[str, tuple[str, int]], down: int = 0
) -> Iterator[tuple[str, int, bool]]:
    """(target, lines down, from a definition) of every link in a text, outer before inner.

    For a link by reference the line is that of the definition, counted in the page.
    """
    for found in _LINK.finditer(text):
        words, angled, plain, label, attribute, auto, mail = found.groups()
        line = down + text.count("\n", 0, max(found.start(i) for i in range(1, 8)))
        direct = next((raw for raw in (angled, plain, attribute, auto) if raw is not None), None)
        if mail is not None:
            direct = f"mailto:{mail}"
        if direct is not None:
            yield direct, line, False
        elif words is not None and words.startswith("^"):
            yield f"#fn:{words[1:]}", line, False
        elif words is not None:
            known = definitions.get(_label(label or words))
            if known and not text.startswith(":", found.end()):
                yield known[0], known[1], True
        if words and "[" in words:
            start = down + text.count("\n", 0, found.start(1))
            yield from _found(words, definitions, start)


def _label(text: str) -> str:
    return " ".join(text.lower().split())


def _masked(text: str) -> str:
    """The text with code blanked out, every character at its place."""

    def blank(found: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", found[0])

    text = _FENCE.sub(blank, text) if "```" in text or "~~~" in text else text
    return _CODE.sub(blank, text) if "`" in text else text
