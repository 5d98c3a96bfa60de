"""By what the library can be searched: six facets, read from front matter alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: The types of page that are items of the library, in the order in which they are listed.
KINDS = ("record", "collection", "practice", "call", "event", "programme")

#: In the order of the filter. 'type' is the kind of page, 'form' the kind of work.
FACETS = ("pillar", "audience", "form", "language", "year", "type")


def values(meta: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What an item answers to, a facet each; empty where nothing is known: {'year': ('2009',), …}."""
    return {
        "pillar": tuple(meta.get("pillar", ())),
        "audience": tuple(meta.get("audience", ())),
        "form": (str(meta["form"]),) if "form" in meta else (),
        "language": tuple(meta.get("languages", ())),
        "year": _years(meta),
        "type": (str(meta["type"]),),
    }


def _years(meta: Mapping[str, Any]) -> tuple[str, ...]:
    """Every year an item lasted; an item of no known day has none."""
    if "year" in meta:
        return (str(meta["year"]),)
    start = str(meta.get("start") or meta.get("opens") or "")
    if not start:
        return ()
    end = str(meta.get("end") or meta.get("decided") or meta.get("closes") or start)
    return tuple(str(year) for year in range(int(start[:4]), int(end[:4]) + 1))
