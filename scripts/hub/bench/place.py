"""Where the made-up site stands: its address, its files, and what the pages of a language have in common."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hub.project import Language

ADDRESS = "https://hub.example.org/sub/"


@dataclass(frozen=True)
class Website:
    """`root` is the folder that is served at `ADDRESS`; `pages` are the paths of a language's pages, without
    its folder."""

    root: Path
    languages: tuple[Language, ...]
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Shelf:
    """What the pages of a language have in common. `folder` is '' or 'fr/'; `kits` has path and checksum."""

    language: Language
    folder: str
    words: tuple[str, ...]
    kits: tuple[tuple[str, str], ...]


def address(folder: str, path: str) -> str:
    """The address at which a page is published: never with index.html."""
    return ADDRESS + folder + path.removesuffix("index.html")


def codes(site: Website) -> list[str]:
    """The site's languages, English first."""
    return [language.code for language in site.languages]


def as_json(value: Any) -> str:
    """A line for each value, so that a fault has a line of its own."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def write(path: Path, content: str | bytes) -> None:
    """Write a file, and the folders it stands in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
