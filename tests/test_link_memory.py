"""A second run of `links` on the same files remembers the first, and never what is no longer true."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from hub.checks import links
from hub.checks.links import crawl, judging
from hub.project import Project

PAGE = (
    '<!doctype html><html lang="en"><head><title>x</title></head><body>'
    '<a href="{}.html">x</a></body></html>\n'
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Pages a and b, which lead to each other, and a picture."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "a.html").write_text(PAGE.format("b"))
    (folder / "b.html").write_text(PAGE.format("a"))
    (folder / "plan.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"></svg>')
    return folder


@pytest.fixture
def run(site: Path, tmp_path: Path) -> Callable[..., links.Result]:
    return lambda *rest: links.check(site, *rest, cache=tmp_path / "cache")


def edit_that_time_and_size_do_not_show(site: Path) -> None:
    before = (site / "a.html").stat()
    (site / "a.html").write_text(PAGE.format("c"))
    os.utime(site / "a.html", ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "an edit that time and size do not show": edit_that_time_and_size_do_not_show,
    "a page less": lambda site: (site / "b.html").unlink(),
    "a page under another name": lambda site: (site / "b.html").rename(site / "B.html"),
    "a page that has become a folder": lambda site: (
        (site / "b.html").unlink(),
        (site / "b.html").mkdir(),
    ),
    "two pages in each other's place": lambda site: (
        (site / "a.html").rename(site / "x"),
        (site / "b.html").rename(site / "a.html"),
        (site / "x").rename(site / "b.html"),
    ),
    "a page more": lambda site: (site / "c.html").write_text(PAGE.format("d")),
    "a file cut off": lambda site: (site / "plan.svg").write_text("<svg"),
}


def test_nothing_changed_nothing_is_read_or_judged(
    run: Callable[..., links.Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run()
    monkeypatch.delattr(judging, "run")

    assert run() == first


def test_a_checkout_that_makes_all_files_new_changes_nothing(
    site: Path, run: Callable[..., links.Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run()
    shutil.copytree(site, site.with_name("copy"))
    shutil.rmtree(site)
    site.with_name("copy").rename(site)
    monkeypatch.delattr(judging, "run")

    assert run() == first


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_seen(site: Path, run: Callable[..., links.Result], change: str) -> None:
    run()
    CHANGES[change](site)

    assert run() == links.check(site)


def test_other_arguments_are_another_run(site: Path, run: Callable[..., links.Result]) -> None:
    (site / "a.html").write_text(PAGE.format("https://hub.example.org/gone"))
    arguments = [(), ("https://hub.example.org/",), ("", None, ["syntax"]), ("", None, ["links"])]
    first = [run(*chosen) for chosen in arguments]

    assert [run(*chosen) for chosen in arguments] == first
    assert first == [links.check(site, *chosen) for chosen in arguments]
    assert first[0] != first[1]


def test_problems_bear_the_name_the_folder_was_called_by(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "a.html").write_text(PAGE.format("gone"))
    links.check(site, cache=tmp_path / "cache")
    monkeypatch.chdir(tmp_path)

    again = links.check(Path("site"), cache=tmp_path / "cache")

    assert {problem.file for problem in again.problems} == {"site/a.html", "site/b.html"}


def test_sources_are_part_of_it(project: Project, tmp_path: Path) -> None:
    """The same site, and a line more above the link in its Markdown; then another configuration."""
    own = replace(
        project,
        root=tmp_path,
        docs=tmp_path / "docs",
        site=tmp_path / "site",
        translations=tmp_path / "translations",
    )
    for folder in (own.docs, own.site, own.translations):
        folder.mkdir()
    page = PAGE.replace("<body>", '<body><main><div class="md-content"><article>')
    (own.site / "index.html").write_text(page.format("gone"))
    source = own.docs / "index.md"
    source.write_text("# X\n\n[x](gone.md)\n")

    def lines() -> list[tuple[str, int]]:
        result = links.check(own.site, "", own, ["links"], tmp_path / "cache")
        return [(problem.file, problem.line) for problem in result.problems]

    assert lines() == [("docs/index.md", 3)]
    source.write_text("# X\n\nY\n\n[x](gone.md)\n")
    assert lines() == [("docs/index.md", 5)]


@pytest.mark.parametrize("at", [0, 20, 40, 100, -3])
def test_a_damaged_cache_is_as_good_as_none(
    site: Path, run: Callable[..., links.Result], tmp_path: Path, at: int
) -> None:
    (site / "a.html").write_text(PAGE.format("gone"))
    first = run()
    kept = [file for file in (tmp_path / "cache").rglob("*") if file.is_file()]
    assert len(kept) == 2, "the pages, and what came of the run"
    for file in kept:
        data = bytearray(file.read_bytes())
        data[at] ^= 1
        file.write_bytes(data)

    assert run() == first


def test_a_cache_of_another_site_says_nothing(site: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(site, other)
    (other / "a.html").write_text(PAGE.format("gone"))
    links.check(site, cache=tmp_path / "cache")
    links.check(other, cache=tmp_path / "theirs")
    (mine,) = (tmp_path / "cache").iterdir()
    (theirs,) = (tmp_path / "theirs").iterdir()
    shutil.rmtree(mine)
    shutil.copytree(theirs, mine)

    assert links.check(site, cache=tmp_path / "cache") == links.check(site)


def test_nothing_is_kept_of_files_that_change_meanwhile(
    site: Path, run: Callable[..., links.Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = (site / "a.html").read_text()
    plain = crawl.read

    def slow(*rest: object) -> object:
        (site / "a.html").write_text(PAGE.format("gone"))
        return plain(*rest)  # type: ignore[arg-type]

    monkeypatch.setattr(crawl, "read", slow)
    assert [problem.rule for problem in run().problems if problem.rule == "link"] == ["link"]
    monkeypatch.setattr(crawl, "read", plain)
    (site / "a.html").write_text(sound)

    assert run() == links.check(site)
