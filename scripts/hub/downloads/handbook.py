"""The whole handbook as one file in each language, and the briefing note as text to edit.

Phase 2 of a build, after every page is written: the chapters' articles stand after each other with
their ids prefixed, and the page that offers the file gets its link.
"""

from __future__ import annotations

import os
import re
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from hub import frontmatter, templates
from hub.compose import compose
from hub.downloads import onefile
from hub.page import Page
from hub.project import Language, Project
from hub.templates import View
from hub.texts import UI, Translations

_PLACE = re.compile(r"<!--hub:handbook-->.*?<!--/hub:handbook-->", re.S)
_NOTE = "legislate/briefing-note.md"


def make(project: Project, pages: list[Page], site: Path) -> None:
    """Write site/downloads/<language>/handbook.html and the briefing note's two forms.

    Raises `HubError` where a chapter is not built.
    """
    chapters = sorted((p for p in pages if p.type == "chapter"), key=lambda p: str(p.meta["id"]))
    notes = [page for page in pages if page.path == _NOTE]
    for language in project.languages:
        view = View(project, language, Translations(project, language.code), pages)
        documents = {"handbook.html": chapters, "briefing-note.html": notes}
        document = onefile.Builder(project, view, site, documents)
        folder = site / "downloads" / language.code
        folder.mkdir(parents=True, exist_ok=True)
        for note in notes:
            composed = compose(note.source, view.translations.of(note.section)).text
            text = editable(composed, str(view.entry(note.path).data["title"]))
            (folder / "briefing-note.md").write_text(text, encoding="utf-8", newline="\n")
            (folder / "briefing-note.html").write_bytes(
                document.build("briefing-note.html", searchable=False)
            )
        if chapters:
            made = document.build("handbook.html").decode()
            (folder / "handbook.html").write_text(
                _bound(made, view, chapters), encoding="utf-8", newline="\n"
            )
            _offer(view, site, language)


def editable(source: str, title: str) -> str:
    """Markdown for any editor: a title, no front matter, no parts that only our templates fill."""
    body = source[frontmatter.parse(source).end :]
    lines = [line for line in body.splitlines() if not templates.SLOT.search(line)]
    text = re.sub(r"[ \t]*\{#[\w-]+\}", "", "\n".join(lines))
    return f"# {title}\n\n{text.strip()}\n"


def _bound(made: str, view: View, chapters: list[Page]) -> str:
    """The document with the handbook's title and a list of its chapters, each on a page of its own."""
    title = escape(view.translations.gettext(UI, "Handbook", "nav"))
    name = escape(view.translations.gettext(UI, view.project.site_name, "site-name"))
    lines = "".join(
        f'<li><a href="#{Path(chapter.path).stem}">{chapter.meta["id"]}'
        f" {view.entry(chapter.path).text('title')}</a></li>"
        for chapter in chapters
    )
    made = re.sub(r"<title>.*?</title>", f"<title>{title} – {name}</title>", made, count=1)
    made = made.replace("</style>", "@media print { article { break-before: page; } }</style>", 1)
    front = f'<main>\n<h1>{name}: {title}</h1>\n<ol class="hub-list">{lines}</ol>'
    return made.replace("<main>", front, 1)


def _offer(view: View, site: Path, language: Language) -> None:
    """Put the link into every page of the language that has a place for it."""
    env = Environment(loader=FileSystemLoader(view.project.templates), autoescape=False)
    templates.install_gettext(env, view.translations)
    part = env.get_template("components/handbook-files/whole.html")
    for page in view.pages.values():
        if "hub: handbook-files whole" not in page.source:
            continue
        html = site / view.url(page.path)
        file = site / "downloads" / language.code / "handbook.html"
        filled = part.render(href=Path(os.path.relpath(file, html.parent)).as_posix())
        link = filled[filled.index("<!--hub:handbook") :]
        text = _PLACE.sub(lambda found: link, html.read_text(encoding="utf-8"))  # noqa: B023
        html.write_text(text, encoding="utf-8", newline="\n")
