"""The site in one language, as a folder that somebody carries to where there is no network."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import turbohtml
from playwright.sync_api import Browser, expect

from conftest import ROOT, run
from hub import offline
from hub.problem import COULD_NOT_RUN
from hub.project import Project
from test_search import follow_by_keyboard, term_with_its_own_page_part

OTHERS = ("en", "fr", "es", "ru", "zh", "nl", "hi", "fa", "pt")

PAGE = """<!doctype html>
<html lang="ar" dir="rtl">
<head>
<link rel="canonical" href="https://hub.example.org/ar/a.html">
<link rel="alternate " hreflang="en" href="https://hub.example.org/a.html">
</head>
<body>
<div class="md-select"><ul><li><a hreflang="en" href="../a.html">English</a></li>
<li><a hreflang="ar" href="a.html">العربية</a></li></ul></div>
<p>1: <a hreflang="en" href="../a.html#b">English</a> · <a hreflang="ar" href="a.html">العربية</a></p>
<p>2: <a hreflang="en" href="../index.html">English</a></p>
<p>3: <a hreflang="en" href="../data/a.csv">CSV</a></p>
<label><select data-filter="languages"><option value="">x</option><option lang="en">English</option>
<option lang="ar">العربية</option></select></label>
</body>
</html>
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Our site in Arabic alone, built by the command people type: (folder, what it printed)."""
    out = tmp_path_factory.mktemp("offline") / "hub"
    done = run("build", "--offline", "--lang", "ar", "--out", str(out), SITE_URL="")
    assert done.returncode == 0, done.stdout + done.stderr
    return out, done.stdout


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A built site in English and Arabic with a page, a file of data and the files of a server."""
    site = tmp_path / "site"
    files = dict.fromkeys(("index.html", "a.html", "data/a.csv", "assets/hub.css"), "")
    files |= dict.fromkeys(
        ("404.html", "sitemap.xml", "sitemap.xml.gz", "fa/messages/index.html"), ""
    )
    for code in ("en", "ar"):
        names = (f"feeds/{code}.xml", f"cite/{code}/a.bib", f"search/{code}.js")
        files |= dict.fromkeys((*names, f"search/{code}-0a1b/0.js", f"downloads/{code}/a.html"), "")
    for name, text in {**files, "downloads/forms/a.md": "", "ar/a.html": PAGE}.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    return site


def names(site: Path) -> list[str]:
    return sorted(f.relative_to(site).as_posix() for f in site.rglob("*"))


def test_build_says_what_the_folder_holds(built: tuple[Path, str]) -> None:
    out, printed = built
    lines = printed.splitlines()

    assert lines[0] == f"site      {out.as_posix()}/index.html"
    assert re.fullmatch(r"ar        \d+ pages, \d+\.\d s", lines[1])
    assert lines[2] == f"kits      {len(list(out.glob('downloads/ar/*.zip')))}"
    assert re.fullmatch(r"links     checked \d+ links on \d+ pages", lines[3])
    assert lines[4:] == ["no problems"]


def test_folder_holds_no_page_of_another_language(
    built: tuple[Path, str], project: Project
) -> None:
    out, _ = built
    pages = sorted(out.rglob("*.html"))
    said = {
        turbohtml.parse(p.read_bytes(), encoding="utf-8").select("html")[0].attrs["lang"]
        for p in pages
    }

    assert len(pages) > len(project.nav_pages())
    assert said == {"ar"}
    assert [n for n in names(out) if set(re.split(r"[/.]|-[0-9a-f]{8}", n)) & {*OTHERS}] == []
    assert not list(out.glob("sitemap.xml*")) and not (out / "404.html").exists()


def test_no_link_of_the_folder_is_dead_or_offers_what_is_not_there(built: tuple[Path, str]) -> None:
    out, _ = built
    done = run("links", "--site", str(out), "--no-cache")
    start = turbohtml.parse((out / "ar/index.html").read_bytes(), encoding="utf-8")

    assert done.returncode == 0, done.stdout
    assert start.select("a[hreflang], .md-select, link[rel=canonical], link[hreflang]") == []
    assert "localhost" not in (out / "ar/index.html").read_text(encoding="utf-8")


@pytest.mark.browser
def test_a_reader_without_a_network_opens_the_folder_and_finds_a_heading(
    browser: Browser, project: Project, built: tuple[Path, str], tmp_path: Path
) -> None:
    """From the folder, wherever it was copied to: open it, mistype, go down to the result, Enter."""
    folder = shutil.copytree(built[0], tmp_path / "أوراق 1")
    query, anchor = term_with_its_own_page_part(project, folder, "ar")
    context = browser.new_context(offline=True)
    page = context.new_page()
    errors: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url.partition(":")[0]))
    page.goto(f"file://{folder}/index.html")
    page.wait_for_url("**/ar/index.html")

    page.keyboard.press("/")
    page.keyboard.insert_text(query)
    wanted = page.locator(f".md-search-result a[href$='glossary.html#{anchor}']")
    expect(wanted).to_have_count(1)
    follow_by_keyboard(page, wanted)

    page.wait_for_url(f"**/ar/learn/glossary.html#{anchor}")
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()
    assert errors == []
    assert set(asked) <= {"file", "data"}
    context.close()


@pytest.mark.browser
def test_lessons_can_be_sorted_out_where_one_language_is_left(
    browser: Browser, built: tuple[Path, str]
) -> None:
    page = browser.new_page()
    page.goto(f"file://{built[0]}/ar/teach/index.html")
    filters = page.locator(".hub-finder__controls")
    shown = page.locator(".hub-lesson:visible").count()

    assert filters.locator("[data-filter=languages] option").count() == 2
    filters.locator("[data-filter=languages]").select_option("ar")
    assert page.locator(".hub-lesson:visible").count() == shown > 0
    filters.locator("[data-filter=projector]").check()
    assert page.locator(".hub-lesson__language:visible").all_inner_texts() == ["العربية"] * len(
        page.locator(".hub-lesson:visible").all()
    )
    page.close()


def arabic_page(small: Path, project: Project, address: str) -> turbohtml.Document:
    """The Arabic page of the small site at an address, cut down to its language."""
    offline.keep_only(replace(project, site_url=address), small, project.language("ar"))
    return turbohtml.parse((small / "ar/a.html").read_bytes(), encoding="utf-8")


def test_links_to_other_languages_go_where_no_address_is_known(
    small: Path, project: Project
) -> None:
    page = arabic_page(small, project, "http://localhost:8000/")

    assert [p.text for p in page.select("p")] == ["1: العربية", "2: ", "3: CSV"]
    assert page.select("link, .md-select") == []
    assert [o.text for o in page.select("option")] == ["x", "العربية"]


def test_links_to_other_languages_lead_to_the_address_that_is_known(
    small: Path, project: Project
) -> None:
    page = arabic_page(small, project, "https://hub.example.org/base")

    assert [a.attrs["href"] for a in page.select("a")] == [
        "https://hub.example.org/base/a.html",
        "a.html",
        "https://hub.example.org/base/a.html#b",
        "a.html",
        "https://hub.example.org/base/",
        "../data/a.csv",
    ]
    assert len(page.select("link")) == 2


def test_what_other_languages_and_servers_need_is_taken_away(small: Path, project: Project) -> None:
    offline.keep_only(project, small, project.language("ar"))

    files = [name for name in names(small) if (small / name).is_file()]
    assert files == [
        "ar/a.html",
        "assets/hub.css",
        "cite/ar/a.bib",
        "data/a.csv",
        "downloads/ar/a.html",
        "downloads/forms/a.md",
        "feeds/ar.xml",
        "index.html",
        "search/ar-0a1b/0.js",
        "search/ar.js",
    ]
    assert not [name for name in names(small) if name in ("fa", "fa/messages", "cite/en")]


def test_source_language_stays_at_the_root(small: Path, project: Project) -> None:
    (small / "index.html").write_text("<!DOCTYPE html><p>Start</p>", encoding="utf-8")
    offline.keep_only(project, small, project.source)

    html = [name for name in names(small) if name.endswith(".html")]
    assert html == ["a.html", "downloads/en/a.html", "index.html"]
    assert "<p>Start</p>" in (small / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("languages", [(), ("--lang", "fr,ar"), ("--lang", ",")])
def test_offline_wants_one_language(languages: tuple[str, ...]) -> None:
    done = run("build", "--offline", *languages)

    assert done.returncode == COULD_NOT_RUN
    assert done.stdout == ""
    assert done.stderr == (
        "error: an offline site has one language\n    hint: say which: build --offline --lang ar\n"
    )


def test_offline_in_a_language_that_is_none_names_those_there_are() -> None:
    done = run("build", "--offline", "--lang", "xx")

    assert done.returncode == COULD_NOT_RUN
    assert done.stderr == (
        "error: the site has no language 'xx'\n    hint: it has: en, fr, es, ru, ar, zh, nl, hi\n"
    )


def test_another_configuration_is_made_beside_its_site(tmp_path: Path) -> None:
    config = shutil.copytree(ROOT / "tests/sites/small", tmp_path / "small") / "mkdocs.yml"
    settings = config.read_text(encoding="utf-8")
    config.write_text(settings.replace("../../../", f"{ROOT}/"), encoding="utf-8")
    done = run("build", "--offline", "--lang", "fr", "--config", str(config))

    assert done.returncode == 0, done.stdout + done.stderr
    made = tmp_path / "small" / "site-fr"
    assert done.stdout.startswith(f"site      {made.as_posix()}/index.html\nfr ")
    assert (made / "fr/by-hand.html").exists() and not (made / "ar").exists()
    assert 'url=fr/index.html"' in (made / "index.html").read_text(encoding="utf-8")
