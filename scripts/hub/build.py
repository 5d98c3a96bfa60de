"""The steps of a build: check the sources, run MkDocs, make the kits, check the site.

Each step is a function that can be called alone; `run` puts them in order and reports as it goes.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hub import downloads, engine, offline, search, sitemap, texts
from hub.checks import content, links
from hub.downloads import documents, handbook
from hub.page import Page, read_pages
from hub.problem import HubError, Problem
from hub.project import Language, Project, load
from hub.search import theme


@dataclass(frozen=True)
class Report:
    """What a build made: pages and CPU seconds by language code, kits, problems."""

    site: Path
    pages: dict[str, int]
    seconds: dict[str, float]
    kits: int
    checked: str
    problems: tuple[Problem, ...]


def run(
    config_file: Path,
    out: Path | None = None,
    deploy: bool = False,
    languages: Sequence[str] = (),
    alone: bool = False,
    say: Callable[[str], None] = lambda text: None,
) -> Report:
    """Build the site of a mkdocs.yml into `out`, in the source language and `languages` (all: none named).

    `alone` leaves of it what one language needs, as a folder to hand on.
    Problems in the sources stop the build before anything is written. Raises `HubError` where it
    cannot run: no configuration, `alone` without its one language, or a deploy without the address
    readers will type.
    """
    if deploy and not os.environ.get("SITE_URL"):
        raise HubError("a deploy needs SITE_URL", "SITE_URL=https://example.org/ make site")
    project = load(config_file)
    if languages:
        project = project.only(languages)
    kept = _alone(project, languages) if alone else None
    site = (out or (_beside(project, kept) if kept else project.site)).resolve()
    _keep_sources(project, site)
    say("checking pages")
    problems = content.check(project)
    unread, refused = _translations(project)
    problems += unread
    if any(problem.severity == "error" for problem in problems):
        return Report(site, {}, {}, 0, "", tuple(problems))
    problems += refused
    clock = _Clock(say)
    with _warnings(project) as warned:
        has_search = engine.build(project, site, clock.turn)
    clock.turn(None)
    pages, _ = read_pages(project)
    if has_search:
        theme.replace(site)
        search.make(project, pages, site, say)
    sitemap.add(site, _guest_pages(project, pages))
    say("making kits")
    kits = downloads.make(project, pages, site, [kept.code] if kept else None)
    handbook.make(project, pages, site)
    documents.make(project, pages, site)
    if kept:
        offline.keep_only(project, site, kept)
    say("checking links")
    # A site made elsewhere is for once: what is remembered of it would only take room.
    remembered = links.cache_of(project) if site == project.site.resolve() else None
    result = links.check(site, "" if kept else project.site_url, project, cache=remembered)
    found = [*problems, *_not_twice(warned, result.problems), *result.problems]
    made = [kept] if kept else project.languages
    return Report(
        site, _pages(project, site, made), clock.seconds, kits, result.counted, tuple(found)
    )


def _alone(project: Project, codes: Sequence[str]) -> Language:
    """The one language of an offline site."""
    if len(set(codes)) != 1:
        raise HubError("an offline site has one language", "say which: build --offline --lang ar")
    return project.language(codes[0])


def _beside(project: Project, language: Language) -> Path:
    return project.site.with_name(f"{project.site.name}-{language.code}")


def _guest_pages(project: Project, pages: list[Page]) -> list[str]:
    """Whole addresses of the short messages in the languages that have no other page."""
    root = project.site_url.rstrip("/")
    short = [page.path for page in pages if page.type == "messages"]
    return [
        f"{root}/{lang.code}/{path[:-3]}.html".removesuffix("index.html")
        for lang in project.guests
        for path in short
    ]


def _translations(project: Project) -> tuple[list[Problem], list[Problem]]:
    """Catalogs that cannot be read, and translations that no page may show."""
    unread: list[Problem] = []
    refused: list[Problem] = []
    for language in project.targets:
        unread += texts.read_all(project, language.code)[1]
        refused += texts.read_shown(project, language.code)[1]
    return unread, [problem for problem in refused if problem not in unread]


def _keep_sources(project: Project, site: Path) -> None:
    """MkDocs empties the folder it writes to: never one that holds sources."""
    if project.root == site or site in project.root.parents or site in project.docs.parents:
        raise HubError(f"the site would be written over {project.root}", "choose another --out")
    for folder in (project.docs, project.translations, project.templates):
        if site == folder or folder in site.parents:
            raise HubError(f"the site would be written into {folder.name}/", "choose another --out")
    if site.exists() and not site.is_dir():
        raise HubError(f"{site} is a file", "choose another --out")
    if site.exists() and any(site.iterdir()) and not (site / "assets" / "hub.css").exists():
        raise HubError(
            f"{site} holds files that are no site of ours", "empty it, or choose another --out"
        )


def _pages(project: Project, site: Path, languages: Sequence[Language]) -> dict[str, int]:
    numbers = {}
    others = [site / lang.code for lang in (*project.targets, *project.guests)]
    for lang in languages:
        folder = site if lang.is_source else site / lang.code
        kits = site / "downloads"
        files = [
            f for f in folder.rglob("*.html") if f.name != "404.html" and kits not in f.parents
        ]
        if lang.is_source:
            files = [f for f in files if not any(other in f.parents for other in others)]
        numbers[lang.code] = len(files)
    return numbers


class _Clock:
    """CPU seconds by language: told whenever the engine starts one, and at the end."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.seconds: dict[str, float] = {}
        self._current = ""
        self._start = time.process_time()

    def turn(self, code: str | None) -> None:
        now = time.process_time()
        if self._current:
            self.seconds[self._current] = now - self._start
        if code:
            self.say(f"building {code}")
        self._current, self._start = code or "", now


@contextmanager
def _warnings(project: Project) -> Iterator[list[Problem]]:
    """What MkDocs and its plugins warn of, as problems; their own printing is silenced."""
    found: list[Problem] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            problem = getattr(record, "problem", None)
            name = project.config_file.name
            found.append(problem or Problem(name, 0, "mkdocs", record.getMessage()))

    logger = logging.getLogger("mkdocs")
    handler = Collect(level=logging.WARNING)
    propagate, level = logger.propagate, logger.level
    logger.addHandler(handler)
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    try:
        yield found
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate
        logger.setLevel(level)


def _not_twice(warned: list[Problem], links_found: list[Problem]) -> list[Problem]:
    """MkDocs warns of broken links without a line; the link check names it better."""
    if not links_found:
        return warned
    return [p for p in warned if p.rule != "mkdocs" or "link" not in p.message]
