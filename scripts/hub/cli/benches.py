"""Measuring: `bench`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from hub.cli.terminal import number_above_0, progress, progress_end, verb
from hub.problem import BELOW_THRESHOLD, CLEAN
from hub.project import load

if TYPE_CHECKING:
    from hub import bench as coverage_bench
    from hub.bench.comparison import Comparison
    from hub.cli.terminal import Verbs


def add(verbs: Verbs) -> None:
    """The verb and its arguments."""
    made = verb(verbs, "bench", _bench, "measure a command on a made-up site of full size")
    made.add_argument("command", choices=("coverage", "links"), nargs="?", default="coverage")
    text = "a language's (default: 600, 150 for links)"
    made.add_argument("--pages", type=number_above_0, metavar="N", help=text)
    text = "of coverage (default: 7)"
    made.add_argument("--languages", type=number_above_0, default=7, metavar="N", help=text)
    text = "links: other checkers, such as lychee,linkinator; none (default: all)"
    made.add_argument("--with", dest="others", default="", metavar="NAMES", help=text)
    text = "links: seconds one run of another checker may take (default: 600)"
    made.add_argument("--limit", type=number_above_0, default=600, metavar="S", help=text)


def _bench(arguments: argparse.Namespace) -> int:
    project = load(arguments.config)
    report: coverage_bench.Report | Comparison
    if arguments.command == "links":
        from hub.bench import links as link_bench

        others = [name.strip() for name in arguments.others.split(",") if name.strip()]
        pages = arguments.pages or 150
        report = link_bench.links(project, pages, others, arguments.limit, progress())
    else:
        from hub import bench as coverage_bench

        pages = arguments.pages or 600
        report = coverage_bench.coverage(project, pages, arguments.languages, progress())
    progress_end()
    sys.stdout.write(report.table)
    return BELOW_THRESHOLD if report.missed else CLEAN
