"""Pages other people wrote come back to the byte, and keep their structure when they are translated.

They are read from source archives of packages: `foreign.yml` lists them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown import Markdown

import archives
import pseudo
from hub import frontmatter, segment
from hub.compose import compose

LISTED = yaml.safe_load((Path(__file__).parent / "foreign.yml").read_text(encoding="utf-8"))
LEAST = 200

# What pymdownx makes of plain letters: emoji, keys, issues, people, ordinals, formulas, commits.
NAMES = r"""
      :[\w+-]+: | \+\+[\w+"\s-]+?\+\+ | \$[^$]+\$ | \^[\w-]+\^
    | \b\d+(?:st|nd|rd|th)\b | \b[0-9a-f]{40}\b
    | @[\w-]+(?:/[\w.-]+)?(?:[\#@]\w+)? | \w+/\w+[\#@]\w+ | \w*\#\d+
"""


@dataclass(frozen=True)
class ForeignPage:
    path: str
    source: str


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[ForeignPage]]:
    """The pages of every archive, by its name."""
    listed = LISTED["archives"]
    found = archives.fetched(listed, tmp_path_factory.mktemp("fetch"))
    return {item["name"]: list(read(found[item["name"]], item)) for item in listed}


def read(archive: Path, item: dict[str, Any]) -> Iterator[ForeignPage]:
    """The Markdown files of an archive."""
    for path, content in archives.files(archive):
        if fnmatch(path, item["pages"]) and path not in item.get("except", ()):
            yield ForeignPage(path, content.decode("utf-8"))


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
