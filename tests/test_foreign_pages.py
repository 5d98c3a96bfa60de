"""Pages other people wrote come back to the byte, and keep their structure when they are translated.

They are read from source archives of packages (`foreign.yml`), fetched once into .cache/foreign and
held to their digests. Nothing in an archive is ever run.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown import Markdown

import pseudo
from conftest import ROOT
from hub import frontmatter, segment
from hub.compose import compose

LISTED = yaml.safe_load((Path(__file__).parent / "foreign.yml").read_text(encoding="utf-8"))
CACHE = ROOT / ".cache" / "foreign"
LEAST = 200

# What pymdownx makes of plain letters: emoji, keys, issues, people, ordinals, formulas, commits.
NAMES = r"""
      :[\w+-]+: | \+\+[\w+"\s-]+?\+\+ | \$[^$]+\$ | \^[\w-]+\^
    | \b\d+(?:st|nd|rd|th)\b | \b[0-9a-f]{40}\b
    | @[\w-]+(?:/[\w.-]+)?(?:[\#@]\w+)? | \w+/\w+[\#@]\w+ | \w*\#\d+
"""

# pip asks an archive's own code for its metadata; this answers instead, from the PKG-INFO inside.
BACKEND = """
import email, pathlib, shutil

def prepare_metadata_for_build_wheel(folder, config_settings=None):
    facts = email.message_from_string(pathlib.Path("PKG-INFO").read_text("utf-8"))
    name = facts["Name"].replace("-", "_") + "-" + facts["Version"] + ".dist-info"
    pathlib.Path(folder, name).mkdir()
    shutil.copy("PKG-INFO", pathlib.Path(folder, name, "METADATA"))
    return name
"""


@dataclass(frozen=True)
class ForeignPage:
    path: str
    source: str


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[ForeignPage]]:
    """The pages of every archive, by its name."""
    if not all(archive(item) for item in LISTED["archives"]):
        fetch(tmp_path_factory.mktemp("fetch"))
    found = {}
    for item in LISTED["archives"]:
        file = archive(item)
        assert file, f"{item['name']} {item['version']} was not fetched, or is not what it was"
        found[item["name"]] = list(read(file, item))
    return found


def archive(item: dict[str, Any]) -> Path | None:
    """The archive in the cache that has the digest in the list."""
    for file in CACHE.glob("*.tar.gz"):
        if hashlib.sha256(file.read_bytes()).hexdigest() == item["sha256"]:
            return file
    return None


def fetch(work: Path) -> None:
    """All archives by one call of pip."""
    lines = [f"{i['name']}=={i['version']} --hash=sha256:{i['sha256']}" for i in LISTED["archives"]]
    (work / "requirements.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for module in {item["backend"] for item in LISTED["archives"]}:
        package, _, name = module.partition(".")
        (work / package).mkdir()
        (work / package / "__init__.py").touch()
        (work / package / f"{name}.py").write_text(BACKEND, encoding="utf-8")
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


def read(file: Path, item: dict[str, Any]) -> list[ForeignPage]:
    """The Markdown files of an archive, without unpacking it."""
    found = []
    with tarfile.open(file) as opened:
        for member in opened:
            path = member.name.partition("/")[2]
            if fnmatch(member.name, item["pages"]) and path not in item.get("except", ()):
                content = opened.extractfile(member)
                assert content is not None
                found.append(ForeignPage(path, content.read().decode("utf-8")))
    return found


def test_there_are_enough_of_them(pages: dict[str, list[ForeignPage]]) -> None:
    left_out = [path for item in LISTED["archives"] for path in item.get("except", ())]

    assert sum(map(len, pages.values())) >= LEAST
    assert len(left_out) <= 3


@pytest.mark.parametrize("name", [item["name"] for item in LISTED["archives"]])
def test_pages_come_back_to_the_byte(name: str, pages: dict[str, list[ForeignPage]]) -> None:
    for page in pages[name]:
        nodes = segment.parse(page.source)

        assert segment.join(nodes, lambda item: item.raw) == page.source, page.path
        assert compose(page.source, lambda item: None).text == page.source, page.path


@pytest.mark.parametrize("item", LISTED["archives"], ids=lambda item: item["name"])
def test_translation_keeps_the_tags(
    item: dict[str, Any], pages: dict[str, list[ForeignPage]]
) -> None:
    changed = {}
    for page in pages[item["name"]]:
        translated = compose(page.source, lambda text: pseudo.accented(text.text, NAMES)).text
        before, after = (
            tags(text, defined_elsewhere(page.source), item) for text in (page.source, translated)
        )
        if before != after:
            at = next(
                (
                    n
                    for n, pair in enumerate(zip(before, after, strict=False))
                    if pair[0] != pair[1]
                ),
                -1,
            )
            changed[page.path] = (before[at], after[at], len(before), len(after))

    assert changed == {}


def defined_elsewhere(source: str) -> str:
    """References that the projects' plugins find in other pages, defined so that they are links here."""
    names = sorted(set(re.findall(r"\]\[([\w.]+)\]|\[([\w.]+)\]\[\]", source)))
    return "\n\n" + "".join(f"[{one or other}]: #{one or other}\n" for one, other in names)


def tags(source: str, references: str, item: dict[str, Any]) -> list[str]:
    """The names of all tags of the rendered page, in order."""
    extensions = [*LISTED["extensions"], *item.get("also", ())]
    chosen = {name: LISTED["settings"][name] for name in extensions if name in LISTED["settings"]}
    engine = Markdown(extensions=extensions, extension_configs=chosen)
    html = engine.convert(source[frontmatter.parse(source).end :] + references)
    return re.findall(r"</?([a-zA-Z][\w-]*)", html)
