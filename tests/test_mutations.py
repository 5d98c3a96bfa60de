"""Real catalogs broken in known ways: the named rule finds the fault, and sound catalogs stay quiet.

mutations.yml lists what is broken. Every mutation is made in an entry of translations/ that readers see;
it counts as found where the rule the list names says something there that it did not say before.
"""

from __future__ import annotations

import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import babel.dates
import pytest
import yaml

from hub import glossary, segment, texts
from hub.checks import pair
from hub.checks.pair import Pair, Rules
from hub.page import read_pages
from hub.project import Project

LIST = yaml.safe_load((Path(__file__).parent / "mutations.yml").read_text(encoding="utf-8"))
LANGUAGES = ("fr", "es", "ru", "ar", "zh", "nl", "hi")
MARKUP = re.compile(r"\]\([^)]*\)|%\([a-z]+\)s|\*\*")
WORD_BEFORE, WORD_AFTER = r"(?<![\w\u0900-\u0963])", r"(?![\w\u0900-\u0963])"


@dataclass(frozen=True)
class Corpus:
    """One language: its entries and rules, and what the test knows of its glossary."""

    lang: str
    pairs: list[Pair]
    rules: Rules
    terms: list[tuple[str, str]]


@pytest.fixture(scope="module")
def corpora(project: Project) -> list[Corpus]:
    pages, problems = read_pages(project)
    assert not problems
    kinds = {item.key: item.kind for page in pages for item in segment.segments(page.source)}
    return [_corpus(project, lang, kinds) for lang in LANGUAGES]


@pytest.fixture(scope="module")
def results(corpora: list[Corpus]) -> dict[tuple[str, str], Counter[bool]]:
    """How many mutations of each kind and language were found (True) and missed (False)."""
    counted = {}
    for kind in LIST["kinds"]:
        for corpus in corpora:
            found: Counter[bool] = Counter()
            for before, after in mutations(kind, corpus):
                found[is_found(kind, before, after, corpus.rules)] += 1
            counted[kind, corpus.lang] = found
    return counted


def test_there_are_enough_mutations_of_enough_kinds(
    results: dict[tuple[str, str], Counter[bool]],
) -> None:
    gated = {kind for kind in LIST["kinds"] if not LIST["kinds"][kind].get("apart")}
    made = {lang: sum(results[kind, lang].total() for kind in gated) for lang in LANGUAGES}

    assert len(gated) >= 12
    assert all(number >= 100 for number in made.values()), made


def test_mutations_are_found(
    results: dict[tuple[str, str], Counter[bool]], capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        sys.stdout.write("\n" + table(results))
    total: Counter[bool] = Counter()
    for kind, settings in LIST["kinds"].items():
        of_kind = sum((results[kind, lang] for lang in LANGUAGES), Counter())
        wanted = settings.get("at_least", LIST["of_each_kind"])

        assert of_kind.total(), f"no mutation of the kind {kind}: change the list"
        assert percent(of_kind) >= wanted, f"{kind}: {percent(of_kind):.1f} %"
        if not settings.get("apart"):
            total += of_kind

    assert percent(total) >= LIST["overall"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sound_catalogs_have_no_error_and_few_warnings(corpora: list[Corpus], lang: str) -> None:
    corpus = next(corpus for corpus in corpora if corpus.lang == lang)
    faults = [fault for each in corpus.pairs for fault in pair.faults(each, corpus.rules)]
    faults += [fault for _, fault in pair.two_ways(corpus.pairs)]

    assert [fault for fault in faults if fault.severity == "error"] == []
    warnings = sum(fault.severity == "warning" for fault in faults)
    assert 100 * warnings / len(corpus.pairs) <= 3


def mutations(kind: str, corpus: Corpus) -> Iterator[tuple[Pair, Pair]]:
    """Pairs before and after; the same ones on every run."""
    chance = random.Random(f"{kind} {corpus.lang}")
    only = re.compile(LIST["kinds"][kind].get("only", ""))
    candidates = [
        each
        for each in corpus.pairs
        if each.target and not is_name(each) and only.search(each.source)
    ]
    chance.shuffle(candidates)
    made = 0
    for before in candidates:
        after = CHANGES[LIST["kinds"][kind]["change"]](before, corpus, kind, chance)
        if after is None or after == before:
            continue
        if after.source != before.source:
            before = before._replace(source=after.source, target=after.source)
        yield before, after
        made += 1
        if made == LIST["each"]:
            return


def is_found(kind: str, before: Pair, after: Pair, rules: Rules) -> bool:
    named = LIST["kinds"][kind]["rule"]
    wanted = {named} if isinstance(named, str) else set(named)
    known = set(pair.faults(before, rules))
    return any(f.rule in wanted and f not in known for f in pair.faults(after, rules))


def is_name(each: Pair) -> bool:
    return not re.search(r"[a-z]{2}", MARKUP.sub("", each.source))


def table(results: dict[tuple[str, str], Counter[bool]]) -> str:
    """Found of made, a row a kind, a column a language."""
    lines = [f"{'found of made':32}" + "".join(f"{lang:>8}" for lang in LANGUAGES) + "     all"]
    total: Counter[bool] = Counter()
    for kind, settings in LIST["kinds"].items():
        cells = [results[kind, lang] for lang in LANGUAGES]
        of_kind = sum(cells, Counter())
        numbers = "".join(f"{f'{c[True]}/{c.total()}':>8}" for c in cells)
        apart = "  (apart)" if settings.get("apart") else ""
        lines.append(f"{kind:32}{numbers}{percent(of_kind):7.1f}%{apart}")
        total += Counter() if apart else of_kind
    lines.append(f"{'overall':32}{'':56}{percent(total):7.1f}% of {total.total()}")
    return "\n".join(lines) + "\n"


def percent(found: Counter[bool]) -> float:
    return 100 * found[True] / found.total() if found.total() else 100.0


def swap(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    """The first of the language's patterns, in any order, that fits outside links."""
    rows = list(LIST["swap"][kind][corpus.lang])
    chance.shuffle(rows)
    for pattern, new in rows:
        bounded = pattern
        if corpus.lang != "zh" and "another-script" not in kind:
            bounded = WORD_BEFORE * (pattern[0].isalnum() or pattern[0] in "([") + pattern
            bounded += WORD_AFTER * pattern[-1].isalnum()
        changed = outside_links(bounded, str(new), each.target)
        if changed != each.target:
            return each._replace(target=changed)
    return None


def outside_links(pattern: str, new: str, text: str) -> str:
    """One replacement, in a part of the text that is no link target and no placeholder."""
    parts = re.split(r"(\]\([^)]*\)|%\([a-z]+\)s)", text)
    for index in range(0, len(parts), 2):
        changed = re.sub(pattern, new, parts[index], count=1, flags=re.S)
        if changed != parts[index]:
            return "".join([*parts[:index], changed, *parts[index + 1 :]])
    return text


def number(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    pattern = r"(?<![\w.,/%-])(\d+)(?![\w/-])"
    found = re.search(pattern, MARKUP.sub(" ", each.target))
    if not found:
        return None
    return each._replace(target=outside_links(pattern, str(int(found[1]) + 1), each.target))


def month(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    names = babel.dates.get_month_names("wide", locale=corpus.lang)
    if not re.search(
        r"\d (?:January|February|April|June|July|October|November|December) \d", each.source
    ):
        return None
    if corpus.lang == "zh":
        return each._replace(
            target=re.sub(r"(\d+)月", lambda m: f"{int(m[1]) % 12 + 1}月", each.target, count=1),
        )
    if corpus.lang == "ar":
        return each._replace(target=re.sub(r"\w+/\w+(?= \d{4})", "آب/أغسطس", each.target, count=1))
    for at in range(1, 13):
        if names[at] in each.target:
            return each._replace(target=each.target.replace(names[at], names[at % 12 + 1], 1))
    return None


def digits(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    other = "०१२३४५६७८९" if corpus.lang == "hi" else "٠١٢٣٤٥٦٧٨٩"
    found = re.search(r"(?<!\w)\d+(?!\w)", MARKUP.sub(" ", each.target))
    if not found:
        return None
    written = found[0].translate(str.maketrans("0123456789", other))
    return each._replace(target=outside_links(rf"(?<!\w){found[0]}(?!\w)", written, each.target))


def other_term(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    """Every place of a glossary term gets the name of another term."""
    for english, name in corpus.terms:
        if (
            re.search(rf"\b{re.escape(english)}\b", each.source.lower())
            and name in each.target.lower()
        ):
            new = chance.choice([other for _, other in corpus.terms if not shares(other, name)])
            return each._replace(target=re.sub(re.escape(name), new, each.target, flags=re.I))
    return None


def shares(one: str, other: str) -> bool:
    """True where a word of one begins like a word of the other: then it could be the same term."""
    if not one.isascii() and re.search("[\u4e00-\u9fff]", one):
        return bool(set(one) & set(other))
    starts = {word.removeprefix("ال")[:3] for word in other.split()}
    return any(word.removeprefix("ال")[:3] in starts for word in one.split())


def bold_dropped(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    return each._replace(target=re.sub(r"\*\*(.+?)\*\*", r"\1", each.target, count=1))


def bold_open(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    at = each.target.rfind("**")
    return each._replace(target=each.target[:at] + each.target[at + 2 :]) if at >= 0 else None


def link_cut(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    return each._replace(target=re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", each.target, count=1))


def link_target(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    return each._replace(target=re.sub(r"\]\([^)#]+", "](elsewhere.md", each.target, count=1))


def anchor(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    return each._replace(target=re.sub(r"(\]\([^)#]*)#[^)]*\)", r"\1)", each.target, count=1))


def code(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    """No text of ours has code yet: a code that both texts name is marked as such in both."""
    shared = [w for w in re.findall(r"(?<![\w(/`])[A-Z][A-Za-z0-9.-]*\d(?!\w)", each.source)]
    for word in shared:
        if word in each.target:
            source = each.source.replace(word, f"`{word}`", 1)
            return each._replace(source=source, target=each.target.replace(word, f"`{word}x`", 1))
    return None


def attribute(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    """Nor has any text of ours an attribute list: both get one, and the translation's loses its id."""
    if not re.search(r"\]\([^)]*\)", each.target):
        return None
    source = re.sub(r"(\]\([^)]*\))", r"\1{#place .wide}", each.source, count=1)
    return each._replace(
        source=source, target=re.sub(r"(\]\([^)]*\))", r"\1{.wide}", each.target, count=1)
    )


def placeholder(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    return each._replace(target=re.sub(r"%\(([a-z]+)\)s", "", each.target, count=1))


def html(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    added = (
        "<script>alert(1)</script>",
        '<b onclick="alert(1)">!</b>',
        "<img src=x onerror=alert(1)",
        "<br>",
        "<!-- hub: questions -->",
        '<a href="https://elsewhere.example/">…</a>',
    )
    return each._replace(target=each.target + " " + chance.choice(added))


def expression(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    added = ("{{ config }}", "{% include 'x' %}", "{: onclick=alert(1) }", "%(secret)s", "{{ 7*7")
    return each._replace(target=each.target + " " + chance.choice(added))


def script_address(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    address = chance.choice(
        (
            "javascript:alert(1)",
            "JavaScript&#58;alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
        )
    )
    if "](" in each.target:
        return each._replace(
            target=re.sub(r"\]\([^)]*\)", lambda m: f"]({address})", each.target, count=1)
        )
    return each._replace(target=f"[{each.target}]({address})")


def bidi(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    at = chance.randrange(len(each.target))
    mark = chance.choice("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u202c\u2069")
    return each._replace(target=each.target[:at] + mark + each.target[at:])


def english(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    """One of at least two sentences stays as the English has it."""
    ours, theirs = sentences(each.source), sentences(each.target)
    if len(ours) != len(theirs) or len(ours) < 2:
        return None
    at = chance.randrange(len(ours))
    if len(ours[at].split()) < 4 or "](" in ours[at]:
        return None
    return each._replace(target=" ".join([*theirs[:at], ours[at], *theirs[at + 1 :]]))


def copied(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    return each._replace(target=each.source) if len(each.source.split()) >= 3 else None


def dropped(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    """A sentence is left out; not one of a word or two, and none with a link, which another rule sees."""
    theirs = sentences(each.target)
    fitting = [i for i, s in enumerate(theirs) if "](" not in s and "**" not in s]
    if len(theirs) < 2 or not fitting:
        return None
    at = chance.choice(fitting)
    if len(theirs[at]) < 0.1 * len(each.target):
        return None
    return each._replace(target=" ".join(theirs[:at] + theirs[at + 1 :]))


def doubled(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    if corpus.lang == "zh":
        found = re.findall("[\u4e00-\u9fff]{2}", each.target)
        word = chance.choice(found) if found else ""
        return each._replace(target=each.target.replace(word, word * 2, 1)) if word else None
    found = re.findall(r"(?<= )[^\W\d_]{3,}(?= )", each.target)
    if not found:
        return None
    word = chance.choice(found)
    return each._replace(target=each.target.replace(f" {word} ", f" {word} {word} ", 1))


def quotes(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    left, right = chance.choice(('""', "„“" if corpus.lang in ("fr", "es", "ru", "ar") else "«»"))
    changed = re.sub(r"[«“]\s?(.+?)\s?[»”]", rf"{left}\1{right}", each.target, count=1)
    return each._replace(target=changed)


def decomposed(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    if corpus.lang == "zh":
        return each._replace(target=each.target + "\u304b\u3099") if len(each.target) > 9 else None
    changed = unicodedata.normalize("NFD", each.target)
    return (
        each._replace(target=changed) if unicodedata.normalize("NFC", changed) != changed else None
    )


def stale(each: Pair, corpus: Corpus, kind: str, chance: random.Random) -> Pair | None:
    """What `catalog.read` gives for an entry that its source's change has made fuzzy."""
    return each._replace(state="stale")


def sentences(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=[.!?؟।])\s+|(?<=[。！？])", text) if s]


CHANGES: dict[str, Callable[[Pair, Corpus, str, random.Random], Pair | None]] = {
    change.__name__: change
    for change in (
        swap, number, month, digits, other_term, bold_dropped, bold_open, link_cut, link_target,
        anchor, code, attribute, placeholder, html, expression, script_address, bidi, english,
        copied, dropped, doubled, quotes, decomposed, stale,
    )
}  # fmt: skip


def _corpus(project: Project, lang: str, kinds: dict[Any, str]) -> Corpus:
    catalogs, problems = texts.read_all(project, lang)
    assert not problems
    pairs = [
        Pair(lang, key[1], entry.target, key[0], entry.state, section, kinds.get(key, section))
        for section, found in catalogs.items()
        for key, entry in found.entries.items()
    ]
    terms = [
        (term.names["en"].lower(), re.sub(r" \(.*|,.*", "", term.names[lang].lower()))
        for term in glossary.read(project)
        if not term.is_interface and not term.is_everyday(lang)
    ]
    return Corpus(lang, pairs, pair.rules(project, lang), terms)
