"""Search: what the browser does equals what Python does, on every word; and no query breaks it."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from conftest import ROOT, run
from hub import glossary
from hub.problem import HubError
from hub.project import Project
from hub.search import analyzer as analyzers
from hub.search import document, files, index, stemmer, theme
from hub.search.words import compounds

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
