"""English pages, rule by rule: each module holds rules of one kind, each fault at its line."""

from __future__ import annotations

from hub import glossary, table
from hub.checks.content import (
    chapters,
    codes,
    copies,
    figures,
    lessons,
    library,
    pages,
    reading,
    reviews,
    safety,
    treaties,
    words,
)
from hub.library.days import build_time
from hub.page import Page, check_schema, read_pages
from hub.problem import Problem
from hub.project import Project


def check(project: Project) -> list[Problem]:
    """All problems of docs/, of the glossary and of the data files."""
    found, problems = read_pages(project)
    faults = glossary.check(project) + table.check(project)
    if not faults:
        problems += treaties.check(project, found)
        problems += chapters.check_sources(project, found)
        problems += _texts(project, found)
    return problems + check_pages(project, found) + faults


def check_pages(project: Project, found: list[Page]) -> list[Problem]:
    """The problems of pages that could be read."""
    problems = []
    for page in found:
        where = project.where(page.path)
        problems += check_schema(page, where)
        problems += pages.check(page, where, project.templates)
        problems += lessons.check(page, where)
        problems += chapters.check(page, where)
    problems += lessons.check_parts(project, found)
    return [*problems, *codes.check(project, found), *library.check(project, found)]


def _texts(project: Project, found: list[Page]) -> list[Problem]:
    """What pages say and how: rules that need the glossary and the facts."""
    problems = [*safety.check_images(project), *copies.check(project, found)]
    bands = {str(p.meta["id"]): str(p.meta.get("age_band")) for p in found if "id" in p.meta}
    paths = {page.path for page in found}
    facts = figures.known(project)
    rules = words.rules(project, glossary.read(project))
    today = build_time().date()
    for page in found:
        where = project.where(page.path)
        problems += safety.check(page, where)
        problems += safety.check_help(page, where, paths)
        problems += reading.check(page, where, bands)
        problems += figures.check(page, where, facts)
        problems += words.check(page, where, rules)
        problems += reviews.check(page, where, today)
    return problems
