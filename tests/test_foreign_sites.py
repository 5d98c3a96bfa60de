"""Documentation that other people built: what is reported there is true, and lychee finds no more.

The pages are read from source archives of packages (`foreign-sites.yml`), fetched once into .cache/foreign
and held to their digests. That a file or an id is missing is looked up here by other means than the check's;
every other finding is judged in the list, with its number and the reason.
"""

from __future__ import annotations

import hashlib
import html
import os
import re
import subprocess
import sys
import tarfile
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml

from conftest import ROOT
from hub.bench import checkers
from hub.bench.website import ADDRESS
from hub.checks import links
from hub.problem import Problem
from test_foreign_pages import BACKEND

LISTED = yaml.safe_load((Path(__file__).parent / "foreign-sites.yml").read_text(encoding="utf-8"))
CACHE = ROOT / ".cache" / "foreign"
#: Rules whose findings are looked up by `is_missing`.
LOOKED_UP = {
    *("link", "image", "script", "stylesheet", "css-url", "css-import", "source-map"),
    *("anchor", "anchor-case", "anchor-spelling"),
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folder of each site, by its package's name."""
    if not all(archive(item) for item in LISTED):
        fetch(tmp_path_factory.mktemp("fetch"))
    folders = {}
    for item in LISTED:
        file = archive(item)
        assert file, f"{item['name']} {item['version']} was not fetched, or is not what it was"
        folder = tmp_path_factory.mktemp(item["name"]) / "sub"
        unpack(file, item["folder"], folder)
        folders[item["name"]] = folder
    return folders


def archive(item: dict[str, Any]) -> Path | None:
    for file in CACHE.glob("*.tar.gz"):
        if hashlib.sha256(file.read_bytes()).hexdigest() == item["sha256"]:
            return file
    return None


def fetch(work: Path) -> None:
    """All archives by one call of pip, which runs nothing of theirs."""
    lines = [f"{i['name']}=={i['version']} --hash=sha256:{i['sha256']}" for i in LISTED]
    (work / "requirements.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (work / "setuptools").mkdir()
    (work / "setuptools" / "__init__.py").touch()
    (work / "setuptools" / "build_meta.py").write_text(BACKEND, encoding="utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"),
            *("--no-binary", ":all:", "--no-build-isolation", "--use-pep517"),
            *("--dest", str(CACHE), "--requirement", str(work / "requirements.txt")),
        ],
        env={**os.environ, "PYTHONPATH": str(work)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"the package index was not reached:\n{done.stderr}"


def unpack(file: Path, inside: str, folder: Path) -> None:
    """One folder of an archive, file by file."""
    with tarfile.open(file) as opened:
        for member in opened:
            path = member.name.partition("/")[2]
            if member.isfile() and path.startswith(f"{inside}/"):
                target = folder / path.removeprefix(f"{inside}/")
                target.parent.mkdir(parents=True, exist_ok=True)
                content = opened.extractfile(member)
                assert content is not None
                target.write_bytes(content.read())


@pytest.mark.parametrize("item", LISTED, ids=lambda item: item["name"])
def test_what_is_reported_is_true(item: dict[str, Any], sites: dict[str, Path]) -> None:
    folder = sites[item["name"]]
    result = links.check(folder)
    looked_up = [p for p in result.problems if p.rule in LOOKED_UP]
    others = Counter(p.rule for p in result.problems if p.rule not in LOOKED_UP)

    assert result.pages == item["pages"]
    assert [p for p in looked_up if not is_missing(folder, p)] == []
    assert len(looked_up) == item["missing"]
    assert dict(others) == {rule: judged["number"] for rule, judged in item["judged"].items()}


def is_missing(folder: Path, problem: Problem) -> bool:
    """Looked up by hand: no such file, or no such id or name anywhere in the file's text."""
    named = re.match(r"'(.+?)' (?:does not exist|names an anchor)", problem.message)
    assert named, problem
    path, _, fragment = named[1].partition("#")
    file = Path(problem.file)
    target = (file.parent / unquote(path.partition("?")[0])).resolve() if path else file
    if "names an anchor" not in problem.message:
        return not target.exists()
    text = html.unescape(target.read_text(encoding="utf-8"))
    return not re.search(rf"\b(?:id|name)=[\"']?{re.escape(unquote(fragment))}[\"'\s>]", text)


def test_lychee_finds_no_more(sites: dict[str, Path]) -> None:
    """On one of the sites; what it finds that is not true is left out."""
    lychee = next(checker for checker in checkers.CHECKERS if checker.name == "lychee")
    assert lychee.install(ROOT / ".cache" / "bench") == ""
    folder = sites[LISTED[0]["name"]]
    _, findings = lychee.check(ROOT / ".cache" / "bench", folder, 120)
    ours = Counter()
    for problem in links.check(folder, ADDRESS).problems:
        named = re.match(r"'(.+?)' ", problem.message)
        if named:
            ours[str(Path(problem.file).relative_to(folder)), problem.line] += 1

    assert len(findings) > 100
    missed = [f for f in findings if not ours[f.file, f.line] and is_true(folder, f)]
    assert missed == []


def is_true(folder: Path, finding: checkers.Finding) -> bool:
    path, _, fragment = finding.target.partition("#")
    target = folder / path.removeprefix(f"file://{folder}/").removeprefix("/")
    if not target.is_file():
        return not target.exists()
    text = html.unescape(target.read_text(encoding="utf-8"))
    return not re.search(rf"\b(?:id|name)=[\"']?{re.escape(unquote(fragment))}[\"'\s>]", text)
