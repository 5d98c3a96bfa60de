"""Every text a translator sees, by catalog; and every translation, as functions that give it.

Pages go to the catalog of their section. `ui.po` holds the templates' texts, the navigation and the
vocabularies; `data.po` the translatable columns of data files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from babel.messages.extract import extract_from_dir

from hub import catalog, compose, figures, glossary, official, segment, table
from hub.catalog import Catalog, CatalogError, Entry, Source
from hub.checks.pairs import markup
from hub.checks.pairs.fault import Fault
from hub.page import Page, vocabulary
from hub.problem import Problem
from hub.project import Language, Project
from hub.segment import Segment

UI, DATA, MESSAGES = "ui", "data", "messages"


class Translations:
    """The catalogs of one language, each read when first asked for."""

    def __init__(self, project: Project, lang: str) -> None:
        self.project, self.lang = project, lang
        self._read = cache(self._read_section)

    def catalog(self, section: str) -> Catalog:
        """Raises `CatalogError` where the file cannot be read."""
        return self._read(section)

    def of(self, section: str) -> compose.Translate:
        """What `compose` asks for each segment of a page in that section."""
        return lambda item: self.catalog(section).translation(item.key)

    def gettext(self, section: str, text: str, context: str | None = None) -> str:
        """The translation, or the English text itself."""
        if self.lang == self.project.source.code:
            return text
        return self.catalog(section).translation((context, text)) or text

    def _read_section(self, section: str) -> Catalog:
        return _without_dangers(catalog.read(path_of(self.project, self.lang, section)))


def path_of(project: Project, lang: str, section: str) -> Path:
    return project.translations / lang / f"{section}.po"


def sections(project: Project, language: Language, known: Iterable[str]) -> list[str]:
    """The catalogs of a language: those there must be, then others there are; for a guest only one."""
    if language in project.guests:
        return [MESSAGES]
    written = sorted(path.stem for path in (project.translations / language.code).glob("*.po"))
    return list(dict.fromkeys((*known, *written)))


def sources(project: Project, pages: Iterable[Page]) -> dict[str, list[Source]]:
    """What the catalogs of any language must hold, by section, in the order of the pages."""
    collected: dict[str, dict[catalog.Key, Source]] = {}
    for page in pages:
        for item in segment.segments(page.source):
            _add(collected.setdefault(page.section, {}), _page_source(page, item))
    for section, found in ((UI, _ui(project)), (DATA, _data(project))):
        for source in found:
            _add(collected.setdefault(section, {}), source)
    return {section: list(found.values()) for section, found in collected.items()}


def read_all(project: Project, lang: str) -> tuple[dict[str, Catalog], list[Problem]]:
    """Every catalog file of a language that can be read, and a problem for each that cannot."""
    catalogs, problems = {}, []
    for path in sorted((project.translations / lang).glob("*.po")):
        try:
            catalogs[path.stem] = catalog.read(path)
        except CatalogError as error:
            problems.append(catalog.problem_of(error, project.relative(path), lang))
    return catalogs, problems


def read_shown(project: Project, lang: str) -> tuple[dict[str, Catalog], list[Problem]]:
    """The same, as pages show it: English in place of what would run, link or ask elsewhere."""
    catalogs, problems = read_all(project, lang)
    for section, read in catalogs.items():
        where = project.relative(read.path)
        for (_, source), entry in read.entries.items():
            for fault in _dangers(source, entry):
                text = f"{fault.message}: the page shows English"
                problems.append(Problem(where, entry.line, fault.rule, text, fault.hint, lang=lang))
        catalogs[section] = _without_dangers(read)
    return catalogs, problems


def _without_dangers(read: Catalog) -> Catalog:
    refused = {
        key: Entry("", entry.line, "missing")
        for key, entry in read.entries.items()
        if next(_dangers(key[1], entry), None)
    }
    return replace(read, entries={**read.entries, **refused}) if refused else read


def _dangers(source: str, entry: Entry) -> Iterator[Fault]:
    return markup.dangers(source, entry.target) if entry.shown else iter(())


def _add(found: dict[catalog.Key, Source], source: Source) -> None:
    known = found.get(source.key)
    if known is None:
        found[source.key] = source
    else:
        places = tuple(dict.fromkeys(known.places + source.places))
        found[source.key] = replace(known, places=places)


def _page_source(page: Page, item: Segment) -> Source:
    place = f"{page.path}#{item.where}".rstrip("#")
    address = f"{page.path.removesuffix('.md')}.html"
    if item.where and item.kind != "front-matter":
        address += f"#{item.where}"
    return Source(item.context, item.text, (place,), preview=address)


def _ui(project: Project) -> Iterable[Source]:
    yield Source("site-name", project.site_name, ("mkdocs.yml",), "The name of the site.")
    for title in project.nav_titles():
        yield Source("nav", title, ("mkdocs.yml#nav",), "Title of a section in the navigation.")
    methods = [("**.html", "jinja2")]
    if not project.templates.is_dir():
        return  # without templates nothing shows the labels below
    found = extract_from_dir(
        project.templates, methods, keywords={"_": None, "N_": None, "pgettext": ((1, "c"), 2)}
    )
    for name, _, message, comments, context in sorted(found, key=lambda item: item[:2]):
        place = f"overrides/{Path(name).as_posix()}"
        yield Source(context, str(message), (place,), " ".join(comments))
    for name, labels in vocabulary().items():
        for word, label in labels.items():
            yield Source(name, label, (f"vocabulary#{name}.{word}",))


def _data(project: Project) -> Iterable[Source]:
    terms = [term for term in glossary.read(project) if term.definition]
    for term in terms:
        comment = f"Definition of the term: {term.names[project.source.code]}"
        yield Source(None, term.definition, (f"glossary.csv#{term.id}",), comment)
    for figure in figures.read(project):
        comment = f"What figure {figure.id} counts; the number stands before it."
        yield Source(None, figure.what, (f"figures.csv#{figure.id}",), comment)
        if figure.value:
            yield Source(None, figure.value, (f"figures.csv#{figure.id}",))
    for row in table.read(project, "sources"):
        for column in ("body", "title", "dates", "checked"):
            yield Source(None, row[column], (f"sources.csv#{row['id']}.{column}",))
    for found in official.read(project).values():
        comment = "A treaty's short name: as your language's official documents have it"
        yield Source(None, found.instrument, (f"official.csv#{found.id}",), comment)
