"""One pass over the lines of a page; each rule either takes some of them and says so, or leaves them."""

from __future__ import annotations

import re

from hub.markdown import grammar, html, verbatim
from hub.markdown.cursor import Cursor
from hub.markdown.node import Nodes
from hub.markdown.writer import Writer

_MARKERS = (
    (grammar.ITEM, "item"),
    (grammar.DEFINITION, "definition"),
    (grammar.FOOTNOTE, "footnote"),
    (grammar.QUOTED, "paragraph"),
    (grammar.ABBREVIATION, "abbreviation"),
)
_TITLED = ((grammar.ADMONITION, 4), (grammar.TAB, 4), (grammar.CALLOUT, 0))


def read(text: str, nodes: Nodes, first_line: int) -> None:
    """Add what `text` holds to `nodes`; its first line has that number in the file."""
    _Reader(nodes, Cursor(text), first_line).read()


class _Reader(Writer):
    def read(self) -> None:
        rules = (
            self._verbatim, self._fence, self._raw_html, self._reference, self._generic,
            self._opener, self._machine_line, self._table, self._markers_and_text,
        )  # fmt: skip
        # No mark of Markdown begins with a letter.
        rules_of_words = (self._verbatim, self._table, self._markers_and_text)
        while self.on.more:
            self.on.measure()
            for rule in rules_of_words if self.on.body[:1].isalpha() else rules:
                if rule():
                    break

    # What is not for readers.

    def _verbatim(self) -> bool:
        end = verbatim.end(self.on)
        return end is not None and self.take(end)

    def _fence(self) -> bool:
        return self._fence_at(self.on.prefix, self.on.body)

    def _fence_at(self, prefix: str, body: str) -> bool:
        """A block of code; only its title is for readers, and only where it is no file name."""
        end = verbatim.fence_end(self.on, body)
        if end is None:
            return False
        titled = grammar.FENCE_TITLE.match(body)
        if titled and not grammar.FILE_NAME.match(titled[2]):
            self.nodes.keep(prefix + titled[1])
            self.text(titled[2], "caption")
            self.keep_line(titled[3])
        return self.take(end)

    def _machine_line(self) -> bool:
        body = self.on.body
        ends_block = not body or bool(grammar.RULE.match(body) or grammar.GENERIC_END.match(body))
        if ends_block or grammar.ATTRIBUTES.match(body) or grammar.MACHINE.match(body):
            return self.take(self.on.at + 1, ends_block)
        return False

    def _reference(self) -> bool:
        """[name]: address "title", which may stand on two or three lines."""
        found = grammar.REFERENCE.match(self.on.body)
        below = self.on.at + 1
        if not found or not (found[2] or grammar.TARGET.match(self.on.bare(below))):
            return False
        self.nodes.labels.add(grammar.label(found[1]))
        if found[3]:
            before, after = found.span(4)
            self.nodes.keep(self.on.prefix + self.on.body[:before])
            self.text(found[4], "caption")
            return self.keep_line(self.on.body[after:])
        return self.take(below if found[2] else below + 1)

    # What has texts inside.

    def _raw_html(self) -> bool:
        """A block tag without `markdown`: raw up to its closing tag, texts between tags are segments."""
        on = self.on
        tag = html.block_tag(grammar.BLOCK_TAG, on.lines, on.at, on.body)
        if not tag:
            return False
        if html.is_markdown(tag[0]):
            lines = tag[0].count("\n") + 1
            return lines > 1 and self.take(on.at + lines)
        self.html(html.end_of(tag[1].lower(), on.lines, on.at))
        on.after_blank = True
        return True

    def _generic(self) -> bool:
        """The first line of a `///` block, and the settings indented below it."""
        found = grammar.GENERIC.match(self.on.body)
        if not found:
            return False
        titled = not grammar.NOT_TITLED.match(found[2])
        self.nodes.keep(self.on.prefix + found[1])
        if titled:
            self.text(found[3], "title")
        self.nodes.keep(("" if titled else found[3]) + found[4] + self.on.newline)
        end = self.on.at + 1
        settings = " " * (self.on.indent + 4)
        while self.on.bare(end).startswith(settings) and self.on.bare(end).strip():
            end += 1
        self.on.move(self.on.at + 1, True)
        return self.take(end)

    def _opener(self) -> bool:
        return self._opener_at(self.on.prefix, self.on.body)

    def _opener_at(self, prefix: str, body: str) -> bool:
        """Headings, and the first lines of admonitions, tabs and callouts."""
        if found := grammar.HEADING.match(body):
            named = grammar.HEADING_ID.search(found[3])
            self.nodes.where = named[1] if named else self.nodes.where
            return self._titled(prefix, found, "heading", 0)
        for form, deeper in _TITLED:
            found = form.match(body)
            if found and (form is not grammar.CALLOUT or ">" in prefix):
                return self._titled(prefix, found, "title", deeper)
        if grammar.ADMONITION_BARE.match(body):
            self.on.deeper()
            return self.keep_line(prefix + body)
        return False

    def _titled(self, prefix: str, found: re.Match[str], kind: str, deeper: int) -> bool:
        self.nodes.keep(prefix + found[1])
        self.text(found[2], kind)
        if deeper:
            self.on.deeper(deeper)
        return self.keep_line(found[3])

    def _table(self) -> bool:
        on = self.on
        below = on.bare(on.at + 1).strip().lstrip("> ")
        if "|" not in on.body or not grammar.DELIMITER.match(below) or "-" not in below:
            return False
        while on.more and "|" in on.lines[on.at]:
            row = on.bare(on.at)
            if grammar.DELIMITER.match(row.strip().lstrip("> ")):
                self.nodes.keep(row)
            else:
                for part in grammar.cells(row):
                    self.text(part, "cell")
            self.nodes.keep(on.lines[on.at][len(row) :])
            on.move(on.at + 1, True)
        return True

    def _markers_and_text(self) -> bool:
        """List, definition, footnote and quote markers, which nest, and the text behind them."""
        prefix, body, kind = self._markers()
        if not body:
            return self.take(self.on.at + 1)
        if prefix != self.on.prefix and (
            self._fence_at(prefix, body) or self._opener_at(prefix, body)
        ):
            return True
        if grammar.BLOCK_TAG.match(body) or grammar.CLOSING_TAG.match(body):
            self.html(self.on.at + 1)
            self.on.after_blank = True
            return True
        self._paragraph(prefix, body, kind)
        return True

    def _markers(self) -> tuple[str, str, str]:
        prefix, body, kind = self.on.prefix, self.on.body, "paragraph"
        while not body[:1].isalpha():
            for form, name in _MARKERS:
                found = form.match(body)
                if found and (found[2] or name == "footnote"):
                    if name == "abbreviation":
                        return prefix, body, name
                    prefix, body, kind = prefix + found[1], found[2], name
                    self.on.deeper()
                    break
            else:
                break
        return prefix, body, kind

    def _paragraph(self, prefix: str, body: str, kind: str) -> None:
        on = self.on
        more = [] if kind == "abbreviation" else on.continues(prefix.count(">"))
        end = on.at + 1 + len(more)
        raw = "".join(on.lines[on.at : end])[len(prefix) :]
        core = raw.rstrip("\r\n")
        pad = re.sub(r"[^>\t]", " ", prefix)
        self.nodes.keep(prefix)
        self.text(core, kind, grammar.flatten([body, *more]), pad)
        self.nodes.keep(raw[len(core) :])
        on.move(end, False)
