"""Measuring: `bench`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from hub.cli.terminal import number_above_0, progress, progress_end, verb
from hub.problem import BELOW_THRESHOLD, CLEAN, HubError
from hub.project import load

if TYPE_CHECKING:
    from hub.cli.terminal import Verbs

_PAGES = {"coverage": 600, "links": 150, "search": 180}


def add(verbs: Verbs) -> None:
    """The verb and its arguments."""
    made = verb(verbs, "bench", _bench, "measure a command on a made-up site of full size")
    made.add_argument("command", choices=tuple(_PAGES), nargs="?", default="coverage")
    text = "a language's (default: 600; links 150, search 180)"
    made.add_argument("--pages", type=number_above_0, metavar="N", help=text)
    text = "of coverage (default: 7)"
    made.add_argument("--languages", type=number_above_0, default=7, metavar="N", help=text)

    links = made.add_argument_group("links")
    text = "other checkers, such as lychee,linkinator; none (default: all)"
    links.add_argument("--with", dest="others", default="", metavar="NAMES", help=text)
    text = "seconds one run of another checker may take (default: 600)"
    links.add_argument("--limit", type=number_above_0, default=600, metavar="S", help=text)

    search = made.add_argument_group("search")
    text = "default: all"
    search.add_argument("--sites", metavar="NAMES", default="written,real,made", help=text)
    search.add_argument("--engines", metavar="NAMES", default="hub,material,pagefind,lunr")
    search.add_argument("--lang", metavar="CODES", help="languages, such as en,ar (default: all)")
    text = "made of each kind a language"
    search.add_argument("--queries", type=number_above_0, default=60, metavar="N", help=text)
    search.add_argument("--missed", action="store_true", help="show what was not found")


def _bench(arguments: argparse.Namespace) -> int:
    run = {"coverage": _coverage, "links": _links, "search": _search}[arguments.command]
    table, missed = run(arguments, arguments.pages or _PAGES[arguments.command])
    sys.stdout.write(table)
    return BELOW_THRESHOLD if missed else CLEAN


def _coverage(arguments: argparse.Namespace, pages: int) -> tuple[str, bool]:
    from hub import bench

    project = load(arguments.config)
    report = bench.coverage(project, pages, arguments.languages, progress())
    progress_end()
    return report.table, bool(report.missed)


def _links(arguments: argparse.Namespace, pages: int) -> tuple[str, bool]:
    from hub.bench import links

    project, others = load(arguments.config), _split(arguments.others)
    report = links.links(project, pages, others, arguments.limit, progress())
    progress_end()
    return report.table, bool(report.missed)


def _search(arguments: argparse.Namespace, pages: int) -> tuple[str, bool]:
    from hub.bench import search

    project = load(arguments.config)
    report = search.run(
        project,
        _named(arguments.sites, search.SITES),
        _named(arguments.engines, search.ENGINES),
        [project.language(code).code for code in _split(arguments.lang)],
        pages,
        arguments.queries,
        progress(),
    )
    progress_end()
    missed = "\n" + report.missed_queries if arguments.missed else ""
    return report.table + missed, bool(report.missed)


def _split(text: str | None) -> list[str]:
    return [name.strip() for name in (text or "").split(",") if name.strip()]


def _named(text: str, known: tuple[str, ...]) -> list[str]:
    chosen = _split(text)
    for name in chosen:
        if name not in known:
            raise HubError(f"there is no '{name}'", "one of: " + ", ".join(known))
    return chosen
