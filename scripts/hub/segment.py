"""Markdown to segments and back: joining what `parse` returns gives the source, byte for byte.

Works on lines and indentation, as Python-Markdown does, and never renders: whatever is not text for
readers (markers, code, ids, raw tags) stays a plain string between the segments. A translation is put
in place of a segment's bytes; a segment that is not translated keeps its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hub import frontmatter, page

Node = "str | Segment"

_FENCE = re.compile(r"(`{3,}|~{3,})[^`]*$")
_COMMENT = re.compile(r"<!--")
_CODE_TAG = re.compile(r"<(script|style|pre|textarea|svg|math|iframe)\b", re.I)
_BLOCK_TAG = re.compile(
    r"<(address|article|aside|blockquote|body|center|dd|details|div|dl|dt|fieldset|figcaption|figure"
    r"|footer|form|h[1-6]|header|hr|legend|li|main|menu|nav|ol|p|section|summary|table|tbody|td|tfoot"
    r"|th|thead|tr|ul|video)\b[^>]*>",
    re.I,
)
_CLOSING_TAG = re.compile(r"</[a-zA-Z][^<>]*>")
_TAGS = re.compile(r"(<!--.*?-->|</?[a-zA-Z][^<>]*>)")
_HEADING = re.compile(r"(#{1,6}[ \t]+)(.*?)([ \t]*#*[ \t]*(?:\{[^{}]*\}[ \t]*)?)$")
_ADMONITION = re.compile(r'((?:!!!|\?\?\?\+?)[ \t]*[\w \t-]*?[ \t]*")(.*)("[ \t]*)$')
_ADMONITION_BARE = re.compile(r"(?:!!!|\?\?\?\+?)([ \t]+[\w \t-]+)?[ \t]*$")
_TAB = re.compile(r'(===[!+]*[ \t]*")(.*)("[ \t]*)$')
_CAPTION_BLOCK = re.compile(r"(/{3,}[ \t]*[\w-]+(?:[ \t]*\|[ \t]*)?)(.*?)([ \t]*)$")
_ITEM = re.compile(r"((?:[-*+]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)(.*)$")
_DEFINITION = re.compile(r"(:[ \t]+)(.*)$")
_FOOTNOTE = re.compile(r"(\[\^[^\]]+\]:[ \t]*)(.*)$")
_ABBREVIATION = re.compile(r"(\*\[[^\]]+\]:[ \t]*)(.*)$")
_REFERENCE = re.compile(r'(\[[^\]^][^\]]*\]:[ \t]*\S+[ \t]*)(?:(")([^"]*)("[ \t]*))?$')
_DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_RULE = re.compile(r"([-*_])([ \t]*\1){2,}[ \t]*$")
_ATTRIBUTES = re.compile(r"\{:?[^{}%][^{}]*\}[ \t]*$")
_MACHINE = re.compile(
    r"(--8<--|\{\{.*\}\}[ \t]*$|\{%.*%\}[ \t]*$|\[TOC\][ \t]*$|={2,}[ \t]*$|-{2,}[ \t]*$)"
)
_QUOTE = re.compile(r">[ \t]?")
_HEADING_ID = re.compile(r"\{[^{}]*#([\w:.-]+)[^{}]*\}[ \t]*#*[ \t]*$")
_LETTER = re.compile(r"[^\W\d_]")
# What Markdown would take for a marker at the start of a line.
_MARKER = re.compile(
    r"[-+*](?=[ \t])|\d+(?=[.)][ \t])|#|>|:(?=[ \t])|!!!|\?\?\?|===|///|```|~~~|\[\^|\*\[|\{|<!--|--8<--|\|"
    r"|[-=]+[ \t]*$"
)
_BACKSLASH = set("\\`*_{}[]()>#+-.!")

#: Kinds that become an element of their own, which a fallback mark can be put on.
BLOCKS = frozenset({"paragraph", "heading", "item", "definition", "footnote", "cell", "title"})


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
        short = len(self.text.split()) <= 2
        if short and self.kind == "cell":
            return "cell"
        return "title" if short and self.where == "title" else None

    @property
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
        lines = [_single_spaced(line) for line in target.split("\n") if line.strip()]
        target = ("  \n" + self.pad).join(lines) if "\n" in self.text else " ".join(lines)
        if self.kind == "cell":
            return _escape_pipes(target)
        if self.kind in ("title", "caption"):
            return target.replace('"', "\u201d")
        return target if self.kind in ("html", "heading") else _escape_marker(target)


def parse(source: str) -> list[str | Segment]:
    """The nodes of a page, in order. Raises `frontmatter.FrontMatterError` for broken front matter."""
    return _Reader(source).read()


def segments(source: str) -> list[Segment]:
    """Only what a translator sees."""
    return [node for node in parse(source) if isinstance(node, Segment)]


def join(nodes: Iterable[str | Segment], put: Callable[[Segment], str]) -> str:
    return "".join(node if isinstance(node, str) else put(node) for node in nodes)


def outline(source: str) -> list[tuple[str, str]]:
    """Kinds and places of all segments: equal for a page and its faithful translation."""
    return [(s.kind, s.where) for s in segments(source)]


class _Reader:
    """One pass over the lines; each rule either takes some and says so, or leaves them."""

    def __init__(self, source: str) -> None:
        self.nodes: list[str | Segment] = []
        start = self._front_matter(source)
        # Only \n ends a line for Markdown; str.splitlines would also break at U+2028 and others.
        self.lines = re.findall(r"[^\n]*\n|[^\n]+", source[start:])
        self.first_line = source.count("\n", 0, start) + 1
        self.at = 0
        self.indents: list[int] = []
        self.after_blank = True
        self.heading = ""

    def read(self) -> list[str | Segment]:
        rules = (
            self._blank,
            self._fence,
            self._indented_code,
            self._comment,
            self._code_tag,
            self._raw_html,
            self._reference,
            self._opener,
            self._machine_line,
            self._table,
            self._markers_and_text,
        )
        while self.at < len(self.lines):
            self._measure()
            for rule in rules:
                if rule():
                    break
        return self.nodes

    # What the rules look at: the current line without its newline, its quote markers and indentation.

    def _measure(self) -> None:
        self.line = self.lines[self.at].rstrip("\r\n")
        self.newline = self.lines[self.at][len(self.line) :]
        self.indent = len(self.line) - len(self.line.lstrip(" \t"))
        self.body = self.line[self.indent :]
        if self.body and (self.after_blank or _ITEM.match(self.body)):
            while self.indents and self.indent < self.indents[-1]:
                self.indents.pop()
        self.prefix = self.line[: self.indent]
        while quote := _QUOTE.match(self.body):
            self.prefix += quote[0]
            self.body = self.body[quote.end() :]

    def _front_matter(self, source: str) -> int:
        matter = frontmatter.parse(source)
        fields = page.translatable(str(matter.data.get("type", "")))
        position = 0
        for scalar in matter.scalars:
            text = scalar.value.strip()
            if fields.fullmatch(scalar.path) and _LETTER.search(text):
                self._keep(source[position : scalar.start])
                raw = source[scalar.start : scalar.end]
                self.nodes.append(Segment(raw, text, "front-matter", scalar.line, scalar.path))
                position = scalar.end
        self._keep(source[position : matter.end])
        return matter.end

    # Rules.

    def _blank(self) -> bool:
        if self.line.strip():
            return False
        return self._take(1)

    def _fence(self) -> bool:
        return self._fence_at(self.body)

    def _fence_at(self, body: str) -> bool:
        opened = _FENCE.match(body)
        if not opened:
            return False
        close = re.compile(rf"[ \t>]*{re.escape(opened[1][0])}{{{len(opened[1])},}}[ \t]*$")
        end = self.at + 1
        while end < len(self.lines) and not close.match(self.lines[end].rstrip("\r\n")):
            end += 1
        return self._take(end + 1 - self.at)

    def _indented_code(self) -> bool:
        base = self.indents[-1] if self.indents else 0
        if not (self.after_blank and self.indent >= base + 4):
            return False
        self._keep(self.lines[self.at])
        self.at += 1
        return True

    def _comment(self) -> bool:
        return bool(_COMMENT.match(self.body)) and self._take_to("-->")

    def _code_tag(self) -> bool:
        tag = _CODE_TAG.match(self.body)
        return bool(tag) and self._take_to(f"</{tag[1].lower()}>")  # type: ignore[index]

    def _raw_html(self) -> bool:
        """A block tag without `markdown`: raw up to its closing tag, texts between tags are segments."""
        tag = _BLOCK_TAG.match(self.body)
        if not tag or re.search(r"\smarkdown\b", tag[0]):
            return False
        name = tag[1].lower()
        opens, closes = (re.compile(rf"<{slash}{name}\b", re.I) for slash in ("", "/"))
        depth, end = 0, self.at
        while end < len(self.lines):
            text = self.lines[end]
            depth += len(opens.findall(text)) - len(closes.findall(text))
            end += 1
            if depth <= 0 or name == "hr":
                break
        else:
            end = self.at + 1  # never closed: this line alone
        for number in range(self.at, end):
            self._html_texts(self.lines[number], number)
        self.at, self.after_blank = end, True
        return True

    def _reference(self) -> bool:
        found = _REFERENCE.match(self.body)
        if not found or _ABBREVIATION.match(self.body):
            return False
        if found[3]:
            self._keep(self.prefix + found[1] + found[2])
            self._text(found[3], "caption")
            self._keep(found[4] + self.newline)
            self.at, self.after_blank = self.at + 1, True
            return True
        return self._take(1)

    def _opener(self) -> bool:
        return self._opener_at(self.prefix, self.body)

    def _opener_at(self, prefix: str, body: str) -> bool:
        """Headings, and the first lines of admonitions, tabs and caption blocks."""
        forms = (
            (_ADMONITION, "title", 4),
            (_TAB, "title", 4),
            (_CAPTION_BLOCK, "title", 0),
            (_HEADING, "heading", 0),
        )
        for form, kind, deeper in forms:
            found = form.match(body)
            if not found:
                continue
            if kind == "heading":
                named = _HEADING_ID.search(found[3])
                self.heading = named[1] if named else self.heading
            self._keep(prefix + found[1])
            self._text(found[2], kind)
            self._keep(found[3] + self.newline)
            self._deeper(deeper)
            return True
        if _ADMONITION_BARE.match(body):
            self._keep(prefix + body + self.newline)
            self._deeper(4)
            return True
        return False

    def _deeper(self, by: int) -> None:
        if by:
            self.indents.append(self.indent + by)
        self.at, self.after_blank = self.at + 1, True

    def _machine_line(self) -> bool:
        if self.body and not (
            _RULE.match(self.body) or _ATTRIBUTES.match(self.body) or _MACHINE.match(self.body)
        ):
            return False
        ends_block = not self.body or bool(_RULE.match(self.body))
        self._keep(self.lines[self.at])
        self.at, self.after_blank = self.at + 1, ends_block
        return True

    def _table(self) -> bool:
        if "|" not in self.body or self.at + 1 >= len(self.lines):
            return False
        below = self.lines[self.at + 1].strip().lstrip("> ")
        if not _DELIMITER.match(below) or "-" not in below:
            return False
        while self.at < len(self.lines) and "|" in self.lines[self.at]:
            row = self.lines[self.at].rstrip("\r\n")
            if _DELIMITER.match(row.strip().lstrip("> ")):
                self._keep(self.lines[self.at])
            else:
                for part in _cells(row):
                    self._cell(part)
                self._keep(self.lines[self.at][len(row) :])
            self.at += 1
        self.after_blank = True
        return True

    def _markers_and_text(self) -> bool:
        """List, definition, footnote and abbreviation markers, which nest, and the text behind them."""
        forms = (
            (_ITEM, "item"),
            (_DEFINITION, "definition"),
            (_FOOTNOTE, "footnote"),
            (_ABBREVIATION, "abbreviation"),
        )
        prefix, body, kind = self.prefix, self.body, "paragraph"
        while True:
            for form, name in forms:
                found = form.match(body)
                if found and (found[2] or name == "footnote"):
                    prefix, body, kind = prefix + found[1], found[2], name
                    if name != "abbreviation":
                        self.indents.append(self.indent + 4)
                    break
            else:
                break
        if not body:
            return self._take(1)
        if kind != "paragraph":
            self.prefix = prefix
            if self._fence_at(body) or self._opener_at(prefix, body):
                return True
        if _BLOCK_TAG.match(body) or _CLOSING_TAG.match(body):
            self._html_texts(self.lines[self.at], self.at)
            self.at, self.after_blank = self.at + 1, True
            return True
        self._paragraph(prefix, body, kind)
        return True

    def _paragraph(self, prefix: str, body: str, kind: str) -> None:
        quoted = ">" in prefix
        texts, end = [body], self.at + 1
        while kind != "abbreviation" and end < len(self.lines):
            line = self.lines[end].rstrip("\r\n")
            core = re.sub(r"^[ \t]*(>[ \t]?)+", "", line) if quoted else line
            if not core.strip() or self._starts_block(core.lstrip(" \t"), end):
                break
            texts.append(core)
            end += 1
        raw = "".join(self.lines[self.at : end])[len(prefix) :]
        tail = raw[len(raw.rstrip("\r\n")) :]
        self._keep(prefix)
        pad = prefix if kind == "paragraph" else " " * len(prefix)
        self._text(raw[: len(raw) - len(tail)], kind, _flatten(texts), pad)
        self._keep(tail)
        self.at, self.after_blank = end, False

    def _starts_block(self, body: str, number: int) -> bool:
        """True where a line inside a paragraph begins something else."""
        forms = (
            _ITEM,
            _HEADING,
            _DEFINITION,
            _FOOTNOTE,
            _ABBREVIATION,
            _REFERENCE,
            _FENCE,
            _ADMONITION,
            _ADMONITION_BARE,
            _TAB,
            _CAPTION_BLOCK,
            _ATTRIBUTES,
            _MACHINE,
            _QUOTE,
            _BLOCK_TAG,
            _COMMENT,
            _CODE_TAG,
        )
        if any(form.match(body) for form in forms) or _CLOSING_TAG.match(body):
            return True
        below = self.lines[number + 1].strip() if number + 1 < len(self.lines) else ""
        return "|" in body and "-" in below and "|" in below and bool(_DELIMITER.match(below))

    # What the rules write.

    def _keep(self, text: str) -> None:
        if text:
            self.nodes.append(text)

    def _take(self, count: int) -> bool:
        self._keep("".join(self.lines[self.at : self.at + count]))
        self.at, self.after_blank = self.at + count, True
        return True

    def _take_to(self, mark: str) -> bool:
        end = self.at
        while end < len(self.lines) and mark not in self.lines[end].lower():
            end += 1
        return self._take(end + 1 - self.at)

    def _text(self, raw: str, kind: str, text: str | None = None, pad: str = "") -> None:
        """`raw` as a segment, its outer spaces kept apart; as it is where it holds no letter."""
        text = _flatten([raw]) if text is None else text
        if not _LETTER.search(text) or not text:
            self._keep(raw)
            return
        core = raw.strip(" \t")
        start = raw.index(core)
        self._keep(raw[:start])
        line = self.first_line + self.at
        self.nodes.append(Segment(core, text, kind, line, self.heading, pad))
        self._keep(raw[start + len(core) :])

    def _cell(self, part: str) -> None:
        if part == "|" or not part.strip():
            self._keep(part)
        else:
            self._text(part, "cell")

    def _html_texts(self, line: str, number: int) -> None:
        at, self.at = self.at, number
        for part in _TAGS.split(line):
            if part.startswith("<") or not part.strip():
                self._keep(part)
            else:
                core = part.rstrip("\r\n")
                self._text(core, "html")
                self._keep(part[len(core) :])
        self.at = at


def _flatten(lines: list[str]) -> str:
    """Lines as one text: single spaces, and a newline only where Markdown breaks the line."""
    text = ""
    for number, line in enumerate(lines):
        stripped = _single_spaced(line)
        last = number == len(lines) - 1
        text += stripped + ("" if last else "\n" if line.endswith("  ") else " ")
    return text


def _single_spaced(line: str) -> str:
    """One space between words. No-break spaces are text: French quotes and numbers need them."""
    return re.sub(r"[ \t\r\f\v]+", " ", line).strip(" ")


def _cells(row: str) -> list[str]:
    """A table row split at its bars, bars included; bars in code and escaped bars do not split."""
    parts, current, in_code = [], "", False
    for index, char in enumerate(row):
        if char == "`":
            in_code = not in_code
        if char == "|" and not in_code and (index == 0 or row[index - 1] != "\\"):
            parts += [current, "|"]
            current = ""
        else:
            current += char
    return [*parts, current]


def _escape_pipes(text: str) -> str:
    return "".join(r"\|" if part == "|" else part for part in _cells(text))


def _escape_marker(text: str) -> str:
    """`text` so that its first characters are text and not the start of a list, heading or block."""
    found = _MARKER.match(text)
    if not found:
        return text
    mark = found[0]
    if mark[0].isdigit():
        return mark + "\\" + text[len(mark) :]
    if mark[0] in ("[", "{", "`", "<") and not mark.startswith(("```", "[^", "<!--")):
        return text
    return ("\\" + text) if mark[0] in _BACKSLASH else f"&#{ord(mark[0])};{text[1:]}"
