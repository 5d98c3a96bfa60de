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
from itertools import pairwise

from hub.glossary import Term
from hub.search.analyzer import Analyzer
from hub.search.document import Document, Section
from hub.search.words import Synonyms, compounds, traditional

#: What a word counts by where it stands. `other`: parts of compounds, the glossary's other words.
WEIGHTS = {"title": 6.0, "heading": 4.0, "summary": 2.0, "text": 1.0, "other": 0.3}

_HYPHEN = re.compile("[-\u2010\u2011]")
_HYPHENATED = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)+")

#: BM25: how soon more of the same says no more, and how much a long text is held against a page.
_SATURATION, _LENGTH = 1.2, 0.6

#: What the next best sections of a page add to its best one, and how many do: a long page is not
#: better for being long.
_REST, _MORE = 0.2, 3


@dataclass(frozen=True)
class Index:
    """`postings`: by term, by number of its document, how much that is about it (above 0)."""

    code: str
    documents: list[Document]
    postings: dict[str, dict[int, float]]


@cache
def analyzer(code: str) -> Analyzer:
    """The analyzer of a language as the index uses it: traditional Chinese is read as simplified."""
    pairs = "".join(old + new for old, new in traditional().items()) if code == "zh" else ""
    return Analyzer(code, pairs)


def build(code: str, documents: list[Document], terms: Iterable[Term]) -> Index:
    """The index of a language's documents, with the glossary's other words for its terms."""
    reader = Reader(code, terms)
    counted = [
        (number, *reader.section(document, section))
        for number, document in enumerate(documents)
        for section in sections(document)
    ]
    usual = sum(length for _, _, length in counted) / max(1, len(counted))
    scores: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for number, weights, length in counted:
        held = _SATURATION * (1 - _LENGTH + _LENGTH * length / (usual or 1))
        for term, weight in weights.items():
            scores[term][number].append(weight * (_SATURATION + 1) / (weight + held))
    postings = {
        term: {number: _best(parts) for number, parts in pages.items()}
        for term, pages in scores.items()
    }
    return Index(code, documents, postings)


def _best(parts: list[float]) -> float:
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

    def section(self, document: Document, section: Section) -> tuple[dict[str, float], int]:
        """What each term counts, and the section's length in words."""
        weights: dict[str, float] = defaultdict(float)
        length = 0
        for place, text in texts(document, section):
            words = list(self.words.tokens(text))
            length += len(words)
            for word, times in Counter(words).items():
                if not self.words.is_stop(word):
                    for term in self.words.terms(word):
                        weights[term] += times * WEIGHTS[place]
            for term, times in self._others(place, text, words).items():
                weights[term] += times * WEIGHTS[place] * WEIGHTS["other"]
        return weights, length

    def fields(self, document: Document) -> dict[str, list[str]]:
        """The terms of a document by where they stand, as often as they do."""
        found: dict[str, list[str]] = {place: [] for place in WEIGHTS}
        for section in sections(document):
            for place, text in texts(document, section):
                words = list(self.words.tokens(text))
                for word in words:
                    if not self.words.is_stop(word):
                        found[place] += self.words.terms(word)
                found["other"] += self._others(place, text, words).elements()
        return found

    def _others(self, place: str, text: str, words: list[str]) -> Counter[str]:
        """Terms that are not said: words joined, parts of compounds, the glossary's other words."""
        found: Counter[str] = Counter()
        for word in self._joined(place, text, words):
            found.update(self.words.terms(word))
        for word in self._synonyms.of(words):
            found.update(self.words.terms(word))
        if self._parts:
            for word in words:
                for part in self._parts.parts(self.words.fold(word)):
                    found.update(self.words.terms(part))
        return found

    def _joined(self, place: str, text: str, words: list[str]) -> Iterator[str]:
        """'email' for e-mail, 'safehouses' for a title's safe houses."""
        for word in _HYPHENATED.findall(text):
            yield _HYPHEN.sub("", word)
        if place == "title" and self.words.code != "zh":
            for first, second in pairwise(words):
                if min(len(first), len(second)) > 2 and not self.words.is_stop(first):
                    yield first + second
