"""Front matter with its places: every value knows its line, every text its exact span in the file.

MkDocs drops all metadata without a word when the YAML is broken; here that is an error with a line.
Dates stay text (`2026-11-23`), so that what is read is what was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.composer import Composer

_BLOCK = re.compile(r"\A---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
#: Where libyaml differs from PyYAML: it takes tabs PyYAML refuses, does not count a byte order mark,
#: and gives another line to empty values after `? ` and `---`. A test compares all the rest.
_READ_IN_TWO_WAYS = re.compile(r"[\t\ufeff]|(?:^|[\[{,:-]) *\?\s|^(?:---|\.\.\.)", re.M)
#: What people get wrong most often.
_IN_PLAIN_WORDS = {
    "mapping values are not allowed here": "a second colon in a line, or a line moved in too far",
    "could not find expected ':'": "a line that is no `key: value`, or a text that is not closed",
    "cannot start any token": "a sign that begins nothing here, such as a tab, @ or `",
    "while scanning a quoted scalar": "a quotation mark that is not closed",
    "found unexpected end of stream": "a quotation mark that is not closed",
    "expected <block end>": "something after the closing quotation mark, or a line moved in wrongly",
    "expected ',' or ']'": "a list whose bracket is not closed, or that lacks a comma",
    "expected ',' or '}'": "a pair of braces that is not closed, or that lacks a comma",
}


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
    return _parse(_Block(source, match[1] or "", match.start(1), match.end(), 2))


def parse_file(text: str) -> FrontMatter:
    """A whole YAML file, read in the same way."""
    return _parse(_Block(text, text, 0, len(text), 1))


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


@dataclass(frozen=True)
class _Block:
    """YAML inside of `source`: it begins at `start`, in line `line`; what holds it ends at `end`."""

    source: str
    text: str
    start: int
    end: int
    line: int


def _parse(block: _Block) -> FrontMatter:
    if not _READ_IN_TWO_WAYS.search(block.text):
        with suppress(yaml.YAMLError, ValueError, RecursionError):
            return _read(block, _QuickLoader)
    # What is wrong is said by the careful reader alone: in the same words on every machine.
    try:
        return _read(block, _TextLoader)
    except FrontMatterError:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + block.line
        raise FrontMatterError(line, _plain(error.problem or "broken YAML")) from error
    except RecursionError as error:
        raise FrontMatterError(block.line, "YAML nested too deep") from error
    except (yaml.YAMLError, ValueError) as error:
        raise FrontMatterError(block.line, str(error).splitlines()[0]) from error


def _plain(problem: str) -> str:
    """What the YAML reader says, in words that need no knowledge of YAML; its own for the rest."""
    return next((said for part, said in _IN_PLAIN_WORDS.items() if part in problem), problem)


def _read(block: _Block, reader: Callable[[str], Any]) -> FrontMatter:
    loader = reader(block.text)
    try:
        node = loader.get_single_node()
        if node is None:
            return FrontMatter({}, block.end)
        if not isinstance(node, yaml.MappingNode):
            what = "front matter" if block.line > 1 else "the file"
            raise FrontMatterError(block.line, f"{what} is not a list of `key: value` lines")
        lines: dict[str, int] = {}
        scalars: list[Scalar] = []
        # Before the data is made: that puts merged keys (<<) into the nodes.
        for path, item in _walk(node, "", block.line):
            lines.setdefault(path, item.start_mark.line + block.line)
            if isinstance(item, yaml.ScalarNode) and item.tag == "tag:yaml.org,2002:str":
                scalars.append(_scalar(path, item, block))
        data = loader.construct_document(node)
        return FrontMatter(data, block.end, lines, tuple(scalars))
    finally:
        loader.dispose()


def _scalar(path: str, node: yaml.ScalarNode, block: _Block) -> Scalar:
    start, end = node.start_mark.index + block.start, node.end_mark.index + block.start
    # A block scalar's span ends after its last newline: that newline is not text.
    while end > start and block.source[end - 1] in "\n ":
        end -= 1
    return Scalar(path, start, end, node.value, node.start_mark.line + block.line)


def _walk(node: yaml.Node, path: str, line: int) -> Iterator[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                raise FrontMatterError(key.start_mark.line + line, f"key '{name}' stands twice")
            seen.add(name)
            below = f"{path}.{name}" if path else name
            yield below, key if isinstance(value, yaml.CollectionNode) else value
            yield from _walk(value, below, line)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            below = f"{path}.{index}"
            yield below, value
            yield from _walk(value, below, line)


class _WrittenOut(Composer):
    """Without aliases: a few lines of them stand for millions."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):  # type: ignore[attr-defined]
            mark = self.peek_event().start_mark  # type: ignore[attr-defined]
            raise yaml.composer.ComposerError(None, None, "an alias (*name): write it out", mark)
        return super().compose_node(parent, index)


class _TextLoader(_WrittenOut, yaml.SafeLoader):
    """YAML without dates: `2026-11-23` stays the text it is."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

_QuickLoader: Callable[[str], Any] = _TextLoader
if yaml.__with_libyaml__:

    class _CLoader(_WrittenOut, yaml.CSafeLoader):
        """The same YAML taken apart by libyaml. Nodes are still put together here: libyaml's own way
        ends the process where lists are nested very deep."""

        yaml_implicit_resolvers = _TextLoader.yaml_implicit_resolvers

        def __init__(self, text: str) -> None:
            yaml.CSafeLoader.__init__(self, text)
            _WrittenOut.__init__(self)

    _QuickLoader = _CLoader
