"""Forms as documents of a word processor: made to be filled in, and read back as Markdown.

The table asks for the facts; below it stands the text, whose headings keep their styles. Styles are
the only thing that is read from how a document looks.
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

from hub.authoring.form import Form
from hub.problem import HubError

_HEADINGS = ("Name", "What to write", "Your text")
TEXT = "Text"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_SENTENCE = re.compile(r"(?<=[.!?])[ \u00a0]+(?=[A-Z“\"‘'(])")
_SLOT = re.compile(r"<!--.*?-->", re.S)
_ATTRIBUTES = re.compile(r"\{[#:][^{}]*\}")
_MINUTES = re.compile(r'data-minutes="(\d+)"')
_TAKES = re.compile(r"\s*\((\d+) min(?:utes)?\)\s*$")
_TERM = re.compile(r"\*\*([^*]{1,30}):\*\* (.+)")
_ANCHORS = re.compile(r"(?m)^#{2,4} (.+?\{#([\w-]+).*)$")
_MARKS = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*`]")


def write(form: Form) -> bytes:
    """The empty form; the same bytes on every run."""
    document = docx.Document()
    document.add_heading(f"Form: {form.kind}", 0)
    document.add_paragraph(
        "Write into the third column, and replace the text below the table with your own. "
        "Keep the headings and their styles. Save as .docx and send the file."
    )
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    for cell, title in zip(table.rows[0].cells, _HEADINGS, strict=True):
        cell.text = title
    for field in form.fields:
        cells = table.add_row().cells
        cells[0].text = field.key
        choices = "\nChoose from: " + ", ".join(field.words) if field.words else ""
        needed = "" if field.required else "\nMay stay empty."
        cells[1].text = f"{field.help}{choices}\nExample: {field.example}{needed}"
    for title, text in form.parts.items():
        document.add_heading(title or TEXT, 1)
        _add_text(document, text)
    return _stable(document)


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
        hint = "start from the form: its first row reads " + " | ".join(_HEADINGS)
        raise HubError(f"{name} has lost the form's table", hint)
    cells = {row.cells[0].text.strip(): row.cells[2].text.strip() for row in tables[0].rows[1:]}
    names = {
        _ATTRIBUTES.sub("", title).strip(): anchor for title, anchor in _ANCHORS.findall(form.text)
    }
    return cells, "\n\n".join(_blocks(document, tables[0], names)).strip() + "\n"


def _is_form(table: Table) -> bool:
    return tuple(cell.text.strip() for cell in table.rows[0].cells) == _HEADINGS


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
    return _style(block) == "Heading 1" and block.text.strip() == TEXT


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


def _add_text(document: Document, text: str) -> None:
    """A form's text with its headings, lists and tables; what only the program needs is left out."""
    for block in re.split(r"\n{2,}", _SLOT.sub("", text)):
        lines = [line for line in block.splitlines() if line.strip()]
        if not lines:
            continue
        heading = re.match(r"(#{2,4}) (.+)", lines[0])
        if heading:
            minutes = _MINUTES.search(heading[2])
            title = _ATTRIBUTES.sub("", heading[2]).strip()
            title += f" ({minutes[1]} min)" if minutes else ""
            document.add_heading(title, len(heading[1]))
        elif lines[0].startswith("- "):
            for line in lines:
                document.add_paragraph(_plain(line[2:]), "List Bullet")
        elif len(lines) > 1 and lines[1].startswith(":   "):
            for line in lines[1:]:
                paragraph = document.add_paragraph()
                paragraph.add_run(f"{lines[0]}:").bold = True
                paragraph.add_run(f" {_plain(line.lstrip(': '))}")
        elif lines[0].startswith("|"):
            _add_table(document, [line for line in lines if not re.fullmatch(r"[| :-]+", line)])
        else:
            document.add_paragraph(_plain(" ".join(line.strip() for line in lines)))


def _add_table(document: Document, lines: list[str]) -> None:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _plain(text)


def _plain(text: str) -> str:
    return _MARKS.sub(lambda found: found[1] or "", text)


def _stable(document: Document) -> bytes:
    """The document without the time of its making."""
    first, second = io.BytesIO(), io.BytesIO()
    document.save(first)
    with zipfile.ZipFile(first) as made, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in sorted(made.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            kept.writestr(info, made.read(name))
    return second.getvalue()
