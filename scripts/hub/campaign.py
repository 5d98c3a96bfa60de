"""What a campaign kit gives besides its pages, in one language: captions, a calendar.

Spoken texts are timed by their words: WORDS_A_MINUTE is a calm reading aloud. Captions (WebVTT) share
the seconds out in proportion, so that a translation that is longer still fits its slot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

#: Words in a minute of calm speech (Chinese: characters). Presenters' rules of thumb, not measurements.
WORDS_A_MINUTE = {
    "en": 140, "fr": 150, "es": 145, "ru": 110, "ar": 110, "zh": 230, "nl": 135, "hi": 130,
}  # fmt: skip
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff][\w\u0300-\u036f\u0900-\u0963'’-]*|\d+")


def spoken_seconds(lines: Sequence[str], lang: str) -> float:
    """How long the lines take, read aloud calmly."""
    return 60 * sum(_words(line) for line in lines) / WORDS_A_MINUTE.get(lang, 140)


def captions(lines: Sequence[str], seconds: int) -> str:
    """The lines as WebVTT that lasts `seconds`, each for its share of the words."""
    total = sum(_words(line) for line in lines) or 1
    cues, at = [], 0.0
    for number, line in enumerate(lines, 1):
        until = at + seconds * _words(line) / total
        cues.append(f"{number}\n{_clock(at)} --> {_clock(until)}\n{line}\n")
        at = until
    return "\n".join(["WEBVTT\n", *cues])


def calendar(days: Sequence[dict[str, Any]], title: str, updated: str, host: str) -> bytes:
    """Days of every year ('from' and 'until' as 07-30) as an iCalendar file, the same on every build.

    `updated` is the page's date, `host` what makes the ids unique.
    """
    made = Calendar()
    made.add("prodid", "-//Knowledge Hub//days//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", title)
    stamp = datetime.combine(date.fromisoformat(updated), datetime.min.time(), UTC)
    for day in days:
        event = Event()
        first, last = (date.fromisoformat(f"{updated[:4]}-{day[end]}") for end in ("from", "until"))
        event.add("uid", f"{day['id']}@{host}")
        event.add("dtstamp", stamp)
        event.add("dtstart", first)
        event.add("dtend", last + timedelta(days=1))
        event.add("rrule", {"freq": "yearly"})
        event.add("summary", day["title"])
        event.add("description", day["text"])
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return bytes(made.to_ical())


def files(entries: Sequence[Any], lang: str, host: str) -> dict[str, bytes]:
    """Every file of the kits and calendars among `entries` (as `View.entries` gives them), by path
    below the site's root."""
    made = {}
    for entry in entries:
        for script in entry.data.get("spoken") or ():
            name = f"downloads/{lang}/{script['id'].lower()}.vtt"
            made[name] = captions(script["lines"], script["seconds"]).encode()
        if "days" in entry.data:
            made[f"downloads/{lang}/days.ics"] = calendar(
                entry.data["days"], entry.data["title"], str(entry.data["updated"]), host
            )
    return made


def _words(line: str) -> int:
    return len(_WORD.findall(line))


def _clock(seconds: float) -> str:
    """'00:01:05.250'."""
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
