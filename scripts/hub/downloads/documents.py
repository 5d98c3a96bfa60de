"""Pages of the type document as files to edit, in each language: Markdown, and HTML for word processors.

Phase 2 of a build: the HTML is made from the article on disk, the Markdown from the composed page.
"""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from hub import templates
from hub.downloads import onefile
from hub.downloads.handbook import editable
from hub.page import Page
from hub.project import Language, Project
from hub.templates import View
from hub.texts import Translations

_PLACE = re.compile(r"<!--hub:document-->.*?<!--/hub:document-->", re.S)


def make(project: Project, pages: list[Page], site: Path) -> int:
    """Write site/downloads/<language>/<slug>.md and .html; how many files there are."""
    documents = [page for page in pages if page.type == "document"]
    for language in project.languages if documents else ():
        view = View(project, language, Translations(project, language.code), pages)
        names = {f"{_slug(page)}.html": [page] for page in documents}
        builder = onefile.Builder(project, view, site, names)
        folder = site / "downloads" / language.code
        folder.mkdir(parents=True, exist_ok=True)
        for page in documents:
            entry = view.entry(page.path)
            text = editable(entry.composed.text, str(entry.data["title"]))
            (folder / f"{_slug(page)}.md").write_text(text, encoding="utf-8", newline="\n")
            (folder / f"{_slug(page)}.html").write_bytes(
                builder.build(f"{_slug(page)}.html", searchable=False)
            )
        _offer(view, documents, site, language)
    return 2 * len(documents) * len(project.languages)


def _offer(view: View, documents: list[Page], site: Path, language: Language) -> None:
    """Put the links into the pages, below their articles."""
    env = Environment(loader=FileSystemLoader(view.project.templates), autoescape=False)
    templates.install_gettext(env, view.translations)
    part = env.get_template("components/document-files/document-files.html")
    for page in documents:
        url = view.url(page.path)
        up = "../" * url.count("/")
        target = f"{up}downloads/{language.code}/{_slug(page)}"
        kinds = (("Markdown", "md"), ("HTML", "html"))
        files = [{"href": f"{target}.{ending}", "kind": kind} for kind, ending in kinds]
        filled = _PLACE.search(part.render(files=files))
        assert filled, "document-files.html has its two marks"
        html = (site / url).read_text(encoding="utf-8")
        html = _PLACE.sub(lambda _, new=filled[0]: new, html)  # type: ignore[misc]
        (site / url).write_text(html, encoding="utf-8", newline="\n")


def _slug(page: Page) -> str:
    return page.path.removesuffix(".md").rsplit("/", 1)[-1]
