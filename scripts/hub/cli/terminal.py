"""What the verbs share: arguments, languages, and words on the terminal.

With the other modules of this package the only one that prints.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from hub.page import Page, read_pages
from hub.problem import COULD_NOT_RUN, FORMATS, HubError, Problem, count, exit_code, render
from hub.project import Language, Project, load


class Parser(argparse.ArgumentParser):
    """argparse, with exit code 3 for bad arguments."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(COULD_NOT_RUN, f"error: {message}\n")


if TYPE_CHECKING:
    #: What a verb is added to.
    Verbs: TypeAlias = argparse._SubParsersAction[Parser]


def verb(verbs: Verbs, name: str, run: Callable[[argparse.Namespace], int], text: str) -> Parser:
    """A verb that knows where the site's settings are."""
    made = verbs.add_parser(name, help=text, description=text)
    made.set_defaults(run=run)
    made.add_argument("--config", type=Path, default=Path("mkdocs.yml"), metavar="FILE")
    return made


def add_format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text")


def add_lang(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", metavar="CODES", help="languages, such as fr or fr,ar")


def number_above_0(text: str) -> int:
    """A count from the command line; argparse says what is wrong with any other."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"not a number above 0: '{text}'")
    return int(text)


def report(
    problems: list[Problem],
    form: str,
    about: str,
    summary: dict[str, object] | None = None,
    meanings: dict[str, str] | None = None,
) -> int:
    sys.stdout.write(render(problems, form, summary, meanings))
    if form == "text":
        sys.stdout.write((f"{about}: " if about else "") + count(problems) + "\n")
    return exit_code(problems)


def languages(
    project: Project, codes: str | None, targets_only: bool = True
) -> tuple[Language, ...]:
    if not codes:
        return project.targets if targets_only else project.languages
    chosen = tuple(project.language(code.strip()) for code in codes.split(","))
    if targets_only and any(lang.is_source for lang in chosen):
        raise HubError(f"'{project.source.code}' is the source: it has no catalogs")
    return chosen


def readable(arguments: argparse.Namespace) -> tuple[Project, list[Page]]:
    """The project and its pages, where all of them can be read."""
    project = load(arguments.config)
    pages, problems = read_pages(project)
    if problems:
        raise HubError("some pages cannot be read", "run: python scripts content")
    return project, pages


def keep(project: Project, out: Path) -> None:
    """What a command writes for people to take away never replaces anything."""
    path = out.resolve()
    for folder in (project.docs, project.translations, project.templates):
        if path == folder or folder in path.parents:
            raise HubError(f"{shown(path)} is in {folder.name}/", "choose another --out")
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise HubError(f"{shown(path)} exists already", "choose another --out, or delete it first")


def project_if_any(config: Path) -> Project | None:
    return load(config) if config.exists() else None


def shown(path: Path) -> str:
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def progress() -> Callable[[str], None]:
    if not sys.stderr.isatty():
        return lambda text: None
    return lambda text: print(f"\r\033[K{text} …", end="", file=sys.stderr, flush=True)


def progress_end() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def complain(error: HubError) -> None:
    progress_end()
    hint = f"\n    hint: {error.hint}" if error.hint else ""
    print(f"error: {error}{hint}", file=sys.stderr)
