"""A page's text, piece by piece: what stays as it is, and segments that a translation can replace."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from hub import frontmatter
from hub.markdown import grammar

#: Kinds that become an element of their own, which a fallback mark can be put on.
BLOCKS = frozenset({"paragraph", "heading", "item", "definition", "footnote", "cell", "title"})

# What Markdown would take for a marker at the start of a line.
_MARKER = re.compile(
    r"[-+*](?=[ \t])|\d+(?=[.)][ \t])|#|>|:(?=[ \t])|!!!|\?\?\?|===|///|```|~~~|\[\^|\*\[|\{|<!--|--8<--|\|"
    r"|\$\$|\\\[|\\begin\{|:::|\[![\w|-]+\]|[-=]+[ \t]*$"
)
_BACKSLASH = set("\\`*_{}[]()>#+-.!")


@dataclass(frozen=True)
class Segment:
    """A text for readers. `raw` is what stands in the source, `text` the msgid.

    `kind` is one of `BLOCKS` or front-matter, caption, abbreviation, html. `where` is the front matter
    path ('outcomes.1') or the id of the heading above. `pad` indents further lines.
    """

    raw: str
    text: str
    kind: str
    line: int
    where: str = ""
    pad: str = ""

    @property
    def context(self) -> str | None:
        """msgctxt: only cells and titles of one or two words need it to be told apart."""
        if self.kind != "cell" and self.where != "title" or len(self.text.split()) > 2:
            return None
        return "cell" if self.kind == "cell" else "title"

    @cached_property
    def key(self) -> tuple[str | None, str]:
        """What a catalog finds it by."""
        return self.context, self.text

    def put(self, target: str | None, mark: str = "") -> str:
        """The bytes to write: the translation made safe for its place, or the source itself.

        `mark` is put before a source text that stays, to be found again in the rendered page.
        """
        if not target or target == self.text:
            return (mark + self.raw) if mark and self.kind in BLOCKS else self.raw
        if self.kind == "front-matter":
            return frontmatter.quoted(target)
        lines = [grammar.single_spaced(line) for line in target.split("\n") if line.strip()]
        target = ("  \n" + self.pad).join(lines) if "\n" in self.text else " ".join(lines)
        if self.kind == "cell":
            return _escape_pipes(target)
        if self.kind in ("title", "caption"):
            return target.replace('"', "\u201d")
        unmarked = self.kind in ("html", "heading", "abbreviation")
        return target if unmarked else _escape_marker(target)


class Nodes:
    """The nodes of a page as they are found. `where` is the id of the heading they stand under."""

    def __init__(self) -> None:
        self.found: list[str | Segment] = []
        self.labels: set[str] = set()
        self.where = ""

    def keep(self, text: str) -> None:
        if text:
            self.found.append(text)

    def text(
        self,
        raw: str,
        kind: str,
        line: int,
        text: str | None = None,
        pad: str = "",
        where: str = "",
    ) -> None:
        """`raw` as a segment, its outer spaces kept apart; as it is where it holds no letter."""
        text = grammar.flatten(raw.split("\n")) if text is None else text
        if not grammar.LETTER.search(text):
            self.keep(raw)
            return
        core = raw.strip(" \t\r\n") if kind == "html" else raw.strip(" \t")
        start = raw.index(core)
        self.keep(raw[:start])
        self.found.append(Segment(core, text.strip(), kind, line, where or self.where, pad))
        self.keep(raw[start + len(core) :])

    def finished(self) -> list[str | Segment]:
        """All nodes, links by their own text spelled out now that every reference is known."""
        return [node if isinstance(node, str) else self._spelled_out(node) for node in self.found]

    def _spelled_out(self, node: Segment) -> Segment:
        if node.kind in ("front-matter", "caption", "html", "abbreviation"):
            return node
        text = grammar.spelled_out(node.text, self.labels)
        return node if text == node.text else replace(node, text=text)


def _escape_pipes(text: str) -> str:
    return "".join(r"\|" if part == "|" else part for part in grammar.cells(text))


def _escape_marker(text: str) -> str:
    """`text` so that its first characters are text and not the start of a list, heading or block."""
    found = _MARKER.match(text)
    if not found:
        return text
    mark = found[0]
    if mark[0].isdigit():
        return mark + "\\" + text[len(mark) :]
    if mark[0] in ("[", "{", "`", "<") and not mark.startswith(("```", "[^", "[!", "<!--")):
        return text
    return ("\\" + text) if mark[0] in _BACKSLASH else f"&#{ord(mark[0])};{text[1:]}"
