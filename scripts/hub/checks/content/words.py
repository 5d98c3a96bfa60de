"""Words we use, words we avoid, and their spelling (rule 3).

Terms to avoid are the glossary's; phrases that no term stands for, and figures that nobody can vouch
for, stand in avoid.yml. What is in quotation marks is spoken of and not said.
Spelling is British: pyspellchecker's list with codespell's British forms, and the words of our own in
docs/contributing/words.txt, where a form that is American only in one of its senses stands too.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import yaml

from hub import segment
from hub.checks.content.prose import plain
from hub.glossary import Term
from hub.page import Page
from hub.problem import Problem
from hub.project import Project

_QUOTED = re.compile(r"[\"“‘][^\"“”‘’]*[\"”’]")
_WORD = re.compile(r"(?<![\w@#./-])[A-Za-z][a-z]+(?:[’'](?!s\b)[a-z]+)?(?![\w@/])")
_OWN_WORDS = "contributing/words.txt"


@dataclass(frozen=True)
class Rules:
    """`never` and `careful` map a pattern to what to say instead; `own` are spellings of ours, None in a
    project that keeps no list of them: there nothing is said of spelling."""

    never: dict[re.Pattern[str], str]
    careful: dict[re.Pattern[str], str]
    own: frozenset[str] | None


def rules(project: Project, terms: list[Term]) -> Rules:
    """The rules of a project: its glossary's, ours, and its own words."""
    source = project.source.code
    never, careful = dict(_avoided("never")), dict(_avoided("careful"))
    for term in terms:
        instead = f"write '{term.names[source]}'"
        never |= {_pattern(word): instead for word in term.forbidden.get(source, ())}
        careful |= {_pattern(word): instead for word in term.careful.get(source, ())}
    file = project.docs / _OWN_WORDS
    if not file.exists():
        return Rules(never, careful, None)
    own = file.read_text(encoding="utf-8").split()
    names = [word for term in terms for word in re.findall(r"\w+", term.names[source])]
    return Rules(never, careful, frozenset(word.lower() for word in [*own, *names]))


def check(page: Page, where: str, found: Rules) -> Iterator[Problem]:
    """Words to avoid and words that no list has, each at its line."""
    for item in segment.segments(page.source, page.matter):
        text = plain(item.text)
        said = _QUOTED.sub("", text)
        for severity, patterns in (("error", found.never), ("info", found.careful)):
            for pattern, instead in patterns.items():
                for word in pattern.finditer(said):
                    message = f"'{word[0]}' is a word we avoid"
                    yield Problem(where, item.line, "forbidden-word", message, instead, severity)
        for word in dict.fromkeys(_WORD.findall(text)) if found.own is not None else ():
            if not _is_known(word, found.own or frozenset()):
                yield Problem(where, item.line, "spelling", f"'{word}'", _advice(word))


def _is_known(word: str, own: frozenset[str]) -> bool:
    small = word.lower().replace("’", "'")
    known, american = _dictionary()
    # A name keeps its spelling: "Transnational Organized Crime".
    return small in own or (small in known and (small not in american or word[0].isupper()))


def _advice(word: str) -> str:
    known, american = _dictionary()
    small = word.lower()
    if small in american:
        return f"British spelling: '{american[small]}'"
    meant = _misspellings().get(small)
    return f"did you mean '{meant}'?" if meant else f"if it is right, add it to docs/{_OWN_WORDS}"


@cache
def _dictionary() -> tuple[frozenset[str], dict[str, str]]:
    """Words that are right, and American forms with the British ones."""
    data = resources.files("spellchecker") / "resources" / "en.json.gz"
    words = set(json.loads(gzip.decompress(data.read_bytes())))
    british = _pairs("dictionary_en-GB_to_en-US.txt")
    american = {us: gb for gb, us in british.items() if us not in british}
    return frozenset(words | set(british)), american


@cache
def _misspellings() -> dict[str, str]:
    return _pairs("dictionary.txt")


def _pairs(name: str) -> dict[str, str]:
    """codespell's lists: `wrong->right`, or `wrong->this, that,`."""
    text = (resources.files("codespell_lib") / "data" / name).read_text(encoding="utf-8")
    lines = (line.partition("->") for line in text.splitlines())
    return {wrong: right.split(",")[0].strip() for wrong, arrow, right in lines if arrow}


@cache
def _avoided(kind: str) -> dict[re.Pattern[str], str]:
    file = Path(__file__).with_name("avoid.yml")
    listed = yaml.safe_load(file.read_text(encoding="utf-8"))[kind]
    return {_pattern(word): str(instead) for word, instead in listed.items()}


def _pattern(word: str) -> re.Pattern[str]:
    """The word with its plural, wherever it stands for itself."""
    return re.compile(rf"(?<![\w-]){re.escape(word)}(?:s|es)?(?![\w-])", re.I)
