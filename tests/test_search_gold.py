"""What people type finds the page they want: the held-out half of the gold queries, in every language.

The queries were written by people who have not read the analyzer; the development half is for them who
tune it. Queries go through the search box of the built pages, as readers' do.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from conftest import ROOT
from hub.bench.search import gold
from hub.bench.search.gold import CATEGORIES, HALVES

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
