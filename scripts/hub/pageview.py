"""`hub` in a template: the page that is rendered, and all of the site that it may show."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from hub import ages
from hub.ages import Age
from hub.authoring import draft, forge
from hub.coverage import Measured, standing
from hub.coverage.shares import STATES, Share
from hub.coverage.standing import Standing
from hub.figures import Figure
from hub.formats import Length
from hub.glossary import Term
from hub.handbook import Handbook
from hub.lessons import Lessons
from hub.library import days
from hub.library.days import build_time
from hub.library.shelf import Shelf
from hub.official import Official
from hub.page import vocabulary
from hub.project import Language
from hub.table import Row
from hub.templates import Entry, View
from hub.texts import DATA, UI, Translations


@dataclass(frozen=True)
class PageView:
    """`hub` in a template: the page being rendered and the site around it."""

    view: View
    path: str
    glossary: list[Term]
    exits: list[Row]
    officials: dict[str, Official]
    measured: Measured
    handbook: Handbook

    def shares_of(self, language: Language) -> list[Share]:
        """How far a language is, a share a section."""
        return [share for share in self.measured.shares if share.lang == language.code]

    def words_by_state(self, language: Language) -> dict[str, int]:
        """English words of a language's whole text by state, states of which there are none left out."""
        totals = {state: sum(s.words[state] for s in self.shares_of(language)) for state in STATES}
        return {state: number for state, number in totals.items() if number}

    @property
    def standing(self) -> Standing:
        """How far this page is in this language."""
        return self.measured.standings[self.language.code, self.path]

    def next_pages(self, language: Language) -> list[Standing]:
        """What to translate next into a language, or to read next, the most important first."""
        return standing.next_up(self._standings(language), self.view.project.nav_pages())

    def oldest_stale(self, language: Language) -> Standing | None:
        """The page that has been out of date for longest."""
        return standing.oldest(self._standings(language))

    def _standings(self, language: Language) -> list[Standing]:
        return [s for (code, _), s in self.measured.standings.items() if code == language.code]

    def percent(self, part: int, whole: int) -> str:
        """'99.9%' as the language writes it; 100 only where nothing is missing."""
        return self.view.formats.percent(part, whole)

    def number(self, value: int) -> str:
        return self.view.formats.number(value)

    def section_title(self, section: str) -> str:
        """What readers call a catalog: the title of the section's first page."""
        for path in (f"{section}/index.md", "index.md" if section == "home" else ""):
            if path in self.view.pages:
                return self.view.entry(path).text("title")
        return escape(self.label("catalog", section))

    @property
    def exit(self) -> str:
        """Where "leave this page" leads: a neutral page in this language, else in the first one."""
        by_language = {row["lang"]: row["address"] for row in reversed(self.exits)}
        return by_language.get(self.language.code) or next(
            iter(by_language.values()), "about:blank"
        )

    def home(self, language: Language) -> str:
        """The full address of a language's start page."""
        prefix = "" if language.is_source else f"{language.code}/"
        return self.view.project.site_url.rstrip("/") + "/" + prefix

    def in_all_languages(self, text: str) -> list[tuple[Language, str]]:
        """A text of ui.po in every language that has it."""
        project = self.view.project
        return [
            (lang, Translations(project, lang.code).gettext(UI, text)) for lang in self.languages
        ]

    @property
    def page(self) -> Entry | None:
        return self.view.entry(self.path) if self.path in self.view.pages else None

    @property
    def language(self) -> Language:
        return self.view.language

    @property
    def languages(self) -> tuple[Language, ...]:
        return self.view.project.languages

    @property
    def sections(self) -> list[Entry]:
        return self.view.sections

    def ages(self) -> list[Age]:
        """How old the pages are, a row a section."""
        return ages.by_section(self.view.pages.values(), build_time().date())

    @property
    def is_overdue(self) -> bool:
        """True where nobody has looked at this page again in time."""
        page = self.view.pages.get(self.path)
        return page is not None and ages.is_overdue(page, build_time().date())

    @property
    def message_languages(self) -> tuple[Language, ...]:
        """The languages of the short messages: the site's, and those that have nothing else."""
        return (*self.languages, *self.view.project.guests)

    def recording(self, message: str) -> str:
        """The address of a person's recording of a message from the site's root, '' without one."""
        folder = f"messages/audio/{self.language.code}"
        names = [f"{folder}/{message}.{kind}" for kind in ("mp3", "ogg")]
        return next((name for name in names if (self.view.project.docs / name).exists()), "")

    def beside(self, url: str) -> str:
        """An address from the site's root as one from this page."""
        return posixpath.relpath(url, posixpath.dirname(self.view.url(self.path)) or ".")

    def entries(self, kind: str) -> list[Entry]:
        return self.view.entries(kind)

    @property
    def figures(self) -> dict[str, Figure]:
        """The figures of docs/data/figures.csv by id."""
        return self.view.figures

    @property
    def library(self) -> Shelf:
        return Shelf(self.view)

    def new_file_link(self, kind: str) -> str:
        """The forge's editor with a form in it; '' where the site names no forge, or no form fits."""
        project, pages = self.view.project, self.view.pages.values()
        made = draft.make(kind, f"new-{kind}", pages, days.build_time().date())
        path = project.where(made[0].path)
        return forge.new_file(project.repo_url, path, made[0].text) if len(made) == 1 else ""

    @property
    def finder(self) -> str:
        """The address of the page that takes the Protocol article by article, '' where there is none."""
        return next((entry.url for entry in self.entries("article-finder")), "")

    def parts(self, lesson: str) -> list[Entry]:
        """The printed parts of a lesson, pupil sheet first."""
        found = [part for part in self.entries("lesson-part") if part.data["lesson"] == lesson]
        order = tuple(vocabulary()["lesson_part"])
        return sorted(found, key=lambda part: order.index(part.data["part"]))

    @property
    def lessons(self) -> Lessons:
        return Lessons(self.view, self.measured)

    def url(self, path: str, language: Language | None = None) -> str:
        return self.view.url(path, language)

    def address(self, language: Language) -> str:
        """The full address of this page in a language, without index.html."""
        url = self.view.url(self.path, language)
        return self.view.project.site_url.rstrip("/") + "/" + url.removesuffix("index.html")

    def label(self, name: str, word: Any) -> str:
        """What readers see for a word of the vocabulary."""
        return self.view.label(name, word)

    def labels(self, name: str, words: list[Any]) -> str:
        return self.listed([self.label(name, word) for word in words])

    def listed(self, items: list[Any]) -> str:
        """'a, b and c' as the language lists things (CLDR)."""
        return self.view.formats.listed(items)

    def definition(self, term: Term) -> str:
        """A term's definition as HTML, tagged where it is still in the source language."""
        return self.from_table(term.definition)

    def from_table(self, cell: str) -> str:
        """A translatable cell of a data file as HTML, tagged where it is still in the source language."""
        return self.view.from_table(cell)

    def official(self, name: str) -> Official:
        return self.officials[name]

    def official_name(self, official: Official) -> str:
        """The treaty's short name."""
        return escape(self.view.translations.gettext(DATA, official.instrument))

    def words(self, words: Iterable[str]) -> str:
        """Words of this language as HTML, listed as it lists things."""
        return self.listed([f"<bdi>{escape(word)}</bdi>" for word in words])

    def minutes(self, number: int, length: Length = "long") -> str:
        """'50 minutes' as the language says it (CLDR)."""
        return self.view.formats.minutes(number, length)

    def seconds(self, number: int) -> str:
        """'30 sec' as the language says it (CLDR)."""
        return self.view.formats.seconds(number)

    def day_of_year(self, first: str, last: str) -> str:
        """'30 July' or '8 to 14 March', from '03-08' and '03-14'."""
        return self.view.formats.day_of_year(first, last)

    def date(self, value: Any) -> str:
        """A day as the language writes it."""
        return self.view.formats.day(value)
