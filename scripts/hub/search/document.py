"""Pages as search sees them: the text of `<article data-hub>` of the HTML on disk, by heading.

Text in another language than the page's is left out: what is not translated yet must not fill the
results of a language with English.
"""

from __future__ import annotations

import re
from collections import Counter
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
_NOT_TEXT = ("headerlink", "hub-minutes", "hub-term__others")
_SPACE = re.compile(r"\s+")

#: What stands on more pages than this is the site's voice, not a page's; shorter passages do no harm.
_MANY, _SHORT = 7, 12

#: Less of its own language than this and a page is not worth a visit yet.
_LEAST_OWN = 0.5


@dataclass
class Section:
    """A heading with the text below it, up to the next heading; the first has no heading.

    `aside` is what the text says that is not what the page is about: it leads to another page, as that
    page's title does, or stands on many pages word for word.
    """

    anchor: str
    heading: str
    text: str = ""
    aside: str = ""
    heading_is_own: bool = True
    passages: tuple[str, ...] = ()  # of the text, without what leads to another page


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
    _set_aside(found)
    return found


def _set_aside(documents: list[Document]) -> None:
    """What many pages say word for word, such as how to cite one, says little of any."""
    pages = Counter(
        passage
        for document in documents
        for passage in {text for section in document.sections for text in section.passages}
    )
    for document in documents:
        for section in document.sections:
            said = [text for text in section.passages if pages[text] > _MANY]
            section.aside = "\n".join([section.aside, *said])


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
        self._aside: list[str] = []
        self._passages: list[str] = []
        self._leads_away = False

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
            outer, self._leads_away = self._leads_away, self._leads_away or _leads_away(element)
            self._say(space)
            self.walk(element)
            self._say(space)
            if self._leads_away and not outer:
                self._aside.append("\n")
            self._leads_away = outer

    def _say(self, text: str) -> None:
        self._texts.append(text)
        if self._leads_away:
            self._aside.append(text)
        elif len(text) > _SHORT and not text.isspace():
            self._passages.append(_tidy(text))

    def _end(self) -> None:
        self.sections[-1].text = _tidy("".join(self._texts))
        self.sections[-1].aside = _tidy("".join(self._aside))
        self.sections[-1].passages = tuple(self._passages)
        self._texts, self._aside, self._passages = [], [], []


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
