"""What a teacher does: finds a lesson, prints its first side, takes the kit where there is no network."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
import turbohtml
from playwright.sync_api import Browser, Page, expect

from hub import figures
from hub.page import Page as Source
from hub.page import read_pages, vocabulary
from hub.project import Project
from hub.steps import steps_of

INDEX = "teach/index.html"
# Paper without 14 mm of margin, in CSS pixels: a side of A4, and the shorter one of Letter.
A4, LETTER = (688, 1017), (711, 949)

# Sets controls as a hand would, then reads the cards that are left and the count.
CHOOSE = """choice => {
  for (const [name, value] of Object.entries(choice)) {
    const control = document.querySelector(`[data-filter="${name}"]`);
    if (control.type === "checkbox") control.checked = true; else control.value = value;
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const cards = [...document.querySelectorAll(".hub-lesson [data-hub-id]")];
  const left = cards.filter(card => card.offsetParent !== null).map(card => card.dataset.hubId);
  return [left, document.querySelector(".hub-finder__count bdi").textContent];
}"""


@pytest.fixture(scope="module")
def lessons(project: Project) -> list[Source]:
    return [page for page in read_pages(project)[0] if page.type == "lesson"]


@pytest.fixture
def finder(browser: Browser, site: Path) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.goto((site / INDEX).as_uri())
    yield page
    context.close()


def shown(page: Page) -> set[str]:
    cards = page.locator(".hub-lesson:visible [data-hub-id]")
    return {str(card.get_attribute("data-hub-id")) for card in cards.all()}


def period(lesson: Source) -> int:
    return int(lesson.meta["duration_min"]) // int(lesson.meta.get("sessions", 1))


def expected(lessons: list[Source], choice: dict[str, str]) -> set[str]:
    """What a filter must show, from the front matter alone."""
    tests = {
        "age": lambda lesson, value: lesson.meta["age_band"] == value,
        "minutes": lambda lesson, value: period(lesson) <= int(value),
        "subjects": lambda lesson, value: value in lesson.meta["subjects"],
        "projector": lambda lesson, value: lesson.meta["projector"] is False,
    }
    return {
        str(lesson.meta["id"])
        for lesson in lessons
        if all(tests[name](lesson, value) for name, value in choice.items())
    }


def choose(page: Page, name: str, value: str) -> None:
    control = page.locator(f'[data-filter="{name}"]')
    if name == "projector":
        control.check()
    else:
        control.select_option(value)


@pytest.mark.browser
def test_finder_shows_what_the_front_matter_says(finder: Page, lessons: list[Source]) -> None:
    """Every single choice and every pair of choices, against the pages' own data."""
    options = [
        (name, value)
        for name in ("age", "minutes", "subjects")
        for option in finder.locator(f'[data-filter="{name}"] option').all()
        if (value := str(option.get_attribute("value")))
    ] + [("projector", "no")]
    bands = {lesson.meta["age_band"] for lesson in lessons}
    assert {value for name, value in options if name == "age"} == bands
    pairs = [pair for pair in combinations(options, 2) if pair[0][0] != pair[1][0]]

    for chosen in [*([one] for one in options), *pairs]:
        finder.locator(".hub-finder__controls button").click()
        found, count = finder.evaluate(CHOOSE, dict(chosen))
        wanted = expected(lessons, dict(chosen))
        assert set(found) == wanted, chosen
        assert count == str(len(wanted))
    finder.locator(".hub-finder__controls button").click()
    assert shown(finder) == {str(lesson.meta["id"]) for lesson in lessons}


@pytest.mark.browser
def test_finder_by_language_leads_to_that_language(finder: Page) -> None:
    finder.locator('[data-filter="languages"]').select_option("en")
    total = len(shown(finder))
    assert total, "every lesson is in English"
    for code in ("fr", "ar"):
        finder.locator('[data-filter="languages"]').select_option(code)
        cards = finder.locator(".hub-lesson:visible")
        assert cards.count() == finder.locator(f'.hub-lesson[data-languages~="{code}"]').count()
        for card in cards.all():
            assert code in str(card.get_attribute("data-languages")).split()
            href = str(card.locator(".hub-card__link").get_attribute("href"))
            assert f"/{code}/teach/lessons/" in href


@pytest.mark.browser
def test_finder_works_by_keyboard_and_says_the_count(finder: Page, lessons: list[Source]) -> None:
    finder.locator('[data-filter="age"]').focus()
    finder.keyboard.press("ArrowDown")
    finder.keyboard.press("ArrowDown")
    second = sorted({lesson.meta["age_band"] for lesson in lessons})[1]
    wanted = expected(lessons, {"age": second})

    status = finder.get_by_role("status").filter(has_text=re.compile(r"\d"))
    expect(status).to_have_text(re.compile(rf"\b{len(wanted)}$"))
    assert shown(finder) == wanted
    for _ in range(5):
        finder.keyboard.press("Tab")
    expect(finder.locator(".hub-finder__controls button")).to_be_focused()
    finder.keyboard.press("Enter")
    assert len(shown(finder)) == len(lessons)


@pytest.mark.browser
def test_finder_keeps_nothing(finder: Page, lessons: list[Source]) -> None:
    before = finder.url
    choose(finder, "age", str(lessons[0].meta["age_band"]))
    choose(finder, "projector", "no")

    kept = "() => [localStorage.length, sessionStorage.length, document.cookie]"
    assert finder.evaluate(kept) == [0, 0, ""]
    assert finder.url == before
    assert finder.locator(".hub-finder form, .hub-finder [name]").count() == 0
    finder.reload()
    assert len(shown(finder)) == len(lessons), "a reload starts anew"


@pytest.mark.browser
def test_without_script_the_finder_is_the_list_by_age(
    plain: Page, site: Path, lessons: list[Source]
) -> None:
    plain.goto((site / INDEX).as_uri())

    assert shown(plain) == {str(lesson.meta["id"]) for lesson in lessons}
    expect(plain.locator(".hub-finder__controls")).to_be_hidden()
    expect(plain.locator(".hub-finder__count")).to_be_hidden()
    groups = [
        {str(card.get_attribute("data-age")) for card in group.locator(".hub-lesson").all()}
        for group in plain.locator(".hub-lessons").all()
    ]
    assert [len(bands) for bands in groups] == [1] * len(groups)


@pytest.mark.browser
@pytest.mark.parametrize("paper", [A4, LETTER], ids=["A4", "Letter"])
def test_run_this_lesson_is_one_printed_side(
    browser: Browser, site: Path, lessons: list[Source], paper: tuple[int, int]
) -> None:
    page = browser.new_page(viewport={"width": paper[0], "height": paper[1]})
    page.emulate_media(media="print")
    for lesson in lessons:
        page.goto((site / lesson.path).with_suffix(".html").as_uri())
        box = page.locator(".hub-run").bounding_box()
        assert box is not None and box["y"] + box["height"] <= paper[1], lesson.path
        after = page.locator(".hub-run").evaluate("e => getComputedStyle(e).breakAfter")
        assert after == "page"
    page.close()


@pytest.mark.browser
def test_pages_to_copy_are_as_many_as_the_lesson_says(
    browser: Browser, site: Path, lessons: list[Source]
) -> None:
    page = browser.new_page()
    for lesson in lessons:
        said = " ".join(lesson.meta["materials"])
        for part in ("pupil-sheet", "exit-ticket", "answer-key"):
            name = vocabulary()["lesson_part"][part]
            found = re.search(rf"{name} \((\d+) page", said)
            assert found, f"{lesson.path} does not say how many pages the {name} has"
            page.goto((site / f"{lesson.path[:-3]}-{part}.html").as_uri())
            printed = page.pdf(format="A4", prefer_css_page_size=True)
            sides = len(re.findall(rb"/Type\s*/Page\b", printed))
            assert sides <= int(found[1]), f"{lesson.path}: {name} prints on {sides} sides"
    page.close()


def test_clock_of_a_lesson_begins_at_0_and_ends_with_the_period(
    site: Path, lessons: list[Source]
) -> None:
    for lesson in lessons:
        document = turbohtml.parse((site / lesson.path).with_suffix(".html").read_bytes())
        rows = document.select(".hub-run tbody tr")
        clock = [re.findall(r"\d+", row.select("td")[2].text) for row in rows]
        steps = steps_of(lesson.source)
        assert len(rows) == len(steps)
        minutes = [int(end) - int(start) for start, end in clock]
        assert minutes == [step.minutes for step in steps]
        assert clock[0][0] == "0" and int(clock[-1][1]) == period(lesson)


def test_lesson_says_to_search_engines_what_it_says_to_teachers(
    site: Path, lessons: list[Source]
) -> None:
    for lesson in lessons:
        html = (site / lesson.path).with_suffix(".html").read_text(encoding="utf-8")
        found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
        data = next(d for d in map(json.loads, found) if d["@type"] == "LearningResource")
        assert data["name"] == lesson.meta["title"]
        assert data["timeRequired"] == f"PT{lesson.meta['duration_min']}M"
        assert data["teaches"] == lesson.meta["outcomes"]
        assert data["license"].startswith("https://creativecommons.org/licenses/by-sa/4.0")


def kit_of(site: Path, lesson: Source, code: str = "en") -> dict[str, bytes]:
    slug = Path(lesson.path).stem
    with zipfile.ZipFile(site / "downloads" / code / f"{slug}.zip") as kit:
        root = f"{slug}-{code}/"
        return {name.removeprefix(root): kit.read(name) for name in kit.namelist()}


def test_every_kit_brings_safeguarding_a_calm_lesson_and_the_letter(
    site: Path, project: Project, lessons: list[Source]
) -> None:
    for lesson in lessons:
        files = kit_of(site, lesson)
        teacher = turbohtml.parse(files["teacher.html"], encoding="utf-8")
        assert len(teacher.select("#before-you-teach--disclosure ~ ol > li")) >= 8
        assert teacher.select("#before-you-teach--protocol-card ~ .hub-lines")
        assert teacher.select(".hub-safety dt")
        articles = [article.attrs["data-hub"] for article in teacher.select("article")]
        assert articles[0] == "lesson", "what to run comes first"
        calm = turbohtml.parse(files["calm-lesson.html"], encoding="utf-8")
        assert len(calm.select("article h2")) >= 3
        letter = turbohtml.parse(files["families.html"], encoding="utf-8")
        assert len(letter.select(".hub-lines")) == 5, "five lines to fill in by hand"
        for part in vocabulary()["lesson_part"]:
            assert f"source/{Path(lesson.path).stem}-{part}.md" in files


def test_answers_stand_in_the_teachers_file_alone(site: Path, lessons: list[Source]) -> None:
    for lesson in lessons:
        files = kit_of(site, lesson)
        key = f"{Path(lesson.path).stem}-answer-key"
        assert f'id="{key}"'.encode() in files["teacher.html"]
        for name in ("pupils.html", "families.html", "calm-lesson.html"):
            assert b"<article" in files[name] and f'id="{key}"'.encode() not in files[name]


def test_links_between_the_files_of_a_kit_find_their_places(
    site: Path, lessons: list[Source]
) -> None:
    for lesson in lessons:
        files = kit_of(site, lesson)
        pages = {n: turbohtml.parse(f, encoding="utf-8") for n, f in files.items() if ".html" in n}
        ids = {n: {e.attrs["id"] for e in d.select("[id]")} for n, d in pages.items()}
        inner = 0
        for name, document in pages.items():
            for link in document.select("a[href]"):
                target = str(link.attrs["href"])
                if re.match(r"[a-z]+:|//", target):
                    continue
                file, _, anchor = target.partition("#")
                assert anchor in ids[file or name], f"{lesson.path}: {name} links to {target}"
                inner += 1
        assert inner > 5


def test_kit_has_the_figures_a_class_works_with(
    site: Path, project: Project, lessons: list[Source]
) -> None:
    known = {figure.id: figure for figure in figures.read(project)}
    with_figures = [lesson for lesson in lessons if lesson.meta.get("figures")]
    assert with_figures
    for lesson in with_figures:
        files = kit_of(site, lesson)
        rows = list(csv.DictReader(io.StringIO(files["figures.csv"].decode())))
        assert [row["id"] for row in rows] == lesson.meta["figures"]
        for row in rows:
            figure = known[row["id"]]
            assert row["number"] == ("" if figure.number is None else str(figure.number))
            assert figure.confidence == "high"
