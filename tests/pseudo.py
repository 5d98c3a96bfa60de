"""Pseudo-languages: every letter of a text changed, its markup left alone.

Readable English in other letters shows at once what was never given to a translator.
"""

from __future__ import annotations

import re
from collections.abc import Callable

# Letter for letter: an accent of its own (U+0301) would end a word for Markdown.
_ENGLISH = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = str.maketrans(_ENGLISH, "áƀçđéƒğĥíĵķľḿñóṕɋŕšťúṽŵẋýžÁɃÇĐÉƑĞĤÍĴĶĽḾÑÓṔɊŔŠŤÚṼŴẊÝŽ")
_LONGER = str.maketrans({vowel: vowel * 2 for vowel in "áéóú"})
# Which Arabic letter stands for which does not matter; the line runs from right to left.
_RIGHT_TO_LEFT = str.maketrans(_ENGLISH, "ابتثجحخدذرزسشصضطظعغفقكلمنه" * 2)

_MARKUP = r"""
      (?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)              # code
    | <!--.*?--> | <[^<>]*>                                         # comments, tags, <addresses>
    | \]\((?:[^()]|\([^()]*\))*\) | \]\[[^\]]*\] | \][ ]\[[^\]\s]+(?:[ ][^\]\s]+){0,2}\] | \[\^[^\]]*\]   # where a link leads
    | \{\{.*?\}\} | \{[^{}]*\} | %\(\w+\)s                          # attributes, what is filled in
    | &\#?\w+; | \\.                                                # entities, escapes
    | \w+://[^\s<>]+ | www\.[^\s<>]+ | [\w.+-]+@[\w-]+\.[\w.]+      # bare addresses
"""


def accented(text: str, also: str = r"(?!)") -> str:
    """A third longer, in Latin letters with accents. `also` is a pattern of further markup."""
    return _changed(text, also, lambda part: part.translate(_ACCENTED).translate(_LONGER))


def right_to_left(text: str, also: str = r"(?!)") -> str:
    """In Arabic letters."""
    return _changed(text, also, lambda part: part.translate(_RIGHT_TO_LEFT))


def _changed(text: str, also: str, change: Callable[[str], str]) -> str:
    changed, position = "", 0
    for kept in re.finditer(f"{_MARKUP} | {also}", text, re.S | re.X):
        changed += change(text[position : kept.start()]) + kept[0]
        position = kept.end()
    return changed + change(text[position:])
