"""The library's pages: every member is there, links were looked at, time zones exist, days are in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hub.library import days, facets
from hub.page import Page
from hub.problem import Problem
from hub.project import Project

_USE = re.compile(r"^## .*\{#use\}", re.M)


def check(project: Project, pages: list[Page]) -> Iterator[Problem]:
    """The problems of all items of the library, at their lines."""
    codes = {str(page.meta["id"]) for page in pages if "id" in page.meta}
    for page in pages:
        if page.type not in facets.KINDS:
            continue
        where = project.where(page.path)
        yield from _members(page, where, codes)
        yield from _record(page, where)
        yield from _days(page, where)


def _members(page: Page, where: str, codes: set[str]) -> Iterator[Problem]:
    for index, code in enumerate(page.meta.get("members") or ()):
        if str(code) not in codes:
            line = page.line(f"members.{index}")
            hint = "members are ids of pages, such as R01 or L04"
            yield Problem(where, line, "member", f"no page has the id '{code}'", hint)


def _record(page: Page, where: str) -> Iterator[Problem]:
    if page.type != "record":
        return
    if not _USE.search(page.body):
        hint = "add: ## How to use it here {#use}"
        yield Problem(where, 0, "missing-section", "the record does not say how to use it", hint)
    pairs = (("link", "link_checked"), ("languages", "languages_source"))
    for key, other in pairs:
        if key in page.meta and other not in page.meta:
            message = f"'{key}' stands without '{other}'"
            hint = "say when a person opened it" if key == "link" else "say how this is known"
            yield Problem(where, page.line(key), "missing-key", message, hint)


def _days(page: Page, where: str) -> Iterator[Problem]:
    zone = str(page.meta.get("time_zone", days.UNSTATED))
    if zone != days.UNSTATED and not _is_zone(zone):
        line = page.line("time_zone")
        hint = "such as Africa/Nairobi, or unstated"
        yield Problem(where, line, "time-zone", f"there is no time zone '{zone}'", hint)
    for begins, ends in (("start", "end"), ("opens", "closes"), ("opens", "decided")):
        first, last = str(page.meta.get(begins, "")), str(page.meta.get(ends, ""))
        known = _is_day(first) and _is_day(last)
        if known and days.last(last) < days.first(first):
            line = page.line(ends)
            yield Problem(where, line, "days", f"'{ends}' is before '{begins}'")


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _is_day(text: str) -> bool:
    try:
        days.first(text)
    except ValueError:
        return False
    return True
