"""The site in one language as templates see it, and the components in overrides/ that show it.

A page may ask for a component with `<!-- hub: name words -->` on a line of its own:
components/name/name.html is rendered there, with the words as `args`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from hub import figures, frontmatter, policy
from hub.compose import Composed, ComposeError, compose
from hub.fallback import MARK
from hub.figures import Figure
from hub.formats import Formats
from hub.page import Page, vocabulary
from hub.project import Language, Project
from hub.steps import Step, steps_of
from hub.texts import DATA, UI, Translations

SLOT = re.compile(r"<!--[ ]*hub:[ ]*([a-z-]+)((?:[ ]+[\w-]+)*)[ ]*-->")


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
        text = str(self._at(path))
        untranslated = path in self.composed.untranslated
        return tagged(text, self.source_language) if untranslated else escape(text)

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

    @property
    def site_name(self) -> str:
        return self.translations.gettext(UI, self.project.site_name, "site-name")

    def label(self, name: str, word: Any) -> str:
        """What readers see for a word of the vocabulary."""
        return self.translations.gettext(UI, vocabulary()[name][str(word)], name)

    def from_table(self, cell: str) -> str:
        """A translatable cell of a data file as HTML, tagged where it is still in the source language."""
        text = self.translations.gettext(DATA, cell)
        untranslated = text == cell and not self.language.is_source
        return tagged(text, self.project.source) if untranslated else escape(text)

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


def tagged(text: str, language: Language) -> str:
    """A text as HTML that says which language it is in."""
    return f'<span lang="{language.code}" dir="{language.dir}">{escape(text)}</span>'


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


def styles(folder: Path) -> str:
    """The styles of all components as one text, `base` first."""
    files = sorted(folder.glob("components/*/*.css"), key=lambda f: (f.stem != "base", f.name))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def scripts(folder: Path) -> dict[str, str]:
    """The scripts of components by file name: pages load the one they need."""
    return {file.name: file.read_text("utf-8") for file in folder.glob("components/*/*.js")}
