"""The checks: `links`, `coverage`, `content`, and `check` for all of them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hub.cli import external
from hub.cli.terminal import (
    add_format,
    add_lang,
    complain,
    languages,
    progress,
    progress_end,
    project_if_any,
    report,
    shown,
    verb,
)
from hub.page import read_pages
from hub.problem import COULD_NOT_RUN, HubError, count, gravest, number, render
from hub.project import load

if TYPE_CHECKING:
    from hub.checks.links.baseline import Baseline
    from hub.cli.terminal import Verbs
    from hub.project import Project

VERBS = ("links", "coverage", "content", "check", "fix")
#: What our own site is compared with, beside mkdocs.yml: see docs/contributing/decisions.md.
BASELINE = "links-baseline.json"


def add(verbs: Verbs) -> None:
    """The verbs and their arguments."""
    made = verb(verbs, "links", _links, "check pages, anchors and files of a built site")
    external.add(made)
    _add_links(made)
    add_format(made)
    made = verb(verbs, "fix", _fix, "mend links where only one target can have been meant")
    made.add_argument("what", choices=("links",), help="what to mend")
    made = verb(verbs, "coverage", _coverage, "words translated, and faults in translations")
    _add_coverage(made)
    add_format(made)
    made = verb(verbs, "content", _content, "check front matter, headings, lessons, data files")
    add_format(made)
    made = verb(verbs, "check", _check, "content, coverage and links, one exit code")
    _add_links(made)
    _add_coverage(made)
    add_format(made)


def _links(arguments: argparse.Namespace) -> int:
    if "job" in arguments and arguments.job:
        return external.refresh(arguments)
    from hub.checks import links as link_check
    from hub.checks.links import baseline, rules

    project = project_if_any(arguments.config)
    foreign = arguments.site is not None
    if project is None and not foreign:
        raise HubError("there is no mkdocs.yml here", "or name a built site: links --site DIR")
    site = arguments.site or project.site  # type: ignore[union-attr]
    base = arguments.base_url or (project.site_url if project and not foreign else "")
    sources = project if project and site.resolve() == project.site.resolve() else None
    only = [name.strip() for name in (arguments.only or "").split(",") if name.strip()]
    kept = link_check.cache_of(project) if project and not arguments.no_cache else None
    known = _baseline(arguments, sources)
    result = link_check.check(site, base, sources, only, kept, progress())
    progress_end()
    problems, about = result.problems, result.counted
    if known:
        problems = baseline.new(result.problems, known)
        if hidden := len(result.problems) - len(problems):
            about += f", {number(hidden, 'problem')} known"
        if not only:
            problems += baseline.fewer(result.by_language, known)
    return report(problems, arguments.format, about, result.summary, rules.meanings())


def _fix(arguments: argparse.Namespace) -> int:
    from hub import mending
    from hub.checks import links as link_check

    project = load(arguments.config)
    kept = link_check.cache_of(project)
    result = link_check.check(project.site, project.site_url, project, (), kept, progress())
    progress_end()
    done, _ = mending.mend(project, result.fixes)
    for change in done:
        where = f"{change.file}:{change.line}"
        sys.stdout.write(f"{where}: '{change.before}' is now '{change.after}'\n")
    mended = {(change.file, change.line) for change in done}
    left = [p for p in result.problems if (p.file, p.line) not in mended]
    about = f"{number(len(done), 'link')} mended"
    if done:
        about += "; then: python scripts catalog sync, make site"
    return report(left, "text", about)


def _baseline(arguments: argparse.Namespace, sources: Project | None) -> Baseline | None:
    """The one that is named; else our own site's, where there is one."""
    from hub.checks.links import baseline

    if arguments.baseline:
        return baseline.read(arguments.baseline, shown(arguments.baseline))
    own = sources.root / BASELINE if sources else None
    return baseline.read(own, BASELINE) if own and own.exists() else None


def _content(arguments: argparse.Namespace) -> int:
    from hub.checks import content as content_check

    project = load(arguments.config)
    pages, _ = read_pages(project)
    problems = content_check.check(project)
    return report(problems, arguments.format, number(len(pages), "page"), {"pages": len(pages)})


def _coverage(arguments: argparse.Namespace) -> int:
    from hub import coverage
    from hub.coverage import report as coverage_report

    project = load(arguments.config)
    sections = [name.strip() for name in (arguments.section or "").split(",") if name.strip()]
    chosen = languages(project, arguments.lang)
    if not arguments.lang:
        chosen = (*chosen, *project.guests)
    report = coverage.run(project, chosen, sections)
    problems = [*report.problems, *report.below]
    if arguments.format == "text":
        sys.stdout.write(coverage_report.as_tables(report.shares))
        visible = [p for p in problems if arguments.all or p.severity != "info"]
        hidden = len(set(problems)) - len(set(visible))
        more = f"; --all shows {number(hidden, 'remark')}" if hidden else ""
        sys.stdout.write(render(visible, "text") + count(visible) + more + "\n")
    else:
        summary = coverage_report.as_json(report.shares, report.below)
        sys.stdout.write(render(problems, arguments.format, summary))
    return report.exit_code


def _check(arguments: argparse.Namespace) -> int:
    codes = []
    for name, run in (("content", _content), ("coverage", _coverage), ("links", _links)):
        sys.stdout.write(f"# {name}\n")
        try:
            codes.append(run(arguments))
        except HubError as error:
            complain(error)
            codes.append(COULD_NOT_RUN)
    return gravest(codes)


def _add_links(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", type=Path, metavar="DIR", help="a built site (default: ours)")
    parser.add_argument("--base-url", metavar="URL", help="the address it is served at")
    parser.add_argument("--only", metavar="CHECKS", help="some checks, such as links,anchors")
    parser.add_argument(
        "--baseline", type=Path, metavar="FILE", help="known problems: earlier JSON"
    )
    parser.add_argument("--no-cache", action="store_true", help="read every page again")


def _add_coverage(parser: argparse.ArgumentParser) -> None:
    add_lang(parser)
    parser.add_argument("--section", metavar="NAMES", help="catalogs, such as teach or teach,ui")
    parser.add_argument("--all", action="store_true", help="remarks too, in text")
