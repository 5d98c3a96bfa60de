"""Markup: a translation holds exactly the links, code, tags and expressions of its source, no other.

What the English has may run, link or be filled in; nothing that only a translation has ever does.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from hub.checks.pairs.fault import Fault

#: One pass over a text: what must be the same in both languages, by the name people know it by.
#: It is asked first whether the next letter can begin any of it: most cannot. Only a definition at the
#: start of a text may have other characters before it.
_BEGINS = r"(?=[\n`<%{\]\[!:hw-])"
_FORMS = r"""(?:
    (?P<code>`+[^`]+`+)
    |(?P<tag></?[a-zA-Z][^<>]*>|<!--.*?-->|<(?=[a-zA-Z/!?]))
    |(?P<placeholder>%\([a-z_]+\)[sd]|\{\{.*?\}\}|\{%.*?%\}|\{\{|\{%|%\})
    |(?P<attributes>\{:?[^{}]*\})
    |(?P<target>\]\(\s*(?:<[^>]*>|[^)\s]+))(?P<title>\s+["'](?=[^"')]))?
    |(?P<reference>\]\[[^\]]*\])
    |(?P<footnote>\[\^[^\]]+\])
    |(?P<definition>(?:^|\n)[ ]*\*?\[[^\]]+\]:)
    |(?P<image>!\[)(?P<noalt>(?=\s*\]))?
    |(?P<icon>(?<![\w:]):[a-z][a-z0-9_+-]*:)
    |(?P<address>(?:https?://|www\.)[^\s<>)\]]+)
    |(?P<snippet>--8<--)
    )"""
_KEPT = re.compile(_BEGINS + _FORMS, re.X | re.S)
_KEPT_INDENTED = re.compile(rf"(?:\A|{_BEGINS}){_FORMS}", re.X | re.S)
_NAMES = {
    "target": "link target",
    "code": "code",
    "tag": "HTML tag",
    "attributes": "attribute list",
    "reference": "reference",
    "footnote": "footnote",
    "placeholder": "placeholder",
    "definition": "definition",
    "image": "image",
    "icon": "icon",
    "address": "address",
    "snippet": "snippet",
}
#: Each begins with a letter as it stands: such a search runs over a text several times as fast.
_SPECIAL = re.compile(r"\*|`|\[|\]|<|\{|%[({}]|:[a-z]|://|www\.|--8")
_TITLE_END = re.compile(r"[\"']\)")
_STRONG = re.compile(r"(?<!\\)\*\*")
_EMPHASIS = re.compile(r"(?<![\\*])\*(?!\*)")
_CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_RUNS = re.compile(
    r"(?:j\s*a\s*v\s*a|v\s*b|l\s*i\s*v\s*e)\s*s\s*c\s*r\s*i\s*p\s*t\s*:|data\s*:\s*text/"
    r"|\bon[a-z]{3,}\s*=|\bsrcdoc\s*=|\bformaction\s*="
)
#: The end of all of these that end in a colon. The colon is looked for first: most texts have none.
_TO_COLON = re.compile(r":(?:(?<=[atAT]:)|(?<=[atAT]\s:)|(?<=\s\s:))")
_CLOSES = {"\u202c": "\u202a\u202b", "\u2069": "\u2066\u2067\u2068"}


_NOTHING: Counter[tuple[str, str]] = Counter()


class Marked(NamedTuple):
    """A text's markup, `any` where it may have some, and its words with a space for each piece of it."""

    plain: str
    any: bool = False
    strong: int = 0
    emphasis: int = 0
    kept: Counter[tuple[str, str]] = _NOTHING
    unnamed: int = 0
    titles: int = 0


def read(text: str) -> Marked:
    """Most texts have no markup: for them this is one search."""
    if not _SPECIAL.search(text):
        return Marked(text)
    kept: Counter[tuple[str, str]] = Counter()
    parts, end, unnamed, titles = [], 0, 0, 0
    form = _KEPT_INDENTED if text[0] in " *" else _KEPT
    for match in form.finditer(text):
        name, value = str(match.lastgroup), match[0].strip()
        if name == "noalt":
            name, unnamed = "image", unnamed + 1
        elif name == "title":
            name, value, titles = "target", match["target"], titles + 1
        kept[name, value[2:].strip() if name == "target" else value] += 1
        parts.append(text[end : match.start()])
        end = match.end()
    plain = " ".join([*parts, text[end:]])
    if titles:
        plain = _TITLE_END.sub(")", plain)
    if "*" not in text:
        return Marked(plain, True, kept=kept, unnamed=unnamed, titles=titles)
    strong, emphasis = len(_STRONG.findall(text)), len(_EMPHASIS.findall(text))
    return Marked(plain, True, strong, emphasis, kept, unnamed, titles)


def too_long(source: str, target: str) -> Fault | None:
    """A translation that no page can mean: nothing else is looked at then."""
    limit = 400 + 6 * len(source)
    if len(target) <= limit:
        return None
    message = f"the translation has {len(target)} characters, the English {len(source)}"
    return Fault("too-long", "error", message, "one entry holds one paragraph")


def faults(source: Marked, target: Marked, lang: str) -> Iterator[Fault]:
    """Markup that the translation lost, and what only the translation has."""
    if target.strong % 2:
        hint = "put ** before and after the words in bold"
        yield Fault("markup", "error", "** is opened and not closed", hint)
    elif target.strong != source.strong:
        hint = "keep as many **…** as the English has"
        yield Fault("markup", "error", "bold words differ from the English", hint)
    # Chinese has no italics: the emphasis may be dropped there, but not opened and left open.
    if target.emphasis != source.emphasis and (lang != "zh" or target.emphasis % 2):
        hint = "keep as many *…* as the English has"
        yield Fault("markup", "error", "words in italics differ from the English", hint)
    if target.unnamed > source.unnamed:
        yield Fault("no-alt", "warning", "an image has no text", "translate what ![…] says")
    if target.titles < source.titles:
        hint = 'translate the words in quotes: [text](address "title")'
        yield Fault("no-title", "warning", "a link has lost its title", hint)
    if target.kept == source.kept:
        return
    for name, text in (source.kept - target.kept).elements():
        message = f"{_NAMES[name]} {text} is missing"
        yield Fault("markup", "error", message, "copy it from the English text")
    yield from _added(source, target)


def errors(source: str, target: str, lang: str) -> Iterator[Fault]:
    """What must not come into a catalog."""
    if not target.strip():
        hint = "leave msgstr empty, or translate the text"
        yield Fault("markup", "error", "the translation is blank", hint)
    found = [*unsafe(source, target), *faults(read(source), read(target), lang)]
    yield from (fault for fault in found if fault.severity == "error")


def dangers(source: str, target: str) -> Iterator[Fault]:
    """What must not come onto a page: all that only the translation has, and what runs or misleads."""
    yield from unsafe(source, target)
    marked = read(target)
    if marked.any:
        yield from _added(read(source), marked)


def _added(source: Marked, target: Marked) -> Iterator[Fault]:
    for name, text in (target.kept - source.kept).elements():
        message = f"{_NAMES[name]} {text} is not in the English text"
        yield Fault("markup", "error", message, "take it out")


def unsafe(source: str, target: str) -> list[Fault]:
    """What would run in a reader's browser, and characters that make a text look like another."""
    found = list(_characters(target)) if _CONTROL.search(target) else []
    if "=" in target or "&" in target or ":" in target and _TO_COLON.search(target):
        runs = _RUNS.search(html.unescape(target).lower())
        if runs and runs[0] not in html.unescape(source).lower():
            message = f"'{runs[0]}' is not in the English text"
            hint = "take it out: a translation runs nothing"
            found.append(Fault("unsafe", "error", message, hint))
    return found


def _characters(target: str) -> Iterator[Fault]:
    opened: list[str] = []
    sound = True
    for char in _CONTROL.findall(target):
        if char in "\u202d\u202e":
            hint = "take it out: it shows letters in another order than they are read"
            yield Fault("bidi", "error", f"U+{ord(char):04X} overrides the direction", hint)
        if char in _CLOSES:
            sound = sound and bool(opened) and opened.pop() in _CLOSES[char] + "\u202d\u202e"
        elif "\u202a" <= char <= "\u2069":
            opened.append(char)
        else:
            message = f"control character U+{ord(char):04X}"
            yield Fault("unsafe", "error", message, "take it out")
    if opened or not sound:
        hint = "close each U+202A, U+202B with U+202C and each U+2066 to U+2068 with U+2069"
        yield Fault("bidi", "error", "direction marks are not closed", hint)
