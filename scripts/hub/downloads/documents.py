"""Pages of the type document as files to edit, in each language: Markdown, and HTML for word processors.

Phase 2 of a build: the HTML is made from the article on disk, the Markdown from the composed page.
"""

from __future__ import annotations

import re
from pathlib import Path

from hub import frontmatter, templates
from hub.compose import compose
from hub.downloads import onefile, place
from hub.page import Page
from hub.project import Project
from hub.templates import View
from hub.texts import Translations


def make(project: Project, pages: list[Page], site: Path) -> None:
    """Write site/downloads/<language>/<slug>.md and .html, and put the links into the pages."""
    documents = [page for page in pages if page.type == "document"]
    for language in project.languages if documents else ():
        view = View(project, language, Translations(project, language.code), pages)
        names = {f"{Path(page.path).stem}.html": [page] for page in documents}
        builder = onefile.Builder(project, view, site, names)
        for page in documents:
            kinds = zip(("Markdown", "HTML"), write(builder, page), strict=True)
            html = site / view.url(page.path)
            files = [{"href": place.address(file, html), "kind": kind} for kind, file in kinds]
            place.fill(view, html, "components/document-files/document-files.html", files=files)


def write(builder: onefile.Builder, page: Page) -> tuple[Path, Path]:
    """A page as Markdown and as HTML, both to be edited; `builder` knows it by its slug."""
    view = builder.view
    folder, slug = builder.site / "downloads" / view.language.code, Path(page.path).stem
    folder.mkdir(parents=True, exist_ok=True)
    markdown, html = folder / f"{slug}.md", folder / f"{slug}.html"
    text = compose(page.source, view.translations.of(page.section)).text
    text = _editable(text, str(view.entry(page.path).data["title"]))
    markdown.write_text(text, encoding="utf-8", newline="\n")
    html.write_bytes(builder.build(html.name, searchable=False))
    return markdown, html


def _editable(source: str, title: str) -> str:
    """Markdown for any editor: a title, no front matter, no parts that only our templates fill."""
    body = source[frontmatter.parse(source).end :]
    lines = [line for line in body.splitlines() if not templates.SLOT.search(line)]
    text = re.sub(r"[ \t]*\{#[\w-]+\}", "", "\n".join(lines))
    return f"# {title}\n\n{text.strip()}\n"
