"""Numbers, days, minutes and lists as a language writes them: CLDR, with the digits of policy.yml."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, parse_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from hub.policy import DIGITS, Policy
from hub.project import Language

Length = Literal["short", "long"]

_ANY = {char: ord(char) for digits in DIGITS.values() for char in digits}


class Formats:
    """One language. What CLDR has for it is written in its own words, order and separators."""

    def __init__(self, language: Language, policy: Policy) -> None:
        # Our English is British: 23 November, not November 23.
        self._locale = "en_GB" if language.code == "en" else language.code.replace("-", "_")
        self._system: Any = policy.digits(language.code)
        wanted = DIGITS[self._system]
        self._digits = {place: wanted[int(char)] for char, place in _ANY.items()}

    def number(self, value: int) -> str:
        system = self._system
        return self._written(format_decimal(value, locale=self._locale, numbering_system=system))

    def percent(self, part: int, whole: int) -> str:
        """'99.9%'; 100 only where nothing is missing."""
        exact = int(1000 * part / whole) / 1000 if whole else 1.0
        system, locale = self._system, self._locale
        return self._written(
            format_percent(exact, "#,##0.#%", locale=locale, numbering_system=system)
        )

    def minutes(self, number: int, length: Length = "long") -> str:
        """'50 minutes', or '50 min'."""
        unit = "duration-minute"
        shown = format_unit(number, unit, length, locale=self._locale)
        if unit in shown:
            # Where CLDR's long form is the short one (Chinese), Babel finds none and names the unit.
            shown = format_unit(number, unit, "short", locale=self._locale)
        return self._written(shown)

    def seconds(self, number: int) -> str:
        """'30 sec'."""
        return self._written(format_unit(number, "duration-second", "short", locale=self._locale))

    def kilobytes(self, number: int) -> str:
        """'12.3 kB', from bytes."""
        size = float(format_decimal(number / 1000, "0.0", locale="en"))
        return self._written(format_unit(size, "digital-kilobyte", "short", locale=self._locale))

    def day_of_year(self, first: str, last: str) -> str:
        """'30 July', or '8–14 March': a day, or days, of every year."""
        days = [parse_date(f"2000-{d}", locale="en", format="yyyy-MM-dd") for d in (first, last)]
        if first == last:
            return self._written(format_skeleton("MMMMd", days[0], locale=self._locale))
        return self._written(
            format_interval(days[0], days[1], skeleton="MMMd", locale=self._locale)
        )

    def day(self, value: Any) -> str:
        """'23 November 2026', from 2026-11-23."""
        day = parse_date(str(value), locale="en", format="yyyy-MM-dd")
        return self._written(format_date(day, format="long", locale=self._locale))

    def partial(self, value: str) -> str:
        """'23 November 2026', 'November 2026' or '2026', as far as the day is known."""
        if len(value) == 4:
            return self._written(value)
        if len(value) == 10:
            return self.day(value)
        month = parse_date(f"{value}-01", locale="en", format="yyyy-MM-dd")
        return self._written(format_skeleton("yMMMM", month, locale=self._locale))

    def span(self, start: str, end: str) -> str:
        """'13–15 February 2008', from two days."""
        first = parse_date(start, locale="en", format="yyyy-MM-dd")
        last = parse_date(end, locale="en", format="yyyy-MM-dd")
        return self._written(format_interval(first, last, "yMMMMd", locale=self._locale))

    def language_name(self, code: str) -> str:
        """'French', 'français', …: a language in this one; its code where CLDR has no name."""
        return str(Locale.parse(self._locale).languages.get(code, code))

    def country(self, code: str) -> str:
        """'India', 'Inde', …; the code where CLDR has no name."""
        return str(Locale.parse(self._locale).territories.get(code, code))

    def listed(self, items: Iterable[Any]) -> str:
        """'a, b and c'."""
        return str(format_list([str(item) for item in items], locale=self._locale))

    def _written(self, text: Any) -> str:
        """Babel takes a numbering system for separators only."""
        return str(text).translate(self._digits)
