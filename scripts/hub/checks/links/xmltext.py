"""XML files of a site as plain rows: name, line, attributes and text of every element."""

from __future__ import annotations

from typing import NamedTuple
from xml.parsers import expat


class Element(NamedTuple):
    """`name` without its namespace's prefix; `parent` likewise. `text` is stripped."""

    name: str
    parent: str
    line: int
    attributes: dict[str, str]
    text: str


class XmlError(ValueError):
    """What cannot be read, at `line`."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def elements(data: bytes) -> list[Element]:
    """In the order in which they end. Raises `XmlError`; entities of a file's own are refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    open_: list[tuple[str, int, dict[str, str], list[str]]] = []
    found: list[Element] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        open_.append((name.rpartition(":")[2], parser.CurrentLineNumber, plain, []))

    def end(name: str) -> None:
        tag, line, attributes, text = open_.pop()
        parent = open_[-1][0] if open_ else ""
        found.append(Element(tag, parent, line, attributes, "".join(text).strip()))

    def text(data: str) -> None:
        if open_:
            open_[-1][3].append(data)

    def entity(*_: object) -> None:
        raise XmlError(parser.CurrentLineNumber, "declares entities of its own")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.EntityDeclHandler = text, entity
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise XmlError(error.lineno, expat.ErrorString(error.code)) from error
    return found
