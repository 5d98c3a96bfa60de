"""mkdocs.yml as plain facts: languages, folders, navigation. Read once, known to every other module.

Languages are listed in mkdocs.yml and nowhere else; direction, plural rule and names of languages
come from CLDR by way of Babel.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import babel
import pathspec
import yaml

from hub.problem import HubError

_OWN_MACHINE = ("localhost", "127.0.0.1", "")


@dataclass(frozen=True)
class Language:
    """A language of the site: `code` as in addresses, `name` in its own script, ltr or rtl."""

    code: str
    name: str
    dir: str
    is_source: bool


@dataclass(frozen=True)
class Project:
    """A site to build: where its files are and which languages it speaks.

    `declared` holds the code of every language of mkdocs.yml, also where only some are built.
    `guests` are further languages that have the page of short messages and no other.
    """

    root: Path
    config_file: Path
    docs: Path
    translations: Path
    site: Path
    site_name: str
    site_url: str
    templates: Path
    languages: tuple[Language, ...]
    declared: frozenset[str]
    nav: tuple[Any, ...]
    excluded: pathspec.GitIgnoreSpec
    repo_url: str = ""
    guests: tuple[Language, ...] = ()

    @property
    def source(self) -> Language:
        return next(lang for lang in self.languages if lang.is_source)

    @property
    def targets(self) -> tuple[Language, ...]:
        return tuple(lang for lang in self.languages if not lang.is_source)

    @property
    def published(self) -> str:
        """The site's address with a slash at its end, '' where nobody else could type it."""
        host = urlsplit(self.site_url).hostname or ""
        return "" if host in _OWN_MACHINE else self.site_url.rstrip("/") + "/"

    def language(self, code: str) -> Language:
        for lang in (*self.languages, *self.guests):
            if lang.code == code:
                return lang
        known = ", ".join(lang.code for lang in self.languages)
        raise HubError(f"the site has no language '{code}'", f"it has: {known}")

    def only(self, codes: Sequence[str]) -> Project:
        """The same project with its source language and the languages named."""
        wanted = {self.language(code).code for code in codes} | {self.source.code}
        chosen = tuple(lang for lang in self.languages if lang.code in wanted)
        return replace(self, languages=chosen)

    def relative(self, path: Path) -> str:
        """`path` as people write it: from the project's root where it is inside, forward slashes."""
        inside = path.is_relative_to(self.root)
        return (path.relative_to(self.root) if inside else path).as_posix()

    def where(self, path: str) -> str:
        """The file of a page as people write it: 'docs/teach/index.md'."""
        return self.relative(self.docs / path)

    def nav_titles(self) -> list[str]:
        """Titles written in mkdocs.yml's nav, outermost first: they are translated in ui.po."""
        return list(_titles(self.nav))

    def nav_pages(self) -> list[str]:
        """Paths of the pages in mkdocs.yml's nav, in its order."""
        return list(_paths(self.nav))


def load(config_file: Path) -> Project:
    """The project of a mkdocs.yml. Raises `HubError` where the file is missing or is not YAML."""
    config_file = config_file.resolve()
    root = config_file.parent
    try:
        config = yaml.load(config_file.read_text(encoding="utf-8"), _Loader)
    except FileNotFoundError as error:
        raise HubError(
            f"there is no {config_file.name} in {root}", "run from the repository's root"
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise HubError(f"{config_file.name} cannot be read: {error}") from error
    if not isinstance(config, dict):
        raise HubError(f"{config_file.name} holds no settings")
    theme = config.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    languages = tuple(_languages(config, config_file.name))
    return Project(
        root=root,
        config_file=config_file,
        docs=root / config.get("docs_dir", "docs"),
        translations=root / "translations",
        site=root / config.get("site_dir", "site"),
        site_name=config.get("site_name", ""),
        site_url=config.get("site_url") or "",
        templates=(root / (custom or "overrides")).resolve(),
        languages=languages,
        declared=frozenset(lang.code for lang in languages),
        nav=tuple(config.get("nav") or ()),
        excluded=pathspec.GitIgnoreSpec.from_lines((config.get("exclude_docs") or "").splitlines()),
        repo_url=(config.get("repo_url") or "").rstrip("/"),
        guests=tuple(_guests(config)),
    )


def direction(code: str) -> str:
    """'rtl' or 'ltr' as CLDR has it; 'ltr' for a code CLDR does not know."""
    try:
        order = babel.Locale.parse(code.replace("-", "_")).character_order
    except (babel.UnknownLocaleError, ValueError):
        return "ltr"
    return "rtl" if order == "right-to-left" else "ltr"


def _languages(config: dict[str, Any], name: str) -> Iterator[Language]:
    for plugin in config.get("plugins") or ():
        if isinstance(plugin, dict) and "i18n" in plugin:
            for item in plugin["i18n"].get("languages", ()):
                code = str(item["locale"])
                is_source = bool(item.get("default"))
                yield Language(code, item.get("name", code), direction(code), is_source)
            return
    raise HubError(f"{name} lists no languages", "they stand under plugins: - i18n: languages:")


def _guests(config: dict[str, Any]) -> Iterator[Language]:
    extra = config.get("extra")
    for item in (extra.get("message_languages") if isinstance(extra, dict) else None) or ():
        code = str(item["locale"])
        yield Language(code, item.get("name", code), direction(code), False)


def _titles(items: Any) -> Iterator[str]:
    for item in items:
        if isinstance(item, dict):
            for title, below in item.items():
                yield title
                if isinstance(below, list):
                    yield from _titles(below)


def _paths(items: Any) -> Iterator[str]:
    if isinstance(items, str):
        yield items
    elif isinstance(items, dict):
        for below in items.values():
            yield from _paths(below)
    else:
        for item in items or ():
            yield from _paths(item)


class _Loader(yaml.SafeLoader):
    """Safe YAML that also reads MkDocs' `!ENV [NAME, default]` and skips every other tag."""


def _environment(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Any:
    if not suffix.startswith("ENV"):
        return None
    if isinstance(node, yaml.ScalarNode):
        return os.environ.get(node.value)
    if not isinstance(node, yaml.SequenceNode):
        return None
    *variables, default = loader.construct_sequence(node)
    return next((os.environ[str(name)] for name in variables if os.environ.get(str(name))), default)


_Loader.add_multi_constructor("!", _environment)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)
