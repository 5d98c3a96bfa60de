"""The bench of link checkers: a sound site, and faults that stand where the data file says they do."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.bench import plant, website
from hub.bench.plant import Planted
from hub.bench.website import Website
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


def _contents(site: Website) -> dict[str, bytes]:
    files = (file for file in site.root.rglob("*") if file.is_file())
    return {file.relative_to(site.root).as_posix(): file.read_bytes() for file in files}
