"""Measuring: `bench`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from hub.cli.terminal import number_above_0, progress, progress_end, verb
from hub.problem import BELOW_THRESHOLD, CLEAN
from hub.project import load

if TYPE_CHECKING:
    from hub.cli.terminal import Verbs


def add(verbs: Verbs) -> None:
    """The verb and its arguments."""
    made = verb(verbs, "bench", _bench, "measure a command on a made-up site of full size")
    made.add_argument("command", choices=("coverage",), nargs="?", default="coverage")
    made.add_argument("--pages", type=number_above_0, default=600, metavar="N", help="default: 600")
    made.add_argument("--languages", type=number_above_0, default=7, metavar="N", help="default: 7")


def _bench(arguments: argparse.Namespace) -> int:
    project = load(arguments.config)
    from hub import bench

    report = bench.coverage(project, arguments.pages, arguments.languages, progress())
    progress_end()
    sys.stdout.write(report.table)
    return BELOW_THRESHOLD if report.missed else CLEAN
