"""Writing: `new lesson|record|practice|exchange|language|check NAME`."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hub import catalog, texts
from hub.authoring import draft, language, rule
from hub.authoring.form import FOLDERS
from hub.checks import content as content_check
from hub.cli.terminal import readable, report, verb
from hub.problem import CLEAN, HubError
from hub.project import Project, load

if TYPE_CHECKING:
    from hub.cli.terminal import Verbs

_CHECKS = "checks/content/__init__.py"


def add(verbs: Verbs) -> None:
    """The verb and its arguments."""
    made = verb(verbs, "new", _new, "start a lesson, record, practice, language or check")
    kinds = (*FOLDERS, "language", "check")
    made.add_argument("kind", choices=kinds, metavar="KIND", help=", ".join(kinds))
    made.add_argument("name", metavar="NAME", help="the file's name; a language's code")
    filled = "a form that was filled in: .md or .docx"
    made.add_argument("--from", dest="filled", type=Path, metavar="FILE", help=filled)


def _new(arguments: argparse.Namespace) -> int:
    if arguments.kind in FOLDERS:
        return _page(arguments)
    if arguments.filled:
        raise HubError(f"a {arguments.kind} is not made from a form", "leave out --from")
    return _language(arguments) if arguments.kind == "language" else _check(arguments)


def _page(arguments: argparse.Namespace) -> int:
    project, pages = readable(arguments)
    today = datetime.date.today()
    made = draft.make(arguments.kind, arguments.name, pages, today, arguments.filled)
    _write(project, {f"docs/{item.path}": item.text for item in made})
    where = {project.where(item.path) for item in made}
    found = [problem for problem in content_check.check(project) if problem.file in where]
    if not found:
        hint = "" if arguments.filled else "open it, and replace the examples with your own text\n"
        sys.stdout.write(f"{hint}then run: python scripts content\n")
    return report(found, "text", "")


def _language(arguments: argparse.Namespace) -> int:
    project, pages = readable(arguments)
    code = arguments.name
    changed = language.with_language(project, code)
    wanted = texts.sources(project, pages)
    catalogs = {}
    for section in sorted(wanted):
        path = texts.path_of(project, code, section)
        catalogs[project.relative(path)] = catalog.merge(path, code, wanted[section])
    from hub import engine  # with MkDocs, for which the other kinds need not wait

    if not engine.theme_speaks(code):
        where, text = language.theme_words(project, code)
        catalogs[where] = text
    _write(project, catalogs)
    project.config_file.write_text(changed, encoding="utf-8", newline="\n")
    terms = project.translations / "glossary.csv"
    if terms.exists():
        grown = language.with_column(terms.read_text(encoding="utf-8"), code)
        terms.write_text(grown, encoding="utf-8", newline="\n")
        sys.stdout.write(f"changed  {project.relative(terms)}\n")
    load(project.config_file)  # what was written can be read
    sys.stdout.write(f"changed  {project.config_file.name}\n")
    sys.stdout.write(f"next: translate translations/{code}/help.po, then ui.po\n")
    sys.stdout.write("the column of the glossary may stay empty until all its terms are known\n")
    return CLEAN


def _check(arguments: argparse.Namespace) -> int:
    project = load(arguments.config)
    _write(project, rule.files(arguments.name))
    module = arguments.name.replace("-", "_")
    sys.stdout.write(f"next: call {module}.check(page, where) in scripts/hub/{_CHECKS}\n")
    sys.stdout.write(f"then: make test ARGS='-k {arguments.name}'\n")
    return CLEAN


def _write(project: Project, files: dict[str, str]) -> None:
    """All of them or none: a file that is there is never replaced."""
    for name in files:
        if (project.root / name).exists():
            raise HubError(f"{name} exists already", "choose another name")
    for name, text in files.items():
        path = project.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"made     {name}\n")
