"""The bench of link checkers: a sound site, and faults that stand where the data file says they do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import run
from hub.bench import links, plant, website
from hub.bench.checkers import Checker, Finding
from hub.bench.place import Website
from hub.bench.plant import Planted
from hub.project import Project

_PAGES = 80


@pytest.fixture(scope="module")
def sown(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Website, list[Planted]]:
    site = website.make(project, tmp_path_factory.mktemp("sown"), _PAGES)
    return site, plant.plant(site, plant.kinds())


def test_the_same_seed_makes_the_same_website(project: Project, tmp_path: Path) -> None:
    one, two = (website.make(project, tmp_path / name, 30) for name in ("a", "b"))

    assert _contents(one) == _contents(two)
    assert len(one.pages) == 30
    assert one.languages == project.languages


def test_every_kind_has_a_name_of_its_own() -> None:
    names = [entry["kind"] for entry in plant.kinds()]

    assert len(names) >= 110
    assert sorted(set(names)) == sorted(names)


def test_every_fault_stands_where_it_must_be_reported(
    sown: tuple[Website, list[Planted]],
) -> None:
    site, planted = sown

    for fault in planted:
        lines = (site.root / fault.file).read_bytes().count(b"\n") + 1
        assert 0 <= fault.line <= lines, fault
        assert not fault.page or (site.root / fault.page).is_file(), fault


def test_no_two_faults_share_a_page(sown: tuple[Website, list[Planted]]) -> None:
    pages = [fault.page for fault in sown[1] if fault.page]

    assert sorted(set(pages)) == sorted(pages)


def test_faults_are_planted_in_every_language(sown: tuple[Website, list[Planted]]) -> None:
    site, planted = sown
    folders = {fault.page.partition("/")[0] for fault in planted}

    assert {lang.code for lang in site.languages if not lang.is_source} < folders


def test_bench_says_what_was_found_and_what_not() -> None:
    done = run("bench", "links", "--pages", "80", "--with", "none")

    assert done.returncode in (0, 2), done.stdout + done.stderr
    assert re.match(
        r"site    640 pages, 8 languages; checked \d+ links on 658 pages\n", done.stdout
    )
    row = re.search(r"^ours, every kind +(\d+) +\d+ +\d+\.\d\d +\d+\.\d\d +\d+$", done.stdout, re.M)
    assert row
    overlooked = re.findall(r"^overlooked  (\S+): ", done.stdout, re.M)
    assert len(overlooked) == len(set(overlooked)) == len(plant.kinds()) - int(row[1])
    assert (done.returncode == 2) == (" missed\n" in done.stdout)


def test_unknown_checker_could_not_run() -> None:
    done = run("bench", "links", "--with", "guesswork")

    assert done.returncode == 3
    assert "no checker is called 'guesswork'" in done.stderr


def test_a_checker_that_does_not_end_is_stopped_and_its_line_says_so(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sleeper(name: str, site: str) -> Checker:
        """One that sleeps where it is given this site, and else finds nothing."""
        wait = ["sh", "-c", 'case "$0" in *"$1"*) sleep 60;; esac; echo {}']
        return Checker(
            name,
            "pip",
            (f"{name}==1",),
            lambda _, root: [*wait, str(root), site],
            lambda *_: iter(()),
        )

    monkeypatch.setattr(Checker, "install", lambda *_: "")
    monkeypatch.setattr(
        links, "CHECKERS", (sleeper("early", "/clean/"), sleeper("late", "/faulty/"))
    )

    table = links.links(project, 80, (), 0.5, lambda step: None).table

    figures = r" +\d+\.\d\d +\d+\.\d\d +\d+"
    assert re.search(rf"^early 1{figures}  stopped after 0\.5 s on the clean site$", table, re.M)
    assert re.search(rf"^late 1 +0{figures}  stopped after 0\.5 s on the faults$", table, re.M)


def test_another_checker_finds_a_fault_by_its_page_its_line_or_its_name() -> None:
    fault = Planted(
        kind="x", group="files", rule="link", file="assets/a.css", line=3, page="", own=frozenset({"new.html"}),
        touched=frozenset(), also=(), signs=frozenset({"no-such-font"}),
    )  # fmt: skip

    assert links.found_by(fault, [Finding("new.html", 0, "other")])
    assert links.found_by(fault, [Finding("assets/a.css", 3, "other")])
    assert links.found_by(fault, [Finding("elsewhere.html", 9, "/fonts/no-such-font")])
    assert not links.found_by(fault, [Finding("assets/a.css", 4, "no-such-font.woff2")])


def _contents(site: Website) -> dict[str, bytes]:
    files = (file for file in site.root.rglob("*") if file.is_file())
    return {file.relative_to(site.root).as_posix(): file.read_bytes() for file in files}
