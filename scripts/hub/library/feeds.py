"""Atom feeds (RFC 4287): what is new in the library, in one language, for any feed reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

_LIMIT = 50


@dataclass(frozen=True)
class Item:
    """A page: its whole address, which is its id as well, and the day it was updated."""

    address: str
    title: str
    summary: str
    updated: str


@dataclass(frozen=True)
class Feed:
    """A feed of one language; `address` is the feed's own, `home` that of the page it is about."""

    address: str
    home: str
    title: str
    author: str
    rights: str
    lang: str


def atom(feed: Feed, items: Sequence[Item]) -> str:
    """The feed as XML, the newest first; at most 50 items. There is at least one."""
    newest = sorted(items, key=lambda item: item.address)
    newest = sorted(newest, key=lambda item: item.updated, reverse=True)[:_LIMIT]
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(feed.lang)}>',
        f"  <id>{escape(feed.address)}</id>",
        f"  <title>{escape(feed.title)}</title>",
        f"  <updated>{_moment(newest[0].updated)}</updated>",
        f"  <author><name>{escape(feed.author)}</name></author>",
        f"  <rights>{escape(feed.rights)}</rights>",
        f'  <link rel="self" type="application/atom+xml" href={quoteattr(feed.address)}/>',
        f'  <link rel="alternate" type="text/html" href={quoteattr(feed.home)}/>',
    ]
    for item in newest:
        lines += [
            "  <entry>",
            f"    <id>{escape(item.address)}</id>",
            f"    <title>{escape(item.title)}</title>",
            f"    <updated>{_moment(item.updated)}</updated>",
            f'    <link rel="alternate" type="text/html" href={quoteattr(item.address)}/>',
            f"    <summary>{escape(item.summary)}</summary>",
            "  </entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
