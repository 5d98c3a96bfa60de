"""What people type into a form, as the values a page's front matter holds, and those as YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from hub import frontmatter
from hub.page import vocabulary


def value(typed: str, wanted: Mapping[str, Any]) -> Any:
    """What was typed as the kind of value a key holds; what does not fit stays text for the check."""
    kind = wanted.get("type")
    if kind == "integer":
        return int(typed) if typed.isdecimal() else typed
    if kind == "boolean":
        return {"yes": True, "true": True, "no": False, "false": False}.get(typed.lower(), typed)
    if kind == "object":
        return dict(_pair(line) for line in _lines(typed))
    if kind == "array":
        return _items(typed, wanted["items"])
    return _word(typed, wanted) if "vocabulary" in wanted else " ".join(typed.split())


def written(value: Any) -> str:
    """One line of YAML; texts in double quotes, so that nothing in them means anything."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(written(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {written(item)}" for key, item in value.items()) + "}"
    return frontmatter.quoted(str(value))


def _items(typed: str, wanted: Mapping[str, Any]) -> list[Any]:
    if wanted.get("type") == "object":
        first, second = wanted["required"]
        return [dict(zip((first, second), _pair(line), strict=True)) for line in _lines(typed)]
    parts = _lines(typed) if wanted.get("translate") else re.split(r"[,;\n]+", typed)
    return [value(part.strip(), wanted) for part in parts if part.strip()]


def _lines(typed: str) -> list[str]:
    """One item a line, whatever bullet a word processor put before it."""
    return [line for raw in typed.splitlines() if (line := raw.strip(" \t•–-*"))]


def _pair(line: str) -> tuple[str, str]:
    key, _, text = line.partition(":")
    return key.strip(), text.strip()


def _word(typed: str, wanted: Mapping[str, Any]) -> str:
    """A word of the vocabulary, by itself or by what readers see for it."""
    labels = {label.lower(): word for word, label in vocabulary()[wanted["vocabulary"]].items()}
    return labels.get(typed.lower(), typed.lower() if typed.lower() in labels.values() else typed)
