"""What one engine does on one site: what it finds by language and kind of query, bytes, time a key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Browser

from hub.bench.search import reader
from hub.bench.search.engines import Engine
from hub.bench.search.queries import Query
from hub.bench.search.reader import Answer, Served

_SLOW = 6
_FIRST = 5  # a wanted page counts among the first five
_TEN = 10
_WEIGHED = 2
_READERS = 3


@dataclass
class Score:
    """Sums over queries: `hits` have a wanted page in the first five, `ranks` is of 1/rank, `recall` of the
    share of the wanted pages that are there; `foreign` of the `listed` pages of the top tens are in
    another language."""

    queries: int = 0
    hits: int = 0
    ranks: float = 0.0
    recall: float = 0.0
    listed: int = 0
    foreign: int = 0
    missed: list[Query] = field(default_factory=list, repr=False)  # held-out ones stay unseen

    def add(self, query: Query, found: Sequence[str], foreign: int) -> None:
        """`found` holds pages of the reader's language, best first; '' stands for one of another."""
        rank = next((n for n, page in enumerate(found, 1) if page in query.wanted), 0)
        self.queries += 1
        self.hits += 0 < rank <= _FIRST
        self.ranks += 1 / rank if rank else 0
        self.recall += len(query.wanted & set(found[:_FIRST])) / min(_FIRST, len(query.wanted))
        self.listed += len(found[:_TEN])
        self.foreign += foreign
        if not 0 < rank <= _FIRST:
            self.missed.append(query)


@dataclass
class Measured:
    """By language: scores by kind, bytes before the box is touched, to the first result and for a query
    typed key by key (the most of several queries), milliseconds of each key at a sixth of the speed: to the list, and of the engine."""

    engine: Engine
    scores: dict[str, dict[str, Score]] = field(default_factory=dict)
    before: dict[str, int] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)
    typed: dict[str, int] = field(default_factory=dict)
    shown: dict[str, list[float]] = field(default_factory=dict)
    answer: dict[str, list[float]] = field(default_factory=dict)


def run(
    engine: Engine,
    browser: Browser,
    queries: dict[str, list[Query]],
    typed: dict[str, list[str]],
    default: str,
) -> Measured:
    """Ask `queries` in each language; `typed` are typed key by key for bytes and time."""
    with reader.serve(engine.folder) as site:
        measured = find(engine, browser, site, queries, default)
        for code in queries:
            weigh(measured, browser, site, code, typed[code][:_WEIGHED])
            keys = list(_keys(engine, browser, site, code, typed[code]))
            measured.shown[code] = [key.shown for key in keys]
            measured.answer[code] = [key.answer for key in keys]
    return measured


def find(
    engine: Engine, browser: Browser, site: Served, queries: dict[str, list[Query]], default: str
) -> Measured:
    """Only what is found; neither bytes nor times."""
    measured = Measured(engine)
    for code, own in queries.items():
        with reader.open_page(browser, site, engine.start(code), engine.script) as page:
            answers = reader.ask(page, [query.text for query in own])
        measured.scores[code] = _scores(own, answers, code, set(queries), default)
    return measured


def weigh(
    measured: Measured, browser: Browser, site: Served, code: str, queries: Sequence[str]
) -> None:
    """Bytes of one language: the most that any of `queries` takes."""
    sizes = [_bytes(measured.engine, browser, site, code, query) for query in queries]
    before, first, typed = zip(*sizes, strict=True)
    measured.before[code], measured.first[code] = max(before), max(first)
    measured.typed[code] = max(typed)


def _scores(
    queries: Iterable[Query], answers: Iterable[Answer], code: str, codes: set[str], default: str
) -> dict[str, Score]:
    scores: dict[str, Score] = defaultdict(Score)
    for query, answer in zip(queries, answers, strict=True):
        found, foreign = pages(answer, code, codes, default)
        scores[query.kind].add(query, found, foreign)
    return dict(scores)


def pages(answer: Answer, code: str, codes: set[str], default: str) -> tuple[list[str], int]:
    """Pages of the reader's language, best first, '' for those of another; how many of the latter in ten."""
    found = []
    for path in answer.paths:
        first, _, rest = path.partition("/")
        language, page = (first, rest) if first in codes - {default} else (default, path)
        found.append(page if language == code else "")
    return found, found[:_TEN].count("")


def _bytes(
    engine: Engine, browser: Browser, site: Served, code: str, query: str
) -> tuple[int, int, int]:
    """Before the box is touched, until the query has its results, and for the same query typed key by key."""
    start = engine.start(code)
    site.taken.clear()
    with reader.open_page(browser, site, start, engine.script, quiet=True) as page:
        eager = {path for path in site.taken if engine.eager(path)}
        seen = set(site.taken)
        reader.ask(page, [query])
        came = reader.loaded(page) - seen
    with reader.open_page(browser, site, start, engine.script, quiet=True) as page:
        site.taken.clear()
        reader.type_out(page, query)
        page.wait_for_load_state("networkidle")
        typed = set(site.taken) - seen
    before = site.size(eager) + site.inline(start, engine.inline)
    return before, before + site.size(came), before + site.size(typed)


def _keys(
    engine: Engine, browser: Browser, site: Served, code: str, queries: Sequence[str]
) -> Iterator[Answer]:
    """Each key of each query, but the very first, which loads the engine. The best of three readers, each
    new to the site: the machine is shared."""
    passes = []
    for _ in range(_READERS):
        with reader.open_page(browser, site, engine.start(code), engine.script, _SLOW) as page:
            keys = [key for query in queries for key in reader.type_out(page, query)]
        passes.append(keys[1:])
    for same in zip(*passes, strict=True):
        shown, answer = min(key.shown for key in same), min(key.answer for key in same)
        yield Answer(same[0].paths, shown, answer)
