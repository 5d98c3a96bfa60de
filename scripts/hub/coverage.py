"""How much of the site is translated, in words of the English source, by language, section and state.

Counts are of English words, so that languages can be compared; a text counts once for each page that
shows it, because that is how often a reader meets it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hub import segment, texts
from hub.catalog import Catalog, Key
from hub.page import Page
from hub.project import Project

STATES = ("official", "reviewed", "machine-drafted", "stale", "missing")
SHOWN = ("official", "reviewed", "machine-drafted")

_WORD = re.compile(r"[\w’'-]*[^\W_][\w’'-]*")


@dataclass(frozen=True)
class Share:
    """English words of one section in one language, by state."""

    lang: str
    section: str
    words: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.words.values())

    @property
    def translated(self) -> int:
        return sum(self.words[state] for state in SHOWN)


def words(text: str) -> int:
    return len(_WORD.findall(text))


def measure(
    project: Project, pages: Iterable[Page], catalogs: Mapping[str, Mapping[str, Catalog]]
) -> list[Share]:
    """Shares for each language in `catalogs` (by code, then section), in the site's order."""
    counted = _counted(project, list(pages))
    shares = []
    for lang, sections in catalogs.items():
        for section, items in counted.items():
            catalog = sections.get(section, Catalog(texts.path_of(project, lang, section), {}))
            by_state: Counter[str] = Counter(dict.fromkeys(STATES, 0))
            for key, number in items.items():
                entry = catalog.entries.get(key)
                by_state[entry.state if entry else "missing"] += number
            shares.append(Share(lang, section, by_state))
    return shares


def as_json(shares: Iterable[Share]) -> dict[str, object]:
    """The summary of `coverage --format json`: words and percent by language and section."""
    report: dict[str, dict[str, object]] = {}
    for lang in dict.fromkeys(share.lang for share in shares):
        own = [share for share in shares if share.lang == lang]
        totals = {state: sum(share.words[state] for share in own) for state in STATES}
        report[lang] = {
            **_figures(totals),
            "sections": {share.section: _figures(share.words) for share in own},
        }
    return {"unit": "English source words", "languages": report}


def as_table(shares: list[Share]) -> str:
    """A table for people: a row a language, a column a section, percent translated."""
    langs = list(dict.fromkeys(share.lang for share in shares))
    sections = list(dict.fromkeys(share.section for share in shares))
    cells = {(share.lang, share.section): share for share in shares}
    rows = [["", *sections, "all", "words"]]
    for lang in langs:
        own = [cells[lang, section] for section in sections]
        done, total = sum(s.translated for s in own), sum(s.total for s in own)
        percents = [_percent(s.translated, s.total) for s in own]
        rows.append([lang, *percents, _percent(done, total), f"{done}/{total}"])
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "".join(
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        + "\n"
        for row in rows
    )


def _counted(project: Project, pages: list[Page]) -> dict[str, Counter[Key]]:
    counted: dict[str, Counter[Key]] = {}
    for page in pages:
        items = counted.setdefault(page.section, Counter())
        for item in segment.segments(page.source):
            items[item.key] += words(item.text)
    for section, found in texts.sources(project, []).items():
        counted[section] = Counter({source.key: words(source.text) for source in found})
    return counted


def _figures(by_state: Mapping[str, int]) -> dict[str, object]:
    total = sum(by_state.values())
    done = sum(by_state[state] for state in SHOWN)
    percent = round(100 * done / total, 2) if total else 100.0
    return {"words": total, "translated": done, "percent": percent, "states": dict(by_state)}


def _percent(part: int, whole: int) -> str:
    # Rounded down: 100 % means all of it.
    return f"{int(1000 * part / whole) / 10:g} %" if whole else "–"
