"""What a line of Markdown can begin, as Python-Markdown and pymdownx read it: patterns, no state."""

from __future__ import annotations

import re

FENCE = re.compile(r"(`{3,}|~{3,})[^`]*$")
FENCE_TITLE = re.compile(r'(.*\btitle=")([^"]+)(".*)$')
FILE_NAME = re.compile(r"[^\s]*[\w-]\.\w+$|[\w.-]*/[\w./-]*$")
COMMENT = re.compile(r"<!--")
HEADING = re.compile(r"(#{1,6}[ \t]+)(.*?)([ \t]*#*[ \t]*(?:\{[^{}]*\}[ \t]*)?)$")
HEADING_ID = re.compile(r"\{[^{}]*#([\w:.-]+)[^{}]*\}[ \t]*#*[ \t]*$")
ADMONITION = re.compile(r'((?:!!!|\?\?\?\+?)[ \t]*[\w \t-]*?[ \t]*")(.*)("[ \t]*)$')
ADMONITION_BARE = re.compile(r"(?:!!!|\?\?\?\+?)([ \t]+[\w \t-]+)?[ \t]*$")
CALLOUT = re.compile(r"(\[![^\[\]]+\][+-]?[ \t]*)(.*)()$")
TAB = re.compile(r'(===[!+]*[ \t]*")(.*)("[ \t]*)$')
GENERIC = re.compile(r"(/{3,}[ \t]*([\w-]+)(?:[ \t]*\|[ \t]*|[ \t]*$))(.*?)([ \t]*)$")
GENERIC_END = re.compile(r"/{3,}[ \t]*$")
#: `///` blocks whose argument names an element, and is not a title.
NOT_TITLED = re.compile(r"html$|.*caption$|define$")
ITEM = re.compile(r"((?:[-*+]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)(.*)$")
DEFINITION = re.compile(r"(:[ \t]+)(.*)$")
FOOTNOTE = re.compile(r"(\[\^[^\]]+\]:[ \t]*)(.*)$")
ABBREVIATION = re.compile(r"()(\*\[[^\]]+\]:[ \t]*.*)$")
QUOTE = re.compile(r">[ \t]?")
QUOTED = re.compile(r"(>[ \t]?)(.*)$")
REFERENCE = re.compile(r"\[([^\[\]^][^\[\]]*)\]:[ \t]*(\S*)[ \t]*(?:([\"'(])(.*)[\"')][ \t]*)?$")
TARGET = re.compile(r"[ \t]*\S+[ \t]*$")
DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
RULE = re.compile(r"([-*_])([ \t]*\1){2,}[ \t]*$")
ATTRIBUTES = re.compile(r"\{:?[^{}%][^{}]*\}[ \t]*$")
MACHINE = re.compile(
    r"(-{1,}8<-{1,}|\{\{.*\}\}[ \t]*$|\{%.*%\}[ \t]*$|\[TOC\][ \t]*$|={2,}[ \t]*$|-{2,}[ \t]*$|:::[ \t])"
)
MATH = {r"$$": r"$$", r"\[": r"\]", r"\begin{": r"\end{"}
_SPACES = re.compile(r"[ \t\r\f\v\n]+")
_OTHER_SPACE = re.compile(r"[\t\r\f\v\n]")
LETTER = re.compile(r"[^\W\d_]")

CODE_TAG = re.compile(r"<(script|style|pre|textarea|svg|math|iframe)\b", re.I)
BLOCK_TAG = re.compile(
    r"<(address|article|aside|blockquote|body|center|dd|details|div|dl|dt|fieldset|figcaption|figure"
    r"|footer|form|h[1-6]|header|hr|legend|li|main|menu|nav|ol|p|section|summary|table|tbody|td|tfoot"
    r"|th|thead|tr|ul|video)\b[^>]*>",
    re.I,
)
CLOSING_TAG = re.compile(r"</[a-zA-Z][^<>]*>")

_INTERRUPTS = (
    ITEM, HEADING, DEFINITION, FOOTNOTE, ABBREVIATION, FENCE, ADMONITION, ADMONITION_BARE, TAB,
    GENERIC, GENERIC_END, ATTRIBUTES, MACHINE, QUOTE, BLOCK_TAG, CLOSING_TAG, COMMENT, CODE_TAG,
)  # fmt: skip

# Code, a whole link, or a link by its own text: [text] and [text][].
_LINK = re.compile(
    r"(?P<code>(?<!`)(`+)(?!`).*?(?<!`)\2(?!`))|\\."
    r"|\[(?:[^\[\]\\]|\\.)*\](?:\(|[ ]?\[[^\]]+\])"
    r"|(?<!\])(?<!\][ ])\[(?P<label>[^\[\]\\^][^\[\]\\]*)\](?P<empty>\[\])?"
)


def starts_block(body: str, below: str) -> bool:
    """True where a line inside a paragraph begins something else; `below` is the next line."""
    if not body[:1].isalpha() and any(form.match(body) for form in _INTERRUPTS):
        return True
    if (found := REFERENCE.match(body)) and (found[2] or TARGET.match(below)):
        return True
    below = below.strip()
    return "|" in body and "-" in below and "|" in below and bool(DELIMITER.match(below))


def flatten(lines: list[str]) -> str:
    """Lines as one text: single spaces, and a newline only where Markdown breaks the line."""
    text = ""
    for number, line in enumerate(lines):
        stripped = single_spaced(line)
        last = number == len(lines) - 1
        text += stripped + ("" if last else "\n" if line.endswith("  ") else " ")
    return text


def single_spaced(line: str) -> str:
    """One space between words. No-break spaces are text: French quotes and numbers need them."""
    if "  " in line or _OTHER_SPACE.search(line):
        line = _SPACES.sub(" ", line)
    return line.strip(" ")


def cells(row: str) -> list[str]:
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


def label(text: str) -> str:
    """The name of a reference as Markdown compares it."""
    return " ".join(text.split()).lower()


def spelled_out(text: str, labels: set[str]) -> str:
    """Links by their own text with their reference beside it, so that the text can be translated.

    `[Palermo Protocol]` becomes `[Palermo Protocol][Palermo Protocol]` where the page defines it.
    """

    def spell(found: re.Match[str]) -> str:
        name = found["label"]
        if name is None or "`" in name or not (found["empty"] or label(name) in labels):
            return found[0]
        return f"[{name}][{name}]"

    return _LINK.sub(spell, text) if "[" in text else text
