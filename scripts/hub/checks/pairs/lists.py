"""The lists of words.yml: what each word of a language says, and how the checks of it are set."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

FILE = Path(__file__).parent / "words.yml"

_Loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader

#: Each list of words.yml has a byte of a number, so that adding up marks counts all of them at once.
NOT, NEAR, ECHO, OR, MUST, MAY, END = 0, 8, 16, 24, 32, 40, 48

_LISTS = {"not": NOT, "near": NEAR, "echo": ECHO, "or": OR, "must": MUST, "may": MAY}
_POINTS = re.compile("[\u0640\u064b-\u0652]")


class Mark(NamedTuple):
    """What one word says: its lists, a number (0: none), sides of opposites (+3 and -3 contradict)."""

    counts: int = 0
    number: int = 0
    sides: tuple[int, ...] = ()


@cache
def settings() -> dict[str, Any]:
    """words.yml as it is."""
    found: dict[str, Any] = yaml.load(FILE.read_text(encoding="utf-8"), _Loader)
    return found


def entries(lang: str) -> tuple[dict[str, Mark], dict[str, Mark]]:
    """Whole words, and beginnings of words, with all that they say."""
    counts: dict[str, int] = {}
    numbers: dict[str, int] = {}
    sides: dict[str, tuple[int, ...]] = {}
    own = settings().get(lang) or {}
    if lang == "ar":
        own = {name: _folded(found) for name, found in own.items()}
    for name, place in _LISTS.items():
        for word in own.get(name, ()):
            counts[word] = counts.get(word, 0) | 1 << place
    counts |= dict.fromkeys(own.get("apart", ()), 0)
    for number, found in own.get("numbers", {}).items():
        numbers.update(dict.fromkeys(found, number))
    for index, opposite in enumerate(settings()["opposites"], 1):
        for sign, found in zip((1, -1), opposite.get(lang, [[], []]), strict=True):
            for word in _folded(found) if lang == "ar" else found:
                sides[word] = (*sides.get(word, ()), sign * index)
    exact, starts = {}, {}
    for word in counts | numbers | sides:
        mark = Mark(counts.get(word, 0), numbers.get(word, 0), sides.get(word, ()))
        if word.endswith("*"):
            starts[word[:-1]] = mark
        else:
            exact[word] = mark
    return exact, starts


def plain_arabic(text: str) -> str:
    """Without vowel points, and with one letter for two that are told apart by nobody."""
    return _POINTS.sub("", text).replace("ٱ", "ا").replace("ى", "ي")


def _folded(found: Any) -> Any:
    """A list, or lists by number, in plain Arabic."""
    if isinstance(found, dict):
        return {number: _folded(words) for number, words in found.items()}
    return [plain_arabic(word) for word in found]
