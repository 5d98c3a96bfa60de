"""Language: is it the translation, whole, in its own language, script, digits and quotes?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from operator import eq
from unicodedata import is_normalized

from hub.checks.pairs import script
from hub.checks.pairs.fault import Fault
from hub.checks.pairs.lists import settings
from hub.checks.pairs.words import English, Said

_SCRIPTS = {"ru": "Cyrillic", "ar": "Arabic", "hi": "Devanagari", "zh": "Chinese"}
_DIGITS = {"latn": "0-9", "arab": "٠-٩", "deva": "०-९", "wide": "０-９", "arabext": "۰-۹"}
#: These begin with one character of a kind: such a search runs several times as fast as any other.
_LATIN_WORDS = re.compile(r"[a-z](?<![\w/.@-][a-z])[a-z]{2,}(?![\w/.@-])")
_NAME_OR_WORD = re.compile(r"\b[A-Z]?[a-z]{2,}\b")
_HAN_TWICE = re.compile("([\u3400-\u9fff]{2,4})\\1")
_QUOTES = '"„“”«»「」『』'
_NOTHING = re.compile("(?!)")


class Language:
    """How one language is written, prepared once."""

    def __init__(self, lang: str, digits: str, quotes: tuple[str, str] | None) -> None:
        self._script = _SCRIPTS.get(lang, "Latin")
        lengths = settings()["length"].get(lang, (1.0, 0.3, 3.0, 0.8, 1.5))
        self._usual, self._least, self._most, self._short, self._long = lengths
        self._twice = frozenset(settings()["twice"].get(lang, ()))
        own = set(settings()["not_english_only"].get(lang, ()))
        self._english = frozenset(settings()["english"]) - own
        self._may_be_odd = re.compile(script.odd_or(self._script))
        self._odd = re.compile(script.odd(self._script))
        other = "".join(chars for name, chars in _DIGITS.items() if name != digits)
        self._digits = re.compile(f"[{other}]")
        left, right = quotes or ("", "")
        wrong = _QUOTES.replace(left, "").replace(right, "") if quotes else ""
        self._quotes = re.compile(f"[{wrong}]") if wrong else _NOTHING
        self._quoted = re.compile(f"{left}[^{right}]*{right}") if quotes else _NOTHING
        # Where this finds nothing there is nothing to look for in the letters of a text.
        self._rare = re.compile(script.odd_or(self._script, other + wrong, "(?<=[a-z]{3})"))

    def faults(
        self, english: English, target: str, words: Sequence[str], texts: tuple[str, str]
    ) -> list[Fault]:
        """`texts` are both texts without markup; `target` has it, `words` are its words."""
        source, plain = texts
        found: list[Fault] = []
        if fault := self._in_english(english, words, source, plain):
            found.append(fault)
        if self._rare.search(plain):
            found += self._letters(english, source, plain)
        if not is_normalized("NFC", target):
            found.append(_fault("nfc", "letters are not composed (NFC)", "normalize the text"))
        if doubled := _doubled(words, plain, self._twice, self._script):
            found.append(
                _fault("doubled-word", f"'{doubled}' stands twice in a row", "take one out")
            )
        return found

    def length(self, texts: tuple[str, str], source: Said, target: Said) -> Fault | None:
        """A sentence that is missing or was added, and texts far from the usual length."""
        english, plain = len(texts[0]), len(texts[1])
        ratio = plain / english if english else 1.0
        if english >= 60 and not self._least <= ratio <= self._most:
            message = f"{plain} characters for {english} English ones"
            return _fault("length", message, "is all of it there, and nothing else?")
        if target.ends == source.ends:
            return None
        sentences = f"{target.ends} sentences for {source.ends} English ones"
        if target.ends < source.ends and ratio < self._short * self._usual:
            return _fault("length", f"{sentences}, and the text is short", "is all of it there?")
        if target.ends > source.ends and ratio > self._long * self._usual and english >= 30:
            hint = "is there more than the English says?"
            return _fault("length", f"{sentences}, and the text is long", hint)
        return None

    def _in_english(
        self, english: English, words: Sequence[str], source: str, plain: str
    ) -> Fault | None:
        if plain.strip() == source.strip():
            latin = self._script == "Latin"
            ours = len(english.words) > 2 and not self._english.isdisjoint(english.words)
            if (
                ours
                if latin
                else len(_NAME_OR_WORD.findall(plain)) > 1 or _LATIN_WORDS.search(plain)
            ):
                return _fault("same-as-source", "the text is still in English", "translate it")
        if self._script != "Latin" or self._english.isdisjoint(words):
            return None
        known = self._english.intersection(words)
        if copied := _copied(english.words, words, known):
            hint = "translate it, or put it in quotes where it is a name"
            return _fault("english", f"'{copied}' is still in English", hint)
        if len(known) > 2 and sum(word in known for word in words) > 0.25 * len(words):
            return _fault("english", "the text is in English", "translate it")
        return None

    def _letters(self, english: English, source: str, plain: str) -> list[Fault]:
        found = []
        latin = _LATIN_WORDS.findall(plain) if self._script != "Latin" else ()
        if latin and plain.strip() != source.strip():
            known = self._english.union(english.words)
            if left := [word for word in latin if word in known]:
                message = f"'{' '.join(left[:4])}' is still in English"
                found.append(_fault("english", message, "translate it"))
        odd = self._odd.search(plain) if self._may_be_odd.search(plain) else None
        if odd and odd[0] not in source:
            message = f"'{odd[0].strip()}' has letters or punctuation of another script"
            found.append(_fault("script", message, "type it in the language's own letters"))
        policy = "see translations/policy.yml"
        digits = self._digits.findall(plain)
        if digits and not set(digits) <= set(source if self._digits.pattern[1] != "0" else ""):
            message = f"digits {''.join(digits)} are not those of the policy"
            found.append(_fault("digits", message, policy))
        # What stands inside the language's own quotes may be in any others.
        quote = self._quotes.search(plain) and self._quotes.search(self._quoted.sub("", plain))
        if quote:
            found.append(_fault("quotes", f"{quote[0]} is not a quote of the language", policy))
        return found


def _fault(rule: str, message: str, hint: str) -> Fault:
    return Fault(rule, "warning", message, hint)


def _copied(source: Sequence[str], words: Sequence[str], known: frozenset[str]) -> str:
    """Three words in a row as the English has them, one of them English only."""
    text = " " + " ".join(source) + " "
    for at, word in enumerate(words):
        if word in known:
            for start in range(max(0, at - 2), at + 1):
                three = " ".join(words[start : start + 3])
                if three.count(" ") == 2 and f" {three} " in text:
                    return three
    return ""


def _doubled(words: Sequence[str], plain: str, usual: frozenset[str], written: str) -> str:
    if written == "Chinese":
        found = _HAN_TWICE.search(plain)
        return found[1] if found and found[1] not in usual else ""
    if not any(map(eq, words, islice(words, 1, None))):
        return ""
    before = ""
    for word in words:
        if word == before and len(word) > 1 and word.isalpha() and word not in usual:
            twice = rf"(?<!\w){re.escape(word)}\s+{re.escape(word)}(?!\w)"
            if re.search(twice, plain, re.I):
                return word
        before = word
    return ""
