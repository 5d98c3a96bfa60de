"""Mends links in Markdown and catalogs where only one other target can have been meant.

Each change is looked at again after it is written: a file in which the new link is not found where the
old one stood is put back as it was.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hub import catalog
from hub.checks.links import written
from hub.checks.links.fault import Fix
from hub.project import Project

_TARGET = re.compile(
    r"(?<=\]\()\s*<?([^)\s>]+)|(?<=\]:)[ \t]*<?([^\s>]+)|(?:href|src)=[\"']([^\"']*)"
)


@dataclass(frozen=True)
class Mended:
    """A link that was changed: `file` and `line` as in the problem, what stood there, what stands now."""

    file: str
    line: int
    before: str
    after: str


def mend(project: Project, fixes: Iterable[Fix]) -> tuple[list[Mended], list[Fix]]:
    """Write what can be written; the changes, and the fixes that could not be made."""
    done: list[Mended] = []
    left: list[Fix] = []
    for fix in dict.fromkeys(fixes):
        path = project.root / fix.problem.file
        before = path.read_text(encoding="utf-8")
        change = _changed(project, fix, before) if path.suffix in (".md", ".po") else None
        if change is None:
            left.append(fix)
            continue
        text, old, new = change
        catalog.save({path: text})
        if _holds(project, fix, path, new):
            done.append(Mended(fix.problem.file, fix.problem.line, old, new))
        else:
            catalog.save({path: before})
            left.append(fix)
    return done, left


def _changed(project: Project, fix: Fix, text: str) -> tuple[str, str, str] | None:
    """The file's new text, the old address and the new one."""
    if fix.problem.file.endswith(".md"):
        lines = text.split("\n")
        at = fix.problem.line - 1
        changed = _replaced(project, fix, lines[at]) if at < len(lines) else None
        if changed is None:
            return None
        lines[at] = changed[0]
        return "\n".join(lines), changed[1], changed[2]
    path = project.root / fix.problem.file
    for message in catalog.messages(path):
        if message.line == fix.problem.line and message.target:
            changed = _replaced(project, fix, message.target)
            if changed:
                return catalog.put(path, {message.key: changed[0]}), changed[1], changed[2]
    return None


def _replaced(project: Project, fix: Fix, text: str) -> tuple[str, str, str] | None:
    """The text with the one address that the fix is of changed; None where there is not just one.

    Raw HTML names pages by .html, Markdown by .md.
    """
    folder = posixpath.dirname(fix.source)
    wanted = written.normal(folder, fix.raw)
    found = [
        (match, group)
        for match in _TARGET.finditer(text)
        for group in (1, 2, 3)
        if match[group] and written.normal(folder, match[group]) == wanted
    ]
    if not found or len({match[group] for match, group in found}) > 1:
        return None
    match, group = found[0]
    new = _address(project, fix, ".html" if group == 3 else ".md")
    return text[: match.start(group)] + new + text[match.end(group) :], match[group], new


def _address(project: Project, fix: Fix, end: str) -> str:
    """The target as the page names it: relative, and with this end for a page."""
    path, mark, fragment = fix.meant.partition("#")
    folder = posixpath.dirname(fix.source)
    old = fix.raw.partition("#")[0]
    if not path and old:  # only what stands behind '#' was wrong
        path = posixpath.normpath(posixpath.join(folder, old))
    return (_relative(project, fix, path, end) if path else "") + mark + fragment


def _relative(project: Project, fix: Fix, path: str, end: str) -> str:
    made = path.removesuffix(".html") + end if path.endswith(".html") else path
    target = made if (project.docs / made).exists() else path
    if end == ".html":
        target = path
    return posixpath.relpath(target, posixpath.dirname(fix.source) or ".")


def _holds(project: Project, fix: Fix, path: Path, new: str) -> bool:
    """Is the link there now, and what it names?"""
    named = posixpath.join(posixpath.dirname(fix.source), new.partition("#")[0])
    named = posixpath.normpath(named)
    source = named.removesuffix(".html") + ".md"
    there = any((project.docs / name).exists() for name in (named, source))
    there = there or not new.partition("#")[0]
    if path.suffix == ".po":
        lines = {m.line: m.target for m in catalog.messages(path)}
        return there and new in lines.get(fix.problem.line, "")
    text = path.read_text(encoding="utf-8").split("\n")[fix.problem.line - 1]
    found = (written.normal("", g) for m in _TARGET.finditer(text) for g in m.groups() if g)
    return there and written.normal("", new) in found
