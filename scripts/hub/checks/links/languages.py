"""Which language each page of a built site is in: by its folder, and by what the page says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property

from hub.checks.links.reader import Facts

CODE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z]{4})?(-(?:[a-zA-Z]{2}|[0-9]{3}))?(-[a-zA-Z0-9]{4,8})*$")
_FOLDER = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?$")


class Languages:
    """`folders` holds a language code by the folder its pages are in; '' is the root's.

    `codes` are the project's languages; for a foreign site they are taken from its pages: a folder
    is a language's if its name is the language that its pages say.
    """

    def __init__(
        self, pages: Mapping[str, Facts], codes: Iterable[str] = (), source: str = ""
    ) -> None:
        self.pages = pages
        self.source = source or self._said(name for name in pages if "/" not in name)
        self.folders = {code: code for code in codes if code != self.source} or self._guessed()

    def of(self, file: str) -> str:
        """The language of a file by its folder: 'fr/a.html', 'downloads/fr/a.html', 'feeds/fr.xml';
        the source language's for all others."""
        first, slash, rest = file.partition("/")
        if first in self.folders or not slash:
            return self.folders.get(first, self.source)
        *below, name = rest.split("/")
        if not name.endswith((".html", ".htm")):
            below.append(name.partition(".")[0])
        return next((self.folders[part] for part in below if part in self.folders), self.source)

    def plain(self, file: str) -> str:
        """The path without its language's folder: equal for all versions of a page."""
        first, slash, rest = file.partition("/")
        return rest if slash and first in self.folders else file

    def prefixed(self, file: str) -> str:
        """The language a page is in by its folder; '' for the source language's."""
        return self.of(file) if self.plain(file) != file else ""

    def version(self, file: str, code: str) -> str:
        """The path of a page's version in a language, whether it exists or not."""
        plain, folder = self.plain(file), self._folders.get(code, "")
        return f"{folder}/{plain}" if folder else plain

    @cached_property
    def _folders(self) -> dict[str, str]:
        """The folder by the language."""
        return {code: folder for folder, code in reversed(self.folders.items())}

    @cached_property
    def all(self) -> list[str]:
        return [self.source, *self.folders.values()]

    def versions(self, file: str) -> dict[str, str]:
        """Every version of a page that exists, by language."""
        found = {code: self.version(file, code) for code in self.all}
        return {code: name for code, name in found.items() if name in self.pages}

    def _guessed(self) -> dict[str, str]:
        found = {}
        tops = {name.partition("/")[0] for name in self.pages if "/" in name}
        for top in sorted(filter(_FOLDER.match, tops)):
            said = self._said(n for n in self.pages if n.startswith(f"{top}/"))
            if same(said, top.replace("_", "-")) and said != self.source:
                found[top] = said
        return found

    def _said(self, names: Iterable[str]) -> str:
        """What most of these pages say."""
        counts: dict[str, int] = {}
        for name in names:
            said = self.pages[name].head.get("lang") or ""
            counts[said] = counts.get(said, 0) + 1
        return max(counts, key=lambda said: (counts[said], said), default="")


@cache
def same(one: str, other: str) -> bool:
    """Equal, or one of them only less precise: 'fr' and 'fr-CA'."""
    first, second = one.lower().replace("_", "-"), other.lower().replace("_", "-")
    return first == second or first.startswith(f"{second}-") or second.startswith(f"{first}-")
