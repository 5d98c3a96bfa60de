"""Front matter with its places: every value knows its line, every text its exact span in the file.

MkDocs drops all metadata without a word when the YAML is broken; here that is an error with a line.
Dates stay text (`2026-11-23`), so that what is read is what was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

_BLOCK = re.compile(r"\A---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)


class FrontMatterError(ValueError):
    """The YAML between the `---` lines cannot be read; `line` counts from the file's first line."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Scalar:
    """A text of the front matter: `path` like 'outcomes.1', `source[start:end]` as written."""

    path: str
    start: int
    end: int
    value: str
    line: int


@dataclass(frozen=True)
class FrontMatter:
    """`data` as Python values, `lines` from path to line, `end` the offset where the body starts."""

    data: dict[str, Any]
    end: int
    lines: dict[str, int] = field(default_factory=dict)
    scalars: tuple[Scalar, ...] = ()


def parse(source: str) -> FrontMatter:
    """The front matter at the start of `source`; empty, with `end` 0, where there is none.

    Raises `FrontMatterError` for broken YAML, a key that stands twice, or YAML that is not a mapping.
    """
    match = _BLOCK.match(source)
    if match is None:
        return FrontMatter({}, 0)
    text = match[1] or ""
    try:
        node = yaml.compose(text, _TextLoader)
        data = yaml.load(text, _TextLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise FrontMatterError(
            (mark.line if mark else 0) + 2, error.problem or "broken YAML"
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise FrontMatterError(2, str(error).splitlines()[0]) from error
    if node is None:
        return FrontMatter({}, match.end())
    if not isinstance(node, yaml.MappingNode):
        raise FrontMatterError(2, "front matter is not a list of `key: value` lines")
    offset = match.start(1)
    lines: dict[str, int] = {}
    scalars: list[Scalar] = []
    for path, item in _walk(node, ""):
        lines.setdefault(path, item.start_mark.line + 2)
        if isinstance(item, yaml.ScalarNode) and item.tag == "tag:yaml.org,2002:str":
            start, end = item.start_mark.index + offset, item.end_mark.index + offset
            # A block scalar's span ends after its last newline: that newline is not text.
            while end > start and source[end - 1] in "\n ":
                end -= 1
            scalars.append(Scalar(path, start, end, item.value, item.start_mark.line + 2))
    return FrontMatter(data, match.end(), lines, tuple(scalars))


def quoted(text: str) -> str:
    """`text` as a double-quoted YAML scalar on one line, whatever it holds."""
    return yaml.safe_dump(text, allow_unicode=True, width=2**31, default_style='"').rstrip("\n")


def shape(data: Any) -> Any:
    """The value with every text replaced: what a translation must leave as it is."""
    if isinstance(data, dict):
        return {key: shape(value) for key, value in data.items()}
    if isinstance(data, list):
        return [shape(value) for value in data]
    return "" if isinstance(data, str) else data


def _walk(node: yaml.Node, path: str) -> Iterator[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                raise FrontMatterError(key.start_mark.line + 2, f"key '{name}' stands twice")
            seen.add(name)
            below = f"{path}.{name}" if path else name
            yield below, key if isinstance(value, yaml.CollectionNode) else value
            yield from _walk(value, below)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            below = f"{path}.{index}"
            yield below, value
            yield from _walk(value, below)


class _TextLoader(yaml.SafeLoader):
    """YAML without dates: `2026-11-23` stays the text it is."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
