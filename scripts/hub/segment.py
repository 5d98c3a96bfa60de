"""Markdown to segments and back: joining what `parse` returns gives the source, byte for byte.

Works on lines and indentation, as Python-Markdown does, and never renders: whatever is not text for
readers (markers, code, ids, raw tags) stays a plain string between the segments. A translation is put
in place of a segment's bytes; a segment that is not translated keeps its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hub import frontmatter, page
from hub.frontmatter import FrontMatter
from hub.markdown import grammar, reader
from hub.markdown.node import BLOCKS, Nodes, Segment

__all__ = ["BLOCKS", "Segment", "join", "outline", "parse", "segments"]


def parse(source: str, matter: FrontMatter | None = None) -> list[str | Segment]:
    """The nodes of a page, in order; `matter` is its front matter where it has been read already.

    Raises `frontmatter.FrontMatterError` for broken front matter.
    """
    nodes = Nodes()
    start = _front_matter(source, matter or frontmatter.parse(source), nodes)
    reader.read(source[start:], nodes, source.count("\n", 0, start) + 1)
    return nodes.finished()


def segments(source: str, matter: FrontMatter | None = None) -> list[Segment]:
    """Only what a translator sees."""
    return [node for node in parse(source, matter) if isinstance(node, Segment)]


def join(nodes: Iterable[str | Segment], put: Callable[[Segment], str]) -> str:
    """The page again, each segment as `put` writes it."""
    return "".join(node if isinstance(node, str) else put(node) for node in nodes)


def outline(source: str) -> list[tuple[str, str]]:
    """Kinds and places of all segments: equal for a page and its faithful translation."""
    return [(s.kind, s.where) for s in segments(source)]


def _front_matter(source: str, matter: FrontMatter, nodes: Nodes) -> int:
    """Add the front matter's nodes; where the text after it begins."""
    fields = page.translatable(str(matter.data.get("type", "")))
    position = 0
    for scalar in matter.scalars:
        text = scalar.value.strip()
        if fields.fullmatch(scalar.path) and grammar.LETTER.search(text):
            nodes.keep(source[position : scalar.start])
            raw = source[scalar.start : scalar.end]
            nodes.found.append(Segment(raw, text, "front-matter", scalar.line, scalar.path))
            position = scalar.end
    nodes.keep(source[position : matter.end])
    return matter.end
