"""Every file in tests/cases/<verb>/ is a case: files laid over a small project, a command, its output.

The name of a case says what it proves. `hub` is run as a person would, and printed text and exit code
are compared exactly.
"""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest
import yaml

from hub import cli

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.glob("*/*.yml"))


def test_there_are_cases() -> None:
    assert len(FILES) > 40


@pytest.mark.parametrize(
    "file", [f for f in FILES if f.name != "mkdocs.yml"], ids=lambda f: f"{f.parent.name}/{f.stem}"
)
def test_case(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = yaml.safe_load(file.read_text(encoding="utf-8"))
    project = tmp_path / "project"
    shutil.copytree(CASES / "project", project)
    for name, text in case.get("files", {}).items():
        target = project / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    for name, change in case.get("replace", {}).items():
        target = project / name
        before = target.read_text(encoding="utf-8")
        assert before.count(change["old"]) == 1, f"{change['old']!r} must stand once in {name}"
        target.write_text(before.replace(change["old"], change["new"]), encoding="utf-8")
    for name, code in case.get("bytes", {}).items():
        target = project / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(bytes.fromhex(code))
    monkeypatch.chdir(project)

    code = cli.main(shlex.split(case.get("run", file.parent.name)))

    shown = capsys.readouterr()
    assert (shown.out + shown.err).splitlines() == case["prints"].splitlines()
    assert code == case["exit"]


def test_a_case_that_is_sound_stays_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The project every case starts from has no fault: so each fault is the case's own."""
    project = tmp_path / "project"
    shutil.copytree(CASES / "project", project)
    monkeypatch.chdir(project)

    assert cli.main(["content"]) == 0
    assert capsys.readouterr().out == "1 page: no problems\n"
