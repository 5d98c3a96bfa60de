"""The kinds of faults.yml, planted in a made-up site: each on a page of its own where it stands on a page.

What is planted tells where it must be reported, so that a checker can be held against it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from itertools import cycle
from pathlib import Path
from string import Template
from typing import Any

import yaml

from hub.bench.place import ADDRESS, Website
from hub.problem import HubError, Problem

_FILE = Path(__file__).parent / "faults.yml"
_END_OF_TEXT, _END_OF_HEAD = b"<!-- end of text -->", b"\n  </head>"
#: Lessons that texts link to: they stay as they are.
_UNTOUCHED = 3


@dataclass(frozen=True)
class Planted:
    """A fault in the site: `rule` must report it at `file` and `line` (0: the file as a whole).

    `page` is the page it stands on, '' where it stands on none; `own` are that page and new files, where no other
    fault is; `touched` are the other files and the page's translations, where rules that fit the patterns in `also`
    may report what follows from it; `signs` are names that no other fault has.
    """

    kind: str
    group: str
    rule: str
    file: str
    line: int
    page: str
    own: frozenset[str]
    touched: frozenset[str]
    also: tuple[str, ...]
    signs: frozenset[str]

    def reported(self, problem: Problem) -> bool:
        return (problem.rule, problem.file, problem.line) == (self.rule, self.file, self.line)

    def follows(self, problem: Problem) -> bool:
        """True for a report that is no false alarm, though it is not the one that is asked for: what else is said
        of the same line, or what the fault brings with it."""
        if (problem.file, problem.line) == (self.file, self.line):
            return True
        if problem.file not in {self.file, self.page, *self.touched}:
            return False
        return any(fnmatch(problem.rule, pattern) for pattern in self.also)


def kinds() -> list[dict[str, Any]]:
    """The entries of faults.yml with their `group`, in the file's order."""
    groups = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return [{**entry, "group": group} for group, entries in groups.items() for entry in entries]


def plant(site: Website, entries: Iterable[dict[str, Any]]) -> list[Planted]:
    """Put the faults into the site's files. Raises `HubError` for an entry that does not fit the site."""
    rounds = cycle(language.code for language in site.languages)
    used: Counter[str] = Counter()
    sown = []
    for entry in entries:
        code = entry.get("lang") or next(rounds)
        page = entry.get("page")
        if page is None:
            used[code] += 1
            page = f"teach/lessons/lesson-{_UNTOUCHED + used[code]:03}.html"
            if page not in site.pages:
                raise HubError(
                    f"no lesson is left in '{code}' for {entry['kind']}", "make more pages"
                )
        sown.append(_Plot(site, entry, code, page))
    for plot in sown:
        plot.sow()
    planted = [plot.label() for plot in sown]  # lines are known when all is planted
    often = Counter(sign for fault in planted for sign in fault.signs)
    return [replace(f, signs=frozenset(s for s in f.signs if often[s] == 1)) for f in planted]


def signs(text: str) -> frozenset[str]:
    """The names of missing things in a text: 'no-such-…'."""
    return frozenset(re.findall(r"no-such[\w.-]*", text))


class _Plot:
    """One kind and the page it is planted on."""

    def __init__(self, site: Website, entry: dict[str, Any], code: str, page: str) -> None:
        source = next(lang.code for lang in site.languages if lang.is_source)
        folder = "" if code == source else f"{code}/"
        self.root, self.page, self.kind = site.root, folder + page, entry["kind"]
        self.entry = _filled(
            entry,
            {
                "lang": code,
                "folder": folder,
                "page": page,
                "name": page.rpartition("/")[2],
                "up": "/".join([".."] * self.page.count("/")) or ".",
                "home": "/".join([".."] * page.count("/")) or ".",
                "site": ADDRESS.rstrip("/"),
                "own": (ADDRESS + folder).rstrip("/"),
            },
        )
        others = ("" if lang.is_source else f"{lang.code}/" for lang in site.languages)
        self.versions = {other + page for other in others}

    def sow(self) -> None:
        entry = self.entry
        for new in entry.get("add", ()):
            path = self.root / new["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self._content(new))
        if "text" in entry:
            self._replace(self.page, _END_OF_TEXT, f"{entry['text']}\n".encode() + _END_OF_TEXT)
        if "head" in entry:
            self._replace(self.page, _END_OF_HEAD, f"\n{entry['head']}".encode() + _END_OF_HEAD)
        for edit in entry.get("edit", ()):
            put = bytes.fromhex(edit["hex"]) if "hex" in edit else edit["put"].encode()
            self._replace(edit.get("file", self.page), edit["find"].encode(), put, edit)

    def label(self) -> Planted:
        entry = self.entry
        file = self._named(entry.get("file", self.page))
        edited = {self._named(edit.get("file", self.page)) for edit in entry.get("edit", ())}
        on_page = bool({"text", "head"} & entry.keys()) or self.page in edited
        own = {new["file"] for new in entry.get("add", ())}
        own |= {self.page} if on_page else set()
        return Planted(
            kind=self.kind,
            group=entry["group"],
            rule=entry["rule"],
            file=file,
            line=entry["line"] if "line" in entry else self._line(file),
            page=self.page if on_page else "",
            own=frozenset(own),
            touched=frozenset(own | edited | self.versions),
            also=tuple(entry.get("also", ())),
            signs=signs(" ".join(_texts(entry))),
        )

    def _content(self, new: dict[str, Any]) -> bytes:
        if "copy" not in new:
            return str(new["text"]).encode()
        content = bytearray((self.root / new["copy"]).read_bytes()[: new.get("keep")])
        if "flip" in new:
            content[new["flip"]] ^= 0xFF
        return bytes(content)

    def _replace(
        self, file: str, find: bytes, put: bytes, how: dict[str, Any] | None = None
    ) -> None:
        how = how or {}
        path = self.root / self._named(file)
        content = path.read_bytes()
        start = self._nth(content, find, how.get("nth"), file)
        end = start + len(find)
        if "through" in how:
            through = how["through"].encode()
            end += self._nth(content[end:], through, 1, file) + len(through)
        take = how.get("take", 0)
        start, end = start + min(take, 0), end + max(take, 0)
        path.write_bytes(content[:start] + put + content[end:])

    def _named(self, file: str) -> str:
        """A path, or the one that fits a pattern: some names hold a digest."""
        if "*" not in file:
            return file
        (found,) = self.root.glob(file)
        return found.relative_to(self.root).as_posix()

    def _line(self, file: str) -> int:
        entry = self.entry
        put = next((edit["put"] for edit in entry.get("edit", ()) if "put" in edit), "")
        at = entry.get("at") or entry.get("text") or entry.get("head") or put.partition("\n")[0]
        content = (self.root / file).read_bytes()
        start = self._nth(content, at.encode(), entry.get("nth"), file)
        return content.count(b"\n", 0, start) + 1 - int(entry.get("above", 0))

    def _nth(self, content: bytes, text: bytes, nth: int | None, file: str) -> int:
        """Where `text` stands: it stands there once, or `nth` (from 1) says which is meant."""
        places = [match.start() for match in re.finditer(re.escape(text), content)]
        if nth is None and len(places) == 1:
            return places[0]
        if nth is not None and nth <= len(places):
            return places[nth - 1]
        shown = text.decode(errors="replace")
        raise HubError(f"{self.kind}: '{shown}' stands {len(places)} times in {file}")


def _filled(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, str):
        return Template(value).safe_substitute(names)
    if isinstance(value, list):
        return [_filled(item, names) for item in value]
    if isinstance(value, dict):
        return {key: _filled(item, names) for key, item in value.items()}
    return value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
