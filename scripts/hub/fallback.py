"""English text inside another language's page says so: `lang="en" dir="ltr"` on its element.

Composition puts `MARK` before a source text that has no translation; this Markdown extension takes
the mark away again and tags the element. Raw HTML and attributes never get a mark.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

#: U+2063 INVISIBLE SEPARATOR: no reader sees it, no translator types it, no Markdown rule reads it.
MARK = "\u2063"

_BLOCKS = {"ul", "ol", "dl", "p", "div", "table", "pre", "blockquote", "details"}


class FallbackMarks(Extension):
    """Add to Markdown's extensions; `source` is the language of the untranslated text."""

    def __init__(self, source: str = "en", direction: str = "ltr") -> None:
        super().__init__()
        self.tag = {"lang": source, "dir": direction}

    def extendMarkdown(self, md: Markdown) -> None:
        # After inline patterns (20), before attribute lists (8) and the table of contents (5).
        md.treeprocessors.register(_Tagger(md, self.tag), "hub-fallback", 15)
        md.postprocessors.register(_Remover(md), "hub-fallback", 1)


class _Tagger(Treeprocessor):
    def __init__(self, md: Markdown, tag: dict[str, str]) -> None:
        super().__init__(md)
        self.tag = tag

    def run(self, root: Element) -> None:
        for element in list(root.iter()):
            text = element.text
            if not isinstance(text, str) or MARK not in text:
                continue
            element.text = text.replace(MARK, "")
            if any(child.tag in _BLOCKS for child in element):
                self._wrap(element)
            else:
                for name, value in self.tag.items():
                    element.set(name, value)

    def _wrap(self, element: Element) -> None:
        """Tag only the text before the first block inside, which may be translated itself."""
        span = Element("span", self.tag)
        span.text, element.text = element.text, None
        for child in list(element):
            if child.tag in _BLOCKS:
                break
            element.remove(child)
            span.append(child)
        element.insert(0, span)


class _Remover(Postprocessor):
    """Whatever mark is left (inside raw HTML, in code) must not reach a reader."""

    def run(self, text: str) -> str:
        return text.replace(MARK, "")
