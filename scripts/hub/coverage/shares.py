"""How much of the site is translated, in words of the English source, by language, section and state.

Counts are of English words, so that languages can be compared; a text counts once for each page that
shows it, because that is how often a reader meets it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from hub.policy import Policy
from hub.problem import Problem

STATES = ("official", "reviewed", "machine-drafted", "stale", "missing")
SHOWN = ("official", "reviewed", "machine-drafted")
READ = ("official", "reviewed")

_WORD = re.compile(r"[\w’'-]*[^\W_][\w’'-]*")


@dataclass(frozen=True)
class Share:
    """English words of one section in one language: by tier, and in each by state."""

    lang: str
    section: str
    tiers: Mapping[int, Mapping[str, int]]

    @property
    def words(self) -> dict[str, int]:
        """By state, over all tiers."""
        return total(self.tiers.values())

    @property
    def total(self) -> int:
        return sum(self.words.values())

    @property
    def translated(self) -> int:
        return sum(self.words[state] for state in SHOWN)


def words(text: str) -> int:
    return sum(map(_between_spaces, text.split()))


@lru_cache(maxsize=65_536)
def _between_spaces(text: str) -> int:
    """Remembered: a site has few words, which it repeats."""
    return len(_WORD.findall(text))


def total(counted: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Words by state, each state named, summed over several counts."""
    sums: Counter[str] = Counter(dict.fromkeys(STATES, 0))
    for by_state in counted:
        sums.update(by_state)
    return dict(sums)


def figures(by_state: Mapping[str, int]) -> dict[str, object]:
    """What the JSON report says of a count; nothing to translate is all translated."""
    done = sum(by_state[state] for state in SHOWN)
    everything = sum(by_state.values())
    percent = round(100 * done / everything, 2) if everything else 100.0
    return {"words": everything, "translated": done, "percent": percent, "states": dict(by_state)}


def below(shares: Iterable[Share], policy: Policy) -> list[Problem]:
    """A warning for each language, section and tier that is below its threshold in policy.yml."""
    found = []
    for share in shares:
        for tier, by_state in sorted(share.tiers.items()):
            wanted = policy.threshold(share.lang, share.section, tier)
            for name, states, least in (
                ("translated", SHOWN, wanted.translated),
                ("reviewed", READ, wanted.reviewed),
            ):
                part = sum(by_state.get(state, 0) for state in states)
                whole = sum(by_state.values())
                if 100 * part < least * whole:
                    found.append(_shortfall(share, tier, name, percent(part, whole), least))
    return found


def unread(shares: Iterable[Share]) -> list[Problem]:
    """A remark for each language and section in which readers see what nobody has read."""
    return [
        Problem(
            f"translations/{share.lang}/{share.section}.po",
            0,
            "machine-drafted",
            f"{percent(share.words['machine-drafted'], share.total)} of its words nobody has read",
            f"have it read: catalog todo {share.lang} --review",
            "info",
            share.lang,
        )
        for share in shares
        if share.words["machine-drafted"]
    ]


def percent(part: int, whole: int) -> str:
    """Rounded down: 100 % means all of it."""
    return f"{1000 * part // whole / 10:g} %" if whole else "–"


def _shortfall(share: Share, tier: int, name: str, got: str, least: float) -> Problem:
    return Problem(
        f"translations/{share.lang}/{share.section}.po",
        0,
        "threshold",
        f"tier {tier}: {got} {name}, {least:g} % wanted",
        f"translations/policy.yml sets it; what to do first: catalog todo {share.lang}",
        "warning",
        share.lang,
    )
