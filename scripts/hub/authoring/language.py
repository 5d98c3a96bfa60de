"""A new language: one line in mkdocs.yml, an empty column in the glossary. Its catalogs `catalog sync` makes."""

from __future__ import annotations

import csv
import re

import babel

from hub.problem import HubError
from hub.project import Project, direction

_LINE = re.compile(r"(?m)^( *)- \{locale: ([a-z]{2,3}), name: [^\n]*\}\n(?! *- \{locale:)")


def with_language(project: Project, code: str) -> str:
    """The text of mkdocs.yml with the language in its list.

    Raises `HubError` where it is there, where CLDR knows no such language, or where the list is not
    written a language a line.
    """
    if code in project.declared:
        raise HubError(f"the site has the language '{code}' already")
    try:
        name = babel.Locale.parse(code).get_display_name(code)
    except (babel.UnknownLocaleError, ValueError) as error:
        raise HubError(f"'{code}' is no language that CLDR knows", "such as sw or pt") from error
    text = project.config_file.read_text(encoding="utf-8")
    last = _LINE.search(text)
    if not last:
        hint = f"add - {{locale: {code}, name: {name}, build: true}} below the others"
        raise HubError(f"{project.config_file.name} lists its languages in another way", hint)
    line = f"{last[1]}- {{locale: {code}, name: {name}, build: true}}\n"
    return text[: last.end()] + line + text[last.end() :]


def with_column(glossary: str, code: str) -> str:
    """A glossary with an empty column for the language at the end of its rows; nothing else moves."""
    lines = glossary.splitlines()
    ends, reader = [], csv.reader(lines)
    for _ in reader:
        ends.append(reader.line_num - 1)
    for number, end in enumerate(ends):
        lines[end] += f",{code}" if number == 0 else ","
    return "\n".join([*lines, ""])


def theme_words(project: Project, code: str) -> tuple[str, str]:
    """Path and text of the theme's few words where it has none in a language: English for now."""
    text = (
        "{#- The theme has no words in this language: put them here by key, English shows for the rest. -#}\n"
        '{% import "partials/languages/en.html" as english %}\n'
        f'{{% set words = {{"language": "{code}", "direction": "{direction(code)}"}} %}}\n'
        "{% macro t(key) %}{{ words[key] or english.t(key) }}{% endmacro %}\n"
    )
    return f"{project.relative(project.templates)}/partials/languages/{code}.html", text
