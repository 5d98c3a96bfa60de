"""The set-up script: finds a fit Python, says what is missing, and does nothing twice."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from conftest import ROOT


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """scripts/setup.py with a .venv of its own."""
    spec = importlib.util.spec_from_file_location("setup_script", ROOT / "scripts" / "setup.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    venv = tmp_path / ".venv"
    monkeypatch.setattr(module, "VENV", venv)
    monkeypatch.setattr(module, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(module, "BROWSER", venv / "browser")
    return module


def test_script_is_syntax_of_python_3_6() -> None:
    source = (ROOT / "scripts" / "setup.py").read_text(encoding="utf-8")

    ast.parse(source, feature_version=(3, 6))


def test_too_old_a_python_is_told_what_to_do(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "run", lambda command: (0, "/usr/bin/python3.9|3.9"))

    assert setup.main(["site"]) == 3
    shown = capsys.readouterr().err
    assert "no Python 3.11 or newer was found" in shown and "hint:" in shown


def test_first_fit_python_that_can_make_a_venv_is_taken(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {"a": ("a", "3.12"), "b": ("b", "3.13")}
    monkeypatch.setattr(setup, "python_commands", lambda: [["none"], ["a"], ["b"]])
    monkeypatch.setattr(setup, "probe", lambda command: answers.get(command[0]))
    monkeypatch.setattr(setup, "can_make_venv", lambda path: path == "b")

    assert setup.find_python() == ("b", "3.13")


def test_nobody_but_root_is_told_the_package_to_install(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "find_python", lambda: ("/usr/bin/python3", "3.11"))
    monkeypatch.setattr(setup, "can_make_venv", lambda path: False)
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)

    assert setup.main(["site"]) == 3
    assert "sudo apt-get install python3.11-venv" in capsys.readouterr().err


def test_broken_browser_setting_is_named(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "install", lambda kind: None)
    monkeypatch.setenv("HUB_CHROMIUM", "/nowhere/chromium")

    assert setup.main(["browser"]) == 3
    assert "HUB_CHROMIUM names /nowhere/chromium" in capsys.readouterr().err


def test_without_any_browser_the_command_is_named(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "install", lambda kind: None)
    monkeypatch.setattr(setup, "mend_playwright", lambda: None)
    monkeypatch.setattr(setup, "present_browser", lambda: None)
    monkeypatch.setattr(setup, "apt_install", lambda packages: False)
    monkeypatch.setattr(setup, "run", lambda command: (1, ""))
    monkeypatch.delenv("HUB_CHROMIUM", raising=False)

    assert setup.main(["test"]) == 3
    assert "sudo apt-get install chromium" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["all"], ["site", "test"]])
def test_bad_arguments_show_the_usage(
    setup: ModuleType, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert setup.main(arguments) == 3
    assert capsys.readouterr().err.startswith("usage:")


def test_changed_lock_is_installed_again(setup: ModuleType, tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("one")
    setup.LOCKS["site"] = lock
    (setup.VENV / "bin").mkdir(parents=True)
    (setup.VENV / "pyvenv.cfg").write_text("version = 3.11")
    setup.PYTHON.write_text("")
    assert not setup.installed("site")

    (setup.VENV / "installed-site").write_text(setup.stamp("site"))
    assert setup.installed("site")

    lock.write_text("two")
    assert not setup.installed("site")
