"""What campaigners, companies, learners and people at risk do with their pages: print, speak, tick, answer,
read, leave. Each works without a script, and nothing is kept."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import turbohtml
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from hub import campaign, figures
from hub.downloads import place
from hub.page import Page as Source
from hub.page import read_pages
from hub.problem import HubError
from hub.project import Project
from hub.templates import View
from hub.texts import Translations

# Everything a page could keep of a visit.
KEPT = "() => document.cookie.length + localStorage.length + sessionStorage.length"


@pytest.fixture(scope="module")
def sources(project: Project) -> list[Source]:
    return read_pages(project)[0]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def of_type(sources: list[Source], kind: str) -> list[Source]:
    return [page for page in sources if page.type == kind]


def built(site: Path, source: Source, lang: str = "") -> Path:
    return site / lang / f"{source.path[:-3]}.html"


def parsed(file: Path) -> turbohtml.Document:
    return turbohtml.parse(file.read_bytes(), encoding="utf-8")


# Figures


def test_a_chart_draws_the_numbers_of_the_table(
    site: Path, sources: list[Source], project: Project
) -> None:
    """Every bar, in every language: its value is the figure's, its length in proportion."""
    known = {figure.id: figure for figure in figures.read(project)}
    bars = 0
    for source in of_type(sources, "data"):
        for language in project.languages:
            document = parsed(built(site, source, "" if language.is_source else language.code))
            wanted = [
                bar["figure"]
                for chart in source.meta.get("charts") or ()
                for group in chart["groups"]
                for bar in group["bars"]
            ]
            drawn = document.select(".hub-chart rect")

            assert [bar.attrs["data-hub-figure"] for bar in drawn] == wanted
            for bar in drawn:
                figure = known[bar.attrs["data-hub-figure"]]
                assert int(bar.attrs["data-hub-value"]) == figure.number
                assert float(bar.attrs["width"]) == pytest.approx(4.6 * figure.number, abs=0.06)
                bars += 1
    assert bars >= 15 * len(project.languages)


def test_files_of_figures_hold_the_rows_of_the_table(site: Path, project: Project) -> None:
    for name in figures.SETS:
        wanted = figures.of_set(figures.read(project), name)
        rows = list(csv.DictReader(io.StringIO((site / f"data/{name}.csv").read_text("utf-8"))))
        data = json.loads((site / f"data/{name}.json").read_text("utf-8"))

        assert [row["id"] for row in rows] == [figure.id for figure in wanted]
        assert [item["number"] for item in data["figures"]] == [figure.number for figure in wanted]
        assert {row["confidence"] for row in rows} == {"high"}


def test_every_page_of_figures_says_what_they_are_not(site: Path, sources: list[Source]) -> None:
    for source in of_type(sources, "data"):
        article = parsed(built(site, source)).select("article[data-hub]")[0]
        assert article.select(".hub-caveat"), source.path
        rows = article.select(".hub-figures tbody tr")
        assert rows and all(len(row.select("td, th")) == 5 for row in rows)


# Campaign


def test_captions_last_as_long_as_their_slot(
    site: Path, sources: list[Source], project: Project
) -> None:
    scripts = [s for kit in of_type(sources, "campaign-kit") for s in kit.meta.get("spoken") or ()]
    assert scripts
    for language in project.languages:
        for script in scripts:
            file = site / "downloads" / language.code / f"{script['id'].lower()}.vtt"
            times = cues(file.read_text("utf-8"))

            assert len(times) == len(script["lines"])
            assert times[0][0] == 0
            assert all(
                before[1] == after[0] for before, after in zip(times, times[1:], strict=False)
            )
            assert times[-1][1] == pytest.approx(script["seconds"], abs=0.002)


def cues(text: str) -> list[tuple[float, float]]:
    """Start and end of each cue in seconds; a file that is no WebVTT fails."""
    head, *blocks = text.rstrip("\n").split("\n\n")
    assert head == "WEBVTT"
    found = []
    for number, block in enumerate(blocks, 1):
        name, times, line = block.split("\n")
        assert name == str(number) and line.strip()
        start, end = (clock(part) for part in times.split(" --> "))
        found.append((start, end))
    return found


def clock(text: str) -> float:
    hours, minutes, seconds = text.split(":")
    assert re.fullmatch(r"\d\d\.\d{3}", seconds)
    return 3600 * int(hours) + 60 * int(minutes) + float(seconds)


def test_english_scripts_fit_their_seconds_when_read_calmly(sources: list[Source]) -> None:
    for kit in of_type(sources, "campaign-kit"):
        for script in kit.meta.get("spoken") or ():
            needed = campaign.spoken_seconds(script["lines"], "en")
            assert needed == pytest.approx(script["seconds"], rel=0.15), script["id"]


def test_calendar_file_repeats_each_day_every_year(
    site: Path, sources: list[Source], project: Project
) -> None:
    (source,) = of_type(sources, "calendar")
    for language in project.languages:
        data = (site / "downloads" / language.code / "days.ics").read_bytes()
        assert all(len(line) <= 75 for line in data.split(b"\r\n"))
        events = Calendar.from_ical(data).walk("VEVENT")

        assert len(events) == len(source.meta["days"])
        for event, day in zip(events, source.meta["days"], strict=True):
            start: date = event["DTSTART"].dt
            assert start.strftime("%m-%d") == day["from"]
            assert event["RRULE"]["FREQ"] == ["YEARLY"]
            assert (event["DTEND"].dt - start).days >= 1


@pytest.mark.browser
def test_sheets_print_one_a_page_on_any_paper(
    browser: Browser, site: Path, sources: list[Source]
) -> None:
    """Also in Arabic, whose letters are taller; pocket cards are eight to a sheet."""
    kits = {kit.meta["id"]: kit for kit in of_type(sources, "campaign-kit")}
    page = browser.new_page()
    for source in of_type(sources, "prints"):
        prints = kits[source.meta["kit"]].meta["prints"]
        for lang in ("", "ar"):
            page.goto(built(site, source, lang).as_uri())
            for paper in ("A4", "A3", "Letter"):
                pdf = page.pdf(format=paper, print_background=True)
                assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == len(prints), (
                    source.path,
                    paper,
                )
            spilt = page.evaluate(
                "() => [...document.querySelectorAll('.hub-sheet__paper')]"
                ".filter(e => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)"
                ".map(e => e.textContent)"
            )
            assert spilt == []
            cards = [p for p in prints if p["form"] == "card"]
            assert page.locator(".hub-sheet--card .hub-sheet__paper").count() == 8 * len(cards)
    page.close()


def test_texts_to_post_are_short_in_every_language(
    site: Path, sources: list[Source], project: Project
) -> None:
    kits = [kit for kit in of_type(sources, "campaign-kit") if kit.meta.get("texts")]
    for kit in kits:
        for language in project.languages:
            document = parsed(built(site, kit, "" if language.is_source else language.code))
            texts = [e.text for e in document.select("[id^=short-text-]")]
            assert len(texts) == len(kit.meta["texts"])
            assert all(0 < len(text) <= 280 for text in texts)


# Course


@pytest.mark.browser
def test_a_unit_is_answered_with_the_keyboard_alone(
    page: Page, site: Path, sources: list[Source]
) -> None:
    """Every right answer is given with Tab and Enter; the score counts them, and nothing is kept."""
    for source in of_type(sources, "course-unit"):
        page.goto(built(site, source).as_uri())
        for question in source.meta["questions"]:
            answer(page, question)
        count = len(source.meta["questions"])

        expect(page.locator(".hub-quiz__score")).to_contain_text(f"{count}/{count}")
        assert page.evaluate(KEPT) == 0


def answer(page: Page, question: dict[str, object]) -> None:
    options = question["options"]
    assert isinstance(options, list)
    box = page.locator(f"#{str(question['id']).lower()}")
    if question["kind"] == "order":
        for place in range(len(options)):
            item = box.locator(f'[data-hub-place="{place}"]')
            while box.locator(".hub-quiz__option").nth(place).get_attribute(
                "data-hub-place"
            ) != str(place):
                item.locator("button").first.focus()
                page.keyboard.press("Enter")
    else:
        for place, option in enumerate(options):
            if option.get("right"):
                box.locator(f'[data-hub-place="{place}"] button').focus()
                page.keyboard.press("Enter")
    if question["kind"] != "single":
        box.get_by_role("button", name="Check my answer").focus()
        page.keyboard.press("Enter")
    expect(box.locator(".hub-quiz__said").first).to_contain_text("Right.")


@pytest.mark.browser
def test_every_option_says_why(page: Page, site: Path, sources: list[Source]) -> None:
    for source in of_type(sources, "course-unit"):
        page.goto(built(site, source).as_uri())
        for question in source.meta["questions"]:
            if question["kind"] != "single":
                continue
            box = page.locator(f"#{question['id'].lower()}")
            for at, option in enumerate(question["options"]):
                box.locator(f'[data-hub-place="{at}"] button').click()
                expect(box.locator(".hub-quiz__replies")).to_contain_text(option["feedback"])


@pytest.mark.browser
def test_without_script_the_questions_have_a_key(
    plain: Page, site: Path, sources: list[Source]
) -> None:
    for source in of_type(sources, "course-unit"):
        plain.goto(built(site, source).as_uri())
        for question in source.meta["questions"]:
            box = plain.locator(f"#{question['id'].lower()}")
            key = box.locator("details.hub-quiz__key")
            key.locator("summary").click()
            for option in question["options"]:
                expect(key).to_contain_text(option["feedback"])


# Lists to tick


@pytest.mark.browser
def test_what_is_not_ticked_is_a_gap_of_the_outline(
    page: Page, site: Path, sources: list[Source]
) -> None:
    for source in of_type(sources, "tick-list"):
        page.goto(built(site, source).as_uri())
        items = [item for group in source.meta["groups"] for item in group["items"]]
        for item in items[::2]:
            page.locator(f"#{item['id'].lower()} input").focus()
            page.keyboard.press("Space")
        there, gaps = (page.locator(".hub-ticks__outline ul").nth(n) for n in (0, 1))

        assert there.locator("li").all_text_contents() == [item["text"] for item in items[::2]]
        assert gaps.locator("li").all_text_contents() == [item["text"] for item in items[1::2]]
        assert page.evaluate(KEPT) == 0
        page.reload()
        assert page.locator(".hub-ticks input:checked").count() == 0


@pytest.mark.browser
def test_the_outline_is_copied_from_a_page_opened_from_a_folder(
    page: Page, site: Path, sources: list[Source]
) -> None:
    (source,) = [s for s in of_type(sources, "tick-list") if s.path == "business/self-check.md"]
    page.goto(built(site, source).as_uri())
    page.evaluate("Object.defineProperty(window, 'isSecureContext', {value: false})")
    page.evaluate("document.execCommand = () => { window.copied = document.activeElement.value; return true; }")  # fmt: skip
    button = page.get_by_role("button", name="Copy as text")
    button.click()

    copied = page.evaluate("window.copied").split("\n")
    items = [item for group in source.meta["groups"] for item in group["items"]]
    assert copied[0] == f"# {source.meta['title']}"
    assert copied[copied.index("## Gaps") + 2 :] == [f"- {item['text']}" for item in items] + [""]
    expect(page.get_by_role("button", name="Copied")).to_be_focused()
    expect(button).to_be_visible()


@pytest.mark.browser
def test_without_script_every_item_has_a_box_for_a_pen(
    plain: Page, site: Path, sources: list[Source]
) -> None:
    for source in of_type(sources, "tick-list"):
        plain.goto(built(site, source).as_uri())
        items = sum(len(group["items"]) for group in source.meta["groups"])
        assert plain.locator(".hub-ticks__box").count() == items


def test_documents_come_as_files_to_edit(
    site: Path, sources: list[Source], project: Project
) -> None:
    """In every language; their links are in the page that offers them, the text is whole."""
    for source in of_type(sources, "document"):
        name = source.path[:-3].rsplit("/", 1)[-1]
        for language in project.languages:
            file = built(site, source, "" if language.is_source else language.code)
            links = [a.attrs["href"] for a in parsed(file).select(".hub-download a[download]")]
            assert [link.rsplit("/", 1)[-1] for link in links] == [f"{name}.md", f"{name}.html"]
            for link in links:
                assert (file.parent / link).resolve().stat().st_size > 500
        text = (site / "downloads" / "en" / f"{name}.md").read_text("utf-8")
        assert text.startswith(f"# {source.meta['title']}\n")
        assert "{#" not in text and "<!--" not in text


def test_a_page_without_a_place_for_its_file_stops_the_build(
    tmp_path: Path, project: Project
) -> None:
    view = View(project, project.source, Translations(project, "en"), [])
    built = tmp_path / "lesson.html"
    built.write_text("<p>A page of another time.</p>", encoding="utf-8")

    with pytest.raises(HubError, match="lesson.html has 0 places for 'kit'"):
        place.fill(view, built, "components/download-box/download-box.html")


# Short messages


def test_messages_are_light_and_stand_in_ten_languages(site: Path, project: Project) -> None:
    languages = (*project.languages, *project.guests)
    assert len(languages) >= 10 and {lang.dir for lang in project.guests} == {"ltr", "rtl"}
    for language in languages:
        file = site / ("" if language.is_source else language.code) / "messages" / "index.html"
        document = parsed(file)
        html = document.select("html")[0].attrs

        assert file.stat().st_size < 100_000
        assert (html["lang"], html["dir"]) == (language.code, language.dir)
        others = [link.attrs["hreflang"] for link in document.select("link[hreflang]")]
        assert others == [*(lang.code for lang in languages), "x-default"]
        for link in document.select("nav.hub-bare__languages a"):
            assert (file.parent / link.attrs["href"]).resolve().is_file()


def test_a_guest_language_reads_its_own_catalog(site: Path, project: Project) -> None:
    """Nothing of the page is left in English, its frame included."""
    english = parsed(site / "messages" / "index.html")
    for language in project.guests:
        document = parsed(site / language.code / "messages" / "index.html")
        for selector in ("h1", ".hub-exit", "footer", "h2#cards", "#a01", "#c16"):
            own, source = (d.select(selector)[0].text.strip() for d in (document, english))
            assert own and own != source, (language.code, selector)
        assert not document.select("[lang=en]:not(a)")


def test_messages_are_short_and_promise_nothing(sources: list[Source]) -> None:
    (source,) = of_type(sources, "messages")
    texts = [
        message["text"]
        for part in source.meta["sets"]
        for group in part["groups"]
        for message in group["messages"]
    ]
    assert len(source.meta["sets"]) == 2 and len(texts) >= 40
    for text in texts:
        assert len(text.split()) <= 20, text
        assert not re.search(
            r"\b(promise|guarantee|never|always|will be safe|free of)\b", text, re.I
        )


@pytest.mark.browser
def test_a_recording_is_offered_only_where_there_is_one(site: Path, project: Project) -> None:
    recorded = {file.stem for file in (project.docs / "messages" / "audio").glob("*/*")}
    for language in project.languages:
        file = site / ("" if language.is_source else language.code) / "messages" / "index.html"
        assert len(parsed(file).select("audio")) == len(recorded)


# Leaving


@pytest.mark.browser
def test_a_form_of_exploitation_can_be_left_at_once(
    page: Page, site: Path, sources: list[Source]
) -> None:
    """On a small screen, scrolled down: the way out is in sight, nothing covers it, Tab reaches it second."""
    for source in of_type(sources, "topic"):
        page.set_viewport_size({"width": 320, "height": 560})
        page.goto(built(site, source).as_uri())
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.id") == "hub-exit"
        page.evaluate("() => window.scrollTo(0, document.body.scrollHeight / 2)")
        seen = page.evaluate(
            """() => {
              const box = document.getElementById("hub-exit").getBoundingClientRect();
              const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              return [top.id, box.bottom <= innerHeight + 1, box.width >= 300];
            }"""
        )
        assert seen == ["hub-exit", True, True]
        link = page.locator("#hub-exit")
        assert "noreferrer" in str(link.get_attribute("rel"))
