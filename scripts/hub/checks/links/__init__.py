"""The built site: every page, anchor, file, language version and download that it names is there.

Works on any folder of static HTML. With the project's sources at hand, a fault in the text of a page is
reported at the Markdown line that wrote it, and at the catalog's line where a translation has it.
External addresses are not asked for here.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

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
    sitemaps,
    speech,
    styles,
    syntax,
    tree,
)
from hub.checks.links.address import Addresses
from hub.checks.links.fault import Fault, Fix
from hub.checks.links.languages import Languages
from hub.checks.links.places import Places
from hub.checks.links.reader import Page
from hub.checks.links.site import Site
from hub.problem import HubError, Problem, number
from hub.project import Project

#: What `--only` can name, and the checks behind each name.
CHECKS: dict[str, tuple[Callable[[Site], Iterator[Fault]], ...]] = {
    "links": (files.check,),
    "anchors": (anchors.check,),
    "syntax": (syntax.check,),
    "redirects": (redirects.check,),
    "languages": (speech.check, alternates.check),
    "head": (head.check,),
    "lists": (sitemaps.check, feeds.check, indexes.check, lists.check),
    "files": (styles.check, manifests.check, downloads.check),
    "markup": (),
}
#: What is asked of each page by itself, while it is parsed.
_LOCAL: tuple[crawl.Local, ...] = (heads.read, markup.check, leftovers.check)
#: Enough for links and anchors alone.
_SMALL = {"links", "anchors"}


@dataclass(frozen=True)
class Result:
    """`counted` is what was looked at, in words: a check of nothing must be seen."""

    problems: list[Problem]
    links: int
    pages: int
    by_language: dict[str, int] = field(default_factory=dict)
    fixes: tuple[Fix, ...] = ()

    @property
    def counted(self) -> str:
        return f"checked {number(self.links, 'link')} on {number(self.pages, 'page')}"

    @property
    def summary(self) -> dict[str, object]:
        """What JSON says beside the problems; a baseline is compared with it."""
        counts = {"links": self.links, "pages": self.pages, "by_language": self.by_language}
        return {"checked": self.counted, **counts}


def check(
    site: Path,
    base_url: str = "",
    project: Project | None = None,
    only: Sequence[str] = (),
    cache: Path | None = None,
) -> Result:
    """Everything the pages below `site` name, and what they say of themselves.

    `base_url` is the address the site is served at: absolute references to it are internal too.
    `only` names some of `CHECKS`; `cache` is a folder where pages that were read are remembered.
    Raises `HubError` where there is no such folder, no page in it, or no such check.
    """
    unknown = set(only) - CHECKS.keys()
    if unknown:
        raise HubError(f"there is no check '{min(unknown)}'", "there are: " + ", ".join(CHECKS))
    chosen = set(only) or CHECKS.keys()
    everything = not chosen <= _SMALL
    with _no_search_for_rings():
        files_ = tree.read(site)
        pages = crawl.read(files_, _LOCAL if everything else (_base,), everything, cache)
        codes = [lang.code for lang in (*project.languages, *project.guests)] if project else ()
        source = project.source.code if project else ""
        languages = Languages(pages, codes, source)
        whole = Site(files_, Addresses(files_, base_url), pages, languages, project)
        faults = [
            f for name in CHECKS if name in chosen for run in CHECKS[name] for f in run(whole)
        ]
        if "markup" in chosen:
            faults += _local(whole)
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


@contextmanager
def _no_search_for_rings() -> Iterator[None]:
    """A run makes many objects and no circles: looking for them is a tenth of its time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
