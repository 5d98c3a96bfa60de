"""What the list of lessons and its finder show beyond the front matter."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from hub.coverage import Measured
from hub.page import vocabulary
from hub.project import Language
from hub.templates import Entry, View

#: The share of a lesson's words that may be in English, when it is said to be in a language.
_MISSING = 0.1


#: Columns of the table of lessons; the last is for whoever maps them to a curriculum of their own.
_COLUMNS = ("id", "title", "age_band", "minutes", "subjects", "sdg", "outcomes", "curriculum")


def files(view: View) -> dict[str, str]:
    """The table of lessons by its address, as CSV in the view's language; none where there are no lessons."""
    lessons = view.entries("lesson")
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for entry in lessons:
        data = entry.data
        lists = ["; ".join(map(str, data[name])) for name in ("subjects", "sdg", "outcomes")]
        writer.writerow(
            [data["id"], data["title"], data["age_band"], data["duration_min"], *lists, ""]
        )
    # The mark tells spreadsheets that this is UTF-8.
    return {_file(view): "\ufeff" + text.getvalue()} if lessons else {}


def _file(view: View) -> str:
    return f"downloads/{view.language.code}/lessons.csv"


@dataclass(frozen=True)
class Lessons:
    """`hub.lessons` in a template."""

    view: View
    measured: Measured

    def languages(self, entry: Entry) -> list[Language]:
        """The languages in which a lesson can be taught: nearly all its words are there."""
        return [
            lang
            for lang in self.view.project.languages
            if lang.is_source or self._missing(lang, entry) <= _MISSING
        ]

    def period(self, entry: Entry) -> int:
        """Minutes of one lesson period: some lessons take more than one."""
        return int(entry.data["duration_min"]) // int(entry.data.get("sessions", 1))

    def periods(self) -> list[int]:
        """The lengths of periods there are, the shortest first."""
        return sorted({self.period(entry) for entry in self.view.entries("lesson")})

    def subjects(self) -> list[str]:
        """The subjects that lessons have, in the vocabulary's order."""
        found = {word for entry in self.view.entries("lesson") for word in entry.data["subjects"]}
        return [word for word in vocabulary()["subject"] if word in found]

    @property
    def file(self) -> str:
        """The address of the table of lessons from the site's root."""
        return _file(self.view)

    def cover(self, entry: Entry) -> str:
        """The address of a lesson's drawing from the site's root, '' where it has none."""
        address = f"assets/covers/{Path(entry.page.path).stem}.svg"
        return address if (self.view.project.templates / address).exists() else ""

    def _missing(self, language: Language, entry: Entry) -> float:
        standing = self.measured.standings[language.code, entry.page.path]
        return standing.to_translate / max(1, sum(standing.words.values()))
