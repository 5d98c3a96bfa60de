"""The library: facets, lists, citations, feeds, calls, and the two ways to every record."""

from __future__ import annotations

import datetime
import json
import re
from itertools import combinations, product
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
import turbohtml
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from hub import page as pages_module
from hub import table
from hub.library import calls, citations, days, facets, feeds, sharing
from hub.library.citations import Citation
from hub.page import Page as Source
from hub.problem import HubError
from hub.project import Project

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def items(project: Project) -> dict[str, dict[str, Any]]:
    """The front matter of everything in the library, by id."""
    pages, _ = pages_module.read_pages(project)
    return {str(p.meta["id"]): p.meta for p in pages if p.type in facets.KINDS}


def document(file: Path) -> turbohtml.Document:
    return turbohtml.parse(file.read_bytes(), encoding="utf-8")


def ids(element: Any) -> list[str]:
    return [str(found.attrs["data-hub-id"]) for found in element.select("[data-hub-id]")]


def brute_force(meta: dict[str, Any], wanted: dict[str, str]) -> bool:
    """What a person would do with the front matter and a pencil, without the package's own code."""
    year = str(meta.get("year", ""))
    begins = str(meta.get("start") or meta.get("opens") or year)[:4]
    ends = str(meta.get("end") or meta.get("decided") or meta.get("closes") or begins)[:4]
    for facet, value in wanted.items():
        if facet == "year":
            if not begins or not begins <= value <= ends:
                return False
        elif facet == "language":
            if value not in meta.get("languages", []):
                return False
        elif facet in ("form", "type"):
            if meta[facet] != value:
                return False
        elif value not in meta[facet]:
            return False
    return True


# Facets.


def test_the_library_is_as_large_as_its_sources_ask_for(items: dict[str, dict[str, Any]]) -> None:
    kinds = [meta["type"] for meta in items.values()]

    assert kinds.count("record") >= 14
    assert kinds.count("programme") >= 6
    assert {f"R{n:02}" for n in range(1, 15)} <= items.keys()
    assert kinds.count("collection") >= 3
    assert kinds.count("practice") >= 3
    assert kinds.count("call") >= 2


@pytest.mark.browser
def test_every_combination_of_filters_shows_what_the_front_matter_says(
    site: Path, browser: Browser, items: dict[str, dict[str, Any]]
) -> None:
    page = browser.new_page()
    page.goto((site / "library" / "by-facet.html").as_uri())
    offered: dict[str, list[str]] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('#hub-facets select')].map(
            s => [s.dataset.hubFacet, [...s.options].map(o => o.value).filter(v => v)]))"""
    )
    assert tuple(offered) == facets.FACETS
    # Every choice of two filters and values, and every choice of all six that some item answers to.
    wanted = [{}, *choices(offered, 1), *choices(offered, 2), *full_choices(items)]

    shown: list[list[str]] = page.evaluate(
        """wanted => wanted.map(choice => {
            location.hash = new URLSearchParams(choice).toString();
            window.dispatchEvent(new HashChangeEvent('hashchange'));
            return [...document.querySelectorAll('#hub-facets li[data-hub-id]')]
                .filter(item => !item.hidden).map(item => item.dataset.hubId);
        })""",
        wanted,
    )

    assert len(wanted) > 1000
    for choice, found in zip(wanted, shown, strict=True):
        assert sorted(found) == sorted(i for i, m in items.items() if brute_force(m, choice)), (
            choice
        )
    page.close()


def choices(offered: dict[str, list[str]], number: int) -> list[dict[str, str]]:
    return [
        dict(zip(names, values, strict=True))
        for names in combinations(offered, number)
        for values in product(*(offered[name] for name in names))
    ]


def full_choices(items: dict[str, dict[str, Any]]) -> list[dict[str, str]]:
    """For every item each choice of one value a facet, facets it has no value for left open."""
    found = {
        tuple((name, value) for name, value in zip(facets.FACETS, values, strict=True) if value)
        for meta in items.values()
        for values in product(*(facets.values(meta)[name] or ("",) for name in facets.FACETS))
    }
    return [dict(choice) for choice in sorted(found)]


@pytest.mark.browser
def test_a_choice_can_be_shared_and_holds_nothing_a_person_typed(
    site: Path, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto((site / "library" / "by-facet.html").as_uri())
    page.select_option("[data-hub-facet=pillar]", "prevention")
    page.select_option("[data-hub-facet=type]", "event")
    address = page.url
    other = browser.new_page()
    other.goto(address + "&name=somebody&audience=<b>")

    assert address.endswith("#pillar=prevention&type=event")
    assert other.input_value("[data-hub-facet=pillar]") == "prevention"
    assert other.input_value("[data-hub-facet=audience]") == ""
    for one in (page, other):
        number = one.locator("#hub-facets li[data-hub-id]:visible").count()
        assert one.locator(".hub-facets__count bdi").inner_text() == str(number)
        assert (
            one.evaluate("document.cookie.length + localStorage.length + sessionStorage.length")
            == 0
        )
        one.close()


@pytest.mark.browser
def test_filters_work_by_keyboard_and_never_lead_to_nothing(site: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((site / "library" / "by-facet.html").as_uri())
    page.focus("[data-hub-facet=type]")
    page.keyboard.type("Call")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    # A call has no language: every language is greyed out, and what is not greyed shows something.
    assert page.locator("[data-hub-facet=language] option:not([disabled])").count() == 1
    page.keyboard.press("Enter")
    assert page.locator("#hub-facets li[data-hub-id]:visible").count() > 20
    page.close()


@pytest.mark.browser
def test_without_a_script_the_filters_are_a_plain_list(
    site: Path, plain: Page, items: dict[str, dict[str, Any]]
) -> None:
    plain.goto((site / "library" / "by-facet.html").as_uri())

    assert plain.locator("#hub-facets li[data-hub-id]:visible").count() == len(items)
    assert not plain.locator("#hub-facets select").first.is_visible()


@pytest.mark.parametrize("facet", facets.FACETS)
def test_the_list_of_one_facet_agrees_with_the_front_matter(
    facet: str, site: Path, items: dict[str, dict[str, Any]]
) -> None:
    lists = document(site / "library" / f"by-{facet}.html").select("ul[data-hub-value]")

    assert lists
    for found in lists:
        wanted = {facet: str(found.attrs["data-hub-value"])}
        assert sorted(ids(found)) == sorted(i for i, m in items.items() if brute_force(m, wanted))


def test_by_need_and_by_facet_reach_the_same_pages(
    site: Path, items: dict[str, dict[str, Any]]
) -> None:
    def leads_to(name: str) -> dict[str, str]:
        at = f"library/{name}.html"
        return {
            str(item.attrs["data-hub-id"]): urljoin(at, str(item.select("a")[0].attrs["href"]))
            for item in document(site / at).select("li[data-hub-id], .hub-card[data-hub-id]")
            if item.select("a")
        }

    public, specialist = leads_to("by-need"), leads_to("by-facet")
    assert public.keys() == items.keys()
    assert public == specialist
    for path in public.values():
        assert (site / path).exists()


def test_the_library_page_lists_every_record_once(
    site: Path, items: dict[str, dict[str, Any]]
) -> None:
    found = ids(document(site / "library" / "index.html"))
    records = [code for code, meta in items.items() if meta["type"] == "record"]
    assert sorted(code for code in found if code.startswith("R")) == sorted(records)


def test_a_collection_lists_its_members_in_order(
    site: Path, items: dict[str, dict[str, Any]], project: Project
) -> None:
    pages, _ = pages_module.read_pages(project)
    for page in [p for p in pages if p.type == "collection"]:
        built = document(site / f"{page.path[:-3]}.html")
        assert ids(built.select("ol.hub-members")[0]) == page.meta["members"]


# The timeline.


def test_the_timeline_is_in_order_and_says_where_its_dates_come_from(site: Path) -> None:
    entries = document(site / "library" / "timeline.html").select("li[data-hub-day]")
    shown = [str(entry.attrs["data-hub-day"]) for entry in entries]

    assert len(entries) >= 40
    assert shown == sorted(shown)
    assert shown[0][:4] == "2000" and shown[-1][:4] == "2026"
    sourced = [entry for entry in entries if entry.select(".hub-timeline__source")]
    assert len(sourced) > len(entries) * 0.8


def test_history_has_a_timeline_of_its_own_years(site: Path) -> None:
    entries = document(site / "about" / "history.html").select("li[data-hub-day]")
    with_paragraph = [e for e in entries if "¶" in e.text]
    years = {str(e.attrs["data-hub-day"])[:4] for e in entries}

    assert len(with_paragraph) >= 12
    assert min(years) >= "2007" and max(years) <= "2014"


# Calls.


@pytest.mark.parametrize(
    ("call", "now", "state"),
    [
        ({"opens": "2030-03-01", "time_zone": "UTC"}, "2030-02-28T23:59:59+00:00", "upcoming"),
        ({"opens": "2030-03-01", "time_zone": "UTC"}, "2030-03-01T00:00:00+00:00", "open"),
        (
            {"opens": "2030", "closes": "2030-04-30", "closes_at": "17:00", "time_zone": "Asia/Tokyo"},
            "2030-04-30T07:59:59+00:00",
            "open",
        ),
        (
            {"opens": "2030", "closes": "2030-04-30", "closes_at": "17:00", "time_zone": "Asia/Tokyo"},
            "2030-04-30T08:00:00+00:00",
            "closed",
        ),
        # Known to the month, in no zone: over when April has ended everywhere on earth.
        (
            {"opens": "2030", "closes": "2030-04", "time_zone": "unstated"},
            "2030-05-01T11:59:59+00:00",
            "open",
        ),
        (
            {"opens": "2030", "closes": "2030-04", "time_zone": "unstated"},
            "2030-05-01T12:00:00+00:00",
            "closed",
        ),
        ({"opens": "2030", "decided": "2031", "time_zone": "UTC"}, "2032-01-01T00:00:00+00:00", "closed"),
    ],
)  # fmt: skip
def test_a_call_is_open_until_its_hour_in_its_zone(
    call: dict[str, str], now: str, state: str
) -> None:
    assert calls.state(call, datetime.datetime.fromisoformat(now)) == state


def test_the_build_day_decides_and_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1267444800")
    call = {"opens": "2010-03-01", "closes": "2010-04", "time_zone": "unstated"}

    assert days.build_time().isoformat() == "2010-03-01T12:00:00+00:00"
    assert calls.state(call, days.build_time()) == "open"


def test_a_call_that_is_over_says_so_and_shows_its_results(site: Path) -> None:
    built = document(site / "library" / "calls" / "small-grants-2010.html")
    figures = [td.text.strip() for td in built.select(".hub-results td bdi")]

    assert built.select("[data-hub-state=closed]")
    assert figures == ["800+", "76", "300", "223"]
    assert built.select(".hub-eligibility input") and not built.select(
        "article form, article input[name]"
    )


@pytest.mark.browser
def test_the_self_check_of_a_call_counts_and_keeps_nothing(site: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((site / "library" / "calls" / "small-grants-2010.html").as_uri())
    boxes = page.locator(".hub-eligibility input")
    for index in range(boxes.count() - 1):
        boxes.nth(index).check()
    assert page.inner_text(".hub-eligibility__result") == "Points that do not fit yet: 1"
    boxes.last.check()
    assert page.inner_text(".hub-eligibility__result") == "Every point fits."
    page.reload()
    assert page.locator(".hub-eligibility input:checked").count() == 0
    page.close()


# Citations.

BRACED = re.compile(r"[^{}]*")


def bibtex_fields(text: str) -> dict[str, str]:
    """A strict reader of one entry: balanced braces, one field a line, nothing after the end."""
    head = re.match(r"@([a-z]+)\{([A-Za-z0-9-]+),\n", text)
    assert head and text.endswith("\n}\n"), text
    fields: dict[str, str] = {"type": head[1], "key": head[2]}
    for line in text[head.end() : -3].split("\n"):
        field = re.fullmatch(r"  ([a-z]+) = \{(.*)\},", line)
        assert field and field[1] not in fields, line
        depth = 0
        plain = re.sub(r"\\.", "", field[2])
        for char in plain:
            depth += (char == "{") - (char == "}")
            assert depth >= 0, line
        assert depth == 0, line
        fields[field[1]] = field[2]
    return fields


def unescaped(text: str) -> str:
    text = text.replace(r"\textbackslash{}", "\0").replace(r"\textasciitilde{}", "~")
    text = text.replace(r"\textasciicircum{}", "^")
    return re.sub(r"\\([{}&%$#_])", r"\1", text).replace("\0", "\\")


LINE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=60)


@given(title=LINE, author=LINE)
def test_bibtex_says_what_was_cited_whatever_is_in_it(title: str, author: str) -> None:
    cited = Citation("R01", "book", title, (author,), "2009", "en")
    fields = bibtex_fields(citations.bibtex(cited))

    assert unescaped(fields["title"][1:-1]) == title
    assert unescaped(fields["author"][1:-1]) == author
    assert fields["year"] == "2009"


@given(title=LINE, author=LINE)
def test_csl_json_says_what_was_cited_whatever_is_in_it(title: str, author: str) -> None:
    cited = Citation("L04", "webpage", title, (author,), "2026-11-30", "en")
    (item,) = json.loads(citations.csl_json(cited))

    assert item["title"] == title and item["author"] == [{"literal": author}]
    assert item["issued"] == {"date-parts": [[2026, 11, 30]]}


def test_records_chapters_and_lessons_can_be_cited_in_every_language(
    site: Path, project: Project
) -> None:
    english, _ = pages_module.read_pages(project)
    cited = [p for p in english if p.type in ("record", "chapter", "lesson")]
    assert len(cited) > 20
    for language in project.languages:
        prefix = "" if language.is_source else f"{language.code}/"
        for page in cited:
            at = f"{prefix}{page.path[:-3]}.html"
            check_citation(site, at, page)


def check_citation(site: Path, at: str, page: Source) -> None:
    section = document(site / at).select(".hub-cite")[0]
    files = {
        Path(urlsplit(str(a.attrs["href"])).path).suffix: site / urljoin(at, str(a.attrs["href"]))
        for a in section.select("a[download]")
    }
    fields = bibtex_fields(files[".bib"].read_text(encoding="utf-8"))
    (item,) = json.loads(files[".json"].read_text(encoding="utf-8"))
    plain = files[".txt"].read_text(encoding="utf-8").strip()

    assert fields["key"] == item["id"] == page.meta["id"]
    assert unescaped(fields["title"][1:-1]) == item["title"]
    assert " ".join(plain.split()) == " ".join(section.select("#hub-cite-text")[0].text.split())
    assert "localhost" not in plain + item.get("URL", "")
    if page.type == "record":
        assert item["title"] == page.meta["title_original"]
        assert item.get("ISBN", "") == page.meta.get("isbn", "")
        year = page.meta.get("year")
        assert item.get("issued", {}) == ({"date-parts": [[year]]} if year else {})
    else:
        assert item["issued"]["date-parts"] == [[int(n) for n in page.meta["updated"].split("-")]]


@pytest.mark.browser
def test_the_copy_button_copies_the_line_that_is_shown(site: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((site / "library" / "records" / "model-law-2009.html").as_uri())
    # Pages opened from a folder may not read the clipboard: what is marked when copying is.
    page.evaluate("document.execCommand = () => { window.marked = document.activeElement.value; return true; }")  # fmt: skip
    page.evaluate("Object.defineProperty(window, 'isSecureContext', {value: false})")
    page.click("[data-hub-copy=hub-cite-text]")

    assert page.evaluate("window.marked") == page.inner_text("#hub-cite-text").strip()
    assert page.inner_text("[data-hub-copy=hub-cite-text]") == "Copied"
    page.close()


# Feeds and texts to pass on.


def test_each_language_has_a_feed_that_is_valid_atom(site: Path, project: Project) -> None:
    english, _ = pages_module.read_pages(project)
    updated = {p.path[:-3] + ".html": str(p.meta.get("updated")) for p in english}
    root = project.site_url.rstrip("/") + "/"
    for language in project.languages:
        file = site / "feeds" / f"{language.code}.xml"
        feed = ElementTree.fromstring(file.read_text(encoding="utf-8"))
        prefix = "" if language.is_source else f"{language.code}/"

        assert feed.tag == f"{ATOM}feed"
        assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == language.code
        check_atom(feed, root, prefix, updated)


def check_atom(feed: ElementTree.Element, root: str, prefix: str, updated: dict[str, str]) -> None:
    for name in ("id", "title", "updated", "author", "rights"):
        assert len(feed.findall(ATOM + name)) == 1, name
    entries = feed.findall(f"{ATOM}entry")
    assert 20 <= len(entries) <= 50
    seen = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(seen)) == len(seen)
    times = [str(entry.findtext(f"{ATOM}updated")) for entry in entries]
    assert times == sorted(times, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == max(times)
    for entry, time in zip(entries, times, strict=True):
        address = str(entry.findtext(f"{ATOM}id"))
        assert entry.findtext(f"{ATOM}title") and entry.findtext(f"{ATOM}summary")
        assert time == updated[address.removeprefix(root + prefix)] + "T00:00:00Z"
    for link in feed.iter(f"{ATOM}link"):
        assert link.attrib["href"].startswith(root)


def test_pages_name_the_feed_of_their_language(site: Path) -> None:
    text = (site / "ar" / "library" / "index.html").read_text(encoding="utf-8")
    link = re.search(r'<link rel="([^"]*)" type="application/atom\+xml" [^>]*href="([^"]*)">', text)

    assert link and urljoin("ar/library/index.html", link[2]) == "feeds/ar.xml"
    # The exact word would make the theme's script fetch it.
    assert link[1] == "alternate "


@given(LINE, LINE)
def test_a_feed_is_xml_whatever_titles_hold(title: str, summary: str) -> None:
    about = feeds.Feed("http://x/f.xml", "http://x/", "Hub", "We", "CC", "en")
    text = feeds.atom(about, [feeds.Item("http://x/a", title, summary, "2026-11-30")])
    # Characters that XML has no way to write never come from Markdown: they are refused there.
    if not re.search("[\ufffe\uffff]", title + summary):
        assert ElementTree.fromstring(text).findtext(f"{ATOM}entry/{ATOM}title") == title


@given(st.text(max_size=200), st.text(max_size=400), st.sampled_from(["", "https://hub.example/a"]))
def test_a_text_to_pass_on_has_at_most_280_characters(
    title: str, summary: str, address: str
) -> None:
    made = sharing.text(title, summary, address)
    assert len(made) <= 280 and made.endswith(address)


def test_texts_to_pass_on_are_short_in_every_language(site: Path, project: Project) -> None:
    found = [
        built.select("#hub-share-text")[0].text.strip()
        for file in site.rglob("library/**/*.html")
        if (built := document(file)).select("#hub-share-text")
    ]
    assert len(found) > 40 * len(project.languages)
    assert max(map(len, found)) <= 280
    assert not [text for text in found if "utm_" in text or "localhost" in text]


# The directory of organisations.


@pytest.mark.parametrize(
    "row",
    [
        "house,House of Tea: tea@example.org,en,KE,protection,Gives tea to people.,true,2026-01-01,2026-01-01",
        "house,House of Tea,en,KE,protection,Call +254 700 000 000 for tea.,true,2026-01-01,2026-01-01",
        "house,House of Tea,en,KE,protection,Gives tea to people.,false,2026-01-01,2026-01-01",
        "house,House of Tea,en,KE,protection,Gives tea to people.,,2026-01-01,2026-01-01",
        "house,House of Tea,en,KE,charity,Gives tea to people.,true,2026-01-01,2026-01-01",
    ],
)
def test_a_row_with_personal_data_or_without_consent_is_refused(
    row: str, project: Project, tmp_path: Path
) -> None:
    with pytest.raises(HubError, match="organisations.csv:2"):
        table.read(directory(project, tmp_path, row), "organisations")


def test_a_row_with_consent_is_read(project: Project, tmp_path: Path) -> None:
    row = "house,House of Tea,en,KE,protection prevention,Gives tea to people.,true,2026-01-01,2026-01-01"  # fmt: skip
    (read,) = table.read(directory(project, tmp_path, row), "organisations")
    assert read["name"] == "House of Tea"


def directory(project: Project, folder: Path, row: str) -> Project:
    from dataclasses import replace

    target = folder / "docs" / "network" / "organisations.csv"
    target.parent.mkdir(parents=True)
    head = (project.docs / "network" / "organisations.csv").read_text("utf-8").splitlines()[0]
    target.write_text(f"{head}\n{row}\n", encoding="utf-8")
    return replace(project, root=folder)


def test_the_directory_lists_its_rows_or_says_that_there_are_none(
    site: Path, project: Project
) -> None:
    rows = table.read(project, "organisations")
    built = document(site / "network" / "organisations.html")
    listed = built.select("#hub-organisations [data-hub-id]")
    assert len(listed) == len(rows)
    assert rows or "No organisation is listed yet" in built.select("#hub-organisations")[0].text


def test_who_does_what_has_a_row_for_each_body(site: Path, project: Project) -> None:
    pages, _ = pages_module.read_pages(project)
    (page,) = [p for p in pages if p.type == "bodies"]
    rows = document(site / "about" / "who-does-what.html").select("tbody tr")

    assert [row.attrs["id"] for row in rows] == [body["id"] for body in page.meta["bodies"]]
    assert sum("data-hub-founder" in row.attrs for row in rows) == 6
