"""Composed pages must have the same blocks as the English ones; each translation that breaks one.

The proof is to compose the page and take it apart again. Most translations cannot change a structure:
they start with a letter and stand on one line. A page is composed with the others alone, and only
where there are any. `is_plain` says which they are; a test holds it to the composed page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hub import compose, frontmatter
from hub.catalog import Catalog, Entry
from hub.page import Page
from hub.problem import Problem
from hub.segment import BLOCKS, Segment

#: A start that no rule of Markdown takes for a marker: a letter, a word in bold, a link, a number
#: that is no list's, an opening quote or bracket.
_START = re.compile(
    r"(?:[«“‘„「《][ \u00a0\u202f]?|['\"(¿¡（]|\*{1,2}(?=[^\W_]|[«“‘„'\"(¿¡「《])"
    r"|\[(?=[^\W_])(?!TOC\]|[^\]]*\]:))*(?:[^\W\d_]|\d+(?![\d.)]))"
)
#: What ends a line, a cell or a heading, opens code, a tag or a template, or is no text at all.
_RISKY = re.compile(r"[|\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_RISKY_ENDS = ("\\", "#", "}")
_LETTER = re.compile(r"[^\W\d_]")
_HINT = "write it as one block: no empty lines, no list or heading marks of its own"


def check(
    page: Page, segments: Sequence[Segment], catalog: Catalog, where: str, lang: str
) -> Iterator[Problem]:
    """The faults of one page in one language; `segments` are the page's own."""
    risky: dict[tuple[str | None, str], Entry] = {}
    in_front_matter = False
    entries = catalog.entries
    for item in segments:
        entry = entries.get(item.key)
        if entry and entry.shown and not is_plain(item, entry.target):
            risky[item.key] = entry
            in_front_matter = in_front_matter or item.kind == "front-matter"
    if not risky:
        return
    source = page.source if in_front_matter else _body(page)
    if _breaks(source, risky) is None:
        return
    for key, entry in risky.items():
        message = _breaks(source, {key: entry})
        if message:
            said = f"{message} ({page.path})"
            yield Problem(where, entry.line, "structure", said, _HINT, lang=lang)


def is_plain(item: Segment, target: str) -> bool:
    """True where putting `target` in place of `item` cannot change the structure of any page."""
    has_letter = target[:1].isalpha() or bool(_LETTER.search(target))
    if not has_letter or _RISKY.search(target) or "\n" in item.text:
        return False
    if item.kind == "front-matter":
        return "\n" not in item.raw and item.raw[:1] not in "|>"
    if item.kind not in BLOCKS and item.kind not in ("caption", "html", "abbreviation"):
        return False
    if item.kind == "caption" and "`" in target:
        return False  # the line that opens a fence ends its own way
    if item.kind in ("html", "cell") and ("<" in target or "`" in target):
        return (
            "<" not in target and item.kind == "cell" and "`" in item.text and _even(target, item)
        )
    ends = not target.rstrip().endswith(_RISKY_ENDS)
    return ends and _starts_plainly(target) and _starts_plainly(item.text)


def _starts_plainly(text: str) -> bool:
    return text[0].isalpha() or bool(_START.match(text))


def _even(target: str, item: Segment) -> bool:
    """Code that is opened is closed, in both: what follows in the row stays outside."""
    return target.count("`") % 2 == 0 == item.text.count("`") % 2


def _body(page: Page) -> str:
    """The page without its front matter, which is slow to read, where nothing in it is in doubt."""
    return page.source if page.body.startswith(("---", "...")) else page.body


def _breaks(source: str, entries: dict[tuple[str | None, str], Entry]) -> str | None:
    """What composing says where it fails."""

    def translate(item: Segment) -> str | None:
        entry = entries.get(item.key)
        return entry.target if entry else None

    try:
        compose.compose(source, translate)
    except compose.ComposeError as error:
        return str(error)
    except frontmatter.FrontMatterError:
        return None  # the content check reports it
    return None
