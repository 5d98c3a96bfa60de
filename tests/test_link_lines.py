"""Links of the built site lead back to the Markdown line, and the catalog entry, that wrote them.

The truth comes from Python-Markdown: every address is marked with its line, the page is rendered, and
what is rendered says in which line each link was written. The marks are never seen by the check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import pytest
import turbohtml
import yaml
from markdown import Markdown

from conftest import ROOT
from hub import frontmatter, segment
from hub.checks.links import reader, written
from hub.checks.links.languages import Languages
from hub.checks.origin import Origins
from hub.page import read_pages
from hub.project import Project
from hub.segment import Segment
from hub.texts import Translations

LEAST = 0.99
_ADDRESS = re.compile(r"(?<=\]\()(<?)([^)\s>]*)|(?<=\bhref=\")()([^\"]*)|(?<=\bsrc=\")()([^\"]*)")
_DEFINED = re.compile(r"(?m)^([ \t]*\[[^\]^][^\]]*\]:[ \t]*<?)(\S+)")
_MARK = re.compile(r"^line(\d+)entry(\d+)at:(.*)$", re.S)


class Link(NamedTuple):
    """`target` is comparable; `line` counts in docs/, `entry` in the catalog (0: English is shown)."""

    target: tuple[str, str]
    line: int
    entry: int


class Built(NamedTuple):
    target: tuple[str, str]
    raw: str
    nth: int


@pytest.fixture(scope="module")
def engine() -> Markdown:
    config = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    names = [next(iter(e)) if isinstance(e, dict) else e for e in config["markdown_extensions"]]
    return Markdown(extensions=names)


def test_content_links_map_to_their_lines(site: Path, project: Project, engine: Markdown) -> None:
    """In every language, and for each of them alone."""
    pages, _ = read_pages(project)
    languages = Languages({}, [lang.code for lang in project.languages], project.source.code)
    origins = Origins(project, site, languages)
    for language in project.languages:
        code = "" if language.is_source else language.code
        right, wrong = 0, []
        for page in pages:
            name = f"{code}/{page.path[:-3]}.html".lstrip("/")
            truth = list(rendered(project, engine, page.path, page.source, code))
            for link, built in aligned(truth, list(in_text(site / name, page.path))):
                got = origins.lines(name, built.raw, built.nth) if built else (0, 0)
                if got == (link.line, link.entry):
                    right += 1
                else:
                    wrong.append((name, link, got))

        assert right > 20, language.code
        assert right / (right + len(wrong)) >= LEAST, (language.code, right, wrong[:10])


def rendered(
    project: Project, engine: Markdown, path: str, source: str, lang: str
) -> Iterator[Link]:
    """The links that Markdown makes of a page, as it is composed in a language."""
    text = marked(project, path, source, lang)
    engine.reset()
    html = engine.convert(text[frontmatter.parse(text).end :])
    folder = path.rpartition("/")[0]
    for element in turbohtml.parse(html).select("a[href],img[src]"):
        found = _MARK.match(element.attr("href") or element.attr("src") or "")
        if found:
            yield Link(written.normal(folder, found[3]), int(found[1]), int(found[2]))


def marked(project: Project, path: str, source: str, lang: str) -> str:
    """The page in a language, every address with its line, and the line of its entry, before it."""
    translations = Translations(project, lang) if lang else None
    section = path.partition("/")[0] if "/" in path else "home"
    parts, line = [], 1
    for node in segment.parse(source):
        raw = node if isinstance(node, str) else node.raw
        entry = None
        if translations and isinstance(node, Segment):
            entry = translations.catalog(section).entries.get(node.key)
        if isinstance(node, Segment) and node.kind == "front-matter":
            parts.append(raw)
        elif isinstance(node, Segment) and entry and entry.shown:
            lines = dict(reversed(list(addresses(raw, line))))
            shown = node.put(entry.target)
            parts.append(with_marks(shown, lambda at, to, e=entry.line, n=lines: (n.get(to, 0), e)))
        else:
            parts.append(with_marks(raw, lambda at, to, n=line: (n + at, 0)))
        line += raw.count("\n")
    return "".join(parts)


def addresses(text: str, line: int) -> Iterator[tuple[str, int]]:
    for found in _ADDRESS.finditer(text):
        yield found[2] or found[4] or found[6] or "", line + text.count("\n", 0, found.start())


def with_marks(text: str, number) -> str:  # type: ignore[no-untyped-def]
    def mark(found: re.Match[str]) -> str:
        to = found[2] or found[4] or found[6] or ""
        line, entry = number(text.count("\n", 0, found.start()), to)
        return f"{found[1] or ''}line{line}entry{entry}at:{to}"

    def defined(found: re.Match[str]) -> str:
        line, entry = number(text.count("\n", 0, found.start()), found[2])
        return f"{found[1]}line{line}entry{entry}at:{found[2]}"

    return _DEFINED.sub(defined, _ADDRESS.sub(mark, text))


def in_text(file: Path, path: str) -> Iterator[Built]:
    """The links in the text of a built page that no template made."""
    folder = path.rpartition("/")[0]
    for reference in reader.references(file.read_bytes()):
        if reference.nth >= 0 and not reference.place.startswith("hub-"):
            yield Built(written.normal(folder, reference.raw), reference.raw, reference.nth)


def aligned(truth: list[Link], built: list[Built]) -> Iterator[tuple[Link, Built | None]]:
    """Each link of the truth with the one of the built page that it became, None for none."""
    pairs: dict[int, Built] = {}
    matcher = SequenceMatcher(None, [t.target for t in truth], [b.target for b in built], False)
    for block in matcher.get_matching_blocks():
        pairs.update({block.a + i: built[block.b + i] for i in range(block.size)})
    for index, link in enumerate(truth):
        yield link, pairs.get(index)
