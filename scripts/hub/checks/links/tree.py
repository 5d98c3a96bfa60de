"""The files of a built site, as a web server sees them: names with their exact spelling, and sizes."""

from __future__ import annotations

import hashlib
import os
import posixpath
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from hub.cache import digest
from hub.problem import HubError

PAGES = (".html", ".htm", ".xhtml")


@dataclass
class Tree:
    """Everything below `root`: `sizes` by path with forward slashes, and every folder ('' is the root).

    `times` says when each file's content, and what the system knows of it, changed last.
    """

    root: Path
    sizes: dict[str, int] = field(default_factory=dict)
    times: dict[str, tuple[int, ...]] = field(default_factory=dict)
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

    @cached_property
    def place(self) -> str:
        """A name for the folder that is the same wherever it is named from."""
        return digest(os.path.realpath(self.root))[:16]

    @cached_property
    def digests(self) -> dict[str, str]:
        """Of what each file holds; '' where it may not be read."""
        return {name: _digest(f"{self.root}/{name}") for name in sorted(self.sizes)}

    def is_as_it_was(self) -> bool:
        """Has no file changed since they were looked at?"""
        return everything(self.root).times == self.times

    def are_as_they_were(self, names: list[str]) -> bool:
        """Have these files not changed since they were looked at?"""
        return all(_times(os.stat(f"{self.root}/{name}")) == self.times[name] for name in names)

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
    tree = everything(root)
    if not tree.pages:
        raise HubError(f"there is no page in {root}", "build the site first: make site")
    return tree


def everything(root: Path) -> Tree:
    """The tree of any folder; an empty one where there is none."""
    tree = Tree(root)
    if root.is_dir():
        _walk(str(root), "", tree, {os.path.realpath(root)})
    return tree


def _walk(folder: str, inside: str, tree: Tree, above: set[str]) -> None:
    """`above`: the real paths of the folders entered, so that a link back up ends the walk."""
    with os.scandir(folder) as entries:
        for entry in entries:
            name = inside + entry.name
            try:
                is_folder = entry.is_dir()
            except OSError:  # links that lead to each other
                continue
            if is_folder:
                real = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
                if real in above or entry.name == ".git":
                    continue
                tree.folders.add(name)
                _walk(entry.path, name + "/", tree, above | {real})
            elif entry.is_file():
                about = entry.stat()
                tree.sizes[name] = about.st_size
                tree.times[name] = _times(about)


def _times(about: os.stat_result) -> tuple[int, ...]:
    return about.st_size, about.st_mtime_ns, about.st_ctime_ns


def _digest(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
