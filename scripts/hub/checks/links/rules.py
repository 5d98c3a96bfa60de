"""The rules of the link check: what each name means, and how grave it is.

A rule's name is stable: baselines, annotations and the bench's list of faults name it. What names a
file (`link`, `image`, `srcset` …) decides the rule for a file that is missing.
"""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """`says` completes "a problem is reported where …"."""

    says: str
    severity: str = "error"


RULES: dict[str, Rule] = {
    # a file that is named is missing: one rule for each way of naming it
    "link": Rule("a link leads to a page or file that does not exist"),
    "image": Rule("an image does not exist"),
    "srcset": Rule("an image of another size (srcset, imagesrcset) does not exist"),
    "poster": Rule("a video's poster does not exist"),
    "media": Rule("a sound or video does not exist"),
    "track": Rule("subtitles do not exist"),
    "frame": Rule("the page of a frame does not exist"),
    "embed": Rule("an object or embedded file does not exist"),
    "script": Rule("a script does not exist"),
    "stylesheet": Rule("a stylesheet does not exist"),
    "icon": Rule("an icon does not exist"),
    "touch-icon": Rule("a touch icon does not exist"),
    "manifest": Rule("the web app manifest does not exist"),
    "manifest-icon": Rule("an icon or screenshot of the web app manifest does not exist"),
    "manifest-url": Rule("an address in the web app manifest does not exist"),
    "manifest-syntax": Rule("the web app manifest cannot be read"),
    "preload": Rule("a file to load early does not exist"),
    "head-link": Rule("a <link> in the head leads nowhere"),
    "form": Rule("a form sends to a page that does not exist"),
    "cite": Rule("the source of a quotation (cite) does not exist"),
    "css-url": Rule("a style names a file that does not exist"),
    "css-import": Rule("a style imports a stylesheet that does not exist"),
    "svg-reference": Rule("a drawing names a file or part that does not exist"),
    "source-map": Rule("a script or style names a source map that does not exist", "warning"),
    "social": Rule("a picture or address for social media (og:, twitter:) does not exist"),
    "json-ld": Rule("an address in JSON-LD does not exist"),
    "json-ld-syntax": Rule("JSON-LD cannot be read"),
    "browser-config": Rule("browserconfig.xml or opensearch.xml names a file that does not exist"),
    "text-list": Rule("llms.txt, security.txt or _redirects names a page that does not exist"),
    "empty-file": Rule("a page, image, script or style that is named has no content"),
    "file-type": Rule("an image's content is of another type than its name says"),
    "integrity": Rule("a script or style differs from its integrity attribute"),
    # how a file is named
    "letter-case": Rule("a name differs from the file's in capital letters"),
    "unicode-form": Rule("a name differs from the file's in Unicode normalization"),
    "folder-index": Rule("a link leads to a folder that has no index.html"),
    "link-source": Rule("a link leads to a source file (.md) instead of its page"),
    "outside": Rule("a link leads out of the site"),
    "base-path": Rule("a root-relative address leaves out the base path"),
    "own-address": Rule("a link spells out the site's own address", "warning"),
    "folder-address": Rule("a link does not work where the site is opened from a memory stick"),
    "base-element": Rule("a <base> stands twice, or has no address"),
    # anchors
    "anchor": Rule("a link names an anchor that does not exist"),
    "anchor-case": Rule("an anchor differs from the id in capital letters"),
    "anchor-spelling": Rule("an anchor is another spelling of an id: NFC, percent, _ or -"),
    "duplicate-id": Rule("an id stands twice on a page"),
    "id-syntax": Rule("an id is empty or holds white space"),
    "media-fragment": Rule("a part of a document that cannot have one is named", "warning"),
    # syntax
    "empty-link": Rule("a link or file reference is empty"),
    "hash-link": Rule("a link in the text leads to '#' alone"),
    "mailto": Rule("a mail address cannot be right"),
    "tel": Rule("a telephone number cannot be dialled as it is written"),
    "insecure": Rule("an address is http:, not https:", "warning"),
    "mixed-content": Rule("a page loads a file over http:"),
    "protocol-relative": Rule("an address begins with //", "warning"),
    "javascript": Rule("a link runs a script"),
    "template-left": Rule("a template expression was left unfilled"),
    "markdown-left": Rule("Markdown was left unrendered", "warning"),
    "local-host": Rule("an address leads to this computer or a private network"),
    "local-file": Rule("an address leads to a file of one computer"),
    "credentials": Rule("an address holds a user name or password"),
    "backslash": Rule("an address holds a backslash"),
    "white-space": Rule("an address holds white space"),
    "percent": Rule("an address holds a % that encodes nothing"),
    "double-encoding": Rule("an address is percent-encoded twice"),
    "scheme": Rule("an address's scheme is unknown or misspelt"),
    "scheme-missing": Rule("an address elsewhere, or of mail, is written without its scheme"),
    "host": Rule("an address's host cannot exist"),
    "fragment-twice": Rule("an address holds two '#'"),
    # redirects
    "redirect": Rule("a redirect leads to a page that does not exist"),
    "redirect-loop": Rule("redirects lead round in a circle"),
    "redirect-chain": Rule("a redirect leads to another redirect", "warning"),
    "link-to-redirect": Rule("a link leads to a redirect instead of the page", "warning"),
    "redirect-differs": Rule("a redirect's canonical, script or link names another page"),
    "redirect-syntax": Rule("a redirect without an address"),
    # languages
    "leaves-language": Rule("a link or file leaves the language though there is one in it"),
    "hreflang": Rule("a language version that is named does not exist"),
    "hreflang-not-returned": Rule("a language version does not name this page in return"),
    "hreflang-self": Rule("a page that names its versions does not name itself"),
    "hreflang-missing": Rule("a language version that exists is not named"),
    "hreflang-wrong": Rule("a version or link is in another language than its hreflang says"),
    "hreflang-syntax": Rule("hreflang is no language code"),
    "hreflang-twice": Rule("a language is named twice, with two addresses"),
    "hreflang-default": Rule("x-default is missing, or differs from the other versions'"),
    "lang-missing": Rule("a page does not say its language"),
    "lang-wrong": Rule("a page says another language than its folder's"),
    "lang-syntax": Rule("lang is no language code"),
    "dir-missing": Rule("a page written from right to left does not say so"),
    "dir-wrong": Rule("a page says the wrong direction"),
    "ids-differ": Rule("a translated page lacks an id of the original"),
    "page-missing": Rule("a page of the source language is missing in another", "warning"),
    # head and lists
    "canonical": Rule("the canonical address does not exist"),
    "canonical-missing": Rule("a page has no canonical address, and most others have"),
    "canonical-other": Rule("the canonical address is another page's"),
    "canonical-twice": Rule("a page has two canonical addresses"),
    "canonical-syntax": Rule("the canonical address is not absolute, or holds a fragment"),
    "social-address": Rule("og:url is not this page's address"),
    "title-missing": Rule("a page has no title"),
    "sitemap": Rule("the sitemap lists a page that does not exist"),
    "sitemap-missing": Rule("a page is not in the sitemap"),
    "sitemap-twice": Rule("the sitemap lists a page twice"),
    "sitemap-host": Rule("the sitemap lists an address of another site"),
    "sitemap-redirect": Rule("the sitemap lists a redirect"),
    "sitemap-hidden": Rule("the sitemap lists a page that asks not to be indexed"),
    "sitemap-language": Rule("the sitemap names a language version that does not exist"),
    "sitemap-syntax": Rule("the sitemap cannot be read, or a date in it is none"),
    "sitemap-copy": Rule("sitemap.xml.gz differs from sitemap.xml"),
    "robots": Rule("robots.txt names a sitemap that does not exist"),
    "robots-blocks": Rule("robots.txt keeps robots from a page of the sitemap"),
    "orphan": Rule("no other page of its language leads to a page", "warning"),
    "feed": Rule("a feed names a page or file that does not exist"),
    "feed-length": Rule("a feed names another size than the file's", "warning"),
    "feed-syntax": Rule("a feed cannot be read"),
    "feed-twice": Rule("two entries of a feed have the same id"),
    "search-index": Rule("the search index lists a page or anchor that does not exist"),
    "search-index-syntax": Rule("the search index cannot be read"),
    "search-file": Rule("a script of the search, or a part of its index, does not exist"),
    "search-missing": Rule("a page is not in the search index", "warning"),
    # downloads
    "download": Rule("a download does not exist"),
    "download-checksum": Rule("a download differs from its published checksum"),
    "download-size": Rule("a download's size differs from the published one"),
    "download-empty": Rule("a download has no content"),
    "download-html": Rule("a download is an HTML page under another name"),
    "download-type": Rule("a download's content is of another type than its name says"),
    "download-broken": Rule("a download is damaged or cut off"),
    "download-language": Rule(
        "a download is in another language than the page though its own exists"
    ),
    "checksum-list": Rule("a list of checksums names a missing file, or cannot be read"),
    # markup
    "image-alt": Rule("an image has no alt"),
    "blank-rel": Rule("a link opens a window that can control this one (_blank without rel)"),
    "link-text": Rule("a link in the text has no words"),
    "frame-title": Rule("a frame has no title"),
    "label-for": Rule("a label names a field that does not exist"),
    "aria-reference": Rule("an aria attribute names an id that does not exist"),
    "headers": Rule("a table cell names a heading cell that does not exist"),
    "image-map": Rule("an image names a map that does not exist"),
    "form-reference": Rule("a field names a form or list that does not exist"),
    "page-cut": Rule("a page is cut off: it ends within a tag, or without </html>"),
    "page-encoding": Rule("a page holds bytes that are not UTF-8, or NUL bytes"),
    # the run itself
    "fewer-links": Rule("far fewer links were checked than before"),
}


def severity(rule: str) -> str:
    """error, warning or info."""
    return RULES[rule].severity


def meanings() -> dict[str, str]:
    """What each rule says, by name."""
    return {name: rule.says for name, rule in RULES.items()}
