"""Reads gettext files: bytes to messages with their lines, or an error at the line that is wrong.

What gettext would read in two ways, or what only looks like a catalog, is refused; for every file
that `message.write` made, `write(parse(decode(data)))` is the same file again. One expression takes a
whole message as `write` lays it out, after a shorter one for most of them; a file with anything else in
it is left to `lines`.
"""

from __future__ import annotations

import re

from hub.catalog import lines
from hub.catalog.message import Key as Key
from hub.catalog.message import Message as Message
from hub.catalog.parts import Comments, comments, unescaped
from hub.catalog.parts import PoError as PoError

#: Longer than any text of a page: what is beyond it is an accident or an attack.
LONGEST = 20_000

_PLURAL_HINT = "copy the Plural-Forms line of another catalog of the language"
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})( |$)", re.M)
_CHARSET = re.compile(r"charset=([\w.-]+)")
_PLURALS = re.compile(r"Plural-Forms:\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*\S")

_STRING = r'"([^"\\\n]*(?:\\.[^"\\\n]*)*)"\n'
_MORE = r'((?:MARK"[^\n]*"\n)*)'
_FORM = (
    r"((?:#[ .:,][^\n]*\n|#\n)*)"
    rf"(?:(?:BEFOREmsgctxt {_STRING})?BEFOREmsgid {_STRING}{_MORE.replace('MARK', 'BEFORE')})?"
    rf"(?:MARKmsgctxt {_STRING})?MARKmsgid {_STRING}{_MORE}MARKmsgstr {_STRING}{_MORE}(?:\n+|\Z)"
)
#: Places, a text, its translation, neither with an escape: what `_LIVE` takes too, at twice the cost.
_USUAL = re.compile(r'#: ([^\n]*)\nmsgid "([^"\\\n]*)"\nmsgstr "([^"\\\n]*)"\n(?:\n+|\Z)')
_LIVE = re.compile(_FORM.replace("BEFORE", r"#\| ").replace("MARK", ""))
_OBSOLETE = re.compile(_FORM.replace("BEFORE", r"#~\| ").replace("MARK", "#~ "))
_CONTINUED = re.compile(rf"^(?:#~?\|? )?{_STRING}", re.M)


def decode(data: bytes) -> str:
    """The text of a file. Raises `PoError` for anything but UTF-8 with LF and without marks."""
    if data.startswith(b"\xef\xbb\xbf"):
        raise PoError(1, "byte order mark", "save the file as UTF-8 without BOM")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PoError(line, "not UTF-8", "save the file as UTF-8") from error
    marked = any(mark in text for mark in ("<<<<<<<", "=======", ">>>>>>>", "|||||||"))
    if marked and (conflict := _CONFLICT.search(text)):
        line = text.count("\n", 0, conflict.start()) + 1
        raise PoError(line, "merge conflict marker", "choose one side, delete the marks")
    for char, message, hint in (
        ("\0", "NUL byte", ""),
        ("\r", "line ends with CR", "save the file with LF line ends"),
    ):
        if char in text:
            raise PoError(text.count("\n", 0, text.index(char)) + 1, message, hint)
    return text


def parse(text: str) -> list[Message]:
    """All messages, the header first. Raises `PoError` at the first fault."""
    messages = _at_once(text)
    if messages is None:
        messages = lines.parse(text)
    _check(messages)
    return messages


def _at_once(text: str) -> list[Message] | None:
    """None where a message is laid out in another way, has plural forms or a fault."""
    messages: list[Message] = []
    at, line, form = 0, 1, _LIVE
    while at < len(text):
        usual = _USUAL.match(text, at)
        found = usual or form.match(text, at)
        if not found and form is _LIVE:
            form = _OBSOLETE
            continue
        if usual:
            message = _usual(usual, line)
        else:
            message = _message(found, line, form is _OBSOLETE) if found else None
        if found is None or message is None:
            return None
        messages.append(message)
        line += text.count("\n", at, found.end())
        at = found.end()
    return messages


def _usual(found: re.Match[str], line: int) -> Message | None:
    places, source, target = found.groups()
    return Message(None, source, target, (), (), tuple(places.split()), (), None, (), False, line)


def _message(found: re.Match[str], line: int, obsolete: bool) -> Message | None:
    """None where a string needs the slow reader."""
    above, old_context, old, old_more, context, text, more, target, target_more = found.groups()
    try:
        return Message(
            _plain(context),
            _joined(text, more),
            _joined(target, target_more),
            *_above(above),
            None if old is None else (_plain(old_context), _joined(old, old_more)),
            (),
            obsolete,
            line,
        )
    except ValueError:
        return None


def _above(text: str) -> Comments:
    """Nearly always the places alone."""
    if text.startswith("#: ") and text.count("\n") == 1:
        return (), (), tuple(text[3:].split()), ()
    return comments(text.split("\n")[:-1])


def _joined(first: str, more: str) -> str:
    """A string and the lines that continue it."""
    if not more:
        return unescaped(first, 0)
    found = _CONTINUED.findall(more)
    if len(found) != more.count("\n"):
        raise ValueError
    return unescaped(first, 0) + "".join(unescaped(line, 0) for line in found)


def _plain(text: str | None) -> str | None:
    return None if text is None else unescaped(text, 0)


def _check(messages: list[Message]) -> None:
    if not messages:
        hint = "take it from before, or delete it: catalog sync makes a new one"
        raise PoError(1, "the catalog is empty", hint)
    seen: dict[Key, int] = {}
    header = ""
    for message in messages:
        if message.obsolete:
            continue
        first = seen.setdefault((message.context, message.text), message.line)
        if first != message.line:
            said = f"msgid stands twice, first in line {first}"
            raise PoError(message.line, said, "keep one of the two entries")
        if not message.text and message.context is None:
            header = message.target
            _check_header(message)
        if message.plurals and not _PLURALS.search(header):
            hint = _PLURAL_HINT
            raise PoError(message.line, "plural forms, but no Plural-Forms in the header", hint)
        longest = len(message.target)
        if message.plurals:
            longest = max(longest, *map(len, message.plurals))
        if longest > LONGEST:
            said = f"a translation of {longest} characters; at most {LONGEST}"
            raise PoError(message.line, said, "take it out")


def _check_header(message: Message) -> None:
    charset = _CHARSET.search(message.target)
    if charset and charset[1].lower() not in ("utf-8", "utf8"):
        said = f"the header says charset={charset[1]}"
        raise PoError(message.line, said, "save as UTF-8 and say charset=UTF-8")
    if "Plural-Forms:" in message.target and not _PLURALS.search(message.target):
        raise PoError(message.line, "Plural-Forms in the header cannot be read", _PLURAL_HINT)
