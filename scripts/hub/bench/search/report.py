"""What the bench says: a table a site, engines side by side, and whether floors and goals are held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hub.bench.search.gold import HALVES
from hub.bench.search.measure import Measured, Score
from hub.bench.search.queries import KINDS

_KB = 1000
_PER_CENT = ("gold hit@5", "gold hit@5, worst language")


@dataclass(frozen=True)
class Site:
    """A site that was measured: `kind` is written, real or made."""

    kind: str
    pages: int
    languages: int
    words: int
    engines: tuple[Measured, ...]


@dataclass(frozen=True)
class Goal:
    """A figure of our engine on a site; `more` tells that a greater one is better."""

    site: str
    name: str
    figure: float
    floor: float
    goal: float
    more: bool

    @property
    def verdict(self) -> str:
        sign = 1 if self.more else -1
        if sign * self.figure >= sign * self.goal:
            return "met"
        return "missed" if sign * self.figure >= sign * self.floor else "below the floor"


@dataclass(frozen=True)
class Report:
    sites: tuple[Site, ...]

    @property
    def goals(self) -> list[Goal]:
        return [goal for site in self.sites for goal in _goals(site)]

    @property
    def missed(self) -> bool:
        return any(goal.verdict != "met" for goal in self.goals)

    @property
    def table(self) -> str:
        """For people."""
        blocks = ["\n".join(_site(site)) for site in self.sites]
        if self.goals:
            blocks.append("\n".join(_verdicts(self.goals)))
        return "\n\n".join(blocks) + "\n"

    @property
    def missed_queries(self) -> str:
        """Development queries that our engine does not answer; held-out ones stay unseen."""
        lines = [
            f"{site.kind} {code} {kind}: {query.text} -> {', '.join(sorted(query.wanted))}"
            for site in self.sites
            for measured in site.engines
            if measured.engine.name == "hub"
            for code, scores in measured.scores.items()
            for kind, score in scores.items()
            if kind != HALVES[1]
            for query in score.missed
        ]
        return "".join(f"{line}\n" for line in lines)


def _site(site: Site) -> Iterator[str]:
    yield f"{site.kind}  {site.pages} pages, {site.languages} languages, {site.words} words"
    kinds = [
        kind for kind in (*HALVES, "title", *KINDS) if any(_all(m, kind) for m in site.engines)
    ]
    names = [measured.engine.name for measured in site.engines]
    head = "".join(f"{name:>12}" for name in names)
    yield f"{'':<28}{head}"
    for kind in kinds:
        label = f"{'gold ' if kind in HALVES else ''}{kind}"
        yield _line(
            f"{label}: hit@5 %", (f"{100 * _share(m, kind, 'hits'):.1f}" for m in site.engines)
        )
        yield _line(f"{label}: MRR", (f"{_share(m, kind, 'ranks'):.2f}" for m in site.engines))
        if kind in KINDS:
            yield _line(
                f"{label}: recall@5", (f"{_share(m, kind, 'recall'):.2f}" for m in site.engines)
            )
    yield _line("other languages in ten %", (f"{100 * _foreign(m):.0f}" for m in site.engines))
    yield _line("KB before, most", (f"{max(m.before.values()) / _KB:.1f}" for m in site.engines))
    yield _line("KB to first, most but zh", (f"{_first(m) / _KB:.1f}" for m in site.engines))
    yield _line("KB to first, zh", (f"{m.first.get('zh', 0) / _KB:.1f}" for m in site.engines))
    for part in (50, 95):
        yield _line(
            f"answer ms p{part}", (f"{_percentile(m.answer, part):.0f}" for m in site.engines)
        )
        yield _line(
            f"shown ms p{part}", (f"{_percentile(m.shown, part):.0f}" for m in site.engines)
        )
    yield _line("index CPU s", (_seconds(m) for m in site.engines))
    yield from _by_language(site, kinds)


def _by_language(site: Site, kinds: Iterable[str]) -> Iterator[str]:
    codes = list(site.engines[0].scores)
    for kind in kinds:
        measure = "recall@5" if kind in KINDS else "hit@5 %, MRR"
        yield ""
        yield f"{f'{kind}, {measure}':<28}" + "".join(f"{code:>10}" for code in codes)
        for measured in site.engines:
            cells = (_cell(measured.scores[code].get(kind), kind) for code in codes)
            yield f"{measured.engine.name:<28}" + "".join(f"{cell:>10}" for cell in cells)
    yield ""
    for name, sizes in (("KB before", "before"), ("KB to first", "first"), ("KB typed", "typed")):
        for measured in site.engines:
            cells = (f"{getattr(measured, sizes)[code] / _KB:.1f}" for code in codes)
            label = f"{name}, {measured.engine.name}"
            yield f"{label:<28}" + "".join(f"{cell:>10}" for cell in cells)


def _cell(score: Score | None, kind: str) -> str:
    if score is None:
        return "–"
    if kind in KINDS:
        return f"{score.recall / score.queries:.2f}"
    return f"{100 * score.hits / score.queries:.0f} {score.ranks / score.queries:.2f}"


def _line(label: str, cells: Iterable[str]) -> str:
    return f"{label:<28}" + "".join(f"{cell:>12}" for cell in cells)


def _goals(site: Site) -> Iterator[Goal]:
    """Floors and goals of our engine; what the site is too small or too special for is left out."""
    hub = next((m for m in site.engines if m.engine.name == "hub"), None)
    if hub is None:
        return

    def goal(name: str, figure: float, floor: float, wanted: float, more: bool = True) -> Goal:
        return Goal(site.kind, name, figure, floor, wanted, more)

    kind = "title" if site.kind == "real" else HALVES[1]
    if site.kind != "made" and _all(hub, kind):
        worst = min(
            100 * own[kind].hits / own[kind].queries for own in hub.scores.values() if kind in own
        )
        yield goal(f"{kind} hit@5 %", 100 * _share(hub, kind, "hits"), 95, 98)
        yield goal(f"{kind} hit@5 %, worst language", worst, 90, 96)
        for made, floor, wanted in (("typo", 0.90, 0.97), ("folded", 0.95, 0.99)):
            if _all(hub, made):
                yield goal(f"{made} recall@5", _share(hub, made, "recall"), floor, wanted)
    yield goal("other languages in ten", _foreign(hub), 0, 0, False)
    if hub.before:
        yield from _weights(site, hub)
    if hub.answer:
        yield goal("answer ms p95", _percentile(hub.answer, 95), 50, 16, False)
    if site.kind == "made" and site.languages == 8 and hub.engine.seconds is not None:
        yield goal("index CPU s", hub.engine.seconds, 20, 10, False)


def _weights(site: Site, hub: Measured) -> Iterator[Goal]:
    yield Goal(site.kind, "KB before", max(hub.before.values()) / _KB, 6, 2, False)
    small = site.pages < 60
    floor, wanted, zh_floor, zh_wanted = (20, 12, 20, 12) if small else (60, 25, 90, 40)
    if set(hub.first) - {"zh"}:
        yield Goal(site.kind, "KB to first", _first(hub) / _KB, floor, wanted, False)
    if "zh" in hub.first:
        yield Goal(site.kind, "KB to first, zh", hub.first["zh"] / _KB, zh_floor, zh_wanted, False)


def _verdicts(goals: Iterable[Goal]) -> Iterator[str]:
    yield f"{'goals of the hub':<46}{'figure':>9}{'floor':>9}{'goal':>9}"
    for goal in goals:
        cells = "".join(f"{value:>9.4g}" for value in (goal.figure, goal.floor, goal.goal))
        yield f"{goal.site + ': ' + goal.name:<46}{cells}  {goal.verdict}"


def _all(measured: Measured, kind: str) -> list[Score]:
    return [own[kind] for own in measured.scores.values() if kind in own]


def _share(measured: Measured, kind: str, name: str) -> float:
    scores = _all(measured, kind)
    total = float(sum(getattr(score, name) for score in scores))
    return total / max(1, sum(score.queries for score in scores))


def _foreign(measured: Measured) -> float:
    scores = [score for own in measured.scores.values() for score in own.values()]
    return sum(score.foreign for score in scores) / max(1, sum(score.listed for score in scores))


def _first(measured: Measured) -> int:
    return max((size for code, size in measured.first.items() if code != "zh"), default=0)


def _percentile(times: dict[str, list[float]], part: int) -> float:
    ordered = sorted(time for own in times.values() for time in own)
    return ordered[min(len(ordered) - 1, len(ordered) * part // 100)] if ordered else 0.0


def _seconds(measured: Measured) -> str:
    return "–" if measured.engine.seconds is None else f"{measured.engine.seconds:.2f}"
