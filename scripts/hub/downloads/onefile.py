"""Pages as one HTML file that opens by a double-click: no network, no other file, and its own search."""

from __future__ import annotations

import base64
import mimetypes
import posixpath
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from urllib.parse import unquote, urljoin

import turbohtml

from hub import glossary, templates
from hub.page import Page
from hub.problem import HubError
from hub.project import Project
from hub.search import document
from hub.search import onefile as search
from hub.templates import View

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


class Builder:
    """Makes documents of one language from the site on disk.

    `documents` maps file names to the pages in them: a link from one to another stays in the folder.
    """

    def __init__(
        self, project: Project, view: View, site: Path, documents: Mapping[str, list[Page]]
    ) -> None:
        self.project, self.view, self.site = project, view, site
        self.documents = documents
        self.places = {
            view.url(page.path): (name, Path(page.path).stem)
            for name, pages in documents.items()
            for page in pages
        }
        self.terms = glossary.read(project)
        self.address = project.published

    def build(self, name: str, searchable: bool = True) -> bytes:
        """The articles of a document after each other. The first page's title is the document's.

        `searchable` puts a search of the document into it: not into one that is to be edited.

        Raises `HubError` where a page is not built.
        """
        language, pages = self.view.language, self.documents[name]
        elements = {
            Path(page.path).stem: self._article(self.view.url(page.path), name) for page in pages
        }
        articles = "\n".join(str(element.html) for element in elements.values())
        search, script, policy = self._search(elements) if searchable else ("", "", "")
        title = escape(str(self.view.entry(pages[0].path).data["title"]))
        notices = [
            self.view.translations.gettext("ui", text)
            for text in (
                "Draft translation, made by machine and not yet read by a native speaker.",
                "This is not a United Nations site, and no organisation named here has endorsed it.",
                "Text and images: CC BY-SA 4.0, Knowledge Hub contributors.",
            )
        ]
        draft = "" if language.is_source else f'<p class="hub-notice">{escape(notices[0])}</p>\n'
        return (
            f'<!doctype html>\n<html lang="{language.code}" dir="{language.dir}">\n<head>\n'
            '<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n'
            # What it is made from is found in its stead.
            '<meta name="robots" content="noindex">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}{policy}">\n'
            f"<title>{title}</title>\n<style>{self._styles()}</style>\n</head>\n"
            f'<body class="md-typeset">\n{draft}{search}<main>\n{articles}\n</main>\n'
            f"<footer><p>{escape(notices[1])}</p><p>{escape(notices[2])}</p></footer>\n"
            f"{script}</body>\n</html>\n"
        ).encode()

    def _article(self, url: str, name: str) -> turbohtml.Element:
        file = self.site / url
        if not file.exists():
            raise HubError(f"{url} is not in {self.site.name}/", "build the site first: make site")
        document = turbohtml.parse(file.read_bytes(), encoding="utf-8")
        article = next(iter(document.select("article[data-hub]")), None)
        if article is None:
            raise HubError(f"{url} has no <article data-hub>", "see overrides/main.html")
        prefix = self.places[url][1]
        for element in article.select("[id]"):
            element.attrs["id"] = f"{prefix}--{element.attrs['id']}"
        for element in article.select("[aria-labelledby]"):
            element.attrs["aria-labelledby"] = f"{prefix}--{element.attrs['aria-labelledby']}"
        # The policy of a document lets no script of its pages run.
        for element in article.select("a.headerlink, .hub-files, script"):
            element.decompose()
        for element in article.select("a[href]"):
            self._link(element, url, name)
        for element in article.select("img[src]"):
            element.attrs["src"] = self._data(url, str(element.attrs["src"]))
        article.attrs["id"] = prefix
        return article

    def _search(self, articles: dict[str, turbohtml.Element]) -> tuple[str, str, str]:
        """The search box, its script, and what the policy must allow; nothing where all is English."""
        code = self.view.language.code
        found = [document.parse(None, element, name, code) for name, element in articles.items()]
        documents = [one for one in found if one]
        if not documents:
            return "", "", ""
        inside = search.inside(code, documents, self.terms)
        box = templates.environment(self.view).get_template("components/find/find.html").render()
        return f"{box}\n", f"<script>{inside.script}</script>\n", f"; {inside.policy}"

    def _link(self, element: turbohtml.Element, url: str, name: str) -> None:
        """Links inside the kit stay; others lead to the site, or become text where it has none."""
        target = str(element.attrs["href"])
        if _SCHEME.match(target):
            return
        path, _, fragment = target.partition("#")
        file = url if not path else posixpath.normpath(posixpath.join(posixpath.dirname(url), path))
        if file in self.places:
            document, article = self.places[file]
            anchor = f"#{article}--{fragment}" if fragment else f"#{article}"
            element.attrs["href"] = anchor if document == name else document + anchor
        elif self.address:
            element.attrs["href"] = urljoin(self.address, file) + (
                f"#{fragment}" if fragment else ""
            )
        else:
            for name in ("href", "hreflang", "download"):
                element.attrs.pop(name, None)

    def _data(self, url: str, source: str) -> str:
        if _SCHEME.match(source):
            return source
        path = posixpath.normpath(posixpath.join(posixpath.dirname(url), unquote(source)))
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        content = base64.b64encode((self.site / path).read_bytes()).decode("ascii")
        return f"data:{kind};base64,{content}"

    def _styles(self) -> str:
        own = Path(__file__).with_name("onefile.css").read_text(encoding="utf-8")
        return templates.styles(self.project.templates) + own
