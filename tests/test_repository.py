"""The repository keeps its own rules: style, types, pins, and nothing of one machine in it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conftest import ROOT
from hub.page import types
from hub.project import Project


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize(
    "command", [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]], ids=" ".join
)
def test_code_keeps_to_its_style_and_types(command: list[str]) -> None:
    paths = [] if command == ["mypy"] else ["scripts", "tests"]
    done = subprocess.run(
        [sys.executable, "-m", *command, *paths],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_every_requirement_is_pinned_and_hashed() -> None:
    for name in ("requirements.lock", "requirements-test.lock", "requirements-bench.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        entries = re.split(r"\n(?=[a-zA-Z0-9])", re.sub(r"(?m)^#.*\n", "", text).strip())
        assert len(entries) > 20
        for entry in entries:
            assert re.match(r"[\w.-]+(\[[\w,-]+\])?==[^\s;]+", entry), entry[:60]
            assert "--hash=sha256:" in entry, entry[:60]


def test_no_file_names_a_registry_or_this_machine() -> None:
    # Put together here, so that this file does not name them either.
    traces = [
        "pypi" + ".org",
        "npmjs" + ".org",
        "pythonhosted" + ".org",
        "/work" + "/",
        "/root" + "/",
    ]
    for file in tracked():
        if file.suffix in (".png",):
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        for trace in traces:
            assert trace not in text, f"{trace} in {file.relative_to(ROOT)}"


def test_actions_are_pinned_and_may_do_little() -> None:
    files = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        for action in re.findall(r"uses: (\S+)", text):
            assert action.startswith("./") or re.search(r"@[0-9a-f]{40}$", action), action
        workflow = yaml.safe_load(text)
        assert workflow["permissions"] == {}
        for job in workflow["jobs"].values():
            runs = " ".join(step.get("run", "") for step in job.get("steps", ()))
            # Who may write runs nothing that is built, installed or fetched.
            may_write = job["permissions"].get("contents", "read") != "read"
            assert not (may_write and re.search(r"\bmake\b|scripts|\.venv|curl", runs)), file.name


def test_only_the_command_line_prints_or_exits() -> None:
    for file in (ROOT / "scripts" / "hub").rglob("*.py"):
        if file.parent.name == "cli":
            continue
        text = file.read_text(encoding="utf-8")
        assert not re.search(
            r"(?<![\w.])(?<!def )(print|exit|quit)\(|sys\.(exit|stdout|stderr)", text
        ), file


def test_only_the_engine_knows_mkdocs() -> None:
    for file in (ROOT / "scripts" / "hub").rglob("*.py"):
        imports = re.findall(r"(?m)^\s*(?:from|import) (mkdocs|material)", file.read_text("utf-8"))
        assert not imports or file.name == "engine.py", file


def test_css_classes_are_prefixed() -> None:
    """Classes of our own; the theme's begin with md-, or are Material's and Markdown's own."""
    theirs = {"admonition", "admonition-title", "note", "warning", "tip", "headerlink"}
    for file in (ROOT / "overrides").rglob("*.html"):
        text = re.sub(r"\{[{%#].*?[}%#]\}", "", file.read_text(encoding="utf-8"), flags=re.S)
        for names in re.findall(r'class="([^"]*)"', text):
            for name in names.split():
                assert name.startswith(("hub-", "md-")) or name in theirs, f"{name} in {file.name}"


def test_every_page_type_has_a_schema_and_known_template(project: Project) -> None:
    for name in types():
        template = project.templates / f"{name}.html"
        assert template.exists() or name == "page"


def test_every_component_is_used(project: Project) -> None:
    templates = "\n".join(f.read_text("utf-8") for f in project.templates.rglob("*.html"))
    pages = "\n".join(f.read_text("utf-8") for f in project.docs.rglob("*.md"))
    code = "\n".join(f.read_text("utf-8") for f in (ROOT / "scripts" / "hub").rglob("*.py"))
    for file in project.templates.glob("components/*/*.html"):
        used = f"components/{file.parent.name}/{file.name}" in templates + code
        assert used or f"hub: {file.stem}" in pages, file


def test_styles_and_scripts_stand_in_the_component_they_are_named_after(project: Project) -> None:
    """So none is written over another when they are published side by side."""
    found = [file for end in ("css", "js") for file in project.templates.rglob(f"*.{end}")]
    assert found
    for file in found:
        assert file.parent == project.templates / "components" / file.stem, file
