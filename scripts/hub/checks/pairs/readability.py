"""Readability: is a sentence of the translation longer than its readers can follow?

Readers differ by section, as content-map and style guide have it; a sentence that follows a long
English one is the English's fault, and not reported here.
"""

from __future__ import annotations

import re

from hub.checks.pairs.fault import Fault

#: Words in a sentence. Lawyers read longer ones than people in trouble do.
_MOST = {"help": 22, "messages": 20, "teach": 30, "learn": 30, "home": 30}
_OTHERS = 42
_END = re.compile(r"[.!?؟।](?=[\s\"'»”’)]|$)|[。！？]")
_WORD = re.compile(r"[\u3400-\u9fff]{1,2}|[^\W\d_][\w\u0300-\u036f\u0900-\u0963'’-]*")
#: A translation of the usual length of its language says the same in so many more words.
_LONGER = 1.5

#: So many characters in a sentence, on average, are too few to be too many words.
_SHORT = {"zh": 30}
_SHORT_ELSEWHERE = 110


def fault(texts: tuple[str, str], sentences: int, section: str, lang: str) -> Fault | None:
    """`texts` are both without markup, `sentences` how many the translation has."""
    source, target = texts
    if len(target) < _SHORT.get(lang, _SHORT_ELSEWHERE) * (sentences or 1):
        return None
    longest = _longest(target)
    if longest <= _MOST.get(section, _OTHERS) or longest <= _LONGER * _longest(source):
        return None
    message = f"a sentence of {longest} words"
    return Fault("readability", "info", message, "make two sentences of it")


def _longest(text: str) -> int:
    return max(len(_WORD.findall(sentence)) for sentence in _END.split(text))
