"""What to translate next, as one PO file: by tier, then by how many readers come past it.

Nobody counts readers here; the order of the navigation stands for it, with the texts that every page
shows before all pages. `catalog absorb` takes the file back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hub import catalog, texts
from hub.catalog import Source
from hub.catalog.message import Key, Message, write
from hub.page import Page
from hub.policy import Policy
from hub.project import Project


def todo(
    project: Project, policy: Policy, pages: Iterable[Page], lang: str, review: bool = False
) -> tuple[str, int]:
    """The file and the number of its entries: missing and stale ones, with `review` unread ones too.

    Raises `CatalogError` where a catalog cannot be read.
    """
    ranks = {path: number for number, path in enumerate(project.nav_pages())}
    found: dict[Key, tuple[tuple[int, int, int], Message]] = {}
    for section, sources in texts.sources(project, pages).items():
        path = texts.path_of(project, lang, section)
        known = {m.key: m for m in catalog.messages(path) if not m.obsolete}
        entries = catalog.read(path).entries
        for number, source in enumerate(sources):
            entry = entries.get(source.key)
            state = entry.state if entry else "missing"
            if state not in ("missing", "stale", *(("machine-drafted",) if review else ())):
                continue
            rank = (*_rank(policy, ranks, section, source), number)
            message = known.get(source.key) or Message(*source.key)
            message = catalog.renewed(message, source, lang)
            notes = (*message.notes, f"Tier {rank[0]}, {state}")
            item = rank, message._replace(notes=notes, plurals=())
            found[source.key] = min(found.get(source.key, item), item, key=lambda pair: pair[0])
    ordered = sorted(found.values(), key=lambda pair: pair[0])
    return write([catalog.header(lang), *(message for _, message in ordered)]), len(ordered)


def _rank(
    policy: Policy, ranks: Mapping[str, int], section: str, source: Source
) -> tuple[int, int]:
    """(tier, place in the navigation) of the most important place a text is shown at."""
    if section in (texts.UI, texts.DATA):
        return policy.tier(section), -1 if section == texts.UI else len(ranks)
    return min(
        (policy.tier(place), ranks.get(place.partition("#")[0], len(ranks)))
        for place in source.places
    )
