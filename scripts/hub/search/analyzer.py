"""From text to what is looked up: one analyzer, here in Python and beside it in JavaScript.

Both follow rules.yml, whose patterns mean the same to both; a test runs them against each other on
every word of the site. A word is folded (accents, spelling variants), then stemmed by Snowball.
Chinese has no spaces: its words are looked up as pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import snowballstemmer
import yaml

#: Letters, vowel signs and digits of the scripts there are; everything else ends a word.
WORD = (
    "[0-9A-Za-z\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f\\u0300-\\u036f"
    "\\u00ad\\u0386-\\u0481\\u048a-\\u052f\\u0620-\\u0669\\u066e-\\u06d3\\u06d5-\\u06dc"
    "\\u06df-\\u06e8\\u06ea-\\u06fc\\u0750-\\u077f\\u0900-\\u0963\\u0966-\\u096f\\u0971-\\u097f"
    "\\u1e00-\\u1eff\\u200c\\u200d\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff]+"
)
HAN = "[\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff]+"

#: Longer words are cut: nobody types them, and a slip of the keyboard must not cost time.
LONGEST = 48

_WORD, _HAN = re.compile(WORD), re.compile(HAN)
_DIGIT = re.compile("[0-9\\u0660-\\u0669\\u0966-\\u096f]")


@cache
def rules(code: str) -> Mapping[str, Any]:
    """The rules of a language; those of Latin script for one that has none of its own."""
    read = yaml.safe_load(Path(__file__).with_name("rules.yml").read_text(encoding="utf-8"))
    found: Mapping[str, Any] = read.get(code, read["latin"])
    return found


class Analyzer:
    """The words of one language. `swap` holds more pairs of characters, such as traditional forms."""

    def __init__(self, code: str, swap: str = "") -> None:
        own = rules(code)
        pairs = own.get("swap", "") + swap
        self.code, self.form, self.raw = code, own["form"], own.get("raw", False)
        self._strip = re.compile(own["strip"])
        self._swap = str.maketrans(pairs[::2], pairs[1::2])
        self._rewrite = [(re.compile(old), new) for old, new in own.get("rewrite", ())]
        self._affix = re.compile(own["affix"]) if "affix" in own else None
        self._stop = frozenset(own.get("stop", "").split())
        stemmer = snowballstemmer.stemmer(own["stemmer"]) if "stemmer" in own else None
        # A text has few words, again and again, and fewer stems.
        self._stem = cache(stemmer.stemWord if stemmer else str)
        self.fold, self.terms = cache(self._fold), cache(self._terms)

    def tokens(self, text: str) -> list[str]:
        """The words as they are written; Chinese ones as pairs of characters."""
        words = _WORD.findall(text)
        if self.code == "zh":
            return [pair for word in words for pair in _pairs(word)]
        return [word[:LONGEST] for word in words if len(word) > 1 or _DIGIT.match(word)]

    def _fold(self, word: str) -> str:
        """Lower case, without accents and spelling variants."""
        word = unicodedata.normalize(self.form, word.lower())
        word = self._strip.sub("", word).translate(self._swap)
        for old, new in self._rewrite:
            word = old.sub(new, word)
        return word

    def is_stop(self, word: str) -> bool:
        return self.fold(word) in self._stop

    def written(self, word: str) -> tuple[str, ...]:
        """Those of its terms that are words as somebody writes them, with and without what stands
        before."""
        folded = self.fold(word)
        bare = self._affix.sub("", folded) if self._affix else folded
        return (folded, bare) if len(bare) > 2 else (folded,)

    def _terms(self, word: str) -> tuple[str, ...]:
        """What a word is looked up by, sorted: its stem by either spelling, and the word itself, since
        half a word and a slip in its ending are not near the stem."""
        written = self.written(word)
        found = {term for form in written for term in (form, self.fold(self._stem(form)))}
        if self.raw:
            found.add(self.fold(self._stem(unicodedata.normalize("NFC", word.lower()))))
        if self._affix:
            found = {term for term in found if len(term) > 1} or {written[0]}
        return tuple(sorted(found - {""}))


def _pairs(word: str) -> Iterator[str]:
    last = 0
    for found in _HAN.finditer(word):
        if found.start() > last:
            yield word[last : found.start()][:LONGEST]
        run, last = found[0], found.end()
        if len(run) == 1:
            yield run
        yield from (run[at : at + 2] for at in range(len(run) - 1))
    if last < len(word):
        yield word[last:][:LONGEST]
