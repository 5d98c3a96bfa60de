"""S01 to S10: the initiative, its framework, and the hub itself."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

import turbohtml

from hub import ages, texts
from hub.library import facets
from hub.page import check_schema, vocabulary

from .site import Site, inside, one, plain, proves, said, values

DISCLAIMER = "This is not a United Nations site, and no organisation named here has endorsed it."
ATOM = "{http://www.w3.org/2005/Atom}"


def described(site: Site, page: str) -> dict[str, Any]:
    """A page of the library as all must be: valid, in our own words, tied to its source, honest on links."""
    source, article = site.sources[page], site.article(page)
    meta = source.meta
    assert not check_schema(source, page)
    facts = said(article, ".hub-facts dd")
    assert meta["id"] in facts
    paragraphs = meta.get("report_paragraphs") or [meta["report_paragraph"]]
    wanted = [str(number) for number in paragraphs]
    assert any(
        "2010" in fact and re.findall(r"\d+", fact.partition("2010")[2]) == wanted for fact in facts
    ), f"{page} does not name paragraphs {wanted}"
    assert len(plain(article).split()) >= 120, f"{page} says too little"
    # Addresses of 2010 may belong to somebody else by now.
    assert not article.select("a[href^=http]")
    return meta


def recorded(site: Site, page: str) -> dict[str, Any]:
    """A catalogue record: the work's own title, rights and languages, and what to do with it here."""
    meta, article = described(site, page), site.article(page)
    facts = said(article, ".hub-facts dd")
    assert meta["title_original"] in facts and meta["rights"] in facts
    assert values(article, "dd [data-hub-language]", "data-hub-language") == meta.get(
        "languages", []
    )
    use = inside(article, "use", "p, li")
    assert sum(len(plain(block).split()) for block in use) >= 25
    own = {urljoin(page, str(a.attrs["href"])) for a in inside(article, "use", "a[href]")}
    assert {to for to in own if "/help/" not in f"/{to}"}, f"{page} leads to nothing of ours"
    return meta


def leads(site: Site, page: str, *targets: str) -> None:
    """The article links to each of the targets, addresses from the site's root."""
    missing = set(targets) - site.links(page)
    assert not missing, f"{page} does not lead to {sorted(missing)}"


@proves("S01")
def s01_history_is_dated_sourced_and_says_that_this_is_no_un_site(site: Site, page: str) -> None:
    for lang in site.languages:
        entries = site.article(page, lang).select("li[data-hub-day]")
        sourced = [entry for entry in entries if re.search(r"¶\d", plain(entry))]
        years = {str(entry.attrs["data-hub-day"])[:4] for entry in entries}
        assert len(sourced) >= 12
        assert {"2007", "2008", "2009", "2010", "2014"} <= years
        assert min(years) == "2007" and max(years) == "2014"
        notice = texts.Translations(site.project, lang).gettext("ui", DISCLAIMER)
        assert notice in site.document(page, lang).select("footer")[-1].text
        assert lang == "en" or notice != DISCLAIMER
    assert "not endorsed by" in plain(site.article(page))
    assert not [file for file in site.root.rglob("*") if "emblem" in file.name.lower()]


@proves("S02")
def s02_ten_countries_of_regional_events_are_listed_as_text(site: Site, page: str) -> None:
    meta = described(site, page)
    for lang in site.languages:
        countries = site.article(page, lang).select("ul.hub-countries li[data-hub-country]")
        assert [item.attrs["data-hub-country"] for item in countries] == meta["countries"]
        assert len({plain(item) for item in countries}) == 10
    assert all(re.fullmatch("[A-Z]{2}", code) for code in meta["countries"])
    assert values(site.article("library/timeline.html"), "a", "href").count(
        page.removeprefix("library/")
    )


@proves("S03")
def s03_the_vienna_forum_has_a_record_and_an_event(site: Site, page: str) -> None:
    meta = recorded(site, page)
    assert "we do not link to it" in plain(site.article(page))
    assert meta["year"] == 2008 or "2008" in meta["title"]
    event = "library/events/vienna-forum-2008.html"
    leads(site, page, event)
    assert described(site, event)["start"] == "2008-02-13"


@proves("S04")
def s04_twenty_articles_each_lead_to_what_uses_them(site: Site, page: str) -> None:
    article, wanted = site.article(page), site.meta(page)["articles"]
    sections = article.select(".hub-article")
    numbers = [str(number) for number in range(1, 21)]
    assert [s.attrs["data-article"] for s in sections] == numbers
    for found, row in zip(sections, wanted, strict=True):
        assert row["duty"] in plain(found) and row["theme"] in plain(one(found, "h2"))
    cited = 0
    for chapter in site.of_type("chapter"):
        for item in site.meta(chapter)["questions"] + site.meta(chapter)["checklist"]:
            if item.get("instrument", "protocol") == "protocol" and item["article"]:
                number = re.match(r"\d+", str(item["article"]))[0]  # type: ignore[index]
                place = one(site.article(chapter), f"#{item['id'].lower()}")
                target = values(place, "a[href*='#article-']", "href")
                assert [urljoin(chapter, href) for href in target] == [f"{page}#article-{number}"]
                cited += 1
    assert cited > 50
    # The drawing of act, means and purpose says nothing that the list below it does not.
    definition = site.article("learn/law/definition.html")
    names = {name.lower() for name in said(definition, ".hub-figure text.hub-figure__name")}
    parts = [plain(part).lower() for part in inside(definition, "parts", "ol > li")]
    assert len(parts) == 3
    assert all(
        any(f"the {name}" in part for part in parts) for name in names & {"act", "means", "purpose"}
    )


@proves("S05")
def s05_each_pillar_lists_exactly_its_records(site: Site, page: str) -> None:
    items = site.of_type(*facets.KINDS)
    assert all(meta["pillar"] for meta in items.values())
    for lang in site.languages:
        article = site.article(page, lang)
        for pillar in vocabulary()["pillar"]:
            listed = values(article, f'ul[data-hub-value="{pillar}"] li', "data-hub-id")
            tagged = [meta["id"] for meta in items.values() if pillar in meta["pillar"]]
            assert tagged and sorted(listed) == sorted(tagged), (lang, pillar)


@proves("S06")
def s06_research_has_a_primer_open_questions_and_citations(site: Site, page: str) -> None:
    described(site, page)
    leads(site, page, "data/index.html")
    assert (
        len(
            [
                p
                for p in inside(site.article(page), "lesson", "p")
                for _ in re.findall(r"\?", plain(p))
            ]
        )
        >= 3
    )
    assert len(inside(site.article("data/index.html"), "five-questions", "ol > li")) == 5
    cited = {meta["id"] for meta in site.of_type("record", "chapter", "lesson").values()}
    assert len(cited) >= 34
    for lang in site.languages:
        for code in cited:
            name = f"cite/{lang}/{code}"
            (item,) = json.loads(site.read(f"{name}.json"))
            entry = site.read(f"{name}.bib")
            assert re.fullmatch(rf"@\w+\{{{code},\n(  \w+ = \{{.*\}},\n)+\}}\n", entry), name
            assert item["id"] == code and item["title"] and item["type"]
            assert item["title"].split()[0].strip(":,") in site.read(f"{name}.txt")


@proves("S07")
def s07_the_status_page_and_its_file_agree_with_the_tree(site: Site, page: str) -> None:
    data = json.loads(site.read("about/status.json"))
    counted = date.fromisoformat(data["counted"])
    wanted = ages.by_section(site.sources.values(), counted)
    assert [(row["section"], row["pages"]) for row in data["sections"]] == [
        (row.section, row.pages) for row in wanted
    ]
    rows = [said(row, "td") for row in site.article(page).select("table tbody tr")]
    assert [int(row[1]) for row in rows] == [row["pages"] for row in data["sections"]]
    assert [int(row[4]) for row in rows] == [row["overdue"] for row in data["sections"]]
    assert sum(int(row[1]) for row in rows) == len(site.sources)
    assert values(site.article(page), "a[download]", "href") == ["status.json"]


@proves("S08")
def s08_eight_areas_in_one_order_everywhere(site: Site, page: str) -> None:
    orders = set()
    for lang in site.languages:
        tabs = site.document(page, lang).select("nav.md-tabs .md-tabs__item a")
        orders.add(tuple(str(tab.attrs["href"]) for tab in tabs))
        assert len({plain(tab) for tab in tabs}) == len(tabs)
    assert len(orders) == 1
    (order,) = orders
    assert [href.partition("/")[0] for href in order] == [
        "learn", "teach", "legislate", "campaign", "business", "data", "library", "help",
    ]  # fmt: skip
    leads(site, page, *order)


@proves("S09")
def s09_who_does_what_is_its_list_of_bodies(site: Site, page: str) -> None:
    bodies = site.meta(page)["bodies"]
    for lang in site.languages:
        rows = site.article(page, lang).select("tbody tr")
        assert [row.attrs["id"] for row in rows] == [body["id"] for body in bodies]
    rows = site.article(page).select("tbody tr")
    assert sum("data-hub-founder" in row.attrs for row in rows) == 6
    for row, body in zip(rows, bodies, strict=True):
        address = plain(row.select("td")[-1])
        assert address.startswith(body["address"])
        assert re.search(r"\d{4}|Not checked by a person yet", address)
        assert all(len(text.split()) >= 3 for text in said(row, "td")[:2])


@proves("S10")
def s10_facets_needs_feeds_and_forms_reach_every_record(site: Site, page: str) -> None:
    items = {meta["id"]: (path, meta) for path, meta in site.of_type(*facets.KINDS).items()}
    cards = site.article(page).select("#hub-facets li[data-hub-id]")
    assert [card.attrs["data-hub-id"] for card in cards] and len(cards) == len(items)
    for card in cards:
        path, meta = items[str(card.attrs["data-hub-id"])]
        assert urljoin(page, values(card, "a", "href")[0]) == path
        _carries(card, meta)
    offered = values(site.article(page), "select[data-hub-facet]", "data-hub-facet")
    assert offered == ["pillar", "audience", "form", "language", "year", "type"]
    assert "hidden" in one(site.article(page), ".hub-facets__controls").attrs
    leads(site, page, *(f"library/by-{facet}.html" for facet in offered))
    by_need = site.article("library/by-need.html")
    reached = {
        urljoin("library/by-need.html", values(item, "a", "href")[0])
        for item in by_need.select("[data-hub-id]")
        if item.select("a")
    }
    assert reached == {path for path, _ in items.values()}
    records = [code for code in items if code.startswith("R")]
    shelf = values(site.article("library/index.html"), "[data-hub-id]", "data-hub-id")
    assert sorted(code for code in shelf if code.startswith("R")) == sorted(records)
    for lang in site.languages:
        feed = ElementTree.fromstring(site.read(f"feeds/{lang}.xml"))
        entries = feed.findall(f"{ATOM}entry")
        assert len(entries) >= 20 and feed.findtext(f"{ATOM}updated")
        assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)


def _carries(card: turbohtml.Element, meta: dict[str, Any]) -> None:
    """What the filters read on a card is what its front matter says."""
    said_by = {
        name: str(card.attrs.get(f"data-hub-{name}", "")).split()
        for name in ("pillar", "audience", "form", "language", "type")
    }
    assert sorted(said_by["pillar"]) == sorted(meta["pillar"])
    assert sorted(said_by["audience"]) == sorted(meta["audience"])
    assert said_by["form"] == [meta["form"]] and said_by["type"] == [meta["type"]]
    assert sorted(said_by["language"]) == sorted(meta.get("languages", []))
