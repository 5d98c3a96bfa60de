"""The careful reader of gettext files: line by line, any layout, and what is wrong at its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hub.catalog.message import Message
from hub.catalog.parts import PoError, comments, unescaped

_QUOTES = 'every text stands in double quotes; a quote inside a text is written \\"'
_LINE = re.compile(
    r"(#~?\| ?|#~ ?)?[ \t]*(?:(msgctxt|msgid_plural|msgid|msgstr)(\[\d\])?[ \t]*)?"
    r'"([^"\\]*(?:\\.[^"\\]*)*)"[ \t]*'
)


def parse(text: str) -> list[Message]:
    """All messages. Raises `PoError` at the first line that is not gettext syntax."""
    reader = _Reader()
    for number, line in enumerate(text.split("\n"), 1):
        reader.feed(number, line)
    reader.end()
    return reader.messages


@dataclass
class _Reader:
    """Collects lines into messages; a message ends where the next begins."""

    messages: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._start(0)

    def feed(self, number: int, line: str) -> None:
        line = line.strip(" \t")
        if not line:
            return
        if line[0] == "#" and line[1:2] not in ("~", "|"):
            self._comment(number, line)
            return
        found = _LINE.fullmatch(line)
        if not found:
            if line.startswith("#~"):  # an obsolete comment: kept as the comment it is
                self._comment(number, "#" + line[2:])
                return
            raise PoError(number, "not gettext syntax", _QUOTES)
        mark, name, index, value = found.groups()
        value = unescaped(value, number)
        if name is None:
            if self.last is None:
                raise PoError(number, "a text that belongs to nothing", "put msgid or msgstr first")
            self.fields[self.last] += value
            return
        self._keyword(number, (mark or "").strip(), name + (index or ""), value)

    def end(self) -> None:
        fields, above = self.fields, comments(self.above)
        if not fields:  # comments after the last message
            if self.messages:
                kept = self.messages[-1].comments + above[0]
                self.messages[-1] = self.messages[-1]._replace(comments=kept)
            return
        if "msgid" not in fields:
            raise PoError(self.line, "a message without msgid", _QUOTES)
        forms = sorted(name for name in fields if name.startswith("msgstr["))
        if "msgstr" not in fields and not forms:
            raise PoError(
                self.line, "msgid without msgstr", 'write msgstr "" until it is translated'
            )
        before = fields.get("| msgid")
        self.messages.append(
            Message(
                fields.get("msgctxt"),
                fields["msgid"],
                fields.get("msgstr", ""),
                *above,
                None if before is None else (fields.get("| msgctxt"), before),
                (fields.get("msgid_plural", ""), *(fields[form] for form in forms))
                if forms or "msgid_plural" in fields
                else (),
                self.obsolete,
                self.line,
            )
        )

    def _start(self, number: int) -> None:
        self.line, self.obsolete = number, False
        self.fields: dict[str, str] = {}
        self.last: str | None = None
        self.above: list[str] = []

    def _comment(self, number: int, line: str) -> None:
        if self.last is not None and self.last.startswith("msgstr"):
            self.end()
            self._start(number)
        self.line = self.line or number
        self.above.append(line)

    def _keyword(self, number: int, mark: str, name: str, value: str) -> None:
        before = "|" in mark
        opens = before or name in ("msgctxt", "msgid")
        if opens and self.last is not None and self.last.startswith("msgstr"):
            self.end()
            self._start(number)
        self.line = self.line or number
        name = f"| {name}" if before else name
        if name in self.fields:
            hint = 'write msgstr "" until it is translated'
            raise PoError(number, f"{name.strip('| ')} before the msgstr of the entry above", hint)
        if name.startswith("msgstr") and "msgid" not in self.fields:
            raise PoError(number, "msgstr without msgid", _QUOTES)
        self.obsolete = self.obsolete or mark.startswith("#~")
        self.fields[name] = value
        self.last = name
