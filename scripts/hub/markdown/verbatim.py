"""Lines that are not text: blank ones, code, formulas, comments, scripts. Each function says where they end."""

from __future__ import annotations

import re

from hub.markdown import grammar
from hub.markdown.cursor import Cursor


def end(on: Cursor) -> int | None:
    """The line after what begins here and stays as it is; None where something else begins."""
    if not on.line.strip() or on.in_code:
        return on.at + 1
    return _formula(on) or _raw(on)


def fence_end(on: Cursor, body: str) -> int | None:
    """The line after the fenced code that `body`, on the current line, opens."""
    opened = grammar.FENCE.match(body)
    if not opened:
        return None
    close = re.compile(rf"^[ \t>]*{re.escape(opened[1][0])}{{{len(opened[1])},}}[ \t]*$")
    return on.closed_by(close, on.at + 1) or len(on.lines)


def _formula(on: Cursor) -> int | None:
    for opening, closing in grammar.MATH.items():
        if on.body.startswith(opening):
            form = re.compile(re.escape(closing))
            same_line = form.search(on.body, len(opening))
            return on.at + 1 if same_line else on.closed_by(form, on.at + 1)
    return None


def _raw(on: Cursor) -> int | None:
    """Comments, and elements whose content is neither Markdown nor text."""
    tag = grammar.CODE_TAG.match(on.body)
    if not tag and not grammar.COMMENT.match(on.body):
        return None
    form = re.compile(rf"</{tag[1]}>" if tag else "-->", re.I)
    return on.closed_by(form, on.at) or len(on.lines)
