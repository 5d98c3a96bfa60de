"""What stands around the pages of the made-up site: sitemap, feeds, search indexes, stubs, pictures, styles."""

from __future__ import annotations

import gzip
import posixpath

from hub.bench.place import ADDRESS, Shelf, Website, address, as_json, codes, write
from hub.search import files

_STUBS = {
    "old-lesson.html": "teach/lessons/lesson-001.html",
    "moved/index.html": "learn/index.html",
}


def of_language(site: Website, shelf: Shelf) -> None:
    """What names the pages of a language: two feeds, the search index, and stubs where pages were."""
    for stub, target in _STUBS.items():
        write(site.root / shelf.folder / stub, _stub(shelf.folder, stub, target))
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
    write(site.root / shelf.folder / "feed.xml", feed)
    own = {"home_page_url": home, "feed_url": f"{home}feed.json", "title": "…", "items": items}
    version = {"version": "https://jsonfeed.org/version/1.1"}
    write(site.root / shelf.folder / "feed.json", as_json({**version, **own}))
    write(site.root / "search" / f"{shelf.language.code}.json", as_json({"docs": docs}))
    _search(site, shelf)


def _search(site: Website, shelf: Shelf) -> None:
    """The search as our own site has it; the index above is the one of many others."""
    pages = [[["", "", path], ["part-1", "…", "…"], ["part-2", "…", "…"]] for path in site.pages]
    core = {
        "code": shelf.language.code,
        "prefix": shelf.folder,
        "urls": [path.removesuffix(".html") for path in site.pages],
        "titles": list(site.pages),
        "starts": ["a", "m"],
    }
    shards = [files.to_json([f"A{start}", "B"]) for start in core["starts"]]
    encoded = files.Encoded(core, shards, list(map(files.to_json, pages)))
    more = {name: "hubSearch.cut()" for name in ("panel.js", "slips.js", "snippet.js")}
    files.write(site.root / "search", encoded, more, "var hubSearch={};", "null")


def of_site(site: Website) -> None:
    """What stands once: sitemap, manifest, style, pictures, the page for addresses that are none."""
    root = site.root
    sitemap = _sitemap(site)
    files = (root / "assets" / "media", root / "assets" / "images", root / "assets" / "javascripts")
    media, images, scripts = files
    write(root / "sitemap.xml", sitemap)
    write(root / "sitemap.xml.gz", gzip.compress(sitemap.encode(), mtime=0))
    write(
        root / "robots.txt",
        f"User-agent: *\nDisallow: /sub/search/\n\nSitemap: {ADDRESS}sitemap.xml\n",
    )
    icons = [{"src": "assets/images/touch.png", "sizes": "180x180", "type": "image/png"}]
    manifest = {"name": "Hub", "start_url": "./index.html", "scope": "./", "icons": icons}
    write(root / "manifest.webmanifest", as_json({**manifest, "lang": "en"}))
    write(root / "opensearch.xml", _OPENSEARCH)
    write(root / "404.html", _not_found(site))
    write(root / "assets" / "favicon.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>\n')
    write(root / "assets" / "hub.css", _STYLE)
    write(root / "assets" / "print.css", "@page { margin: 2cm }\n")
    write(root / "assets" / "fonts" / "noto.woff2", b"wOF2" + bytes(60))
    write(root / "assets" / "stylesheets" / "main.min.css", ":root{--md-hue:1}" * 2000)
    write(scripts / "bundle.min.js", "var hub={};" * 5000)
    write(scripts / "search.min.js", "var hub={};" * 500)
    for name in ("touch", "card", "figure", "figure-2x"):
        write(images / f"{name}.png", _PNG)
    write(images / "map.svg", _MAP)
    write(media / "film.webm", b"\x1aE\xdf\xa3" + bytes(60))
    write(media / "sound.ogg", b"OggS" + bytes(60))
    write(
        media / "frame.html",
        '<!doctype html>\n<html lang="en" dir="ltr">\n<title>…</title>\n<p>…</p>\n</html>\n',
    )
    write(media / "课程-#1.txt", "…\n")
    for code in codes(site):
        write(media / f"film.{code}.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\n…\n")


def _stub(folder: str, stub: str, target: str) -> str:
    """What stands where a page was: it sends on at once, and has a link for those whom it does not."""
    link = posixpath.relpath(target, posixpath.dirname(stub) or ".")
    return (
        f'<!doctype html>\n<html lang="{folder.rstrip("/") or "en"}">\n<meta charset="utf-8">\n'
        f"<title>…</title>\n"
        f'<link rel="canonical" href="{address(folder, target)}">\n<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={link}">\n<a href="{link}">…</a>\n</html>\n'
    )


def _sitemap(site: Website) -> str:
    own = {code: "" if code == site.languages[0].code else f"{code}/" for code in codes(site)}
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


_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b49444154789c63f8ff1f00030001fffc25dc510000000049454e44ae426082"
)
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
