"""The search of a one-file document: engine and index inside it, no other file, no network."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from hub.glossary import Term
from hub.search import browser, files, index, stemmer
from hub.search.document import Document

_SCRIPTS = ("analyzer.js", "engine.js", "slips.js", "snippet.js", "kit.js")


@dataclass(frozen=True)
class Inside:
    """A script to write into the document, and what a Content-Security-Policy must allow for it."""

    script: str

    @property
    def policy(self) -> str:
        digest = hashlib.sha256(self.script.encode()).digest()
        return f"script-src 'sha256-{base64.b64encode(digest).decode()}'"


def inside(code: str, documents: list[Document], terms: Iterable[Term]) -> Inside:
    """Search for documents whose `url` is the id of their article and whose anchors are whole."""
    encoded = files.encode(index.build(code, documents, terms), "")
    rules = browser.rules(code)
    rules["swap"] = rules.get("swap", "") + browser.swaps(code, encoded)
    core = {**encoded.core, "rules": rules}
    shards = ",".join(encoded.shards)
    stem, made = stemmer.script(code)
    return Inside(f"{stem}{_script()}\nhubFind({files.to_json(core)},{made},[{shards}])")


@cache
def _script() -> str:
    return browser.bundle("hubFind", "Kit", _SCRIPTS)
