"""A message of a gettext file, and how messages are written (`po` reads them)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_ESCAPED = str.maketrans(
    {char: "\\" + name for name, char in zip('ntrvbf\\"', '\n\t\r\v\b\f\\"', strict=True)}
)

Key = tuple[str | None, str]


class Message(NamedTuple):
    """One entry. `previous` is the (msgctxt, msgid) its translation was made for.

    `plurals` are the msgid_plural and all the msgstr[n]; ours have none, others' are kept.
    """

    context: str | None
    text: str
    target: str = ""
    comments: tuple[str, ...] = ()  # of translators: '# …'
    notes: tuple[str, ...] = ()  # for translators: '#. …'
    places: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous: Key | None = None
    plurals: tuple[str, ...] = ()
    obsolete: bool = False
    line: int = 0

    @property
    def key(self) -> Key:
        return self.context, self.text

    @property
    def fuzzy(self) -> bool:
        return "fuzzy" in self.flags

    @property
    def translated(self) -> bool:
        return bool(self.target or any(self.plurals[1:]))


def write(messages: Iterable[Message]) -> str:
    """The file: nothing wrapped, obsolete messages last, one empty line between two."""
    ordered = sorted(messages, key=lambda message: message.obsolete)
    return "\n".join("".join(f"{line}\n" for line in _lines(message)) for message in ordered)


def strings(text: str) -> str:
    """`text` as it stands in a file, without its quotes."""
    return text.translate(_ESCAPED)


def _lines(message: Message) -> list[str]:
    dead = "#~ " if message.obsolete else ""
    lines = [f"# {text}".rstrip() for text in message.comments]
    if not dead:
        lines += [f"#. {text}" for text in message.notes]
        if message.places:
            lines.append("#: " + " ".join(message.places))
    if message.flags:
        lines.append("#, " + ", ".join(message.flags))
    if message.previous is not None:
        context, text = message.previous
        mark = "#~| " if dead else "#| "
        lines += _field(mark, "msgctxt", context) + _field(mark, "msgid", text)
    lines += _field(dead, "msgctxt", message.context) + _field(dead, "msgid", message.text)
    if not message.plurals:
        return lines + _field(dead, "msgstr", message.target)
    lines += _field(dead, "msgid_plural", message.plurals[0])
    for number, form in enumerate(message.plurals[1:]):
        lines += _field(dead, f"msgstr[{number}]", form)
    return lines


def _field(mark: str, name: str, text: str | None) -> list[str]:
    if text is None:
        return []
    if text.find("\n") in (-1, len(text) - 1):
        return [f'{mark}{name} "{strings(text)}"']
    parts = re.findall(r"[^\n]*\n|[^\n]+", text)
    return [f'{mark}{name} ""'] + [f'{mark}"{strings(part)}"' for part in parts]
