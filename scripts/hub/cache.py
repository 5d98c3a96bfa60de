"""Results kept in .cache/, each under a digest of all it was made from. Safe to delete at any time.

One file a result: a line with a digest of the key and of what follows, then the result as JSON. It is
written beside its place and then moved there, so that nobody ever reads half of one. A file that cannot
be read, that was damaged, or that belongs to another key, is as good as none.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any


class Cache:
    """The results in one folder, by name ('fr/teach')."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str, key: str) -> Any:
        """What was put under this name with this very key, else None."""
        try:
            head, _, text = self._path(name).read_bytes().partition(b"\n")
            return json.loads(text) if head.decode() == digest(key, text) else None
        except (OSError, ValueError, RecursionError):
            return None

    def put(self, name: str, key: str, value: Any) -> None:
        """Keep `value`, which JSON can write; where the folder cannot be written, nothing is kept."""
        path = self._path(name)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
            beside.write_bytes(b"%s\n%s" % (digest(key, text).encode(), text))
            os.replace(beside, path)
        except OSError:
            with suppress(OSError):
                beside.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.json"


def digest(*parts: str | bytes) -> str:
    """One digest of several; where one part ends and the next begins counts too."""
    total = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(b"%d:" % len(data))
        total.update(data)
    return total.hexdigest()


def of_files(root: Path, files: Iterable[Path]) -> str:
    """A digest of the names and contents of files; one that is missing counts as missing."""
    parts: list[str | bytes] = []
    for file in sorted(files):
        parts.append(file.relative_to(root).as_posix())
        parts.append(file.read_bytes() if file.is_file() else "missing")
    return digest(*parts)


@cache
def of_code() -> str:
    """A digest of this package, of the Python that runs it and of what is installed there: other code,
    other results."""
    package = Path(__file__).parent
    files = (f for kind in ("*.py", "*.yml") for f in package.rglob(kind))
    return digest(sys.version, *_installed(), of_files(package, files))


def _installed() -> list[str]:
    """Names and versions of packages, as the folders of their metadata bear them."""
    found: set[str] = set()
    for folder in filter(os.path.isdir, sys.path):
        with suppress(OSError):
            found.update(name for name in os.listdir(folder) if name.endswith("-info"))
    return sorted(found)
