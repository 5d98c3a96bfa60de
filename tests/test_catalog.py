"""Catalogs: nothing a translator wrote is lost, and two branches merge in git."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub import catalog, policy
from hub.catalog import Catalog, CatalogError, Source, approval, fuzzy, po
from hub.catalog.message import Message, write
from hub.project import Project

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


def changed(path: Path, old: Source, new: str, target: str = "Un texte.") -> Catalog:
    """The catalog after the English of its only, translated entry has become `new`."""
    text = catalog.merge(path, "fr", [old])
    path.write_text(text, encoding="utf-8", newline="\n")
    path.write_text(catalog.put(path, {old.key: target}), encoding="utf-8", newline="\n")
    path.write_text(catalog.merge(path, "fr", [Source(None, new, old.places)]), encoding="utf-8")
    return catalog.read(path)


RIGHT = Source(None, "A child may see the file of 3 pages and must not pay for it.", ("a.md",))


@pytest.mark.parametrize(
    ("new", "kept"),
    [
        ("A child may see the file of 3 pages, and must not pay for it.", True),
        ("A child may see the file of 4 pages and must not pay for it.", False),
        ("A child may see the file of 3 pages and must now pay for it.", False),
        ("A child must see the file of 3 pages and must not pay for it.", False),
        ("A child may see the [file](x.md) of 3 pages and must not pay for it.", False),
        ("A girl or a boy may see all files of 3 pages and must not pay.", False),
    ],
    ids=["comma", "number", "negation", "duty", "link", "too-different"],
)
def test_old_translation_is_shown_only_where_nothing_weighty_changed(
    tmp_path: Path, new: str, kept: bool
) -> None:
    path = tmp_path / "teach.po"

    read = changed(path, RIGHT, new)

    assert read.translation((None, new)) == ("Un texte." if kept else None)
    text = path.read_text(encoding="utf-8")
    if kept:
        assert read.entries[None, new].state == "stale"
        assert f'#, fuzzy\n#| msgid "{RIGHT.text}"\nmsgid "{new}"\nmsgstr "Un texte."\n' in text
    else:
        assert read.entries[None, new].state == "missing"
        assert f'#~ msgid "{RIGHT.text}"\n#~ msgstr "Un texte."\n' in text


def test_source_that_goes_back_has_its_translation_back(tmp_path: Path) -> None:
    path = tmp_path / "teach.po"
    new = RIGHT.text.replace(" and must", ", and must")
    changed(path, RIGHT, new)

    path.write_text(catalog.merge(path, "fr", [RIGHT]), encoding="utf-8")

    assert catalog.read(path).entries[RIGHT.key].state == "machine-drafted"
    assert "fuzzy" not in path.read_text(encoding="utf-8")


def test_small_changes_do_not_add_up(tmp_path: Path) -> None:
    """The comparison is with the English that was translated, however many syncs lie between."""
    path = tmp_path / "teach.po"
    texts = [RIGHT.text]
    for old, new in (("child", "young child"), ("file", "whole file"), ("pages", "long pages")):
        texts.append(texts[-1].replace(old, new))
    changed(path, RIGHT, texts[1])
    for text in texts[2:]:
        source = Source(None, text, RIGHT.places)
        path.write_text(catalog.merge(path, "fr", [source]), encoding="utf-8")

    assert catalog.read(path).translation((None, texts[-1])) is None
    assert "Un texte." in path.read_text(encoding="utf-8")


def test_entry_names_the_address_that_shows_it(tmp_path: Path) -> None:
    source = Source(None, "One text.", ("teach/a.md#x",), "Help.", "teach/a.html#x")

    text = catalog.merge(tmp_path / "teach.po", "fr", [source])

    assert "#. Help.\n#. Preview: /fr/teach/a.html#x\n#: teach/a.md#x\n" in text


def test_approval_holds_until_source_or_translation_changes(tmp_path: Path) -> None:
    path = tmp_path / "teach.po"
    mark = approval.Approval("official", "reviewer-1", "2026-11-23", approval.digest("A.", "B."))
    text = f'# {mark.comment}\nmsgid "A."\nmsgstr "B."\n'
    states = {}
    for name, new in {"as it was": text, "edited": text.replace('"B."', '"C."')}.items():
        path.write_text(new, encoding="utf-8")
        states[name] = catalog.read(path).entries[None, "A."]

    assert states["as it was"].state == "official"
    assert states["as it was"].reviewer == "reviewer-1"
    assert states["edited"].state == "machine-drafted"
    assert states["edited"].lapsed == "official"


def test_files_are_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, other = tmp_path / "a.po", tmp_path / "b.po"
    old.write_text("old", encoding="utf-8")

    def fails(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "write_text", fails)
    with pytest.raises(OSError):
        catalog.save({old: "new", other: "new"})

    assert old.read_bytes() == b"old" and not other.exists()


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t"\\'), max_size=30
)
lines = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=9)
entries = st.builds(
    Message,
    st.none() | texts,
    texts.filter(bool),
    texts,
    comments=st.lists(lines, max_size=2).map(tuple),
    flags=st.sampled_from([(), ("fuzzy",)]),
    previous=st.none() | st.tuples(st.none() | texts, texts),
    obsolete=st.booleans(),
    # Named, because Hypothesis would make up what is left out.
    notes=st.just(()),
    places=st.just(()),
    plurals=st.just(()),
    line=st.just(0),
)


@settings(deadline=None, max_examples=50)
@given(st.lists(entries, min_size=1, max_size=4, unique_by=lambda m: m.key))
def test_what_is_written_is_read_again(found: list[Message]) -> None:
    read = [m._replace(line=0) for m in po.parse(write(found))]

    assert read == sorted(found, key=lambda m: m.obsolete)


@settings(deadline=None, max_examples=50)
@given(st.lists(entries, min_size=1, max_size=4, unique_by=lambda m: m.key), st.data())
def test_merge_loses_no_translation(found: list[Message], data: st.DataObject) -> None:
    texts = [m.text for m in found] + ["New text."]
    wanted = data.draw(st.lists(st.sampled_from(texts), unique=True))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.po")
        path.write_bytes(write(found).encode())
        merged = catalog.merge(path, "fr", [Source(None, text) for text in wanted])
        path.write_bytes(merged.encode())

        assert catalog.merge(path, "fr", [Source(None, text) for text in wanted]) == merged
    before, after = ([m.target for m in ms if m.target] for ms in (found, po.parse(merged)[1:]))
    assert sorted(before) == sorted(after)


def test_our_catalogs_are_plain_gettext(project: Project) -> None:
    """Another reader of the format sees in every catalog what ours sees."""
    for path in project.translations.glob("*/*.po"):
        theirs = [
            (entry.msgctxt, entry.msgid, entry.msgstr)
            for entry in polib.pofile(str(path), wrapwidth=0)
        ]
        ours = [(m.context, m.text, m.target) for m in catalog.messages(path) if m.text]
        assert ours == theirs
        assert write(catalog.messages(path)).encode() == path.read_bytes()


def test_our_policy_is_sound_and_names_nobody(project: Project) -> None:
    rules = policy.load(project)

    assert policy.check(project) == []
    assert rules.tier("help/index.md") == 1
    assert rules.tier("legislate/handbook/defining-the-crime.md#summary") == 1
    assert rules.tier("legislate/handbook/defining-the-crime.md#act") == 2
    assert not any(rules.reviewers(lang.code) for lang in project.targets)
    for path in project.translations.glob("*/*.po"):
        assert "# hub: " not in path.read_text(encoding="utf-8"), path


@settings(max_examples=300, deadline=None)
@given(st.text("ab c", max_size=40), st.text("abx ", max_size=4), st.integers(0, 40))
def test_a_change_is_near_where_the_texts_are_similar(old: str, added: str, at: int) -> None:
    new = old[:at] + added + old[at + 1 :]

    assert fuzzy.keeps(old, new) == (fuzzy.similarity(old, new) >= fuzzy.NEAR)
    assert fuzzy.keeps(old, old + added) == (fuzzy.similarity(old, old + added) >= fuzzy.NEAR)
