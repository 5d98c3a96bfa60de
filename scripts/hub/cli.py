"""The verbs: `python scripts VERB`. The only module that prints, and the only one that exits.

Exit codes: 0 clean, 1 problems, 2 below a threshold, 3 could not run or bad arguments.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from hub import build, catalog, compose, coverage, downloads, texts
from hub.catalog import CatalogError
from hub.checks import catalogs as catalog_check
from hub.checks import content as content_check
from hub.checks import links as link_check
from hub.page import read_pages
from hub.problem import (
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
    except BrokenPipeError:
        # The reader (head, less) has gone: not an error, and nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    return int(code)


def _build(arguments: argparse.Namespace) -> int:
    if arguments.base_url:
        os.environ["SITE_URL"] = arguments.base_url
    codes = [code.strip() for code in (arguments.lang or "").split(",") if code.strip()]
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
    project = load(arguments.config)
    pages, _ = read_pages(project)
    problems = content_check.check(project)
    return _report(problems, arguments.format, number(len(pages), "page"), {"pages": len(pages)})


def _coverage(arguments: argparse.Namespace) -> int:
    project = load(arguments.config)
    languages = _languages(project, arguments.lang)
    pages, problems = read_pages(project)
    found = {}
    for language in languages:
        found[language.code], faults = texts.read_all(project, language.code)
        problems += faults
        problems += catalog_check.check(project, pages, language, found[language.code])
    shares = coverage.measure(project, pages, found)
    if arguments.format == "text":
        sys.stdout.write(coverage.as_table(shares))
    return _report(problems, arguments.format, "", coverage.as_json(shares))


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
    project = load(arguments.config)
    pages, problems = read_pages(project)
    if problems:
        raise HubError("some pages cannot be read", "run: python scripts content")
    wanted = texts.sources(project, pages)
    merged: dict[Path, str] = {}
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
    changed = [p for p, t in merged.items() if not p.exists() or p.read_text("utf-8") != t]
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(merged[path], encoding="utf-8", newline="\n")
    sys.stdout.write(f"{len(changed)} of {len(merged)} catalogs changed\n")
    return CLEAN


def _catalog_export(arguments: argparse.Namespace) -> int:
    project = load(arguments.config)
    language = project.language(arguments.lang)
    pages, _ = read_pages(project)
    translations = texts.Translations(project, language.code)
    for page in pages:
        try:
            composed = compose.compose(page.source, translations.of(page.section))
        except CatalogError as error:
            raise HubError(f"{project.relative(error.path)}:{error.line}: {error}") from error
        except compose.ComposeError as error:
            raise HubError(f"{page.path}: {error}", "run: python scripts coverage") from error
        target = arguments.out / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(composed.text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"{number(len(pages), 'page')} in {_shown(arguments.out)}\n")
    return CLEAN


def _kits(arguments: argparse.Namespace) -> int:
    project = load(arguments.config)
    pages, _ = read_pages(project)
    languages = [lang.code for lang in _languages(project, arguments.lang, targets_only=False)]
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
    _add_lang(made)
    _add_format(made)
    made = verb("content", _content, "check front matter, headings, lessons, data files")
    _add_format(made)
    made = verb("check", _check, "content, coverage and links, one exit code")
    _add_links(made)
    _add_lang(made)
    _add_format(made)

    made = verb("kits", _kits, "make the lessons' ZIP files again from the built site")
    _add_lang(made)
    made.add_argument("--kit", metavar="SLUG", help="one lesson: its file name without .md")

    catalogs = verbs.add_parser("catalog", help="translators' catalogs")
    jobs = catalogs.add_subparsers(metavar="JOB", required=True, parser_class=_Parser)
    for name, run, text in (
        ("sync", _catalog_sync, "bring every catalog up to date with docs/ and overrides/"),
        ("export", _catalog_export, "write a language's pages out as plain Markdown"),
    ):
        job = jobs.add_parser(name, help=text, description=text)
        job.set_defaults(run=run)
        job.add_argument("--config", type=Path, default=Path("mkdocs.yml"), metavar="FILE")
        if name == "export":
            job.add_argument("lang", metavar="LANG")
            job.add_argument("--out", type=Path, required=True, metavar="DIR")
        else:
            _add_lang(job)
    return parser


class _Parser(argparse.ArgumentParser):
    """argparse, with exit code 3 for bad arguments."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(COULD_NOT_RUN, f"error: {message}\n")


def _add_format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text")


def _add_lang(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", metavar="CODES", help="languages, such as fr or fr,ar")


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
