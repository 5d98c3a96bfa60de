"""The engines side by side on the same pages: the hub's own, Material's default, Pagefind and lunr.js.

Each becomes a folder that can be served and a page by language from which readers search. An engine that
needs a page of its own (Pagefind, lunr) gets a bare one and loads nothing before it is asked.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any
from unittest import mock

from playwright.sync_api import Browser

from hub import build, search
from hub.bench.search import plain, reader
from hub.bench.search.plain import Texts
from hub.problem import HubError

_LOADER = r"(?s)<script>(?:(?!</script>).)*hubSearch.*?</script>"
_STEMMERS = {"en": "", "fr": "fr", "es": "es", "ru": "ru", "ar": "ar", "nl": "nl"}


@dataclass(frozen=True)
class Engine:
    """A site with search. `script` asks in its pages, `start` is the page for a language, `eager` tells
    which files of a page view are search's, `inline` which part of the page itself; `seconds` of CPU went into the index, None: not known."""

    name: str
    folder: Path
    script: str
    start: Callable[[str], str]
    eager: Callable[[str], bool]
    seconds: float | None = None
    inline: str = ""


def hub(config: Path, folder: Path, source: str) -> Engine:
    """The hub's own build of a site."""
    with _timed(search, "make") as spent:
        report = build.run(config, folder)
    errors = [problem for problem in report.problems if problem.severity == "error"]
    if errors or not report.pages:
        raise HubError(f"{config} does not build: {errors[0].message if errors else 'no pages'}")
    return Engine(
        "hub",
        folder,
        "box.js",
        _home(source),
        lambda path: "search" in path,
        sum(spent),
        _LOADER,
    )


@contextmanager
def _timed(module: object, name: str) -> Iterator[list[float]]:
    """CPU seconds of each call of a function: a step of a build cannot be had alone."""
    step, spent = getattr(module, name), list[float]()

    def timed(*arguments: Any, **named: Any) -> Any:
        before = os.times()
        try:
            return step(*arguments, **named)
        finally:
            spent.append(sum(os.times()[:4]) - sum(before[:4]))

    with mock.patch.object(module, name, timed):
        yield spent


def material(texts: Texts, folder: Path) -> Engine:
    """The same pages built by Material as it comes."""
    config, site = plain.write(texts, folder), folder / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config), "-d", str(site)]
    _run(command)
    seconds = float((folder / "clock.txt").read_text(encoding="utf-8"))
    eager = re.compile(r"^search/|/workers/|/lunr/")
    return Engine(
        "material",
        site,
        "box.js",
        _home(next(iter(texts))),
        lambda p: bool(eager.search(p)),
        seconds,
    )


def pagefind(plain_site: Engine, codes: Sequence[str]) -> Engine:
    """Pagefind over the article of every page that Material built, on a bare page by language."""
    package = resources.files("pagefind_bin_extended")
    program = next(
        Path(str(item)) for item in package.iterdir() if "pagefind_extended" in item.name
    )
    command = [str(program), "--site", str(plain_site.folder), "--root-selector", "article"]
    before = os.times()
    _run(command)
    after = os.times()
    seconds = after.children_user - before.children_user
    seconds += after.children_system - before.children_system
    for code in codes:
        _bare(plain_site.folder / _page("pagefind")(code), code)
    return Engine(
        "pagefind", plain_site.folder, "pagefind.js", _page("pagefind"), lambda p: False, seconds
    )


def lunr(plain_site: Engine, codes: Sequence[str], browser: Browser) -> Engine:
    """An index of lunr.js a language from the sections that Material's search lists."""
    folder, default = plain_site.folder / "lunr", codes[0]
    _copy_lunr(folder)
    listed = (plain_site.folder / "search" / "search_index.json").read_text(encoding="utf-8")
    seconds = 0.0
    for code in codes:
        own = _stemmer(code)
        _bare(plain_site.folder / _page("lunr")(code), code, ["lunr.js", *own])
        docs = [
            {**doc, "text": html.unescape(re.sub("<[^>]*>", " ", doc["text"]))}
            for doc in json.loads(listed)["docs"]
            if _language(doc["location"], codes, default) == code
        ]
        with (
            reader.serve(plain_site.folder) as served,
            reader.open_page(browser, served, _page("lunr")(code), "lunr.js") as page,
        ):
            made = page.evaluate("docs => hubBench.build(docs)", docs)
        (folder / f"{code}.json").write_text(made["stored"], encoding="utf-8")
        seconds += made["seconds"]
    return Engine("lunr", plain_site.folder, "lunr.js", _page("lunr"), lambda p: False, seconds)


def _home(source: str) -> Callable[[str], str]:
    return lambda code: "index.html" if code == source else f"{code}/index.html"


def _page(name: str) -> Callable[[str], str]:
    return lambda code: f"bench-{name}-{code}.html"


def _bare(file: Path, code: str, scripts: Sequence[str] = ()) -> None:
    listed = " ".join(scripts)
    head = f'<!doctype html><html lang="{code}" data-scripts="{listed}"><meta charset="utf-8">'
    file.write_text(f"{head}<title>Search</title>\n", encoding="utf-8")


def _stemmer(code: str) -> list[str]:
    """lunr.js has English inside; for Hindi it wants a segmenter of Thai, for Chinese a server."""
    if _STEMMERS.get(code):
        return ["min/lunr.stemmer.support.min.js", f"min/lunr.{_STEMMERS[code]}.min.js"]
    if code == "hi":
        return ["wordcut.js", "min/lunr.stemmer.support.min.js", "min/lunr.hi.min.js"]
    return []


def _copy_lunr(folder: Path) -> None:
    """lunr.js from the mkdocs package, its languages from Material's."""
    theirs = Path(str(resources.files("material"))) / "templates/assets/javascripts/lunr"
    shutil.copytree(theirs, folder)
    shutil.copy(
        Path(str(resources.files("mkdocs"))) / "contrib/search/templates/search/lunr.js", folder
    )


def _language(location: str, codes: Sequence[str], default: str) -> str:
    first = location.partition("/")[0]
    return first if first in codes else default


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    if done.returncode:
        raise HubError(f"{command[0]} ended with exit code {done.returncode}", done.stderr[-400:])
