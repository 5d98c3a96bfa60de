"""What happened when: events, programmes, practices and calls, and the dates of the law, in one order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from hub.templates import Entry

#: Pages of these types stand on the timeline where they have a day; this key holds it.
_DAY = {"event": "start", "programme": "start", "practice": "start", "call": "opens"}


@dataclass(frozen=True)
class Moment:
    """An entry of the timeline. `text` is HTML; `source` 'A6', '¶37' or ''; `url` '' where no page is.

    `kind` is the type of the page it stands for, or 'date'.
    """

    start: str
    end: str
    text: str
    kind: str
    source: str = ""
    url: str = ""

    @property
    def year(self) -> str:
        return self.start[:4]


def moments(pages: Iterable[Entry], dates: Iterable[Entry]) -> list[Moment]:
    """The moments of `pages` that have a day, and those written into timeline pages, earliest first.

    What is known to the year stands before what is known to the month or the day.
    """
    found = [*_of_pages(pages), *_of_dates(dates)]
    return sorted(found, key=lambda moment: (moment.start, moment.end, moment.url, moment.text))


def by_year(
    found: Iterable[Moment], first: str = "", last: str = "9999"
) -> dict[str, list[Moment]]:
    """Moments by year, from `first` to `last`, both included."""
    groups = groupby(found, key=lambda moment: moment.year)
    return {year: list(group) for year, group in groups if first <= year <= last}


def _of_pages(pages: Iterable[Entry]) -> Iterator[Moment]:
    for entry in pages:
        kind = entry.page.type
        start = str(entry.data.get(_DAY.get(kind, ""), ""))
        if start:
            paragraphs = entry.data.get("report_paragraphs", ())
            source = f"¶{paragraphs[0]}" if paragraphs else ""
            end = str(entry.data.get("end", ""))
            yield Moment(start, end, entry.text("title"), kind, source, entry.url)


def _of_dates(pages: Iterable[Entry]) -> Iterator[Moment]:
    for entry in pages:
        for index, item in enumerate(entry.data["dates"]):
            paragraph = item.get("report_paragraph")
            source = f"¶{paragraph}" if paragraph else str(item.get("fact", ""))
            text = entry.text(f"dates.{index}.text")
            yield Moment(str(item["day"]), "", text, "date", source)
