"""Every way in which an element of HTML or SVG names a file: pairs of an address and its kind.

A kind is the rule that is broken where the file is missing (see `rules`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import turbohtml

Pair = tuple[str, str]

#: <link rel> words that name no file, or a host alone.
_NO_FILE = {"preconnect", "dns-prefetch", "pingback", "me", "nofollow", "edituri", "profile"}
_RELS = {
    "stylesheet": "stylesheet",
    "icon": "icon",
    "apple-touch-icon": "touch-icon",
    "apple-touch-icon-precomposed": "touch-icon",
    "apple-touch-startup-image": "touch-icon",
    "mask-icon": "icon",
    "manifest": "manifest",
    "preload": "preload",
    "modulepreload": "preload",
    "prefetch": "preload",
    "prerender": "preload",
    "canonical": "canonical",
}
_SIMPLE: dict[str, tuple[tuple[str, str], ...]] = {
    "a": (("href", "link"), ("xlink:href", "link")),
    "area": (("href", "link"),),
    "img": (("src", "image"), ("longdesc", "link"), ("data-src", "image")),
    "source": (("src", "media"),),
    "audio": (("src", "media"),),
    "video": (("src", "media"), ("poster", "poster")),
    "track": (("src", "track"),),
    "iframe": (("src", "frame"), ("data-src", "frame")),
    "frame": (("src", "frame"),),
    "embed": (("src", "embed"),),
    "object": (("data", "embed"),),
    "script": (("src", "script"), ("href", "script")),
    "form": (("action", "form"),),
    "button": (("formaction", "form"),),
    "blockquote": (("cite", "cite"),),
    "q": (("cite", "cite"),),
    "ins": (("cite", "cite"),),
    "del": (("cite", "cite"),),
}
_MEDIA = re.compile(
    r"(?:og:(?:image|video|audio)(?::url|:secure_url)?|og:url|twitter:(?:image|player|url)(?::src)?"
    r"|msapplication-(?:tileimage|config|starturl|square\d+x\d+logo|wide310x150logo))$"
)
_CSS = re.compile(
    r"/\*.*?(?:\*/|\Z)"
    r"|@import\s+(?:url\(\s*)?(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^\s\"');]+))"
    r"|\burl\(\s*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^\"'()\s]+))\s*\)"
    r"|image-set\(((?:[^()]|\([^()]*\))*)\)"
    r"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'",
    re.S | re.I,
)
_CHOICE = re.compile(
    r"(?<!type\()(?:url\(\s*)?(?:\"([^\"\n]+)\"|'([^'\n]+)')|url\(\s*([^\"'()\s]+)\s*\)"
)
_CANDIDATE = re.compile(r"[\s,]*+(\S+)")
_REFRESH = re.compile(r"^\s*[\d.]+\s*[;,]?\s*(?:url\s*=\s*)?[\"']?(.*?)[\"']?\s*$", re.I | re.S)
_URL_KEYS = {
    *(
        "url",
        "@id",
        "contentUrl",
        "embedUrl",
        "thumbnailUrl",
        "logo",
        "image",
        "item",
        "urlTemplate",
    ),
    *("mainEntityOfPage", "license", "downloadUrl", "installUrl", "discussionUrl", "isBasedOn"),
}
_ADDRESS = re.compile(r"https?://|/[^/]|\.\.?/")


def of_element(tag: str, element: turbohtml.Element) -> Iterator[Pair]:
    """What one element names in its attributes; <style> and JSON-LD are read by `in_style`, `in_json`."""
    get = element.attr
    if tag == "link":
        yield from _link(element)
    elif tag == "meta":
        yield from _meta(element)
    else:
        for name, kind in _SIMPLE.get(tag, _OTHER):
            value = get(name)
            if value is not None:
                yield value, kind
        if tag == "input" and (get("type") or "").lower() == "image":
            yield get("src") or "", "image"
        if tag == "input" and get("formaction") is not None:
            yield get("formaction") or "", "form"
        if tag in ("img", "source"):
            for raw in candidates(get("srcset") or get("data-srcset") or ""):
                yield raw, "srcset"
        background = get("background")
        if background:
            yield background, "image"
    style = get("style")
    if style and "url(" in style:
        for raw, kind, _ in in_style(style):
            yield raw, kind


#: `href` elsewhere is SVG's: <use>, gradients, patterns, text on a path.
_OTHER = (("href", "svg-reference"), ("xlink:href", "svg-reference"))


def in_style(text: str) -> Iterator[tuple[str, str, int]]:
    """(address, kind, lines down) of url() and @import in CSS, outside comments."""
    down = counted = 0
    for found in _CSS.finditer(text):
        *groups, chosen = found.groups()
        if not any(groups) and not chosen:
            continue
        down += text.count("\n", counted, found.start())
        counted = found.start()
        for raw in filter(None, groups):
            if not raw.startswith(("data:", "about:")):
                yield raw, "css-import" if found[0][:1] == "@" else "css-url", down
        if chosen:
            for one in _CHOICE.finditer(chosen):
                raw = one[1] or one[2] or one[3]
                if not raw.startswith("data:"):
                    yield raw, "css-url", down + chosen.count("\n", 0, one.start())


def in_json(data: Any) -> Iterator[str]:
    """Addresses in JSON-LD that has been read."""
    yield from _addresses(data)


def candidates(srcset: str) -> Iterator[str]:
    """The addresses of a srcset: 'a.png 1x, b.png 2x'. A comma inside an address belongs to it."""
    for raw, _ in sized(srcset):
        if not raw.startswith("data:"):
            yield raw


def sized(srcset: str) -> Iterator[tuple[str, str]]:
    """The addresses of a srcset, each with what says when it is used ('1x')."""
    found = _CANDIDATE.match(srcset)
    while found:
        raw, end, size = found[1].rstrip(","), found.end(), ""
        if raw == found[1]:
            comma = srcset.find(",", end)
            comma = len(srcset) if comma < 0 else comma
            size, end = srcset[end:comma].strip(), comma
        yield raw, size
        found = _CANDIDATE.match(srcset, end)


def refresh(content: str) -> str:
    """The address of <meta http-equiv=refresh>, '' where it only loads the page again."""
    found = _REFRESH.match(content)
    return found[1] if found else ""


def _link(element: turbohtml.Element) -> Iterator[Pair]:
    href = element.attr("href")
    rels = (element.attr("rel") or "").lower().split()
    for raw in candidates(element.attr("imagesrcset") or ""):
        yield raw, "preload"
    if href is None or _NO_FILE.intersection(rels):
        return
    if "alternate" in rels and "stylesheet" not in rels:
        kind = (element.attr("type") or "").lower()
        code = element.attr("hreflang")
        if code and not kind.endswith(("rss+xml", "atom+xml")):
            yield href, "hreflang-default" if code.lower() == "x-default" else "hreflang"
        else:
            yield href, "feed" if kind.endswith(("rss+xml", "atom+xml")) else "head-link"
        return
    yield href, next((_RELS[rel] for rel in rels if rel in _RELS), "head-link")


def _meta(element: turbohtml.Element) -> Iterator[Pair]:
    content = element.attr("content")
    if not content:
        return
    if (element.attr("http-equiv") or "").lower() == "refresh":
        if target := refresh(content):
            yield target, "redirect"
        return
    name = (element.attr("property") or element.attr("name") or "").lower()
    if _MEDIA.match(name) and content != "none":
        tile = name.startswith("ms")
        yield content, "icon" if tile else "social-address" if name == "og:url" else "social"


def _addresses(node: Any, key: str = "") -> Iterator[str]:
    if isinstance(node, str):
        if key in _URL_KEYS and _ADDRESS.match(node) and "{" not in node:
            yield node
    elif isinstance(node, list):
        for item in node:
            yield from _addresses(item, key)
    elif isinstance(node, dict):
        for name, below in node.items():
            if name != "@context":
                yield from _addresses(below, name)
