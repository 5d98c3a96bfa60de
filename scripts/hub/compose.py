"""English Markdown + translations → the localized page, with the same ids and the same structure.

Pure: the same source and translations always give the same text, and with no translations at all the
source comes back byte for byte. Knows neither MkDocs nor files.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hub import frontmatter, segment
from hub.segment import Segment

Translate = Callable[[Segment], str | None]


class ComposeError(ValueError):
    """A translation breaks the page it is put into; `segment` is the first that differs."""

    def __init__(self, message: str, at: Segment | None) -> None:
        super().__init__(message)
        self.segment = at


@dataclass(frozen=True)
class Composed:
    """`text` is Markdown; `untranslated` the front matter paths, and `missing` the number of texts,
    that are still in the source language."""

    text: str
    untranslated: tuple[str, ...]
    missing: int


def compose(source: str, translate: Translate, mark: str = "") -> Composed:
    """The page with every text replaced that `translate` knows.

    `mark` is put before blocks that stay in the source language (see `fallback`).
    Raises `ComposeError` where the result has another structure than the source, and
    `frontmatter.FrontMatterError` where the source's own front matter cannot be read.
    """
    nodes = segment.parse(source)
    targets = {id(n): translate(n) for n in nodes if isinstance(n, Segment)}
    text = segment.join(nodes, lambda node: node.put(targets[id(node)], mark))
    untouched = [n for n in nodes if isinstance(n, Segment) and not targets[id(n)]]
    if len(untouched) < len(targets):
        _same_structure(source, text.replace(mark, "") if mark else text, nodes)
    paths = tuple(n.where for n in untouched if n.kind == "front-matter")
    return Composed(text, paths, len(untouched))


def _same_structure(source: str, text: str, nodes: list[str | Segment]) -> None:
    expected = [node for node in nodes if isinstance(node, Segment)]
    try:
        before, after = frontmatter.parse(source), frontmatter.parse(text)
        got = segment.segments(text)
    except frontmatter.FrontMatterError as error:
        raise ComposeError(f"front matter breaks: {error}", None) from error
    if frontmatter.shape(before.data) != frontmatter.shape(after.data):
        raise ComposeError("front matter has other keys than the source", None)
    # A translation without a letter ('2009') is no segment any more: skip what cannot be found again.
    by_place = iter(got)
    candidate = next(by_place, None)
    for wanted in expected:
        if candidate is not None and (candidate.kind, candidate.where) == (
            wanted.kind,
            wanted.where,
        ):
            candidate = next(by_place, None)
        elif candidate is None or not _may_vanish(wanted):
            raise ComposeError("the translation changes the structure of the page", wanted)
    if candidate is not None:
        raise ComposeError("the translation adds a block to the page", candidate)


def _may_vanish(wanted: Segment) -> bool:
    # Their places are held by something else: a table, tags, YAML that was compared already.
    return wanted.kind in ("cell", "html", "caption", "front-matter")
