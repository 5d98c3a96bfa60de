"""Pages as search sees them: the text of `<article data-hub>` of the HTML on disk, by heading.

Text in another language than the page's is left out: what is not translated yet must not fill the
results of a language with English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import turbohtml

from hub.project import Language, Project

_HEADINGS = {"h2", "h3", "h4"}
_SILENT = {"script", "style", "svg", "template", "button", "select"}
_INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "cite",
    "code",
    "del",
    "dfn",
    "em",
    "i",
    "ins",
    "kbd",
    "mark",
    "q",
}
_INLINE |= {"s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr"}
_NOT_TEXT = ("headerlink", "hub-minutes")
_SPACE = re.compile(r"\s+")

#: Less of its own language than this and a page is not worth a visit yet.
_LEAST_OWN = 0.5


@dataclass
class Section:
    """A heading with the text below it, up to the next heading; the first has no heading.

    `linked` is what the text says only to lead to another page, such as that page's title.
    """

    anchor: str
    heading: str
    text: str = ""
    linked: str = ""
    heading_is_own: bool = True


@dataclass
class Document:
    """A page in one language. `url` counts from the site's root."""

    url: str
    type: str
    title: str
    summary: str
    sections: list[Section] = field(default_factory=list)
    title_is_own: bool = True


def read(project: Project, site: Path, language: Language) -> list[Document]:
    """The pages of a language that have text in it, by address."""
    found = []
    for file in _files(project, site, language):
        page = turbohtml.parse(file.read_bytes(), encoding="utf-8")
        article = page.select_one("article[data-hub]")
        if article is not None:
            document = parse(page, article, file.relative_to(site).as_posix(), language.code)
            if document:
                found.append(document)
    return found


def parse(
    page: turbohtml.Document | None, article: turbohtml.Element, url: str, code: str
) -> Document | None:
    """A page's document, None where it is mostly in another language; `page` holds its summary."""
    reader = _Reader(code)
    reader.walk(article, True)
    title = article.select_one("h1")
    summary = page.select_one("meta[name=description]") if page else None
    is_own = summary is not None and summary.attrs.get("lang") in (None, code)
    own = sum(len(section.text) for section in reader.sections)
    if not own or (not reader.title_is_own and own < _LEAST_OWN * (own + reader.foreign)):
        return None
    return Document(
        url,
        str(article.attrs.get("data-hub") or "page"),
        _tidy(title.text) if title is not None else url,
        _tidy(str(summary.attrs.get("content") or "")) if summary is not None and is_own else "",
        [s for s in reader.sections if s.text or s.heading],
        reader.title_is_own,
    )


def _files(project: Project, site: Path, language: Language) -> Iterable[Path]:
    """HTML files of a language: those in its folder; of the source, those in no other's."""
    others = {lang for lang in project.declared if lang != project.source.code} | {"downloads"}
    folder = site if language.is_source else site / language.code
    for file in sorted(folder.rglob("*.html")):
        inside = file.relative_to(folder).parts
        if not (language.is_source and inside[0] in others):
            yield file


class _Reader:
    """Walks an article once, and begins a section at each heading that has an anchor."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.sections = [Section("", "")]
        self.title_is_own = True
        self.foreign = 0  # characters in another language
        self._texts: list[str] = []
        self._linked: list[str] = []
        self._is_linked = False

    def walk(self, element: turbohtml.Element, is_last: bool = False) -> None:
        for child in element.children:
            if isinstance(child, turbohtml.Text):
                self._say(child.text)
            elif isinstance(child, turbohtml.Element):
                self._element(child)
        if is_last:
            self._end()

    def _element(self, element: turbohtml.Element) -> None:
        tag = element.tag
        if tag in _SILENT or any(element.has_class(name) for name in _NOT_TEXT):
            return
        if element.attrs.get("lang") not in (None, self.code):
            self.foreign += len(element.text)
        elif tag == "h1":
            self.title_is_own = _has_own(element, self.code)
        elif tag in _HEADINGS and (anchor := _anchor(element)):
            self._end()
            heading = " ".join(_shown(element))
            self.sections.append(
                Section(anchor, _tidy(heading), heading_is_own=_has_own(element, self.code))
            )
        else:
            space = "" if tag in _INLINE else "\n"
            outer, self._is_linked = self._is_linked, self._is_linked or _leads_away(element)
            self._say(space)
            self.walk(element)
            self._say(space)
            if self._is_linked and not outer:
                self._linked.append("\n")
            self._is_linked = outer

    def _say(self, text: str) -> None:
        self._texts.append(text)
        if self._is_linked:
            self._linked.append(text)

    def _end(self) -> None:
        self.sections[-1].text = _tidy("".join(self._texts))
        self.sections[-1].linked = _tidy("".join(self._linked))
        self._texts, self._linked = [], []


def _leads_away(element: turbohtml.Element) -> bool:
    """Is it a link to another page of the site, or what a list says of one?"""
    if element.tag == "a":
        target = str(element.attrs.get("href") or "#")
        return not target.startswith("#") and ":" not in target
    return "data-hub-id" in element.attrs and any(map(_leads_away, element.select("a")))


def _anchor(heading: turbohtml.Element) -> str:
    """The heading's id, or that of the part that it opens."""
    parent = heading.parent
    above = parent.attrs.get("id") if isinstance(parent, turbohtml.Element) else None
    return str(heading.attrs.get("id") or above or "")


def _shown(heading: turbohtml.Element) -> Iterable[str]:
    for child in heading.children:
        is_other = isinstance(child, turbohtml.Element) and any(map(child.has_class, _NOT_TEXT))
        if isinstance(child, turbohtml.Text | turbohtml.Element) and not is_other:
            yield child.text


def _has_own(element: turbohtml.Element, code: str) -> bool:
    """Is any of its text in the page's language?"""
    if element.attrs.get("lang") not in (None, code):
        return False
    for child in element.children:
        if isinstance(child, turbohtml.Text):
            if child.text.strip():
                return True
        elif (
            isinstance(child, turbohtml.Element)
            and not any(map(child.has_class, _NOT_TEXT))
            and _has_own(child, code)
        ):
            return True
    return False


def _tidy(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
