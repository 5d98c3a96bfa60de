"""Reads all pages of a site: each once in its life, two processes where there is much to read.

What a page says is kept in .cache/ by the digest of its content, so a second run reads only what has
changed. The second process is a fork that hands its share back through a pipe; if it dies, its share
is read here.
"""

from __future__ import annotations

import gc
import marshal
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from hub.cache import Cache, of_code
from hub.checks.links import reader
from hub.checks.links.reader import Facts
from hub.checks.links.tree import Tree

#: What a page reports of itself alone.
Local = Callable[[reader.Page], Iterable[list[Any]]]

#: Bytes of HTML from which a second process is worth its start.
_MUCH = 8_000_000


def read(
    tree: Tree,
    local: Sequence[Local],
    everything: bool = True,
    cache: Cache | None = None,
    jobs: int = 2,
) -> dict[str, Facts]:
    """The facts of every page, by path. `cache` is where they are kept, None to keep nothing."""
    keys = {}
    kept: dict[str, Any] = {}
    name = f"{tree.place}/{'pages' if everything else 'pages-small'}"
    if cache:
        kept = cache.get(name, of_code()) or {}
        keys = {page: tree.digests[page] for page in tree.pages}
    todo = [page for page in tree.pages if keys.get(page) not in kept]
    found = _shared(tree, todo, local, everything, jobs)
    if cache and (todo or len(kept) != len(set(keys.values()))) and tree.are_as_they_were(todo):
        fresh = {keys[page]: found[page] for page in todo}
        keep = {key: fresh.get(key) or kept[key] for key in keys.values()}
        cache.put(name, of_code(), keep)
    return {
        page: Facts(*(found[page] if page in found else kept[keys[page]])) for page in tree.pages
    }


def _shared(
    tree: Tree, todo: list[str], local: Sequence[Local], everything: bool, jobs: int
) -> dict[str, list[Any]]:
    half = len(todo) // 2
    much = sum(tree.sizes[page] for page in todo) > _MUCH
    if jobs < 2 or not much or not hasattr(os, "fork") or (os.cpu_count() or 1) < 2:
        return dict(_facts(tree, todo, local, everything))
    with _Fork(lambda: _facts(tree, todo[half:], local, everything)) as other:
        found = dict(_facts(tree, todo[:half], local, everything))
        found.update(other.results())
    left = [page for page in todo if page not in found]
    found.update(_facts(tree, left, local, everything))
    return found


def _facts(
    tree: Tree, pages: Iterable[str], local: Sequence[Local], everything: bool
) -> Iterator[tuple[str, list[Any]]]:
    for name in pages:
        page = reader.read(tree.read(name), everything)
        facts = page.facts
        for check in local:
            facts.faults.extend(check(page))
        yield name, [facts.references, facts.ids, facts.head, facts.faults]


class _Fork:
    """A child that works through an iterator and sends what it yields, all at once at its end."""

    def __init__(self, work: Callable[[], Iterator[tuple[str, list[Any]]]]) -> None:
        self.work = work

    def __enter__(self) -> _Fork:
        reading, writing = os.pipe()
        self.child = os.fork()
        if self.child == 0:
            os.close(reading)
            self._serve(writing)
        os.close(writing)
        self.pipe = os.fdopen(reading, "rb")
        return self

    def __exit__(self, *_: object) -> None:
        self.pipe.close()
        os.waitpid(self.child, 0)

    def results(self) -> Mapping[str, list[Any]]:
        """All that it found, or nothing where it did not come to its end."""
        try:
            return dict(marshal.loads(self.pipe.read()))
        except (ValueError, EOFError, TypeError):
            return {}

    def _serve(self, writing: int) -> None:
        gc.disable()
        code = 1
        try:
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(marshal.dumps(list(self.work())))
            code = 0
        finally:
            os._exit(code)
