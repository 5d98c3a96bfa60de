"""Source archives of packages: fetched once into .cache/foreign, held to their digests, never run."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from conftest import ROOT

CACHE = ROOT / ".cache" / "foreign"

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


def fetched(listed: list[dict[str, Any]], work: Path) -> dict[str, Path]:
    """The archive of each item of a list, by its name; `work` is an empty folder.

    An item has `name`, `version`, `sha256` and, where it is not setuptools, its build `backend`.
    """
    if not all(map(_cached, listed)):
        _fetch(listed, work)
    found = {}
    for item in listed:
        file = _cached(item)
        assert file, f"{item['name']} {item['version']} was not fetched, or is not what it was"
        found[item["name"]] = file
    return found


def files(archive: Path) -> Iterator[tuple[str, bytes]]:
    """The files of an archive by their path below its one folder, without unpacking it."""
    with tarfile.open(archive) as opened:
        for member in opened:
            if member.isfile():
                content = opened.extractfile(member)
                assert content is not None
                yield member.name.partition("/")[2], content.read()


def _cached(item: dict[str, Any]) -> Path | None:
    for file in CACHE.glob("*.tar.gz"):
        if hashlib.sha256(file.read_bytes()).hexdigest() == item["sha256"]:
            return file
    return None


def _fetch(listed: list[dict[str, Any]], work: Path) -> None:
    """All archives by one call of pip, which runs nothing of theirs."""
    lines = [f"{i['name']}=={i['version']} --hash=sha256:{i['sha256']}" for i in listed]
    (work / "requirements.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for module in {item.get("backend", "setuptools.build_meta") for item in listed}:
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
