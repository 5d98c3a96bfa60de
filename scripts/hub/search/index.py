"""The index of one language: for each term the pages that hold it, and how much they are about it.

A page is as good as its best section, with a little for the others: BM25, words of titles, headings
and summaries counting more than those of the text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hub.glossary import Term
from hub.search.analyzer import Analyzer
from hub.search.document import Document, Section
from hub.search.words import Compounds, Synonyms, compounds, traditional

TITLE, HEADING, SUMMARY, TEXT = 6.0, 4.0, 2.0, 1.0

#: What a part of a compound and a glossary's other word count, beside the word on the page.
_PART, _SYNONYM = 0.5, 0.5

#: BM25: how soon more of the same says no more, and how much a long text is held against a page.
_SATURATION, _LENGTH = 1.2, 0.6

#: What the other sections of a page add to its best one.
_REST = 0.2


@dataclass(frozen=True)
class Index:
    """`postings`: by term, by number of its document, how much that is about it (above 0)."""

    code: str
    documents: list[Document]
    postings: dict[str, dict[int, float]]


def analyzer(code: str) -> Analyzer:
    """The analyzer of a language as the index uses it: traditional Chinese is read as simplified."""
    pairs = "".join(old + new for old, new in traditional().items()) if code == "zh" else ""
    return Analyzer(code, pairs)


def build(code: str, documents: list[Document], terms: Iterable[Term]) -> Index:
    """The index of a language's documents, with the glossary's other words for its terms."""
    reader = _Reader(analyzer(code), Synonyms(terms, analyzer(code)), compounds(code))
    counted = [
        (number, *reader.section(document, section))
        for number, document in enumerate(documents)
        for section in _sections(document)
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


def tokens(document: Document) -> Iterator[tuple[str, float]]:
    """Each text of a document with what its words count."""
    for section in _sections(document):
        yield from _texts(document, section)


def _best(parts: list[float]) -> float:
    top = max(parts)
    return top + _REST * (sum(parts) - top)


def _sections(document: Document) -> Iterator[Section]:
    """The sections, the first of which stands for the page: it is there even without a text."""
    first, *rest = document.sections or [Section("", "")]
    if first.anchor:
        yield Section("", "")
    yield first
    yield from rest


def _texts(document: Document, section: Section) -> Iterator[tuple[str, float]]:
    if not section.anchor:
        if document.title_is_own:
            yield document.title, TITLE
        yield document.summary, SUMMARY
    elif section.heading_is_own:
        yield section.heading, HEADING
    yield section.text, TEXT


class _Reader:
    """Counts the terms of a section."""

    def __init__(self, words: Analyzer, synonyms: Synonyms, parts: Compounds | None) -> None:
        self.words, self.synonyms, self.parts = words, synonyms, parts

    def section(self, document: Document, section: Section) -> tuple[Counter[str], int]:
        """What each term counts, and the section's length in words."""
        weights: Counter[str] = Counter()
        length, terms = 0, self.words.terms
        for text, weight in _texts(document, section):
            found = list(self.words.tokens(text))
            length += len(found)
            for word, times in Counter(found).items():
                if self.words.is_stop(word):
                    continue
                for term in terms(word):
                    weights[term] += times * weight
                for part in self.parts.parts(self.words.fold(word)) if self.parts else ():
                    self._add(weights, part, times * weight * _PART)
            first = [found_terms[0] for word in found if (found_terms := terms(word))]
            for word in self.synonyms.of(first):
                self._add(weights, word, weight * _SYNONYM)
        return weights, length

    def _add(self, weights: Counter[str], word: str, weight: float) -> None:
        for term in self.words.terms(word):
            weights[term] += weight
