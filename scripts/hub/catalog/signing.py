"""Approves what a page shows in a language: each entry for itself, with name, date and digest."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hub import catalog, compose, segment, texts
from hub.catalog import Entry, approval
from hub.catalog.approval import Approval
from hub.catalog.message import Key, Message, write
from hub.checks import pair
from hub.page import Page
from hub.policy import Policy
from hub.problem import HubError, Problem
from hub.project import Project

_FIRST = datetime.date(2010, 1, 1)


@dataclass(frozen=True)
class Signed:
    """`text` is the new catalog at `path`; `problems` name what is there and cannot be approved."""

    path: Path
    text: str
    approved: int
    problems: list[Problem]


def named(project: Project, pages: Iterable[Page], name: str) -> Page | str:
    """The page a person means by `name`, or the catalog without pages. Raises `HubError`."""
    known = {page.path: page for page in pages}
    path = name.removeprefix(project.relative(project.docs) + "/")
    if path in known or path in (texts.UI, texts.DATA):
        return known.get(path, path)
    close = difflib.get_close_matches(path, known, 1)
    hint = f"did you mean '{close[0]}'?" if close else "such as index.md"
    raise HubError(f"there is no page '{name}'", hint)


def check(rules: Policy, lang: str, reviewer: str, date: str) -> None:
    """Raises `HubError` where this reviewer may not approve, or the date is none."""
    allowed = rules.reviewers(lang)
    if not approval.is_name(reviewer):
        raise HubError(f"'{reviewer}' is no name", "letters, digits, spaces, - and _")
    if allowed and reviewer not in allowed:
        hint = f"translations/policy.yml names: {', '.join(allowed)}"
        raise HubError(f"'{reviewer}' does not review '{lang}'", hint)
    try:
        day = datetime.date.fromisoformat(date)
    except ValueError as error:
        raise HubError(f"'{date}' is no date", "write it as 2026-11-23") from error
    if day.isoformat() != date:
        raise HubError(f"'{date}' is no date", "write it as 2026-11-23")
    if not _FIRST <= day <= datetime.date.today():
        raise HubError(f"nobody has read it on {date}", "the day it was read, today or before")


def approve(
    project: Project, page: Page | str, lang: str, state: str, reviewer: str, date: str
) -> Signed:
    """The catalog with what a page shows approved, or all of a catalog without pages, such as 'ui'.

    Texts in English are left alone; what has a higher state, or this one since that day, keeps its reviewer.
    Raises `CatalogError`.
    """
    section = page if isinstance(page, str) else page.section
    path = texts.path_of(project, lang, section)
    entries = catalog.read(path).entries
    keys = dict.fromkeys(entries)
    if not isinstance(page, str):
        broken = _structure(project, page, lang, catalog.Catalog(path, entries))
        if broken:
            return Signed(path, "", 0, [broken])
        keys = dict.fromkeys(item.key for item in segment.segments(page.source))
    unsafe = list(_unsafe(project, path, lang, keys, entries))
    if unsafe:
        return Signed(path, "", 0, unsafe)
    ready = {key for key in keys if _is_ready(entries.get(key), state, date)}

    def signed(message: Message) -> Message:
        if message.key not in ready or message.obsolete:
            return message
        digest = approval.digest(message.text, message.target)
        mark = Approval(state, reviewer, date, digest)
        return message._replace(comments=approval.put(message.comments, mark))

    text = write(signed(message) for message in catalog.messages(path))
    return Signed(path, text, len(ready), _unready(project, path, lang, keys, entries))


def _structure(project: Project, page: Page, lang: str, own: catalog.Catalog) -> Problem | None:
    try:
        compose.compose(page.source, lambda item: own.translation(item.key))
    except compose.ComposeError as error:
        line = error.segment.line if error.segment else 0
        where = project.where(page.path)
        hint = "run: python scripts coverage"
        return Problem(where, line, "structure", str(error), hint, lang=lang)
    return None


def _unsafe(
    project: Project, path: Path, lang: str, keys: Mapping[Key, None], entries: Mapping[Key, Entry]
) -> Iterator[Problem]:
    """Errors that `coverage` would report: nobody signs them."""
    rules = pair.rules(project, lang)
    for key in keys:
        entry = entries.get(key)
        if entry and entry.shown:
            one = pair.Pair(lang, key[1], entry.target, key[0], entry.state, path.stem, "")
            for fault in pair.faults(one, rules):
                if fault.severity == "error":
                    where = project.relative(path)
                    yield Problem(
                        where, entry.line, fault.rule, fault.message, fault.hint, lang=lang
                    )


def _is_ready(entry: Entry | None, state: str, date: str) -> bool:
    """True for a lower state, and for the same one of an earlier day: a later reading counts."""
    order = ("machine-drafted", *approval.STATES)
    if entry is None or entry.state not in order:
        return False
    return (order.index(entry.state), entry.date) < (order.index(state), date)


def _unready(
    project: Project, path: Path, lang: str, keys: Mapping[Key, None], entries: Mapping[Key, Entry]
) -> list[Problem]:
    problems = []
    for key in keys:
        entry = entries.get(key) or Entry("", 0, "missing")
        if entry.state in ("missing", "stale"):
            shown = key[1] if len(key[1]) <= 40 else key[1][:39] + "…"
            message = f"{entry.state}, so not approved: {shown}"
            where = project.relative(path)
            problems.append(
                Problem(where, entry.line, "not-approved", message, "", "warning", lang)
            )
    return problems
