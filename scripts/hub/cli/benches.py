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

_PAGES = {"coverage": 600, "search": 180}


def add(verbs: Verbs) -> None:
    """The verb and its arguments."""
    made = verb(verbs, "bench", _bench, "measure a command on a made-up site of full size")
    made.add_argument("command", choices=tuple(_PAGES), nargs="?", default="coverage")
    made.add_argument("--pages", type=number_above_0, metavar="N", help="default: 600, search 180")
    made.add_argument("--languages", type=number_above_0, default=7, metavar="N", help="default: 7")
    search = made.add_argument_group("search")
    search.add_argument(
        "--sites", metavar="NAMES", default="written,real,made", help="default: all"
    )
    search.add_argument("--engines", metavar="NAMES", default="hub,material,pagefind,lunr")
    search.add_argument("--lang", metavar="CODES", help="languages, such as en,ar (default: all)")
    search.add_argument(
        "--queries",
        type=number_above_0,
        default=60,
        metavar="N",
        help="made of each kind a language",
    )
    search.add_argument("--missed", action="store_true", help="show what was not found")


def _bench(arguments: argparse.Namespace) -> int:
    return _search(arguments) if arguments.command == "search" else _coverage(arguments)


def _coverage(arguments: argparse.Namespace) -> int:
    project = load(arguments.config)
    from hub import bench

    pages = arguments.pages or _PAGES["coverage"]
    report = bench.coverage(project, pages, arguments.languages, progress())
    progress_end()
    sys.stdout.write(report.table)
    return BELOW_THRESHOLD if report.missed else CLEAN


def _search(arguments: argparse.Namespace) -> int:
    project = load(arguments.config)
    from hub.bench import search

    report = search.run(
        project,
        _named(arguments.sites, search.SITES),
        _named(arguments.engines, search.ENGINES),
        [project.language(code).code for code in _split(arguments.lang)],
        arguments.pages or _PAGES["search"],
        arguments.queries,
        progress(),
    )
    progress_end()
    sys.stdout.write(report.table)
    if arguments.missed:
        sys.stdout.write("\n" + report.missed_queries)
    return BELOW_THRESHOLD if report.missed else CLEAN


def _split(text: str | None) -> list[str]:
    return [name.strip() for name in (text or "").split(",") if name.strip()]


def _named(text: str, known: tuple[str, ...]) -> list[str]:
    chosen = _split(text)
    for name in chosen:
        if name not in known:
            raise HubError(f"there is no '{name}'", "one of: " + ", ".join(known))
    return chosen
