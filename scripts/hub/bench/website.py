"""A made-up built site in the shape of ours, free of faults: what link checkers are measured on.

Every language has the same pages, English at the root, below a base path. Texts are strings of the glossary's
terms. One page a language holds every element that names a file, and much that looks broken and is not.
The same seed makes the same site.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import posixpath
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from hub import glossary
from hub.project import Language, Project

ADDRESS = "https://hub.example.org/sub/"
_TEMPLATES = Path(__file__).parent / "site"
_SECTIONS = ("learn", "teach", "legislate", "campaign", "library", "help", "about")
_HEADINGS = 14
#: Folders of numbered pages, and how much of the site each of them is.
_SERIES = {"teach/lessons/lesson": 10, "legislate/handbook/chapter": 2, "library/records/record": 2}
_STUBS = {
    "old-lesson.html": "teach/lessons/lesson-001.html",
    "moved/index.html": "learn/index.html",
}


@dataclass(frozen=True)
class Website:
    """`root` is the folder that is served at `ADDRESS`; `pages` are the paths of a language's pages, without
    its folder."""

    root: Path
    languages: tuple[Language, ...]
    pages: tuple[str, ...]


@dataclass(frozen=True)
class _Shelf:
    """What the pages of a language have in common. `folder` is '' or 'fr/'; `kits` has path and checksum."""

    language: Language
    folder: str
    words: tuple[str, ...]
    kits: tuple[tuple[str, str], ...]


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
        shelf = _Shelf(language, own, words, tuple(_kits(root, language.code)))
        for path in paths:
            values = _page(site, shelf, path, chance)
            if path == "learn/everything.html":
                values["extra"] = environment.get_template("everything.html").render(values)
            if path == "learn/glossary.html":
                values["extra"] = _glossary(language.code)
            _write(root / own / path, environment.get_template("page.html").render(values))
        for stub, target in _STUBS.items():
            _write(root / own / stub, _stub(own, stub, target))
        _lists(site, shelf)
    _common(site)
    return site


def address(folder: str, path: str) -> str:
    """The address at which a page is published: never with index.html."""
    return ADDRESS + folder + path.removesuffix("index.html")


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


def _page(site: Website, shelf: _Shelf, path: str, chance: random.Random) -> dict[str, Any]:
    """What the template shows on one page."""
    here = posixpath.dirname(shelf.folder + path)

    def link(target: str, folder: str = shelf.folder) -> str:
        file, mark, fragment = (folder + target).partition("#")
        return posixpath.relpath(file, here or ".") + mark + fragment

    def words(least: int, most: int) -> str:
        return " ".join(chance.choices(shelf.words, k=chance.randint(least, most))).capitalize()

    own = {code: "" if code == site.languages[0].code else f"{code}/" for code in _codes(site)}
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


def _structured(shelf: _Shelf, path: str) -> str:
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


def _kits(root: Path, code: str) -> Iterator[tuple[str, str]]:
    """The downloads of a language, and their checksums in a file beside them."""
    page = f'<!doctype html><html lang="{code}"><title>Kit</title>'
    files = {
        "kit.zip": _archive({"kit/index.html": page}),
        "kit.epub": _archive({"mimetype": "application/epub+zip", **_BOOK, "kit/page.xhtml": page}),
        "kit.pdf": _PDF % code.encode(),
    }
    folder = root / "downloads" / code
    lines = []
    for name, content in files.items():
        _write(folder / name, content)
        digest = hashlib.sha256(content).hexdigest()
        lines.append(f"{digest}  {name}\n")
        yield f"downloads/{code}/{name}", digest
    _write(folder / "SHA256SUMS", "".join(lines))


def _archive(files: dict[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return held.getvalue()


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


def _stub(folder: str, stub: str, target: str) -> str:
    """What stands where a page was: it sends on at once, and has a link for those whom it does not."""
    link = posixpath.relpath(target, posixpath.dirname(stub) or ".")
    return (
        f'<!doctype html>\n<html lang="{folder.rstrip("/") or "en"}">\n<meta charset="utf-8">\n'
        f"<title>…</title>\n"
        f'<link rel="canonical" href="{address(folder, target)}">\n<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={link}">\n<a href="{link}">…</a>\n</html>\n'
    )


def _lists(site: Website, shelf: _Shelf) -> None:
    """What names the pages of a language: two feeds and the search index."""
    pages = [(path, address(shelf.folder, path)) for path in site.pages]
    entries = "".join(
        f"  <entry>\n    <id>{url}</id>\n    <title>{path}</title>\n    <updated>2026-01-01T00:00:00Z</updated>\n"
        f'    <link href="{url}"/>\n  </entry>\n'
        for path, url in pages[:20]
    )
    home = ADDRESS + shelf.folder
    feed = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"  <id>{home}</id>\n  <title>…</title>\n  <updated>2026-01-01T00:00:00Z</updated>\n"
        f'  <link rel="self" href="{home}feed.xml"/>\n  <link href="{home}"/>\n'
        f"  <icon>{ADDRESS}assets/favicon.svg</icon>\n{entries}</feed>\n"
    )
    items = [{"id": url, "url": url, "title": path} for path, url in pages[:20]]
    docs = [
        {"location": shelf.folder + path + mark, "title": path, "text": " ".join(shelf.words[:40])}
        for path in site.pages
        for mark in ("", "#part-1", "#part-2")
    ]
    _write(site.root / shelf.folder / "feed.xml", feed)
    own = {"home_page_url": home, "feed_url": f"{home}feed.json", "title": "…", "items": items}
    version = {"version": "https://jsonfeed.org/version/1.1"}
    _write(site.root / shelf.folder / "feed.json", _json({**version, **own}))
    _write(site.root / "search" / f"{shelf.language.code}.json", _json({"docs": docs}))


def _common(site: Website) -> None:
    """What stands once: sitemap, manifest, style, pictures, the page for addresses that are none."""
    root = site.root
    sitemap = _sitemap(site)
    files = (root / "assets" / "media", root / "assets" / "images", root / "assets" / "javascripts")
    media, images, scripts = files
    _write(root / "sitemap.xml", sitemap)
    _write(root / "sitemap.xml.gz", gzip.compress(sitemap.encode(), mtime=0))
    _write(
        root / "robots.txt",
        f"User-agent: *\nDisallow: /sub/search/\n\nSitemap: {ADDRESS}sitemap.xml\n",
    )
    icons = [{"src": "assets/images/touch.png", "sizes": "180x180", "type": "image/png"}]
    manifest = {"name": "Hub", "start_url": "./index.html", "scope": "./", "icons": icons}
    _write(root / "manifest.webmanifest", _json({**manifest, "lang": "en"}))
    _write(root / "opensearch.xml", _OPENSEARCH)
    _write(root / "404.html", _not_found(site))
    _write(root / "assets" / "favicon.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>\n')
    _write(root / "assets" / "hub.css", _STYLE)
    _write(root / "assets" / "print.css", "@page { margin: 2cm }\n")
    _write(root / "assets" / "fonts" / "noto.woff2", b"wOF2" + bytes(60))
    _write(root / "assets" / "stylesheets" / "main.min.css", ":root{--md-hue:1}" * 2000)
    _write(scripts / "bundle.min.js", "var hub={};" * 5000)
    _write(scripts / "search.min.js", "var hub={};" * 500)
    for name in ("touch", "card", "figure", "figure-2x"):
        _write(images / f"{name}.png", _PNG)
    _write(images / "map.svg", _MAP)
    _write(media / "film.webm", b"\x1aE\xdf\xa3" + bytes(60))
    _write(media / "sound.ogg", b"OggS" + bytes(60))
    _write(
        media / "frame.html",
        '<!doctype html>\n<html lang="en" dir="ltr">\n<title>…</title>\n<p>…</p>\n</html>\n',
    )
    _write(media / "课程-#1.txt", "…\n")
    for code in _codes(site):
        _write(media / f"film.{code}.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\n…\n")


def _sitemap(site: Website) -> str:
    own = {code: "" if code == site.languages[0].code else f"{code}/" for code in _codes(site)}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for folder in own.values():
        for path in site.pages:
            lines += ["    <url>", f"        <loc>{address(folder, path)}</loc>"]
            lines += [
                f'        <xhtml:link rel="alternate" hreflang="{code}" href="{address(to, path)}"/>'
                for code, to in own.items()
            ]
            lines.append("    </url>")
    return "\n".join([*lines, "</urlset>", ""])


def _not_found(site: Website) -> str:
    """Shown at any address, so every reference is absolute."""
    links = "\n".join(
        f'<p lang="{lang.code}" dir="{lang.dir}"><a href="{ADDRESS}{"" if lang.is_source else lang.code + "/"}">404</a></p>'
        for lang in site.languages
    )
    return (
        '<!doctype html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n<title>404</title>\n'
        '<meta name="robots" content="noindex">\n<link rel="icon" href="data:,">\n'
        f'<link rel="stylesheet" href="/sub/assets/hub.css">\n</head>\n<body>\n{links}\n</body>\n</html>\n'
    )


def _codes(site: Website) -> list[str]:
    return [language.code for language in site.languages]


def _up(path: str) -> str:
    return "../" * path.count("/")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b49444154789c63f8ff1f00030001fffc25dc510000000049454e44ae426082"
)
_PDF = b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Lang(%s)>>endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n"
_BOOK = {
    "META-INF/container.xml": '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="kit/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    "kit/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"/>',
}
_STYLE = """\
@import "print.css";
@import url("stylesheets/main.min.css");
@font-face { font-family: Noto; src: url("fonts/noto.woff2") format("woff2") }
.hub-card { background: url(images/card.png) }
.hub-dot { background: url("data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==") }
.hub-pin { mask: url("images/map.svg#pin") }
/* url(only-in-a-comment.png) */
.hub-mark::after { content: "url(only-in-a-text.png)" }
"""
_MAP = """\
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">
<title>Map</title>
<symbol id="pin"><path d="M4 0h1v9H4z"/></symbol>
<use href="#pin"/>
<a href="../../learn/index.html"><text>Learn</text></a>
<image href="figure.png" width="9" height="9"/>
</svg>
"""
_OPENSEARCH = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>Hub</ShortName>
<Image type="image/svg+xml">{ADDRESS}assets/favicon.svg</Image>
<Url type="text/html" template="{ADDRESS}index.html?q={{searchTerms}}"/>
</OpenSearchDescription>
"""
