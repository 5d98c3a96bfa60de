"""Addresses elsewhere: `links refresh`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from hub.cli.terminal import number_above_0, progress, progress_end, report
from hub.project import load

if TYPE_CHECKING:
    from hub.cli.terminal import Parser


def add(links: Parser) -> None:
    """What `links` takes for it."""
    text = "ask for addresses elsewhere, and keep what came of it in docs/library/links.csv"
    links.add_argument("job", nargs="?", choices=("refresh",), help=text)
    text = "refresh: ends after so long (default: 20)"
    links.add_argument("--minutes", type=number_above_0, default=20, metavar="N", help=text)
    text = "refresh: many addresses were taken out, and that is meant"
    links.add_argument("--fewer", action="store_true", help=text)


def refresh(arguments: argparse.Namespace) -> int:
    """Ask for what is due; write the ledger, keep it where nothing could be asked for."""
    from hub import catalog, external, ledger
    from hub.external import addresses

    project = load(arguments.config)
    site = arguments.site or project.site
    used = addresses.on_pages(site, arguments.base_url or project.site_url)
    try:
        result = external.refresh(
            project, used, arguments.minutes, arguments.fewer, progress(), archive=external.ARCHIVE
        )
    finally:
        progress_end()
    if result.asked or result.rows != ledger.read(project):
        catalog.save({project.root / ledger.FILE: ledger.written(result.rows.values())})
    summary: dict[str, object] = {"checked": result.counted, "left": dict(result.left)}
    return report(result.problems, arguments.format, result.counted, summary)
