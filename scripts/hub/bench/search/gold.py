"""Gold queries: what people type in a language, and the page they want. One file a language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from hub.problem import HubError

CATEGORIES = (
    "exact",
    "inflected",
    "several",
    "synonym",
    "question",
    "accents",
    "slip",
    "prefix",
    "compound",
    "number",
)
HALVES = ("dev", "held-out")


@dataclass(frozen=True)
class Gold:
    """`page` is the path below docs without `.md`; `heading` the id of the section meant, if one is."""

    text: str
    page: str
    category: str
    half: str
    heading: str = ""


def read(path: Path) -> list[Gold]:
    """The queries of one language. Raises `HubError` naming the entry that is wrong."""
    queries = []
    for number, entry in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1):
        where = f"{path.name}, entry {number}"
        try:
            query = Gold(
                entry["query"],
                entry["page"],
                entry["category"],
                entry["half"],
                entry.get("heading", ""),
            )
        except (KeyError, TypeError) as error:
            raise HubError(f"{where} lacks {error}") from error
        if query.category not in CATEGORIES or query.half not in HALVES:
            raise HubError(
                f"{where}: '{query.category}', '{query.half}'", "see the list in gold.py"
            )
        if not isinstance(query.text, str) or not query.text.strip():
            raise HubError(f"{where}: the query is no text", "put it in quotes")
        queries.append(query)
    return queries
