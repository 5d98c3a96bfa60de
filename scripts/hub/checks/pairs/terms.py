"""Terms: the glossary's word for what the English names, in any form of it, and none of the forbidden.

A term is found by the beginnings of its words, in any order: that is inflection in European languages
and Hindi, and clitics in Arabic. Chinese is searched as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hub.checks.pairs import inflection
from hub.checks.pairs.fault import Fault
from hub.checks.pairs.lists import settings
from hub.checks.pairs.words import English, singular, vocabulary
from hub.glossary import Term

_BRACKETS = re.compile(r"\s*\([^)]*\)")
_CHOICE = re.compile(r"\s+(?:ou|o|или|أو|of|या|or)\s+\S+")
#: Languages that write other words and particles together with a term.
_INSIDE = ("ar", "nl")
_HINT = "see translations/glossary.csv"


@dataclass(frozen=True)
class Spoken:
    """A term as it is looked for: `forms` are lists of beginnings of words, one form is enough."""

    id: str
    name: str
    forms: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Avoided:
    """A word not to use. `first` is a quick test, `pattern` the answer; `id` the term it stands for."""

    id: str
    shown: str
    preferred: str
    first: str
    pattern: re.Pattern[str]
    severity: str
    unless: tuple[str, ...]


class Named:
    """Finds the terms that an English text names; one for all languages, so it remembers texts."""

    def __init__(self, names: tuple[tuple[str, str], ...]) -> None:
        self._starts: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for term, name in names:
            key = tuple(singular(word) for word in _words(name, "en"))
            self._starts.setdefault(key[0], []).append((key, term))
        for forms in self._starts.values():
            forms.sort(key=lambda form: -len(form[0]))
        self.of = lru_cache(maxsize=65_536)(self._of)

    def _of(self, text: English) -> tuple[str, ...]:
        """Ids in the order of the text; a longer term hides those inside it."""
        words = text.singular
        found: dict[str, None] = {}
        at = 0
        while at < len(words):
            step = 1
            for key, term in self._starts.get(words[at], ()):
                if words[at : at + len(key)] == key:
                    found[term] = None
                    step = len(key)
                    break
            at += step
        return tuple(found)


@lru_cache(maxsize=4)
def _named(names: tuple[tuple[str, str], ...]) -> Named:
    return Named(names)


class Terms:
    """The term base of one language, prepared once."""

    def __init__(self, terms: Iterable[Term], lang: str, source: str) -> None:
        self._lang = lang
        terms = [term for term in terms if not term.is_interface]
        self._spoken = {
            term.id: _spoken(term, lang) for term in terms if not term.is_everyday(lang)
        }
        names = (
            (t.id, name) for t in terms for name in (t.names[source], *t.allowed.get(source, ()))
        )
        self._named = _named(tuple((term, name) for term, name in names if _words(name, "en")))
        self._avoided = [a for term in terms for a in _avoided(term, lang, source, "error")]
        self._careful: dict[str, list[Avoided]] = {}
        for term in terms:
            if careful := list(_avoided(term, lang, source, "info")):
                self._careful[term.id] = careful
        firsts = "|".join(sorted({re.escape(avoided.first) for avoided in self._avoided}))
        # Elsewhere each begins a word: to look behind spaces alone is quicker.
        begin = "" if lang in _INSIDE or lang == "zh" else " "
        self._any = re.compile(f"{begin}(?:{firsts})" if firsts else "(?!)")
        self._titles = settings()["titles"].get(lang, [])

    def faults(
        self, english: English, source: str, target: str, words: Sequence[str]
    ) -> list[Fault]:
        """`words` are the translation's; `target` is in small letters."""
        text = target if self._lang == "zh" else f" {' '.join(words)} "
        found: list[Fault] = []
        avoided: list[Avoided] = []
        for term in self._named.of(english):
            spoken = self._spoken.get(term)
            if spoken is not None and not _is_said(spoken, text):
                message = f"the glossary's '{spoken.name}' is not in the translation"
                found.append(Fault("term-missed", "warning", message, _HINT))
            if term in self._careful:
                avoided += [a for a in self._careful[term] if a.first in text]
        if self._any.search(text):
            avoided += [a for a in self._avoided if a.first in text]
        for each in avoided:
            if fault := self._found(each, source, target, text):
                found.append(fault)
        return found

    def _found(self, avoided: Avoided, source: str, target: str, text: str) -> Fault | None:
        if not avoided.pattern.search(text):
            return None
        if any(title in target for title in self._titles):
            for title in self._titles:
                target = target.replace(title, " ")
            words = vocabulary(self._lang).words(target)
            text = target if self._lang == "zh" else " " + " ".join(words) + " "
        lowered = source.lower()
        if not avoided.pattern.search(text) or any(word in lowered for word in avoided.unless):
            return None
        rule = "term-forbidden" if avoided.severity == "error" else "term-careful"
        message = f"'{avoided.shown}' is not the word for '{avoided.preferred}'"
        return Fault(rule, avoided.severity, message, f"write '{avoided.preferred}'")


def _is_said(spoken: Spoken, text: str) -> bool:
    for form in spoken.forms:
        for start in form:
            if start not in text:
                break
        else:
            return True
    return False


def _spoken(term: Term, lang: str) -> Spoken:
    names = (term.names[lang], *term.allowed.get(lang, ()))
    forms = [_form(name, lang) for name in names]
    return Spoken(term.id, term.names[lang], tuple(form for form in forms if form))


def _form(name: str, lang: str) -> tuple[str, ...]:
    """What must stand in a text for the term to be there: ' beginning' or, inside words, 'beginning'."""
    name = _CHOICE.sub("", _BRACKETS.sub("", name.lower()))
    if lang == "zh":
        return (name,)
    words = _words(name, lang)
    long = [word for word in words if len(word) > 3] or words
    return tuple(("" if lang in _INSIDE else " ") + inflection.start(word, lang) for word in long)


def _avoided(term: Term, lang: str, source: str, severity: str) -> Iterator[Avoided]:
    listed = (term.forbidden if severity == "error" else term.careful).get(lang, ())
    quoted = (*term.forbidden.get(source, ()), *term.careful.get(source, ()))
    for shown in listed:
        if lang == "zh":
            yield Avoided(
                term.id,
                shown,
                term.names[lang],
                shown,
                re.compile(re.escape(shown)),
                severity,
                quoted,
            )
            continue
        found = [inflection.inflected(word, lang) for word in _words(shown.lower(), lang)]
        if not found:
            continue  # marks without a letter are no word
        before = r"[وفبكل]{0,2}(?:ال|لل)?" if lang == "ar" else ""
        within = r"\S*?" if lang == "nl" else ""
        parts = [before + within + pattern for _, pattern in found]
        pattern = re.compile(r"(?<= )" + r" (?:\S{1,3} )?".join(parts) + r"(?= )")
        yield Avoided(term.id, shown, term.names[lang], found[0][0], pattern, severity, quoted)


def _words(text: str, lang: str) -> list[str]:
    return [word for word in vocabulary(lang).words(text.lower()) if word[0].isalnum()]
