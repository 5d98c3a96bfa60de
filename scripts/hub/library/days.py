"""Days as far as they are known: '2009', '2009-03' or '2009-03-02', and when such a day is over."""

from __future__ import annotations

import calendar
import os
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from hub.formats import Formats

#: Where no source gives a zone: a day is over when it has ended everywhere on earth.
UNSTATED = "unstated"
_LAST_ON_EARTH = timezone(timedelta(hours=-12))


def first(day: str) -> date:
    """The earliest date a partial day can mean."""
    year, month, number = _parts(day)
    return date(year, month or 1, number or 1)


def last(day: str) -> date:
    """The latest date a partial day can mean: what is known to the month lasts until its end."""
    year, month, number = _parts(day)
    month = month or 12
    return date(year, month, number or calendar.monthrange(year, month)[1])


def end(day: str, at: str, zone: str) -> datetime:
    """The moment from which `day` (until `at`, 'HH:MM', or to its end) is over, in a time zone."""
    place = _LAST_ON_EARTH if zone == UNSTATED else ZoneInfo(zone)
    if at:
        hour, minute = map(int, at.split(":"))
        return datetime.combine(last(day), time(hour, minute), place)
    return datetime.combine(last(day) + timedelta(days=1), time(0), place)


def beginning(day: str, zone: str) -> datetime:
    """The first moment of `day` in a time zone; the earliest on earth where none is stated."""
    place = timezone(timedelta(hours=14)) if zone == UNSTATED else ZoneInfo(zone)
    return datetime.combine(first(day), time(0), place)


def build_time() -> datetime:
    """Now; or SOURCE_DATE_EPOCH, so that two builds of one tree are the same."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)


def written(formats: Formats, start: str, end: str = "") -> str:
    """'March 2007', '13–15 February 2008', '2010 – 2011', as the language writes them."""
    if not end or end == start:
        return formats.partial(start)
    if len(start) == len(end) == 10:
        return formats.span(start, end)
    return f"{formats.partial(start)} – {formats.partial(end)}"


def _parts(day: str) -> tuple[int, int, int]:
    year, month, number = ([*map(int, day.split("-")), 0, 0])[:3]
    return year, month, number
