"""Search: an index for each language, written as script files beside the pages it was made from.

Phase 2 of a build: reads `<article data-hub>` of the HTML on disk. The theme keeps its search box and
its keys; what answers is ours. `python scripts build` calls `make`; plain MkDocs keeps the theme's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from hub import glossary, templates
from hub.glossary import Term
from hub.page import Page, vocabulary
from hub.project import Language, Project
from hub.search import browser, document, files, index, stemmer, theme
from hub.templates import View
from hub.texts import Translations

#: The theme asks for its own index first; this one is empty.
_NO_INDEX = '{"config":{"lang":["en"],"separator":" ","pipeline":[]},"docs":[]}'

_SCRIPTS = ("analyzer.js", "engine.js", "box.js")


def make(
    project: Project,
    pages: list[Page],
    site: Path,
    say: Callable[[str], None] = lambda text: None,
) -> dict[str, int]:
    """Write site/search/ for every language; the number of pages found in each.

    Raises `HubError` where a page does not start our search, or a stemmer is not installed.
    """
    folder = site / "search"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "search_index.json").write_text(_NO_INDEX, encoding="utf-8")
    (folder / "search_index.js").write_text(f"var __index={_NO_INDEX}", encoding="utf-8")
    licences = dict.fromkeys(stemmer.licences(lang.code) for lang in project.languages)
    (folder / "LICENCES.txt").write_text("\n\n".join(licences), encoding="utf-8")
    terms = glossary.read(project)
    found = {}
    for language in project.languages:
        say(f"indexing {language.code}")
        found[language.code] = _make_one(project, pages, site, language, terms)
    return found


def _make_one(
    project: Project, pages: list[Page], site: Path, language: Language, terms: list[Term]
) -> int:
    code = language.code
    documents = document.read(project, site, language)
    for found in documents[:1]:
        theme.check_page(site / found.url)
    view = View(project, language, Translations(project, code), pages)
    encoded = files.encode(
        index.build(code, documents, terms), "" if language.is_source else f"{code}/"
    )
    encoded.core["rules"] = browser.rules(code)
    encoded.core["labels"] = _labels(view, encoded.core["types"])
    names = sorted(
        {term.names[code] for term in terms if not term.is_interface and code in term.names}
    )
    below = f"hubPanel({files.to_json(_panel(view))},{files.to_json(names)})"
    more = {
        "panel.js": _late("hubPanel", "Panel", "panel.js", f"panel({below})"),
        "slips.js": _late("hubSlips", "Slips", "slips.js", "slips(hubSlips)"),
        "snippet.js": _late("hubSnippets", "Snippets", "snippet.js", "cut(hubSnippets)"),
    }
    if swaps := browser.swaps(code, encoded):
        encoded.core["swaps"] = True
        more["swap.js"] = f"hubSearch.swap({files.to_json(swaps)})"
    stem, made = stemmer.script(code)
    script = stem + browser.bundle("hubSearch", "Box()", _SCRIPTS)
    files.write(site / "search", encoded, more, script, made)
    return len(documents)


def _late(name: str, result: str, script: str, call: str) -> str:
    """A script that comes when it is needed, and gives itself to the search that is there."""
    return f"{browser.bundle(name, result, (script,))}\nhubSearch.{call}"


def _labels(view: View, types: list[str]) -> dict[str, str]:
    """What readers call the page types."""
    known = vocabulary()["page_type"]
    return {name: view.label("page_type", name) if name in known else name for name in types}


def _panel(view: View) -> str:
    """What stands below the results, in the view's language, with the glossary and each section."""
    env = templates.environment(view)
    glossaries = [path for path, page in view.pages.items() if "<!-- hub: glossary" in page.body]
    entries = [*map(view.entry, glossaries), *view.sections]
    panel = env.get_template("components/search-panel/search-panel.html").render(entries=entries)
    return re.sub(r">\s+<", "><", panel).strip()
