"""Search: an index for each language, written as script files beside the pages it was made from.

Phase 2 of a build: reads `<article data-hub>` of the HTML on disk. The theme keeps its search box and
its keys; what answers is ours. `python scripts build` calls `make`; plain MkDocs keeps the theme's own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from turbohtml.clean import minify_js

from hub import glossary, templates
from hub.glossary import Term
from hub.page import Page, vocabulary
from hub.project import Language, Project
from hub.search import document, files, index, stemmer, theme
from hub.search.analyzer import HAN, LONGEST, WORD, rules
from hub.search.words import traditional
from hub.templates import View
from hub.texts import UI, Translations

#: The theme asks for its own index first; this one is empty.
_NO_INDEX = '{"config":{"lang":["en"],"separator":" ","pipeline":[]},"docs":[]}'

_SCRIPTS = ("analyzer.js", "engine.js", "snippet.js", "box.js")


def make(
    project: Project,
    pages: list[Page],
    site: Path,
    say: Callable[[str], None] = lambda text: None,
) -> dict[str, int]:
    """Write site/search/ for every language; the number of pages found in each.

    Raises `HubError` where the theme's search has moved, or a stemmer is not installed.
    """
    theme.replace(site)
    folder = site / "search"
    folder.mkdir(exist_ok=True)
    (folder / "search_index.json").write_text(_NO_INDEX, encoding="utf-8")
    (folder / "search_index.js").write_text(f"var __index={_NO_INDEX}", encoding="utf-8")
    (folder / "LICENCE-snowball.txt").write_text(stemmer.licence(), encoding="utf-8")
    terms = glossary.read(project)
    found = {}
    for language in project.languages:
        say(f"indexing {language.code}")
        found[language.code] = _make_one(project, pages, site, language, terms)
    return found


def core(
    encoded: files.Encoded, project: Project, pages: Sequence[Page], language: Language
) -> dict[str, Any]:
    """What every query needs, with the language's rules and the texts that readers see."""
    view = View(project, language, Translations(project, language.code), list(pages))
    return {**encoded.core, "rules": browser_rules(encoded), **_texts(view, encoded.core["types"])}


def browser_rules(encoded: files.Encoded) -> dict[str, Any]:
    """The analyzer's rules as analyzer.js reads them; traditional forms of the characters there are."""
    code = encoded.core["code"]
    own: dict[str, Any] = {"word": WORD, "han": HAN, "longest": LONGEST, **rules(code)}
    if code == "zh":
        there = {character for start in encoded.shards for character in start}
        pairs = (old + new for old, new in traditional().items() if new in there)
        own |= {"pairs": True, "swap": own.get("swap", "") + "".join(pairs)}
    return own


@cache
def script() -> str:
    """Our scripts as one that leaves nothing behind but `hubSearch`, in few bytes."""
    own = [Path(__file__).with_name(name).read_text(encoding="utf-8") for name in _SCRIPTS]
    return minify_js("var hubSearch=(function(){" + "\n".join(own) + "return Box()})();")


def _make_one(
    project: Project, pages: list[Page], site: Path, language: Language, terms: list[Term]
) -> int:
    code = language.code
    documents = document.read(project, site, language)
    for found in documents[:1]:
        theme.check_page(site / found.url)
    prefix = "" if language.is_source else f"{code}/"
    encoded = files.encode(index.build(code, documents, terms), prefix)
    encoded.core.update(core(encoded, project, pages, language))
    names = sorted({term.names[code] for term in terms if not term.is_interface})
    stem, made = stemmer.script(code)
    files.write(site / "search", encoded, names, f"{stem}\n{script()}", made)
    return len(documents)


def _texts(view: View, types: list[str]) -> dict[str, Any]:
    """Names of the page types, and the panel below the results, in the view's language."""
    known = vocabulary()["page_type"]
    labels = {
        name: view.translations.gettext(UI, known[name], "page_type") if name in known else name
        for name in types
    }
    env = Environment(loader=FileSystemLoader(view.project.templates), autoescape=False)
    templates.install_gettext(env, view.translations)
    entries = [view.entry(path) for path in view.pages if "<!-- hub: glossary" in view.pages[path].body]
    panel = env.get_template("components/search-panel/search-panel.html")
    return {"labels": labels, "panel": panel.render(entries=[*entries, *view.sections]).strip()}
