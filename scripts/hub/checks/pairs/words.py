"""What the words of a text say: one look-up for each, in what `lists` says of a language.

A word is looked at once and remembered, and so is what stands between two spaces ('(word),'): texts
of a site repeat themselves, so the look-up is what a check costs, however long the lists are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

from hub.checks.pairs.lists import END, Mark, entries, plain_arabic

#: Words as letters and marks. Marks are no letters for Python, and only these languages need them:
#: to look for fewer kinds of characters is half the cost.
_LETTERS = {
    "ar": r"[\w\u0300-\u036f\u0670\u200c\u200d]+",
    "hi": r"[\w\u0900-\u0963\u0970-\u097f\u200c\u200d]+",
}
_WORD = r"{letters}|[.!?؟।](?=[\s\"'»”’)*]|$)|[。！？]|(?<=\*\*)："
_NONE: frozenset[int] = frozenset()
_Found = TypeVar("_Found")
_BETWEEN = re.compile(r"[ ']")
_SHORT = re.compile(r"n[’']t\b")
_NUMBER_SIGN = re.compile(r"\bnos?\.(?=\s*(?:\d|%|[a-z]\.))")
_MAY_MONTH = re.compile(r"(?<=\d )may\b|\bmay(?= \d)")
_HAN_FIRST = "第二两三四五六七八九十百"
_UNDER = {"ar": re.compile(r"دون (?<!\wدون )(?=(?:سن )?\d)"), "zh": re.compile(r"不满(?=\d)")}
_HAN_NUMBER = re.compile("第?[二两三四五六七八九十百]+(?!分(?!钟)|方)")
_HAN = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}


class Said(NamedTuple):
    """What the words of a text say together. `counts` and each of `sentences` count by list,
    `ends` are the ends of sentences."""

    counts: int
    sentences: tuple[int, ...]
    numbers: frozenset[int]
    sides: frozenset[int]
    ends: int


def count(counts: int, of: int) -> int:
    """How often one of the lists was met."""
    return counts >> of & 255


class Vocabulary:
    """The words of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._exact, self._starts = entries(lang)
        self._lengths = sorted({len(start) for start in self._starts})
        phrases = [word for word in self._exact if _BETWEEN.search(word)]
        self._phrases = tuple(phrases)
        self._phrase = re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b")
        self._exact |= {_BETWEEN.sub("_", phrase): self._exact[phrase] for phrase in phrases}
        self._pattern = self._searched() if lang == "zh" else re.compile(_word(lang))
        self._known = _Known(self._look_up)
        self._between_spaces = _Known(self._pattern.findall)

    def words(self, lowered: str) -> list[str]:
        """The words and the ends of sentences of a text in small letters."""
        if self.lang == "ar":
            lowered = plain_arabic(lowered)
        if self.lang in _UNDER and _UNDER[self.lang].search(lowered):
            lowered = _UNDER[self.lang].sub(" ", lowered)  # 'under 18' denies nothing
        for phrase in self._phrases:
            if phrase in lowered:
                lowered = self._phrase.sub(_joined, lowered)
                break
        if self.lang == "zh":
            return self._pattern.findall(lowered)
        return list(chain.from_iterable(map(self._between_spaces.__getitem__, lowered.split())))

    def said(self, words: Iterable[str]) -> Said:
        """What the words say. Text after the last full stop counts as a sentence where it says something."""
        total = sentence = 0
        sentences: list[int] = []
        numbers: list[int] = []
        sides: tuple[int, ...] = ()
        for counts, number, own_sides in filter(None, map(self._known.__getitem__, words)):
            sentence += counts
            if number:
                numbers.append(number)
            if own_sides:
                sides += own_sides
            if sentence >> END:
                sentences.append(sentence)
                total += sentence
                sentence = 0
        if sentence or not sentences:
            sentences.append(sentence)
        total += sentence
        return Said(
            total,
            tuple(sentences),
            frozenset(numbers) if numbers else _NONE,
            frozenset(sides) if sides else _NONE,
            total >> END,
        )

    def _look_up(self, word: str) -> Mark | None:
        if not word[0].isalnum() and not word[0].isalpha():
            return Mark(1 << END)
        for form in _forms(word, self.lang):
            if form in self._exact:
                return _or_none(self._exact[form])
            for length in self._lengths:
                if form[:length] in self._starts:
                    return self._starts[form[:length]]
        number = _han(word) if self.lang == "zh" else 0
        return Mark(number=number) if number else None

    def _searched(self) -> re.Pattern[str]:
        """The longest word first. They are grouped by their first letter, which is looked at first."""
        by_first: dict[str, list[str]] = {}
        for word in sorted(self._exact, key=len, reverse=True):
            by_first.setdefault(word[0], []).append(re.escape(word[1:]))
        words = [f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items()]
        ends = r"[。！？]|(?<=\*\*)：|[.!?](?=\s|$)"
        firsts = "".join(map(re.escape, by_first)) + _HAN_FIRST + "。！？：.!?"
        return re.compile(f"(?=[{firsts}])(?:{'|'.join([*words, _HAN_NUMBER.pattern, ends])})")


@dataclass(frozen=True, eq=False)
class English:
    """A source in the shape its translations are compared with. `singular` has each word's singular.

    There is one for each text, so that it can be known by its identity.
    """

    words: tuple[str, ...]
    singular: tuple[str, ...]
    said: Said


class _Known(dict[str, _Found], Generic[_Found]):
    """Each word met, with what the look-up says of it."""

    def __init__(self, look_up: Callable[[str], _Found]) -> None:
        self._look_up = look_up

    def __missing__(self, word: str) -> _Found:
        if len(self) > 200_000:
            self.clear()
        found = self[word] = self._look_up(word)
        return found


@cache
def vocabulary(lang: str) -> Vocabulary:
    return Vocabulary(lang)


def read(plain: str) -> English:
    """The English side."""
    lowered = _SHORT.sub(" not", plain.lower().replace("’s", "").replace("'s", ""))
    if "no." in lowered or "nos." in lowered:
        lowered = _NUMBER_SIGN.sub("number", lowered)
    if "may" in lowered:
        lowered = _MAY_MONTH.sub(" ", lowered)
    source = vocabulary("en")
    words = source.words(lowered)
    return English(tuple(words), tuple(map(_singulars.__getitem__, words)), source.said(words))


def singular(word: str) -> str:
    """An English word without its plural ending, right or not: it is compared with others like it."""
    if len(word) < 4 or word[-1] != "s" or word[-2] == "s":
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


_singulars = _Known(singular)


def _or_none(mark: Mark) -> Mark | None:
    return mark if mark.counts or mark.number or mark.sides else None


def _word(lang: str) -> str:
    letters = _LETTERS.get(lang, r"\w+")
    return "n°|" + _WORD.replace("{letters}", letters)


def _joined(phrase: re.Match[str]) -> str:
    return _BETWEEN.sub("_", phrase[0])


def _forms(word: str, lang: str) -> Iterator[str]:
    """The word, and what is left of it without the particles Arabic writes before a word."""
    yield word
    if lang == "ar" and len(word) > 2 and word[0] in "وفبل":
        word = word[1:]
        yield word
    if lang == "ar" and len(word) > 4 and word[:2] in ("ال", "لل"):
        yield word[2:]


def _han(word: str) -> int:
    word = word.removeprefix("第")
    if len(word) == 1:
        return _HAN.get(word, 100 if word == "百" else 0)
    if "十" in word:
        tens, _, ones = word.partition("十")
        return _HAN.get(tens, 1 if not tens else 0) * 10 + _HAN.get(ones, 0)
    return 0
