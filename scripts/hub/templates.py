"""What templates in overrides/ may use: gettext, the lists made from front matter, parts in a page.

Templates get `hub`, a `PageView`. A page may ask for a part with `<!-- hub: name words -->` on a line
of its own: components/name/name.html is rendered there, with the words as `args`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from hub import ages, figures, frontmatter, policy
from hub.ages import Age
from hub.authoring import draft, forge
from hub.compose import Composed, ComposeError, compose
from hub.coverage import Measured, standing
from hub.coverage.shares import STATES, Share
from hub.coverage.standing import Standing
from hub.fallback import MARK
from hub.figures import Figure
from hub.formats import Formats, Length
from hub.glossary import Term
from hub.handbook import Handbook
from hub.lessons import Lessons
from hub.library import days
from hub.library.days import build_time
from hub.library.shelf import Shelf
from hub.official import Official
from hub.page import Page, vocabulary
from hub.problem import HubError
from hub.project import Language, Project
from hub.table import Row
from hub.texts import DATA, UI, Translations

SLOT = re.compile(r"<!--[ ]*hub:[ ]*([a-z-]+)((?:[ ]+[\w-]+)*)[ ]*-->")
_STEP = re.compile(r'^#{2,4} (.+?) *\{#([\w-]+) data-minutes="(\d+)"\}', re.M)
# Markdown writes attributes in no certain order.
_HEADING = re.compile(r'<(h[2-4])((?: [^>]*)? id="([^"]+)"[^>]*)>(.*?)</\1>', re.S)
_TABLE = re.compile(r"<table>.*?</table>", re.S)
_MINUTES = re.compile(r'data-minutes="(\d+)"')
_HTML_TAG = re.compile(r'<html lang="[^"]*"')


@dataclass(frozen=True)
class Step:
    """A timed part of a lesson: the heading's text and id, its first minute, and how long it takes."""

    title: str
    id: str
    start: int
    minutes: int

    @property
    def end(self) -> int:
        return self.start + self.minutes


@dataclass(frozen=True)
class Entry:
    """A page as lists see it, in one language. `url` counts from the site's root."""

    page: Page
    url: str
    data: dict[str, Any]
    composed: Composed
    source_language: Language

    def text(self, path: str) -> str:
        """A front matter text as HTML, tagged where it is still in the source language."""
        shown = escape(str(self._at(path)), quote=True)
        if path not in self.composed.untranslated:
            return shown
        lang = self.source_language
        return f'<span lang="{lang.code}" dir="{lang.dir}">{shown}</span>'

    def texts(self, path: str) -> list[str]:
        """Every text of a list such as 'outcomes', as HTML."""
        return [self.text(f"{path}.{index}") for index in range(len(self._at(path)))]

    @property
    def steps(self) -> list[Step]:
        return steps_of(self.composed.text)

    def _at(self, path: str) -> Any:
        value: Any = self.data
        for step in path.split("."):
            value = value[int(step)] if isinstance(value, list) else value[step]
        return value

    def __getattr__(self, name: str) -> Any:
        """`entry.duration_min` instead of `entry.data['duration_min']`, for templates."""
        try:
            return self.data[name]
        except KeyError:
            raise AttributeError(name) from None


class View:
    """The site in one language, as templates see it. Pages are composed once each."""

    def __init__(
        self,
        project: Project,
        language: Language,
        translations: Translations,
        pages: list[Page],
        warn: Callable[[Page, ComposeError], None] = lambda page, error: None,
    ) -> None:
        self.project, self.language, self.translations = project, language, translations
        self.formats = Formats(language, policy.load(project))
        self.pages = {page.path: page for page in pages}
        self.warn = warn
        self._entries: dict[str, Entry] = {}

    def entry(self, path: str) -> Entry:
        """The page at `path` in this language; English where its translation breaks the page."""
        if path not in self._entries:
            page = self.pages[path]
            composed = self._compose(page)
            data = frontmatter.parse(composed.text).data
            self._entries[path] = Entry(page, self.url(path), data, composed, self.project.source)
        return self._entries[path]

    def entries(self, kind: str) -> list[Entry]:
        """All pages of a type, by id."""
        found = [self.entry(page.path) for page in self.pages.values() if page.type == kind]
        return sorted(found, key=lambda entry: str(entry.data.get("id", entry.url)))

    def url(self, path: str, language: Language | None = None) -> str:
        """The address of a page from the site's root: 'fr/teach/index.html'."""
        language = language or self.language
        prefix = "" if language.is_source else f"{language.code}/"
        return f"{prefix}{path[:-3]}.html"

    @cached_property
    def handbook(self) -> Handbook:
        return Handbook(self)

    @cached_property
    def figures(self) -> dict[str, Figure]:
        return {figure.id: figure for figure in figures.read(self.project)}

    @cached_property
    def sections(self) -> list[Entry]:
        """The first page of each section of the navigation."""
        found = []
        for item in self.project.nav:
            below = next(iter(item.values())) if isinstance(item, dict) else None
            first = below[0] if isinstance(below, list) and below else None
            if isinstance(first, str) and first in self.pages:
                found.append(self.entry(first))
        return found

    def _compose(self, page: Page) -> Composed:
        if self.language.is_source:
            return Composed(page.source, (), 0)
        by_hand = self.project.docs / f"{page.path[:-3]}.{self.language.code}.md"
        if by_hand.is_file():
            return Composed(by_hand.read_text(encoding="utf-8"), (), 0)
        translate = self.translations.of(page.section)
        try:
            return compose(page.source, translate, MARK)
        except ComposeError as error:
            # The check names entry and line; the reader gets English rather than a broken page.
            self.warn(page, error)
            return compose(page.source, lambda item: None, MARK)


@dataclass(frozen=True)
class PageView:
    """`hub` in a template: the page being rendered and the site around it."""

    view: View
    path: str
    glossary: list[Term]
    exits: list[Row]
    officials: dict[str, Official]
    measured: Measured

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
        path = project.relative(project.docs / made[0].path)
        return forge.new_file(project.repo_url, path, made[0].text) if len(made) == 1 else ""

    @property
    def handbook(self) -> Handbook:
        return self.view.handbook

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
        return self.view.translations.gettext(UI, vocabulary()[name][str(word)], name)

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
        source = self.view.project.source
        text = self.view.translations.gettext(DATA, cell)
        shown = escape(text)
        if self.language.is_source or text != cell:
            return shown
        return f'<span lang="{source.code}" dir="{source.dir}">{shown}</span>'

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


def steps_of(markdown: str) -> list[Step]:
    """The headings with `data-minutes`, in order, one beginning where the other ends."""
    found: list[Step] = []
    for title, anchor, number in _STEP.findall(markdown):
        start = found[-1].end if found else 0
        found.append(Step(title.replace(MARK, ""), anchor, start, int(number)))
    return found


def environment(view: View) -> Environment:
    """Components where MkDocs is not, in the view's language."""
    env = Environment(loader=FileSystemLoader(view.project.templates), autoescape=False)
    install_gettext(env, view.translations)
    return env


def install_gettext(env: Environment, translations: Translations) -> None:
    """`_('…')` and `pgettext('context', '…')` in templates, from ui.po."""
    env.add_extension("jinja2.ext.i18n")
    env.globals["N_"] = str  # marks a text for translation, and leaves it as it is
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: translations.gettext(UI, text),
        ngettext=lambda one, many, n: translations.gettext(UI, one if n == 1 else many),
        newstyle=True,
        pgettext=lambda context, text: translations.gettext(UI, text, context),
    )


def fill_slots(content: str, env: Environment, context: dict[str, Any]) -> str:
    """`content` (HTML) with every `<!-- hub: name -->` replaced by its component."""

    def component(found: re.Match[str]) -> str:
        name, args = found[1], found[2].split()
        return env.get_template(f"components/{name}/{name}.html").render(**context, args=args)

    return SLOT.sub(component, content)


def finish_headings(content: str, formats: Formats, label: str) -> str:
    """Headings with their minutes and a link to themselves, both in the page's language."""

    def finish(found: re.Match[str]) -> str:
        tag, attributes, anchor, title = found.groups()
        timed = _MINUTES.search(attributes)
        if timed:
            shown = formats.minutes(int(timed[1]), "short")
            title += f' <span class="hub-minutes">{escape(shown)}</span>'
        link = f'<a class="headerlink" href="#{anchor}" title="{escape(label)}">#</a>'
        return f"<{tag}{attributes}>{title}{link}</{tag}>"

    return _HEADING.sub(finish, content)


def finish_tables(content: str, label: str) -> str:
    """Markdown's tables in a frame that a keyboard can reach and scroll on a narrow screen."""
    frame = f'<div class="hub-table" role="group" aria-label="{escape(label)}" tabindex="0">'
    return _TABLE.sub(lambda found: f"{frame}{found[0]}</div>", content)


def set_language(output: str, language: Language) -> str:
    """Language and direction on <html>, where the theme has no block for them.

    Raises `HubError` when the theme's tag is not where it was: then this must be looked at again.
    """
    found = _HTML_TAG.search(output[:2000])
    if not found:
        raise HubError('the theme has no <html lang="…"> any more', "see hub/templates.py")
    tag = f'<html lang="{language.code}" dir="{language.dir}"'
    return output[: found.start()] + tag + output[found.end() :]


def without_loose_labels(output: str) -> str:
    """No label of a switch that the theme leaves out: of the contents, on pages outside the navigation."""
    if 'id="__toc"' in output:
        return output
    return output.replace(' for="__toc"', "")


def styles(folder: Path) -> str:
    """The styles of all components as one text, `base` first."""
    files = sorted(folder.glob("components/*/*.css"), key=lambda f: (f.stem != "base", f.name))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def scripts(folder: Path) -> dict[str, str]:
    """The scripts of components by file name: pages load the one they need."""
    return {file.name: file.read_text("utf-8") for file in folder.glob("components/*/*.js")}
