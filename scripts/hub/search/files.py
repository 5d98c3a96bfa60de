"""An index as script files: a page can load them over http and from a memory stick alike.

search/fr.js            the engine, the stemmer, the titles of the pages and where each shard begins
search/fr-0a1b2c3d/     named after its content: 0.js … the terms, in order; p0.js … the pages' texts;
                        snippet.js, which cuts and marks them; panel.js, what stands below
                        the results; slips.js, for words that no page has as they are typed;
                        swap.js, traditional characters

A number is written in base 32 with the sixth bit saying that more follows; a term by how many letters
it shares with the one before, the sixth bit saying that it is a stem and no word.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hub.search.index import Index

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

#: Bytes of a shard, and how many shards there are to be before they grow: a query loads one or two
#: a word, so small ones cost little and come quickly, and a word found nowhere loads them all.
_SMALLEST, _LARGEST, _MANY = 1200, 4000, 80

#: How much a page is about a term is kept in 15 steps up to this.
TOP = 3.3


@dataclass(frozen=True)
class Encoded:
    """`core` is what every query needs; `shards` and `pages` are the files beside it, in order."""

    core: dict[str, Any]
    shards: list[str]
    pages: list[str]

    @property
    def files(self) -> dict[str, str]:
        """The scripts of the folder by name, without the folder."""
        shards = {f"{n}.js": f"hubSearch.shard({n},{text})" for n, text in enumerate(self.shards)}
        pages = {f"p{n}.js": f"hubSearch.page({n},{text})" for n, text in enumerate(self.pages)}
        return {**shards, **pages}


def encode(index: Index, prefix: str) -> Encoded:
    """The index as JSON texts. `prefix` is what all addresses begin with ('fr/')."""
    shards, starts = [], []
    for terms, postings in _shards(index):
        starts.append(terms[0])
        shards.append(to_json([_front_coded(terms, index.written), " ".join(postings)]))
    pages = [
        to_json([[s.anchor, s.heading, s.text] for s in document.sections])
        for document in index.documents
    ]
    types = sorted({document.type for document in index.documents})
    core = {
        "code": index.code,
        "prefix": prefix,
        "urls": [d.url.removeprefix(prefix).removesuffix(".html") for d in index.documents],
        "titles": [document.title for document in index.documents],
        "types": types,
        "kinds": [types.index(document.type) for document in index.documents],
        "starts": starts,
    }
    return Encoded(core, shards, pages)


def write(folder: Path, encoded: Encoded, more: dict[str, str], script: str, stemmer: str) -> None:
    """Write one language's files: `script` is the engine, which starts with the core and a stemmer;
    `more` holds by name what is loaded only when it is needed."""
    code = encoded.core["code"]
    files = {**encoded.files, **more}
    digest = hashlib.sha256(to_json([encoded.core, files]).encode()).hexdigest()
    name = f"{code}-{digest[:8]}"
    (folder / name).mkdir(parents=True, exist_ok=True)
    for file, text in files.items():
        _write(folder / name / file, text)
    core = {**encoded.core, "folder": f"search/{name}/"}
    _write(folder / f"{code}.js", f"{script}\nhubSearch.start({to_json(core)},{stemmer});\n")


def to_json(value: Any) -> str:
    """JSON that is JavaScript too, also inside HTML and for browsers that end a line at U+2028."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "\u2028\u2029<":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def number(value: int) -> str:
    """A number from 0 on: 31 is 'f', 32 is 'gB'."""
    text = ""
    while True:
        digit, value = value & 31, value >> 5
        text += DIGITS[digit | (32 if value else 0)]
        if not value:
            return text


def _shards(index: Index) -> Iterator[tuple[list[str], list[str]]]:
    terms: list[str] = []
    postings: list[str] = []
    size = 0
    coded = {term: _posting(index.postings[term]) for term in sorted(index.postings)}
    size_of = {term: len(term.encode()) + len(posting) for term, posting in coded.items()}
    most = min(_LARGEST, max(_SMALLEST, sum(size_of.values()) // _MANY))
    for term, posting in coded.items():
        if size > most:
            yield terms, postings
            terms, postings, size = [], [], 0
        terms.append(term)
        postings.append(posting)
        size += size_of[term]
    if terms:
        yield terms, postings


def _posting(pages: dict[int, float]) -> str:
    text, last = "", -1
    for page in sorted(pages):
        step = max(1, min(15, round(15 * pages[page] / TOP)))
        text += number((page - last - 1) * 16 + step)
        last = page
    return text


def _front_coded(terms: list[str], written: frozenset[str]) -> str:
    coded, before = [], ""
    for term in terms:
        shared = 0
        while shared < min(len(term), len(before), 31) and term[shared] == before[shared]:
            shared += 1
        coded.append(DIGITS[shared | (0 if term in written else 32)] + term[shared:])
        before = term
    return " ".join(coded)


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
