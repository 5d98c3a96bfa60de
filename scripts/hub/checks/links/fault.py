"""What a check of the built site reports: a place in the site, before it is traced to a source."""

from __future__ import annotations

from typing import NamedTuple

from hub.problem import Problem


class Fault(NamedTuple):
    """One thing that is wrong in `file` (a path inside the site) at `line` (0: the file as such).

    `raw`: the reference as it is written, where the fault is one of a reference. With `line` 0 it
    stands for every place of the page that holds this reference; then `kinds` says which of them.
    `trace`: text to look for in the page's Markdown, where the fault is none of a reference.
    `meant`: the file, or '#id', that can only have been meant ('': nobody knows).
    `about`: what the fault is about, written alike in every folder and language.
    """

    file: str
    line: int
    rule: str
    message: str
    hint: str = ""
    raw: str = ""
    trace: str = ""
    about: str = ""
    kinds: str = ""
    meant: str = ""


class Fix(NamedTuple):
    """A way to mend a problem of a link: on the page `source` of docs/, `raw` should lead to `meant`.

    `meant` is a path without its language's folder, with a '#id' where the link has one; or '#id'.
    """

    problem: Problem
    source: str
    raw: str
    meant: str


class Reference(NamedTuple):
    """A reference as it stands in a page.

    `kind`: the rule of what names it ('link', 'image', …). `nth`: how many of the same stand before
    it in the text, -1 outside the text. `place`: what is around it, for the mapping to templates.
    """

    raw: str
    kind: str
    line: int
    nth: int
    place: str = ""
