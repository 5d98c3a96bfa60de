"""Downloads are there, whole, what their names say, in the page's language, and as published."""

from __future__ import annotations

import base64
import binascii
import hashlib
import posixpath
import re
from collections.abc import Iterator
from functools import cache

from hub.checks.links import contents
from hub.checks.links.fault import Fault
from hub.checks.links.reader import HEAD, LINK
from hub.checks.links.site import Site

_SUM = re.compile(
    r"([0-9a-fA-F]{32,128})(?: [ *]|\t)(.+)$|\w+ ?\((.+)\) ?= ?([0-9a-fA-F]{32,128})$"
)
_HASHES = {32: "md5", 40: "sha1", 56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}
_TYPES = {
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".epub": "application/epub+zip",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def check(site: Site) -> Iterator[Fault]:
    yield from _files(site)
    yield from _languages(site)
    yield from _claims(site)
    yield from _lists(site)


def _files(site: Site) -> Iterator[Fault]:
    """What is linked and is no page, and every image that is named."""

    @cache
    def judged(file: str) -> tuple[str, str] | None:
        return contents.fault(site.tree.root / file, file)

    for named in site.named:
        target = named.target
        if target is None or target.fault or target.file in site.pages:
            continue
        file, size = target.file, site.tree.sizes[target.file]
        image = file.lower().endswith(contents.IMAGES)
        if not image and not file.lower().endswith(contents.DOWNLOADS):
            continue
        found = (None if image else ("empty", "no content")) if size == 0 else judged(file)
        if found is None:
            continue
        kind, said = found
        rule = "file-type" if image else f"download-{kind}"
        for page in named.pages:
            message = f"'{named.raw}': {said}"
            yield Fault(page, 0, rule, message, "make the file again", named.raw, about=file)


def _languages(site: Site) -> Iterator[Fault]:
    languages = site.languages
    if len(languages.all) < 2:
        return
    for named in site.named:
        target = named.target
        if target is None or target.fault or target.file in site.pages:
            continue
        download = target.file.lower().endswith(contents.DOWNLOADS)
        for page in named.pages:
            here = languages.of(page)
            own = _own(site, target.file, here)
            bits = site.bits(page, named.raw)
            if not own or bits & HEAD or site.is_stub(page) or site.is_shared(page):
                continue
            if (bits & LINK and site.declared(page, named.raw)) or _is_list_of(
                site, page, target.file
            ):
                continue
            rule = "download-language" if download and bits & LINK else "leaves-language"
            message = f"'{named.raw}' is in another language, and there is one in '{here}'"
            yield Fault(page, 0, rule, message, f"use '{own}'", named.raw, about=own)


@cache
def _is_list_of(site: Site, page: str, file: str) -> bool:
    """Names a page all versions of a file, or those in three languages? Then it lists them."""
    versions = {_own(site, file, code) or file for code in site.languages.all}
    there = {version for version in versions if version in site.tree.sizes}
    named = {t.file for raw in site.pages[page].references if (t := site.target(page, raw))}
    return len(there & named) >= min(3, len(there))


@cache
def _own(site: Site, file: str, here: str) -> str:
    """The same file in the page's language, where the name says that it is in another."""
    version = site.languages.version(file, here)
    if version != file and version in site.tree.sizes:
        return version
    for code in site.languages.all:
        if code == here:
            continue
        for pattern in (rf"(?<=/){code}(?=/)|^{code}(?=/)", rf"(?<=[-._/]){code}(?=[-._][^/]*$)"):
            own = re.sub(pattern, here, file, count=1)
            if own != file and own in site.tree.sizes:
                return own
    return ""


def _claims(site: Site) -> Iterator[Fault]:
    """Checksums, sizes and types that pages say of files."""
    for page, facts in site.pages.items():
        for raw, line, name, value in facts.head.get("claims", ()):
            target = site.target(page, raw)
            if target is None or target.fault or target.file in site.pages:
                continue
            file = target.file
            if name == "integrity" and not _is_intact(site, file, value):
                message = f"'{raw}' differs from its integrity attribute"
                yield Fault(page, line, "integrity", message, "browsers will not load it", raw)
            elif name == "data-sha256" and value.lower() != _digest(site, file, "sha256"):
                message = f"'{raw}' differs from the published checksum"
                yield Fault(page, line, "download-checksum", message, "publish both at once", raw)
            elif name == "data-size" and value.isdigit() and int(value) != site.tree.sizes[file]:
                message = f"'{raw}' has {site.tree.sizes[file]} bytes, not {value}"
                yield Fault(page, line, "download-size", message, "publish both at once", raw)
            elif name == "type":
                end = posixpath.splitext(file)[1].lower()
                if end in _TYPES and "/" in value and value.partition(";")[0] != _TYPES[end]:
                    message = f"'{raw}' is no {value}"
                    yield Fault(page, line, "download-type", message, f'type="{_TYPES[end]}"', raw)


def _lists(site: Site) -> Iterator[Fault]:
    """SHA256SUMS and files like it, and one checksum beside its file."""
    linked = {n.target.file for n in site.named if n.target and not n.target.fault}
    linked = {file for file in linked if not _is_list(file)}
    names = [n for n in site.tree.sizes if re.search(r"(?:^|/)(?:SHA\d+|MD5)SUMS(?:\.txt)?$", n)]
    for name in sorted([*names, *site.tree.ending(".sha256", ".sha512", ".md5sum")]):
        folder = posixpath.dirname(name)
        known: set[str] = set()
        for number, line in enumerate(site.tree.text(name).splitlines(), 1):
            found = _SUM.match(line.strip())
            alone = re.fullmatch(r"[0-9a-fA-F]{64}|[0-9a-fA-F]{128}", line.strip())
            if not line.strip() or line.startswith("#"):
                continue
            if not found and not alone:
                yield Fault(name, number, "checksum-list", f"'{line[:80]}' is no checksum and file")
                continue
            wanted = (found[1] or found[4]) if found else line.strip()
            listed = (
                (found[2] or found[3]) if found else posixpath.basename(name).rpartition(".")[0]
            )
            file = posixpath.normpath(posixpath.join(folder, listed.strip()))
            known.add(file)
            if file not in site.tree.sizes:
                yield Fault(name, number, "checksum-list", f"'{listed}' does not exist")
            elif _digest(site, file, _HASHES.get(len(wanted), "sha256")) != wanted.lower():
                message = f"'{listed}' differs from the published checksum"
                yield Fault(name, number, "download-checksum", message, "publish both at once")
        if "SUMS" in name:
            for file in sorted(linked - known):
                if posixpath.dirname(file) == folder and file.endswith(contents.DOWNLOADS):
                    message = f"'{posixpath.basename(file)}' is not listed"
                    yield Fault(name, 0, "checksum-list", message, "list every download beside it")


def _is_list(file: str) -> bool:
    return "SUMS" in posixpath.basename(file)


def _is_intact(site: Site, file: str, value: str) -> bool:
    """Is one of the digests of an integrity attribute the file's? Those of unknown kinds count."""
    for part in value.split():
        name, _, wanted = part.partition("-")
        if name not in ("sha256", "sha384", "sha512"):
            return True
        found = base64.b64encode(binascii.unhexlify(_digest(site, file, name))).decode()
        if found == wanted.partition("?")[0]:
            return True
    return False


@cache
def _digest(site: Site, file: str, name: str) -> str:
    with (site.tree.root / file).open("rb") as opened:
        return hashlib.file_digest(opened, name).hexdigest()
