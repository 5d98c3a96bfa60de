"""Search: what the browser does equals what Python does, on every word; and no query breaks it."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path

import pytest
import turbohtml
import yaml
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Locator, Page, expect

from conftest import ROOT, run
from hub import glossary
from hub.problem import HubError
from hub.project import Project
from hub.search import analyzer as analyzers
from hub.search import document, files, index, theme
from hub.search.reference import Reference
from hub.search.words import compounds

SYNONYMS = Path(analyzers.__file__).with_name("synonyms.yml")
CODES = ("en", "fr", "es", "ru", "ar", "zh", "nl", "hi")

ASK = """query => new Promise(done => {
  const base = location.href.replace(/[^/]*$/, "").replace(/\\/[a-z]{2}\\/$/, "/"), start = performance.now();
  hubSearch.find(query, {base, send() {}}, found => done({found, time: performance.now() - start}));
})"""


@pytest.fixture(scope="module")
def pages(browser: Browser, site: Path) -> Iterator[dict[str, Page]]:
    """A page of each language, opened from its folder, with its search loaded."""
    context = browser.new_context()
    opened = {}
    for code in CODES:
        page = opened[code] = context.new_page()
        page.goto(f"file://{site}/{'' if code == 'en' else code + '/'}index.html")
        page.add_script_tag(path=site / f"search/{code}.js")
        for swaps in (site / "search").glob(f"{code}-*/swap.js"):
            page.add_script_tag(path=swaps)
    yield opened
    context.close()


def words_of(project: Project, site: Path, code: str) -> list[str]:
    """Every word of the language's pages and of its glossary."""
    found = document.read(project, site, project.language(code))
    texts = [text for d in found for s in index.sections(d) for _, text in index.texts(d, s)]
    texts += [term.names[code] for term in glossary.read(project)]
    texts += [w for t in glossary.read(project) for w in t.forbidden.get(code, ())]
    analyzer = analyzers.Analyzer(code)
    return sorted({token for text in texts for token in analyzer.tokens(text)})


@pytest.mark.browser
@pytest.mark.parametrize("code", CODES)
def test_browser_and_python_analyze_every_word_alike(
    project: Project, site: Path, pages: dict[str, Page], code: str
) -> None:
    words = words_of(project, site, code)
    analyzer = index.analyzer(code)
    text = " ".join(words)

    ours = [list(analyzer.terms(token)) for token in analyzer.tokens(text)]
    theirs = pages[code].evaluate("text => hubSearch.analyze(text)", text)

    assert len(words) > 300
    wrong = [(w, a, b) for w, a, b in zip(words, ours, theirs, strict=True) if a != b]
    assert wrong == []


@pytest.mark.browser
@pytest.mark.parametrize("code", CODES)
def test_browser_and_python_analyze_slips_and_mixtures_alike(
    project: Project, site: Path, pages: dict[str, Page], code: str
) -> None:
    """Words nobody wrote: letters exchanged, upper case, marks of every kind, two scripts in one."""
    chance = random.Random(code)
    words = words_of(project, site, code)
    made = []
    for word in chance.sample(words, min(len(words), 1500)):
        at = chance.randrange(len(word))
        made.append(word[:at] + chance.choice("aéßИё̈ةہँ़人0٣५ſİ’") + word[at + 1 :])
        made.append(word.upper() + chance.choice(words))
    text = " ".join(made)
    analyzer = index.analyzer(code)

    ours = [list(analyzer.terms(token)) for token in analyzer.tokens(text)]
    theirs = pages[code].evaluate("text => hubSearch.analyze(text)", text)

    wrong = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    assert wrong == []


def slip(word: str, code: str) -> str:
    """The word as somebody mistypes it: two letters exchanged, in Chinese a wrong character."""
    half = len(word) // 2
    if code == "zh":
        return word[: half - 1] + "的" + word[half:]
    return word[:half] + word[half + 1] + word[half] + word[half + 2 :]


#: Is the focus on what opens a page's other headings, with the link among them?
MORE = """link => {
  const more = link.closest("details")
  return more && !more.open && more.querySelector("summary") === document.activeElement
}"""


def follow_by_keyboard(page: Page, wanted: Locator) -> None:
    """From the search box down to a result, opening the other headings of its page, and Enter."""
    for _ in range(40):
        page.keyboard.press("ArrowDown")
        if wanted.evaluate("link => link === document.activeElement"):
            break
        if wanted.evaluate(MORE):
            page.keyboard.press("Enter")
    expect(wanted.locator("mark").first).to_be_visible()
    expect(wanted).to_be_focused()
    page.keyboard.press("Enter")


def term_with_its_own_page_part(project: Project, site: Path, code: str) -> tuple[str, str]:
    """A query with a slip, and the glossary's heading it must lead to: a term that leads there too."""
    language = project.language(code)
    terms = glossary.read(project)
    reference = Reference(code, document.read(project, site, language), terms)
    for term in terms:
        longest = max(term.names[code].split(), key=len)
        if term.is_interface or len(longest) < (4 if code == "zh" else 8):
            continue
        found = reference.search(term.names[code])
        if any(hit.url.endswith("glossary.html") for hit in found[:3]):
            return term.names[code].replace(longest, slip(longest, code)), term.id
    raise AssertionError("no term of the glossary is found there")


@pytest.mark.browser
@pytest.mark.parametrize("code", CODES)
def test_a_reader_mistypes_and_lands_on_the_heading_by_keyboard(
    browser: Browser, project: Project, site: Path, code: str
) -> None:
    """From a folder, without a network: type, go down to the result, press Enter."""
    query, anchor = term_with_its_own_page_part(project, site, code)
    context = browser.new_context(offline=True)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"file://{site}/{'' if code == 'en' else code + '/'}index.html")
    before, address = page.evaluate("history.length"), page.url

    page.keyboard.press("/")
    page.keyboard.insert_text(query)
    wanted = page.locator(f".md-search-result a[href$='glossary.html#{anchor}']")
    expect(wanted).to_have_count(1)
    assert (page.url, page.evaluate("history.length")) == (address, before)
    follow_by_keyboard(page, wanted)

    page.wait_for_url(f"**/learn/glossary.html#{anchor}")
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()
    assert errors == []
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("code", CODES)
def test_search_inside_a_kit_needs_no_network(
    browser: Browser, project: Project, site: Path, tmp_path: Path, code: str
) -> None:
    kit = next(iter(sorted((site / "downloads" / code).glob("*.zip"))))
    shutil.unpack_archive(kit, tmp_path)
    file = next(tmp_path.glob("*/teacher.html"))
    context = browser.new_context(offline=True)
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text))
    page.goto(f"file://{file}")
    # The heading with the longest word: others have the words of many.
    headings = page.locator("article h2[id]")
    words = [re.findall(r"[^\W\d_]{3,}", text) or ["xxx"] for text in headings.all_inner_texts()]
    chosen = max(range(len(words)), key=lambda place: len(max(words[place], key=len)))
    heading = headings.nth(chosen)
    anchor = heading.get_attribute("id")
    longest = max(words[chosen], key=len)
    query = heading.inner_text().rstrip("#").replace(longest, slip(longest, code))

    page.get_by_role("search").get_by_role("textbox").fill(query)
    link = page.locator(f".hub-find a[href='#{anchor}']")
    expect(link).to_be_visible()
    for _ in range(page.locator(".hub-find a").count()):
        page.keyboard.press("ArrowDown")
        if link.evaluate("link => link === document.activeElement"):
            break
    expect(link).to_be_focused()
    page.keyboard.press("Enter")

    page.wait_for_url(f"**#{anchor}")
    expect(heading).to_be_in_viewport()
    assert errors == []
    context.close()


BAD = {
    "long": "trafficking " * 900,
    "long-word": "x" * 10_000,
    "han": "人" * 10_000,
    "punctuation": "!?…—«»()[]{}*&^%$#@",
    "expressions": ".* (?:a+)+$ [\\w] \\u{1F} ^$ | ( [",
    "html": '<img src=x onerror="window.broken=1"><script>window.broken=1</script>',
    "mixed": "trafico торговля الاتجار 人口 मानव mensenhandel",
    "surrogate": "tra\ud800ff \udc00 trafficking",
    "marks": "\u200f\u202etrafficking\u202c \u2066الاتجار\u2069",
    "emoji": "👩🏽‍🏫 🆘 trafficking 🇫🇷",
    "keys": "constructor __proto__ toString hasOwnProperty valueOf",
    "empty": " \t\n\u3000 ",
}


@pytest.mark.browser
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", BAD)
def test_no_query_breaks_the_search(pages: dict[str, Page], code: str, name: str) -> None:
    page = pages[code]
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    page.evaluate(ASK, BAD[name])
    again = page.evaluate(ASK, BAD[name])

    assert again["time"] < 50
    page.evaluate("query => document.forms.search.query.value = query", BAD[name])
    page.evaluate("document.forms.search.query.dispatchEvent(new Event('keyup'))")
    page.wait_for_timeout(30)
    assert page.evaluate("window.broken") is None
    assert page.locator(".md-search-result script, .md-search-result img").count() == 0
    assert errors == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("code", "typed", "said"),
    [
        ("en", "debtbondage", "debt bondage"),
        ("nl", "mensen handel", "mensenhandel"),
        ("ru", "торговлялюдьми", "торговля людьми"),
    ],
)
def test_words_that_are_joined_or_apart_find_the_same(
    pages: dict[str, Page], code: str, typed: str, said: str
) -> None:
    found, wanted = (
        [f["url"] for f in pages[code].evaluate(ASK, q)["found"]] for q in (typed, said)
    )

    assert wanted
    assert found[0] in wanted


@pytest.mark.browser
def test_traditional_chinese_is_found_and_its_table_comes_only_then(
    browser: Browser, site: Path
) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(f"file://{site}/zh/index.html")
    page.add_script_tag(path=site / "search/zh.js")

    simplified = page.evaluate(ASK, "贩运")["found"]
    before = "swap.js" in asked
    traditional = page.evaluate(ASK, "販運")["found"]

    assert simplified and traditional == simplified
    assert (before, "swap.js" in asked) == (False, True)
    context.close()


def test_words_that_are_no_terms_find_what_people_mean_by_them() -> None:
    terms: list[glossary.Term] = []

    assert "dedommagement" in index.Reader("fr", terms).fields(page_about("Indemnisation"))["other"]
    assert "шелтер" in index.Reader("ru", terms).fields(page_about("Приют"))["other"]
    assert "इंटरपरेटर" not in index.Reader("hi", terms).fields(page_about("आश्रय"))["other"]


def page_about(title: str) -> document.Document:
    return document.Document("page.html", "page", title, "")


def test_every_line_of_synonyms_holds_several_words_once() -> None:
    for code, lines in yaml.safe_load(SYNONYMS.read_text(encoding="utf-8")).items():
        for line in lines:
            words = [word.strip() for word in line.split("|")]
            assert len(words) > 1 and all(words), f"{code}: {line}"
            assert sorted(set(words)) == sorted(words), f"{code}: {line}"


@pytest.mark.browser
@pytest.mark.parametrize("harm", ["missing", "half"])
def test_a_lost_shard_leaves_the_others_and_a_plain_message(
    browser: Browser, site: Path, tmp_path: Path, harm: str
) -> None:
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    shards = sorted((copy / "search").glob("en-*/[0-9]*.js"), key=lambda file: int(file.stem))
    assert len(shards) > 2
    lost = next(s for s in shards if "traffick" in decoded(s))
    text = lost.read_text(encoding="utf-8")
    lost.unlink() if harm == "missing" else lost.write_text(text[: len(text) // 2], "utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"file://{copy}/index.html")

    page.get_by_role("textbox", name="Search").fill("trafficking handbook")

    expect(page.locator(".hub-search__lost")).to_be_visible()
    expect(page.locator(".md-search-result__item").first).to_contain_text("andbook")
    context.close()


def decoded(shard: Path) -> list[str]:
    """The terms of a shard, read back."""
    data = json.loads(re.fullmatch(r"hubSearch\.shard\(\d+,(.*)\)", shard.read_text("utf-8"))[1])
    terms, before = [], ""
    for coded in data[0].split(" "):
        before = before[: files.DIGITS.index(coded[0]) & 31] + coded[1:]
        terms.append(before)
    return terms


@pytest.mark.browser
def test_a_lost_engine_is_said_plainly(browser: Browser, site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    (copy / "search" / "en.js").unlink()
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"file://{copy}/index.html")

    page.get_by_role("textbox", name="Search").fill("help")

    expect(page.locator(".md-search-result__meta")).to_have_text("The search could not be loaded.")
    context.close()


@pytest.mark.browser
def test_nothing_found_offers_a_way_on(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"file://{site}/index.html")

    page.get_by_role("textbox", name="Search").fill("exqploqitatqioqn")

    expect(page.locator(".hub-search__nothing")).to_be_visible()
    expect(page.locator(".hub-search__sections a[href$='learn/glossary.html']")).to_be_visible()
    expect(page.locator(".hub-search__sections a[href$='teach/index.html']")).to_be_visible()
    page.locator(".hub-search__nearest a").click()
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    expect(page.get_by_role("textbox", name="Search")).to_have_value("exploitation")
    context.close()


@pytest.mark.browser
def test_types_are_shown_and_can_be_chosen(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"file://{site}/index.html")
    page.get_by_role("textbox", name="Search").fill("trafficking")
    expect(page.locator(".hub-search__types a").first).to_be_visible()
    all_of_them = page.locator(".md-search-result__item").count()

    page.keyboard.press("ArrowUp")  # from the box to what stands last
    while not re.match(r"Lesson \d", page.locator(":focus").inner_text()):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")

    expect(page.locator(".hub-search__types [aria-pressed=true]")).to_contain_text("Lesson")
    tags = page.locator(".md-search-result__item .md-tag").all_inner_texts()
    assert tags and set(tags) == {"Lesson"}
    assert len(tags) < all_of_them
    expect(page.get_by_role("textbox", name="Search")).to_be_focused()
    context.close()


def test_before_the_box_is_touched_search_costs_next_to_nothing(site: Path) -> None:
    """The empty index the theme asks for, and our lines in the page."""
    page = (site / "fr" / "index.html").read_text(encoding="utf-8")
    ours = re.search(r"<script>\n\(function \(\) \{\n  var config.*?</script>", page, re.S)
    eager = (site / "search" / "search_index.json").read_bytes() + ours[0].encode()

    assert len(gzip.compress(eager)) <= 2000


def test_what_is_replaced_is_gone_and_plain_mkdocs_keeps_it(site: Path, tmp_path: Path) -> None:
    assert not (site / "assets/javascripts/workers").exists()
    assert not (site / "assets/javascripts/lunr").exists()
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(tmp_path / "plain")],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        check=True,
    )
    plain = tmp_path / "plain"
    assert done.returncode == 0
    assert list((plain / "assets/javascripts/workers").glob("search.*.js"))
    assert len(json.loads((plain / "search/search_index.json").read_bytes())["docs"]) > 50
    assert "window.Worker" not in (plain / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda scripts: rename(scripts, "bundle", "pack"), "holds 0 bundles"),
        (lambda scripts: edit(scripts, "=new Worker(", "=make(Worker,"), "starts its worker"),
        (lambda scripts: edit(scripts, "type:2,data:", "type:5,data:"), "asks by message 2"),
        (lambda scripts: shutil.rmtree(scripts / "lunr"), "no assets/javascripts/lunr/"),
    ],
    ids=["bundle", "worker", "protocol", "files"],
)
def test_a_theme_that_has_moved_stops_the_build(
    tmp_path: Path, change: Callable[[Path], object], message: str
) -> None:
    theirs = Path(str(resources.files("material"))) / "templates/assets/javascripts"
    scripts = tmp_path / "assets/javascripts"
    shutil.copytree(theirs, scripts)
    change(scripts)

    with pytest.raises(HubError, match=re.escape(message)):
        theme.replace(tmp_path)


def rename(scripts: Path, old: str, new: str) -> None:
    for file in scripts.glob(f"{old}.*"):
        file.rename(scripts / file.name.replace(old, new))


def edit(scripts: Path, old: str, new: str) -> None:
    for file in scripts.glob("bundle.*.min.js"):
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_page_that_does_not_start_our_search_stops_the_build(site: Path, tmp_path: Path) -> None:
    theme.check_page(site / "index.html")
    text = (
        (site / "index.html").read_text(encoding="utf-8").replace("window.Worker =", "window.W =")
    )
    (tmp_path / "index.html").write_text(text, encoding="utf-8")

    with pytest.raises(HubError, match="does not start our search"):
        theme.check_page(tmp_path / "index.html")


def read(body: str, code: str = "fr", head: str = "") -> document.Document | None:
    page = turbohtml.parse(f"{head}<article data-hub=lesson>{body}</article>".encode())
    return document.parse(page, page.select("article")[0], "fr/a.html", code)


def test_english_inside_a_translated_page_is_left_out() -> None:
    found = read(
        '<h1>Titre</h1><p>Un texte.</p><p lang="en">A text.</p>'
        '<h2 id="b"><span lang="en">Heading</span></h2><p>Suite <b>grasse</b>.</p>'
        '<h2 id="c">Fin<a class="headerlink">#</a></h2>',
        head='<meta name=description lang=en content="Summary">',
    )

    assert found is not None
    assert (found.title, found.summary, found.type) == ("Titre", "", "lesson")
    assert [(s.anchor, s.heading, s.text) for s in found.sections] == [
        ("", "", "Un texte."),
        ("b", "Heading", "Suite grasse."),
        ("c", "Fin", ""),
    ]
    assert [s.heading_is_own for s in found.sections[1:]] == [False, True]


def test_a_page_that_is_still_english_is_no_page_of_the_language() -> None:
    body = '<h1><span lang="en">Title</span></h1><p lang="en">A long English text.</p><p>Mot.</p>'

    assert read(body) is None
    assert read(body, "en") is not None


def test_dutch_compounds_are_split_by_the_word_list() -> None:
    parts = compounds("nl").parts

    assert parts("mensenhandel") == ("mensen", "handel")
    assert parts("arbeidsuitbuiting") == ("arbeid", "uitbuiting")
    assert parts("handel") == parts("xqzwvkjhgf") == ()


@given(st.text(max_size=80), st.sampled_from(CODES))
def test_any_text_has_terms_that_can_be_written_down(text: str, code: str) -> None:
    analyzer = index.analyzer(code)
    for token in analyzer.tokens(text):
        for term in analyzer.terms(token):
            assert term and not set(term) & set(' "\\')


@given(st.integers(0, 2**31))
def test_numbers_can_be_read_back(value: int) -> None:
    read_back = sum(
        (files.DIGITS.index(c) & 31) << 5 * n for n, c in enumerate(files.number(value))
    )

    assert read_back == value


def test_the_terminal_finds_in_every_language(site: Path, project: Project) -> None:
    for code in CODES:
        term = next(t for t in glossary.read(project) if t.id == "forced-labour")
        found = Reference(code, document.read(project, site, project.language(code)), [term])
        assert found.search(term.names[code]), code


def test_search_says_what_is_missing(tmp_path: Path) -> None:
    done = run("search", "help", "--lang", "xx")

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("error: the site has no language 'xx'\n    hint: it has: en, fr")
