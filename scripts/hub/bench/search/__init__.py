"""Search measured in the open: our engine beside Material's default, Pagefind and lunr.js, in Chromium.

Three sites: the written one with gold queries, the real one, and a made-up one of full size. All engines
get the same pages and the same queries in one run.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hub.problem import HubError
from hub.project import Project, load

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from hub.bench.search.queries import Query
    from hub.bench.search.report import Report, Site

WRITTEN = Path("tests/sites/search/mkdocs.yml")
GOLD = Path("tests/search/gold")
SITES = ("written", "real", "made")
ENGINES = ("hub", "material", "pagefind", "lunr")
_TYPED, _LONGEST = 3, 16


def run(
    project: Project,
    sites: Sequence[str],
    names: Sequence[str],
    codes: Sequence[str],
    pages: int,
    number: int,
    tell: Callable[[str], None],
) -> Report:
    """Measure the engines `names` on `sites` of SITES in the languages `codes` (none named: all).

    `pages` is the size of the made-up site, `number` how many queries of each kind are made a language.
    Raises `HubError` where the tools for it are not installed.
    """
    try:
        from playwright.sync_api import sync_playwright

        from hub.bench.search import queries, recombine  # noqa: F401
        from hub.bench.search.report import Report
    except ModuleNotFoundError as error:
        raise HubError(
            f"search is measured with {error.name}, which is not installed",
            "run: .venv/bin/python -m pip install --require-hashes -r requirements-bench.lock",
        ) from error
    measured = []
    with sync_playwright() as driver, tempfile.TemporaryDirectory(prefix="hub-bench-") as folder:
        browser = driver.chromium.launch(
            executable_path=_browser(project), args=["--no-sandbox", "--disable-gpu"]
        )
        for kind in sites:
            config = _config(project, kind, Path(folder), pages)
            site = load(config)
            chosen = [lang.code for lang in site.languages if not codes or lang.code in codes]
            measured.append(
                _measure(kind, site, Path(folder, kind), names, chosen, number, browser, tell)
            )
        browser.close()
    return Report(tuple(measured))


def _measure(
    kind: str,
    project: Project,
    folder: Path,
    names: Sequence[str],
    codes: Sequence[str],
    number: int,
    browser: Browser,
    tell: Callable[[str], None],
) -> Site:
    from hub.bench.search import engines, measure, plain
    from hub.bench.search.report import Site

    texts = plain.texts(project)
    asked = {code: _queries(kind, code, texts[code], number) for code in codes}
    typed = {code: _typed(own) for code, own in asked.items()}
    found, plain_site = [], None
    for name in names:
        tell(f"{kind}: {name}")
        if name == "hub":
            engine = engines.hub(project.config_file, folder / "hub", project.source.code)
        else:
            plain_site = plain_site or engines.material(texts, folder / "plain")
            engine = plain_site
            if name == "pagefind":
                engine = engines.pagefind(plain_site, codes)
            elif name == "lunr":
                engine = engines.lunr(plain_site, list(texts), browser)
        found.append(measure.run(engine, browser, asked, typed, project.source.code))
    words = sum(len(text.split()) for code in codes for text in texts[code].values())
    count = len(next(iter(texts.values())))
    return Site(kind, count, len(codes), words, tuple(found))


def _queries(kind: str, code: str, pages: dict[str, str], number: int) -> list[Query]:
    """Written queries where there are any for the site, titles where there are none, and made ones."""
    from hub.bench.search import gold, queries

    file = GOLD / f"{code}.yml"
    known = kind != "real" and file.exists()
    wanted = queries.from_gold(gold.read(file)) if known else queries.titles(pages)
    return [*wanted, *queries.made(pages, code, number)]


def _config(project: Project, kind: str, folder: Path, pages: int) -> Path:
    from hub.bench.search import recombine

    written = project.root / WRITTEN
    if kind == "real":
        return project.config_file
    if kind == "written":
        return written
    return recombine.make(load(written), project, folder / "made-source", pages)


def _browser(project: Project) -> str:
    """The browser of the tests."""
    kept = project.root / ".venv" / "browser"
    if not kept.exists():
        raise HubError("no browser to search in", "run: python3 scripts/setup.py test")
    return kept.read_text(encoding="utf-8").strip()


def _typed(queries: list[Query]) -> list[str]:
    """A few short queries from all over the list, to be typed key by key."""
    texts = [query.text for query in queries if 4 <= len(query.text) <= _LONGEST]
    return texts[:: max(1, len(texts) // _TYPED)][:_TYPED]
