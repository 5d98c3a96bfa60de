"""One catalog against its English: every translated entry, every composed page, each fault at its line.

What is wrong with a pair of texts is for `pair` to say; here it gets its file, its line, and the place
of the English text at the end of its hint.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from hub.catalog import Catalog, Entry
from hub.checks import pair, structure
from hub.checks.pair import Fault, Pair, Rules
from hub.coverage.english import Section
from hub.problem import Problem
from hub.project import Project


def check(
    catalog: Catalog,
    english: Section,
    rules: Rules,
    lang: str,
    section: str,
    where: str,
    expired: str = "",
    reviewers: Sequence[str] = (),
) -> Iterator[Problem]:
    """All faults of a catalog that could be read; `where` is its path as people write it.

    What was read before the month `expired` ('2024-11') is to be read again; only `reviewers` may
    approve, anybody where none are named.
    """
    for (context, source), entry in catalog.entries.items():
        if not entry.target:
            continue
        text = english.texts.get((context, source))
        if text is None:
            hint = "catalog sync moves it to the end of the file, where it waits for its text"
            message = "no page shows this text"
            yield Problem(where, entry.line, "unused", message, hint, "info", lang)
        kind = text.kind if text else ""
        of_entry = Pair(lang, source, entry.target, context, entry.state, section, kind)
        faults = pair.faults(of_entry, rules)
        if entry.reviewer or entry.lapsed or entry.date:
            faults = (*faults, *_signature(entry, expired, reviewers))
        for fault in faults:
            hint = _with_place(fault.hint, text.place if text else "")
            yield Problem(where, entry.line, fault.rule, fault.message, hint, fault.severity, lang)
    for page, segments in english.pages:
        yield from structure.check(page, segments, catalog, where, lang)


def check_together(
    project: Project, lang: str, catalogs: Mapping[str, Catalog]
) -> list[tuple[str, Problem]]:
    """What no catalog of a language has alone: (section, problem) for each text translated two ways."""
    uses = Counter(key for catalog in catalogs.values() for key in catalog.entries)
    shared = [
        Pair(lang, key[1], entry.target, key[0], entry.state, section, "")
        for section, catalog in catalogs.items()
        for key, entry in catalog.entries.items()
        if uses[key] > 1
    ]
    found = []
    for item, fault in pair.two_ways(shared):
        own = catalogs[item.section]
        line = own.entries[item.context, item.source].line
        where = project.relative(own.path)
        of = (fault.rule, fault.message, fault.hint, fault.severity, lang)
        found.append((item.section, Problem(where, line, *of)))
    return found


def count(catalog: Catalog, english: Section) -> dict[int, dict[str, int]]:
    """English words by tier, then by the state of their translation."""
    tiers: dict[int, dict[str, int]] = {}
    for key, text in english.texts.items():
        entry = catalog.entries.get(key)
        state = entry.state if entry else "missing"
        for tier, words in text.words.items():
            by_state = tiers.setdefault(tier, {})
            by_state[state] = by_state.get(state, 0) + words
    return tiers


def _signature(entry: Entry, expired: str, reviewers: Sequence[str]) -> Iterator[Fault]:
    """What has become of an approval."""
    if entry.reviewer and reviewers and entry.reviewer not in reviewers:
        hint = "translations/policy.yml names: " + ", ".join(reviewers)
        yield Fault("approval", "error", f"approved by '{entry.reviewer}'", hint)
    if entry.lapsed == "official":
        hint = "have it approved again: catalog approve --official; or take the edit back"
        yield Fault(
            "official-edited", "error", "the official text, or its English, was edited", hint
        )
    elif entry.lapsed:
        hint = "have it read again: catalog approve"
        yield Fault(
            "approval-lapsed",
            "info",
            "no longer approved: the text, or its English, was edited",
            hint,
        )
    elif entry.date and entry.date[:7] < expired:
        hint = "policy.yml says how long a reading lasts; have it read again: catalog approve"
        yield Fault("review-expired", "warning", f"last read on {entry.date}", hint)


def _with_place(hint: str, place: str) -> str:
    return "; ".join(filter(None, (hint, f"English: {place}" if place else "")))
