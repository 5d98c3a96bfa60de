"""The index of one language: for each term the pages that hold it, and how much they are about it.

A page is as good as its best section, with a little for the next: BM25, words of titles, headings
and summaries counting more than those of the text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from hub.glossary import Term
from hub.search.analyzer import Analyzer
from hub.search.document import Document, Section
from hub.search.words import Synonyms, compounds, traditional

#: What a word counts by where it stands.
WEIGHTS = {"title": 6.0, "heading": 4.0, "summary": 2.0, "text": 1.0}

#: What is left of it where it is said aside: of another page, which is the one to be found, or of many.
_ASIDE = 0.2

#: What a page is worth for words that it does not say: the glossary's other words for its own, parts of
#: its compounds. Less than for a word that it says once.
UNSAID = 0.35

_HYPHEN = re.compile("[-\u2010\u2011]")
_HYPHENATED = re.compile(r"[^\W\d_]++(?:[-\u2010\u2011][^\W\d_]+)+")

#: BM25: how soon more of the same says no more, and how much a long text is held against a page.
_SATURATION, _LENGTH = 1.2, 0.6

#: What the next best sections of a page add to its best one, and how many do: a long page is not
#: better for being long.
_REST, _MORE = 0.2, 3


@dataclass(frozen=True)
class Index:
    """`postings`: by term, by number of its document, how much that is about it (above 0). `written`: the
    terms that are words as somebody writes them, not only stems."""

    code: str
    documents: list[Document]
    postings: dict[str, dict[int, float]]
    written: frozenset[str]


@cache
def analyzer(code: str) -> Analyzer:
    """The analyzer of a language as the index uses it: traditional Chinese is read as simplified."""
    pairs = "".join(old + new for old, new in traditional().items()) if code == "zh" else ""
    return Analyzer(code, pairs)


def build(code: str, documents: list[Document], terms: Iterable[Term]) -> Index:
    """The index of a language's documents, with the glossary's other words for its terms."""
    reader = Reader(code, terms)
    pages = [[reader.section(page, section) for section in sections(page)] for page in documents]
    lengths = [length for page in pages for *_, length in page]
    usual = sum(lengths) / max(1, len(lengths)) or 1
    postings: dict[str, dict[int, float]] = defaultdict(dict)
    for number, page in enumerate(pages):
        scores: dict[str, list[float]] = defaultdict(list)
        for said, unsaid, length in page:
            held = _SATURATION * (1 - _LENGTH + _LENGTH * length / usual)
            for term, weight in said.items():
                scores[term].append(weight * (_SATURATION + 1) / (weight + held))
            for term, weight in unsaid.items():
                scores[term].append(UNSAID * weight * (_SATURATION + 1) / (weight + held))
        for term, parts in scores.items():
            postings[term][number] = _best(parts)
    return Index(code, documents, postings, reader.written())


def _best(parts: list[float]) -> float:
    if len(parts) == 1:
        return parts[0]
    top, *rest = sorted(parts, reverse=True)
    return top + _REST * sum(rest[:_MORE])


def sections(document: Document) -> Iterator[Section]:
    """The sections, the first of which stands for the page: it is there even without a text."""
    first, *rest = document.sections or [Section("", "")]
    if first.anchor:
        yield Section("", "")
    yield first
    yield from rest


def texts(document: Document, section: Section) -> Iterator[tuple[str, str]]:
    """What a section says, each text with where it stands."""
    if not section.anchor:
        if document.title_is_own:
            yield "title", document.title
        yield "summary", document.summary
    elif section.heading_is_own:
        yield "heading", section.heading
    yield "text", section.text


class Reader:
    """Finds the terms of a language's texts, and those that are looked up beside them."""

    def __init__(self, code: str, terms: Iterable[Term]) -> None:
        self.words = analyzer(code)
        self._synonyms, self._parts = Synonyms(terms, self.words), compounds(code)
        self._seen: set[str] = set()
        self._said = cache(self._said_by)

    def section(
        self, document: Document, section: Section
    ) -> tuple[dict[str, float], dict[str, float], int]:
        """What each term counts that the section says, and that it does not; its length in words."""
        said: dict[str, float] = defaultdict(float)
        unsaid: dict[str, float] = defaultdict(float)
        length = 0
        for place, text in texts(document, section):
            words = self.words.tokens(text)
            length += len(words)
            self._count(said, words, WEIGHTS[place])
            for term in self._others(text, words):
                unsaid[term] += WEIGHTS[place]
        self._count(said, self.words.tokens(section.aside), _ASIDE - WEIGHTS["text"])
        return said, unsaid, length

    def written(self) -> frozenset[str]:
        """The terms that are words as they are written, of all sections so far."""
        return frozenset(term for word in self._seen for term in self.words.written(word))

    def _count(self, weights: dict[str, float], words: list[str], weight: float) -> None:
        for word, times in Counter(words).items():
            for term in self._said(word):
                weights[term] += times * weight

    def _said_by(self, word: str) -> tuple[str, ...]:
        """The terms of a word that is said, none for one that says nothing."""
        self._seen.add(word)
        return () if self.words.is_stop(word) else self.words.terms(word)

    def fields(self, document: Document) -> dict[str, list[str]]:
        """The terms of a document by where they stand, as often as they do."""
        found: dict[str, list[str]] = {place: [] for place in (*WEIGHTS, "other")}
        for section in sections(document):
            for place, text in texts(document, section):
                words = self.words.tokens(text)
                for word in words:
                    found[place] += self._said(word)
                found["other"] += self._others(text, words)
        return found

    def _others(self, text: str, words: list[str]) -> list[str]:
        """Terms that are not said: words joined, parts of compounds, the glossary's other words."""
        found: list[str] = []
        for word in _HYPHENATED.findall(text):  # 'email' for e-mail
            joined = _HYPHEN.sub("", word)
            self._seen.add(joined)
            found += self.words.terms(joined)
        for word in self._synonyms.of(words):
            self._seen.add(word)
            found += self.words.terms(word)
        if self._parts:
            for word in words:
                for part in self._parts.parts(self.words.fold(word)):
                    found += self.words.terms(part)
        return found
