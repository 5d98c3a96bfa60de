"""Finding pages: `search`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from hub import glossary
from hub.cli.terminal import verb
from hub.problem import CLEAN, HubError, number
from hub.project import load

if TYPE_CHECKING:
    from hub.cli.terminal import Verbs

_SHOWN = 10


def add(verbs: Verbs) -> None:
    """The verb and its arguments."""
    made = verb(verbs, "search", _search, "find pages of the built site")
    made.add_argument("query", metavar="QUERY", nargs="+")
    made.add_argument("--lang", metavar="CODE", help="default: the source language")


def _search(arguments: argparse.Namespace) -> int:
    project = load(arguments.config)
    language = project.language(arguments.lang) if arguments.lang else project.source
    from hub.search import document
    from hub.search.reference import Reference

    documents = document.read(project, project.site, language) if project.site.is_dir() else []
    if not documents:
        raise HubError(f"no page of '{language.code}' is built", "build the site first: make site")
    reference = Reference(language.code, documents, glossary.read(project))
    found = reference.search(" ".join(arguments.query))
    for one in found[:_SHOWN]:
        sys.stdout.write(f"{one.url}: {one.title}\n")
    sys.stdout.write(f"{number(len(found), 'page')} of {len(documents)}\n")
    return CLEAN
