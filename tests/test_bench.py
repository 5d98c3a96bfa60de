"""The bench makes a site, runs the command on it and prints what that costs. No time is asserted."""

from __future__ import annotations

import re
from pathlib import Path

from conftest import run
from hub import coverage
from hub import project as projects
from hub.bench import corpus
from hub.project import Project


def test_bench_prints_a_line_for_each_run() -> None:
    done = run("bench", "coverage", "--pages", "3", "--languages", "2")

    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert re.match(r"corpus  3 pages, 2 languages, \d+ segments, \d+ words, \d+ pairs$", lines[0])
    assert lines[1].startswith("found   0 errors, ")
    assert lines[2].split() == ["CPU", "s", "wall", "s", "peak", "MiB", "goal"]
    names = ["cold", "nothing changed", "one text changed", "one page changed"]
    assert len(lines) == 3 + len(names)
    for name, line in zip(names, lines[3:], strict=True):
        assert re.match(rf"{name} +\d+\.\d\d +\d+\.\d\d +\d+$", line), line


def test_the_same_seed_makes_the_same_site(project: Project, tmp_path: Path) -> None:
    both = [corpus.make(project, tmp_path / name, 4, 1) for name in ("a", "b")]

    files = [
        {f.relative_to(made.config.parent): f.read_bytes() for f in _files(made.config.parent)}
        for made in both
    ]
    assert files[0] == files[1]
    assert both[0].segments == both[1].segments > 0


def test_the_site_has_every_state_of_a_translation(project: Project, tmp_path: Path) -> None:
    made = corpus.make(project, tmp_path, 8, 1)
    site = projects.load(made.config)

    report = coverage.run(site, [site.language(code) for code in made.languages])

    states = {state for share in report.shares for state, words in share.words.items() if words}
    assert states == {"machine-drafted", "stale", "missing"}
    assert 0 < made.pairs <= made.segments


def test_bad_numbers_are_bad_arguments() -> None:
    done = run("bench", "--pages", "0")

    assert done.returncode == 3
    assert "not a number above 0: '0'" in done.stderr


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]
