"""What a rule does with the lines it takes: keep them, or cut a text out of them."""

from __future__ import annotations

from hub.markdown import grammar, html
from hub.markdown.cursor import Cursor
from hub.markdown.node import Nodes


class Writer:
    """Moves lines under the cursor to the nodes, and the cursor on."""

    def __init__(self, nodes: Nodes, cursor: Cursor, first_line: int) -> None:
        self.nodes, self.on, self.first_line = nodes, cursor, first_line

    def take(self, end: int, after_blank: bool = True) -> bool:
        """Lines up to `end` as they are."""
        self.nodes.keep("".join(self.on.lines[self.on.at : end]))
        self.on.move(end, after_blank)
        return True

    def keep_line(self, text: str) -> bool:
        """`text`, what is left of the current line, and its end."""
        self.nodes.keep(text + self.on.newline)
        self.on.move(self.on.at + 1, True)
        return True

    def text(self, raw: str, kind: str, text: str | None = None, pad: str = "") -> None:
        self.nodes.text(raw, kind, self.first_line + self.on.at, text, pad)

    def html(self, end: int) -> None:
        """Lines up to `end` as raw HTML, in which only texts between tags can be translated."""
        line = self.on.at
        for piece, kind in html.pieces("".join(self.on.lines[line:end])):
            if kind:
                ahead = piece[: len(piece) - len(piece.lstrip())].count("\n")
                text = grammar.single_spaced(piece)
                self.nodes.text(piece, kind, self.first_line + line + ahead, text)
            else:
                self.nodes.keep(piece)
            line += piece.count("\n")
        self.on.at = end
