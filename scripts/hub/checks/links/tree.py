"""The files of a built site, as a web server sees them: names with their exact spelling, and sizes."""

from __future__ import annotations

import os
import posixpath
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from hub.problem import HubError

PAGES = (".html", ".htm", ".xhtml")


@dataclass
class Tree:
    """Everything below `root`: `sizes` by path with forward slashes, and every folder ('' is the root)."""

    root: Path
    sizes: dict[str, int] = field(default_factory=dict)
    folders: set[str] = field(default_factory=lambda: {""})

    @cached_property
    def pages(self) -> list[str]:
        return sorted(name for name in self.sizes if name.lower().endswith(PAGES))

    @cached_property
    def by_name(self) -> dict[str, list[str]]:
        """Paths by their last part."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.sizes:
            found[posixpath.basename(name)].append(name)
        return found

    def read(self, name: str) -> bytes:
        return (self.root / name).read_bytes()

    def text(self, name: str) -> str:
        """The file as text; what is not UTF-8 in it is replaced."""
        return self.read(name).decode("utf-8-sig", "replace")

    def ending(self, *ends: str) -> list[str]:
        return sorted(name for name in self.sizes if name.lower().endswith(ends))


def read(root: Path) -> Tree:
    """The tree of a folder. Raises `HubError` where there is no folder, or no page in it."""
    if not root.is_dir():
        raise HubError(f"there is no folder {root}", "build the site first: make site")
    tree = Tree(root)
    _walk(str(root), "", tree, {os.path.realpath(root)})
    if not tree.pages:
        raise HubError(f"there is no page in {root}", "build the site first: make site")
    return tree


def _walk(folder: str, inside: str, tree: Tree, above: set[str]) -> None:
    """`above`: the real paths of the folders entered, so that a link back up ends the walk."""
    with os.scandir(folder) as entries:
        for entry in entries:
            name = inside + entry.name
            if entry.is_dir():
                real = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
                if real in above or entry.name == ".git":
                    continue
                tree.folders.add(name)
                _walk(entry.path, name + "/", tree, above | {real})
            elif entry.is_file():
                tree.sizes[name] = entry.stat().st_size
