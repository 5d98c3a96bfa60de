"""The part of the theme that our search replaces: checked to be what we know, then taken away.

Material's bundle starts a worker, hands it an index, and asks it what readers type. Our object takes
the worker's place (components/search); should a new Material do any of this in another way, the build
stops here rather than publish a search box that does nothing.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from hub.problem import HubError

_SCRIPTS = "assets/javascripts"

#: Folders that nothing asks for any more.
_REPLACED = ("workers", "lunr")

#: What the bundle must say for our object to be understood.
_BUNDLE = {
    "starts its worker by address": r"=new Worker\(\w+\)",
    "listens to the worker's messages": r"\(\w+,\"message\",\w+=>\w+\.data\)",
    "asks for search/search_index.json": r"\"search/search_index\.json\"",
    "asks for search/search_index.js in a folder": r"\"search/search_index\.js\"",
    "hands the index over as message 0": r"\{type:0,data:\{config:",
    "waits for message 1": r"\.type===1\}",
    "asks by message 2": r"\.next\(\{type:2,data:\w+\}\)",
    "shows what message 3 lists": r"\.type===3\}",
    "shows the tags of a result": r"class:\"md-tags\"",
    "takes the best result by its score": r"getAttribute\(\"data-md-score\"\)",
    "finds the list of results at the end": r"\(\":scope > :last-child\",\w+\)",
}

#: What a page must hold, in this order: the theme's settings, our object, the theme's bundle.
_PAGE = re.compile(
    r'<script id="__config".*?"search": *"[^"]*/workers/search\.[^"]*".*?'
    r"window\.Worker = function.*?<script src=\"[^\"]*bundle\.[^\"]*\"",
    re.S,
)


def replace(site: Path) -> None:
    """Check a built site's theme, and take the files away that nothing needs any more.

    Raises `HubError` where the theme is not as we know it.
    """
    scripts = site / _SCRIPTS
    bundles = list(scripts.glob("bundle.*.min.js"))
    if len(bundles) != 1:
        raise _moved(f"{_SCRIPTS}/ holds {len(bundles)} bundles")
    text = bundles[0].read_text(encoding="utf-8")
    for what, pattern in _BUNDLE.items():
        if not re.search(pattern, text):
            raise _moved(f"its bundle no longer {what}")
    for name in _REPLACED:
        if not (scripts / name).is_dir():
            raise _moved(f"there is no {_SCRIPTS}/{name}/")
        shutil.rmtree(scripts / name)


def check_page(file: Path) -> None:
    """Raises `HubError` where a page with the theme's search box does not start our search."""
    text = file.read_text(encoding="utf-8")
    if 'data-md-component="search"' in text and not _PAGE.search(text):
        raise _moved(f"{file.name} does not start our search where the theme starts its own")


def _moved(what: str) -> HubError:
    return HubError(f"the theme's search has moved: {what}", "see hub/search/theme.py")
