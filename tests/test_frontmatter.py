"""Front matter: libyaml and PyYAML read it alike, and every text is found where it stands."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from hub import frontmatter
from hub.frontmatter import FrontMatter, FrontMatterError

PIECES = [
    *("a", "é", "词 ", "😀", " ", "key: v\n", ": ", ":", "\n", "\n  ", "- ", "  - ", ", ", "? "),
    *("|\n", ">-\n", "|+2\n", "[", "]", "{", "}", "&a ", "*a", "!!str ", "!x ", "%", "#c", "<<: "),
    *('"', "'", '"q \\u00e9"', "2026-11-23", "12", "true", "~", "1.5", "---", "\\", "`", "@"),
    *("\t", "\r\n", "\r", "\ufeff", "\x85", "\u2028", "\xa0", "\x07"),
]


def slowly(source: str, monkeypatch: pytest.MonkeyPatch) -> FrontMatter | tuple[int, str]:
    with monkeypatch.context() as patch:
        patch.setattr(frontmatter, "_QuickLoader", frontmatter._TextLoader)
        return read(source)


def read(source: str) -> FrontMatter | tuple[int, str]:
    try:
        return frontmatter.parse(source)
    except FrontMatterError as error:
        return error.line, str(error)


def test_every_page_is_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    files = [*(ROOT / "docs").rglob("*.md"), *(ROOT / "tests").rglob("*.md")]
    assert files
    for file in files:
        source = file.read_bytes().decode("utf-8")
        assert read(source) == slowly(source, monkeypatch), file


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
@example(["\ufeff", "key: v\n"])
@example(["key: v\n", "? "])
@example(["a", "\t", ": ", "é"])
@example(["é", ": ", "|\n", "  ", "词 ", "\n", "key: v\n"])
def test_any_text_is_read_alike(pieces: list[str]) -> None:
    source = "---\n" + "".join(pieces) + "\n---\nBody.\n"
    with pytest.MonkeyPatch.context() as patch:
        assert repr(read(source)) == repr(slowly(source, patch))


def test_a_text_is_found_behind_letters_of_several_bytes() -> None:
    source = '---\ntitle: é词😀\nsummary: "– ж"\n---\n'

    texts = frontmatter.parse(source).scalars

    assert [source[t.start : t.end] for t in texts] == ["é词😀", '"– ж"']


def test_lists_in_lists_without_end_are_refused() -> None:
    with pytest.raises(FrontMatterError):
        frontmatter.parse("---\na: " + "[" * 50_000 + "\n---\n")
