"""Files the library adds to a built site, a language at a time: citations and the feed."""

from __future__ import annotations

from pathlib import Path

from hub.library import citations
from hub.library.shelf import CITED, Shelf
from hub.templates import View


def write(view: View, site: Path) -> None:
    """cite/<language>/<id>.bib|json|txt for every cited page, and feeds/<language>.xml."""
    shelf = Shelf(view)
    for kind in CITED:
        for entry in view.entries(kind):
            if "id" not in entry.data:
                continue
            cited = shelf.citation(entry)
            _write(site / shelf.citation_file(entry, "bib"), citations.bibtex(cited))
            _write(site / shelf.citation_file(entry, "json"), citations.csl_json(cited))
            _write(site / shelf.citation_file(entry, "txt"), shelf.plain_citation(entry) + "\n")
    if shelf.has_feed:
        _write(site / shelf.feed_file, shelf.feed())


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
