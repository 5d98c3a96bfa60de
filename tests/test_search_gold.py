"""What people type finds the page they want: the held-out half of the gold queries, in every language.

The queries were written by people who have not read the analyzer; the development half is for them who
tune it. Queries go through the search box of the built pages, as readers' do.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from conftest import ROOT
from hub import glossary
from hub import project as projects
from hub.bench import search
from hub.bench.search import engines, gold, measure, plain, queries, reader
from hub.bench.search.gold import CATEGORIES, HALVES
from hub.bench.search.report import Report, Site
from hub.search import document
from hub.search.reference import Reference

GOLD = ROOT / "tests" / "search" / "gold"
DOCS = ROOT / "tests" / "sites" / "search" / "docs"
LANGUAGES = sorted(file.stem for file in GOLD.glob("*.yml"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_form_of_the_gold_queries(code: str) -> None:
    queries = gold.read(GOLD / f"{code}.yml")

    assert len(queries) >= 64
    texts = Counter(query.text for query in queries)
    assert [text for text, count in texts.items() if count > 1] == []
    for category in CATEGORIES:
        halves = Counter(query.half for query in queries if query.category == category)
        assert halves[HALVES[0]] == halves[HALVES[1]] > 0, f"{category}: {dict(halves)}"
    pages = {
        file.relative_to(DOCS).as_posix().removesuffix(".md")
        for file in DOCS.rglob("*.md")
        if "." not in file.stem and file.stem != "index"
    }
    wanted = {query.page for query in queries}
    assert wanted - pages == set()
    assert pages - wanted == set()
    for query in queries:
        if query.heading:
            assert query.heading in _headings(query.page), query


def _headings(page: str) -> list[str]:
    return re.findall(r"\{#([\w-]+)", (Path(DOCS) / f"{page}.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def report(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The written site built by us and searched in Chromium: the bench's report without its times."""
    project = projects.load(ROOT / search.WRITTEN)
    texts = plain.texts(project)
    asked = {
        code: queries.from_gold(gold.read(GOLD / f"{code}.yml"))
        + queries.made(texts[code], code, 40)
        for code in LANGUAGES
    }
    folder = tmp_path_factory.mktemp("searched") / "site"
    engine = engines.hub(project.config_file, folder, project.source.code)
    with reader.serve(folder) as site:
        measured = measure.find(engine, browser, site, asked, project.source.code)
        for code, own in asked.items():
            measure.weigh(measured, browser, site, code, [own[0].text])
    return Report((Site("written", len(texts["en"]), len(asked), 0, (measured,)),))


@pytest.mark.browser
def test_every_floor_of_search_holds(report: Report) -> None:
    names = [goal.name for goal in report.goals]
    assert {"held-out hit@5 %", "typo recall@5", "KB to first"} <= set(names)

    below = [goal for goal in report.goals if goal.verdict == "below the floor"]

    assert below == [], report.table


@pytest.mark.browser
def test_goals_of_search_that_are_not_reached_are_said(report: Report) -> None:
    """A floor stops the work, a goal is only told: pytest lists it with the warnings."""
    for goal in report.goals:
        if goal.verdict == "missed":
            warnings.warn(
                f"search: {goal.name} is {goal.figure:.4g}, goal {goal.goal:g}", stacklevel=1
            )


@pytest.mark.browser
def test_no_page_of_another_language_is_shown(report: Report) -> None:
    for site in report.sites:
        for code, scores in site.engines[0].scores.items():
            assert sum(score.foreign for score in scores.values()) == 0, code
            assert sum(score.listed for score in scores.values()) > 0, code


@pytest.mark.browser
@pytest.mark.parametrize("code", LANGUAGES)
def test_no_language_is_searched_worse_than_by_lunr(report: Report, code: str) -> None:
    """lunr.py with the same terms is the reference: the shipped engine finds at least as much."""
    project = projects.load(ROOT / search.WRITTEN)
    measured = report.sites[0].engines[0]
    documents = document.read(project, measured.engine.folder, project.language(code))
    reference = Reference(code, documents, glossary.read(project))
    asked = [q for q in gold.read(GOLD / f"{code}.yml") if q.half == "held-out"]
    prefix = "" if code == project.source.code else f"{code}/"

    theirs = sum(
        f"{prefix}{query.page}.html" in [one.url for one in reference.search(query.text)[:5]]
        for query in asked
    )

    assert measured.scores[code]["held-out"].hits >= theirs


def test_every_language_has_gold_queries() -> None:
    languages = projects.load(ROOT / search.WRITTEN).languages

    assert sorted(language.code for language in languages) == LANGUAGES
