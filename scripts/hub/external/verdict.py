"""From what a host answered to what is said of an address.

`ok`, or a reason: some mean that an address is gone, some that it answers with something else than is meant,
the others say nothing about it. A page that only looks wrong is never called dead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

#: What counts towards `dead`, and what is said at once.
GONE = frozenset({"not-found", "gone", "no-such-host"})
SUSPECT = frozenset(
    {"soft-404", "login-wall", "redirect-to-home", "wrong-type", "cut-short", "empty"}
)

_STATUS = {
    401: "login-wall",
    403: "forbidden",
    404: "not-found",
    407: "login-wall",
    410: "gone",
    429: "too-many-requests",
    451: "legal-reasons",
    999: "forbidden",
}
#: How a page says in its title that there is none, in the languages of our sources.
_NOT_FOUND = re.compile(
    r"\b404\b|not\s+found|(page|document|file)\s+(does\s+not|doesn.t|no\s+longer)\s+exist|no\s+longer\s+available"
    r"|introuvable|n.existe\s+(pas|plus)|no\s+(se\s+ha\s+)?encontrad|не\s+найден|не\s+существует"
    r"|غير\s+موجود|لم\s+يتم\s+العثور|找不到|未找到|不存在|niet\s+gevonden|bestaat\s+niet|नहीं\s+मिला",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<(title|h1)\b[^>]*>(.*?)</\1", re.IGNORECASE | re.DOTALL)
_PASSWORD = re.compile(r"<input\b[^>]*type\s*=\s*[\"']?password", re.IGNORECASE)
_LOGIN = re.compile(
    r"(^|[/._-])(log-?in|sign-?in|sso|auth|cas|idp|openid)([/._?-]|$)", re.IGNORECASE
)
_ERROR_PAGE = re.compile(
    r"(^|[/._-])(404|not-?found|error-?page|page-?not-?found)([/._?-]|$)", re.IGNORECASE
)
_HOME = re.compile(r"/?([a-z]{2}(-[a-z]{2})?/?)?((index|home|default)(\.\w+)?)?", re.IGNORECASE)
_MAGIC = {
    "pdf": (b"%PDF",),
    "zip": (b"PK",),
    "epub": (b"PK",),
    "docx": (b"PK",),
    "xlsx": (b"PK",),
    "pptx": (b"PK",),
    "doc": (b"\xd0\xcf\x11\xe0",),
    "xls": (b"\xd0\xcf\x11\xe0",),
    "png": (b"\x89PNG",),
    "jpg": (b"\xff\xd8",),
    "jpeg": (b"\xff\xd8",),
    "gif": (b"GIF8",),
}
_TYPES = {"application/pdf": "pdf", "application/zip": "zip", "application/epub+zip": "epub"}


@dataclass(frozen=True)
class Answer:
    """What came back: `status` 0 where nothing did, and `fault` says why; `url` is the last address of a chain of
    redirects; `head` is the beginning of the body; `cut` where it ended too soon."""

    url: str
    status: int = 0
    content_type: str = ""
    head: bytes = b""
    cut: bool = False
    fault: str = ""


def reason(address: str, answer: Answer) -> str:
    """'' where an address answers as it should, else a reason."""
    if answer.fault:
        return answer.fault
    if answer.status in _STATUS:
        return _STATUS[answer.status]
    if answer.status >= 500:
        return "server-error"
    if answer.status >= 300 or answer.status < 200:
        return "unexpected-answer"
    if answer.cut:
        return "cut-short"
    if not answer.head and answer.status != 204:
        return "empty"
    return _wrong_type(address, answer) or _wrong_page(address, answer)


def _wrong_type(address: str, answer: Answer) -> str:
    """A file that is not of the type its address or its header promises."""
    ending = unquote(urlsplit(address).path).rpartition(".")[2].lower()
    for promised in (ending, _TYPES.get(answer.content_type, "")):
        magic = _MAGIC.get(promised)
        # A PDF may have some bytes before its mark.
        if magic and not any(
            mark in answer.head[: 1024 if promised == "pdf" else 8] for mark in magic
        ):
            return "login-wall" if _asks_for_login(answer) else "wrong-type"
    return ""


def _wrong_page(address: str, answer: Answer) -> str:
    if not _is_page(answer):
        return ""
    asked, got = urlsplit(address), urlsplit(answer.url)
    if _asks_for_login(answer) and not _LOGIN.search(asked.path):
        return "login-wall"
    text = answer.head.decode("utf-8", errors="replace")
    titles = " ".join(match[2] for match in _TITLE.finditer(text))
    if _NOT_FOUND.search(titles) or (got.path != asked.path and _ERROR_PAGE.search(got.path)):
        return "soft-404"
    moved = (asked.netloc, asked.path.rstrip("/")) != (got.netloc, got.path.rstrip("/"))
    if moved and not _HOME.fullmatch(asked.path) and _HOME.fullmatch(got.path):
        return "redirect-to-home"
    return ""


def _asks_for_login(answer: Answer) -> bool:
    if not _is_page(answer):
        return False
    text = answer.head.decode("utf-8", errors="replace")
    got = urlsplit(answer.url)
    return bool(_PASSWORD.search(text)) or bool(_LOGIN.search(got.path))


def _is_page(answer: Answer) -> bool:
    start = answer.head[:512].lstrip().lower()
    return "html" in answer.content_type or start.startswith((b"<!doctype html", b"<html"))
