"""The built site: every page, anchor and file that a page names is there.

Works on any folder of static HTML. With the project's sources at hand, a fault in the text of a page is
reported at the Markdown line that wrote it, and at the catalog's line where only a translation has it.
External addresses are not asked for here.
"""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import turbohtml

from hub.checks.origin import Origins
from hub.problem import HubError, Problem, number
from hub.project import Project

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_LINKING = ("href", "src", "poster", "data")
_SELECT = "[id],[href],[src],[srcset],[poster],[data],a[name]"
#: Written by the build and read by the theme's script, or by servers and crawlers.
_NOT_PAGES = {"404.html"}


@dataclass(frozen=True)
class Link:
    """A reference as written in a page. `in_article`: in the text, not in the theme around it."""

    target: str
    line: int
    in_article: bool


@dataclass(frozen=True)
class Parsed:
    """What one page says of itself."""

    links: tuple[Link, ...]
    ids: frozenset[str]
    twice: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Result:
    """`counted` is what was looked at, in words: a check of nothing must be seen."""

    problems: list[Problem]
    links: int
    pages: int

    @property
    def counted(self) -> str:
        return f"checked {number(self.links, 'link')} on {number(self.pages, 'page')}"


def check(site: Path, base_url: str = "", project: Project | None = None) -> Result:
    """Every internal reference of the pages below `site`.

    `base_url` is the address the site is served at: absolute references to it are internal too.
    Raises `HubError` where there is no such folder or no page in it.
    """
    if not site.is_dir():
        raise HubError(f"there is no folder {site}", "build the site first: make site")
    names = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    pages = sorted(name for name in names if name.endswith((".html", ".htm")))
    if not pages:
        raise HubError(f"there is no page in {site}", "build the site first: make site")
    parsed = {page: _parse((site / page).read_bytes()) for page in pages}
    targets = _Targets(names, parsed, base_url)
    origins = Origins(project, site)
    problems = []
    for page, content in parsed.items():
        for name, line in content.twice:
            problems.append(
                origins.in_page(page, line, "duplicate-id", f"id '{name}' stands twice")
            )
        for index, link in enumerate(content.links):
            fault = targets.fault(page, link.target)
            if fault:
                rule, message, hint = fault
                same = sum(other.target == link.target for other in content.links[:index])
                problems.append(origins.of_link(page, link, same, rule, message, hint))
    total = sum(len(content.links) for content in parsed.values())
    return Result(origins.without_copies(problems), total, len(pages))


class _Targets:
    """Resolves references, each pair of folder and reference once."""

    def __init__(self, names: set[str], parsed: dict[str, Parsed], base_url: str) -> None:
        self.names, self.parsed = names, parsed
        self.folders = {"", *(posixpath.dirname(name) for name in names)}
        self.folded = {name.casefold(): name for name in names}
        parts = urlsplit(base_url)
        self.host, self.base = parts.netloc, parts.path.rstrip("/") + "/"
        self.memo: dict[tuple[str, str], tuple[str, str] | None] = {}

    def fault(self, page: str, target: str) -> tuple[str, str, str] | None:
        """Rule, message and hint of what is wrong with a reference; None where it holds."""
        if not target.strip():
            return "empty-link", "a link without a target", "name a page, or take the link out"
        key = (posixpath.dirname(page), target) if not target.startswith("#") else (page, target)
        if key not in self.memo:
            self.memo[key] = self._resolve(page, target)
        resolved = self.memo[key]
        if resolved is None:
            return None
        file, fragment = resolved
        if file.startswith(".."):
            return "link", f"'{target}' leads out of the site", "take a ../ away"
        if file not in self.names:
            return "link", f"'{target}' does not exist", self._hint(file)
        if fragment and file in self.parsed and file not in _NOT_PAGES:
            return self._anchor(file, fragment, target)
        return None

    def _resolve(self, page: str, target: str) -> tuple[str, str] | None:
        """(file, fragment) in the site, None for what is not ours to check."""
        target = target.strip()
        if _SCHEME.match(target):
            parts = urlsplit(target)
            ours = parts.scheme in ("http", "https", "") and parts.netloc == self.host
            if not (self.host and ours and parts.path.startswith(self.base)):
                return None
            path, fragment = "/" + parts.path[len(self.base) :], parts.fragment
        else:
            path, _, fragment = target.partition("#")
            path = path.partition("?")[0]
        path = unquote(path)
        if not path:
            file = page
        elif path.startswith("/"):
            inside = path[len(self.base) :] if path.startswith(self.base) else path[1:]
            file = posixpath.normpath(inside) if inside else "."
        else:
            file = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        file = "" if file == "." else file
        if path.endswith("/") or file in self.folders:
            file = posixpath.join(file, "index.html")
        return file, unquote(fragment)

    def _anchor(self, file: str, fragment: str, target: str) -> tuple[str, str, str] | None:
        ids = self.parsed[file].ids
        if fragment in ids or fragment == "top" or fragment.startswith(":~:"):
            return None
        close = difflib.get_close_matches(fragment, ids, 1)
        hint = f"did you mean '#{close[0]}'?" if close else f"{file} has no such id"
        return "anchor", f"'{target}' names an anchor that does not exist", hint

    def _hint(self, file: str) -> str:
        folder = posixpath.dirname(file)
        if posixpath.basename(file) == "index.html" and folder in self.folders:
            return f"the folder '{folder}' has no index.html"
        other = self.folded.get(file.casefold())
        if other:
            return f"the file is '{other}': capital letters count"
        close = difflib.get_close_matches(file, self.names, 1, 0.75)
        return f"did you mean '{close[0]}'?" if close else f"no file '{file}' in the site"


def _parse(content: bytes) -> Parsed:
    document = turbohtml.parse(content, encoding="utf-8", positions=True)
    article_lines = [
        (article.source_line or 0, _end_line(article)) for article in document.select("article")
    ]
    links: list[Link] = []
    ids: dict[str, int] = {}
    twice: list[tuple[str, int]] = []
    for element in document.select(_SELECT):
        attributes = {name: str(value or "") for name, value in element.attrs.items()}
        line = element.source_line or 0
        for name in ("id", "name") if element.tag == "a" else ("id",):
            value = attributes.get(name)
            if value and name == "id" and value in ids:
                twice.append((value, line))
            if value:
                ids.setdefault(value, line)
        in_article = any(start <= line <= end for start, end in article_lines)
        for target in _references(element.tag, attributes):
            links.append(Link(target, line, in_article))
    return Parsed(tuple(links), frozenset(ids), tuple(twice))


def _end_line(article: turbohtml.Element) -> int:
    return (article.source_line or 0) + article.html.count("\n")


def _references(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    for name in _LINKING:
        value = attributes.get(name)
        if value is not None and (name != "data" or tag == "object"):
            yield value
    for candidate in (attributes.get("srcset") or "").split(","):
        if candidate.strip():
            yield candidate.split()[0]
