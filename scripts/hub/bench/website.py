"""A made-up built site in the shape of ours, free of faults: what link checkers are measured on.

Every language has the same pages, English at the root, below a base path. Texts are strings of the glossary's
terms. One page a language holds every element that names a file, and much that looks broken and is not.
The same seed makes the same site.
"""

from __future__ import annotations

import json
import posixpath
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2

from hub import glossary
from hub.bench import kits, lists
from hub.bench.place import ADDRESS, Shelf, Website, address, codes, write
from hub.project import Project

_TEMPLATES = Path(__file__).parent / "site"
_SECTIONS = ("learn", "teach", "legislate", "campaign", "library", "help", "about")
_HEADINGS = 14
#: Folders of numbered pages, and how much of the site each of them is.
_SERIES = {"teach/lessons/lesson": 10, "legislate/handbook/chapter": 2, "library/records/record": 2}


def make(project: Project, folder: Path, pages: int = 150, seed: int = 1) -> Website:
    """Write a site of `pages` pages a language, at least 30, into `folder`/sub."""
    chance = random.Random(seed)
    root = folder / "sub"
    paths = tuple(_paths(pages))
    site = Website(root, project.languages, paths)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    terms = [term for term in glossary.read(project) if not term.is_interface]
    for language in site.languages:
        own = "" if language.is_source else f"{language.code}/"
        words = tuple(term.names[language.code].strip() for term in terms)
        shelf = Shelf(language, own, words, tuple(kits.make(root, language.code)))
        for path in paths:
            values = _page(site, shelf, path, chance)
            if path == "learn/everything.html":
                values["extra"] = environment.get_template("everything.html").render(values)
            if path == "learn/glossary.html":
                values["extra"] = _glossary(language.code)
            write(root / own / path, environment.get_template("page.html").render(values))
        lists.of_language(site, shelf)
    lists.of_site(site)
    return site


def _paths(pages: int) -> Iterator[str]:
    fixed = ["index.html", *(f"{section}/index.html" for section in _SECTIONS)]
    fixed += ["learn/glossary.html", "learn/everything.html"]
    yield from fixed
    rest, parts = pages - len(fixed), sum(_SERIES.values())
    done = 0
    for series, part in _SERIES.items():
        many = rest * part // parts if series != list(_SERIES)[-1] else rest - done
        done += many
        yield from (f"{series}-{number:03}.html" for number in range(1, many + 1))


def _page(site: Website, shelf: Shelf, path: str, chance: random.Random) -> dict[str, Any]:
    """What the template shows on one page."""
    here = posixpath.dirname(shelf.folder + path)

    def link(target: str, folder: str = shelf.folder) -> str:
        file, mark, fragment = (folder + target).partition("#")
        return posixpath.relpath(file, here or ".") + mark + fragment

    def words(least: int, most: int) -> str:
        return " ".join(chance.choices(shelf.words, k=chance.randint(least, most))).capitalize()

    own = {code: "" if code == site.languages[0].code else f"{code}/" for code in codes(site)}
    section = path.partition("/")[0] if "/" in path else ""
    siblings = _siblings(site.pages, path)
    listed = [page for page in site.pages if page.startswith(f"{section}/") and page != path]
    body = [[(link(f"{target}#part-{chance.randint(1, _HEADINGS)}"),
              [words(4, 9), words(1, 2), words(4, 9)])
             for target in chance.choices(site.pages, k=1 + n % 2)]
            for n in range(_HEADINGS)]  # fmt: skip
    if path.endswith("/index.html"):
        body[1] = [(link(target), [words(3, 5), words(1, 2), words(1, 2)]) for target in listed]
    return {
        "lang": shelf.language.code,
        "dir": shelf.language.dir,
        "name": shelf.words[0].capitalize(),
        "title": words(2, 4),
        "words": words(2, 3),
        "site": ADDRESS,
        "address": address(shelf.folder, path),
        "alternates": [(code, own[code], address(own[code], path)) for code in own],
        "others": [
            (lang.code, lang.name, lang.dir, link(path, own[lang.code]))
            for lang in site.languages
        ],
        "other": "fr" if shelf.language.code != "fr" else "en",
        "other_link": link(path, own["fr" if shelf.language.code != "fr" else "en"]),
        "up": _up(shelf.folder + path),
        "home": _up(path),
        "headings": [(f"part-{n + 1}", words(1, 4)) for n in range(_HEADINGS)],
        "body": body,
        "text": [words(3, 6) for _ in range(11)] + [words(25, 60) for _ in range(_HEADINGS + 1)],
        "sections": [
            {"link": link(f"{name}/index.html"), "title": shelf.words[n], "active": name == section}
            for n, name in enumerate(_SECTIONS, 1)
        ],
        "siblings": [(link(page), words(1, 3), page == path) for page in siblings],
        "downloads": [(link(kit, ""), kit.rsplit(".", 1)[1].upper(), sum_) for kit, sum_ in shelf.kits],
        "foot": [(link(page), words(1, 2)) for page in ("help/index.html", "about/index.html")]
        + [(link(f"about/index.html#part-{n}"), words(1, 2)) for n in (1, 2, 3, 4)],
        "data": _structured(shelf, path),
        "extra": "",
    }  # fmt: skip


def _siblings(pages: tuple[str, ...], path: str) -> list[str]:
    """The pages around one in its folder, as a pruned navigation shows them."""
    folder = posixpath.dirname(path)
    same = [page for page in pages if posixpath.dirname(page) == folder]
    start = max(0, min(same.index(path) - 5, len(same) - 10))
    return same[start : start + 10]


def _structured(shelf: Shelf, path: str) -> str:
    """JSON-LD as search engines read it."""
    data = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "url": address(shelf.folder, path),
        "inLanguage": shelf.language.code,
        "image": ADDRESS + "assets/images/card.png",
        "license": "https://creativecommons.org/licenses/by-sa/4.0/",
        "encoding": [
            {"@type": "MediaObject", "contentUrl": ADDRESS + kit, "sha256": digest}
            for kit, digest in shelf.kits
        ],
    }
    return json.dumps(data, ensure_ascii=False)


def _glossary(code: str) -> str:
    """Anchors in other scripts, and links to them as people write and as programs encode them."""
    return (
        '<h2 id="terms">A–Z</h2>\n'
        '<dl><dt id="人口贩运">人口贩运</dt><dd lang="zh">…</dd>\n'
        '<dt id="الاتجار">الاتجار</dt><dd lang="ar">…</dd>\n'
        '<dt id="caf\N{LATIN SMALL LETTER E WITH ACUTE}">café</dt></dl>\n'
        '<p><a href="#人口贩运">1</a> <a href="#%E4%BA%BA%E5%8F%A3%E8%B4%A9%E8%BF%90">2</a>\n'
        '<a href="#الاتجار">3</a> <a href="#%D8%A7%D9%84%D8%A7%D8%AA%D8%AC%D8%A7%D8%B1">4</a>\n'
        f'<a href="glossary.html#caf%C3%A9" hreflang="{code}">5</a></p>\n'
    )


def _up(path: str) -> str:
    return "../" * path.count("/")
