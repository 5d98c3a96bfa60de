"""The lines of a page that people read, with their numbers, and the words in them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hub.page import Page

_CODE = re.compile(r"`[^`]*`")
_TARGET = re.compile(r"\]\([^)]*\)|\]\[[^\]]*\]|\{[:#.][^}]*\}|<[^>]*>|https?://\S+|^\[[^\]]+\]:.*")
_MARKS = re.compile(r"[*_]{1,3}|[\[\]]|^\s*(?:>|[-+*]|\d+[.)]|#+)\s+")


def prose_lines(page: Page) -> Iterable[tuple[int, str]]:
    """Lines of the body with their numbers, code left out."""
    first = page.source.count("\n", 0, page.matter.end) + 1
    fence = ""
    for number, line in enumerate(page.body.splitlines(), first):
        mark = re.match(r"[ \t>]*(`{3,}|~{3,})", line)
        if mark:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        elif not fence:
            yield number, line


def words_of(texts: Iterable[object] | None) -> int:
    """The number of words of a list of the front matter, 0 where there is none."""
    return sum(len(str(text).split()) for text in texts or ())


def plain(text: str) -> str:
    """Markdown without what is not read aloud: code, addresses, attributes, tags, markers."""
    return _MARKS.sub("", _TARGET.sub("", _CODE.sub("", text)))
