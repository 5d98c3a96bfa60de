"""The sitemap of a built site lists the pages that the engine does not know of, too."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from html import escape
from pathlib import Path

_END = "</urlset>"


def add(site: Path, addresses: Iterable[str]) -> None:
    """Append whole addresses to sitemap.xml, and to its packed copy where there is one."""
    file, packed = site / "sitemap.xml", site / "sitemap.xml.gz"
    wanted = list(addresses)
    if not wanted or not file.exists():
        return
    text = file.read_text(encoding="utf-8")
    before, end, after = text.rpartition(_END)
    lines = "".join(f"    <url><loc>{escape(address)}</loc></url>\n" for address in wanted)
    file.write_text(f"{before}{lines}{end}{after}", encoding="utf-8", newline="\n")
    if packed.exists():
        packed.write_bytes(gzip.compress(file.read_bytes(), mtime=0))
