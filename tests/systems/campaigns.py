"""S11 to S20: youth, culture and media."""

from __future__ import annotations

import csv
import hashlib
import re
import zipfile
from urllib.parse import urljoin

from icalendar import Calendar

from hub import campaign
from hub.page import vocabulary
from hub.steps import steps_of

from .framework import described, leads, recorded
from .site import Site, inside, one, plain, proves, said, values

PARTS = ("pupil-sheet", "exit-ticket", "answer-key", "home-letter")
_OUTSIDE = re.compile(
    rb"""<(?:script|img|iframe|audio|video|source)\b[^>]*?\bsrc=["']?(?!data:)|<link\b|@import"""
)


def kit(site: Site, page: str, lang: str = "en") -> dict[str, bytes]:
    """The files of a lesson's ZIP by name, each proved by the checksums that come with them."""
    slug = page.rpartition("/")[2].removesuffix(".html")
    with zipfile.ZipFile(site.root / "downloads" / lang / f"{slug}.zip") as archive:
        root = f"{slug}-{lang}/"
        files = {name.removeprefix(root): archive.read(name) for name in archive.namelist()}
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert sums.keys() == files.keys() - {"SHA256SUMS"}
    assert all(hashlib.sha256(files[name]).hexdigest() == sums[name] for name in sums)
    return files


@proves("S11")
def s11_ten_lessons_whole_in_every_language_and_found_by_a_filter(site: Site, page: str) -> None:
    lessons = site.of_type("lesson")
    assert [meta["id"] for meta in lessons.values()] == [f"L{n:02}" for n in range(1, 11)]
    assert {meta["age_band"] for meta in lessons.values()} == {"A", "B", "C"}
    for lang in site.languages:
        cards = site.article(page, lang).select(".hub-lesson")
        assert len(cards) == len(lessons)
        for card in cards:
            (code,) = values(card, "[data-hub-id]", "data-hub-id")
            (path,) = (path for path, meta in lessons.items() if meta["id"] == code)
            meta = lessons[path]
            period = meta["duration_min"] // meta.get("sessions", 1)
            assert card.attrs["data-age"] == meta["age_band"]
            assert card.attrs["data-minutes"] == str(period)
            assert str(card.attrs["data-subjects"]).split() == meta["subjects"]
            assert "en" in str(card.attrs["data-languages"]).split()
            assert urljoin(site.path(page, lang), values(card, "a", "href")[0]) == site.path(
                path, lang
            )
        for path in lessons:
            _kit_is_whole(site, path, lang)


def _kit_is_whole(site: Site, path: str, lang: str) -> None:
    slug = path.removesuffix(".html")
    for part in PARTS:
        assert len(plain(site.article(f"{slug}-{part}.html", lang))) > 80
    archive = (site.root / "downloads" / lang / f"{slug.rpartition('/')[2]}.zip").read_bytes()
    shown = plain(one(site.document(path, lang), ".hub-download code"))
    assert hashlib.sha256(archive).hexdigest() == shown
    for name, content in kit(site, path, lang).items():
        assert not (name.endswith(".html") and _OUTSIDE.search(content)), f"{slug}: {name}"


@proves("S12")
def s12_a_week_of_five_days_and_an_exchange_ask_pupils_for_nothing(site: Site, page: str) -> None:
    article = site.article(page)
    days = article.select("h3[id^=day-]")
    assert [day.attrs["id"] for day in days] == [f"day-{n}" for n in range(1, 6)]
    assert all(len(plain(day).partition(":")[2].split()) >= 1 for day in days)
    exchange = "teach/class-exchange.html"
    for path in (page, exchange):
        assert len(plain(site.article(path)).split()) > 300
        assert not site.article(path).select("form, input, textarea, select, [contenteditable]")
    refused = " ".join(said(one(site.article(exchange), "table"), "td:last-child"))
    assert all(word in refused for word in ("Names", "faces", "Photographs", "accounts"))
    event = described(site, "library/events/start-freedom-week-2010.html")
    assert len(event["countries"]) == 8


@proves("S13")
def s13_drawings_are_described_free_small_and_show_nobody(site: Site, page: str) -> None:
    drawings = site.meta(page)["drawings"]
    for lang in site.languages:
        items = site.article(page, lang).select(".hub-drawings__item")
        assert len(items) == len(drawings) >= 10
        for item, drawing in zip(items, drawings, strict=True):
            picture = one(item, "img")
            assert len(str(picture.attrs["alt"]).strip()) >= 4
            described_by = one(item, f"#{picture.attrs['aria-describedby']}")
            assert len(plain(described_by)) > 25
            file = site.root / urljoin(site.path(page, lang), str(picture.attrs["src"]))
            assert file == site.root / drawing["file"]
            assert drawing["depicts_person"] is False
            assert file.stat().st_size < 4_000
            assert "SPDX-License-Identifier: CC-BY-SA-4.0" in file.read_text(encoding="utf-8")
            assert "CC BY-SA 4.0" in plain(item)
            # A link is all it takes: no script, no mouse.
            assert (
                urljoin(site.path(page, lang), values(item, "a[download]", "href")[0])
                == drawing["file"]
            )
    covers = {file.name for file in (site.root / "assets/covers").iterdir()}
    assert covers == {drawing["file"].rpartition("/")[2] for drawing in drawings}
    pictures = [f for e in ("png", "jpg", "jpeg", "webp", "gif") for f in site.root.rglob(f"*.{e}")]
    assert {file.name for file in pictures} <= {"favicon.png"}
    assert len(site.article(page).select("figure.hub-diagram svg title")) == 2


@proves("S14")
def s14_art_as_advocacy_is_taught_without_showing_art(site: Site, page: str) -> None:
    meta, article = site.meta(page), site.article(page)
    assert meta["id"] == "L08"
    assert meta["content_note"] in plain(one(article, ".hub-run"))
    assert meta["projector"] is False and len(article.select(".hub-run tbody tr")) >= 4
    steps = {a.partition("#")[2] for a in values(article, ".hub-run tbody a", "href")}
    assert steps and all(article.select(f"#{step} ~ dl dd") for step in steps)
    assert meta["safe_action"] in plain(article)
    event = "library/events/welcome-to-gulu-2009.html"
    described(site, event)
    for path in (page, event):
        assert not site.article(path).select("img, picture, object, image")
    leads(site, "campaign/drawings.html", event)


@proves("S15")
def s15_domestic_servitude_leads_to_law_signs_help_and_the_second_of_december(
    site: Site, page: str
) -> None:
    leads(
        site, page, "learn/law/definition.html", "learn/law/article-finder.html",
        "learn/course/unit-2-signs.html", "help/index.html", "campaign/two-days.html",
        "library/events/domestic-servitude-2009.html",
    )  # fmt: skip
    assert len(inside(site.article(page), "questions", "tbody tr")) >= 5
    described(site, "library/events/domestic-servitude-2009.html")
    for lang in site.languages:
        days = Calendar.from_ical((site.root / f"downloads/{lang}/days.ics").read_bytes())
        (day,) = (e for e in days.walk("VEVENT") if f"{e['DTSTART'].dt:%m-%d}" == "12-02")
        assert day["RRULE"]["FREQ"] == ["YEARLY"]


@proves("S16")
def s16_scripts_last_as_long_as_they_say_and_have_captions(site: Site, page: str) -> None:
    scripts = site.meta(page)["spoken"]
    assert {30, 60} <= {script["seconds"] for script in scripts}
    for script in scripts:
        seconds = campaign.spoken_seconds(script["lines"], "en")
        assert abs(seconds - script["seconds"]) <= 0.15 * script["seconds"]
        spoken = one(site.article(page), f"#{script['id'].lower()}")
        assert [text for text in said(spoken, "p:not([class])")] == script["lines"]
        for lang in site.languages:
            text = site.read(f"downloads/{lang}/{script['id'].lower()}.vtt")
            head, *cues = text.rstrip("\n").split("\n\n")
            assert head == "WEBVTT" and len(cues) == len(script["lines"])
            ends = [re.fullmatch(r"\d+\n[\d:.]+ --> ([\d:.]+)\n.+", cue) for cue in cues]
            assert all(ends)
            minutes, rest = ends[-1][1].split(":")[-2:]  # type: ignore[index]
            assert abs(60 * int(minutes) + float(rest) - script["seconds"]) < 0.01
    assert recorded(site, "library/records/public-service-announcements.html")["form"] == "film"


@proves("S17")
def s17_working_lives_has_a_record_and_a_guide_to_talk(site: Site, page: str) -> None:
    meta = recorded(site, page)
    assert meta["form"] == "film"
    guide = [plain(item) for item in inside(site.article(page), "use", "ol > li")]
    assert len(guide) >= 5 and all(question.endswith("?") for question in guide)
    known = {
        row["id"]
        for name in ("facts", "figures")
        for row in csv.DictReader((site.project.docs / f"data/{name}.csv").open(encoding="utf-8"))
    }
    assert set(meta["sources"]) <= known
    assert not re.search(r"\d{3,}|%|per cent", " ".join(guide))


@proves("S18")
def s18_texts_to_pass_on_are_short_and_bring_nobody_along(site: Site, page: str) -> None:
    wanted = site.meta(page)["texts"]
    for lang in site.languages:
        shared = said(site.article(page, lang), "[id^=short-text-]")
        assert len(shared) == len(wanted) >= 5
        assert all(10 < len(text) <= 280 and "utm_" not in text for text in shared)
        record = site.document("library/records/global-report-2009.html", lang)
        assert len(plain(one(record, "#hub-share-text"))) <= 280
        assert (site.root / f"feeds/{lang}.xml").stat().st_size > 2_000
    buttons = values(site.article(page), ".hub-short-texts__item button", "data-hub-copy")
    assert buttons == [f"short-text-{n}" for n in range(1, len(wanted) + 1)]
    assert site.that_fetch() == []


@proves("S19")
def s19_big_events_have_a_checklist_by_pillar_and_no_scare(site: Site, page: str) -> None:
    rows = [said(row, "td") for row in inside(site.article(page), "checklist", "tbody tr")]
    assert len(rows) >= 10
    assert {row[1] for row in rows} <= set(vocabulary()["pillar"])
    assert all(row[2] == "" and len(row[0].split()) >= 4 for row in rows)
    text = plain(site.article(page))
    assert "no study that shows it" in text or "have not shown" in text
    assert not re.search(
        r"(events?|games|cup) (cause|bring|lead to|fuel)s? (more )?trafficking", text, re.I
    )
    assert len(inside(site.article(page), "briefing", "p")) >= 4
    assert len(inside(site.article(page), "press", "strong")) >= 5
    prints = values(site.article(page), ".hub-prints__item", "id")
    assert prints == [item["id"].lower() for item in site.meta(page)["prints"]]
    described(site, "library/events/world-cup-campaign-2010.html")


@proves("S20")
def s20_the_staff_card_prints_eight_times_in_the_words_of_the_kit(site: Site, page: str) -> None:
    cards = [item for item in site.meta(page)["prints"] if item["form"] == "card"]
    assert cards
    sheets = site.document("campaign/print-travel-and-hospitality.html")
    copies = sheets.select(".hub-sheet--card .hub-sheet__paper")
    assert len(copies) == 8 * len(cards)
    for card in cards:
        shown = one(site.article(page), f"#{card['id'].lower()}")
        words = [card["title"], *card["lines"], card["foot"]]
        assert said(shown, "p")[1:] == words
        same = [copy for copy in copies if card["id"] in plain(copy)]
        assert len(same) == 8 and all(said(copy, "p")[: len(words)] == words for copy in same)
    assert len(inside(site.article(page), "training", "tbody tr")) >= 3
    described(site, "library/practices/railway-jobs-austria.html")


def minutes_of(site: Site, page: str) -> list[int]:
    """The minutes of a lesson's steps, as its page says them beside the clock."""
    rows = site.article(page).select(".hub-run tbody tr")
    clocks = [re.findall(r"\d+", plain(row.select("td")[2])) for row in rows]
    found = [int(end) - int(start) for start, end in clocks]
    assert found == [step.minutes for step in steps_of(site.sources[page].source)]
    return found
