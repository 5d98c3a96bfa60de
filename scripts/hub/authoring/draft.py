"""New pages, from a form as it is or from one that somebody has filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hub import frontmatter
from hub.authoring import answers
from hub.authoring import filled as document
from hub.authoring.form import FOLDERS, GIVEN, Form, load, parts_of
from hub.page import Page, schema, vocabulary
from hub.problem import HubError

_REVIEW = timedelta(days=335)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ID = re.compile(r"\{#([\w-]+)")
_HELP = "<!-- hub: help-line -->"


@dataclass(frozen=True)
class Draft:
    """A page to be written: `path` below docs/, and its text."""

    path: str
    text: str


def make(
    kind: str, name: str, pages: Iterable[Page], today: date, filled: Path | None = None
) -> list[Draft]:
    """The pages of something new; a lesson brings its printed parts.

    Raises `HubError` for a name that is no file name, or a file that cannot be read.
    """
    if not _SLUG.fullmatch(name):
        hint = "small ASCII letters, digits and hyphens, such as fair-recruitment"
        raise HubError(f"'{name}' is no name for a page", hint)
    form = load(kind)
    code = _next_code(form, pages)
    given = {
        "type": form.type,
        "updated": today.isoformat(),
        "review_by": (today + _REVIEW).isoformat(),
        "id": code,
    }
    if filled is None:
        text = _with_given(form.text, given)
    else:
        text = _with_given(_filled(form, filled), given)
    return _split(form, text, f"{FOLDERS[kind]}/{name}", given)


def _next_code(form: Form, pages: Iterable[Page]) -> str:
    """The first free id: one above the highest there is."""
    letter = str(frontmatter.parse(form.text).data["id"])[0]
    taken = [str(page.meta.get("id", "")) for page in pages]
    numbers = [int(c[1:]) for c in taken if re.fullmatch(rf"{letter}\d\d", c)]
    return f"{letter}{max(numbers, default=0) + 1:02}"


def _with_given(text: str, given: Mapping[str, str]) -> str:
    for key, value in given.items():
        text = re.sub(rf"(?m)^{key}:.*$", f"{key}: {value}", text, count=1)
    return text


def _filled(form: Form, file: Path) -> str:
    """A filled form as the text of a page, without the form's own comments."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise HubError(f"{file.name}: {error.strerror}") from error
    if file.suffix.lower() == ".docx":
        cells, body = document.read(content, file.name, form)
        return _from_cells(form, cells, body)
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
        matter = frontmatter.parse(text)
    except UnicodeDecodeError as error:
        raise HubError(f"{file.name} is not UTF-8 text", "save it as UTF-8, or as .docx") from error
    except frontmatter.FrontMatterError as error:
        hint = 'put texts that hold ": " or "#" in double quotes'
        raise HubError(f"{file.name}:{error.line}: {error}", hint) from error
    if not matter.data:
        raise HubError(f"{file.name} has no facts at its top", "start from the form of this kind")
    head = "\n".join(line for line in text[: matter.end].splitlines() if not line.startswith("# "))
    for key in GIVEN:
        if key not in matter.data:
            head = head.replace("---\n", f"---\n{key}: x\n", 1)
    return f"{head}\n{text[matter.end :]}"


def _from_cells(form: Form, cells: Mapping[str, str], body: str) -> str:
    properties = schema(form.type)["properties"]
    lines = ["---", *(f"{key}: x" for key in GIVEN)]
    for field in form.fields:
        typed = cells.get(field.key, "").strip()
        if typed or field.key == "sources":
            lines.append(
                f"{field.key}: {answers.written(answers.value(typed, properties[field.key]))}"
            )
    text = body.strip()
    if _HELP in form.text and _HELP not in text:
        text += f"\n\n{_HELP}"
    return "\n".join([*lines, "---", "", text, ""])


def _split(form: Form, text: str, stem: str, given: Mapping[str, str]) -> list[Draft]:
    """The page itself, and one for each printed part that follows it."""
    matter = frontmatter.parse(text)
    parts = parts_of(text[matter.end :])
    made = [Draft(f"{stem}.md", f"{text[: matter.end].rstrip()}\n\n{_unique(parts.pop(''))}\n")]
    labels = {label.lower(): word for word, label in vocabulary()["lesson_part"].items()}
    for title, body in parts.items():
        part = labels.get(title.lower())
        if part is None or form.kind != "lesson":
            hint = "use level 2 (##) inside a page"
            raise HubError(f"the heading '{title}' of level 1 begins no part", hint)
        head = _part_head(title, part, matter.data, given)
        made.append(Draft(f"{stem}-{part}.md", f"{head}\n\n{_unique(body)}\n"))
    return made


def _part_head(title: str, part: str, data: Mapping[str, Any], given: Mapping[str, str]) -> str:
    name = str(data.get("title", ""))
    summary = f"{title} of the lesson {given['id']}."
    return "\n".join(
        [
            "---",
            "type: lesson-part",
            f"title: {answers.written(f'{title}: {name}')}",
            f"summary: {answers.written(summary)}",
            f"updated: {given['updated']}",
            f"review_by: {given['review_by']}",
            "sources: [" + ", ".join(map(str, data.get("sources") or ())) + "]",
            f"lesson: {given['id']}",
            f"part: {part}",
            "---",
        ]
    )


def _unique(body: str) -> str:
    """The text with headings of one name told apart by a number."""
    seen: dict[str, int] = {}

    def name(found: re.Match[str]) -> str:
        seen[found[1]] = seen.get(found[1], 0) + 1
        return f"{{#{found[1]}" + (f"-{seen[found[1]]}" if seen[found[1]] > 1 else "")

    return _ID.sub(name, body)
