"""Nothing of the machinery is left in a page: template expressions, unrendered Markdown, cut tags."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import turbohtml

from hub.checks.links.reader import Page, structured

#: An expression with blanks or dots in it: a text may well write {{name}}.
_TEMPLATE = re.compile(
    r"\{\{-?\s[^{}\n]{1,200}?\s-?\}\}|\{\{[\w-]+(?:\.[\w-]+)+\}\}|\{%-?\s[^\n]{1,200}?\s-?%\}"
)
_MARKDOWN = re.compile(
    r"!?\[[^\[\]\n]{1,200}\]\((?:\.{0,2}/|https?:|#|[\w-]+\.(?:md|html))[^\s()]*\)"
)
_REFERENCE = re.compile(r"\[[^\[\]\n]{2,200}\]\[[\w .:-]{1,80}\]")
_CODE = {
    "code",
    "pre",
    "kbd",
    "samp",
    "var",
    "script",
    "style",
    "textarea",
    "template",
    "math",
    "svg",
}
_CUT = {
    *("eof-in-tag", "eof-in-comment", "eof-in-cdata", "eof-before-tag-name"),
    "eof-in-script-html-comment-like-text",
}
#: Elements whose end must be written.
_RAW = (b"script", b"style", b"textarea", b"title")


def check(page: Page) -> Iterator[list[Any]]:
    content = page.content
    for element in page.texts:
        text = element.text
        if "{{" in text or "{%" in text:
            yield from _in_text(page, element, _TEMPLATE, "template-left", "template expression")
        if "](" in text:
            yield from _in_text(page, element, _MARKDOWN, "markdown-left", "Markdown link")
        if "\ufffd" in text:
            yield from _not_utf8(page)
        if "][" in text:
            yield from _in_text(page, element, _REFERENCE, "markdown-left", "Markdown reference")
    if b"\0" in content:
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
        yield page.fault(line, "page-encoding", "a NUL byte", "make the page again")
    if not content[-200:].rstrip().lower().endswith(b"</html>"):
        yield from _cut(page)
    for element in page.of('script[type="application/ld+json" i]'):
        yield from _json(page, element)


def _cut(page: Page) -> Iterator[list[Any]]:
    """A page that ends within something; one that ends between two elements is judged by `head`."""
    content, within = page.content.lower(), ""
    for tag in _RAW:
        if content.rfind(b"<%s" % tag) > content.rfind(b"</%s" % tag):
            within = f"<{tag.decode()}>"
    if any(error.code in _CUT for error in page.document.errors):
        within = "a tag or comment"
    if within:
        lines = content.count(b"\n") + 1
        message = f"the page ends in the middle of {within}"
        yield page.fault(lines, "page-cut", message, "make the page again")


def _not_utf8(page: Page) -> Iterator[list[Any]]:
    """Pages may hold the sign for what cannot be read, U+FFFD, because they write of it."""
    try:
        page.content.decode("utf-8")
    except UnicodeDecodeError as error:
        if not _declared(page.content):
            line = page.content.count(b"\n", 0, error.start) + 1
            yield page.fault(line, "page-encoding", "not UTF-8", "save the page as UTF-8")


def _json(page: Page, element: turbohtml.Element) -> Iterator[list[Any]]:
    if structured(element.text) is not None:
        return
    try:
        json.loads(element.text)
    except (ValueError, RecursionError) as error:
        down = getattr(error, "lineno", 1) - 1
        said = getattr(error, "msg", "nested too deep")
        line = (element.source_line or 0) + down
        yield page.fault(line, "json-ld-syntax", f"JSON-LD cannot be read: {said}")


def _declared(content: bytes) -> bool:
    """Says the page that it is written in something else than UTF-8?"""
    found = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", content[:2048])
    return found is not None and found[1].lower() not in (b"utf-8", b"utf8")


def _in_text(
    page: Page, within: turbohtml.Element, pattern: re.Pattern[str], rule: str, name: str
) -> Iterator[list[Any]]:
    for node in within.descendants:
        if not isinstance(node, turbohtml.Text) or not pattern.search(node.data):
            continue
        around = [a for a in node.ancestors if isinstance(a, turbohtml.Element)]
        if any(a.tag in _CODE or "math" in (a.attr("class") or "") for a in around):
            continue
        start = (around[0].source_line or 0) if around else 0
        for found in pattern.finditer(node.data):
            line = (node.source_line or start or 1) + node.data.count("\n", 0, found.start())
            message = f"{name} '{found[0]}' is left in the text"
            yield page.fault(line, rule, message, "", "", found[0])
