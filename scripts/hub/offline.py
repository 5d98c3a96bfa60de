"""A site in one language, to be handed on as a folder: it opens without a network, and no link is dead.

Last step of an offline build: from a built site it takes away what belongs to other languages. Paths stay
those of the published site, so an address that somebody noted is found in the folder too.
"""

from __future__ import annotations

import posixpath
import re
from html import escape
from pathlib import Path

import turbohtml

from hub.project import Language, Project
from hub.texts import UI, Translations

#: Where the files of languages stand beside each other, by code: feeds/fr.xml, cite/fr/H03.bib.
_SIDE_BY_SIDE = re.compile(r"(?:assets/coverage|cite|downloads|feeds|search)/([\w]+)")

#: What only a server or a search engine asks for.
_SERVED = ("404.html", "sitemap.xml", "sitemap.xml.gz")
_ADDRESSED = "link[rel=canonical], link[hreflang], script[type='application/ld+json']"


def keep_only(project: Project, site: Path, language: Language) -> None:
    """Leave in a built site what its pages in one language need, and let index.html lead to them.

    Links to other languages lead to the published address, and are taken away where there is none.
    """
    _take_away(project, site, language.code)
    for file in sorted(site.rglob("*.html")):
        _mend(site, file, language.code, project.published)
    if not language.is_source:
        text = _entry(project, language)
        (site / "index.html").write_text(text, encoding="utf-8", newline="\n")


def _take_away(project: Project, site: Path, code: str) -> None:
    for path in sorted(site.rglob("*"), reverse=True):  # what is in a folder before the folder
        name = path.relative_to(site).as_posix()
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif name in _SERVED or _language(project, name) not in ("", code):
            path.unlink()


def _language(project: Project, name: str) -> str:
    """The code of the language that a file belongs to, '' for what every language uses."""
    codes = {*project.declared, *(lang.code for lang in project.guests)}
    first = name.partition("/")[0]
    if first in codes:
        return first
    beside = _SIDE_BY_SIDE.match(name)
    if beside and beside[1] in codes:
        return beside[1]
    return project.source.code if name.endswith(".html") else ""


def _mend(site: Path, file: Path, code: str, address: str) -> None:
    """Point a page's links to other languages to the published site, or take them away."""
    page = turbohtml.parse(file.read_bytes(), encoding="utf-8", source_locations=True)
    folder = posixpath.dirname(file.relative_to(site).as_posix())
    gone = []
    for link in page.select("a[hreflang]"):
        path, mark, fragment = str(link.attrs["href"]).partition("#")
        target = posixpath.normpath(posixpath.join(folder, path))
        if ":" in path or (site / target).exists():
            continue
        if address:
            link.attrs["href"] = address + target.removesuffix("index.html") + mark + fragment
        gone.append(link)
    if not address:
        for link in gone:
            _drop(link)
        others = f"select[data-filter=languages] option[lang]:not([lang={code}])"
        for element in page.select(f"{_ADDRESSED}, {others}"):
            element.decompose()
    file.write_text(page.to_source(), encoding="utf-8", newline="\n")


def _drop(link: turbohtml.Element) -> None:
    """Take a link away, with what only stood there for it: an item, a dot, a choice of one."""
    choice = link.closest("nav, .md-select")
    for beside in (link.next_sibling, link.previous_sibling):
        if isinstance(beside, turbohtml.Text) and beside.text.strip() == "·":
            beside.decompose()
            break
    item = link.parent
    if isinstance(item, turbohtml.Element) and item.tag == "li":
        item.decompose()
    else:
        link.decompose()
    if choice is not None and len(choice.select("a")) < 2:
        choice.decompose()


def _entry(project: Project, language: Language) -> str:
    """The page at the root, which leads on to the language's start page."""
    name = Translations(project, language.code).gettext(UI, project.site_name, "site-name")
    start = f"{language.code}/index.html"
    return (
        f'<!doctype html>\n<html lang="{language.code}" dir="{language.dir}">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<meta http-equiv="refresh" content="0; url={start}">\n<title>{escape(name)}</title>\n'
        f'</head>\n<body>\n<p><a href="{start}">{escape(name)}</a></p>\n</body>\n</html>\n'
    )
