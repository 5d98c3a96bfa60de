"""The file whose path differs least from one that does not exist: a name in the same folder that is
nearly the same, else the same name in a folder that is.

A page is compared without its ending, and without index.html; other files with their own kind.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher

from hub.checks.links.tree import PAGES

#: At most so many letters differ, and no more than a third of the name's.
_MOST = 3


class Closest:
    """Of these files; `affords` says whether so many comparisons more may be made."""

    def __init__(self, files: Iterable[str], affords: Callable[[int], bool]) -> None:
        self._affords = affords
        self._in_folder: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        self._of_name: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for file in files:
            folder, name, kind = _parts(file)
            self._in_folder[folder, kind].append((name, file))
            self._of_name[name, kind].append((folder, file))

    def to(self, file: str) -> str:
        """The one file that is closest, '' where none is close or two are equally so."""
        folder, name, kind = _parts(file)
        most = min(_MOST, len(name) // 3)
        found = self._nearest(name, self._in_folder.get((folder, kind), ()), most)
        if not found:
            found = self._nearest(folder, self._of_name.get((name, kind), ()), most)
        return found[0] if len(found) == 1 else ""

    def _nearest(self, wanted: str, known: Iterable[tuple[str, str]], most: int) -> list[str]:
        """The files whose names need the fewest letters changed, if no more than `most`."""
        alike = [item for item in known if abs(len(item[0]) - len(wanted)) <= most]
        if not alike or not self._affords(len(alike)):
            return []
        by_edits: dict[int, list[str]] = defaultdict(list)
        for name, file in alike:
            by_edits[_edits(wanted, name)].append(file)
        least = min(by_edits)
        return by_edits[least] if least <= most else []


def _parts(file: str) -> tuple[str, str, str]:
    """Folder, name and kind ('' of a page)."""
    path, end = posixpath.splitext(file)
    kind = "" if end.lower() in (*PAGES, ".md") else end.lower()
    folder, name = posixpath.split(path)
    if not kind and name == "index" and folder:
        folder, name = posixpath.split(folder)
    return folder, name, kind


def _edits(one: str, other: str) -> int:
    """How many letters are added, left out or changed."""
    changes = SequenceMatcher(None, one, other, False).get_opcodes()
    return sum(max(a - b, c - d) for tag, b, a, d, c in changes if tag != "equal")
