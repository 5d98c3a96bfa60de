"""From an address as written to a file of the site: with a base path, with or without index.html."""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from hub.checks.links.tree import Tree

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_SIMPLE = re.compile(r"(?:\.\./)*(?:\w[\w-]*/)*\w[\w.-]*(?:#[\w-]+)?$")
_TRIM = " \t\n\r\f"


class Target(NamedTuple):
    """Where an address leads inside the site.

    `file` is there if `fault` is empty, else what would have to be there. `style` is how it is
    named: 'relative', 'root' (/x) or 'absolute' (https://…). `fault` is missing, outside,
    base-path or folder-index. `folder`: a folder is named, and a server finds its index.
    """

    file: str
    fragment: str
    style: str
    fault: str = ""
    folder: bool = False


#: Browsers read an address as if these were not in it.
_DROPPED = dict.fromkeys(map(ord, "\t\n\r"))


class Addresses:
    """Resolves addresses of one site; each pair of folder and address is worked out once.

    `base_url` is where the site is served, '' where that is not known; `endings`: a page is named with its
    ending ('about.html'), which some servers add ('about').
    """

    def __init__(self, tree: Tree, base_url: str = "", endings: bool = True) -> None:
        self.tree, self.endings = tree, endings
        parts = urlsplit(base_url)
        self.host, self.base = _host(parts), parts.path.rstrip("/") + "/"
        self.secure = parts.scheme == "https"
        self.whole = f"{parts.scheme}://{self.host}{self.base}" if self.host else "\0"
        self._memo: dict[str, dict[str, Target | None]] = {}

    def memo(self, folder: str) -> dict[str, Target | None]:
        """What is known of a folder's addresses, for loops that cannot afford a call each."""
        return self._memo.setdefault(folder, {})

    def resolve(self, page: str, raw: str, base: str = "") -> Target | None:
        """The target of an address on a page; None for one that leads elsewhere.

        `base` is the address of the page's <base>. '#id' leads to the page itself.
        """
        if base:
            return self._resolve(*self._rebased(page, base), raw)
        folder = posixpath.dirname(page)
        if raw.lstrip(_TRIM)[:1] in ("#", ""):
            fragment = raw.strip(_TRIM)[1:].partition(":~:")[0]
            return Target(page, _unquoted(fragment), "relative")
        memo = self.memo(folder)
        if raw not in memo:
            memo[raw] = self._resolve(folder, True, raw)
        return memo[raw]

    def file(self, path: str) -> Target:
        """The target of a path from the site's root, as search indexes and feeds write them."""
        found = self.resolve("index.html", path)
        return found or Target(path, "", "absolute", "outside")

    def url(self, file: str) -> str:
        """A file's address from the host's root: '/sub/a.html'."""
        return self.base + file

    def _rebased(self, page: str, base: str) -> tuple[str, bool]:
        """The folder a <base> stands for, and whether it lies in the site."""
        target = self.resolve(page, base)
        if target is None or target.fault == "outside":
            return "", False
        inside = target.file if not target.folder else posixpath.dirname(target.file) + "/x"
        return posixpath.dirname(inside), True

    def _resolve(self, folder: str, inside: bool, raw: str) -> Target | None:
        raw = raw.strip(_TRIM)
        fragment, style = "", "relative"
        if _SIMPLE.match(raw) and inside:
            return self._simple(folder, raw)
        if raw.startswith(self.whole) and _SIMPLE.match(raw, len(self.whole)):
            return self._simple("", raw[len(self.whole) :])._replace(style="absolute")
        raw = raw.translate(_DROPPED)
        if _SCHEME.match(raw):
            try:
                parts = urlsplit(raw)
            except ValueError:
                return None
            if not self.host or _host(parts) != self.host:
                return None
            if parts.scheme not in ("http", "https", ""):
                return None
            if not self._below(parts.path):
                # Another site of the same host, unless only the base path was forgotten.
                file = _unquoted(parts.path).lstrip("/")
                known = file in self.tree.sizes or f"{file}index.html" in self.tree.sizes
                return Target(file, parts.fragment, "absolute", "base-path") if known else None
            path, fragment, style = parts.path or "/", parts.fragment, "absolute"
        else:
            path, _, fragment = raw.partition("#")
            path = path.partition("?")[0]
            if not inside and not path.startswith("/"):
                return None
        path, fragment = _unquoted(path), fragment.partition(":~:")[0]
        if path.startswith("/"):
            style = "root" if style == "relative" else style
            if not self._below(path):
                return Target(posixpath.normpath(path)[1:], _unquoted(fragment), style, "base-path")
            file = path[len(self.base) :]
        else:
            file = posixpath.join(folder, path)
        return self._found(file, _unquoted(fragment), style)

    def _simple(self, folder: str, path: str) -> Target:
        """A path of letters and digits below the folder, or some folders higher up."""
        path, _, fragment = path.partition("#")
        while path.startswith("../"):
            if not folder:
                return self._found(path, fragment, "relative")
            folder, path = folder.rpartition("/")[0], path[3:]
        file = f"{folder}/{path}" if folder else path
        if file in self.tree.sizes:
            return Target(file, fragment, "relative")
        return self._found(file, fragment, "relative")

    def _below(self, path: str) -> bool:
        return path.startswith(self.base) or path + "/" == self.base or self.base == "/"

    def _found(self, path: str, fragment: str, style: str) -> Target:
        file = posixpath.normpath(path) if path else ""
        file = "" if file == "." else file
        if file.startswith("../") or file == "..":
            return Target(file, fragment, style, "outside")
        sizes = self.tree.sizes
        if path.endswith("/") or file in self.tree.folders:
            for name in ("index.html", "index.htm", "index.xhtml"):
                index = posixpath.join(file, name)
                if index in sizes:
                    return Target(index, fragment, style, "", True)
            fault = "folder-index" if file in self.tree.folders else "missing"
            return Target(posixpath.join(file, "index.html"), fragment, style, fault, True)
        if not self.endings and file not in sizes and f"{file}.html" in sizes:
            file = f"{file}.html"
        return Target(file, fragment, style, "" if file in sizes else "missing")


def _host(parts: SplitResult) -> str:
    """The host in small letters, without the port that its scheme has anyway."""
    host = parts.netloc.lower()
    return host.removesuffix({"https": ":443", "http": ":80"}.get(parts.scheme, ":"))


def _unquoted(text: str) -> str:
    return unquote(text) if "%" in text else text
