"""Numbers, dates and references to articles: the same values, in whatever digits or words.

Digits compare across scripts; a number that one side spells is found in words.yml; months come from
CLDR; 'article 3 (c)' keeps its letter in the letters of the language.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import babel.dates

from hub.checks.pairs.lists import settings
from hub.checks.pairs.words import Said

#: The first digit stands alone: a search for one character of a kind runs several times as fast.
_FIGURE = re.compile(
    r"\d\d*(?:[.,'’\u066b\u066c]\d+|[ \u00a0\u202f]\d{3}(?!\d))*(?:[a-z](?![A-Za-zÀ-ɏ0-9]))?"
)
_DIGIT = re.compile(r"\d")
_SEPARATOR = re.compile(r"[^\da-z]")
_LETTER = re.compile(r"\d\s*\(([a-j])\)")
_MONTHS = [babel.dates.get_month_names("wide", locale="en")[n] for n in range(1, 13)]
_LOWERED_MONTHS = [name.lower() for name in _MONTHS]
_MONTH = re.compile(rf"\d\s+({'|'.join(_MONTHS)})\b|\b({'|'.join(_MONTHS)})\s+(?:of\s+)?\d", re.I)
_ROMAN = re.compile(r"\b[IVX]{1,6}\b")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
HINT = "compare every number, date and article with the English"


@dataclass(frozen=True)
class Figures:
    """The numbers of an English text."""

    figures: tuple[str, ...]
    months: tuple[int, ...]
    letters: tuple[str, ...]


_NONE = Figures((), (), ())


def read(text: str) -> Figures:
    """The English side."""
    if not _DIGIT.search(text):
        return _NONE
    lowered = text.lower()
    named = any(name in lowered for name in _LOWERED_MONTHS)
    months = [(a or b).capitalize() for a, b in _MONTH.findall(text)] if named else []
    return Figures(
        tuple(_figures(text)),
        tuple(_MONTHS.index(month) + 1 for month in months),
        tuple(_LETTER.findall(text)),
    )


class Numbers:
    """How one language writes months and letters."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        names = babel.dates.get_month_names("wide", locale=lang.replace("-", "_"))
        # Without their last letter: Russian declines them, and the United Nations spell يونيه.
        self._months = {number: names[number].lower()[:-1] for number in range(1, 13)}
        self._ordinal = settings()["ordinals"].get(lang, "")
        self._letters = {c: c for c in "abcdefghij"}
        for letter, forms in zip("abcdefghij", settings()["letters"].get(lang, ()), strict=False):
            self._letters |= dict.fromkeys(forms, letter)
        known = "".join(self._letters)
        self._letter = re.compile(rf"(?:^|[\s\d(（])([{known}])\u200e?ـ?[)）]")

    def faults(self, source: Figures, said: Said, target: str, saying: Said) -> list[str]:
        """What differs, in words; `said` and `saying` are what the words of both say."""
        got = _figures(target)
        if not got and not (source.figures or said.numbers or saying.numbers):
            return []
        lost, added = self._figures(source, said.numbers, target, got, saying.numbers)
        if source.months:
            lost += [_MONTHS[m - 1] for m in source.months if not self._has_month(m, target, got)]
        if source.letters:
            letters = Counter(self._letters[x] for x in self._letter.findall(target.lower()))
            missing = (Counter(source.letters) - letters).elements()
            lost += [f"({letter}) of an article" for letter in missing]
        return [f"{value} is not in the translation" for value in lost] + [
            f"{value} is not in the English text" for value in added
        ]

    def _figures(
        self,
        source: Figures,
        ours: frozenset[int],
        target: str,
        got: list[str],
        theirs: frozenset[int],
    ) -> tuple[list[str], list[str]]:
        wanted = list(source.figures)
        if wanted == got and ours == theirs and not (ours and self._ordinal):
            return [], []
        if self._ordinal:
            got = [figure.removesuffix(self._ordinal) for figure in got]
        lost: list[str] = []
        added: list[str] = []
        if wanted != got:
            lost, added = self._differing(source, ours, target, got, theirs)
        if ours == theirs:
            return lost, added
        figured, wished = set(got), set(wanted)
        # Two and below are said in too many ways: both, a pair, a dual.
        lost += [str(n) for n in ours - theirs if n > 2 and str(n) not in figured]
        added += [str(n) for n in theirs - ours if n > 2 and str(n) not in wished]
        return lost, added

    def _differing(
        self,
        source: Figures,
        ours: frozenset[int],
        target: str,
        got: list[str],
        theirs: frozenset[int],
    ) -> tuple[list[str], list[str]]:
        """Figures that the other side neither has nor says."""
        wanted = source.figures
        lost = [v for v in (Counter(wanted) - Counter(got)) if not _said(v, theirs)]
        if lost and _ROMAN.search(target):
            roman = {str(_roman(found)) for found in _ROMAN.findall(target)}
            lost = [value for value in lost if value not in roman]
        months = {str(month) for month in source.months}
        extra = Counter(got) - Counter(wanted)
        return lost, [v for v in extra if not _said(v, ours) and v not in months]

    def _has_month(self, month: int, target: str, got: list[str]) -> bool:
        return self._months[month] in target.lower() or str(month) in got


def _figures(text: str) -> list[str]:
    found = []
    for figure in _FIGURE.findall(text):
        if figure[0] != "0" and figure.isascii() and figure.isdecimal():
            found.append(figure)
            continue
        if not figure.isascii():
            figure = "".join(str(int(c)) if c.isdecimal() else c for c in figure)
        found.append(_SEPARATOR.sub("", figure).lstrip("0") or "0")
    return found


def _said(value: str, words: frozenset[int]) -> bool:
    return value.isdecimal() and len(value) < 4 and int(value) in words


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[c] for c in text] + [0]
    return sum(-a if a < b else a for a, b in zip(values, values[1:], strict=False))
