"""The whole handbook as one file in each language, and the briefing note as text to edit.

Phase 2 of a build, after every page is written: the chapters' articles stand after each other with
their ids prefixed, and the page that offers the file gets its link.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from hub.downloads import documents, onefile, place
from hub.page import Page
from hub.project import Project
from hub.templates import View
from hub.texts import UI, Translations

_NOTE = "legislate/briefing-note.md"


def make(project: Project, pages: list[Page], site: Path) -> None:
    """Write site/downloads/<language>/handbook.html and the briefing note's two forms.

    Raises `HubError` where a chapter is not built.
    """
    chapters = sorted((p for p in pages if p.type == "chapter"), key=lambda p: str(p.meta["id"]))
    notes = [page for page in pages if page.path == _NOTE]
    for language in project.languages:
        view = View(project, language, Translations(project, language.code), pages)
        names = {"handbook.html": chapters, "briefing-note.html": notes}
        builder = onefile.Builder(project, view, site, names)
        for note in notes:
            documents.write(builder, note)
        if chapters:
            file = site / "downloads" / language.code / "handbook.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            text = _bound(builder.build(file.name).decode(), view, chapters)
            file.write_text(text, encoding="utf-8", newline="\n")
            _offer(view, site, file)


def _bound(made: str, view: View, chapters: list[Page]) -> str:
    """The document with the handbook's title and a list of its chapters, each on a page of its own."""
    title = escape(view.translations.gettext(UI, "Handbook", "nav"))
    name = escape(view.site_name)
    lines = "".join(
        f'<li><a href="#{Path(chapter.path).stem}">{chapter.meta["id"]}'
        f" {view.entry(chapter.path).text('title')}</a></li>"
        for chapter in chapters
    )
    made = re.sub(r"<title>.*?</title>", f"<title>{title} – {name}</title>", made, count=1)
    made = made.replace("</style>", "@media print { article { break-before: page; } }</style>", 1)
    front = f'<main>\n<h1>{name}: {title}</h1>\n<ol class="hub-list">{lines}</ol>'
    return made.replace("<main>", front, 1)


def _offer(view: View, site: Path, file: Path) -> None:
    """Put the link into every page of the language that has a place for it."""
    for page in view.pages.values():
        if "hub: handbook-files whole" in page.source:
            html = site / view.url(page.path)
            href = place.address(file, html)
            place.fill(view, html, "components/handbook-files/whole.html", href=href)
