"""gettext catalogs: read with the line of every entry, written so that two branches merge.

A catalog holds one section of the site in one language. Nothing in it changes by itself: no dates, no
line numbers, no wrapping; entries stand in the order of the pages. An old translation is never lost:
it is kept where the English has hardly changed (see `fuzzy`), else it moves to the obsolete part and
comes back when its source does.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from babel.messages.plurals import get_plural

from hub.catalog import approval, fuzzy, po
from hub.catalog.message import Key as Key
from hub.catalog.message import Message, write
from hub.catalog.reuse import Pool
from hub.problem import Problem

#: States whose text is shown as it is; stale texts are shown where `Entry.kept` says so.
TRANSLATED = ("official", "reviewed", "machine-drafted")


class CatalogError(ValueError):
    """A catalog that cannot be read, at `line`."""

    def __init__(self, path: Path, line: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.path, self.line, self.hint = path, line, hint


@dataclass(frozen=True)
class Source:
    """What a catalog must hold: a text, the places that use it (`page#id`), help for translators.

    `preview` is the address that shows it, without the language: 'teach/index.html#id'.
    """

    context: str | None
    text: str
    places: tuple[str, ...] = ()
    comment: str = ""
    preview: str = ""

    @property
    def key(self) -> Key:
        return self.context, self.text


class Entry(NamedTuple):
    """A translation. `state` is missing, stale, machine-drafted, reviewed or official.

    `kept`: stale, but near enough to be shown. `previous`: the English a stale text was made for.
    `lapsed`: the state it had before an edit, 'reviewed' or 'official'.
    """

    target: str
    line: int
    state: str
    reviewer: str = ""
    date: str = ""
    kept: bool = False
    previous: str = ""
    lapsed: str = ""

    @property
    def shown(self) -> bool:
        """True where readers get this text, False where they get English."""
        return self.kept or self.state in TRANSLATED


@dataclass(frozen=True)
class Catalog:
    """One PO file as a mapping from (msgctxt, msgid) to its entry."""

    path: Path
    entries: Mapping[Key, Entry]

    def translation(self, key: Key) -> str | None:
        """The text to show, or None where the reader gets English."""
        entry = self.entries.get(key)
        return entry.target if entry and entry.shown else None


def read(path: Path) -> Catalog:
    """The catalog at `path`; empty where there is no file. Raises `CatalogError` with a line."""
    found = messages(path)
    live = {(m.context, m.text): _entry(m) for m in found if m.text and not m.obsolete}
    return Catalog(path, live)


def messages(path: Path) -> list[Message]:
    """All that the file holds, header and obsolete part included; nothing where there is no file."""
    if not path.exists():
        return []
    try:
        return po.parse(po.decode(path.read_bytes()))
    except po.PoError as error:
        raise CatalogError(path, error.line, str(error), error.hint) from error
    except OSError as error:
        raise CatalogError(path, 0, f"cannot be read: {error.strerror}") from error


def problem_of(error: CatalogError, where: str, lang: str) -> Problem:
    return Problem(where, error.line, "catalog-syntax", str(error), error.hint, lang=lang)


def merge(path: Path, lang: str, sources: Iterable[Source]) -> str:
    """The text of the catalog at `path` brought up to date with `sources`, nothing lost.

    Raises `CatalogError` where the file that is there cannot be read: nothing is written then.
    """
    old = messages(path)
    wanted: dict[Key, Source] = {}
    for source in sources:
        wanted.setdefault(source.key, source)
    pool = Pool((message for message in old if message.text), wanted)
    new = [renewed(pool.take(key), source, lang) for key, source in wanted.items()]
    retired = [m._replace(obsolete=True, notes=(), places=()) for m in pool.rest() if m.translated]
    return write([header(lang, old), *new, *retired])


def renewed(message: Message, source: Source, lang: str) -> Message:
    """The message as the entry of `source`: its text, its places, what helps translators."""
    preview = f"Preview: /{lang}/{source.preview}" if source.preview else ""
    return message._replace(
        context=source.context,
        text=source.text,
        places=tuple(dict.fromkeys(source.places)),
        notes=tuple(filter(None, (source.comment, preview))),
        obsolete=False,
    )


def put(path: Path, targets: Mapping[Key, str]) -> str:
    """The text of the catalog with these translations put in; no entry is added, none is fuzzy after."""

    def changed(found: Message) -> Message:
        target = targets.get(found.key)
        if target is None or found.obsolete:
            return found
        flags = tuple(flag for flag in found.flags if flag != "fuzzy")
        return found._replace(target=target, flags=flags, previous=None)

    return write(changed(found) for found in messages(path))


def header(lang: str, old: Iterable[Message] = ()) -> Message:
    """Always the same fields, so that no tool's dates or names get in; comments of `old` stay."""
    before = [m.comments for m in old if not m.text and m.context is None and not m.obsolete]
    plural = get_plural(lang.replace("-", "_"))
    fields = (
        "Project-Id-Version: knowledge-hub",
        f"Language: {lang}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: nplurals={plural.num_plurals}; plural={plural.plural_expr};",
    )
    comments = before[0] if before and before[0] else ("",)
    return Message(None, "", "".join(f"{field}\n" for field in fields), comments)


def save(texts: Mapping[Path, str]) -> list[Path]:
    """Write every file whose text differs, and name them. No file is ever seen half written."""
    changed = [p for p, text in texts.items() if not p.exists() or p.read_bytes() != text.encode()]
    try:
        for path in changed:
            path.parent.mkdir(parents=True, exist_ok=True)
            _beside(path).write_text(texts[path], encoding="utf-8", newline="\n")
        for path in changed:  # only once all of them are on the disk
            os.replace(_beside(path), path.resolve())
    finally:
        for path in changed:
            with suppress(OSError):
                _beside(path).unlink(missing_ok=True)
    return changed


def _entry(message: Message) -> Entry:
    if not message.target:
        return Entry("", message.line, "missing")
    before = message.previous
    found = approval.find(message.comments) if message.comments else None
    if message.flags and message.fuzzy:
        kept = bool(
            before and before[0] == message.context and fuzzy.keeps(before[1], message.text)
        )
        lapsed = found.state if found else ""
        previous = before[1] if before else ""
        return Entry(message.target, message.line, "stale", "", "", kept, previous, lapsed)
    if not found:
        return Entry(message.target, message.line, "machine-drafted")
    if found.holds_for(message.text, message.target):
        return Entry(message.target, message.line, found.state, found.reviewer, found.date)
    return Entry(message.target, message.line, "machine-drafted", lapsed=found.state)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.new")
