"""The built site as files: contracts that hold on every page of every language."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import turbohtml

from conftest import ROOT, run
from hub import page as pages_module
from hub import policy, segment, texts
from hub.fallback import MARK
from hub.problem import BELOW_THRESHOLD, CLEAN
from hub.project import Project

ADDRESS = "https://hub.example.org/base/"


@pytest.fixture(scope="module")
def parsed(site: Path, project: Project) -> dict[str, turbohtml.Document]:
    """Pages in the languages of the site; files to take away and guests have tests of their own."""
    others = {"downloads", *(lang.code for lang in project.guests)}
    files = {file.relative_to(site): file for file in site.rglob("*.html")}
    return {
        path.as_posix(): turbohtml.parse(file.read_bytes(), encoding="utf-8")
        for path, file in files.items()
        if file.name != "404.html" and path.parts[0] not in others
    }


def language_of(path: str, project: Project) -> str:
    first = path.partition("/")[0]
    return first if first in {lang.code for lang in project.targets} else project.source.code


def test_build_says_where_the_site_is_and_what_it_took(build: tuple[Path, str]) -> None:
    out, printed = build
    lines = printed.splitlines()

    assert lines[0] == f"site      {out.as_posix()}/index.html"
    for line, code in zip(
        lines[1:9], ("en", "fr", "es", "ru", "ar", "zh", "nl", "hi"), strict=True
    ):
        assert re.fullmatch(rf"{code}        \d+ pages, \d+\.\d s", line)
    assert lines[-1] == "no problems"


def test_every_page_exists_in_every_language(site: Path, project: Project) -> None:
    english, problems = pages_module.read_pages(project)
    assert not problems and len(english) >= 15
    for item in english:
        for language in project.languages:
            prefix = "" if language.is_source else f"{language.code}/"
            assert (site / f"{prefix}{item.path[:-3]}.html").exists()


def test_language_and_direction_stand_on_html(
    parsed: dict[str, turbohtml.Document], project: Project
) -> None:
    for path, document in parsed.items():
        code = language_of(path, project)
        root = document.select("html")[0].attrs
        assert (root["lang"], root["dir"]) == (code, "rtl" if code == "ar" else "ltr"), path


def test_ids_are_the_same_in_every_language(
    parsed: dict[str, turbohtml.Document], project: Project
) -> None:
    def ids(path: str) -> list[str]:
        return [e.attrs["id"] for e in parsed[path].select("article [id]")]

    for path in [p for p in parsed if language_of(p, project) == "en"]:
        for language in project.targets:
            other = f"{language.code}/{path}"
            if path.endswith("glossary.html"):  # sorted by each language's own words
                assert sorted(ids(other)) == sorted(ids(path))
            else:
                assert ids(other) == ids(path), other


def test_pages_of_a_language_hold_no_english_that_is_not_tagged(
    parsed: dict[str, turbohtml.Document], project: Project
) -> None:
    """Every source text that has a translation is gone from the translated page."""
    english, _ = pages_module.read_pages(project)
    for language in project.targets:
        translations = texts.Translations(project, language.code)
        for item in english:
            article = parsed[f"{language.code}/{item.path[:-3]}.html"].select("article")[0]
            for element in article.select("[lang=en], [translate=no]"):
                element.decompose()  # tagged, or an original title that nobody translates
            shown = re.sub(r"\s+", " ", article.text)
            for text in segment.segments(item.source):
                target = translations.catalog(item.section).translation(text.key)
                plain = re.sub(r"[*`]|\]\([^)]*\)|\[", "", text.text)
                if target and target != text.text and len(plain.split()) > 4:
                    assert plain not in shown, f"{language.code}: {plain}"


def test_nothing_of_the_machinery_is_left_in_a_page(site: Path) -> None:
    for file in site.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        for trace in (MARK, "<!-- hub:", "fonts.googleapis", "{{", "{%", "duration-", "Undefined"):
            assert trace not in text, f"{trace!r} in {file.name}"


def test_disclaimer_and_help_are_on_every_page(
    parsed: dict[str, turbohtml.Document], project: Project
) -> None:
    source = "This is not a United Nations site, and no organisation named here has endorsed it."
    for path, document in parsed.items():
        code = language_of(path, project)
        wanted = texts.Translations(project, code).gettext("ui", source)
        assert wanted in document.select("footer")[-1].text, path
        if "/help/" not in f"/{path}":
            links = [a.attrs.get("href", "") for a in document.select("footer a")]
            assert any(link.endswith("help/index.html") for link in links), path


def test_translated_pages_say_that_a_machine_made_them(
    parsed: dict[str, turbohtml.Document], project: Project
) -> None:
    for path, document in parsed.items():
        notices = document.select(".hub-notice, .hub-bare__notice strong")
        translated = language_of(path, project) != "en"
        assert bool(notices) == translated, path


def test_404_speaks_every_language_and_needs_no_other_file(site: Path, project: Project) -> None:
    document = turbohtml.parse((site / "404.html").read_bytes(), encoding="utf-8")

    assert [p.attrs["lang"] for p in document.select("main p")] == [
        lang.code for lang in project.languages
    ]
    assert len({p.text for p in document.select("main p")}) == len(project.languages)
    assert not document.select("script, link[rel=stylesheet], img")


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it is built for an address with a base path."""
    out = tmp_path_factory.mktemp("deployed") / "site"
    done = run("build", "--deploy", "--out", str(out), SITE_URL=ADDRESS)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def test_addresses_of_a_deployed_site_are_whole(deployed: Path, project: Project) -> None:
    page = turbohtml.parse((deployed / "ar/learn/index.html").read_bytes(), encoding="utf-8")

    canonical = page.select("link[rel=canonical]")[0].attrs["href"]
    alternates = {e.attrs["hreflang"]: e.attrs["href"] for e in page.select("head link[hreflang]")}

    assert canonical == ADDRESS + "ar/learn/"
    assert alternates["x-default"] == alternates["en"] == ADDRESS + "learn/"
    assert set(alternates) == {"x-default", *(lang.code for lang in project.languages)}
    assert alternates["ar"] == canonical


def test_sitemap_lists_every_page_once(deployed: Path) -> None:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    root = ElementTree.parse(deployed / "sitemap.xml").getroot()
    listed = [e.text or "" for e in root.findall(".//s:loc", space)]
    files = {f.relative_to(deployed).as_posix() for f in deployed.rglob("*.html")} - {"404.html"}
    files = {f for f in files if not f.startswith("downloads/")}

    # An index page may be listed by its folder.
    assert len(listed) == len(set(listed))
    found = {p.removeprefix(ADDRESS) + ("index.html" if p.endswith("/") else "") for p in listed}
    assert found == files


def test_kits_of_two_builds_are_the_same_bytes(deployed: Path, tmp_path: Path) -> None:
    again = tmp_path / "site"
    done = run("build", "--deploy", "--lang", "ar", "--out", str(again), SITE_URL=ADDRESS)
    assert done.returncode == 0

    lessons = len(list(ROOT.glob("docs/teach/lessons/*-answer-key.md")))
    assert len(list(deployed.rglob("*.zip"))) == 8 * lessons
    kits = sorted(p.relative_to(again) for p in again.rglob("*.zip"))
    assert len(kits) == 2 * lessons
    for kit in kits:
        assert (deployed / kit).read_bytes() == (again / kit).read_bytes()


def test_deploy_without_an_address_is_refused() -> None:
    done = run("build", "--deploy", SITE_URL="")

    assert done.returncode == 3
    assert done.stderr.startswith("error: a deploy needs SITE_URL")


def test_plain_mkdocs_builds_complete_pages_too(tmp_path: Path, site: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(tmp_path / "site")],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    for path in (
        "ar/teach/lessons/what-is-trafficking.html",
        "hi/help/index.html",
        "zh/learn/index.html",
    ):
        plain, ours = (
            turbohtml.parse((folder / path).read_bytes(), encoding="utf-8")
            .select("article")[0]
            .html
            for folder in (tmp_path / "site", site)
        )
        assert plain == ours


def test_every_word_is_counted_and_no_translation_has_an_error(project: Project) -> None:
    """English may be ahead of its translations: that is no reason to stop anybody."""
    done = run("coverage", "--format", "json")
    report = json.loads(done.stdout)

    assert done.returncode in (CLEAN, BELOW_THRESHOLD), done.stdout
    figures = report["summary"]["languages"]
    own = [figures[lang.code] for lang in project.targets]
    assert len({language["words"] for language in own}) == 1
    assert set(figures) == {lang.code for lang in (*project.targets, *project.guests)}
    for language in figures.values():
        assert sum(language["states"].values()) == language["words"] > 500


def test_who_approved_a_translation_is_named_in_the_policy(project: Project) -> None:
    reviewers = policy.load(project).reviewers
    for language in project.targets:
        for section, read in texts.read_all(project, language.code)[0].items():
            for entry in read.entries.values():
                assert entry.reviewer in ("", *reviewers(language.code)), section


def test_another_configuration_builds_with_hand_made_and_catalog_translations(
    tmp_path: Path,
) -> None:
    small = ROOT / "tests" / "sites" / "small"
    done = run("build", "--config", str(small / "mkdocs.yml"), "--out", str(tmp_path / "site"))

    assert done.returncode == 0, done.stdout + done.stderr
    by_hand = (tmp_path / "site/fr/by-hand.html").read_text(encoding="utf-8")
    by_catalog = (tmp_path / "site/ar/index.html").read_text(encoding="utf-8")
    assert "Écrit à la main." in by_hand
    assert "<p>نص مترجم.</p>" in by_catalog
    assert re.search(
        r'<p (lang="en" dir="ltr"|dir="ltr" lang="en")>Left in English\.</p>', by_catalog
    )
    assert "الملخص الأول" in by_catalog, "lists show the translated front matter"


def test_site_is_never_written_over_sources(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(ROOT / "tests" / "sites" / "small", copy)
    for out in (copy, copy / "docs", copy / "translations" / "ar", tmp_path):
        done = run("build", "--config", str(copy / "mkdocs.yml"), "--out", str(out))

        assert done.returncode == 3 and "would be written" in done.stderr
        assert (copy / "docs" / "index.md").exists()


def test_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine")

    done = run("build", "--out", str(tmp_path))

    assert done.returncode == 3 and "no site of ours" in done.stderr
    assert (tmp_path / "diary.txt").read_text() == "mine"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the sources that may be broken."""
    copy = tmp_path / "checkout"
    copy.mkdir()
    for name in ("docs", "translations", "overrides", "scripts", "LICENSES"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", copy)
    return copy


def command(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "scripts", *arguments],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )


def replace(file: Path, old: str, new: str) -> int:
    """Replace the first `old`; the line it stood in."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_tree_without_a_break_is_clean(checkout: Path) -> None:
    assert command(checkout, "build").returncode == 0
    done = command(checkout, "check")
    assert done.returncode in (CLEAN, BELOW_THRESHOLD), done.stdout


def test_broken_yaml_key_is_found(checkout: Path) -> None:
    line = replace(checkout / "docs/teach/index.md", "review_by:", "reviewed_by:")

    done = command(checkout, "content")

    assert done.returncode == 1
    assert f"docs/teach/index.md:{line}: unknown-key: " in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "rule", "hint"),
    [
        ("learn/glossary.md", "learn/glosary.md", "link", "did you mean 'learn/glossary.md'?"),
        ("index.md#disclaimer", "index.md#disclamer", "anchor", "did you mean '#disclaimer'?"),
    ],
)
def test_broken_link_and_anchor_are_found_at_their_line(
    checkout: Path, old: str, new: str, rule: str, hint: str
) -> None:
    line = replace(checkout / "docs/index.md", old, new)
    # The build reports it, and leaves a site for the check to look at.
    assert command(checkout, "build").returncode == 1

    done = command(checkout, "links")

    assert done.returncode == 1
    assert f"docs/index.md:{line}: {rule}: " in done.stdout
    assert f"hint: {hint}" in done.stdout


def test_broken_catalog_syntax_is_found(checkout: Path) -> None:
    line = replace(checkout / "translations/zh/teach.po", '"\n\n#', "\n\n#")

    done = command(checkout, "coverage", "--lang", "zh")

    assert done.returncode == 1
    assert f"translations/zh/teach.po:{line}: catalog-syntax: " in done.stdout


def test_unclosed_bold_in_a_translation_is_found(checkout: Path) -> None:
    file = checkout / "translations/hi/home.po"
    text = file.read_text(encoding="utf-8")
    at = text.index("**", text.index('msgstr "**'))
    file.write_text(text[:at] + text[at + 2 :], encoding="utf-8")
    entry = text[:at].rsplit("\n#: ", 1)[0].count("\n") + 2

    done = command(checkout, "coverage", "--lang", "hi")

    assert done.returncode == 1
    found = re.search(
        r"translations/hi/home\.po:(\d+): markup: \*\* is opened and not closed", done.stdout
    )
    assert found and abs(int(found[1]) - entry) <= 3


def test_page_shows_english_for_a_translation_that_would_run(checkout: Path) -> None:
    catalog = checkout / "translations/fr/home.po"
    english = "What you can do now"
    text = catalog.read_text(encoding="utf-8")
    entry = text.index(f'msgid "{english}"')
    start = text.index('msgstr "', entry)
    end = text.index("\n", start)
    for wrong in ("<script>x()</script>", "[x](javascript:x())", "![x](https://example.org/x.png)"):
        catalog.write_text(f'{text[:start]}msgstr "Rien {wrong}"{text[end:]}', encoding="utf-8")

        done = command(checkout, "build", "--lang", "fr")

        assert done.returncode == 1
        assert re.search(r"translations/fr/home\.po:\d+: (markup|unsafe): ", done.stdout)
        page = turbohtml.parse((checkout / "site/fr/index.html").read_bytes(), encoding="utf-8")
        (heading,) = page.select("article h2[lang=en]")
        assert english in heading.text
        assert wrong not in (checkout / "site/fr/index.html").read_text(encoding="utf-8")


def test_build_names_the_line_of_a_catalog_that_cannot_be_read(checkout: Path) -> None:
    catalog = checkout / "translations/fr/home.po"
    catalog.write_text("<<<<<<< ours\n" + catalog.read_text(encoding="utf-8"), encoding="utf-8")

    done = command(checkout, "build", "--lang", "fr")

    assert done.returncode == 1
    assert done.stdout.startswith("translations/fr/home.po:1: catalog-syntax: merge conflict")
    assert not (checkout / "site/fr").exists()


def test_build_of_chosen_languages_offers_only_those(tmp_path: Path) -> None:
    done = run("build", "--lang", "ar", "--out", str(tmp_path / "site"))

    assert done.returncode == 0, done.stdout + done.stderr
    page = turbohtml.parse((tmp_path / "site/ar/index.html").read_bytes(), encoding="utf-8")
    offered = [a.attrs["lang"] for a in page.select(".hub-footer__languages a")]
    assert offered == ["en", "ar"]
    assert not (tmp_path / "site/fr").exists()


def test_status_page_counts_what_the_coverage_command_counts(
    parsed: dict[str, turbohtml.Document], project: Project
) -> None:
    report = json.loads(run("coverage", "--format", "json").stdout)["summary"]["languages"]
    page = parsed["about/translation.html"]

    for code, figures in ((lang.code, report[lang.code]) for lang in project.targets):
        section = page.select(f"[aria-labelledby=coverage-{code}]")[0]
        shown = [li.text for li in section.select("ul > li")]
        counted = {state: words for state, words in figures["states"].items() if words}
        assert len(shown) == len(counted), code
        assert all(any(f"{words:,}" in text for text in shown) for words in counted.values())
