"""What somebody may have meant: other spellings, the same page elsewhere, the closest name.

A suggestion is `sure` where nothing else can have been meant; only those are written by `fix links`.
"""

from __future__ import annotations

import difflib
import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, cached_property
from typing import NamedTuple
from urllib.parse import unquote

from hub.checks.links.closest import Closest
from hub.checks.links.reader import Facts
from hub.checks.links.site import Site

#: How many names are compared in one run.
_COMPARISONS = 100_000


class Suggestion(NamedTuple):
    """`rule`: what kind of mistake it was, '' where that is not known. `meant`: a file or an id."""

    hint: str
    rule: str = ""
    meant: str = ""
    sure: bool = False


class Hints:
    """Suggestions for one site; each question is answered once."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._files: dict[tuple[str, str], Suggestion] = {}
        self._anchors: dict[tuple[str, str], Suggestion] = {}
        self._ids = cache(self._by_spelling)
        self._left = _COMPARISONS

    def file(self, page: str, file: str) -> Suggestion:
        """For a file that does not exist, named by a page."""
        key = (self.site.languages.of(page), file)
        if key not in self._files:
            self._files[key] = self._file(page, file)
        return self._files[key]

    def anchor(self, file: str, fragment: str) -> Suggestion:
        """For an id that a page does not have."""
        key = (file, fragment)
        if key not in self._anchors:
            self._anchors[key] = self._anchor(file, fragment)
        return self._anchors[key]

    def _file(self, page: str, file: str) -> Suggestion:
        sizes = self.site.tree.sizes
        for known, rule, why in (
            (self._folded, "letter-case", "capital letters count"),
            (self._normal, "unicode-form", "it is written in another Unicode form"),
        ):
            same = known.get(file.casefold() if rule == "letter-case" else _nfc(file), [])
            if same:
                hint = f"the file is '{same[0]}': {why}"
                return Suggestion(hint, rule, same[0], len(same) == 1)
        again = unquote(file)
        if again != file and again in sizes:
            return _meant(again, "double-encoding")
        if file.endswith(".md"):
            for made in (f"{file[:-3]}.html", f"{file[:-3]}/index.html"):
                if made in sizes:
                    return _meant(made, "link-source")
        for made in (f"{file}.html", file.removesuffix(".html") + "/index.html", f"{file}l"):
            if made in sizes:
                return _meant(made)
        return self._elsewhere(page, file)

    def _elsewhere(self, page: str, file: str) -> Suggestion:
        tree, languages = self.site.tree, self.site.languages
        own = languages.version(file, languages.of(page))
        for version in (own, *(languages.version(file, code) for code in languages.all)):
            if version in tree.sizes and version != file:
                return _meant(version, sure=version == own)
        name = posixpath.basename(file)
        if name not in ("index.html", ""):
            alike = [f for f in tree.by_name.get(name, ()) if languages.of(f) == languages.of(page)]
            if len(alike) == 1:
                return _meant(alike[0])
            spelt = [f for f in self._spelt.get(_spelling(file), ()) if f != file]
            if len(spelt) == 1:
                return _meant(spelt[0])
        close = self._closest.to(file)
        if close:
            return _meant(self._as_written(file, close), sure=False)
        return Suggestion(f"no file '{file}' in the site")

    def _as_written(self, file: str, meant: str) -> str:
        """A page as our Markdown names it, where the link names one so."""
        project = self.site.project
        source = self.site.languages.plain(meant).removesuffix(".html") + ".md"
        ours = file.endswith(".md") and project and (project.docs / source).is_file()
        return source if ours else meant

    def _anchor(self, file: str, fragment: str) -> Suggestion:
        folded = self._ids(file, str.casefold).get(fragment.casefold())
        if folded:
            return _meant_id(folded[0], "anchor-case", len(folded) == 1)
        spelt = self._ids(file, _spelling).get(_spelling(fragment))
        if spelt:
            return _meant_id(spelt[0], "anchor-spelling", len(spelt) == 1)
        moved = self._position(file, fragment)
        if moved:
            return Suggestion(f"the heading at its place is '#{moved}'", "", moved)
        ids = self.site.pages[file].ids
        close = difflib.get_close_matches(fragment, ids, 1) if self._affords(len(ids)) else ()
        if close:
            return _meant_id(close[0], "", False)
        others = self._having.get((self.site.languages.of(file), fragment), ())
        if len(others) == 1:
            return Suggestion(f"'{others[0]}' has it")
        return Suggestion(f"{file} has no such id")

    def _affords(self, comparisons: int) -> bool:
        """Looking for what was nearly right ends where so much is wrong that nobody reads the hints."""
        self._left -= comparisons
        return self._left >= 0

    def _position(self, file: str, fragment: str) -> str:
        """The id at the place where the source language's page has this one."""
        original = self.site.languages.version(file, self.site.languages.source)
        if original == file or original not in self.site.pages:
            return ""
        before, after = _text_ids(self.site.pages[original]), _text_ids(self.site.pages[file])
        if fragment not in before or len(before) != len(after):
            return ""
        return after[before.index(fragment)]

    def _by_spelling(self, file: str, spelling: Callable[[str], str]) -> dict[str, list[str]]:
        return _by(self.site.pages[file].ids, spelling)

    @cached_property
    def _having(self) -> dict[tuple[str, str], list[str]]:
        """The pages that have an id, by language and id."""
        found: dict[tuple[str, str], list[str]] = {}
        for page, facts in self.site.pages.items():
            code = self.site.languages.of(page)
            for name in facts.ids:
                found.setdefault((code, name), []).append(page)
        return found

    @cached_property
    def _closest(self) -> Closest:
        return Closest(self.site.tree.sizes, self._affords)

    @cached_property
    def _folded(self) -> dict[str, list[str]]:
        return _by(self.site.tree.sizes, str.casefold)

    @cached_property
    def _normal(self) -> dict[str, list[str]]:
        return _by(self.site.tree.sizes, _nfc)

    @cached_property
    def _spelt(self) -> dict[str, list[str]]:
        return _by(self.site.tree.sizes, _spelling)


def _by(names: Iterable[str], spelling: Callable[[str], str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(spelling(name), []).append(name)
    return found


def _meant(file: str, rule: str = "", sure: bool = True) -> Suggestion:
    return Suggestion(f"did you mean '{file}'?", rule, file, sure)


def _meant_id(name: str, rule: str, sure: bool) -> Suggestion:
    return Suggestion(f"did you mean '#{name}'?", rule, name, sure)


def _text_ids(facts: Facts) -> list[str]:
    return [name for name, value in facts.ids.items() if value & 1]


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _spelling(text: str) -> str:
    """Alike for what people take for the same: NFC, case, percent, and - for _ and spaces."""
    return re.sub(r"[-_\s+]+", "-", _nfc(unquote(unquote(text))).casefold()).strip("-")
