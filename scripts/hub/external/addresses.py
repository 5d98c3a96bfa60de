"""The addresses elsewhere that the pages of a built site link to, in their texts or around them."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from hub.checks.links import crawl, tree
from hub.checks.links.address import Addresses
from hub.checks.links.reader import LINK


def on_pages(site: Path, base_url: str) -> list[str]:
    """Each address once, without its fragment, sorted. Raises `HubError` where there is no page."""
    files = tree.read(site)
    own = Addresses(files, base_url)
    found = set()
    for page, facts in crawl.read(files, (), everything=False).items():
        for raw, bits in facts.references.items():
            if bits & LINK and _is_elsewhere(raw) and own.resolve(page, raw) is None:
                found.add(urldefrag(raw.strip()).url)
    return sorted(found)


def _is_elsewhere(raw: str) -> bool:
    """An address on the public web; one of this computer or its network is a fault of another check."""
    try:
        parts = urlsplit(raw.strip())
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or " " in raw.strip():
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost", ".internal"))
