"""A made-up site of any size for measuring: our own pages and catalogs over and over.

Every copy of a text gets a name of its own, in English and in its translation, so that texts differ as
they do on a real site; one in twenty stays as it is, as headings and warnings do. The same seed makes the same site.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from hub import catalog, segment, texts
from hub.catalog import Key, message
from hub.catalog.message import Message
from hub.coverage import shares
from hub.page import Page, read_pages
from hub.project import Language, Project
from hub.segment import Segment

_SHARED, _MISSING, _STALE = 0.05, 0.02, 0.02


@dataclass(frozen=True)
class Corpus:
    """What was made: `config` is its mkdocs.yml, which lists every language of ours; `languages` are those
    that have catalogs, `pairs` the entries that have a translation."""

    config: Path
    languages: tuple[str, ...]
    pages: int
    segments: int = 0
    words: int = 0
    pairs: int = 0


@dataclass(frozen=True)
class _Text:
    """A text of the site: the key it has in the catalogs, the one it is made from, and its name."""

    key: Key
    model: Key
    number: str
    place: str


def make(project: Project, folder: Path, pages: int, languages: int, seed: int = 1) -> Corpus:
    """Write a site like `project` into `folder`."""
    random_ = random.Random(seed)
    targets = project.targets[:languages]
    corpus = Corpus(
        _configure(project, folder, targets), tuple(lang.code for lang in targets), pages
    )
    found: dict[str, dict[Key, _Text]] = {}
    models = _models(project)
    for number in range(pages):
        model = models[number % len(models)]
        path = model.path.removesuffix(".md") + f"-{number + 1}.md"
        source, used = _page(model, path, number + 1, random_)
        _write(folder / "docs" / path, source)
        for text in used:
            found.setdefault(model.section, {}).setdefault(text.key, text)
        words = sum(shares.words(text.key[1]) for text in used)
        corpus = replace(corpus, segments=corpus.segments + len(used), words=corpus.words + words)
    for language in targets:
        for section, own in found.items():
            model_file = texts.path_of(project, language.code, section)
            entries = list(_entries(model_file, own.values(), random_))
            corpus = replace(corpus, pairs=corpus.pairs + sum(e.translated for e in entries) - 1)
            _write(
                folder / "translations" / language.code / model_file.name, message.write(entries)
            )
    return corpus


def _models(project: Project) -> list[Page]:
    """Our pages twice, the longest once: a site of 600 has more short pages than ours has."""
    pages, _ = read_pages(project)
    longest = max(pages, key=lambda page: len(page.source))
    return [*pages, *(page for page in pages if page is not longest)]


def _configure(project: Project, folder: Path, targets: tuple[Language, ...]) -> Path:
    """Everything but the pages and their catalogs is ours as it stands."""
    shutil.copytree(project.templates, folder / "overrides")
    for file in project.translations.iterdir():
        if file.is_file():
            (folder / "translations").mkdir(exist_ok=True)
            shutil.copy(file, folder / "translations")
    for language in targets:
        (folder / "translations" / language.code).mkdir(parents=True)
        for section in (texts.UI, texts.DATA):
            path = texts.path_of(project, language.code, section)
            if path.exists():
                shutil.copy(path, folder / "translations" / language.code)
    codes = [{"locale": project.source.code, "default": True}]
    codes += [{"locale": language.code} for language in project.targets]
    settings = {
        "site_name": project.site_name,
        "theme": {"name": "material", "custom_dir": "overrides"},
        "plugins": [{"i18n": {"languages": codes}}],
    }
    config = folder / "mkdocs.yml"
    _write(config, yaml.safe_dump(settings))
    return config


def _page(model: Page, path: str, number: int, random_: random.Random) -> tuple[str, list[_Text]]:
    """The model's Markdown with named texts, and its texts as the catalogs know them."""
    nodes = segment.parse(model.source)
    marks = {
        id(node): "" if random_.random() < _SHARED else f" {_name(number)}"
        for node in nodes
        if isinstance(node, Segment)
    }
    source = segment.join(nodes, lambda node: node.put(node.text + marks[id(node)]))
    old = [node for node in nodes if isinstance(node, Segment)]
    return source, [
        _Text(new.key, before.key, marks[id(before)], f"{path}#{new.where}")
        for before, new in zip(old, segment.segments(source), strict=True)
    ]


def _name(number: int) -> str:
    """A word that no language has, the same number always the same: 'Qzb'."""
    letters = ""
    while number:
        number, rest = divmod(number, 20)
        letters += "bcdfghjklmnpqrstvwxz"[rest]
    return "Q" + letters


def _entries(path: Path, wanted: Iterable[_Text], random_: random.Random) -> Iterator[Message]:
    """The catalog at `path` made as long as the site: the header, then an entry a text."""
    models = {m.key: m for m in catalog.messages(path) if not m.obsolete}
    yield models[None, ""]
    for text in wanted:
        context, source = text.key
        model = models.get(text.model)
        target = model.target + text.number if model and model.target else ""
        luck = random_.random()
        if luck < _MISSING:
            target = ""
        entry = Message(context, source, target, places=(text.place,))
        if target and luck > 1 - _STALE:
            entry = entry._replace(flags=("fuzzy",), previous=(context, f"{source} Old."))
        yield entry


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
