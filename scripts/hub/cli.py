"""The verbs: `python scripts VERB`. The only module that prints, and the only one that exits.

Exit codes: 0 clean, 1 problems, 2 below a threshold, 3 could not run or bad arguments.
"""

from __future__ import annotations

import argparse
import datetime
import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from hub import catalog, compose, coverage, glossary, policy, texts
from hub.catalog import CatalogError, absorb, exchange, signing, todo
from hub.coverage import report as coverage_report
from hub.page import Page, read_pages
from hub.problem import (
    BELOW_THRESHOLD,
    CLEAN,
    COULD_NOT_RUN,
    FORMATS,
    HubError,
    Problem,
    count,
    exit_code,
    gravest,
    number,
    render,
)
from hub.project import Language, Project, load


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    arguments = _parser().parse_args(argv)
    try:
        code = arguments.run(arguments)
        sys.stdout.flush()
    except HubError as error:
        _complain(error)
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        _complain(HubError("stopped"))
        return COULD_NOT_RUN
    except BrokenPipeError:
        # The reader (head, less) has gone: not an error, and nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except OSError as error:
        # A full disk, a folder that may not be written, a file where a folder should be.
        _complain(HubError(f"{error.filename}: {error.strerror}" if error.filename else str(error)))
        return COULD_NOT_RUN
    return int(code)


def _build(arguments: argparse.Namespace) -> int:
    if arguments.base_url:
        os.environ["SITE_URL"] = arguments.base_url
    codes = [code.strip() for code in (arguments.lang or "").split(",") if code.strip()]
    from hub import build  # with MkDocs, for which the other verbs need not wait

    report = build.run(arguments.config, arguments.out, arguments.deploy, codes, _progress())
    _progress_end()
    sys.stdout.write(render(report.problems, "text"))
    if report.pages:
        sys.stdout.write(f"site      {_shown(report.site)}/index.html\n")
        for code, pages in report.pages.items():
            seconds = report.seconds.get(code, 0.0)
            sys.stdout.write(f"{code:<8}  {pages} pages, {seconds:.1f} s\n")
        sys.stdout.write(f"kits      {report.kits}\n")
        sys.stdout.write(f"links     {report.checked}\n")
    sys.stdout.write(count(report.problems) + "\n")
    return exit_code(report.problems)


def _serve(arguments: argparse.Namespace) -> int:
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    command = [sys.executable, "-m", "mkdocs", "serve", "-f", str(arguments.config)]
    os.execv(sys.executable, command)


def _links(arguments: argparse.Namespace) -> int:
    from hub.checks import links as link_check

    project = _project_if_any(arguments.config)
    foreign = arguments.site is not None
    if project is None and not foreign:
        raise HubError("there is no mkdocs.yml here", "or name a built site: links --site DIR")
    site = arguments.site or project.site  # type: ignore[union-attr]
    base = arguments.base_url or (project.site_url if project and not foreign else "")
    sources = project if project and site.resolve() == project.site.resolve() else None
    result = link_check.check(site, base, sources)
    return _report(result.problems, arguments.format, result.counted, {"checked": result.counted})


def _content(arguments: argparse.Namespace) -> int:
    from hub.checks import content as content_check

    project = load(arguments.config)
    pages, _ = read_pages(project)
    problems = content_check.check(project)
    return _report(problems, arguments.format, number(len(pages), "page"), {"pages": len(pages)})


def _coverage(arguments: argparse.Namespace) -> int:
    project = load(arguments.config)
    sections = [name.strip() for name in (arguments.section or "").split(",") if name.strip()]
    languages = _languages(project, arguments.lang)
    gc.disable()  # a run makes many objects and no circles: looking for them is a tenth of its time
    try:
        report = coverage.run(project, languages, sections)
    finally:
        gc.enable()
    problems = [*report.problems, *report.below]
    if arguments.format == "text":
        sys.stdout.write(coverage_report.as_tables(report.shares))
        shown = [p for p in problems if arguments.all or p.severity != "info"]
        hidden = len(set(problems)) - len(set(shown))
        more = f"; --all shows {number(hidden, 'remark')}" if hidden else ""
        sys.stdout.write(render(shown, "text") + count(shown) + more + "\n")
    else:
        summary = coverage_report.as_json(report.shares, report.below)
        sys.stdout.write(render(problems, arguments.format, summary))
    return report.exit_code


def _bench(arguments: argparse.Namespace) -> int:
    project = load(arguments.config)
    from hub import bench

    report = bench.coverage(project, arguments.pages, arguments.languages, _progress())
    _progress_end()
    sys.stdout.write(report.table)
    return BELOW_THRESHOLD if report.missed else CLEAN


def _check(arguments: argparse.Namespace) -> int:
    codes = []
    for name, verb in (("content", _content), ("coverage", _coverage), ("links", _links)):
        sys.stdout.write(f"# {name}\n")
        try:
            codes.append(verb(arguments))
        except HubError as error:
            _complain(error)
            codes.append(COULD_NOT_RUN)
    return gravest(codes)


def _catalog_sync(arguments: argparse.Namespace) -> int:
    project, pages = _readable(arguments)
    wanted = texts.sources(project, pages)
    merged: dict[Path, str] = {}
    problems = []
    for language in _languages(project, arguments.lang):
        for section in sorted({*wanted, *_sections(project, language)}):
            path = texts.path_of(project, language.code, section)
            try:
                merged[path] = catalog.merge(path, language.code, wanted.get(section, []))
            except CatalogError as error:
                where = project.relative(path)
                problems.append(catalog.problem_of(error, where, language.code))
    if problems:  # nothing is written while any catalog cannot be read
        return _report(problems, "text", "nothing written")
    changed = catalog.save(merged)
    sys.stdout.write(f"{len(changed)} of {len(merged)} catalogs changed\n")
    return CLEAN


def _catalog_todo(arguments: argparse.Namespace) -> int:
    project, pages = _readable(arguments)
    rules = policy.load(project)
    text, entries = todo.todo(project, rules, pages, arguments.lang, arguments.review)
    if arguments.out is None:
        sys.stdout.write(text)
        return CLEAN
    _keep(project, arguments.out)
    catalog.save({arguments.out: text})
    sys.stdout.write(f"{number(entries, 'text')} in {_shown(arguments.out)}\n")
    return CLEAN


def _catalog_export(arguments: argparse.Namespace) -> int:
    project = load(arguments.config)
    language = project.language(arguments.lang)
    _keep(project, arguments.out)
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
    sys.stdout.write(f"{number(len(pages), 'page')} in {_shown(arguments.out)}\n")
    return CLEAN


def _catalog_absorb(arguments: argparse.Namespace) -> int:
    project, pages = _readable(arguments)
    taken = absorb.absorb(project, pages, arguments.lang, arguments.source.resolve())
    if exit_code(taken.problems):
        return _report(taken.problems, "text", "nothing written")
    changed = catalog.save(taken.files)
    sys.stdout.write(render(taken.problems, "text"))
    sys.stdout.write(f"{number(taken.count, 'translation')} in {number(len(changed), 'catalog')}\n")
    return CLEAN


def _catalog_xliff(arguments: argparse.Namespace) -> int:
    project = load(arguments.config)
    _keep(project, arguments.out)
    files = {}
    for path in sorted((project.translations / arguments.lang).glob("*.po")):
        target = arguments.out / f"{path.stem}.xlf"
        files[target] = exchange.xliff(path, project.source.code, arguments.lang)
    catalog.save(files)
    sys.stdout.write(f"{number(len(files), 'file')} in {_shown(arguments.out)}\n")
    return CLEAN


def _catalog_terms(arguments: argparse.Namespace) -> int:
    project = load(arguments.config)
    _keep(project, arguments.out)
    terms = glossary.read(project)
    if arguments.format == "tbx":
        text = exchange.tbx(terms, project.source.code)
    else:
        text = exchange.terms_csv(terms, [lang.code for lang in project.languages])
    catalog.save({arguments.out: text})
    sys.stdout.write(f"{number(len(terms), 'term')} in {_shown(arguments.out)}\n")
    return CLEAN


def _catalog_approve(arguments: argparse.Namespace) -> int:
    project, pages = _readable(arguments)
    page = signing.named(project, pages, arguments.page)
    who, date = arguments.reviewer, arguments.date or datetime.date.today().isoformat()
    signing.check(policy.load(project), arguments.lang, who, date)
    state = "official" if arguments.official else "reviewed"
    signed = signing.approve(project, page, arguments.lang, state, who, date)
    if exit_code(signed.problems):
        return _report(signed.problems, "text", "nothing written")
    catalog.save({signed.path: signed.text})
    return _report(signed.problems, "text", f"{number(signed.approved, 'text')} {state}")


def _kits(arguments: argparse.Namespace) -> int:
    project = load(arguments.config)
    pages, _ = read_pages(project)
    languages = [lang.code for lang in _languages(project, arguments.lang, targets_only=False)]
    from hub import downloads

    made = downloads.make(project, pages, project.site, languages, arguments.kit)
    sys.stdout.write(f"{number(made, 'kit')} in {_shown(project.site / 'downloads')}\n")
    return CLEAN


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python scripts", description="Build and check the Knowledge Hub.")
    verbs = parser.add_subparsers(metavar="VERB", required=True, parser_class=_Parser)

    def verb(name: str, run: Callable[[argparse.Namespace], int], text: str) -> _Parser:
        made = verbs.add_parser(name, help=text, description=text)
        made.set_defaults(run=run)
        made.add_argument("--config", type=Path, default=Path("mkdocs.yml"), metavar="FILE")
        return made

    made = verb("build", _build, "build the whole site, kits included, and check it")
    made.add_argument("--out", type=Path, metavar="DIR", help="where to (default: site)")
    made.add_argument("--base-url", metavar="URL", help="the site's address (default: $SITE_URL)")
    _add_lang(made)
    made.add_argument("--deploy", action="store_true", help="refuse to build without an address")
    verb("serve", _serve, "show the site while you edit")

    made = verb("links", _links, "check pages, anchors and files of a built site")
    _add_links(made)
    _add_format(made)
    made = verb("coverage", _coverage, "words translated, and faults in translations")
    _add_coverage(made)
    _add_format(made)
    made = verb("content", _content, "check front matter, headings, lessons, data files")
    _add_format(made)
    made = verb("check", _check, "content, coverage and links, one exit code")
    _add_links(made)
    _add_coverage(made)
    _add_format(made)

    made = verb("kits", _kits, "make the lessons' ZIP files again from the built site")
    _add_lang(made)
    made.add_argument("--kit", metavar="SLUG", help="one lesson: its file name without .md")

    made = verb("bench", _bench, "measure a command on a made-up site of full size")
    made.add_argument("command", choices=("coverage",), nargs="?", default="coverage")
    made.add_argument("--pages", type=_number, default=600, metavar="N", help="default: 600")
    made.add_argument("--languages", type=_number, default=7, metavar="N", help="default: 7")

    _add_catalog(verbs.add_parser("catalog", help="translators' catalogs"))
    return parser


def _add_catalog(parser: argparse.ArgumentParser) -> None:
    jobs = parser.add_subparsers(metavar="JOB", required=True, parser_class=_Parser)

    def job(name: str, run: Callable[[argparse.Namespace], int], text: str) -> _Parser:
        made = jobs.add_parser(name, help=text, description=text)
        made.set_defaults(run=_reading_catalogs(run))
        made.add_argument("--config", type=Path, default=Path("mkdocs.yml"), metavar="FILE")
        if name == "sync":
            _add_lang(made)
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


def _reading_catalogs(
    run: Callable[[argparse.Namespace], int],
) -> Callable[[argparse.Namespace], int]:
    """The verb, with a language of the site, and a catalog that cannot be read as a problem."""

    def checked(arguments: argparse.Namespace) -> int:
        project = load(arguments.config)
        lang = arguments.lang if "lang" in arguments else None
        if lang and run is not _catalog_sync:
            _languages(project, project.language(lang).code)
        try:
            return run(arguments)
        except CatalogError as error:
            problem = catalog.problem_of(error, project.relative(error.path), lang or "")
            return _report([problem], "text", "nothing written")

    return checked


class _Parser(argparse.ArgumentParser):
    """argparse, with exit code 3 for bad arguments."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(COULD_NOT_RUN, f"error: {message}\n")


def _add_format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text")


def _add_lang(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", metavar="CODES", help="languages, such as fr or fr,ar")


def _add_coverage(parser: argparse.ArgumentParser) -> None:
    _add_lang(parser)
    parser.add_argument("--section", metavar="NAMES", help="catalogs, such as teach or teach,ui")
    parser.add_argument("--all", action="store_true", help="remarks too, in text")


def _number(text: str) -> int:
    """A count from the command line; argparse says what is wrong with any other."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"not a number above 0: '{text}'")
    return int(text)


def _add_links(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", type=Path, metavar="DIR", help="a built site (default: ours)")
    parser.add_argument("--base-url", metavar="URL", help="the address it is served at")


def _report(
    problems: list[Problem], form: str, about: str, summary: dict[str, object] | None = None
) -> int:
    sys.stdout.write(render(problems, form, summary))
    if form == "text":
        sys.stdout.write((f"{about}: " if about else "") + count(problems) + "\n")
    return exit_code(problems)


def _languages(
    project: Project, codes: str | None, targets_only: bool = True
) -> tuple[Language, ...]:
    if not codes:
        return project.targets if targets_only else project.languages
    chosen = tuple(project.language(code.strip()) for code in codes.split(","))
    if targets_only and any(lang.is_source for lang in chosen):
        raise HubError(f"'{project.source.code}' is the source: it has no catalogs")
    return chosen


def _readable(arguments: argparse.Namespace) -> tuple[Project, list[Page]]:
    """The project and its pages, where all of them can be read."""
    project = load(arguments.config)
    pages, problems = read_pages(project)
    if problems:
        raise HubError("some pages cannot be read", "run: python scripts content")
    return project, pages


def _keep(project: Project, out: Path) -> None:
    """What a command writes for people to take away never replaces anything."""
    path = out.resolve()
    for folder in (project.docs, project.translations, project.templates):
        if path == folder or folder in path.parents:
            raise HubError(f"{_shown(path)} is in {folder.name}/", "choose another --out")
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise HubError(f"{_shown(path)} exists already", "choose another --out, or delete it first")


def _sections(project: Project, language: Language) -> set[str]:
    return {path.stem for path in (project.translations / language.code).glob("*.po")}


def _project_if_any(config: Path) -> Project | None:
    return load(config) if config.exists() else None


def _shown(path: Path) -> str:
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _progress() -> Callable[[str], None]:
    if not sys.stderr.isatty():
        return lambda text: None
    return lambda text: print(f"\r\033[K{text} …", end="", file=sys.stderr, flush=True)


def _progress_end() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def _complain(error: HubError) -> None:
    hint = f"\n    hint: {error.hint}" if error.hint else ""
    print(f"error: {error}{hint}", file=sys.stderr)
