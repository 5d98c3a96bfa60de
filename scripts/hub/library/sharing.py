"""Short texts for messages and social networks: at most 280 characters, address included, no tracker."""

from __future__ import annotations

LIMIT = 280


def text(title: str, summary: str, address: str) -> str:
    """Title, as much of the summary as fits in whole words, and the address (where there is one)."""
    room = LIMIT - (len(address) + 1 if address else 0)
    return f"{_fitted(f'{title} – {summary}', room)} {address}".strip()


def _fitted(words: str, room: int) -> str:
    if len(words) <= room:
        return words
    cut = words[: room - 1]
    # Languages without spaces are cut where the room ends.
    whole = cut.rpartition(" ")[0] if " " in cut[len(cut) // 2 :] else cut
    return whole.rstrip(" –,.;:،") + "…"
