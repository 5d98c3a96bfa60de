"""S31 to S44: technical assistance, expert tools, and help."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import urljoin

from hub import table
from hub.page import vocabulary

from .campaigns import minutes_of
from .framework import described, leads, recorded
from .knowledge import check_document, check_practice, check_ticks, keeps_nothing
from .site import Site, inside, one, plain, proves, said


@proves("S31")
def s31_six_joint_programmes(site: Site, page: str) -> None:
    programmes = {
        path: meta
        for path, meta in site.of_type("programme").items()
        if meta["form"] == "joint-programme"
    }
    assert len(programmes) == 6
    for lang in site.languages:
        listed = site.article(page, lang).select('ul[data-hub-value="joint-programme"] li')
        assert sorted(str(item.attrs["data-hub-id"]) for item in listed) == sorted(
            meta["id"] for meta in programmes.values()
        )
    for path in programmes:
        assert described(site, path)["countries"]


@proves("S32")
def s32_expert_group_initiatives_are_exactly_their_members(site: Site, page: str) -> None:
    meta = site.meta(page)
    for lang in site.languages:
        members = one(site.article(page, lang), "ol.hub-members").select("li[data-hub-id]")
        assert [member.attrs["data-hub-id"] for member in members] == meta["members"]
    records = {meta["id"]: path for path, meta in site.of_type("record").items()}
    assert len(meta["members"]) == 8 and len(set(meta["members"])) == 8
    leads(site, page, *(records[code] for code in meta["members"]))
    assert len(site.of_type("collection")) >= 3


@proves("S33")
def s33_the_handbook_for_employers_has_its_record(site: Site, page: str) -> None:
    assert recorded(site, page)["form"] == "handbook"
    leads(site, page, "business/index.html")


@proves("S34")
def s34_facilitators_have_a_training_and_lessons_whose_minutes_add_up(
    site: Site, page: str
) -> None:
    rows = [said(row, "td") for row in inside(site.article(page), "training", "tbody tr")]
    assert sum(int(row[1]) for row in rows) == 90
    clock = [tuple(map(int, row[2].split("–"))) for row in rows]
    assert clock[0][0] == 0 and clock[-1][1] == 90
    assert all(before[1] == after[0] for before, after in zip(clock, clock[1:], strict=False))
    for lesson, meta in site.of_type("lesson").items():
        assert sum(minutes_of(site, lesson)) == meta["duration_min"], lesson
        assert site.article(lesson).select(".hub-safety dt")
    record = "library/records/child-trafficking-training-manual-2009.html"
    recorded(site, record)
    leads(site, record, page)


@proves("S35")
def s35_a_memorandum_is_built_from_what_is_ticked(site: Site, page: str) -> None:
    check_ticks(site, page)
    assert len(site.article(page).select(".hub-ticks__item")) >= 20
    record = "library/records/guiding-principles-mou-2009.html"
    recorded(site, record)
    leads(site, record, page)
    leads(site, page, record)


@proves("S36")
def s36_a_call_shows_rules_dates_and_results(site: Site, page: str) -> None:
    meta, article = described(site, page), site.article(page)
    for part in ("eligibility", "criteria", "assessed", "results"):
        assert inside(article, part, "li, tr"), part
    assert said(article, ".hub-results td bdi") == ["800+", "76", "300", "223"]
    assert 223 <= 300
    names = dict(zip(said(article, ".hub-facts dt"), said(article, ".hub-facts dd"), strict=True))
    assert names["Opened"] == "1 March 2010" and names["Closed"] == "April 2010"
    assert names["Time zone"] == "No source states one"
    boxes = article.select(".hub-eligibility label")
    assert [plain(box) for box in boxes] == meta["eligibility"]
    assert not article.select("form, input[name]") and keeps_nothing(site, "assets/call-parts.js")


@proves("S37")
def s37_first_contact_for_health_staff_fits_a_page(site: Site, page: str) -> None:
    article = site.article(page)
    for lang in site.languages:
        for part in ("do", "leave"):
            assert 4 <= len(inside(site.article(page, lang), part, "ol > li")) <= 7
    assert len(plain(article).split()) <= 330
    assert "has reviewed this card yet" in plain(article)
    blank = [said(row, "td")[1:] for row in inside(article, "house", "tbody tr")]
    assert len(blank) >= 4 and not any(cell for row in blank for cell in row)
    check_document(site, page)
    record = "library/records/caring-for-trafficked-persons-2009.html"
    recorded(site, record)
    leads(site, record, page)


@proves("S38")
def s38_the_business_model_leads_to_demand_and_profit(site: Site, page: str) -> None:
    recorded(site, page)
    chapter = "legislate/handbook/prevention-and-demand.html"
    leads(site, page, chapter, "teach/lessons/behind-the-product.html")
    text = plain(site.article(chapter)).lower()
    assert text.count("demand") >= 5
    assert len(re.findall(r"\b(?:gains?|profits?|money|prices?|fees?)\b", text)) >= 5


@proves("S39")
def s39_every_row_of_the_law_checklist_says_what_it_stands_on(site: Site, page: str) -> None:
    wanted = [row for meta in site.of_type("chapter").values() for row in meta["checklist"]]
    rows = site.article(page).select(".hub-check")
    assert sorted(str(row.attrs["data-code"]) for row in rows) == sorted(
        row["id"] for row in wanted
    )
    treaty = _grams(" ".join(row["en"] for row in _official(site)))
    for row in rows:
        provision = plain(one(row, ".hub-check__provision"))
        advice = row.attrs["data-force"] in ("advice", "guidance")
        assert re.search(r"[Aa]rticle \d", provision) or (
            advice and "no treaty article" in provision
        )
        assert not _grams(plain(one(row, ".hub-check__text"))) & treaty, row.attrs["data-code"]
    exported = list(csv.DictReader(io.StringIO(site.read("downloads/en/law-checklist.csv"))))
    assert len(exported) == len(wanted) > 100
    record = "library/records/model-law-2009.html"
    recorded(site, record)
    leads(site, record, page)


def _official(site: Site) -> list[dict[str, str]]:
    text = (site.project.translations / "official.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows
    return rows


def _grams(text: str, length: int = 9) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z]+", text.lower())
    return {tuple(words[n : n + length]) for n in range(len(words) - length + 1)}


@proves("S40")
def s40_the_manual_for_criminal_justice_has_its_record(site: Site, page: str) -> None:
    assert recorded(site, page)["year"] == 2009
    leads(site, page, "legislate/handbook/identification-and-referral.html")


@proves("S41")
def s41_a_school_has_a_first_hour_and_investigates_nothing(site: Site, page: str) -> None:
    article = site.article(page)
    contacts = inside(article, "contacts", "tbody tr")
    assert len(contacts) >= 8
    assert not any(cell for row in contacts for cell in said(row, "td")[1:])
    for lang in site.languages:
        for part in ("do", "do-not"):
            first = one(site.article(page, lang), f"#{part} ~ ol")
            assert 5 <= len(first.select("li")) <= 7
    assert not re.search(
        r"question the|collect proof|find out who|look for evidence", plain(article), re.I
    )
    record = "library/records/first-aid-kit.html"
    recorded(site, record)
    leads(site, record, page)


@proves("S42")
def s42_organisations_are_listed_with_consent_and_without_people(site: Site, page: str) -> None:
    rows = table.read(site.project, "organisations")
    article = site.article(page)
    assert len(article.select("#hub-organisations [data-hub-id]")) == len(rows)
    assert rows or "No organisation is listed yet" in plain(one(article, "#hub-organisations"))
    assert all(row["published_with_consent"] == "true" for row in rows)
    text = (site.project.docs / "network/organisations.csv").read_text(encoding="utf-8")
    assert "published_with_consent" in text.splitlines()[0]
    assert not re.search(r"@|\+\d{6}", text + plain(article))
    assert inside(article, "refused", "li, p") and inside(article, "leave", "p")
    practitioners = "network/practitioners.html"
    report = inside(site.article(practitioners), "report", "a[download]")
    files = [urljoin(practitioners, str(link.attrs["href"])) for link in report]
    assert files == ["downloads/forms/exchange.docx", "downloads/forms/exchange.md"]
    assert all((site.root / file).stat().st_size > 500 for file in files)
    practice = "library/practices/practitioners-exchange-2008.html"
    described(site, practice)
    check_practice(site, practice)


@proves("S43")
def s43_short_messages_calm_and_promise_nothing(site: Site, page: str) -> None:
    wanted = [
        message
        for part in site.meta(page)["sets"]
        for group in part["groups"]
        for message in group["messages"]
    ]
    recorded_files = list((site.project.docs / "messages" / "audio").glob("*/*"))
    guests = [guest.code for guest in site.project.guests]
    for lang in [*site.languages, *guests]:
        document, article = site.document(page, lang), site.article(page, lang)
        assert len((site.root / site.path(page, lang)).read_bytes()) < 100_000
        assert document.select("html")[0].attrs["lang"] == lang
        lines = article.select(".hub-messages > li")
        assert [line.attrs["id"] for line in lines] == [m["id"].lower() for m in wanted]
        assert all(len(plain(line)) > 1 for line in lines)
        assert len(article.select(".hub-cards svg")) == len(site.meta(page)["cards"])
        assert article.select(".hub-bare__notice"), "who has reviewed it"
        assert all(audio.attrs.get("preload") == "none" for audio in article.select("audio"))
        assert bool(article.select("audio")) <= bool(recorded_files)
    assert said(site.article(page), ".hub-messages > li") == [m["text"] for m in wanted]
    promises = r"\b(promise|guarantee|never|always|will be safe|free of)\b"
    assert not [m["id"] for m in wanted if re.search(promises, m["text"], re.I)]
    recorded(site, "library/records/vita-handbook-2010.html")


@proves("S44")
def s44_help_is_small_neutral_left_at_once_and_names_no_number(site: Site, page: str) -> None:
    for lang in site.languages:
        document, article = site.document(page, lang), site.article(page, lang)
        assert len((site.root / site.path(page, lang)).read_bytes()) < 50_000
        assert not document.select("link[rel=stylesheet], script[src], img, iframe, form, input")
        first = one(document, "a[href], button, summary")
        assert first.attrs["id"] == "hub-exit" and "noreferrer" in str(first.attrs["rel"])
        assert len(article.select("h2[id]")) == len(site.article(page).select("h2[id]")) >= 8
        # A number would need a source, hours, languages and the day somebody called it.
        assert not re.search(r"\d{3}|tel:", plain(article))
    assert "traffic" not in plain(one(site.document(page), "title")).lower()
    assert inside(site.article(page), "danger", "p") and inside(
        site.article(page), "right-now", "li"
    )
    leads(site, page, "messages/index.html")
    assert vocabulary()
