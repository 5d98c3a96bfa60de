"""The built site: every page, anchor, file, language version and download that it names is there.

Works on any folder of static HTML. With the project's sources at hand, a fault in the text of a page is
reported at the Markdown line that wrote it, and at the catalog's line where a translation has it.
External addresses are not asked for here.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from hub.cache import Cache
from hub.checks.links import tree
from hub.checks.links.kept import Kept
from hub.checks.links.result import Result
from hub.project import Project

__all__ = ["Result", "cache_of", "check"]


def check(
    site: Path,
    base_url: str = "",
    project: Project | None = None,
    only: Sequence[str] = (),
    cache: Path | None = None,
    tell: Callable[[str], None] = lambda step: None,
) -> Result:
    """Everything the pages below `site` name, and what they say of themselves.

    `base_url` is the address the site is served at: absolute references to it are internal too.
    `only` names some of the checks; `cache` is a folder where pages that were read and what came of whole
    runs are remembered; `tell` is told of each step.
    Raises `HubError` where there is no such folder, no page in it, or no such check.
    """
    with _no_search_for_rings():
        tell("looking at files")
        files = tree.read(site)
        known = Cache(cache) if cache else None
        # Some checks alone cost little more than to know that nothing changed.
        kept = Kept(known, files, site, base_url, project) if known and not only else None
        result = kept.get() if kept else None
        if result is None:
            # All checks, which a run of no change need not load.
            from hub.checks.links import judging

            result = judging.run(files, site, base_url, project, only, known, tell)
            if kept:
                kept.put(result)
        return result


def cache_of(project: Project) -> Path:
    """Where a project remembers what was read and what came of it."""
    return project.root / ".cache" / "links"


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
