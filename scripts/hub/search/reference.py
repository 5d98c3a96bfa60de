"""Search in the terminal, and the reference our own engine must not fall behind: lunr.py.

Its index holds the same terms, handed over as lists: lunr has no analyzer for Hindi or Chinese.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lunr.builder import Builder

from hub.glossary import Term
from hub.search import index
from hub.search.document import Document

#: Words of a query that are looked up; a longer text is no query.
_MOST = 12

_EXACT, _COMPLETED, _ALIKE = 10, 3, 1


@dataclass(frozen=True)
class Found:
    """A page that answers a query, best first; `url` counts from the site's root."""

    url: str
    title: str
    score: float


class Reference:
    """One language's pages in a lunr index."""

    def __init__(self, code: str, documents: list[Document], terms: Iterable[Term]) -> None:
        self._words = index.analyzer(code)
        self._titles = {document.url: document.title for document in documents}
        reader = index.Reader(code, terms)
        builder = Builder()
        builder.ref("url")
        for name, weight in {**index.WEIGHTS, "other": index.UNSAID}.items():
            builder.field(name, boost=weight)
        for document in documents:
            builder.add({"url": document.url, **reader.fields(document)})
        self._index = builder.build()

    def search(self, text: str) -> list[Found]:
        """The pages found: words as they are, words that begin so, words one slip away."""
        query = self._index.create_query()
        said = list(dict.fromkeys(self._words.tokens(text)))[:_MOST]
        words = [word for word in said if not self._words.is_stop(word)] or said
        for word in words:
            for term in self._words.terms(word):
                query.term(term, boost=_EXACT)
                if len(term) > 2:
                    query.term(f"{term}*", boost=_COMPLETED)
                if len(term) > 3:
                    query.term(term, boost=_ALIKE, edit_distance=1 if len(word) < 7 else 2)
        found: list[dict[str, Any]] = self._index.query(query) if words else []
        return [Found(one["ref"], self._titles[one["ref"]], one["score"]) for one in found]
