"""Catalogs: syntax, structure and markup of every translation, each fault at its PO entry's line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from hub import compose, frontmatter, segment
from hub.catalog import Catalog, Entry, Key
from hub.page import Page
from hub.problem import Problem
from hub.project import Language, Project

_LINK = re.compile(r"\]\(\s*(<[^>]*>|[^)\s]+)")
_CODE = re.compile(r"`+[^`]+`+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->")
_ATTRIBUTES = re.compile(r"\{:?[^{}]*\}")
_REFERENCE = re.compile(r"\]\[[^\]]*\]")
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]")
_PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{\{.*?\}\}|\{%.*?%\}")
_STRONG = re.compile(r"(?<!\\)\*\*")

#: What a translation must hold exactly as often as its source, with the word people know it by.
_KEPT = (
    ("link target", _LINK),
    ("code", _CODE),
    ("HTML tag", _TAG),
    ("attribute list", _ATTRIBUTES),
    ("reference", _REFERENCE),
    ("footnote", _FOOTNOTE),
    ("placeholder", _PLACEHOLDER),
)


def check(
    project: Project, pages: list[Page], language: Language, catalogs: Mapping[str, Catalog]
) -> list[Problem]:
    """The faults of one language's catalogs, which could all be read."""
    problems: list[Problem] = []
    for section, catalog in catalogs.items():
        where = project.relative(catalog.path)
        for (_, source), entry in catalog.entries.items():
            for message, hint in _faults(source, entry.target):
                problems.append(
                    Problem(where, entry.line, "markup", message, hint, lang=language.code)
                )
        problems += _structure(project, pages, language, section, catalog, where)
    return problems


def _faults(source: str, target: str) -> Iterator[tuple[str, str]]:
    if not target:
        return
    if len(_STRONG.findall(target)) % 2:
        yield "** is opened and not closed", "put ** before and after the words in bold"
    elif len(_STRONG.findall(target)) != len(_STRONG.findall(source)):
        yield "bold words differ from the English", "keep as many **…** as the English has"
    for name, pattern in _KEPT:
        wanted, got = _count(pattern, source), _count(pattern, target)
        for lost in (wanted - got).elements():
            yield f"{name} {lost} is missing", "copy it from the English text"
        for added in (got - wanted).elements():
            yield f"{name} {added} is not in the English text", "take it out"


def _count(pattern: re.Pattern[str], text: str) -> Counter[str]:
    found = pattern.findall(_CODE.sub("`", text) if pattern is not _CODE else text)
    return Counter(found)


def _structure(
    project: Project,
    pages: Iterable[Page],
    language: Language,
    section: str,
    catalog: Catalog,
    where: str,
) -> Iterator[Problem]:
    """Composed pages must have the same blocks as the English ones; names the first that differs."""
    for page in pages:
        if page.section != section:
            continue
        try:
            compose.compose(page.source, lambda item: catalog.translation(item.key))
        except compose.ComposeError:
            yield from _culprits(page, language, catalog, where)
        except frontmatter.FrontMatterError:
            continue  # reported by the content check


def _culprits(page: Page, language: Language, catalog: Catalog, where: str) -> Iterator[Problem]:
    """Each translation that breaks the page when it is the only one put in."""
    for item in segment.segments(page.source):
        entry = catalog.entries.get(item.key)
        if entry is None or catalog.translation(item.key) is None:
            continue
        try:
            compose.compose(page.source, _only(item.key, entry))
        except compose.ComposeError as error:
            message = f"{error} ({page.path})"
            hint = "write it as one block: no empty lines, no list or heading marks of its own"
            yield Problem(where, entry.line, "structure", message, hint, lang=language.code)


def _only(key: Key, entry: Entry) -> compose.Translate:
    return lambda item: entry.target if item.key == key else None
