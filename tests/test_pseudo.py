"""Pseudo-languages: in a site whose every text is translated letter by letter, plain English is a leak.

The accented one, a third longer, takes the place of Russian and the right-to-left one that of Arabic:
what the theme and CLDR say there is in another script, so every Latin word left is ours.
"""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import polib
import pytest
import turbohtml

import pseudo
from conftest import ROOT
from hub import glossary, texts
from hub import page as pages
from hub import project as projects
from hub.project import Project

CHANGES: dict[str, Callable[[str], str]] = {
    "ru": pseudo.accented,
    "ar": pseudo.right_to_left,
    "hi": pseudo.accented,  # with gaps, to show that a leak is found
}
GAPS = {
    "hi": {
        "About this site",  # an aria-label in a template
        "What you can do now",  # a heading
    }
}

# Latin letters that nobody translates, each with its reason.
ALLOWED = re.compile(
    r"""
      \b[A-Z]\d+(?:-[A-Z]?\d+)*\b   # codes of lessons, questions and sources: L04, H03-Q1
    | \b(?:SHA-256|ISBN|ZIP|kB)\b   # names of a digest, a number, a format, a unit (CLDR's)
    | \b(?:HTML|Markdown)\b         # names of formats
    | \bA/RES/\d+/\d+\b           # symbols of documents
    | ^(?:en|ru|ar|hi)$             # languages in the glossary's lists
    """,
    re.X,
)
_WORD = re.compile(r"[A-Za-z]{2,}")
_READ_OUT = ("title", "aria-label", "alt", "placeholder")
#: Not for translators: what runs, drawings, code; codes and names in a run of their own (<bdi>), and what
#: says so itself (translate="no": titles, sources and formats as others write them).
_SILENT = {"script", "style", "svg", "code", "kbd", "bdi", "untranslated"}
_VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "wbr",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site in English and both pseudo-languages."""
    return built(tmp_path_factory.mktemp("pseudo"))


def built(folder: Path) -> Path:
    """Our site with generated catalogs that hold every msgid."""
    for name in ("docs", "overrides", "scripts", "LICENSES"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    kept = "|".join(["en", *CHANGES])
    config = re.sub(rf"\n +- \{{locale: (?!{kept}\b)[^\n]*", "", config)
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    shutil.copytree(ROOT / "translations", folder / "translations", ignore=_of_languages)
    for name in ("glossary.csv", "official.csv"):
        _write_terms(folder / "translations" / name)
    _write_catalogs(projects.load(folder / "mkdocs.yml"))
    done = subprocess.run(
        [sys.executable, "scripts", "build"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


def _of_languages(folder: str, names: list[str]) -> list[str]:
    # The policy is about languages that this site does not have.
    return [name for name in names if name.endswith(".po") or name == "policy.yml"]


def _write_terms(file: Path) -> None:
    rows = list(csv.DictReader(StringIO(file.read_text(encoding="utf-8"), newline="")))
    out = StringIO(newline="")
    writer = csv.DictWriter(out, {**rows[0], **CHANGES}, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        # Variants are words of languages that this site does not have.
        row |= {column: "" for column in row if column.endswith("_variants")}
        writer.writerow(row | {lang: change(row["en"]) for lang, change in CHANGES.items()})
    file.write_text(out.getvalue(), encoding="utf-8", newline="")


def _write_catalogs(project: Project) -> None:
    english, problems = pages.read_pages(project)
    assert not problems
    for lang, change in CHANGES.items():
        for section, sources in texts.sources(project, english).items():
            catalog = polib.POFile(wrapwidth=0)
            catalog.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": lang}
            for source in sources:
                gap = source.text in GAPS.get(lang, ())
                target = "" if gap else change(source.text)
                catalog.append(
                    polib.POEntry(msgctxt=source.context, msgid=source.text, msgstr=target)
                )
            path = texts.path_of(project, lang, section)
            path.parent.mkdir(exist_ok=True)
            catalog.save(str(path))


class Reader(HTMLParser):
    """Collects what people read or hear: (line, text), with what stands in <code> left out."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        read = [values[name] for name in _READ_OUT if values.get(name)]
        if tag == "meta" and values.get("name") == "description":
            read.append(values.get("content"))
        self.found += [(self.getpos()[0], text or "") for text in read]
        if tag not in _VOID:
            self.open.append("untranslated" if values.get("translate") == "no" else tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() not in (tag, "untranslated"):
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not _SILENT & set(self.open):
            self.found.append((self.getpos()[0], " ".join(data.split())))


def leaks(site: Path, lang: str, allowed: set[str]) -> Iterator[str]:
    """'ru/x.html:12: plain text' for every text with a Latin word that may not stay."""
    for place, html in documents(site, lang):
        reader = Reader()
        reader.feed(html)
        for line, text in reader.found:
            if text not in allowed and _WORD.search(ALLOWED.sub("", text)):
                yield f"{place}:{line}: {text}"


def documents(site: Path, lang: str) -> Iterator[tuple[str, str]]:
    """Every page of a language, the pages in its downloads too."""
    for file in sorted([*(site / lang).rglob("*"), *(site / "downloads" / lang).rglob("*")]):
        place = file.relative_to(site).as_posix()
        if file.suffix == ".html":
            yield place, file.read_text(encoding="utf-8")
        elif file.suffix == ".zip":
            with zipfile.ZipFile(file) as opened:
                for name in opened.namelist():
                    if name.endswith(".html"):
                        yield f"{place}/{name}", opened.read(name).decode("utf-8")


@pytest.fixture(scope="module")
def names(project: Project) -> set[str]:
    """What stays as it is: names of languages, original titles, English terms in the glossary."""
    english, _ = pages.read_pages(project)
    return {
        *(lang.name for lang in project.languages),
        *(term.names["en"] for term in glossary.read(project) if not term.is_interface),
        *(str(page.meta["title_original"]) for page in english if "title_original" in page.meta),
    }


@pytest.mark.parametrize("lang", [lang for lang in CHANGES if lang not in GAPS])
def test_no_text_of_ours_is_left_in_english(lang: str, site: Path, names: set[str]) -> None:
    assert list(leaks(site, lang, names)) == []


@pytest.mark.parametrize("lang", GAPS)
def test_a_text_without_translation_is_found(lang: str, site: Path, names: set[str]) -> None:
    found = {leak.partition(": ")[2] for leak in leaks(site, lang, names)}

    assert found == GAPS[lang]


def test_page_for_wrong_addresses_speaks_the_languages_too(site: Path) -> None:
    document = turbohtml.parse((site / "404.html").read_bytes(), encoding="utf-8")
    for lang in CHANGES:
        (paragraph,) = document.select(f"main p[lang={lang}]")
        assert paragraph.text.strip() and not _WORD.search(paragraph.text)


def test_right_to_left_pages_say_so(site: Path) -> None:
    for file in (site / "ar").rglob("*.html"):
        assert '<html lang="ar" dir="rtl"' in file.read_text(encoding="utf-8"), file


def test_markup_of_a_text_is_left_alone() -> None:
    text = "Every **word**: [the link](x.md), `code`."

    assert pseudo.accented(text) == "Éṽééŕý **ŵóóŕđ**: [ťĥéé ľíñķ](x.md), `code`."
    assert pseudo.right_to_left("a `b` c") == "ا `b` ت"
