"""Catalogs and terms for CAT tools: XLIFF and TBX by translate-toolkit, CSV for spreadsheets.

translate-toolkit is among the test requirements only: whoever builds the site does not need it.
"""

from __future__ import annotations

import csv
import hashlib
import importlib
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hub import catalog
from hub.catalog.message import Key
from hub.glossary import Term
from hub.problem import HubError

_LANGUAGE = re.compile(r"^Language: *(\S+)", re.M)


class Unfit(ValueError):
    """A file that cannot be taken in, at `line`."""

    def __init__(self, line: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.line, self.hint = line, hint


@dataclass(frozen=True)
class Pair:
    """A translation somebody else's program wrote."""

    key: Key
    target: str
    line: int


def xliff(path: Path, source: str, lang: str) -> str:
    """The catalog at `path` as XLIFF 1.1: every text, its places as notes, stale ones marked so."""
    kit = _toolkit("xliff")
    file = kit.xlifffile(sourcelanguage=source, targetlanguage=lang)
    file.setfilename(file.getfilenode("NoName"), path.name)
    entries = catalog.read(path).entries
    for message in catalog.messages(path):
        entry = entries.get(message.key)
        if message.obsolete or entry is None:
            continue
        unit = file.UnitClass(message.text)
        unit.setid(_id(message.key))
        if message.target:
            unit.target = message.target
        file.addunit(unit)
        for note in (*message.places, *message.notes):
            unit.addnote(note, "developer")
        if message.context is not None:
            unit.addnote(f"msgctxt: {message.context}", "developer")
        if entry.state == "stale":
            unit.markfuzzy(True)
        elif entry.state in ("reviewed", "official"):
            unit.markapproved(True)
    return bytes(file).decode()


def read_xliff(path: Path, lang: str) -> list[Pair]:
    """The translated units of a file; what is marked as needing work is left out."""
    kit = _toolkit("xliff")
    data = path.read_bytes()
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        line = data[: data.index(b"<!")].count(b"\n") + 1
        raise Unfit(line, "XLIFF has no document type", "export the file again")
    try:
        file = kit.xlifffile.parsestring(data)
        units = file.units
    except (ValueError, SyntaxError, RuntimeError) as error:  # lxml's errors are SyntaxErrors
        line = getattr(error, "lineno", None) or 1
        raise Unfit(line, f"not XLIFF: {error}") from error
    _same_language(1, str(file.gettargetlanguage() or ""), lang)
    pairs = []
    for unit in units:
        if not unit.target or _needs_work(unit):
            continue
        text, line = str(unit.source), unit.xmlelement.sourceline
        targets = unit.xmlelement.findall("{*}target")
        if len(targets) > 1 or len(targets[0]):
            hint = "write the text as it is in the catalog, ** and [links](…) included"
            raise Unfit(line, "a target with tags, or two targets", hint)
        notes = str(unit.getnotes("developer")).split("\n")
        contexts = [n.removeprefix("msgctxt: ") for n in notes if n.startswith("msgctxt: ")]
        key = (contexts[0] if contexts else None), text
        if str(unit.getid()).rpartition("\x04")[2] != _id(key):
            raise Unfit(line, "the English text was changed", "change targets only")
        pairs.append(Pair(key, str(unit.target), line))
    return pairs


def read_po(path: Path, lang: str) -> list[Pair]:
    """The translated entries of a PO file that are not fuzzy. Raises `CatalogError`."""
    messages = catalog.messages(path)
    for message in messages:
        if not message.text and not message.obsolete:
            said = _LANGUAGE.search(message.target)
            _same_language(message.line, said[1] if said else "", lang)
    return [
        Pair(message.key, message.target, message.line)
        for message in messages
        if message.text and message.target and not message.obsolete and not message.fuzzy
    ]


def tbx(terms: Iterable[Term], source: str) -> str:
    """The term base as TBX: a concept a row, a term in every language, the definition as its note."""
    kit = _toolkit("tbx")
    file = kit.tbxfile(sourcelanguage=source)
    for term in terms:
        unit = file.UnitClass(term.names[source])
        unit.setid(term.id)
        file.addunit(unit)
        for code, name in term.names.items():
            if code != source and name:
                unit.settarget(name, lang=code, append=True)
        if term.definition:
            unit.addnote(term.definition)
    return bytes(file).decode()


def terms_csv(terms: Iterable[Term], codes: Iterable[str]) -> str:
    """The same for a spreadsheet or a CAT tool: id, definition, a column a language."""
    codes = list(codes)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "definition", *codes])
    for term in terms:
        names = (term.names.get(code, "") for code in codes)
        writer.writerow([term.id, term.definition, *names])
    return out.getvalue()


def _same_language(line: int, said: str, lang: str) -> None:
    if said.replace("_", "-").partition("-")[0].lower() not in ("", lang.partition("-")[0]):
        hint = f"name its language: catalog absorb {said} …"
        raise Unfit(line, f"the file says that it is '{said}', not '{lang}'", hint)


def _id(key: Key) -> str:
    return hashlib.sha256(f"{key[0] or ''}\x04{key[1]}".encode()).hexdigest()[:16]


def _needs_work(unit: Any) -> bool:
    # Not `unit.isfuzzy()`: that is true of every translation nobody has approved.
    target = unit.xmlelement.find("{*}target")
    return str(target.get("state", "")).startswith("needs-")


def _toolkit(storage: str) -> Any:
    try:
        return importlib.import_module(f"translate.storage.{storage}")
    except ImportError as error:
        hint = "run: python3 scripts/setup.py test"
        raise HubError("translate-toolkit is not installed", hint) from error
