"""What `coverage` prints of the shares: two tables for people, and the summary of the JSON report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hub.coverage.shares import SHOWN, STATES, Share, figures, percent, total
from hub.problem import Problem


def as_json(shares: Iterable[Share], below: Iterable[Problem] = ()) -> dict[str, object]:
    """Words and percent by language, section and tier, and the thresholds that are not reached.

    Other programs read this: keys are only ever added.
    """
    report: dict[str, dict[str, object]] = {}
    for lang, own in _by_language(shares).items():
        sections = {
            share.section: {
                **figures(share.words),
                "tiers": {str(t): figures(total([s])) for t, s in sorted(share.tiers.items())},
            }
            for share in own
        }
        report[lang] = {**figures(total(share.words for share in own)), "sections": sections}
    missed = [{"lang": p.lang, "file": p.file, "message": p.message} for p in below]
    return {"unit": "English source words", "languages": report, "below": missed}


def as_tables(shares: Iterable[Share]) -> str:
    """Percent translated, a column a section; then percent by state. Weighted by English words."""
    by_language = _by_language(shares)
    sections = list(dict.fromkeys(s.section for own in by_language.values() for s in own))
    translated = [["", *sections, "all", "words"]]
    states = [["", *STATES]]
    for lang, own in by_language.items():
        by_section = {share.section: share.words for share in own}
        everything = total(by_section.values())
        done, whole = _done(everything), sum(everything.values())
        columns = [by_section.get(section, {}) for section in sections]
        cells = [percent(_done(column), sum(column.values())) for column in columns]
        translated.append([lang, *cells, percent(done, whole), f"{done}/{whole}"])
        states.append([lang, *(percent(everything[state], whole) for state in STATES)])
    return _table(translated) + "\n" + _table(states)


def _by_language(shares: Iterable[Share]) -> dict[str, list[Share]]:
    found: dict[str, list[Share]] = {}
    for share in shares:
        found.setdefault(share.lang, []).append(share)
    return found


def _done(by_state: dict[str, int]) -> int:
    return sum(by_state.get(state, 0) for state in SHOWN)


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "".join(
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        + "\n"
        for row in rows
    )
