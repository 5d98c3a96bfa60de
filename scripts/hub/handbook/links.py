"""Codes of the handbook become links wherever a text names them: H03, H03-Q1, and [S1] for a source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

#: Tags and comments; between them stands text.
_TOKEN = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*>", re.S)
_CODE = re.compile(r"\[(S\d{1,2})\]|\b(H\d\d(?:-[COQK]\d{1,2})?)(?![\w-]*\w)")
_CLOSED = frozenset({"a", "script", "style", "code", "svg", "h1", "h2", "h3", "h4", "button"})


def link_codes(content: str, codes: Mapping[str, str], address: Callable[[str], str]) -> str:
    """`content` (HTML) with a link on each code of the handbook, and on each [S1] to the page's source.

    `address` makes an address of the page from one of the site. Headings, links and code stay as
    they are.
    """

    def link(found: re.Match[str]) -> str:
        source, code = found.groups()
        if source:
            return f'<a class="hub-source" href="#{source.lower()}">[{source}]</a>'
        if code not in codes:
            return found[0]
        return f'<a href="{address(codes[code])}"><bdi>{code}</bdi></a>'

    return "".join(part if closed else _CODE.sub(link, part) for part, closed in _parts(content))


def _parts(content: str) -> Iterator[tuple[str, bool]]:
    """Text and tags in turn; closed is what is a tag, or stands inside of what takes no links."""
    position, depth = 0, 0
    for tag in _TOKEN.finditer(content):
        yield content[position : tag.start()], depth > 0
        yield tag[0], True
        position = tag.end()
        if tag[2] and tag[2].lower() in _CLOSED:
            depth = max(0, depth - 1) if tag[1] else depth + 1
    yield content[position:], depth > 0
