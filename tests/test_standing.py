"""What readers are told of a translation, in every state it can be in: pages of a real build."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import turbohtml

from conftest import ROOT
from hub import catalog, page, segment, texts
from hub import project as projects
from hub.catalog import approval
from hub.catalog.message import Message, write
from hub.coverage.standing import Standing, next_up, oldest
from hub.formats import Formats
from hub.policy import Policy
from hub.project import Language

READ_ON = "Last read on %(date)s."
PAGES = {
    "machine-drafted": "index",
    "reviewed": "learn/index",
    "official": "about/index",
    "partly-reviewed": "teach/before-you-teach",
    "missing": "legislate/index",
    "machine-drafted with English": "library/index",
    "machine-drafted with old text": "legislate/handbook/defining-the-crime",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our site in English and French, each page of `PAGES` brought into its state."""
    folder = tmp_path_factory.mktemp("standing")
    for name in ("docs", "overrides", "scripts", "LICENSES", "translations"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    _bring_into_states(folder)
    command = [sys.executable, "scripts", "build", "--lang", "fr"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


def _bring_into_states(folder: Path) -> None:
    project = projects.load(folder / "mkdocs.yml")
    own = {item.path: set(_keys(item)) for item in _pages(project)}

    def edit(state: str, change: Callable[[Message, int], Message]) -> None:
        path = f"{PAGES[state]}.md"
        file = texts.path_of(
            project, "fr", next(p.section for p in _pages(project) if p.path == path)
        )
        messages = catalog.messages(file)
        mine = [m.key for m in messages if not m.obsolete and m.key in own[path]]
        file.write_text(
            write(change(m, mine.index(m.key)) if m.key in mine else m for m in messages),
            encoding="utf-8",
        )

    edit("reviewed", lambda m, number: _approved(m, "reviewed"))
    edit("official", lambda m, number: _approved(m, "official"))
    edit("partly-reviewed", lambda m, number: _approved(m, "reviewed") if number > 1 else m)
    edit("missing", lambda m, number: m._replace(target=""))
    edit(
        "machine-drafted with English", lambda m, number: m._replace(target="") if number < 2 else m
    )
    edit("machine-drafted with old text", lambda m, number: _stale(m) if number == 4 else m)


def _pages(project: projects.Project) -> list[page.Page]:
    return page.read_pages(project)[0]


def _keys(item: page.Page) -> list[catalog.Key]:
    return [found.key for found in segment.segments(item.source)]


def _approved(message: Message, state: str) -> Message:
    digest = approval.digest(message.text, message.target)
    signed = approval.Approval(state, "reviewer-1", "2026-11-20", digest)
    return message._replace(comments=(signed.comment,))


def _stale(message: Message) -> Message:
    """Fuzzy, and made for nearly the same English."""
    return message._replace(flags=("fuzzy",), previous=(message.context, message.text + " "))


@pytest.mark.parametrize(
    ("state", "shown", "told"),
    [
        (
            "machine-drafted",
            "machine-drafted",
            ["Draft translation, made by machine and not yet read by a native speaker."],
        ),
        ("reviewed", "reviewed", ["A native speaker has read this translation.", READ_ON]),
        (
            "official",
            "official",
            ["Official translation, read against an official source.", READ_ON],
        ),
        (
            "partly-reviewed",
            "partly-reviewed",
            [
                "Parts of this translation were made by machine and not yet read by a native speaker.",
                "Paragraphs not yet read: %(n)s.",
            ],
        ),
        (
            "missing",
            "missing",
            ["This page has not been translated yet. Its text is in English."],
        ),
        ("machine-drafted with English", "machine-drafted", ["Paragraphs in English: %(n)s."]),
        (
            "machine-drafted with old text",
            "machine-drafted",
            ["Paragraphs whose English has changed since: %(n)s."],
        ),
    ],
)
def test_notice_tells_the_state_in_the_language_of_the_page(
    site: Path, project: projects.Project, state: str, shown: str, told: list[str]
) -> None:
    file = site / "fr" / f"{PAGES[state]}.html"
    document = turbohtml.parse(file.read_bytes(), encoding="utf-8")
    notice, *_ = document.select("aside.hub-notice")  # a chapter says it again where it is cited
    number = 1 if state == "machine-drafted with old text" else 2
    text = " ".join(notice.text.split())

    assert notice.attrs["data-hub-state"] == shown
    for english in told:
        french = texts.Translations(project, "fr").gettext(texts.UI, english)
        french = french % {"n": number, "date": "20 novembre 2026"}
        assert french != english and " ".join(french.split()) in text
    assert ("machine" in text) == (shown in ("machine-drafted", "partly-reviewed"))


def test_english_pages_carry_no_notice(site: Path) -> None:
    for path in PAGES.values():
        assert "hub-notice" not in (site / f"{path}.html").read_text(encoding="utf-8")


def test_status_page_names_the_oldest_and_the_next(site: Path, project: projects.Project) -> None:
    document = turbohtml.parse((site / "fr/about/translation.html").read_bytes(), encoding="utf-8")
    (section,) = document.select("[aria-labelledby=coverage-fr]")
    links = [a.attrs["href"] for a in section.select("a:not(.headerlink)")]

    oldest_one = texts.Translations(project, "fr").gettext(texts.UI, "Longest out of date:")
    assert " ".join(oldest_one.split()) in " ".join(section.text.split())
    assert links[0].endswith("legislate/handbook/defining-the-crime.html")
    assert [href.rsplit("/", 2)[-2:] for href in links[1:3]] == [
        ["legislate", "index.html"],
        ["library", "index.html"],
    ]


def test_badge_says_the_percentage_of_the_status_page(site: Path) -> None:
    badge = turbohtml.parse((site / "assets/coverage/fr.svg").read_bytes(), encoding="utf-8")
    document = turbohtml.parse((site / "fr/about/translation.html").read_bytes(), encoding="utf-8")
    (title,) = badge.select("title")
    states = document.select("[aria-labelledby=coverage-fr] > ul > li")

    assert title.text.startswith("Français: ")
    shown = sum(
        _percent(li.text) for li in states if "anglais" not in li.text and "mise" not in li.text
    )
    assert abs(_percent(title.text) - shown) < 0.3  # each figure is rounded down


def _percent(text: str) -> float:
    before = text.partition("%")[0].replace("\u202f", "").replace("\u00a0", "")
    return float(before.rpartition(":")[2].strip().replace(",", "."))


def test_treaty_text_stands_in_the_language_it_was_adopted_in(site: Path) -> None:
    for folder, start in (("fr", "L'exploitation comprend"), ("", "Exploitation shall include")):
        file = site / folder / "legislate/handbook/defining-the-crime.html"
        document = turbohtml.parse(file.read_bytes(), encoding="utf-8")
        (quote,) = document.select("[data-official=protocol-purposes] blockquote")
        assert quote.text.strip().startswith(start)
        assert quote.attrs["lang"] == (folder or "en")
        assert (
            "A/RES/55/25" in document.select("[data-official=protocol-purposes] figcaption")[0].text
        )


def test_treaty_text_is_nowhere_in_the_catalogs() -> None:
    for file in (ROOT / "translations").glob("*/*.po"):
        assert "exploitation of the prostitution of others or other forms" not in file.read_text(
            encoding="utf-8"
        )


def test_next_are_the_first_tier_and_in_it_the_first_of_the_navigation() -> None:
    def standing(path: str, tier: int, missing: int, drafted: int = 9) -> Standing:
        words = {"official": 0, "reviewed": 0, "machine-drafted": drafted, "stale": 0}
        words["missing"] = missing
        return Standing("fr", path, tier, "2026-01-01", words, words)

    order = ["a.md", "b.md", "c.md", "d.md"]
    some = [
        standing("d.md", 1, 3),
        standing("b.md", 2, 5),
        standing("c.md", 1, 1),
        standing("a.md", 1, 0),
    ]

    assert [s.path for s in next_up(some, order)] == ["c.md", "d.md", "b.md"]
    assert [s.path for s in next_up(some, order, most=1)] == ["c.md"]
    assert [s.path for s in next_up([standing(p, 1, 0) for p in "ba"], "ab")] == ["a", "b"]
    assert next_up([standing("a.md", 1, 0, drafted=0)], order) == []
    assert oldest(some) is None


@pytest.mark.parametrize(
    ("code", "digits", "written"),
    [
        ("ar", "arab", ["١٬٢٣٤", "٩٩٫٩", "٥٠ دقيقة", "٢٣ نوفمبر ٢٠٢٦"]),
        ("ar", "latn", ["1,234", "99.9", "50 دقيقة", "23 نوفمبر 2026"]),
        ("hi", "deva", ["१,२३४", "९९.९%", "५० मिनट", "२३ नवंबर २०२६"]),
        ("zh", "latn", ["1,234", "99.9%", "50分钟", "2026年11月23日"]),
        ("en", "latn", ["1,234", "99.9%", "50 minutes", "23 November 2026"]),
    ],
)
def test_numbers_and_days_are_written_in_the_digits_of_the_policy(
    code: str, digits: str, written: list[str]
) -> None:
    formats = Formats(
        Language(code, code, "ltr", code == "en"), Policy(digits_by_lang={code: digits})
    )
    got = [
        formats.number(1234),
        formats.percent(9999, 10000),
        formats.minutes(50),
        formats.day("2026-11-23"),
    ]

    for shown, wanted in zip(got, written, strict=True):
        assert wanted in shown.replace("\u200e", "").replace("\u00a0", " ")
