"""A form that was filled in with a word processor, read back: its cells, and its text as Markdown.

Styles of paragraphs are the only thing that is read from how a document looks.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping

import docx
from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from hub.authoring import word
from hub.authoring.form import Form
from hub.problem import HubError

_SENTENCE = re.compile(r"(?<=[.!?])[ \u00a0]+(?=[A-Z“\"‘'(])")
_TAKES = re.compile(r"\s*\((\d+) min(?:utes)?\)\s*$")
_TERM = re.compile(r"\*\*([^*]{1,30}):\*\* (.+)")
_ANCHORS = re.compile(r"(?m)^#{2,4} (.+?\{#([\w-]+).*)$")


def read(content: bytes, name: str, form: Form) -> tuple[dict[str, str], str]:
    """The cells of a filled form by key, and its text as Markdown (parts begin with '# ').

    Raises `HubError` where the file is no document, or its table is gone.
    """
    try:
        document = docx.Document(io.BytesIO(content))
    except (ValueError, KeyError, zipfile.BadZipFile) as error:
        raise HubError(
            f"{name} is no .docx document", "save it as Word document (.docx)"
        ) from error
    tables = [table for table in document.tables if _is_form(table)]
    if not tables:
        hint = "start from the form: its first row reads " + " | ".join(word.HEADINGS)
        raise HubError(f"{name} has lost the form's table", hint)
    cells = {row.cells[0].text.strip(): row.cells[2].text.strip() for row in tables[0].rows[1:]}
    names = {
        word.ATTRIBUTES.sub("", title).strip(): anchor
        for title, anchor in _ANCHORS.findall(form.text)
    }
    return cells, "\n\n".join(_blocks(document, tables[0], names)).strip() + "\n"


def _is_form(table: Table) -> bool:
    return tuple(cell.text.strip() for cell in table.rows[0].cells) == word.HEADINGS


def _blocks(document: Document, form: Table, names: Mapping[str, str]) -> Iterator[str]:
    """What stands below the form as Markdown blocks; the heading 'Text' begins the page itself."""
    seen, items = False, list[str]()
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            seen = seen or block._tbl is form._tbl
            if block._tbl is not form._tbl and seen:
                yield _table(block)
            continue
        item = _item(block) if seen else ""
        if items and not item:
            yield "\n".join(items)
            items = []
        if item:
            items.append(item)
        elif seen and block.text.strip() and not _begins(block):
            yield _paragraph(block, names)
    if items:
        yield "\n".join(items)


def _begins(block: Paragraph) -> bool:
    return _style(block) == "Heading 1" and block.text.strip() == word.TEXT


def _item(block: Paragraph) -> str:
    if not block.text.strip():
        return ""
    marks = {"List Bullet": "- ", "List Number": "1. "}
    mark = marks.get(_style(block), "")
    return mark + _inline(block) if mark else ""


def _paragraph(block: Paragraph, names: Mapping[str, str]) -> str:
    level = re.fullmatch(r"Heading ([1-4])", _style(block))
    if not level:
        shown = _inline(block)
        term = _TERM.match(shown)
        if term:
            return f"{term[1]}\n:   " + _SENTENCE.sub("\n    ", term[2])
        return _SENTENCE.sub("\n", shown)
    title = block.text.strip()
    takes = _TAKES.search(title)
    title = _TAKES.sub("", title)
    if level[1] == "1":
        return f"# {title}"
    minutes = f' data-minutes="{takes[1]}"' if takes else ""
    return f"{'#' * int(level[1])} {title} {{#{names.get(title) or slug(title)}{minutes}}}"


def slug(text: str) -> str:
    """A short name from a heading: small ASCII letters, digits and hyphens."""
    words = re.sub(r"[^a-z0-9]+", "-", text.lower().encode("ascii", "ignore").decode()).strip("-")
    return words or "section"


def _inline(block: Paragraph) -> str:
    """Bold and italics as Markdown; runs of one look are one, as people see them."""
    pieces: list[tuple[str, str]] = []
    for run in block.runs:
        mark = "**" if run.bold else "*" if run.italic else ""
        if pieces and pieces[-1][0] == mark:
            pieces[-1] = (mark, pieces[-1][1] + run.text)
        else:
            pieces.append((mark, run.text))
    shown = "".join(
        f"{mark}{text.strip()}{mark}{' ' if text.endswith(' ') else ''}" if mark and text.strip() else text
        for mark, text in pieces
    )  # fmt: skip
    return " ".join(shown.split())


def _table(table: Table) -> str:
    rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "| " + " | ".join("---" for _ in rows[0]) + " |", *lines[1:]])


def _style(block: Paragraph) -> str:
    return str(block.style.name) if block.style is not None else ""
