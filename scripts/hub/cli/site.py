"""Building the site: `build`, `serve`, `kits`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hub.cli.terminal import add_lang, languages, progress, progress_end, shown, verb
from hub.page import read_pages
from hub.problem import CLEAN, count, exit_code, number, render
from hub.project import load

if TYPE_CHECKING:
    from hub.cli.terminal import Verbs


def add(verbs: Verbs) -> None:
    """The verbs and their arguments."""
    made = verb(verbs, "build", _build, "build the whole site, kits included, and check it")
    made.add_argument("--out", type=Path, metavar="DIR", help="where to (default: site)")
    made.add_argument("--base-url", metavar="URL", help="the site's address (default: $SITE_URL)")
    add_lang(made)
    made.add_argument(
        "--offline", action="store_true", help="a folder in one language, to be handed on"
    )
    made.add_argument("--deploy", action="store_true", help="refuse to build without an address")
    verb(verbs, "serve", _serve, "show the site while you edit")
    made = verb(verbs, "kits", _kits, "make the lessons' ZIP files again from the built site")
    add_lang(made)
    made.add_argument("--kit", metavar="SLUG", help="one lesson: its file name without .md")


def _build(arguments: argparse.Namespace) -> int:
    if arguments.base_url:
        os.environ["SITE_URL"] = arguments.base_url
    codes = [code.strip() for code in (arguments.lang or "").split(",") if code.strip()]
    from hub import build  # with MkDocs, for which the other verbs need not wait

    report = build.run(
        arguments.config, arguments.out, arguments.deploy, codes, arguments.offline, progress()
    )
    progress_end()
    found = [p for p in report.problems if p.severity != "info"]  # remarks: `content` has them
    sys.stdout.write(render(found, "text"))
    if report.pages:
        sys.stdout.write(f"site      {shown(report.site)}/index.html\n")
        for code, pages in report.pages.items():
            seconds = report.seconds.get(code, 0.0)
            sys.stdout.write(f"{code:<8}  {pages} pages, {seconds:.1f} s\n")
        sys.stdout.write(f"kits      {report.kits}\n")
        sys.stdout.write(f"links     {report.checked}\n")
    sys.stdout.write(count(found) + "\n")
    return exit_code(found)


def _serve(arguments: argparse.Namespace) -> int:
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    command = [sys.executable, "-m", "mkdocs", "serve", "-f", str(arguments.config)]
    os.execv(sys.executable, command)


def _kits(arguments: argparse.Namespace) -> int:
    project = load(arguments.config)
    pages, _ = read_pages(project)
    codes = [lang.code for lang in languages(project, arguments.lang, targets_only=False)]
    from hub import downloads

    made = downloads.make(project, pages, project.site, codes, arguments.kit)
    sys.stdout.write(f"{number(made, 'kit')} in {shown(project.site / 'downloads')}\n")
    return CLEAN
