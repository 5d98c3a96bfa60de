"""Everything that touches MkDocs: scripts/hooks.py names one of these functions for each event.

MkDocs builds one language after the other with the same configuration object; static-i18n keeps the
language being built. For each, every English page gets a translated twin whose text is composed when
MkDocs asks for it: nothing localized is ever written to docs/.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_relative_url

from hub import coverage, finish, glossary, official, publish, table, templates, texts
from hub import project as projects
from hub.checks import content as content_check
from hub.compose import ComposeError
from hub.coverage import Measured
from hub.fallback import FallbackMarks
from hub.glossary import Term
from hub.handbook import Handbook
from hub.handbook.links import link_codes
from hub.official import Official
from hub.page import Page, is_localized, read_pages
from hub.pageview import PageView
from hub.problem import HubError, Problem
from hub.project import Project
from hub.table import Row
from hub.templates import View
from hub.texts import UI, Translations

log = logging.getLogger("mkdocs.plugins.hub")

_MESSAGES = "messages/index.md"


@dataclass
class State:
    """What one MkDocs run knows; it lives in `config.extra['hub']` and dies with it."""

    project: Project
    pages: dict[str, Page]
    terms: list[Term]
    exits: list[Row]
    officials: dict[str, Official]
    measured: Measured
    starts: Callable[[str], None]  # told the code of each language when its build starts
    view: View = field(init=False)  # of the language being built
    handbook: Handbook = field(init=False)  # the same
    environment: Environment = field(init=False)


@dataclass
class _NoIndex:
    """The index of a search plugin that makes none."""

    entries: list[Any]


def configure(config: MkDocsConfig) -> MkDocsConfig:
    """on_config, once a language: check what a deploy needs, add our Markdown extension."""
    if isinstance(config.extra.get("hub"), State):
        return config
    try:
        project = config.extra.get("hub_project") or projects.load(Path(config.config_file_path))
        pages, problems = read_pages(project)
        terms, exits = glossary.read(project), table.read(project, "exits")
        officials = official.read(project)
    except HubError as error:
        raise PluginError(str(error)) from error
    if os.environ.get("HUB_DEPLOY") and not os.environ.get("SITE_URL"):
        raise PluginError("a deploy needs SITE_URL, the address readers will type")
    starts = config.extra.get("hub_starts") or (lambda code: None)
    config.extra["hub"] = State(
        project,
        {page.path: page for page in pages},
        terms,
        exits,
        officials,
        _measured(project),
        starts,
    )
    # The theme would ask the forge for stars on every page; our contribute pages read the project's.
    config.repo_url = None
    config.markdown_extensions.append(
        FallbackMarks(project.source.code, project.source.dir)  # type: ignore[arg-type]
    )
    for problem in problems + content_check.check_pages(project, pages):
        _warn(problem)
    return config


def add_translated_files(files: Files, config: MkDocsConfig) -> Files:
    """on_files, before static-i18n: a twin `page.fr.md` for each page, none for parts of the theme."""
    state = _state(config)
    language = state.project.language(config.plugins["i18n"].current_language)  # type: ignore[attr-defined]
    state.starts(language.code)
    state.view = View(
        state.project,
        language,
        Translations(state.project, language.code),
        list(state.pages.values()),
        lambda page, error: _warn(_compose_problem(error, page, state)),
    )
    state.handbook = Handbook(state.view)
    config.site_name = state.view.site_name
    for file in list(files):
        if file.src_uri.startswith("components/"):
            files.remove(file)
    if not language.is_source:
        for path in state.pages:
            twin = f"{path[:-3]}.{language.code}.md"
            if twin not in files.src_uris:
                files.append(
                    File(twin, config.docs_dir, config.site_dir, config.use_directory_urls)
                )
    return files


def translate_navigation(nav: Navigation, config: MkDocsConfig) -> Navigation:
    """on_nav, after static-i18n: section titles from ui.po; the home page is the logo's, not a tab."""
    translations = _state(config).view.translations
    for item in _walk(nav.items):
        if isinstance(item, Section):
            item.title = translations.gettext(UI, item.title, "nav")
    nav.items = [item for item in nav.items if item is not nav.homepage]
    return nav


def read_source(page: MkDocsPage, config: MkDocsConfig) -> str | None:
    """on_page_read_source: the composed text of a translated page, None for what is in docs/."""
    state = _state(config)
    path = _english_path(page, state)
    if path not in state.pages or os.path.exists(page.file.abs_src_path or ""):
        return None
    return state.view.entry(path).composed.text


def choose_template(markdown: str, page: MkDocsPage, config: MkDocsConfig) -> str:
    """on_page_markdown: the template of the page's type, the description for search engines."""
    state = _state(config)
    meta = page.meta
    kind = str(meta.get("type", ""))
    if kind and (state.project.templates / f"{kind}.html").exists():
        meta.setdefault("template", f"{kind}.html")
    meta.setdefault("description", meta.get("summary", ""))
    return markdown


def prepare_templates(env: Environment, config: MkDocsConfig) -> Environment:
    """on_env: gettext in templates, from ui.po."""
    state = _state(config)
    templates.install_gettext(env, state.view.translations)
    state.environment = env
    return env


def fill_page(context: dict[str, Any], page: MkDocsPage, config: MkDocsConfig) -> dict[str, Any]:
    """on_page_context: `hub` for templates, and the parts that `<!-- hub: name -->` asks for."""
    state = _state(config)
    view = state.view
    context["hub"] = _shown(state, _english_path(page, state))
    text = finish.tables(page.content or "", view.translations.gettext(UI, "Table"))
    content = templates.fill_slots(text, state.environment, context)
    codes = state.handbook.codes
    content = link_codes(content, codes, lambda url: get_relative_url(url, page.url))
    label = view.translations.gettext(UI, "Link to this section")
    page.content = finish.headings(content, view.formats, label)
    page.edit_url = None
    # Every page is there in every language: the switcher stays on it. An attribute, because
    # static-i18n sets one and templates find that before the item.
    config.extra.alternate = [  # type: ignore[attr-defined]
        {"name": lang.name, "lang": lang.code, "link": view.url(context["hub"].path, lang)}
        for lang in state.project.languages
    ]
    if page.canonical_url:
        page.canonical_url = page.canonical_url.removesuffix("index.html")
    return context


def fill_template(context: dict[str, Any], name: str, config: MkDocsConfig) -> dict[str, Any]:
    """on_template_context: `hub` for templates that are no page, such as 404.html."""
    context["hub"] = _shown(_state(config), name)
    return context


def finish_page(output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
    """on_post_page: language on <html>, and labels, where the theme leaves no block for them."""
    try:
        output = finish.set_language(output, _state(config).view.language)
    except HubError as error:
        raise PluginError(f"{page.file.src_uri}: {error}") from error
    return finish.without_loose_labels(output)


def finish_site(config: MkDocsConfig) -> None:
    """on_post_build: what stands beside the pages of a language, and its badge."""
    state, site = _state(config), Path(config.site_dir)
    publish.write(state.view, state.handbook, site)
    if state.view.language.is_source:
        _write_messages(state, site)
    else:
        badge = state.environment.get_template("components/badge/badge.svg")
        text = badge.render(hub=_shown(state, ""))
        _write(site / "assets" / "coverage" / f"{state.view.language.code}.svg", text)


def _write_messages(state: State, site: Path) -> None:
    """The page of short messages in the languages that have no other."""
    if _MESSAGES not in state.pages:
        return
    template = state.environment.get_template("messages.html")
    for language in state.project.guests:
        translations = Translations(state.project, language.code)
        pages = list(state.pages.values())
        view = View(state.project, language, translations, pages, state.view.warn)
        hub = _shown(state, _MESSAGES, Handbook(view))
        _write(site / view.url(_MESSAGES), template.render(hub=hub))


def build(project: Project, out: Path, starts: Callable[[str], None]) -> bool:
    """Run MkDocs on a project, in its languages; `starts` is told each language's code when its turn comes.

    True where the pages have a search box, which then is ours to fill.

    Raises `HubError` where MkDocs gives up.
    """
    from mkdocs.commands import build as command
    from mkdocs.config import load_config

    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    config = load_config(str(project.config_file), site_dir=str(out))
    config.extra["hub_starts"], config.extra["hub_project"] = starts, project
    config.extra["hub_search"] = _replace_search(config)
    i18n = config.plugins["i18n"].config
    codes = {lang.code for lang in project.languages}
    i18n["languages"] = [lang for lang in i18n["languages"] if lang.locale in codes]
    config.plugins.on_startup(command="build", dirty=False)
    try:
        command.build(config)
    except Abort as error:
        raise HubError(f"MkDocs gave up: {error}") from error
    finally:
        config.plugins.on_shutdown()
    return bool(config.extra["hub_search"])


def _replace_search(config: MkDocsConfig) -> bool:
    """Keep the theme's search plugin, whose box its templates show, from making an index: is it there?"""
    plugins = [p for name, p in config.plugins.items() if name.rpartition("/")[2] == "search"]
    for methods in config.plugins.events.values():
        methods[:] = [m for m in methods if getattr(m, "__self__", None) not in plugins]
    for plugin in plugins:
        # static-i18n hands it the pages of all languages at the end, and has it write its index.
        vars(plugin).update(search_index=_NoIndex([]), on_post_build=lambda config: None)
    return bool(plugins)


def theme_speaks(code: str) -> bool:
    """True where the theme has its own few words in a language."""
    import material

    folder = Path(material.__path__[0]) / "templates" / "partials" / "languages"
    return (folder / f"{code}.html").exists()


def _measured(project: Project) -> Measured:
    languages = (*project.targets, *project.guests)
    found = {lang.code: texts.read_shown(project, lang.code)[0] for lang in languages}
    return coverage.measure(project, found)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def _shown(state: State, path: str, handbook: Handbook | None = None) -> PageView:
    """What the template of a page gets as `hub`; `handbook` where it is of another language."""
    book = handbook or state.handbook
    told = state.terms, state.exits, state.officials, state.measured
    return PageView(book.view, path, *told, book)


def _state(config: MkDocsConfig) -> State:
    state = config.extra["hub"]
    assert isinstance(state, State)
    return state


def _english_path(page: MkDocsPage, state: State) -> str:
    path = page.file.src_uri
    codes = [lang.code for lang in state.project.languages]
    return path[:-3].rsplit(".", 1)[0] + ".md" if is_localized(path, codes) else path


def _compose_problem(error: ComposeError, page: Page, state: State) -> Problem:
    line = error.segment.line if error.segment else 0
    where = state.project.relative(state.project.docs / page.path)
    return Problem(where, line, "structure", f"in {state.view.language.code}: {error}")


def _warn(problem: Problem) -> None:
    hint = f" ({problem.hint})" if problem.hint else ""
    text = f"{problem.file}:{problem.line}: {problem.rule}: {problem.message}{hint}"
    log.warning(text, extra={"problem": problem})


def _walk(items: list[Any]) -> list[Any]:
    return [
        found for item in items for found in (item, *_walk(getattr(item, "children", None) or []))
    ]
