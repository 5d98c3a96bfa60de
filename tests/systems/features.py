"""F01 to F30: what peers give their users, and what we add."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from itertools import product
from pathlib import Path
from urllib.parse import urljoin

import turbohtml

from hub import glossary
from hub.library import facets
from hub.page import vocabulary
from hub.search import document as indexed
from hub.search.reference import Reference

from .campaigns import PARTS, kit, minutes_of
from .framework import described, leads, recorded
from .knowledge import check_figures, check_quiz
from .site import Site, inside, one, plain, proves, said, section, values


def slug(page: str) -> str:
    return page.rpartition("/")[2].removesuffix(".html")


@proves("F01")
def f01_a_lesson_says_what_how_long_with_what_and_how_to_see_it(site: Site, page: str) -> None:
    assert page in site.of_type("lesson")
    for lesson, meta in site.of_type("lesson").items():
        article = site.article(lesson)
        facts = said(article, ".hub-facts dd")
        assert vocabulary()["age_band"][meta["age_band"]] in facts and meta["id"] in facts
        assert sum(minutes_of(site, lesson)) == meta["duration_min"]
        lists = [said(found, ":scope > li") for found in article.select("ul")]
        assert meta["outcomes"] in lists and meta["materials"] in lists
        steps = {a.partition("#")[2] for a in values(article, ".hub-run tbody a", "href")}
        assert len(steps) >= 5 and all(article.select(f"#{step}") for step in steps)
        tickets = site.article(lesson.replace(".html", "-exit-ticket.html"))
        assert len(tickets.select("h2[id^=question-], h2[id^=sentence-]")) >= 3


@proves("F02")
def f02_the_finder_offers_what_lessons_have(site: Site, page: str) -> None:
    lessons = list(site.of_type("lesson").values())
    article = site.article(page)
    periods = {str(meta["duration_min"] // meta.get("sessions", 1)) for meta in lessons}
    wanted = {
        "age": {meta["age_band"] for meta in lessons},
        "minutes": periods,
        "subjects": {subject for meta in lessons for subject in meta["subjects"]},
    }
    for name, choices in wanted.items():
        offered = set(values(article, f'[data-filter="{name}"] option', "value")) - {""}
        assert offered == choices, name
    assert article.select('[data-filter="languages"]') and article.select(
        '[data-filter="projector"]'
    )
    assert "hidden" in one(article, ".hub-finder__controls").attrs, "without a script: a plain list"
    groups = article.select(".hub-lessons")
    bands = [set(values(group, ".hub-lesson", "data-age")) for group in groups]
    assert [len(band) for band in bands] == [1, 1, 1] and set.union(*bands) == {"A", "B", "C"}
    for facet in facets.FACETS if hasattr(facets, "FACETS") else ("pillar", "audience", "form"):
        lists = site.article(f"library/by-{facet}.html").select(
            "ul[data-hub-value] li[data-hub-id]"
        )
        assert lists, facet


@proves("F03")
def f03_a_kit_is_whole_and_needs_no_network(site: Site, page: str) -> None:
    for lang in site.languages:
        files = kit(site, page, lang)
        pages = {
            n: turbohtml.parse(c, encoding="utf-8") for n, c in files.items() if n.endswith(".html")
        }
        assert pages.keys() == {"teacher.html", "pupils.html", "families.html", "calm-lesson.html"}
        own = one(pages["teacher.html"], "article[data-hub=lesson]")
        headings = [h.rstrip("#").strip() for h in said(site.article(page, lang), "h2, h3")]
        assert headings and said(own, "h2, h3") == headings
        for name, document in pages.items():
            assert not document.select("script[src], link[href], iframe, img:not([src^='data:'])")
            for link in document.select("a[href]"):
                file, _, anchor = str(link.attrs["href"]).partition("#")
                if not re.match(r"[a-z]+:", file):
                    assert pages[file or name].select(f'[id="{anchor}"]'), f"{name} to {anchor}"


@proves("F05")
def f05_a_kit_brings_its_source_and_its_licence(site: Site, page: str) -> None:
    name = slug(page)
    for lang in site.languages:
        files = kit(site, page, lang)
        wanted = {f"source/{name}.md", *(f"source/{name}-{part}.md" for part in PARTS)}
        assert wanted <= files.keys()
        assert "SPDX: CC-BY-SA-4.0" in files["LICENCE.txt"].decode().splitlines()[0]
    source = kit(site, page)[f"source/{name}.md"].decode()
    ids = [
        h.attrs["id"] for h in site.article(page).select("h3[id]") if f"#{h.attrs['id']} " in source
    ]
    assert set(ids) == {h.attrs["id"] for h in inside(site.article(page), "steps", "h3[id]")}
    assert len(ids) >= 5 and "hub:" not in re.sub(r"<!-- hub: .*? -->", "", source)


@proves("F06")
def f06_nobody_teaches_without_a_plan(site: Site, page: str) -> None:
    article = site.article(page)
    assert len(inside(article, "disclosure", "ol > li")) >= 8
    assert article.select(".hub-lines"), "a protocol card to fill in"
    for lesson, meta in site.of_type("lesson").items():
        assert meta["content_note"] in plain(one(site.article(lesson), ".hub-run"))
        links = site.links(lesson)
        assert page in links and "help/index.html" in links, lesson
        teacher = kit(site, lesson)["teacher.html"].decode()
        assert 'id="before-you-teach--disclosure"' in teacher


@proves("F07")
def f07_the_key_stands_apart_from_what_pupils_get(site: Site, page: str) -> None:
    lesson = page.replace("-answer-key", "")
    answers = said(site.article(page), "table td, ol li, ul li")
    assert len(answers) >= 12
    for path, meta in site.of_type("lesson").items():
        files = kit(site, path)
        mark = f'id="{slug(path)}-answer-key"'.encode()
        assert mark in files["teacher.html"]
        assert not any(mark in files[name] for name in ("pupils.html", "families.html"))
        key = site.article(path.replace(".html", "-answer-key.html"))
        assert key.select("#exit-ticket, #model") and len(key.select("tbody tr")) >= 3, path
        assert len(meta["outcomes"]) >= 2
    sheet = plain(site.article(lesson.replace(".html", "-pupil-sheet.html")))
    long = [answer for answer in answers if len(answer.split()) >= 9]
    assert long and not [answer for answer in long if answer in sheet]


@proves("F08")
def f08_lessons_map_to_subjects_goals_and_a_curriculum_of_your_own(site: Site, page: str) -> None:
    lessons = site.of_type("lesson")
    rows = list(csv.DictReader(io.StringIO(site.read("downloads/en/lessons.csv"))))
    assert [row["id"] for row in rows] == [meta["id"] for meta in lessons.values()]
    for row, meta in zip(rows, lessons.values(), strict=True):
        assert row["subjects"].split("; ") == meta["subjects"]
        assert row["sdg"].split("; ") == meta["sdg"] and set(meta["sdg"]) & {"5.2", "8.7", "16.2"}
        assert row["outcomes"].split("; ") == meta["outcomes"] and row["curriculum"] == ""
    for lang in site.languages:
        leads_to = {
            urljoin(site.path(page, lang), href)
            for href in values(site.article(page, lang), "a[download]", "href")
        }
        assert f"downloads/{lang}/lessons.csv" in leads_to
    for lesson, meta in lessons.items():
        scripts = said(site.document(lesson), 'script[type="application/ld+json"]')
        data = next(d for d in map(json.loads, scripts) if d["@type"] == "LearningResource")
        assert data["teaches"] == meta["outcomes"]


@proves("F09")
def f09_every_page_exists_in_every_language_and_says_how_far_it_is(site: Site, page: str) -> None:
    tables = site.article(page).select("table")
    assert len(tables) >= len(site.languages) - 1
    areas = said(tables[0], "tbody td:first-child")
    assert len(areas) >= 7
    for path, lang in product(site.sources, site.languages):
        assert (site.root / site.path(path, lang)).is_file(), (path, lang)
    english = site.article("teach/first-hour.html").select("h2, p, li, td")
    for lang in site.languages[1:]:
        other = site.article("teach/first-hour.html", lang).select("h2, p, li, td")
        for text, shown in zip(english, other, strict=True):
            if plain(text) == plain(shown) and len(plain(text).split()) > 3:
                tagged = shown.attrs.get("lang") == "en" or shown.select("[lang=en]")
                assert tagged, f"{lang}: {plain(shown)}"
        notice = one(site.document("teach/first-hour.html", lang), ".hub-notice")
        assert len(plain(notice)) > 10


@proves("F10")
def f10_arabic_runs_from_right_to_left_drawings_too(site: Site, page: str) -> None:
    for lang in site.languages:
        root = one(site.document(page, lang), "html").attrs
        assert (root["lang"], root["dir"]) == (lang, "rtl" if lang == "ar" else "ltr")
    left, right = (
        [float(x) for x in values(one(site.article(page, lang), ".hub-map"), "circle", "cx")]
        for lang in ("en", "ar")
    )
    assert len(left) == len(right) == 20 and max(left) < min(right), "articles stand at the start"
    chain = "business/index.html"
    boxes = [values(site.article(chain, lang), ".hub-diagram__box", "x") for lang in ("en", "ar")]
    assert boxes[0] and float(boxes[0][0]) < float(boxes[1][0])
    codes = site.article(page, "ar").select(".hub-article bdi")
    assert len(codes) > 100, "codes keep their order among Arabic words"


#: A word as people type it and a page it must find: inflected, joined to another, or without its marks.
TYPED = {
    "en": ("recruiters", "forced labor", "trafficed"),
    "fr": ("travail force", "l'exploitation"),
    "es": ("víctimas", "trabajo forzoso"),
    "ru": ("торговли людьми", "принудительного труда"),
    "ar": ("والضحايا", "العمل القسري"),
    "zh": ("强迫劳动", "人口贩运"),
    "nl": ("mensenhandelaren", "gedwongen arbeid"),
    "hi": ("मानव तस्करी", "मजदूरी"),
}


@proves("F11")
def f11_words_are_found_as_people_type_them(site: Site, page: str) -> None:
    names = said(site.article(page), ".hub-term__name dfn")
    assert len(names) >= 80
    assert TYPED.keys() == set(site.languages)
    for lang in site.languages:
        (script,) = (site.root / "search").glob(f"{lang}.js")
        (shards,) = (site.root / "search").glob(f"{lang}-*")
        assert script.stat().st_size > 500 and any(shards.iterdir())
        found = reference(site, lang)
        for typed in TYPED[lang]:
            assert found.search(typed), f"{lang}: {typed}"
    english = reference(site, "en")
    for name in names:
        assert english.search(name), name


_REFERENCES: dict[tuple[Path, str], Reference] = {}


def reference(site: Site, lang: str) -> Reference:
    """The terminal's search over the pages as built, which the browser's must not fall behind."""
    if (site.root, lang) not in _REFERENCES:
        pages = indexed.read(site.project, site.root, site.project.language(lang))
        documents = [found for found in pages if {"learn", "help"} & set(found.url.split("/"))]
        _REFERENCES[site.root, lang] = Reference(lang, documents, glossary.read(site.project))
    return _REFERENCES[site.root, lang]


@proves("F13")
def f13_articles_and_chapters_lead_to_each_other(site: Site, page: str) -> None:
    forth: set[tuple[str, str]] = set()
    for found in site.article(page).select(".hub-article"):
        for link in found.select("dd a[href]"):
            target, _, anchor = urljoin(page, str(link.attrs["href"])).partition("#")
            forth.add((str(found.attrs["data-article"]), anchor.upper() or site.meta(target)["id"]))
    back: set[tuple[str, str]] = set()
    for chapter, meta in site.of_type("chapter").items():
        article = site.article(chapter)
        for href in values(article, ".hub-facts a[href*='#article-']", "href"):
            back.add((href.rpartition("-")[2], meta["id"]))
        for item in [*meta["questions"], *meta["checklist"]]:
            place = one(article, f"#{item['id'].lower()}")
            for href in values(place, "a[href*='#article-']", "href"):
                back.add((href.rpartition("-")[2], item["id"]))
    assert len(back) > 80 and forth == back


@proves("F14")
def f14_every_model_question_has_a_code_a_place_and_a_pillar(site: Site, page: str) -> None:
    wanted = {q["id"]: q for meta in site.of_type("chapter").values() for q in meta["questions"]}
    shown = site.article(page).select(".hub-question")
    assert sorted(str(q.attrs["data-code"]) for q in shown) == sorted(wanted) and len(shown) >= 80
    places = site.anchors(page)
    for question in shown:
        code, own = str(question.attrs["data-code"]), wanted[str(question.attrs["data-code"])]
        assert question.attrs["id"] == code.lower()
        assert plain(one(question, ".hub-question__text")) == own["text"]
        assert question.attrs["data-pillar"] in vocabulary()["pillar"]
        assert (
            question.attrs["data-pillar"] == own["pillar"]
            and question.attrs["data-to"] == own["to"]
        )
        assert any(place.endswith(f"#{code.lower()}") for place in places)
    rows = list(csv.DictReader(io.StringIO(site.read("downloads/en/questions.csv"))))
    assert sorted(next(iter(row.values())) for row in rows) == sorted(wanted)


@proves("F15")
def f15_every_record_says_whose_it_is_and_in_which_languages(site: Site, page: str) -> None:
    records = site.of_type("record")
    assert len(records) >= 14
    leads(site, page, *records)
    for record, meta in records.items():
        facts = said(site.article(record), ".hub-facts dd")
        assert meta["rights"] in facts and meta["id"] in facts
        assert meta.get("languages_source", "") in " ".join(facts)
        outside = values(site.article(record), "a[href^=http]", "href")
        assert outside == ([meta["link"]] if meta.get("link_checked") else []), "opened by a person"


@proves("F16")
def f16_a_record_is_cited_in_three_formats(site: Site, page: str) -> None:
    meta = recorded(site, page)
    for lang in site.languages:
        at = site.path(page, lang)
        files = [
            urljoin(at, h)
            for h in values(site.document(page, lang), ".hub-cite a[download]", "href")
        ]
        assert [file.rpartition(".")[2] for file in files] == ["bib", "json", "txt"]
        (item,) = json.loads(site.read(files[1]))
        title = said(site.article(page, lang), ".hub-facts dd")[0]
        assert item["title"] == meta["title_original"] == title
        assert item["issued"] == {"date-parts": [[meta["year"]]]}
        assert re.match(rf"@\w+\{{{meta['id']},\n", site.read(files[0]))
        assert plain(one(site.document(page, lang), "#hub-cite-text")) == " ".join(
            site.read(files[2]).split()
        )


@proves("F17")
def f17_figures_are_tables_charts_files_and_limits(site: Site, page: str) -> None:
    pages = [path for path, meta in site.of_type("data").items() if meta.get("charts")]
    assert page in pages and len(pages) >= 3
    for path in pages:
        check_figures(site, path)


@proves("F18")
def f18_a_unit_is_read_and_answered_without_a_trace(site: Site, page: str) -> None:
    check_quiz(site, page)
    meta, article = site.meta(page), site.article(page)
    assert meta["content_note"] in plain(article) and meta["outcomes"][0] in plain(article)
    assert len(plain(article).split()) > 400


@proves("F19")
def f19_messages_are_texts_for_two_ages_and_for_pointing(site: Site, page: str) -> None:
    article = site.article(page)
    sets = [section.select("h2")[0].attrs["id"] for section in article.select("section")]
    assert sets == ["adult", "child", "cards"]
    assert len(article.select(".hub-messages > li[id^=a]")) >= 26
    assert len(article.select(".hub-messages > li[id^=c]")) >= 12
    assert len(said(article, ".hub-cards li")) >= 12 and all(said(article, ".hub-cards li"))
    for lang in [*site.languages, *(guest.code for guest in site.project.guests)]:
        assert (site.root / site.path(page, lang)).stat().st_size < 100_000
        for audio in site.article(page, lang).select("audio"):
            assert audio.attrs["preload"] == "none" and plain(audio.parent)
    assert not site.document(page).select("script[src], link[rel=stylesheet]")


@proves("F20")
def f20_nothing_unverified_is_offered_as_help(site: Site, page: str) -> None:
    for lang in site.languages:
        article = site.article(page, lang)
        assert not re.search(r"\d{3}", plain(article)) and not article.select(
            "a[href^='tel:'], a[href^=http]"
        )
    assert "none has been verified and dated" in plain(site.article(page))
    assert len(inside(site.article(page), "this-page", "li")) >= 5, (
        "where to find one you can trust"
    )
    rows = list(csv.DictReader((site.project.docs / "help/exits.csv").open(encoding="utf-8")))
    assert {"en", "ar"} <= {value for row in rows for value in row.values()}


@proves("F21")
def f21_sensitive_pages_are_left_by_the_first_link(site: Site, page: str) -> None:
    sensitive = [*site.of_type("topic", "help", "messages")]
    assert page in sensitive and len(sensitive) >= 9
    assert site.meta(page)["content_note"] in plain(site.article(page))
    for path, lang in product(sensitive, site.languages):
        document = site.document(path, lang)
        exits = document.select("a#hub-exit")
        assert len(exits) == 1, (path, lang)
        assert str(exits[0].attrs["href"]).startswith("https://")
        assert exits[0].attrs["rel"] == ["noreferrer", "noopener"]
        first = [
            a for a in document.select("body a[href]") if not str(a.attrs["href"]).startswith("#")
        ]
        assert first[0].attrs.get("id") == "hub-exit", f"{path} in {lang}: first in tab order"
    css = site.read("assets/hub.css")
    assert re.search(r"\.hub-leave\s*\{[^}]*position:\s*(fixed|sticky)", css)


@proves("F22")
def f22_no_page_asks_others_or_keeps_anything(site: Site, page: str) -> None:
    assert site.that_fetch() == []
    assert len(inside(site.article(page), "does-not", "li")) >= 5
    assert "sets no cookies" in plain(site.article(page))
    for path in site.sources:
        document = site.document(path)
        assert one(document, "meta[name=referrer]").attrs["content"] == "no-referrer", path
        assert not document.select("form[action], form[method], iframe"), path
    own = [file for file in (site.root / "assets").glob("*.js")]
    assert len(own) >= 6
    for file in own:
        assert not re.search(
            r"document\.cookie|localStorage|sessionStorage|sendBeacon|XMLHttpRequest|fetch\(",
            file.read_text(encoding="utf-8"),
        ), file.name


@proves("F25")
def f25_help_is_written_in_short_sentences(site: Site, page: str) -> None:
    limits = {page: 10.0}
    limits |= {
        path.replace(".html", "-pupil-sheet.html"): 12.0
        for path, meta in site.of_type("lesson").items()
        if meta["age_band"] == "A"
    }
    for path, limit in limits.items():
        lengths = sentences(site.article(path))
        assert len(lengths) >= 10, path
        assert sum(lengths) / len(lengths) <= limit, path


def sentences(article: turbohtml.Element) -> list[int]:
    """Words in each sentence of the running text."""
    blocks = said(article, "p, li:not(:has(p))")
    found = [s for block in blocks for s in re.split(r"(?<=[.!?])\s+", block) if s]
    return [len(sentence.split()) for sentence in found]


@proves("F26")
def f26_a_page_can_be_sent_in_by_form_or_file(site: Site, page: str) -> None:
    for lang in site.languages:
        files = {
            urljoin(site.path(page, lang), href)
            for href in values(site.article(page, lang), "a[download]", "href")
        }
        kinds = ("record", "practice", "exchange", "lesson")
        assert files >= {
            f"downloads/forms/{kind}.{end}" for kind in kinds for end in ("docx", "md")
        }
    for file in files:
        if file.endswith(".docx"):
            with zipfile.ZipFile(site.root / file) as form:
                assert b"<w:tbl>" in form.read("word/document.xml")
        else:
            assert len(re.findall(r"(?m)^## |^[a-z_]+:", site.read(file))) >= 4, file
    leads(site, page, "network/translation-guide.html")
    assert len(section(site.article(page), "ways")) >= 1


@proves("F27")
def f27_organisations_join_by_consent_and_can_leave(site: Site, page: str) -> None:
    article = site.article(page)
    leads(
        site,
        page,
        "network/organisations.html",
        "network/practitioners.html",
        "network/contribute.html",
    )
    listing = site.article("network/organisations.html")
    for part in ("how", "refused", "leave"):
        assert sum(len(plain(block).split()) for block in section(listing, part)) >= 15, part
    assert re.search(r"consent|agree", plain(listing))
    assert len(plain(article).split()) > 80
    described(site, "library/practices/practitioners-exchange-2008.html")


@proves("F28")
def f28_every_kit_and_lesson_ends_in_something_safe_to_do(site: Site, page: str) -> None:
    kits = site.of_type("campaign-kit")
    assert [meta["id"] for meta in kits.values()] == ["C1", "C2", "C3", "C4"]
    leads(site, page, *kits)
    for path, meta in {**kits, **site.of_type("lesson")}.items():
        tips = said(site.article(path), ".admonition.tip")
        assert any(meta["safe_action"] in tip for tip in tips), path
        assert not re.search(
            r"investigat|follow (him|her|them)|confront|film (him|her|them)", meta["safe_action"]
        )


@proves("F30")
def f30_the_licence_goes_with_every_file(site: Site, page: str) -> None:
    text = plain(site.article(page))
    assert "CC BY-SA 4.0" in text and "Apache License 2.0" in text and "for money too" in text
    for lesson in site.of_type("lesson"):
        for lang in site.languages:
            first = kit(site, lesson, lang)["LICENCE.txt"].decode().splitlines()[0]
            assert "SPDX: CC-BY-SA-4.0" in first
    for drawing in (site.root / "assets/covers").iterdir():
        assert "SPDX-License-Identifier: CC-BY-SA-4.0" in drawing.read_text(encoding="utf-8")
    assert "CC-BY-SA-4.0" in (site.project.root / "REUSE.toml").read_text(encoding="utf-8")
    assert "CC BY-SA 4.0" in site.document(page).select("footer")[-1].text
