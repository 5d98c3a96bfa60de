"""How to cite: a publication by its own title, a page of ours as a web page; three notations.

BibTeX is UTF-8, as biber reads it; CSL-JSON is what Zotero and citeproc read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

_BIBTEX_KIND = {"book": "book", "report": "techreport", "motion_picture": "misc", "treaty": "misc"}
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "&%$#_"},
}


@dataclass(frozen=True)
class Citation:
    """`kind` is a CSL type, `issued` '2009' or '2026-11-30'; empty is what is not known."""

    id: str
    kind: str
    title: str
    authors: tuple[str, ...]
    issued: str
    language: str
    site: str = ""
    isbn: str = ""
    number: str = ""
    pages: int = 0
    address: str = ""
    licence: str = ""


def plain(cited: Citation, day: str) -> str:
    """One line for a list of sources; `day` is the date as the page's language writes it."""
    where = ", ".join(part for part in (cited.site, day) if part)
    codes = [f"ISBN {cited.isbn}" if cited.isbn else "", cited.number]
    parts = [_listed(cited.authors), cited.title, where, *codes, cited.address, cited.licence]
    return " ".join(part if part.endswith((".", "。", "।", "?", "؟", "？")) else f"{part}."
                    for part in parts if part)  # fmt: skip


def bibtex(cited: Citation) -> str:
    """One entry, ended by a newline. A body's name is kept whole by its own braces."""
    year, _, rest = cited.issued.partition("-")
    fields = {
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in cited.authors),
        "title": f"{{{_escaped(cited.title)}}}",
        "year": year,
        "month": str(int(rest.partition("-")[0])) if rest else "",
        "publisher": _escaped(_listed(cited.authors)) if cited.kind == "book" else "",
        "institution": _escaped(_listed(cited.authors)) if cited.kind == "report" else "",
        "howpublished": _escaped(cited.site),
        "isbn": cited.isbn,
        "number": _escaped(cited.number),
        "url": cited.address,
        "note": _escaped(cited.licence),
        "language": cited.language,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    kind = _BIBTEX_KIND.get(cited.kind, "misc")
    return "\n".join([f"@{kind}{{{cited.id},", *lines, "}", ""])


def csl_json(cited: Citation) -> str:
    """A list of one item, as reference managers import it."""
    item: dict[str, Any] = {
        "id": cited.id,
        "type": cited.kind,
        "title": cited.title,
        "author": [{"literal": name} for name in cited.authors],
        "issued": {"date-parts": [[int(p) for p in cited.issued.split("-")]]}
        if cited.issued
        else {},
        "language": cited.language,
        "container-title": cited.site,
        "ISBN": cited.isbn,
        "number": cited.number,
        "number-of-pages": str(cited.pages or ""),
        "URL": cited.address,
        "license": cited.licence,
    }
    kept = {name: value for name, value in item.items() if value}
    return json.dumps([kept], ensure_ascii=False, indent=2) + "\n"


def _listed(names: tuple[str, ...]) -> str:
    return "; ".join(names)


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(char, char) for char in text)
