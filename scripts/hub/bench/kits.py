"""The downloads of the made-up site: one of each kind a language, and their checksums."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from hub.bench.place import write


def make(root: Path, code: str) -> Iterator[tuple[str, str]]:
    """The downloads of a language, and their checksums in a file beside them."""
    page = f'<!doctype html><html lang="{code}"><title>Kit</title>'
    files = {
        "kit.zip": _archive({"kit/index.html": page}),
        "kit.epub": _archive({"mimetype": "application/epub+zip", **_BOOK, "kit/page.xhtml": page}),
        "kit.pdf": _PDF % code.encode(),
    }
    folder = root / "downloads" / code
    lines = []
    for name, content in files.items():
        write(folder / name, content)
        digest = hashlib.sha256(content).hexdigest()
        lines.append(f"{digest}  {name}\n")
        yield f"downloads/{code}/{name}", digest
    write(folder / "SHA256SUMS", "".join(lines))


def _archive(files: dict[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return held.getvalue()


_PDF = b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Lang(%s)>>endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n"
_BOOK = {
    "META-INF/container.xml": '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="kit/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    "kit/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"/>',
}
