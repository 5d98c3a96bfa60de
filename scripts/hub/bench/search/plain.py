"""The same pages for every engine: a project's texts by language, and a plain Material site made of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from hub.fallback import MARK
from hub.page import read_pages
from hub.project import Project
from hub.templates import View
from hub.texts import Translations

_CLOCK = Path(__file__).with_name("clock.py")
_MARKDOWN = ["abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables"]

#: Markdown with its front matter by page (path below docs), by code of the language.
Texts = dict[str, dict[str, str]]


def texts(project: Project) -> Texts:
    """Every page in every language as readers see it: written by hand, composed, or left in English."""
    pages, _ = read_pages(project)
    found: Texts = {}
    for language in project.languages:
        view = View(project, language, Translations(project, language.code), pages)
        own = found.setdefault(language.code, {})
        for page in pages:
            by_hand = project.docs / f"{page.path[:-3]}.{language.code}.md"
            if by_hand.exists() and not language.is_source:
                own[page.path] = by_hand.read_text(encoding="utf-8")
            else:
                own[page.path] = view.entry(page.path).composed.text.replace(MARK, "")
    return found


def write(pages: Texts, folder: Path) -> Path:
    """Material as it comes, with static-i18n as it comes; the path of its mkdocs.yml.

    The first language is the default one. `clock.py` notes what the search plugin costs.
    """
    for code, by_path in pages.items():
        for path, text in by_path.items():
            name = path if code == _default(pages) else f"{path[:-3]}.{code}.md"
            file = folder / "docs" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    shutil.copy(_CLOCK, folder)
    languages = [
        {"locale": code, "name": code, "build": True, "default": code == _default(pages)}
        for code in pages
    ]
    settings = {
        "site_name": "Plain",
        "site_url": "http://localhost/",
        "use_directory_urls": False,
        "theme": {"name": "material", "font": False},
        "hooks": [_CLOCK.name],
        "plugins": ["search", {"i18n": {"docs_structure": "suffix", "languages": languages}}],
        "markdown_extensions": [*_MARKDOWN, "pymdownx.details"],
    }
    config = folder / "mkdocs.yml"
    config.write_text(yaml.safe_dump(settings), encoding="utf-8")
    return config


def _default(pages: Texts) -> str:
    return next(iter(pages))
