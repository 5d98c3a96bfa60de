"""A new language: one line in mkdocs.yml. Its catalogs are made by `catalog sync`."""

from __future__ import annotations

import re

import babel

from hub.problem import HubError
from hub.project import Project

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
