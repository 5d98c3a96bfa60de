"""Where the reader is in the lines of a page, and how deep: lists, boxes and quotes that are open."""

from __future__ import annotations

import re

from hub.markdown import grammar

_CODE_INDENT = 4


class Cursor:
    """The current line, cut into `prefix` (indentation and quote marks) and `body`.

    `indents` holds the columns at which the text of the open items and boxes begins.
    """

    def __init__(self, text: str) -> None:
        # Only \n ends a line for Markdown; str.splitlines would also break at U+2028 and others.
        self.lines: list[str] = re.findall(r"[^\n]*\n|[^\n]+", text)
        self.at = 0
        self.after_blank = True
        self.indents: list[int] = []

    @property
    def more(self) -> bool:
        return self.at < len(self.lines)

    def bare(self, number: int) -> str:
        """A line without its line end; empty after the last."""
        return self.lines[number].rstrip("\r\n") if number < len(self.lines) else ""

    def measure(self) -> None:
        """Look at the current line, and close what it is not indented enough to be in."""
        self.line = self.bare(self.at)
        self.newline = self.lines[self.at][len(self.line) :]
        self.quote = 0
        start = len(self.line) - len(self.line.lstrip(" \t"))
        while mark := grammar.QUOTE.match(self.line, start):
            start = self.quote = mark.end()
        self.body = self.line[start:].lstrip(" \t")
        self.indent = len(self.line) - len(self.body)
        self.prefix = self.line[: self.indent]
        if self.body and (self.after_blank or grammar.ITEM.match(self.body)):
            while self.indents and self.indent < self.indents[-1]:
                self.indents.pop()

    @property
    def in_code(self) -> bool:
        """True where the line is indented so far after a blank one that it is code."""
        base = max(self.indents[-1] if self.indents else 0, self.quote)
        return self.after_blank and self.indent >= base + _CODE_INDENT

    def deeper(self, by: int = _CODE_INDENT) -> None:
        """Text from here on may be indented by that much and still be text."""
        self.indents.append(self.indent + by)

    def move(self, end: int, after_blank: bool) -> None:
        self.at, self.after_blank = end, after_blank

    def closed_by(self, form: re.Pattern[str], start: int) -> int | None:
        """The line after the first one, from `start` on, in which `form` is found."""
        for number in range(start, len(self.lines)):
            if form.search(self.bare(number)):
                return number + 1
        return None

    def continues(self, depth: int) -> list[str]:
        """The lines below that belong to the paragraph of this one, without their `depth` quote marks."""
        texts = []
        marks = re.compile(rf"([ \t]*>[ \t]?){{0,{depth}}}")
        for number in range(self.at + 1, len(self.lines)):
            line = self.bare(number)
            core = marks.sub("", line, count=1)
            if not core.strip() or grammar.starts_block(core.lstrip(" \t"), self.bare(number + 1)):
                break
            texts.append(core)
        return texts
