"""What a file is by its first bytes, and whether it is whole."""

from __future__ import annotations

import posixpath
import re
import zipfile
from pathlib import Path

from hub.checks.links import xmltext

#: By the ending of a name: what the file's first bytes may be.
_MAGIC: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".zip": (b"PK\x03\x04", b"PK\x05\x06"),
    ".gz": (b"\x1f\x8b",),
    ".tgz": (b"\x1f\x8b",),
    ".bz2": (b"BZh",),
    ".xz": (b"\xfd7zXZ\0",),
    ".7z": (b"7z\xbc\xaf\x27\x1c",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".webp": (b"RIFF",),
    ".ico": (b"\0\0\1\0", b"\x89PNG"),
    ".woff": (b"wOFF",),
    ".woff2": (b"wOF2",),
    ".mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"),
    ".ogg": (b"OggS",),
    ".wav": (b"RIFF",),
    ".doc": (b"\xd0\xcf\x11\xe0",),
    ".xls": (b"\xd0\xcf\x11\xe0",),
    ".ppt": (b"\xd0\xcf\x11\xe0",),
    ".rtf": (b"{\\rtf",),
    ".webm": (b"\x1aE\xdf\xa3",),
}
#: ZIP archives with another name, and the file each must hold.
_ZIPPED = {
    ".zip": "",
    ".epub": "mimetype",
    ".docx": "[Content_Types].xml",
    ".xlsx": "[Content_Types].xml",
    ".pptx": "[Content_Types].xml",
    ".odt": "mimetype",
    ".ods": "mimetype",
    ".odp": "mimetype",
    ".jar": "",
    ".whl": "",
}
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".svg")
_FONTS = (".woff", ".woff2")
_NAMES = {b"%PDF": "a PDF", b"PK\x03\x04": "a ZIP archive", b"\x89PNG": "a PNG image"}
_NAMES |= {b"\xff\xd8\xff": "a JPEG image", b"GIF8": "a GIF image", b"\x1f\x8b": "gzip"}
#: An archive is read through, sum by sum, up to this size.
_READ_THROUGH = 16_000_000

DOWNLOADS = tuple(
    sorted(
        {*_MAGIC, *_ZIPPED, ".csv", ".tsv", ".ics", ".mp4", ".xml.gz", ".txt"}
        - set(IMAGES)
        - set(_FONTS)
    )
)


def fault(path: Path, name: str) -> tuple[str, str] | None:
    """('html' | 'type' | 'broken', message) of a file that is not what its name says, else None."""
    end = posixpath.splitext(name)[1].lower()
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(512)
        file.seek(max(size - 2048, 0))
        tail = file.read()
    if is_html(head) and end not in (".svg", ".xml", ".html", ".txt", ".md"):
        return "html", "an HTML page, not what its name says"
    if end == ".svg":
        return _drawing(path.read_bytes(), head)
    magic = _MAGIC.get(end) or ((b"PK\x03\x04",) if end in _ZIPPED else ())
    if magic and not head.startswith(magic):
        return "type", f"not {end[1:].upper()} but {_is(head)}"
    if end == ".pdf" and b"%%EOF" not in tail:
        return "broken", "the PDF is cut off"
    if end == ".png" and b"IEND" not in tail:
        return "broken", "the image is cut off"
    if end == ".gz" or end == ".tgz":
        return None if size > 18 else ("broken", "the archive is cut off")
    return _archive(path, end, size) if end in _ZIPPED else None


def _drawing(data: bytes, head: bytes) -> tuple[str, str] | None:
    if data.startswith(b"\x1f\x8b"):
        return None  # packed, as .svgz
    if b"<svg" not in data:
        return "type", f"not SVG but {_is(head)}"
    try:
        xmltext.elements(data)
    except xmltext.XmlError as error:
        return "broken", f"the drawing cannot be read: {error} in line {error.line}"
    return None


def is_html(head: bytes) -> bool:
    """Begins a file as a page does?"""
    start = re.sub(
        rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*", b"", head, flags=re.S
    )
    return start[:14].lower().startswith((b"<!doctype html", b"<html", b"<head"))


def _archive(path: Path, end: str, size: int) -> tuple[str, str] | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            wrong = archive.testzip() if size <= _READ_THROUGH else None
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        return "broken", "the archive is damaged or cut off"
    except Exception as error:  # zlib.error and its kin, which zipfile lets through
        return "broken", f"the archive is damaged: {error}"
    if wrong:
        return "broken", f"'{wrong}' in the archive is damaged"
    if not names:
        return "broken", "the archive holds nothing"
    needed = _ZIPPED[end]
    return (
        ("type", f"not {end[1:].upper()}: there is no '{needed}' in it")
        if needed and needed not in names
        else None
    )


def _is(head: bytes) -> str:
    for magic, name in _NAMES.items():
        if head.startswith(magic):
            return name
    try:
        head[:256].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < 250:
            return "something else"
    return "text"
