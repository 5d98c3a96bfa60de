"""The search bench: its made-up site and queries are the same on every run, and its sums are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import ROOT, run
from hub import project as projects
from hub.bench import search
from hub.bench.search import engines, measure, plain, queries, recombine
from hub.bench.search.measure import Measured, Score
from hub.bench.search.queries import Query
from hub.bench.search.reader import Answer
from hub.bench.search.report import Goal, Report, Site
from hub.project import Project


@pytest.fixture(scope="module")
def written() -> Project:
    return projects.load(ROOT / search.WRITTEN)


def test_the_made_up_site_is_the_same_on_every_run(written: Project, tmp_path: Path) -> None:
    both = [recombine.make(written, written, tmp_path / name, 30).parent for name in ("a", "b")]

    files = [{f.relative_to(r): f.read_bytes() for f in (r / "docs").rglob("*.md")} for r in both]
    assert files[0] == files[1]
    assert len(files[0]) == 30 * len(written.languages)


def test_the_made_up_site_has_only_sentences_of_its_language(
    written: Project, tmp_path: Path
) -> None:
    made = projects.load(recombine.make(written, written, tmp_path / "site", 30))

    for code, pages in plain.texts(made).items():
        known = "\n".join(plain.texts(written)[code].values())
        known = "".join(recombine.sentences([known]))
        for path, text in pages.items():
            if path.startswith("made/"):
                assert all(line in known for line in recombine.sentences([text])), path


def test_made_queries_are_the_same_on_every_run(written: Project) -> None:
    pages = plain.texts(written)["en"]

    first, second = (queries.made(pages, "en", 20) for _ in range(2))

    assert first == second
    assert {query.kind for query in first} >= {"inflected", "typo"}


@pytest.mark.parametrize(
    ("word", "code", "folded"),
    [
        ("élève", "fr", "eleve"),
        ("niñez", "es", "ninez"),
        ("отчёт", "ru", "отчет"),
        ("أُسرة", "ar", "اسره"),
        ("ज़बरदस्ती", "hi", "जबरदस्ती"),
        ("बच्चों", "hi", "बच्चों"),
        ("债务", "zh", "債務"),
        ("coördinatie", "nl", "coordinatie"),
    ],
)
def test_folding_keeps_the_letters(word: str, code: str, folded: str) -> None:
    assert queries.fold(word, code) == folded


def test_a_slip_wants_the_pages_with_the_word_itself(written: Project) -> None:
    pages = plain.texts(written)["en"]

    for query in queries.made(pages, "en", 20):
        assert query.wanted <= {path.removesuffix(".md") for path in pages}
        words = {word for text in pages.values() for word in queries.words(text, "en")}
        assert (query.text in words) == (query.kind == "inflected"), query


def test_scores_count_pages_of_the_readers_language_only() -> None:
    answer = Answer(("fr/a", "b", "fr/c"), 0, 0)

    found, foreign = measure.pages(answer, "fr", {"en", "fr"}, "en")
    score = Score()
    score.add(Query("q", "dev", frozenset({"c", "d"})), found, foreign)

    assert (found, foreign) == (["a", "", "c"], 1)
    assert (score.hits, score.ranks, score.recall, score.listed) == (1, 1 / 3, 0.5, 3)


def test_a_goal_that_is_missed_is_exit_code_2() -> None:
    verdicts = [Goal("real", "KB before", figure, 6, 2, False).verdict for figure in (2, 3, 7)]

    assert verdicts == ["met", "missed", "below the floor"]
    engine = engines.Engine("hub", Path(), "", str, bool)
    for size, missed in ((2000, False), (2001, True)):
        measured = Measured(engine, before={"en": size}, first={"en": 0})
        assert Report((Site("made", 180, 1, 0, (measured,)),)).missed is missed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--sites", "moon"], "there is no 'moon'"),
        (["--engines", "hub,google"], "there is no 'google'"),
        (["--lang", "xx"], "the site has no language 'xx'"),
        (["--queries", "0"], "not a number above 0: '0'"),
    ],
)
def test_bad_arguments_are_said_before_anything_starts(arguments: list[str], said: str) -> None:
    done = run("bench", "search", *arguments)

    assert done.returncode == 3
    assert said in done.stderr
