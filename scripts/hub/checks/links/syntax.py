"""Every address can be an address: its scheme, host, signs, and nothing left in it by accident."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes, urlsplit

from hub.checks.links import hosts
from hub.checks.links.fault import Fault
from hub.checks.links.site import Site

#: Which kinds of reference a fault is one of: everything, links, or what a browser loads by itself.
ALL, LINKS, LOADED, TEXT, NAMED = "", "links", "loaded", "text", "named"

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_TEMPLATE = re.compile(r"\{\{|\}\}|\{%|%\}|<%|%>|\$\{|%7B%7B|%7B%25|\{#", re.I)
_MAIL = re.compile(r"[^\s@,;:<>()\[\]\"\\]+@(?:[^\s@.,;:<>()]+\.)+[^\s@.,;:<>()\d]{2,}$")
_BARE_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+$")
_BARE_HOST = re.compile(
    r"(?:www\.[\w-]+\.|[\w-]+(?:\.[\w-]+)*\.(?:org|com|net|int|edu|gov|info)(?:/|$))"
)
_PERCENT = re.compile(r"%(?![0-9a-fA-F]{2})")
_NUMBER = re.compile(r"\+?[0-9*#(][0-9().*#-]*(?:;[\w-]+=[\w.+-]+)*$")
_OWN = re.compile(r"(?:[a-z]:)?[\\/]|file:", re.I)

_FINE = {"data", "blob", "about", "cid", "geo", "xmpp", "irc", "ircs", "news", "urn", "webcal"}
_FINE |= {
    "whatsapp",
    "sip",
    "sips",
    "matrix",
    "tg",
    "sgnl",
    "magnet",
    "git",
    "ssh",
    "intent",
    "doi",
}
_FINE |= {
    "vscode",
    "view-source",
    "bitcoin",
    "market",
    "chrome",
    "moz-extension",
    "info",
    "tag",
    "ipfs",
}
_COMMON = ("http", "https", "mailto", "tel")

Found = tuple[str, str, str, str]


def check(site: Site) -> Iterator[Fault]:
    known: dict[str, list[Found]] = {}
    host = site.addresses.host
    for named in site.named:
        raw = named.raw
        found = known.get(raw)
        if found is None:
            found = known[raw] = list(faults(raw, host))
        for rule, message, hint, kinds in found:
            for page in named.pages:
                yield Fault(page, 0, rule, message, hint, raw, "", raw, kinds)
    for page, facts in site.pages.items():
        for raw in facts.references:
            if raw[:1] == "#" and (raw == "#" or "#" in raw[1:] or "%" in raw or "{" in raw):
                for rule, message, hint, kinds in faults(raw, host):
                    yield Fault(page, 0, rule, message, hint, raw, "", raw, kinds)


def faults(raw: str, own_host: str = "") -> Iterator[Found]:
    """(rule, message, hint, kinds) of what is wrong with an address as written."""
    text = re.sub(r"[\t\r\n]", "", raw.strip())  # as browsers do
    if not text:
        yield "empty-link", "a link without a target", "name a page, or take the link out", NAMED
        return
    if text == "#":
        yield "hash-link", "'#' leads to the top of the page", "name a page or an id", TEXT
        return
    scheme = _SCHEME.match(text)
    name = scheme[1].lower() if scheme else ""
    if name == "javascript":
        yield (
            "javascript",
            f"'{_short(text)}' runs a script",
            "link to a page, or use a button",
            ALL,
        )
    elif name in _FINE:
        return
    elif _TEMPLATE.search(text):
        yield "template-left", f"'{_short(text)}' holds a template expression", "fill it in", ALL
    elif name == "mailto":
        yield from _mail(text)
    elif name in ("tel", "sms", "fax"):
        yield from _telephone(text)
    elif _OWN.match(text) and not text.startswith("/"):
        yield (
            "local-file",
            f"'{_short(text)}' is a file of one computer",
            "use a relative address",
            ALL,
        )
    elif name in ("http", "https") or text.startswith("//"):
        wrong = list(_elsewhere(text, name, own_host))
        yield from wrong
        if "host" not in (rule for rule, *_ in wrong):
            yield from _signs(text, external=True)
    elif name == "ftp":
        yield "insecure", f"'{_short(text)}' is not encrypted", "browsers do not open ftp:", ALL
    elif name:
        yield from _unknown(text, name)
    else:
        yield from _bare(text)
        yield from _signs(text, external=False)


def _mail(text: str) -> Iterator[Found]:
    addresses, _, query = text[7:].partition("?")
    wrong = [a for a in addresses.split(",") if not _MAIL.match(_decoded(a).strip())]
    if not addresses and query:
        return
    if wrong:
        said = f"'{_short(text)}' is no mail address"
        yield "mailto", said, "mailto:name@example.org", ALL


def _telephone(text: str) -> Iterator[Found]:
    number = text.partition(":")[2].partition("?")[0]
    if not _NUMBER.match(number) or sum(c.isdigit() for c in number) < 3:
        yield (
            "tel",
            f"'{_short(text)}' is no number",
            "digits and '-', from '+' on where abroad",
            ALL,
        )


def _elsewhere(text: str, scheme: str, own_host: str) -> Iterator[Found]:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        yield "host", f"'{_short(text)}' has no host that can exist", "", ALL
        return
    if scheme and text[len(scheme) + 1 : len(scheme) + 3] != "//":
        yield "host", f"'{_short(text)}' has no // before its host", f"{scheme}://…", ALL
        return
    if own_host and parts.netloc.lower() == own_host:
        if not scheme:
            yield (
                "protocol-relative",
                f"'{_short(text)}' begins with //",
                "use a relative address",
                ALL,
            )
        return
    if "@" in parts.netloc:
        yield "credentials", "an address holds a user name or password", "take it out", ALL
    if hosts.is_private(host):
        yield (
            "local-host",
            f"'{_short(text)}' leads to this computer only",
            "name a public page",
            ALL,
        )
    elif not hosts.may_exist(host):
        yield "host", f"'{_short(text)}' has no host that can exist", "", ALL
    elif not scheme:
        yield "protocol-relative", f"'{_short(text)}' begins with //", "write https://", ALL
    elif scheme == "http" and port in (None, 80):
        said, hint = f"'{_short(text)}' is not encrypted", "try https://"
        yield "insecure", said, hint, LINKS
        yield "mixed-content", said, hint, LOADED


def _unknown(text: str, scheme: str) -> Iterator[Found]:
    close = difflib.get_close_matches(scheme, _COMMON, 1, 0.6)
    hint = f"did you mean '{close[0]}:'?" if close else "https:, mailto: and tel: are known"
    yield "scheme", f"'{_short(text)}' has the unknown scheme '{scheme}:'", hint, ALL


def _bare(text: str) -> Iterator[Found]:
    if re.match(r"https?/+", text) or text.startswith(("://", ":/")):
        yield "scheme-missing", f"'{_short(text)}' has a broken scheme", "https://…", ALL
    elif _BARE_MAIL.match(text):
        yield "scheme-missing", f"'{text}' is no page", f"did you mean 'mailto:{text}'?", ALL
    elif _BARE_HOST.match(text):
        yield (
            "scheme-missing",
            f"'{_short(text)}' is no page",
            f"did you mean 'https://{text}'?",
            ALL,
        )


def _signs(text: str, external: bool) -> Iterator[Found]:
    path = text.partition("#")[0].partition("?")[0]
    short = _short(text)
    if "\\" in path:
        yield "backslash", f"'{short}' holds a backslash", "write /", ALL
    if re.search(r"\s", text):
        yield "white-space", f"'{short}' holds white space", "take it out, or write %20", ALL
    if text.count("#") > 1:
        yield "fragment-twice", f"'{short}' holds two '#'", "an address has one part after '#'", ALL
    if "%" not in path and ("%" not in text or external):
        return
    checked = path if external else text
    if _PERCENT.search(checked) or not _is_utf8(checked):
        yield "percent", f"'{short}' holds a % that encodes nothing", "% itself is %25", ALL
    elif not external and re.search(r"%25[0-9a-fA-F]{2}", text):
        yield "double-encoding", f"'{short}' is encoded twice", "write % where %25 stands", ALL


def _is_utf8(text: str) -> bool:
    try:
        unquote_to_bytes(text).decode("utf-8")
    except UnicodeError:
        return False
    return True


def _decoded(text: str) -> str:
    return unquote_to_bytes(text).decode("utf-8", "replace")


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "…"
