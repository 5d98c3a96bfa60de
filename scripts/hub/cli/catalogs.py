"""Translators' catalogs: `catalog sync|todo|export|absorb|xliff|terms|approve`."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hub import catalog, compose, glossary, policy, texts
from hub.catalog import CatalogError, absorb, exchange, signing, todo
from hub.cli.terminal import Parser, add_lang, keep, languages, readable, report, shown
from hub.page import read_pages
from hub.problem import CLEAN, HubError, exit_code, number, render
from hub.project import Language, Project, load

if TYPE_CHECKING:
    from hub.cli.terminal import Verbs


def add(verbs: Verbs) -> None:
    """The verb, its jobs and their arguments."""
    parser = verbs.add_parser("catalog", help="translators' catalogs")
    jobs = parser.add_subparsers(metavar="JOB", required=True, parser_class=Parser)

    def job(name: str, run: Callable[[argparse.Namespace], int], text: str) -> Parser:
        made = jobs.add_parser(name, help=text, description=text)
        made.set_defaults(run=_reading_catalogs(run))
        made.add_argument("--config", type=Path, default=Path("mkdocs.yml"), metavar="FILE")
        if name == "sync":
            add_lang(made)
        elif name != "terms":
            made.add_argument("lang", metavar="LANG")
        return made

    job("sync", _catalog_sync, "bring every catalog up to date with docs/ and overrides/")
    made = job("todo", _catalog_todo, "what to translate next, as a PO file")
    made.add_argument("--out", type=Path, metavar="FILE", help="where to (default: shown)")
    made.add_argument("--review", action="store_true", help="what nobody has read, too")
    made = job("export", _catalog_export, "write a language's pages out as plain Markdown")
    made.add_argument("--out", type=Path, required=True, metavar="DIR")
    made = job("absorb", _catalog_absorb, "take translations from Markdown, PO or XLIFF files")
    made.add_argument("source", type=Path, metavar="DIR", help="a folder, or one file")
    made = job("xliff", _catalog_xliff, "write a language's catalogs out as XLIFF")
    made.add_argument("--out", type=Path, required=True, metavar="DIR")
    made = job("terms", _catalog_terms, "write the glossary out for CAT tools")
    made.add_argument("--format", choices=("tbx", "csv"), default="tbx", help="default: tbx")
    made.add_argument("--out", type=Path, required=True, metavar="FILE")
    made = job("approve", _catalog_approve, "say that somebody has read a page's translation")
    made.add_argument("page", metavar="PAGE", help="such as teach/index.md; or a catalog: ui, data")
    made.add_argument("--reviewer", required=True, metavar="NAME")
    made.add_argument("--official", action="store_true", help="not only read: in force")
    made.add_argument("--date", metavar="YYYY-MM-DD", help="default: today")


def _catalog_sync(arguments: argparse.Namespace) -> int:
    project, pages = readable(arguments)
    wanted = texts.sources(project, pages)
    merged: dict[Path, str] = {}
    problems = []
    for language in languages(project, arguments.lang):
        for section in sorted({*wanted, *_sections(project, language)}):
            path = texts.path_of(project, language.code, section)
            try:
                merged[path] = catalog.merge(path, language.code, wanted.get(section, []))
            except CatalogError as error:
                where = project.relative(path)
                problems.append(catalog.problem_of(error, where, language.code))
    if problems:  # nothing is written while any catalog cannot be read
        return report(problems, "text", "nothing written")
    changed = catalog.save(merged)
    sys.stdout.write(f"{len(changed)} of {len(merged)} catalogs changed\n")
    return CLEAN


def _catalog_todo(arguments: argparse.Namespace) -> int:
    project, pages = readable(arguments)
    rules = policy.load(project)
    text, entries = todo.todo(project, rules, pages, arguments.lang, arguments.review)
    if arguments.out is None:
        sys.stdout.write(text)
        return CLEAN
    keep(project, arguments.out)
    catalog.save({arguments.out: text})
    sys.stdout.write(f"{number(entries, 'text')} in {shown(arguments.out)}\n")
    return CLEAN


def _catalog_export(arguments: argparse.Namespace) -> int:
    project = load(arguments.config)
    language = project.language(arguments.lang)
    keep(project, arguments.out)
    pages, _ = read_pages(project)
    translations = texts.Translations(project, language.code)
    composed = {}
    for page in pages:
        try:
            made = compose.compose(page.source, translations.of(page.section))
        except compose.ComposeError as error:
            raise HubError(f"{page.path}: {error}", "run: python scripts coverage") from error
        composed[arguments.out / page.path] = made.text
    catalog.save(composed)
    sys.stdout.write(f"{number(len(pages), 'page')} in {shown(arguments.out)}\n")
    return CLEAN


def _catalog_absorb(arguments: argparse.Namespace) -> int:
    project, pages = readable(arguments)
    taken = absorb.absorb(project, pages, arguments.lang, arguments.source.resolve())
    if exit_code(taken.problems):
        return report(taken.problems, "text", "nothing written")
    changed = catalog.save(taken.files)
    sys.stdout.write(render(taken.problems, "text"))
    sys.stdout.write(f"{number(taken.count, 'translation')} in {number(len(changed), 'catalog')}\n")
    return CLEAN


def _catalog_xliff(arguments: argparse.Namespace) -> int:
    project = load(arguments.config)
    keep(project, arguments.out)
    files = {}
    for path in sorted((project.translations / arguments.lang).glob("*.po")):
        target = arguments.out / f"{path.stem}.xlf"
        files[target] = exchange.xliff(path, project.source.code, arguments.lang)
    catalog.save(files)
    sys.stdout.write(f"{number(len(files), 'file')} in {shown(arguments.out)}\n")
    return CLEAN


def _catalog_terms(arguments: argparse.Namespace) -> int:
    project = load(arguments.config)
    keep(project, arguments.out)
    terms = glossary.read(project)
    if arguments.format == "tbx":
        text = exchange.tbx(terms, project.source.code)
    else:
        text = exchange.terms_csv(terms, [lang.code for lang in project.languages])
    catalog.save({arguments.out: text})
    sys.stdout.write(f"{number(len(terms), 'term')} in {shown(arguments.out)}\n")
    return CLEAN


def _catalog_approve(arguments: argparse.Namespace) -> int:
    project, pages = readable(arguments)
    page = signing.named(project, pages, arguments.page)
    who, date = arguments.reviewer, arguments.date or datetime.date.today().isoformat()
    signing.check(policy.load(project), arguments.lang, who, date)
    state = "official" if arguments.official else "reviewed"
    signed = signing.approve(project, page, arguments.lang, state, who, date)
    if exit_code(signed.problems):
        return report(signed.problems, "text", "nothing written")
    catalog.save({signed.path: signed.text})
    return report(signed.problems, "text", f"{number(signed.approved, 'text')} {state}")


def _reading_catalogs(
    run: Callable[[argparse.Namespace], int],
) -> Callable[[argparse.Namespace], int]:
    """The verb, with a language of the site, and a catalog that cannot be read as a problem."""

    def checked(arguments: argparse.Namespace) -> int:
        project = load(arguments.config)
        lang = arguments.lang if "lang" in arguments else None
        if lang and run is not _catalog_sync:
            languages(project, project.language(lang).code)
        try:
            return run(arguments)
        except CatalogError as error:
            problem = catalog.problem_of(error, project.relative(error.path), lang or "")
            return report([problem], "text", "nothing written")

    return checked


def _sections(project: Project, language: Language) -> set[str]:
    return {path.stem for path in (project.translations / language.code).glob("*.po")}
