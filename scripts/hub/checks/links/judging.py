"""Reads the pages of a site, runs the checks over them, and traces what they find to its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from hub.cache import Cache
from hub.checks.links import (
    alternates,
    anchors,
    crawl,
    downloads,
    feeds,
    files,
    head,
    heads,
    indexes,
    leftovers,
    lists,
    manifests,
    markup,
    redirects,
    searches,
    sitemaps,
    speech,
    styles,
    syntax,
    tree,
)
from hub.checks.links.address import Addresses
from hub.checks.links.fault import Fault
from hub.checks.links.languages import Languages
from hub.checks.links.places import Places
from hub.checks.links.reader import Page
from hub.checks.links.result import Result
from hub.checks.links.site import Site
from hub.problem import HubError, number
from hub.project import Project

#: What `--only` can name, and the checks behind each name.
CHECKS: dict[str, tuple[Callable[[Site], Iterator[Fault]], ...]] = {
    "links": (files.check,),
    "anchors": (anchors.check,),
    "syntax": (syntax.check,),
    "redirects": (redirects.check,),
    "languages": (speech.check, alternates.check),
    "head": (head.check,),
    "lists": (sitemaps.check, feeds.check, indexes.check, searches.check, lists.check),
    "files": (styles.check, manifests.check, downloads.check),
    "markup": (),
}
#: What is asked of each page by itself, while it is parsed.
_LOCAL: tuple[crawl.Local, ...] = (heads.read, markup.check, leftovers.check)
#: Enough for links and anchors alone.
_SMALL = {"links", "anchors"}


def run(
    files_: tree.Tree,
    site: Path,
    base_url: str,
    project: Project | None,
    only: Sequence[str],
    cache: Cache | None,
    tell: Callable[[str], None],
) -> Result:
    """See `hub.checks.links.check`; `cache` is where pages that were read are remembered.

    Raises `HubError` where `only` names no check.
    """
    unknown = set(only) - CHECKS.keys()
    if unknown:
        raise HubError(f"there is no check '{min(unknown)}'", "there are: " + ", ".join(CHECKS))
    chosen = set(only) or CHECKS.keys()
    everything = not chosen <= _SMALL
    tell(f"reading {number(len(files_.pages), 'page')}")
    pages = crawl.read(files_, _LOCAL if everything else (_base,), everything, cache)
    codes = [lang.code for lang in (*project.languages, *project.guests)] if project else ()
    source = project.source.code if project else ""
    languages = Languages(pages, codes, source)
    whole = Site(files_, Addresses(files_, base_url), pages, languages, project)
    if project is None and whole.leaves_endings_out():
        whole = Site(files_, Addresses(files_, base_url, endings=False), pages, languages)
    faults: list[Fault] = []
    for name in CHECKS:
        if name in chosen:
            tell(f"checking {name}")
            faults += (fault for check in CHECKS[name] for fault in check(whole))
    if "markup" in chosen:
        faults += _local(whole)
    tell(f"tracing {number(len(faults), 'fault')}")
    places = Places(whole, site)
    problems = places.problems(faults)
    counts = Counter[str]()
    for page, facts in pages.items():
        counts[languages.of(page)] += facts.head.get("links", 0)
    by_language = dict(sorted(counts.items()))
    return Result(problems, sum(counts.values()), len(pages), by_language, tuple(places.fixes))


def _local(site: Site) -> Iterator[Fault]:
    """What was found while the pages were read; redirects are not read by people."""
    for page, facts in site.pages.items():
        if site.tree.sizes[page] == 0:
            continue
        for line, rule, message, hint, raw, trace in facts.faults:
            yield Fault(page, line, rule, message, hint, raw, trace)


def _base(page: Page) -> Iterable[list[object]]:
    heads.base(page)
    return ()
