"""A site of any size in real language: the pages of a written one, and new ones of its own sentences.

A new page has a title, a summary and sections as written pages have; each sentence stands somewhere in
the written pages of that language, or in those of `more`. The same seed makes the same pages.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import yaml

from hub import frontmatter
from hub.bench.search import plain
from hub.project import Project

_SECTIONS, _SENTENCES = 3, (5, 8)


def make(project: Project, more: Project, folder: Path, pages: int, seed: int = 1) -> Path:
    """Write a site like `project` with `pages` pages a language into `folder`; its mkdocs.yml."""
    written, others = plain.texts(project), plain.texts(more)
    codes = [code for code in written if code in others]
    for code in codes:
        own = dict(list(written[code].items())[:pages])
        random_ = random.Random(f"{seed}{code}")
        pool = sentences([*written[code].values(), *others[code].values()])
        titles = _titles(written[code].values())
        for number in range(len(own), pages):
            # Which titles meet is the same in every language: a page is the same page.
            chosen = random.Random(f"{seed}/{number}").sample(range(len(titles)), _SECTIONS + 1)
            own[f"made/page-{number + 1}.md"] = _page([titles[i] for i in chosen], pool, random_)
        _write(own, folder / "docs", "" if code == codes[0] else f".{code}")
    return _configure(project, folder, codes)


def sentences(texts: Iterable[str]) -> list[str]:
    """Lines of running text, links reduced to their words; a line is a sentence on our pages."""
    found: dict[str, None] = {}
    for text in texts:
        body = text[frontmatter.parse(text).end :]
        for line in body.splitlines():
            line = re.sub(r"^\s*(?:[-*>]|\d+\.)\s+", "", line)
            line = re.sub(r"\[([^]]+)\]\([^)]*\)", r"\1", line).replace("**", "").strip()
            if len(line) > 12 and not re.search(r"[<>|{}\[\]#]|^:|!!!|\?\?\?", line):
                found[line] = None
    return list(found)


def _titles(texts: Iterable[str]) -> list[str]:
    """Headings of the second level, in the order of the pages."""
    heading = re.compile(r"(?m)^## (.+?) *\{#")
    return [title for text in texts for title in heading.findall(text)]


def _page(titles: list[str], pool: list[str], random_: random.Random) -> str:
    quoted = titles[0].replace('"', "'")
    summary = random_.choice(pool).replace('"', "'")[:200]
    lines = ["---", "type: page", f'title: "{quoted}"', f'summary: "{summary}"']
    lines += ["updated: 2026-11-30", "review_by: 2027-11-01", "sources: []", "---"]
    for number, title in enumerate(titles[1:], 1):
        lines += ["", f"## {title} {{#part-{number}}}", ""]
        lines += random_.sample(pool, random_.randint(*_SENTENCES))
    return "\n".join(lines) + "\n"


def _write(pages: dict[str, str], docs: Path, suffix: str) -> None:
    for path, text in pages.items():
        file = docs / f"{path[:-3]}{suffix}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


def _configure(project: Project, folder: Path, codes: list[str]) -> Path:
    """The written site's settings without its navigation: every page is in it."""
    shutil.copytree(project.templates, folder / "overrides")
    (folder / "translations").mkdir()
    shutil.copy(project.translations / "glossary.csv", folder / "translations")
    settings = yaml.safe_load(project.config_file.read_text(encoding="utf-8"))
    settings.pop("nav")
    settings["hooks"] = [str((project.root / name).resolve()) for name in settings["hooks"]]
    settings["theme"]["custom_dir"] = "overrides"
    for plugin in settings["plugins"]:
        if "i18n" in plugin:
            own = plugin["i18n"]["languages"]
            plugin["i18n"]["languages"] = [lang for lang in own if lang["locale"] in codes]
    config = folder / "mkdocs.yml"
    config.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return config
