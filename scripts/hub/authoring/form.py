"""A form: a page that teaches while it is valid, taken apart into its questions.

forms/<kind>.md is the whole of it: a comment above a key says what to write, the value is an example.
A heading of level 1 begins another printed part, such as a lesson's pupil sheet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hub import frontmatter
from hub.page import schema, vocabulary
from hub.problem import HubError

_FORMS = Path(__file__).parent / "forms"
#: Where pages of a kind are kept below docs/.
FOLDERS = {
    "lesson": "teach/lessons",
    "record": "library/records",
    "practice": "library/practices",
    "exchange": "library/practices",
}
#: Keys that the program fills in.
GIVEN = ("type", "updated", "review_by", "id")
_KEY = re.compile(r"([a-z_]+):")
_PART = re.compile(r"^# (.+?)[ \t]*$", re.M)


@dataclass(frozen=True)
class Field:
    """A question: its key, what to write, an example as people would type it, the words to choose from."""

    key: str
    help: str
    example: str
    words: tuple[str, ...]
    required: bool


@dataclass(frozen=True)
class Form:
    """`text` is the whole form as Markdown, `parts` the texts after the front matter by their titles."""

    kind: str
    text: str
    type: str
    fields: tuple[Field, ...]
    parts: dict[str, str]


@cache
def load(kind: str) -> Form:
    """The form of a kind. Raises `HubError` where there is none."""
    if kind not in FOLDERS:
        raise HubError(f"there is no form '{kind}'", "there are: " + ", ".join(FOLDERS))
    text = (_FORMS / f"{kind}.md").read_text(encoding="utf-8")
    matter = frontmatter.parse(text)
    page_type = str(matter.data["type"])
    wanted = schema(page_type)
    helps = _helps(text)
    fields = [
        Field(key, helps.get(key, ""), typed(value), _words(wanted["properties"][key]), key in wanted["required"])
        for key, value in matter.data.items()
        if key not in GIVEN
    ]  # fmt: skip
    return Form(kind, text, page_type, tuple(fields), parts_of(text[matter.end :]))


def parts_of(body: str) -> dict[str, str]:
    """A body by its headings of level 1; what stands before the first is the part ''."""
    pieces = _PART.split(body)
    parts = {"": pieces[0].strip()}
    for title, text in zip(pieces[1::2], pieces[2::2], strict=True):
        parts[title] = text.strip()
    return parts


def typed(value: Any) -> str:
    """A value as a person would type it into a cell: lists a line each, pairs with a colon."""
    if isinstance(value, dict):
        return "\n".join(f"{key}: {text}" for key, text in value.items())
    if isinstance(value, list):
        return "\n".join(": ".join(map(str, i.values())) if isinstance(i, dict) else str(i) for i in value)  # fmt: skip
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _helps(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    said: list[str] = []
    for line in text.splitlines():
        if line.startswith("# "):
            said.append(line[2:])
        elif key := _KEY.match(line):
            found[key[1]] = " ".join(said)
            said = []
    return found


def _words(property: dict[str, Any]) -> tuple[str, ...]:
    name = property.get("vocabulary") or property.get("items", {}).get("vocabulary")
    return tuple(vocabulary()[name]) if name else ()
