"""Questions and the empty checklist as tables that any spreadsheet opens: a header line, a row an item."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hub.handbook import Handbook, Item

#: The columns of each table; they are the same in every language, for those who compare.
_COLUMNS = {
    "questions": (
        "code,chapter,to,role,mode,instrument,article,pillar,question,why,full_answer,follow_up,"
        "address"
    ),
    "checklist": (
        "code,chapter,label,instrument,article,our_law,if_not_yes_ask,answer,where_and_wording,"
        "address"
    ),
}


def csv_of(book: Handbook, kind: str) -> str:
    """All 'questions', or the empty 'checklist', as CSV."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS[kind].split(","))
    if kind == "questions":
        writer.writerows(_question(book, item) for item in book.questions)
    else:
        writer.writerows(_row(book, item) for item in book.rows)
    return out.getvalue()


def _question(book: Handbook, item: Item) -> list[str]:
    data = item.data
    return [
        item.code,
        str(item.chapter.data["title"]),
        book.view.label("addressee", data["to"]),
        data["role"],
        book.view.label("mode", data["mode"]),
        *_provision(book, item),
        book.view.label("pillar", data["pillar"]),
        data["text"],
        data["why"],
        "; ".join(data["answer"]),
        data["follow_up"],
        _address(book, item),
    ]


def _row(book: Handbook, item: Item) -> list[str]:
    data = item.data
    start = [item.code, str(item.chapter.data["title"]), book.view.label("force", data["label"])]
    rest = [data["text"], data["question"], "", "", _address(book, item)]
    return start + _provision(book, item) + rest


def _provision(book: Handbook, item: Item) -> list[str]:
    article = item.data.get("article")
    return [book.view.label("instrument", item.instrument), str(article)] if article else ["", ""]


def _address(book: Handbook, item: Item) -> str:
    return f"{book.view.project.site_url.rstrip('/')}/{item.url}"
