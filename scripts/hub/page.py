"""Pages of docs/: what each claims to be, and whether its front matter keeps to its type's schema.

A schema is JSON Schema written as YAML in schemas/, one file a type, on top of common.yml. Two words
are ours: `translate: true` (translators see this text) and `vocabulary: name` (one of the words of
vocabulary.yml).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from hub import frontmatter, validation
from hub.problem import Problem
from hub.project import Project

_SCHEMAS = Path(__file__).parent / "schemas"
_NOT_TYPES = {"common", "vocabulary"}


@dataclass(frozen=True)
class Page:
    """An English page. `path` is relative to docs/, `body` the text after the front matter."""

    path: str
    source: str
    matter: frontmatter.FrontMatter

    @property
    def type(self) -> str:
        return str(self.matter.data.get("type", ""))

    @property
    def meta(self) -> dict[str, Any]:
        return self.matter.data

    @property
    def body(self) -> str:
        return self.source[self.matter.end :]

    @property
    def section(self) -> str:
        """The catalog this page is translated in: its first folder, or 'home'."""
        return section_of(self.path)

    def line(self, key: str) -> int:
        """Where a part of the front matter stands, such as 'questions.3.id'; the first line where it is not."""
        return self.matter.lines.get(key, 1)

    def items(self, key: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The parts of a list of the front matter, each with its key: ('questions.3', {…})."""
        for index, item in enumerate(self.meta.get(key) or ()):
            if isinstance(item, dict):
                yield f"{key}.{index}", item


def section_of(path: str) -> str:
    """'teach' for teach/lessons/x.md, 'home' for index.md."""
    first, slash, _ = path.partition("/")
    return first if slash else "home"


def is_localized(path: str, codes: list[str]) -> bool:
    """True for a hand-made translation such as x.fr.md."""
    return any(path.endswith(f".{code}.md") for code in codes)


def read_pages(project: Project) -> tuple[list[Page], list[Problem]]:
    """Every English page that can be read, by path, and the problems of those that cannot."""
    pages, problems = [], []
    codes = [lang.code for lang in project.languages]
    for file in sorted(project.docs.rglob("*.md")):
        path = file.relative_to(project.docs).as_posix()
        if is_localized(path, codes) or project.excluded.match_file(path):
            continue
        where = project.relative(file)
        try:
            source = file.read_bytes().decode("utf-8")
            pages.append(Page(path, source, frontmatter.parse(source)))
        except UnicodeDecodeError as error:
            problems.append(Problem(where, 0, "encoding", f"not UTF-8: {error.reason}"))
        except frontmatter.FrontMatterError as error:
            hint = 'put texts that hold ": " or "#" in double quotes'
            problems.append(Problem(where, error.line, "front-matter", str(error), hint))
    return pages, problems


def check_schema(page: Page, where: str) -> list[Problem]:
    """Everything that is wrong with a page's front matter, at its line."""
    if not page.meta:
        hint = "start the page with `---`, `type: page`, …, `---`"
        return [Problem(where, 1, "front-matter", "no front matter", hint)]
    if page.type not in types():
        line = page.line("type")
        close = difflib.get_close_matches(page.type, types(), 1)
        hint = f"did you mean '{close[0]}'?" if close else "one of: " + ", ".join(types())
        return [Problem(where, line, "page-type", f"unknown type '{page.type}'", hint)]
    name = f"a page of type '{page.type}'"
    return list(validation.problems(page.matter, schema(page.type), where, name))


@cache
def types() -> tuple[str, ...]:
    """The page types there are: one for each schema file."""
    return tuple(sorted(p.stem for p in _SCHEMAS.glob("*.yml") if p.stem not in _NOT_TYPES))


@cache
def vocabulary() -> dict[str, dict[str, str]]:
    """Controlled words with their English labels: {'pillar': {'prevention': 'Prevention', …}, …}."""
    words = yaml.safe_load((_SCHEMAS / "vocabulary.yml").read_text(encoding="utf-8"))
    return {name: {str(k): str(v) for k, v in labels.items()} for name, labels in words.items()}


@cache
def schema(kind: str) -> dict[str, Any]:
    """The whole JSON Schema of a page type, common keys included."""
    common, own = (
        yaml.safe_load((_SCHEMAS / f"{name}.yml").read_text(encoding="utf-8"))
        for name in ("common", kind)
    )
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": _with_vocabulary({**common["properties"], **own["properties"]}),
        "required": [*common["required"], *own["required"]],
    }


@cache
def translatable(kind: str) -> re.Pattern[str]:
    """Matches the front matter paths a translator sees, such as 'title' or 'questions.3.text'.

    For a page of no known type (small sites, foreign Markdown) title, summary and description are.
    """
    if kind not in types():
        return re.compile(r"title|summary|description|subtitle")
    return re.compile("|".join(_translated_paths(schema(kind), "")))


def _with_vocabulary(node: Any) -> Any:
    if isinstance(node, list):
        return [_with_vocabulary(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: _with_vocabulary(value) for key, value in node.items()}
    if isinstance(node.get("vocabulary"), str):
        node["enum"] = sorted(vocabulary()[node["vocabulary"]])
    return node


def _translated_paths(node: dict[str, Any], path: str) -> Iterator[str]:
    if node.get("translate"):
        yield path
    for key, below in node.get("properties", {}).items():
        yield from _translated_paths(below, rf"{path}\.{key}" if path else key)
    if "items" in node:
        yield from _translated_paths(node["items"], rf"{path}\.\d+")
