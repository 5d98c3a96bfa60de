"""Coverage: words by state, thresholds and exit codes; what is remembered is what would be found anew."""

from __future__ import annotations

import json
import random
import shutil
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from hub import cli, coverage, frontmatter, segment
from hub import project as projects
from hub.bench import corpus
from hub.catalog import Catalog, Entry, po
from hub.catalog.po import PoError
from hub.checks import structure
from hub.compose import ComposeError, compose
from hub.coverage import work
from hub.page import Page
from hub.project import Project

SMALL = Path(__file__).parent / "cases" / "project"
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
POLICY = "tiers:\n  1: [index.md]\n  2: [ui]\nthresholds:\n  - {tier: 1, translated: 60}\n"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project of the cases: a page of 15 words, and a site name."""
    folder = tmp_path / "project"
    shutil.copytree(SMALL, folder)
    monkeypatch.chdir(folder)
    return folder


def catalog(folder: Path, *entries: str) -> None:
    target = folder / "translations" / "fr" / "home.po"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(HEADER + "\n".join(entries), encoding="utf-8")


def entry(source: str, target: str, above: str = "") -> str:
    return f'{above}msgid "{source}"\nmsgstr "{target}"\n'


START = entry("Start", "Début", 'msgctxt "title"\n')
FIRST = entry("The first page.", "La première page.")
LINK = "Read **this** first, then [the next part](#next)."


# What is counted.


def test_words_are_counted_by_state_and_tier(small: Path) -> None:
    (small / "translations").mkdir()
    (small / "translations" / "policy.yml").write_text(POLICY)
    catalog(small, START, entry("Next", "Suite", "#, fuzzy\n"))

    project = projects.load(small / "mkdocs.yml")
    home, ui = coverage.run(project, [project.language("fr")]).shares

    assert (home.section, ui.section) == ("home", "ui")
    assert home.words == {
        "official": 0,
        "reviewed": 0,
        "machine-drafted": 1,
        "stale": 1,
        "missing": 13,
    }
    assert {tier: sum(by_state.values()) for tier, by_state in home.tiers.items()} == {1: 15}
    assert list(ui.tiers) == [2]


# Exit codes.


def test_missing_translations_are_no_fault(small: Path) -> None:
    assert cli.main(["coverage"]) == 0


def test_below_a_threshold_is_exit_2_and_listed(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog(small, START, FIRST)
    (small / "translations" / "policy.yml").write_text(POLICY)

    assert cli.main(["coverage", "--lang", "fr"]) == 2
    said = capsys.readouterr().out
    assert (
        "translations/fr/home.po: warning: threshold: tier 1: 26.6 % translated, 60 % wanted"
        in said
    )
    assert cli.main(["coverage", "--lang", "fr", "--section", "ui"]) == 0


def test_a_structural_error_is_exit_1_whatever_the_thresholds(small: Path) -> None:
    (small / "translations").mkdir()
    (small / "translations" / "policy.yml").write_text(POLICY)
    catalog(small, entry(LINK, "Lisez **ceci**, puis [la suite](#autre)."))

    assert cli.main(["coverage", "--lang", "fr"]) == 1


def test_a_page_that_comes_apart_is_an_error_at_the_entry(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog(small, entry("Nothing more.", "123"))

    assert cli.main(["coverage", "--lang", "fr"]) == 1
    assert "translations/fr/home.po:5: structure:" in capsys.readouterr().out


# What is reported.


def test_each_fault_names_the_line_of_its_english(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog(small, entry(LINK, "Lisez **ceci**, puis [la suite](#autre)."))
    text = (small / "docs" / "index.md").read_text(encoding="utf-8")
    line = text[: text.index("Read **this**")].count("\n") + 1

    for form in ("text", "json", "sarif", "junit", "github"):
        assert cli.main(["coverage", "--lang", "fr", "--format", form]) == 1
        said = capsys.readouterr().out
        assert f"English: docs/index.md:{line}" in said, form


def test_json_keeps_its_keys(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Other programs read this: a key may be added, none may go."""
    catalog(small, START)

    cli.main(["coverage", "--lang", "fr", "--format", "json"])

    report = json.loads(capsys.readouterr().out)
    assert report["version"] == 1
    summary = report["summary"]
    assert set(summary) >= {"unit", "languages", "below"}
    french = summary["languages"]["fr"]
    assert set(french) >= {"words", "translated", "percent", "states", "sections"}
    home = french["sections"]["home"]
    assert set(home) >= {"words", "translated", "percent", "states", "tiers"}
    assert home["percent"] == 6.67


def test_an_unknown_section_is_a_bad_argument(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["coverage", "--section", "teech"]) == 3
    assert "there is no section 'teech'" in capsys.readouterr().err


# What is remembered.


def test_what_is_remembered_is_what_would_be_found_anew(project: Project, tmp_path: Path) -> None:
    site = corpus.make(project, tmp_path / "site", 6, 2)
    chance = random.Random(7)
    kept = tmp_path / "kept"
    for step in range(12):
        if step:
            _edit(tmp_path / "site", chance)
        if step % 3 == 2:
            _break_a_file(kept, chance)
        loaded = projects.load(site.config)
        languages = [loaded.language(code) for code in site.languages]

        warm = coverage.run(loaded, languages, folder=kept)
        cold = coverage.run(loaded, languages, folder=tmp_path / f"fresh{step}")

        assert warm.shares == cold.shares
        assert sorted(warm.problems) == sorted(cold.problems)
        assert warm.below == cold.below


def test_nothing_is_read_again_where_nothing_has_changed(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = projects.load(corpus.make(project, tmp_path, 3, 1).config)
    languages = [site.language("fr")]
    first = coverage.run(site, languages)

    def never(*_: object) -> None:
        raise AssertionError("looked at again")

    monkeypatch.setattr(work.translations, "check", never)
    monkeypatch.setattr(work.catalog, "read", never)
    again = coverage.run(site, languages)

    assert again.shares == first.shares and again.problems == first.problems


def _edit(site: Path, chance: random.Random) -> None:
    """One change of the kinds that happen: to a catalog, a page, the terms, the policy."""
    catalogs = sorted(site.glob("translations/*/*.po"))
    pages = sorted(site.glob("docs/**/*.md"))
    kind = chance.randrange(6)
    path = chance.choice(pages if kind == 3 else catalogs)
    text = path.read_text(encoding="utf-8")
    if kind == 0:  # a translation that breaks its page, at any place
        at = chance.choice([i for i in range(len(text)) if text.startswith('\nmsgstr "', i)][1:])
        text = text[: at + 9] + "12 |" + text[at + 9 :]
    elif kind == 1:
        text += "<<<<<<< ours\n"
    elif kind == 2:
        path.unlink()
        return
    elif kind == 3:
        text += "\nOne more paragraph.\n"
    elif kind == 4:
        path = site / "translations" / "glossary.csv"
        text = path.read_text(encoding="utf-8").rpartition("\n")[0].rpartition("\n")[0] + "\n"
    else:
        path = site / "translations" / "policy.yml"
        text = "tiers:\n  1: ['*']\nthresholds:\n  - {tier: 1, translated: 99}\n"
    path.write_text(text, encoding="utf-8")


def _break_a_file(kept: Path, chance: random.Random) -> None:
    path = chance.choice(sorted(kept.rglob("*.json")))
    whole = path.read_text(encoding="utf-8")
    key = json.loads(whole)["key"] if whole.endswith("}") else ""
    broken = (whole[: len(whole) // 2], "[]", json.dumps({"key": key, "value": [3, [[1]]]}))
    path.write_text(chance.choice(broken), encoding="utf-8")


# What is not composed, and need not be.

MARKS = '# * ** - 1. 1 ` ``` <b> </div> <!-- [ ](x) [^1]: {#x} {{ : > !!! " \\ | --- [TOC]'
WORDS = (" ", "\n", "\n\n", "\u00a0", "mot", "Wort", "词", "كلمة")
TARGETS = st.lists(st.sampled_from([*MARKS.split(" "), *WORDS]))


@cache
def pages() -> list[Page]:
    """Ours, the longest left out, and the pages made to be hard."""
    files = sorted((ROOT / "docs").rglob("*.md")) + sorted((ROOT / "tests/segment").glob("*.md"))
    found = []
    for file in files:
        source = file.read_text(encoding="utf-8")
        if len(source) < 8000:
            found.append(Page(file.name, source, frontmatter.parse(source)))
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_page_passes_only_where_it_composes(data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(pages()))
    items = segment.segments(page.source)
    chosen = data.draw(st.lists(st.sampled_from(items), min_size=1, max_size=4)) if items else []
    entries = {
        item.key: Entry("".join(data.draw(TARGETS)), line, "machine-drafted")
        for line, item in enumerate(chosen, 1)
    }
    catalog = Catalog(Path("x.po"), {k: e for k, e in entries.items() if e.target})
    try:
        compose(page.source, lambda item: catalog.translation(item.key))
        sound = True
    except ComposeError:
        sound = False

    found = list(structure.check(page, items, catalog, "x.po", "fr"))

    assert sound == (not found), (page.path, entries)


# The quick reader.

PO_LINES = r"""
msgid ""
msgid "a"
msgid "b"
  msgid "a"
msgctxt "cell"
msgstr ""
msgstr "x"
msgstr "x\n"
"more"
"\q"
# note
#. for you
#: a.md#x b.md
#, fuzzy
#
#| msgid "old"
#| msgctxt "cell"
#~ msgid "c"
#~ msgstr "z"
#~| msgid "d"
msgid_plural "as"
msgstr[0] "a"
x
"""


def test_the_quick_reader_reads_every_catalog_alike() -> None:
    files = sorted((ROOT / "translations").glob("*/*.po"))
    assert files
    for file in files:
        text = po.decode(file.read_bytes())
        assert po.parse(text) == _carefully(text), file


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_the_quick_reader_reads_any_text_alike(data: st.DataObject) -> None:
    drawn = data.draw(st.lists(st.sampled_from(PO_LINES.split("\n"))))
    text = "\n".join(drawn) + "\n"

    assert _read(po.parse, text) == _read(_carefully, text)


def _carefully(text: str) -> list[po.Message]:
    """As `po.parse` reads what another program wrote."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(po, "_at_once", lambda text: None)
        return po.parse(text)


def _read(parse: object, text: str) -> object:
    try:
        return parse(text)  # type: ignore[operator]
    except PoError as error:
        return error.line, str(error)
