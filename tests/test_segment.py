"""The segmenter loses nothing: identity to the byte, structure under translation, no crash on any text."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

import pseudo
from hub import segment
from hub.compose import compose
from hub.fallback import MARK, FallbackMarks
from hub.frontmatter import FrontMatterError

HERE = Path(__file__).parent
PAGES = sorted(
    [
        *(HERE / "segment").glob("*.md"),
        *(HERE.parent / "docs").rglob("*.md"),
        HERE.parent / "README.md",
    ]
)
EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc",
    "pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist",
    "pymdownx.arithmatex", "pymdownx.blocks.admonition", "pymdownx.blocks.html", "pymdownx.quotes",
]  # fmt: skip
OPTIONS = {"pymdownx.tabbed": {"alternate_style": True}, "pymdownx.quotes": {"callouts": True}}


def read(file: Path) -> str:
    return file.read_bytes().decode("utf-8")


def rendered(text: str, *more: object) -> str:
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    engine = Markdown(extensions=[*EXTENSIONS, *more], extension_configs=OPTIONS)  # type: ignore[list-item]
    return engine.convert(body)


def tags(html: str) -> list[str]:
    return re.findall(r"</?([a-zA-Z][\w-]*)", html)


@pytest.mark.parametrize("file", PAGES, ids=lambda f: f.name)
def test_join_of_parse_is_the_source(file: Path) -> None:
    source = read(file)

    assert segment.join(segment.parse(source), lambda item: item.raw) == source


@pytest.mark.parametrize("file", PAGES, ids=lambda f: f.name)
def test_page_without_translations_is_the_source(file: Path) -> None:
    assert compose(read(file), lambda item: None).text == read(file)


@pytest.mark.parametrize("file", PAGES, ids=lambda f: f.name)
def test_translation_keeps_the_tags(file: Path) -> None:
    source = read(file)

    translated = compose(source, lambda item: pseudo.accented(item.text)).text

    assert tags(rendered(translated)) == tags(rendered(source))


@pytest.mark.parametrize("file", PAGES, ids=lambda f: f.name)
def test_fallback_marks_keep_the_tags_and_leave_no_trace(file: Path) -> None:
    source = read(file)
    marked = compose(source, lambda item: None, MARK).text

    html = rendered(marked, FallbackMarks())

    assert MARK not in html
    spans = len(re.findall(r'<span dir="ltr" lang="en">|<span lang="en" dir="ltr">', html))
    assert len(tags(html)) == len(tags(rendered(source))) + 2 * spans


def test_every_kind_of_text_is_found() -> None:
    found = {
        item.text: item.kind
        for file in (HERE / "segment").glob("*.md")
        for item in segment.segments(read(file))
    }

    expected = {
        'It\'s a "title": with #marks': "front-matter",
        "A folded text over two lines.": "front-matter",
        "A title with **bold**": "title",
        "Text in the box, on two lines.": "paragraph",
        "Tab in a tab": "title",
        "a task that is done": "item",
        "Its definition, on two lines.": "definition",
        "A box is the definition": "title",
        "A quote. Its second line.": "paragraph",
        "with \\| a bar": "cell",
        "*[HTML]: Hyper Text Markup Language": "abbreviation",
        "A title of a reference": "caption",
        "The footnote's text.": "footnote",
        "Raw summary": "html",
        "A text that *is* Markdown.": "paragraph",
        "What the code does": "caption",
        "A generic box": "title",
        "A callout": "title",
        "Text in the callout.": "paragraph",
        "Deeper text.": "paragraph",
        "A tab in a quote": "title",
        "A map": "caption",
        "An attribute read out": "caption",
        "A picture in HTML": "caption",
        "One text over two lines.": "html",
        "*[OHCHR]: Office of the High Commissioner": "abbreviation",
    }
    assert {text: found.get(text) for text in expected} == expected


def test_nothing_machines_read_is_a_text() -> None:
    texts = " ".join(
        item.text
        for file in (HERE / "segment").glob("*.md")
        for item in segment.segments(read(file))
    )

    for machine in (
        "no heading, no text",
        "not a text",
        "nested fence",
        "x = 1",
        "</div>",
        "code in an item",
        "snippet.md",
        "no-text",
        "no = text",
        "div.result",
        "file.py",
    ):
        assert machine not in texts


def test_segment_knows_its_line_and_heading() -> None:
    source = "---\ntype: page\ntitle: T\n---\n\n## A {#a}\n\nOne\ntwo.\n\n- three\n"

    places = [(s.text, s.line, s.where) for s in segment.segments(source)]

    assert places == [("T", 3, "title"), ("A", 6, "a"), ("One two.", 8, "a"), ("three", 11, "a")]


@pytest.mark.parametrize(
    "start",
    [
        "- x",
        "# x",
        "1. x",
        "> x",
        "+ x",
        "* x",
        ": x",
        "!!! note",
        "=== x",
        "??? x",
        "/// x",
        "| x",
        "```x",
        "--- x",
        "2) x",
    ],
)
@pytest.mark.parametrize("source", ["Text.\n", "- item\n", "Term\n:   Definition\n"])
def test_translation_that_starts_like_a_marker_stays_text(start: str, source: str) -> None:
    html = rendered(compose(source, lambda item: start).text)

    assert tags(html) == tags(rendered(source))
    assert start in unescape(re.sub(r"<[^>]+>", "", html))


# Pieces of Markdown in any order: what a person never writes and a merge may leave.
PIECES = st.sampled_from(
    [
        "# H {#h}\n", "text\n", "\n", "- item\n", "    indented\n", "!!! note \"T\"\n", "| a | b |\n",
        "|---|---|\n", "```\n", "> quote\n", ":   def\n", "<div>\n", "</div>\n", "<!--\n", "-->\n",
        "[^1]: note\n", "*[A]: abbr\n", "---\n", "title: x\n", "1. one\n", "=== \"Tab\"\n", "\t", "  ",
        "{: .x }\n", "[r]: x \"t\"\n", "\\", "`", "**", "|", "\r\n", "\x0b", "\u2028", "%%\n", "<script>\n",
        "/// note | T\n", "///\n", "$$\n", "> [!tip] T\n", "[a]:\n", "```py title=\"T\"\n", "<img alt=\"x\"\n", "[a][] ",
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=24).map("".join))
def test_any_splice_is_kept_to_the_byte(source: str) -> None:
    try:
        nodes = segment.parse(source)
    except FrontMatterError as error:
        assert error.line >= 1 and str(error)
        return

    assert segment.join(nodes, lambda item: item.raw) == source


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_translation_stays_one_block(target: str) -> None:
    source = "Before.\n\nText.\n\nAfter.\n"

    text = segment.join(
        segment.parse(source), lambda item: item.put(target if item.text == "Text." else None)
    )

    blocks = [block for block in re.split(r"\n[ \t]*\n", text.strip()) if block.strip()]
    assert blocks[0] == "Before." and blocks[-1] == "After." and len(blocks) in (2, 3)
