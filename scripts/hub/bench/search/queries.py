"""Queries made from the pages themselves: other forms of a word, without its accents, with a slip.

The rules are not the analyzer's: forms come from simplemma's dictionaries (Arabic: from a list of what is
written onto words), traditional Chinese from OpenCC. A query wants every page that has the word.
"""

from __future__ import annotations

import itertools
import os
import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import opencc
import simplemma

from hub import frontmatter
from hub.bench.search.gold import Gold

KINDS = ("inflected", "folded", "typo")
_MOST = 5  # pages with a form of the word: more could not all be among the first five
_SHORTEST = {"inflected": 4, "folded": 4, "typo": 5}
_BEFORE = ("وال", "فال", "بال", "كال", "ولل", "ال", "لل", "و", "ف", "ب", "ل", "ك")
_AFTER = ("هما", "كم", "هم", "ها", "ات", "ان", "ون", "ين", "ية", "ه", "ة", "ي")
_SCRIPTS = {"ru": "CYRILLIC", "ar": "ARABIC", "zh": "CJK", "hi": "DEVANAGARI"}
_TASHKEEL = re.compile("[\u064b-\u0652\u0640\u0670]")


@dataclass(frozen=True)
class Query:
    """`wanted` holds the paths of the pages that answer it, without `.md`."""

    text: str
    kind: str
    wanted: frozenset[str]


def from_gold(gold: list[Gold]) -> list[Query]:
    return [Query(entry.text, entry.half, frozenset({entry.page})) for entry in gold]


def titles(pages: dict[str, str]) -> list[Query]:
    """A page by its title: what a written query is on a site for which nobody wrote any."""
    by_title = defaultdict(set)
    for path, text in pages.items():
        by_title[str(frontmatter.parse(text).data["title"])].add(path.removesuffix(".md"))
    return [Query(title, "title", frozenset(paths)) for title, paths in by_title.items()]


def made(pages: dict[str, str], code: str, number: int, seed: int = 1) -> list[Query]:
    """Up to `number` queries of each kind for the pages of one language."""
    bodies = {path.removesuffix(".md"): words(_text(text), code) for path, text in pages.items()}
    found: list[tuple[Query, str]] = []
    for kind in KINDS:
        random_ = random.Random(f"{seed}{code}{kind}")
        candidates = list(_of_kind(kind, bodies, code, random_))
        random_.shuffle(candidates)
        if kind == "typo":
            known = {word for page in bodies.values() for word in page}
            candidates = list(itertools.islice(_clear(candidates, known, code), number))
        found += candidates[:number]
    return [query for query, _ in found]


def words(text: str, code: str) -> list[str]:
    """Words in lower case and in the language's own script: what else is there is a name, or not translated
    yet. In Chinese, which has no spaces, every run of four to six characters."""
    runs = [
        "".join(group) for is_word, group in itertools.groupby(text.lower(), _in_word) if is_word
    ]
    if code in _SCRIPTS:
        runs = [run for run in runs if all(_script(char) == _SCRIPTS[code] for char in run)]
    if code != "zh":
        return runs
    return [
        run[i : i + size] for run in runs for size in (4, 6) for i in range(len(run) - size + 1)
    ]


def _in_word(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM" or char in "\u200c\u200d"


def _text(markdown: str) -> str:
    """Title, summary and running text, without marks, addresses and ids."""
    matter = frontmatter.parse(markdown)
    body = re.sub(r"<[^>]*>|\{[^}]*\}|\]\([^)]*\)|`[^`]*`", " ", markdown[matter.end :])
    return f"{matter.data['title']}\n{matter.data['summary']}\n{body}"


def _of_kind(
    kind: str, pages: dict[str, list[str]], code: str, random_: random.Random
) -> Iterator[tuple[Query, str]]:
    """Queries, each with the word it was made from."""
    same = fold if kind == "folded" else _lemma if kind == "inflected" else _itself
    forms: dict[str, set[str]] = defaultdict(set)
    where: dict[str, set[str]] = defaultdict(set)
    related: dict[str, set[str]] = defaultdict(set)
    for path, page in pages.items():
        for word in sorted(set(page)):
            key = same(word, code)
            forms[key].add(word)
            where[key].add(path)
            related[_lemma(word, code)].add(path)
    for key in sorted(forms):
        rare = all(len(related[_lemma(word, code)]) <= _MOST for word in forms[key])
        if rare and len(where[key]) <= _MOST and min(map(len, forms[key])) >= _shortest(kind, code):
            text = _query(kind, key, sorted(forms[key]), code, forms, random_)
            if text:
                yield Query(text, kind, frozenset(where[key])), key


def _clear(
    slips: Iterable[tuple[Query, str]], known: Iterable[str], code: str
) -> Iterator[tuple[Query, str]]:
    """Slips that could not be another word's just as well, with and without accents."""
    plainly = _itself if code == "zh" else fold
    plain = {word: plainly(word, code) for word in sorted(known)}
    for query, meant in slips:
        typed = plainly(query.text, code)
        near = (
            word
            for word, folded in plain.items()
            if _one_edit(query.text, word) or _one_edit(typed, folded)
        )
        if all(_lemma(word, code) == _lemma(meant, code) for word in near):
            yield query, meant


def _one_edit(one: str, other: str) -> bool:
    """A letter more, less or wrong, or two that have changed places."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = len(os.path.commonprefix([one, other]))
    one, other = one[start:], other[start:]
    end = len(os.path.commonprefix([one[::-1], other[::-1]]))
    one, other = one[: len(one) - end], other[: len(other) - end]
    return max(len(one), len(other)) <= 1 or (len(one) == 2 and one == other[::-1])


def _query(
    kind: str,
    key: str,
    forms: list[str],
    code: str,
    known: dict[str, set[str]],
    random_: random.Random,
) -> str:
    """What is typed for one word, or nothing where the word has no such form."""
    if kind == "folded":
        return key if key not in forms else ""
    if kind == "inflected":
        return random_.choice(forms) if len(forms) > 1 and code != "zh" else ""
    slip = _slip(key, sorted(set("".join(itertools.islice(known, 200)))), random_, code)
    return slip if slip not in known else ""


def _shortest(kind: str, code: str) -> int:
    return {"folded": 4, "typo": 6}.get(kind, 4) if code == "zh" else _SHORTEST[kind]


def _typed(char: str, code: str) -> bool:
    """Nobody types a vowel mark of Arabic by mistake: that takes two keys."""
    return char.isalpha() if code == "ar" else _in_word(char)


@cache
def _script(char: str) -> str:
    """A slip stays on the keyboard of its script."""
    return unicodedata.name(char, "").split(" ")[0]


def _itself(word: str, code: str) -> str:
    return word


@cache
def _lemma(word: str, code: str) -> str:
    if code == "ar":
        word = _TASHKEEL.sub("", word)
        word = next(
            (word[len(p) :] for p in _BEFORE if word.startswith(p) and len(word) > len(p) + 3), word
        )
        return next(
            (word[: -len(s)] for s in _AFTER if word.endswith(s) and len(word) > len(s) + 2), word
        )
    return word if code == "zh" else simplemma.lemmatize(word, code).lower()


def fold(word: str, code: str) -> str:
    """As somebody types who leaves out what the keyboard makes hard to reach."""
    if code == "zh":
        return str(_traditional(word))
    if code == "ru":
        return word.replace("ё", "е")
    if code == "ar":
        word = re.sub("[أإآ]", "ا", _TASHKEEL.sub("", word))
        return word.replace("ة", "ه").replace("ى", "ي")
    plain = unicodedata.normalize("NFD", word)
    if code == "hi":
        word = plain.replace("\u093c", "").replace("\u0901", "\u0902")
        # न and म without a vowel before their own row are written as a dot as well
        return re.sub("न\u094d(?=[तथदध])|म\u094d(?=[पफबभ])", "\u0902", word)
    folded = "".join(char for char in plain if unicodedata.category(char) != "Mn")
    return folded.replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")


_converters: list[opencc.OpenCC] = []


def _traditional(word: str) -> str:
    if not _converters:
        _converters.append(opencc.OpenCC("s2t"))
    return str(_converters[0].convert(word))


def _slip(word: str, alphabet: list[str], random_: random.Random, code: str) -> str:
    """One letter too few, too many, wrong, or in its neighbour's place; in Chinese a wrong one."""
    at = random_.randrange(1, len(word) - 1)
    before, char, after = word[:at], word[at], word[at + 1 :]
    letters = [
        letter
        for letter in alphabet
        if letter != char and _typed(letter, code) and _script(letter) == _script(char)
    ]
    if not letters:
        return word
    other = random_.choice(letters)
    changes = [before + other + after]
    if code != "zh":
        changes += [
            before + after,
            before + char + other + after,
            before + after[:1] + char + after[1:],
        ]
    return random_.choice(changes)
