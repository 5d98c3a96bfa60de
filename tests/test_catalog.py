"""Catalogs: nothing a translator wrote is lost, and two branches merge in git."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from hub import catalog
from hub.catalog import CatalogError, Source

ONE = Source(None, "One text.", ("teach/a.md#x",))
TWO = Source(None, "Two texts.", ("teach/a.md#y",))
CELL = Source("cell", "Act", ("teach/a.md#y",))


def translated(path: Path, sources: list[Source], **targets: str) -> str:
    text = catalog.merge(path, "fr", sources)
    for source, target in targets.items():
        msgid = source.replace("_", " ") + "."
        text = text.replace(f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "{target}"')
    path.write_text(text, encoding="utf-8", newline="\n")
    return text


def test_merge_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "teach.po"
    text = translated(path, [ONE, TWO, CELL], One_text="Un texte.")

    assert catalog.merge(path, "fr", [ONE, TWO, CELL]) == text


def test_translation_outlives_its_source_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "teach.po"
    translated(path, [ONE, TWO], One_text="Un texte.")

    path.write_text(catalog.merge(path, "fr", [TWO]), encoding="utf-8")
    assert '#~ msgstr "Un texte."' in path.read_text(encoding="utf-8")
    assert catalog.read(path).translation(ONE.key) is None

    path.write_text(catalog.merge(path, "fr", [TWO, ONE]), encoding="utf-8")
    assert catalog.read(path).translation(ONE.key) == "Un texte."


def test_comments_of_translators_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "teach.po"
    text = translated(path, [ONE], One_text="Un texte.")
    path.write_text(text.replace("#: teach/a.md#x", "# seen in Geneva\n#: teach/a.md#x"))

    assert "# seen in Geneva" in catalog.merge(path, "fr", [ONE])


def test_file_holds_no_line_numbers_dates_or_wrapped_lines(tmp_path: Path) -> None:
    long = Source(None, "word " * 60 + "end.", ("teach/a.md#x",))

    text = catalog.merge(tmp_path / "teach.po", "fr", [long])

    assert "#: teach/a.md#x\n" in text
    assert f'msgid "{long.text}"\n' in text
    assert "Date" not in text


def test_same_text_in_cell_and_sentence_are_two_entries(tmp_path: Path) -> None:
    path = tmp_path / "teach.po"
    other = Source(None, "Act", ("teach/a.md",))
    text = catalog.merge(path, "fr", [CELL, other])

    assert text.count('msgid "Act"') == 2 and text.count('msgctxt "cell"') == 1


def test_stale_entry_is_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "teach.po"
    text = translated(path, [ONE], One_text="Un texte.")
    path.write_text(text.replace("#: teach", "#, fuzzy\n#: teach"), encoding="utf-8")

    read = catalog.read(path)

    assert read.entries[ONE.key].state == "stale" and read.translation(ONE.key) is None


def test_entry_knows_its_line(tmp_path: Path) -> None:
    path = tmp_path / "teach.po"
    text = translated(path, [ONE, TWO], Two_texts="Deux.")

    line = catalog.read(path).entries[TWO.key].line

    assert "Two texts" in "".join(text.splitlines()[line - 1 : line + 2])


def test_broken_catalog_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "teach.po"
    path.write_text('msgid "One text.\nmsgstr "Un"\n', encoding="utf-8")

    with pytest.raises(CatalogError) as caught:
        catalog.merge(path, "fr", [ONE])

    assert caught.value.line == 1
    assert path.read_text(encoding="utf-8") == 'msgid "One text.\nmsgstr "Un"\n'


def test_two_translators_merge_cleanly_in_git(tmp_path: Path) -> None:
    def git(*words: str) -> str:
        command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *words]
        return subprocess.run(
            command, cwd=tmp_path, check=True, capture_output=True, text=True
        ).stdout

    sources = [Source(None, f"Text {n}.", (f"teach/a.md#s{n}",)) for n in range(1, 9)]
    path = tmp_path / "teach.po"
    path.write_text(catalog.merge(path, "fr", sources), encoding="utf-8")
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "start")
    for branch, number in (("ana", 2), ("omar", 6)):
        git("checkout", "-qb", branch, "main")
        text = path.read_text(encoding="utf-8")
        empty = f'msgid "Text {number}."\nmsgstr ""'
        assert empty in text
        path.write_text(text.replace(empty, empty[:-1] + f'Texte {number}."'), encoding="utf-8")
        git("commit", "-qam", branch)

    git("checkout", "-q", "main")
    git("merge", "-q", "ana", "-m", "ana")
    git("merge", "-q", "omar", "-m", "omar")

    read = catalog.read(path)
    assert read.translation((None, "Text 2.")) == "Texte 2."
    assert read.translation((None, "Text 6.")) == "Texte 6."
