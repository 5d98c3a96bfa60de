"""Forms as documents of a word processor, made to be filled in.

The table asks for the facts; below it stands the text, whose headings keep their styles.
"""

from __future__ import annotations

import io
import re
import zipfile

import docx
from docx.document import Document

from hub.authoring.form import Form

HEADINGS = ("Name", "What to write", "Your text")
TEXT = "Text"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_SLOT = re.compile(r"<!--.*?-->", re.S)
ATTRIBUTES = re.compile(r"\{[#:][^{}]*\}")
_MINUTES = re.compile(r'data-minutes="(\d+)"')
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
    for cell, title in zip(table.rows[0].cells, HEADINGS, strict=True):
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


def _add_text(document: Document, text: str) -> None:
    """A form's text with its headings, lists and tables; what only the program needs is left out."""
    for block in re.split(r"\n{2,}", _SLOT.sub("", text)):
        lines = [line for line in block.splitlines() if line.strip()]
        if not lines:
            continue
        heading = re.match(r"(#{2,4}) (.+)", lines[0])
        if heading:
            minutes = _MINUTES.search(heading[2])
            title = ATTRIBUTES.sub("", heading[2]).strip()
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
