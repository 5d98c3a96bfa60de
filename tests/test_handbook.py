"""The handbook's pages of lists, its files and its tools, as a clerk uses them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import turbohtml
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from hub import page
from hub.handbook.links import link_codes
from hub.project import Project

CHAPTER = "legislate/handbook/defining-the-crime.html"
QUESTIONS = "legislate/questions.html"
CHECKLIST = "legislate/law-checklist.html"
FINDER = "learn/law/article-finder.html"


@pytest.fixture(scope="module")
def chapters(project: Project) -> list[page.Page]:
    found = [item for item in page.read_pages(project)[0] if item.type == "chapter"]
    assert len(found) >= 5
    return sorted(found, key=lambda item: str(item.meta["id"]))


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def read(site: Path, path: str) -> turbohtml.Document:
    return turbohtml.parse((site / path).read_bytes(), encoding="utf-8")


def items(chapters: list[page.Page], name: str) -> list[dict[str, Any]]:
    return [item for chapter in chapters for item in chapter.meta[name]]


def number(item: dict[str, Any]) -> str:
    """The Protocol's article it stands on, '' where it stands on none or on another treaty."""
    named = item["article"] if item.get("instrument", "protocol") == "protocol" else None
    return re.match(r"\d+", str(named))[0] if named else ""  # type: ignore[index]


def targets(element: turbohtml.Element) -> set[str]:
    return {str(a.attrs["href"]).rpartition("#")[2] for a in element.select("dd a[href*='#h']")}


def test_each_article_leads_to_all_that_uses_it(site: Path, chapters: list[page.Page]) -> None:
    sections = read(site, FINDER).select(".hub-article")
    assert [s.attrs["data-article"] for s in sections] == [str(n) for n in range(1, 21)]
    for section in sections:
        article = str(section.attrs["data-article"])
        used = items(chapters, "questions") + items(chapters, "checklist")
        assert targets(section) == {i["id"].lower() for i in used if number(i) == article}
        linked = {Path(str(a.attrs["href"])).stem for a in section.select("dd a:not([href*='#'])")}
        wanted = {Path(c.path).stem for c in chapters if int(article) in c.meta["articles"]}
        assert linked == wanted, article


def test_each_chapter_and_question_leads_back_to_its_article(
    site: Path, chapters: list[page.Page]
) -> None:
    for chapter in chapters:
        document = read(site, f"{chapter.path[:-3]}.html")
        facts = [str(a.attrs["href"]) for a in document.select(".hub-facts a")]
        expected = [f"../../{FINDER}#article-{n}" for n in chapter.meta["articles"]]
        assert facts == expected, chapter.path
        for item in [*chapter.meta["questions"], *chapter.meta["checklist"]]:
            (place,) = document.select(f"#{item['id'].lower()}")
            links = [str(a.attrs["href"]) for a in place.select("a[href*='#article-']")]
            assert [link.rpartition("-")[2] for link in links] == [number(item)] * bool(
                number(item)
            )


def test_every_code_that_a_text_names_is_a_link(site: Path, chapters: list[page.Page]) -> None:
    document = read(site, CHAPTER)
    (today,) = document.select("#today + ul")
    assert {str(a.attrs["href"]).rpartition("#")[2] for a in today.select("a")} >= {
        "h03-q1",
        "h03-q4",
    }
    assert all(document.select(str(a.attrs["href"])) for a in document.select("a.hub-source"))


def table(site: Path, name: str, lang: str = "en") -> list[dict[str, str]]:
    text = (site / "downloads" / lang / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_table_of_questions_is_the_front_matter(site: Path, chapters: list[page.Page]) -> None:
    asked = items(chapters, "questions")
    rows = table(site, "questions.csv")
    assert [row["code"] for row in rows] == [item["id"] for item in asked]
    for row, item in zip(rows, asked, strict=True):
        assert row["question"] == item["text"] and row["role"] == item["role"]
        assert row["article"] == (item["article"] or "")
        assert row["full_answer"] == "; ".join(item["answer"])
        path, _, anchor = row["address"].partition("#")
        assert read(site, path.split("/", 3)[3]).select(f"#{anchor}")
    assert [row["code"] for row in table(site, "questions.csv", "ar")] == [i["id"] for i in asked]


def test_the_empty_checklist_has_every_row_and_no_answer(
    site: Path, chapters: list[page.Page]
) -> None:
    rows = table(site, "law-checklist.csv")
    assert [(r["code"], r["our_law"]) for r in rows] == [
        (item["id"], item["text"]) for item in items(chapters, "checklist")
    ]
    assert {row["answer"] + row["where_and_wording"] for row in rows} == {""}


def test_the_whole_handbook_is_one_file(site: Path, chapters: list[page.Page]) -> None:
    for lang in ("en", "ar"):
        document = read(site, f"downloads/{lang}/handbook.html")
        stems = [Path(chapter.path).stem for chapter in chapters]
        assert [article.attrs["id"] for article in document.select("article")] == stems
        ids = [element.attrs["id"] for element in document.select("[id]")]
        assert len(ids) == len(set(ids))
        assert not document.select("script[src], link[rel=stylesheet], img:not([src^=data])")
        contents = [str(a.attrs["href"]) for a in document.select("main > ol a")]
        assert contents == [f"#{stem}" for stem in stems]
    (link,) = read(site, "legislate/index.html").select(".hub-files a")
    assert link.attrs["href"] == "../downloads/en/handbook.html"


def test_the_briefing_note_is_text_to_edit(site: Path) -> None:
    text = (site / "downloads/en/briefing-note.md").read_text(encoding="utf-8")
    assert text.startswith("# Briefing note template\n")
    assert "## The question to put" in text
    assert not re.search(r"^---|\{#|<!--", text, re.M)
    assert read(site, "downloads/en/briefing-note.html").select("table")


def test_a_chapter_on_paper_says_what_it_is(site: Path) -> None:
    for path, draft in ((CHAPTER, False), (f"ar/{CHAPTER}", True)):
        (box,) = read(site, path).select(".hub-imprint")
        assert CHAPTER in box.text
        assert bool(box.select(".hub-notice")) == draft


def storage(tab: Page) -> object:
    return tab.evaluate(
        "() => [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]"
    )


def test_a_checklist_is_filled_in_saved_as_a_table_and_forgotten(tab: Page, address: str) -> None:
    tab.goto(address + CHAPTER)
    tab.get_by_label("Country").fill("A State")
    row = tab.locator("#h03-c3")
    row.get_by_role("button", name="Law says otherwise").click()
    row.locator("textarea").fill('s. 4: "=moves", or carries')
    tab.locator("#h03-c1").get_by_role("button", name="Yes").click()

    assert tab.locator(".hub-checklist__unmet").inner_text() == "H03-C3"
    with tab.expect_download() as saving:
        tab.get_by_role("button", name="Download what I filled in").click()
    saved = Path(saving.value.path()).read_text(encoding="utf-8-sig")
    rows = {line[0]: line for line in csv.reader(io.StringIO(saved, newline="")) if line}
    assert rows["Country"][1] == "A State"
    assert rows["H03-C3"][3:] == ["Law says otherwise", 's. 4: "=moves", or carries']
    assert rows["H03-C1"][3:] == ["Yes", ""] and rows["H03-C2"][3:] == ["", ""]

    assert storage(tab) == [[], [], ""]
    assert not tab.locator("main form, main [name], main [action]").count()
    tab.reload()
    assert not tab.locator('main [aria-pressed="true"]').count()
    assert tab.get_by_label("Country").input_value() == ""


def test_an_answer_can_be_changed_and_taken_back(tab: Page, address: str) -> None:
    tab.goto(address + CHECKLIST)
    row = tab.locator("#h03-c9")
    yes, silent = row.get_by_role("button", name="Yes"), row.get_by_role("button", name="Silent")
    silent.focus()
    tab.keyboard.press("Enter")
    yes.click()
    assert silent.get_attribute("aria-pressed") == "false"
    yes.click()
    assert yes.get_attribute("aria-pressed") == "false"
    assert tab.locator(".hub-checklist__unmet").inner_text() == "–"


def test_the_filter_shows_what_a_search_by_hand_would(
    tab: Page, address: str, chapters: list[page.Page]
) -> None:
    tab.goto(address + QUESTIONS)
    asked = items(chapters, "questions")
    for filters in ({"to": "auditor"}, {"article": "5", "mode": "oral"}, {"pillar": "protection"}):
        tab.get_by_role("button", name="Show all").click()
        for name, value in filters.items():
            tab.locator(f'[data-filter="{name}"]').select_option(value)
        fits = [
            item["id"]
            for item in asked
            if all((number(item) if n == "article" else item[n]) == v for n, v in filters.items())
        ]
        shown = tab.locator(".hub-question:visible").evaluate_all(
            "all => all.map(q => q.dataset.code)"
        )
        assert shown == fits
        assert tab.locator(".hub-question-filter output").inner_text() == str(len(fits))
    assert "?" not in tab.url and storage(tab) == [[], [], ""]


def test_a_question_is_copied_with_its_code_and_address(tab: Page, address: str) -> None:
    tab.goto(address + QUESTIONS)
    tab.get_by_role("button", name="Copy H03-Q1", exact=True).click()
    tab.get_by_text("Copied").wait_for()
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Does any provision of our law make trafficking depend")
    assert "H03-Q1" in copied and copied.endswith(f"{CHAPTER}#h03-q1)")


def test_without_a_script_the_lists_are_whole_and_nothing_is_dead(
    plain: Page, address: str, chapters: list[page.Page]
) -> None:
    plain.goto(address + QUESTIONS)
    assert plain.locator(".hub-question:visible").count() == len(items(chapters, "questions"))
    assert not plain.locator("main select:visible, main button:visible").count()
    plain.goto(address + CHECKLIST)
    rows = items(chapters, "checklist")
    assert plain.locator(".hub-check:visible").count() == len(rows)
    assert plain.locator(".hub-check__box:visible").count() == 4 * len(rows)
    assert not plain.locator("main button:visible").count()


CODES = {"H01": "a.html", "H01-Q1": "a.html#h01-q1"}


@given(st.text(alphabet=st.characters(exclude_characters="<>&[]H"), max_size=40))
def test_text_without_codes_stays_as_it_is(text: str) -> None:
    assert link_codes(f"<p>{text}</p>", CODES, str) == f"<p>{text}</p>"


@pytest.mark.parametrize(
    ("content", "linked"),
    [
        ("See H01-Q1.", 'See <a href="a.html#h01-q1"><bdi>H01-Q1</bdi></a>.'),
        ("See H01-Q1a, H01-Q12 and H09.", "See H01-Q1a, H01-Q12 and H09."),
        ('<a href="x#H01">H01</a> <h2>H01</h2>', '<a href="x#H01">H01</a> <h2>H01</h2>'),
        ("said [S1].", 'said <a class="hub-source" href="#s1">[S1]</a>.'),
        ("<code>H01</code> H01", '<code>H01</code> <a href="a.html"><bdi>H01</bdi></a>'),
    ],
)
def test_codes_become_links_where_links_may_stand(content: str, linked: str) -> None:
    assert link_codes(content, CODES, str) == linked
