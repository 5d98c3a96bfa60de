"""gettext catalogs: read with the line of every entry, written so that two branches merge.

A catalog holds one section of the site in one language. Nothing in it changes by itself: no dates, no
line numbers, no wrapping; entries stand in the order of the pages. An old translation is never lost:
what no page uses any more moves to the obsolete part and comes back when its source does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polib
from babel.messages.plurals import get_plural

from hub.problem import Problem

Key = tuple[str | None, str]

_LINE = re.compile(r"\(line (\d+)\)")
_SOUND = re.compile(
    r'\s*(#.*|((#~ ?)?(msgctxt|msgid|msgid_plural|msgstr(\[\d\])?)[ \t]+)?"([^"\\]|\\.)*"\s*)?$'
)
_QUOTES = 'every text stands in double quotes; a quote inside a text is written \\"'
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})( |$)", re.M)


class CatalogError(ValueError):
    """A catalog that cannot be read, at `line`."""

    def __init__(self, path: Path, line: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.path, self.line, self.hint = path, line, hint


@dataclass(frozen=True)
class Source:
    """What a catalog must hold: a text, the places that use it (`page#id`), help for translators."""

    context: str | None
    text: str
    places: tuple[str, ...] = ()
    comment: str = ""

    @property
    def key(self) -> Key:
        return self.context, self.text


@dataclass(frozen=True)
class Entry:
    """A translation. `state` is missing, stale, machine-drafted, reviewed or official."""

    target: str
    line: int
    state: str


@dataclass(frozen=True)
class Catalog:
    """One PO file as a mapping from (msgctxt, msgid) to its entry."""

    path: Path
    entries: Mapping[Key, Entry]

    def translation(self, key: Key) -> str | None:
        """The text to show, or None where the reader gets English: missing or stale."""
        entry = self.entries.get(key)
        return entry.target if entry and entry.state not in ("missing", "stale") else None


def read(path: Path) -> Catalog:
    """The catalog at `path`; empty where there is no file. Raises `CatalogError` with a line."""
    if not path.exists():
        return Catalog(path, {})
    entries: dict[Key, Entry] = {}
    for entry in _load(path):
        if not entry.obsolete:
            entries[entry.msgctxt, entry.msgid] = Entry(
                entry.msgstr, entry.linenum or 0, _state(entry)
            )
    return Catalog(path, entries)


def problem_of(error: CatalogError, where: str, lang: str) -> Problem:
    return Problem(where, error.line, "catalog-syntax", str(error), error.hint, lang=lang)


def merge(path: Path, lang: str, sources: Iterable[Source]) -> str:
    """The text of the catalog at `path` brought up to date with `sources`, nothing lost.

    Raises `CatalogError` where the file that is there cannot be read: nothing is written then.
    """
    old = _load(path) if path.exists() else polib.POFile(wrapwidth=0)
    known: dict[Key, polib.POEntry] = {(entry.msgctxt, entry.msgid): entry for entry in old}
    new = polib.POFile(wrapwidth=0)
    new.metadata = _metadata(lang)
    used = set()
    for source in sources:
        if source.key in used:
            continue
        used.add(source.key)
        entry = known.get(source.key) or polib.POEntry(msgid=source.text, msgctxt=source.context)
        entry.obsolete = False
        entry.occurrences = [(place, "") for place in dict.fromkeys(source.places)]
        entry.comment = source.comment
        new.append(entry)
    for key, entry in known.items():
        if key not in used and entry.msgstr:
            entry.obsolete = True
            entry.occurrences, entry.comment = [], ""
            new.append(entry)
    return str(new).rstrip("\n") + "\n"


def _load(path: Path) -> polib.POFile:
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise CatalogError(path, line, "not UTF-8", "save the file as UTF-8") from error
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        raise CatalogError(path, line, "merge conflict marker", "choose one side, delete the marks")
    if "\0" in text:
        raise CatalogError(path, text.count("\n", 0, text.index("\0")) + 1, "NUL byte")
    for number, written in enumerate(text.split("\n"), 1):
        # polib overlooks a missing quote and drops what follows.
        if not _SOUND.match(written):
            raise CatalogError(path, number, "not gettext syntax", _QUOTES)
    try:
        # polib takes a path or a text; a text that names no file and holds a newline is a text.
        loaded = polib.pofile(text or "\n", wrapwidth=0, check_for_duplicates=False)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        found = _LINE.search(str(error))
        message = re.sub(r"Syntax error in po file\s*(.*?\(line \d+\))?:?\s*", "", str(error))
        line = int(found[1]) if found else 1
        raise CatalogError(path, line, message.strip() or "not gettext syntax", _QUOTES) from error
    seen: dict[Key, int] = {}
    for entry in loaded:
        key = (entry.msgctxt, entry.msgid)
        if not entry.obsolete and key in seen:
            message = f"msgid stands twice, first in line {seen[key]}"
            raise CatalogError(path, entry.linenum or 0, message, "keep one of the two entries")
        if not entry.obsolete:
            seen[key] = entry.linenum or 0
    return loaded


def _state(entry: polib.POEntry) -> str:
    if not entry.msgstr:
        return "missing"
    return "stale" if entry.fuzzy else "machine-drafted"


def _metadata(lang: str) -> dict[str, str]:
    plural = get_plural(lang.replace("-", "_"))
    return {
        "Project-Id-Version": "knowledge-hub",
        "Language": lang,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": f"nplurals={plural.num_plurals}; plural={plural.plural_expr};",
    }
