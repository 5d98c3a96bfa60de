"""When the English changed: may readers still see the translation of the old text?

Yes, marked as being updated, where the two texts are nearly the same (0.9 or more) and what a reader
might act on is the very same: numbers, links and other markup, negations, and words of duty such as
'must' and 'may'. Else the page shows English.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from math import ceil

NEAR = 0.9

_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_MARKUP = re.compile(
    r"\]\([^)\s]*|\]\[[^\]]*\]|\[\^[^\]]+\]|<[^<>]*>|`+[^`]+`+|\{[^{}]*\}|\*\*|%\(\w+\)[sd]|https?://\S+"
)
_WEIGHTY = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nor|neither|without|cannot|except|unless|only"
    r"|must|shall|may|should|can|could)\b|n['’]t\b",
    re.I,
)


@lru_cache(maxsize=65_536)
def keeps(old: str, new: str) -> bool:
    """True where a translation of `old` may stand for `new` until it has been updated.

    Remembered: the same change of the English is met in every language.
    """
    return _is_near(old, new) and _fixed(old) == _fixed(new)


def closest(text: str, candidates: Iterable[str]) -> str | None:
    """The candidate that a translation may be kept from, the most similar one; None without one."""
    best, found = 0.0, None
    for candidate in candidates:
        ratio = similarity(candidate, text)
        if ratio >= NEAR and ratio > best and _fixed(candidate) == _fixed(text):
            best, found = ratio, candidate
    return found


def similarity(old: str, new: str) -> float:
    """Between 0 and 1; 0 without counting further where `NEAR` cannot be reached."""
    if old == new:
        return 1.0
    shorter, longer = sorted((len(old), len(new)))
    if 2 * shorter < NEAR * (shorter + longer):
        return 0.0
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= NEAR else 0.0


def _is_near(old: str, new: str) -> bool:
    """`similarity(old, new) >= NEAR`, without counting where the longest part in common is enough:
    what stands before or after the only change is a part in common."""
    shorter, longer = sorted((old, new), key=len)
    enough = NEAR * (len(old) + len(new)) / 2
    if len(shorter) < enough:
        return False
    least = ceil(enough)
    ends = longer.startswith(shorter[:least]) or longer.endswith(shorter[-least:])
    return ends or similarity(old, new) >= NEAR


def _fixed(text: str) -> tuple[Counter[str], Counter[str], Counter[str]]:
    return (
        Counter(_NUMBER.findall(text)),
        Counter(_MARKUP.findall(text)),
        Counter(word.lower().replace("’", "'") for word in _WEIGHTY.findall(text)),
    )
