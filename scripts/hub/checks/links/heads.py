"""What the head of a page says of it, for the checks that compare pages: `read` fills `Facts.head`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hub.checks.links import naming
from hub.checks.links.contents import DOWNLOADS
from hub.checks.links.reader import MARKED, Page, structured

_SCRIPTED = re.compile(
    r"\blocation(?:\.href)?\s*=\s*[\"']([^\"']+)[\"']|\blocation\.replace\(\s*[\"']([^\"']+)[\"']"
)
#: Links to files to keep, and what a checksum is set in.
_KEPT = ",".join(("a[download]", *(f'a[href$="{end}"]' for end in DOWNLOADS), "code", "tt", "kbd"))
_DIGEST = re.compile(r"[0-9a-fA-F]{64}")
_PAGES = {
    *("WebPage", "Article", "LearningResource", "CollectionPage", "AboutPage", "FAQPage", "HowTo"),
    *("BlogPosting", "NewsArticle", "TechArticle", "ItemPage", "Course", "CreativeWork", "Report"),
}
_ABSOLUTE = {"og:image", "og:video", "og:audio", "og:image:url", "twitter:image"}
_DATA = 'script[type="application/ld+json" i]'
_CLAIMS = ("integrity", "data-sha256", "data-size", "type")


def read(page: Page) -> list[list[Any]]:
    """Fill the head's facts; what cannot be understood is a fault. (A list in `Facts.faults`' form.)"""
    head, faults = page.facts.head, []
    base(page)
    for element in page.of("html")[:1]:
        head["lang"], head["dir"] = element.attr("lang"), (element.attr("dir") or "").lower()
        head["xml"] = element.attr("xml:lang") or ""
        head["line"] = element.source_line or 0
        if b"<html" in page.content[:4096].lower():  # the parser makes one where there is none
            head["ends"] = b"</html" in page.content[-500:].lower()
    for element in page.of("body[dir]")[:1]:
        head["body"] = [(element.attr("dir") or "").lower(), element.source_line or 0]
    title = page.document.select_one("title")
    head["title"] = title is not None and bool(title.text.strip())
    for element in page.of("meta[content]"):
        name = (element.attr("name") or element.attr("property") or "").lower()
        content, line = element.attr("content") or "", element.source_line or 0
        if (element.attr("http-equiv") or "").lower() == "refresh":
            target = naming.refresh(content)
            if target and "redirect" not in head:
                head["redirect"] = [target, line]
            elif "url" in content.lower() and not target:
                faults.append(
                    page.fault(element, "redirect-syntax", "a redirect without an address")
                )
        elif name == "robots":
            head["robots"] = content.lower()
        elif name == "og:url":
            head["og"] = [content, line]
        elif name in _ABSOLUTE and content and not content.startswith(("http://", "https://")):
            message = f"{name} '{content}' is not a whole address"
            faults.append(page.fault(element, "social", message, "https://…", content))
    _links(page)
    _structured(page)
    _sums(page)
    if "redirect" in head:
        _scripted(page)
    return faults


def base(page: Page) -> None:
    """The address of the first <base>: every other address of the page starts from it."""
    if b"<base" in page.content or b"<BASE" in page.content:
        for element in page.document.select("base[href]")[:1]:
            page.facts.head["base"] = element.attr("href") or ""
            page.facts.head["base_line"] = element.source_line or 0


def _links(page: Page) -> None:
    head = page.facts.head
    for element in page.of("link"):
        rels = (element.attr("rel") or "").lower().split()
        raw, line = element.attr("href") or "", element.source_line or 0
        code = element.attr("hreflang")
        if "canonical" in rels:
            head.setdefault("canonical", []).append([raw, line])
        elif "alternate" in rels and code is not None and "xml" not in (element.attr("type") or ""):
            head.setdefault("alternates", []).append([code, raw, line])
        if element.attr("integrity"):
            _claim(page, raw, line, "integrity", element.attr("integrity") or "")
    for element in page.of("script[integrity]"):
        if element.attr("integrity"):
            raw, line = element.attr("src") or "", element.source_line or 0
            _claim(page, raw, line, "integrity", element.attr("integrity") or "")
    for element in page.document.select("a[hreflang],a[data-sha256],a[data-size],a[type]"):
        code = element.attr("hreflang")
        if code is not None:
            raw = element.attr("href") or ""
            head.setdefault("marked", []).append([code, raw, element.source_line or 0])
            if raw in page.facts.references:
                page.facts.references[raw] |= MARKED
        for name in _CLAIMS[1:]:
            value = element.attr(name)
            if value:
                _claim(page, element.attr("href") or "", element.source_line or 0, name, value)


def _claim(page: Page, raw: str, line: int, name: str, value: str) -> None:
    """What a page says of a file: its checksum, size or type."""
    page.facts.head.setdefault("claims", []).append([raw, line, name, value])


def _structured(page: Page) -> None:
    """What JSON-LD says of the page, and of files with a checksum."""
    head = page.facts.head
    for element in page.of(_DATA):
        text, line = element.text, element.source_line or 0
        data = structured(text)
        for item in data if isinstance(data, list) else [data]:
            if isinstance(item, dict):
                for key in ("url", "inLanguage"):
                    value = item.get(key)
                    if isinstance(value, str) and str(item.get("@type")) in _PAGES:
                        down = text.partition(f'"{key}"')[0].count("\n")
                        head.setdefault("data", []).append([key, value, line + down])
        for raw, digest in _files(data):
            down = text.partition(digest)[0].count("\n")
            _claim(page, raw, line + down, "data-sha256", digest)


def _files(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        if isinstance(node.get("contentUrl"), str) and isinstance(node.get("sha256"), str):
            yield node["contentUrl"], node["sha256"]
        node = list(node.values())
    for item in node if isinstance(node, list) else ():
        yield from _files(item)


def _sums(page: Page) -> None:
    """A checksum in the text is that of the download named before it."""
    found = page.document.select("a[download],code,tt,kbd")
    if not any(len(e.text) == 64 for e in found if e.tag != "a"):
        return
    if not any(element.tag == "a" for element in found):
        found = page.document.select(_KEPT)
    raw = ""
    for element in found:
        if element.tag == "a":
            raw = element.attr("href") or ""
        elif raw and _DIGEST.fullmatch(element.text.strip()):
            _claim(page, raw, element.source_line or 0, "data-sha256", element.text.strip())
            raw = ""


def _scripted(page: Page) -> None:
    for element in page.of("script"):
        found = _SCRIPTED.search(element.text)
        if found and "+" not in element.text[found.end() : found.end() + 3]:
            page.facts.head["scripted"] = [found[1] or found[2], element.source_line or 0]
    others = [a.attr("href") or "" for a in page.of("a")]
    page.facts.head["ways"] = [raw for raw in others if raw]
