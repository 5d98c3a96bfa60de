"""What a message of a gettext file is made of: its strings, and the comments above it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "v": "\v", "b": "\b", "f": "\f", "\\": "\\", '"': '"'}

#: Translators' comments, notes for translators, places, flags: as a `Message` has them.
Comments = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]


class PoError(ValueError):
    """Not a catalog, from `line` on."""

    def __init__(self, line: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.line, self.hint = line, hint


def unescaped(value: str, line: int) -> str:
    """A string of the file as the text it stands for. Raises `PoError` for an escape that is none."""

    def char(found: re.Match[str]) -> str:
        if found[1] not in _ESCAPES:
            hint = "a backslash in a text is written \\\\"
            raise PoError(line, f"unknown escape {found[0]}", hint)
        return _ESCAPES[found[1]]

    return _ESCAPE.sub(char, value) if "\\" in value else value


def comments(lines: Iterable[str]) -> Comments:
    """What the lines above a message say, each begins with '#'."""
    own: list[str] = []
    notes: list[str] = []
    places: list[str] = []
    flags: list[str] = []
    for line in lines:
        line = line.strip(" \t")
        kind, body = line[1:2], line[2:].strip(" \t")
        if kind == ".":
            notes.append(body)
        elif kind == ":":
            places += body.split()
        elif kind == ",":
            flags += [flag.strip() for flag in body.split(",") if flag.strip()]
        else:
            own.append(line[2:] if kind == " " else line[1:])
    return tuple(own), tuple(notes), tuple(places), tuple(flags)
