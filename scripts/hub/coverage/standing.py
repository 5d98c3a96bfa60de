"""How far one page is in one language: its texts by state, and which page comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hub.catalog import Catalog, Entry
from hub.coverage.shares import READ, STATES, total, words
from hub.page import Page
from hub.segment import Segment

_NOT_THERE = Entry("", 0, "missing")


@dataclass(frozen=True)
class Standing:
    """`texts` and `words` (of the English) count by state; `kept` are the stale texts that are shown.

    `updated` is the day the English page last changed, `read_on` the last day somebody read the
    translation, '' where nobody has.
    """

    lang: str
    path: str
    tier: int
    updated: str
    texts: Mapping[str, int]
    words: Mapping[str, int]
    kept: int = 0
    read_on: str = ""

    @property
    def state(self) -> str:
        """What may be said of the texts that are translated: 'official', 'reviewed', 'partly-reviewed',
        'machine-drafted'; 'missing' where none is."""
        there = {state for state in STATES[:3] if self.texts[state]}
        if not there:
            return "machine-drafted" if self.kept else "missing"
        if there <= set(READ):
            return "official" if there == {"official"} else "reviewed"
        return "partly-reviewed" if there & set(READ) else "machine-drafted"

    @property
    def to_translate(self) -> int:
        """English words that have no translation, or one of an older text."""
        return self.words["missing"] + self.words["stale"]

    @property
    def to_read(self) -> int:
        """English words whose translation nobody has read."""
        return self.words["machine-drafted"]


def of_page(
    page: Page, segments: Iterable[Segment], catalog: Catalog, lang: str, tier: int
) -> Standing:
    """A page against the catalog of its section."""
    texts, counted = total(()), total(())
    kept, read_on = 0, ""
    for item in segments:
        entry = catalog.entries.get(item.key, _NOT_THERE)
        texts[entry.state] += 1
        counted[entry.state] += words(item.text)
        kept += entry.kept
        read_on = max(read_on, entry.date)
    updated = str(page.meta.get("updated", ""))
    return Standing(lang, page.path, tier, updated, texts, counted, kept, read_on)


def next_up(standings: Iterable[Standing], order: Sequence[str], most: int = 5) -> list[Standing]:
    """Pages to translate next; where everything is translated, pages to read next.

    By tier, then by `order`, the paths of the navigation.
    """
    places = {path: number for number, path in enumerate(order)}
    ranked = sorted(standings, key=lambda s: (s.tier, places.get(s.path, len(places)), s.path))
    first = [standing for standing in ranked if standing.to_translate]
    return (first or [standing for standing in ranked if standing.to_read])[:most]


def oldest(standings: Iterable[Standing]) -> Standing | None:
    """The page whose translation has been out of date for longest."""
    stale = [standing for standing in standings if standing.texts["stale"]]
    return min(stale, key=lambda standing: (standing.updated, standing.path), default=None)
