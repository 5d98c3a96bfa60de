"""What is wrong with one translation: every check of a pair of texts, pure and fast.

`rules` prepares a language once; `faults` can be called for each pair anywhere and gives the same answer
for the same pair and the same `Rules.version`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from hub import glossary, policy
from hub.checks.pairs import language, lists, markup, meaning, numbers, readability, terms, words
from hub.checks.pairs.fault import Fault, Pair
from hub.checks.pairs.markup import Marked
from hub.checks.pairs.numbers import Figures
from hub.checks.pairs.words import English
from hub.policy import Policy
from hub.problem import HubError
from hub.project import Project

__all__ = ["Fault", "Pair", "Rules", "faults", "rules", "two_ways"]

_READ = ("reviewed", "official")


class Rules:
    """Everything prepared for one language. `version` is a digest of all it depends on."""

    def __init__(self, project: Project, lang: str, settings: Policy) -> None:
        digits, quotes = settings.digits(lang), settings.quotes(lang)
        self.lang = lang
        self.language = language.Language(lang, digits, quotes)
        self.numbers = numbers.Numbers(lang)
        self.terms = terms.Terms(glossary.read(project), lang, project.source.code)
        self.words = words.vocabulary(lang)
        self.version = _version(project, lang, f"{digits}{quotes}")


def rules(project: Project, lang: str, settings: Policy | None = None) -> Rules:
    """The rules of a language; the policy is read where it is not given. Raises `HubError` where the
    glossary cannot be read."""
    return Rules(project, lang, settings or _policy(project))


def faults(pair: Pair, rules: Rules) -> tuple[Fault, ...]:
    """What is wrong with the pair, gravest first; nothing where it is not translated."""
    if pair.state == "missing" or not pair.target:
        return ()
    if long := markup.too_long(pair.source, pair.target):
        return (long,)
    found = _faults(pair, rules)
    return tuple(sorted(found, key=lambda fault: fault.severity != "error")) if found else ()


def two_ways(pairs: Iterable[Pair]) -> Iterator[tuple[Pair, Fault]]:
    """Each later pair of a language whose English was translated in another way before."""
    seen: dict[tuple[str, str | None, str], Pair] = {}
    for pair in pairs:
        if pair.target and pair.state not in ("missing", "stale"):
            first = seen.setdefault((pair.lang, pair.context, pair.source), pair)
            if first.target != pair.target:
                message = (
                    f"section '{first.section}' has '{_short(first.target)}' for the same English"
                )
                hint = "say the same thing in the same words"
                yield pair, Fault("two-ways", "warning", message, hint)


def _faults(pair: Pair, rules: Rules) -> list[Fault]:
    source, target = pair.source, pair.target
    found: list[Fault] = []
    marked, english, figures = _read(source)
    written = markup.read(target)
    if marked.any or written.any:
        found += markup.faults(marked, written, pair.lang)
    texts = marked.plain, written.plain
    lowered = texts[1].lower()
    found += markup.unsafe(source, target)
    if pair.state == "stale":
        # What it says is of another English text: only what it would do to a page matters.
        hint = "translate the new English and take out the word fuzzy"
        return [*found, Fault("stale", "warning", "the English has changed", hint)]
    own = rules.words.words(lowered)
    said = rules.words.said(own)
    severity = "error" if pair.state in _READ else "warning"
    for message in rules.numbers.faults(figures, english.said, texts[1], said):
        found.append(Fault("numbers", severity, message, numbers.HINT))
    found += rules.terms.faults(english, source, lowered, own)
    found += meaning.faults(english.said, said)
    found += rules.language.faults(english, target, own, texts)
    if length := rules.language.length(texts, english.said, said):
        found.append(length)
    if long := readability.fault(texts, said.ends, pair.section, pair.lang):
        found.append(long)
    return found


@lru_cache(maxsize=65_536)
def _read(source: str) -> tuple[Marked, English, Figures]:
    """The English side, remembered: every language asks for it."""
    marked = markup.read(source)
    return marked, words.read(marked.plain), numbers.read(marked.plain)


def _policy(project: Project) -> Policy:
    """The policy; none where the file is wrong, which is reported at its line elsewhere."""
    try:
        return policy.load(project)
    except HubError:
        return Policy()


def _version(project: Project, lang: str, settings: str) -> str:
    digest = hashlib.sha256(f"{lang} {settings} {_code()}".encode())
    file = project.translations / "glossary.csv"
    digest.update(file.read_bytes() if file.exists() else b"")
    return digest.hexdigest()[:16]


@cache
def _code() -> str:
    """A digest of these checks: another version of them may say something else."""
    here = Path(__file__).parent
    files = sorted([Path(__file__), *(here / "pairs").glob("*.py"), lists.FILE])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _short(text: str) -> str:
    return text if len(text) < 60 else text[:57] + "…"
