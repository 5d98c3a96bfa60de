"""S21 to S30: data, parliaments, leaders and business."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime
from urllib.parse import urljoin

import turbohtml

from hub import figures
from hub.library import calls

from .framework import described, leads, recorded
from .site import Site, inside, one, plain, proves, said, values


def check_figures(site: Site, page: str) -> list[figures.Figure]:
    """Table, chart, CSV and JSON of a set say the same; every row has its source, edition and year."""
    name = site.meta(page)["set"]
    known = {figure.id: figure for figure in figures.read(site.project)}
    wanted = [figure for figure in known.values() if figure.set == name]
    rows = site.article(page).select(".hub-figures tbody tr")
    table = list(csv.DictReader(io.StringIO(site.read(f"data/{name}.csv"))))
    data = json.loads(site.read(f"data/{name}.json"))["figures"]
    assert [row.attrs["id"] for row in rows] == [figure.id.lower() for figure in wanted]
    for row, line, item, figure in zip(rows, table, data, wanted, strict=True):
        value = str(figure.number) if figure.number is not None else figure.value
        assert row.attrs["data-hub-value"] == value
        assert line["number"] == ("" if figure.number is None else value)
        assert item["number"] == figure.number and item["id"] == line["id"] == figure.id
        assert line["confidence"] == "high" and line["source"] and line["edition"]
        cells = said(row, "td, th")
        assert figure.data_year in cells[3] and figure.source == cells[4]
    for lang in site.languages:
        article = site.article(page, lang)
        assert len(plain(one(article, ".hub-caveat"))) > 20
        for chart in article.select("svg.hub-chart__drawing"):
            assert plain(one(chart, "title")) and len(plain(one(chart, "desc"))) > 20
            for bar in chart.select("rect"):
                figure = known[str(bar.attrs["data-hub-figure"])]
                assert str(figure.number) == bar.attrs["data-hub-value"]
                assert abs(float(str(bar.attrs["width"])) - 4.6 * (figure.number or 0)) < 0.1
        assert article.select("svg.hub-chart__drawing rect")
        assert not article.select("canvas, .hub-chart script")
    return wanted


@proves("S21")
def s21_the_global_report_is_a_table_first_with_its_limits(site: Site, page: str) -> None:
    wanted = check_figures(site, page)
    assert {"C02", "C03", "B01"} <= {figure.id for figure in wanted}
    text = plain(site.article(page))
    assert "reported more often" in text or "too high" in text
    assert values(site.article(page), "a[download]", "href") == [
        "global-report-2009.csv", "global-report-2009.json",
    ]  # fmt: skip


@proves("S22")
def s22_the_survey_of_companies_and_a_check_of_your_own(site: Site, page: str) -> None:
    wanted = check_figures(site, page)
    assert [(f.id, f.number, f.bound) for f in wanted] == [
        ("B17", 20, "under"), ("B18", 31, ""), ("B19", 60, "under"),
        ("B20", 18, ""), ("B21", 72, ""), ("B22", 36, ""),
    ]  # fmt: skip
    assert all("paragraph 39" in figure.source for figure in wanted)
    check_ticks(site, "business/self-check.html")


def check_ticks(site: Site, page: str) -> None:
    """A list to tick: whole as text, a box for a pen beside each item, nothing that could be kept or sent."""
    meta = site.meta(page)
    items = [item for group in meta["groups"] for item in group["items"]]
    for lang in site.languages:
        shown = site.article(page, lang).select(".hub-ticks__item")
        assert [item.attrs["id"] for item in shown] == [item["id"].lower() for item in items]
        assert all(item.select(".hub-ticks__box") for item in shown)
        assert not site.article(page, lang).select("form, [name], input")
    article = site.article(page)
    assert said(article, ".hub-ticks__text") == [item["text"] for item in items]
    assert all(
        item["note"] in note
        for item, note in zip(items, said(article, ".hub-ticks__note"), strict=True)
    )
    scripts = values(article, "script[src]", "src")
    assert scripts == ["../assets/copy.js", "../assets/tick-list.js"]
    assert all(keeps_nothing(site, script.removeprefix("../")) for script in scripts)


def keeps_nothing(site: Site, script: str) -> bool:
    """A script that has no word for storage, cookies or sending."""
    code = site.read(script)
    words = (
        r"localStorage|sessionStorage|indexedDB|document\.cookie|fetch\(|XMLHttpRequest|sendBeacon"
    )
    return len(code) > 200 and not re.search(words, code)


@proves("S23")
def s23_the_handbook_has_ten_whole_chapters(site: Site, page: str) -> None:
    chapters = site.of_type("chapter")
    assert [meta["id"] for meta in chapters.values()] == [f"H{n:02}" for n in range(1, 11)]
    leads(site, page, *chapters)
    whole = site.read("downloads/en/handbook.html")
    rows = list(csv.DictReader(io.StringIO(site.read("downloads/en/law-checklist.csv"))))
    exported = {value for row in rows for value in row.values()}
    for path, meta in chapters.items():
        article = site.article(path)
        summary = " ".join(plain(p) for p in inside(article, "one-minute", "p"))
        assert 60 <= len(summary.split()) <= 135  # the words of the heading's own labels included
        assert len(meta["questions"]) >= 8 and len(meta["checklist"]) >= 8
        assert len(article.select(".hub-references > li")) >= 2
        for item in meta["questions"] + meta["checklist"]:
            assert item["text"].split()[-1] in plain(one(article, f"#{item['id'].lower()}"))
            assert item["id"] in whole
        assert {item["id"] for item in meta["checklist"]} <= exported
    recorded(site, "library/records/handbook-for-parliamentarians-2009.html")
    described(site, "library/events/parliamentary-forum-2008.html")


@proves("S24")
def s24_the_women_leaders_council_has_its_record(site: Site, page: str) -> None:
    meta = described(site, page)
    assert meta["form"] == "council" and "33 members" in plain(site.article(page))
    assert meta["id"] in values(
        site.article("library/by-form.html"), 'ul[data-hub-value="council"] li', "data-hub-id"
    )


@proves("S25")
def s25_a_policy_to_change_in_every_language(site: Site, page: str) -> None:
    assert len(site.article(page).select("h2")) >= 7
    check_document(site, page)
    required = inside(site.article(page), "require", "ol > li")
    assert len(required) >= 6
    event = "library/events/manama-conference-2009.html"
    assert described(site, event)["countries"] == ["BH"]
    leads(site, event, page)


def check_document(site: Site, page: str) -> None:
    """A text to change: Markdown and one HTML file a language, with all that the page says."""
    slug = page.rpartition("/")[2].removesuffix(".html")
    for lang in site.languages:
        article = site.article(page, lang)
        text, html = (site.read(f"downloads/{lang}/{slug}.{end}") for end in ("md", "html"))
        headings = [plain(h).removesuffix("#").strip() for h in article.select("h2")]
        assert headings
        for heading in headings:
            assert heading in text and heading in plain_text(html), (lang, heading)
        links = values(site.document(page, lang), ".hub-download a[download]", "href")
        assert [urljoin(site.path(page, lang), link) for link in links] == [
            f"downloads/{lang}/{slug}.md", f"downloads/{lang}/{slug}.html",
        ]  # fmt: skip


def plain_text(html: str) -> str:
    return " ".join(turbohtml.parse(html).text.split())


@proves("S26")
def s26_trafficking_and_business_leads_to_a_start_for_firms(site: Site, page: str) -> None:
    assert recorded(site, page)["year"] == 2010
    leads(site, page, "business/index.html")
    assert len(inside(site.article("business/index.html"), "start", "ol > li")) >= 5


@proves("S27")
def s27_six_units_answer_every_option_and_keep_nothing(site: Site, page: str) -> None:
    units = site.of_type("course-unit")
    assert [meta["id"] for meta in units.values()] == [f"U{n}" for n in range(1, 7)]
    leads(site, page, *units, "learn/course/completion-sheet.html")
    for path in units:
        check_quiz(site, path)
    sheet = site.article("learn/course/completion-sheet.html")
    assert "Self-declared" in plain(sheet)
    assert len(inside(sheet, "units", "tbody tr")) == len(units)


def check_quiz(site: Site, page: str) -> None:
    """Without a script: every question with its key, every option with its reason; no form, no storage."""
    article, questions = site.article(page), site.meta(page)["questions"]
    assert len(questions) == 5
    assert [s.attrs["id"] for s in article.select(".hub-quiz__question")] == [
        question["id"].lower() for question in questions
    ]
    for question in questions:
        box = one(article, f"#{question['id'].lower()}")
        places = sorted(int(place) for place in values(box, ".hub-quiz__option", "data-hub-place"))
        assert places == list(range(len(question["options"])))
        replies = [option["feedback"] for option in question["options"]]
        assert said(box, "details.hub-quiz__key .hub-quiz__feedback") == replies
        assert all(len(reply.split()) >= 3 for reply in replies)
        right = [str(n) for n, option in enumerate(question["options"]) if option.get("right")]
        assert values(box, "[data-hub-correct]", "data-hub-place") == right
    assert not article.select("form, input, [name]")
    assert keeps_nothing(site, "assets/quiz.js")


@proves("S28")
def s28_the_session_in_sharm_el_sheikh_stands_on_the_timeline(site: Site, page: str) -> None:
    meta = described(site, page)
    assert meta["start"] == "2008-05-18" and meta["countries"] == ["EG"]
    assert "52" in plain(site.article(page))
    line = one(site.article("library/timeline.html"), 'li[data-hub-day="2008-05-18"]')
    assert urljoin("library/", values(line, "a", "href")[0]) == page


@proves("S29")
def s29_the_award_is_over_and_the_clock_decides_so(site: Site, page: str) -> None:
    meta = described(site, page)
    for lang in site.languages:
        assert one(site.article(page, lang), "[data-hub-state]").attrs["data-hub-state"] == "closed"
    for day, state in (
        ("2010-04-28", "upcoming"),
        ("2010-06-01", "open"),
        ("2011-02-01", "closed"),
    ):
        assert calls.state(meta, datetime.fromisoformat(f"{day}T12:00:00+00:00")) == state
    article = site.article(page)
    for part in ("eligibility", "criteria", "assessed"):
        shown = [plain(item) for item in inside(article, part, "li")]
        assert shown == meta[part], part
    assert inside(article, "lesson", "p")


@proves("S30")
def s30_a_think_tank_as_a_practice_with_its_limits(site: Site, page: str) -> None:
    meta = described(site, page)
    assert meta["type"] == "practice" and meta["countries"] == ["IN"] and meta["evidence_level"]
    check_practice(site, page)
    pledge = "business/tourism-pledge.html"
    leads(site, page, pledge)
    assert len(inside(site.article(pledge), "pledge", "ol > li")) == 8
    check_document(site, pledge)


def check_practice(site: Site, page: str) -> None:
    for part in ("context", "steps", "evidence", "limits"):
        text = " ".join(plain(block) for block in inside(site.article(page), part, "p, li"))
        assert len(text.split()) >= 12, f"{page} #{part}"
