"""A translator's whole day, by the commands people type; and every way out of catalogs and back in."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from hub import catalog, cli, page, texts
from hub import project as projects
from hub.catalog import absorb
from hub.compose import compose
from hub.problem import COULD_NOT_RUN
from hub.project import Project

SMALL = Path(__file__).parent / "cases" / "project"
LANGUAGES = ["fr", "es", "ru", "ar", "zh", "nl", "hi"]


class Desk:
    """A small project in a folder of its own, under git."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.capsys = root, capsys
        shutil.copytree(SMALL, root)
        self.po = root / "translations" / "fr" / "home.po"
        self.git("init", "-q", "-b", "main")

    def hub(self, *words: str, exit: int = 0) -> str:
        code = cli.main([*words, "--config", str(self.root / "mkdocs.yml")])
        shown = self.capsys.readouterr()
        assert code == exit, shown.out + shown.err
        return shown.out + shown.err

    def git(self, *words: str) -> None:
        command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *words]
        subprocess.run(command, cwd=self.root, check=True, capture_output=True)

    def commit(self, message: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-qm", message)

    def write(self, msgid: str, msgstr: str) -> None:
        """What an editor does: put one translation in."""
        text = self.po.read_text(encoding="utf-8")
        empty = f'msgid "{msgid}"\nmsgstr ""\n'
        assert text.count(empty) == 1
        done = empty.replace('msgstr ""', f'msgstr "{msgstr}"')
        self.po.write_text(text.replace(empty, done), encoding="utf-8", newline="\n")

    def state(self, msgid: str) -> str:
        found = catalog.read(self.po).entries
        return next(entry.state for (_, text), entry in found.items() if text == msgid)

    def preview(self) -> str:
        """The French page as readers get it."""
        project = projects.load(self.root / "mkdocs.yml")
        source = (project.docs / "index.md").read_text(encoding="utf-8")
        return compose(source, texts.Translations(project, "fr").of("home")).text

    def percent(self) -> float:
        report = json.loads(self.hub("coverage", "--lang", "fr", "--format", "json"))
        return float(report["summary"]["languages"]["fr"]["sections"]["home"]["percent"])


def test_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = Desk(tmp_path / "site", capsys)

    # Morning: catalogs, and what to begin with.
    assert desk.hub("catalog", "sync") == "4 of 4 catalogs changed\n"
    assert desk.hub("catalog", "sync") == "0 of 4 catalogs changed\n"
    assert 'msgid "Nothing more."\nmsgstr ""' in desk.hub("catalog", "todo", "fr")
    desk.commit("sync")

    # Edit, preview, measure.
    desk.write("Start", "Début")
    desk.write("The first page.", "La première page.")
    desk.write("Nothing more.", "Rien de plus.")
    assert "Rien de plus." in desk.preview() and "## Next {#next}" in desk.preview()
    assert 0 < desk.percent() < 100
    desk.commit("first texts")

    # A reviewer approves the page, as far as it is there.
    told = desk.hub(
        "catalog", "approve", "fr", "index.md", "--reviewer", "reviewer-1", "--date", "2026-11-23"
    )
    assert told.endswith("3 texts reviewed: 2 warnings\n")
    assert desk.state("Nothing more.") == "reviewed"
    assert "Rien de plus." not in desk.hub("catalog", "todo", "fr", "--review")
    desk.commit("approved")

    # The English changes: a little, then in what it says.
    english = desk.root / "docs" / "index.md"
    text = english.read_text(encoding="utf-8")
    english.write_text(text.replace("Nothing more.", "Nothing more!"), encoding="utf-8")
    desk.hub("catalog", "sync")
    assert desk.state("Nothing more!") == "stale"
    assert "Rien de plus." in desk.preview()
    english.write_text(text.replace("Nothing more.", "There is more."), encoding="utf-8")
    desk.hub("catalog", "sync")
    assert desk.state("There is more.") == "missing"
    assert "There is more." in desk.preview()
    english.write_text(text, encoding="utf-8")
    desk.hub("catalog", "sync")
    assert desk.state("Nothing more.") == "reviewed"

    # An edit after the approval demotes the text, and only that one.
    edited = desk.po.read_text(encoding="utf-8").replace("Rien de plus.", "Rien d’autre.")
    desk.po.write_text(edited, encoding="utf-8", newline="\n")
    assert desk.state("Nothing more.") == "machine-drafted"
    assert desk.state("The first page.") == "reviewed"
    desk.commit("edited")

    # Two colleagues, two branches, no conflict.
    for name, msgid, msgstr in (
        ("ana", "Next", "Suite"),
        (
            "omar",
            "Read **this** first, then [the next part](#next).",
            "Lisez **ceci**, puis [la suite](#next).",
        ),
    ):
        desk.git("checkout", "-qb", name, "main")
        desk.write(msgid, msgstr)
        desk.commit(name)
    desk.git("checkout", "-q", "main")
    desk.git("merge", "-q", "ana", "-m", "ana")
    desk.git("merge", "-q", "omar", "-m", "omar")
    assert "[la suite](#next)" in desk.preview() and "## Suite {#next}" in desk.preview()
    assert desk.percent() == 100


def exported(project: Project, lang: str, out: Path) -> None:
    code = cli.main(
        ["catalog", "export", lang, "--out", str(out), "--config", str(project.config_file)]
    )
    assert code == 0


@pytest.fixture
def copy(tmp_path: Path) -> Project:
    """Our own project, to be written in."""
    for name in ("docs", "overrides", "translations"):
        shutil.copytree(ROOT / name, tmp_path / "copy" / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path / "copy")
    return projects.load(tmp_path / "copy" / "mkdocs.yml")


def emptied(project: Project, lang: str) -> dict[Path, bytes]:
    """The catalogs as they were; on the disk none of them has a translation any more."""
    before = {}
    for path in (project.translations / lang).glob("*.po"):
        before[path] = path.read_bytes()
        nothing = {key: "" for key in catalog.read(path).entries}
        catalog.save({path: catalog.put(path, nothing)})
    return before


@pytest.mark.parametrize("lang", LANGUAGES)
def test_export_and_absorb_is_identity_on_every_page(
    copy: Project, tmp_path: Path, lang: str
) -> None:
    pages, _ = page.read_pages(copy)
    exported(copy, lang, tmp_path / "out")

    again = absorb.absorb(copy, pages, lang, tmp_path / "out")
    assert (again.count, again.problems) == (0, [])

    # And with nothing known before: the same pages come out.
    emptied(copy, lang)
    taken = absorb.absorb(copy, pages, lang, tmp_path / "out")
    assert taken.problems == []
    catalog.save(taken.files)
    exported(copy, lang, tmp_path / "again")
    for file in (tmp_path / "out").rglob("*.md"):
        other = tmp_path / "again" / file.relative_to(tmp_path / "out")
        assert other.read_bytes() == file.read_bytes(), file


@pytest.mark.parametrize("lang", LANGUAGES)
def test_xliff_brings_every_translation_back(copy: Project, tmp_path: Path, lang: str) -> None:
    pages, _ = page.read_pages(copy)
    config = ["--config", str(copy.config_file)]
    assert cli.main(["catalog", "xliff", lang, "--out", str(tmp_path / "x"), *config]) == 0
    before = emptied(copy, lang)

    taken = absorb.absorb(copy, pages, lang, tmp_path / "x")
    catalog.save(taken.files)

    assert taken.problems == []
    for path, data in before.items():
        assert path.read_bytes() == data, path


def test_without_translate_toolkit_it_says_so(
    copy: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "translate.storage.tbx", None)
    words = ["catalog", "terms", "--out", "terms.tbx", "--config", str(copy.config_file)]

    assert cli.main(words) == COULD_NOT_RUN

    assert "translate-toolkit is not installed" in capsys.readouterr().err
