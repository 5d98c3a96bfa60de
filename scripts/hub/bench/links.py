"""`links` beside the link checkers of others: kinds of faults found, false alarms, and what it costs.

Our runs and lychee's take turns, so that a busy machine slows both; other checkers run once.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import yaml

from hub.bench import measure, plant, website
from hub.bench.checkers import CHECKERS, Checker, Finding
from hub.bench.comparison import Comparison, Goal, Row
from hub.bench.measure import Used
from hub.bench.place import ADDRESS, Website
from hub.bench.plant import Planted
from hub.problem import COULD_NOT_RUN, HubError, Problem
from hub.project import Project

_SCRIPTS = Path(__file__).resolve().parents[2]
_FULL, _ROUNDS = 150, 3
_ALL, _LINKS_ONLY, _WARM = "ours, every kind", "ours, links and anchors", "ours, nothing changed"
_ONLY = ("--only", "links,anchors")
#: Shares of lychee's CPU seconds, of our own cold run's, and MiB.
_GOAL_ALL, _GOAL_LINKS, _GOAL_WARM, _GOAL_PEAK = 0.35, 0.15, 0.5, 180


def links(
    project: Project, pages: int, others: Collection[str], limit: float, tell: Callable[[str], None]
) -> Comparison:
    """The whole comparison on a site of `pages` pages a language, with the checkers named in `others` ('none': ours
    alone; nothing: all of them).

    `limit` is how many seconds one run of another's checker may take. Goals for costs are for the full size only.
    Raises `HubError` where ours could not run, or for a name that is none.
    """
    chosen = [checker for checker in CHECKERS if not others or checker.name in others]
    unknown = set(others) - {"none", *(checker.name for checker in CHECKERS)}
    if unknown:
        names = ", ".join(checker.name for checker in CHECKERS)
        raise HubError(f"no checker is called '{min(unknown)}'", f"there are: {names}")
    cache = project.root / ".cache" / "bench"
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as name:
        folder = Path(name).resolve()
        folder.chmod(0o755)  # a checker that gives up root's rights must still read it
        tell("making the sites")
        clean = website.make(project, folder / "clean", pages)
        faulty = website.make(project, folder / "faulty", pages)
        planted = plant.plant(faulty, plant.kinds())
        missing = {}
        for checker in chosen:
            tell(f"installing {checker.name}")
            missing[checker.name] = checker.install(cache)
        ready = [checker for checker in chosen if not missing[checker.name]]
        lychee = next((checker for checker in ready if checker.name == "lychee"), None)
        tell("taking turns with lychee")
        costs, counted, problems = _turns(folder, clean, lychee, cache, limit)
        tell("ours on the faults")
        _, _, reported = _ours(folder / "found", faulty)
        overlooked = tuple(f for f in planted if not any(f.reported(p) for p in reported))
        beside = (*problems, *_unexplained(planted, reported))
        rows = [
            Row(_ALL, len(planted) - len(overlooked), len(beside), costs[_ALL]),
            Row(_LINKS_ONLY, used=costs[_LINKS_ONLY]),
            Row(_WARM, used=costs[_WARM]),
        ]
        for checker in chosen:
            tell(checker.name)
            shown = f"{checker.name} {checker.version}"
            why = missing[checker.name]
            if why:
                rows.append(Row(shown, said=f"not installed: {why}"))
            else:
                known = costs.get(checker.name)
                rows.append(_other(shown, checker, cache, clean, faulty, planted, limit, known))
    ours = (len(planted) - len(overlooked), len(planted), len(beside))
    goals = tuple(_goals(costs, ours, pages == _FULL))
    return Comparison(clean, counted, len(planted), tuple(rows), goals, overlooked, beside)


def _turns(
    folder: Path, site: Website, lychee: Checker | None, cache: Path, limit: float
) -> tuple[dict[str, Used], str, list[Problem]]:
    """The middle of some rounds, by name; what ours counted, and what it reports on the clean site."""
    runs: dict[str, list[Used]] = {_ALL: [], _LINKS_ONLY: [], _WARM: []}
    counted, problems = "", list[Problem]()
    for number in range(_ROUNDS if len(site.pages) == _FULL else 1):
        place = folder / f"round-{number}"  # what ours keeps is beside the mkdocs.yml it is given
        for name, at, more in (
            (_ALL, place, ()),
            (_WARM, place, ()),
            (_LINKS_ONLY, place / "links", _ONLY),
        ):
            used, said, found = _ours(at, site, more)
            runs[name].append(used)
            if name == _ALL:
                counted, problems = said, found
        if lychee:
            runs.setdefault("lychee", []).append(lychee.check(cache, site.root, limit)[0])
    middle = {
        name: sorted(used, key=lambda one: one.cpu)[len(used) // 2] for name, used in runs.items()
    }
    return middle, counted, problems


def _ours(folder: Path, site: Website, more: Iterable[str] = ()) -> tuple[Used, str, list[Problem]]:
    """One run in `folder`: what it cost, what it counted, and its problems but for remarks."""
    folder.mkdir(parents=True, exist_ok=True)
    languages = [
        {"locale": lang.code, "name": lang.name, "default": lang.is_source}
        for lang in site.languages
    ]
    settings = {"site_name": "Made up", "plugins": [{"i18n": {"languages": languages}}]}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    command = [sys.executable, str(_SCRIPTS), "links", "--site", str(site.root)]
    command += ["--base-url", ADDRESS, "--format", "json", *more]
    used = measure.run(command, folder)
    if used.code is None or not 0 <= used.code < COULD_NOT_RUN:
        raise HubError(f"links ended with exit code {used.code}", "try: " + " ".join(command[1:]))
    report = json.loads(used.out)
    problems = [
        Problem(**{**problem, "file": problem["file"].removeprefix(f"{site.root}/")})
        for problem in report["problems"]
        if problem["severity"] != "info"
    ]
    return used, report["summary"]["checked"], problems


def _unexplained(planted: Iterable[Planted], problems: Iterable[Problem]) -> list[Problem]:
    faults = list(planted)
    return [
        problem
        for problem in problems
        if not any(fault.reported(problem) or fault.follows(problem) for fault in faults)
    ]


def _other(
    shown: str,
    checker: Checker,
    cache: Path,
    clean: Website,
    faulty: Website,
    planted: list[Planted],
    limit: float,
    known: Used | None,
) -> Row:
    """A checker's line; one that had to be stopped, or that failed, says so, with what it had used by then."""
    false, costs = None, known
    for site, name in ((clean, "the clean site"), (faulty, "the faults")):
        try:
            used, findings = checker.check(cache, site.root, limit)
        except (ValueError, KeyError, TypeError, OSError) as error:
            said = f"says of {name} what cannot be read: {type(error).__name__} {error}"
            return Row(shown, None, false, costs, said[:120])
        costs = costs or used
        if used.code is None:
            return Row(shown, None, false, costs, f"stopped after {limit:g} s on {name}")
        if site is clean:
            alarms, false = findings, len(findings)
    found = sum(found_by(fault, findings - alarms) for fault in planted)
    return Row(shown, found, false, costs)


def found_by(fault: Planted, findings: Iterable[Finding]) -> bool:
    """True where another checker reports the fault, whatever it says of it: anything on the page that only this
    fault is on, its line elsewhere, or a target that bears its name."""
    return any(
        finding.file in fault.own
        or (finding.file, finding.line) == (fault.file, fault.line)
        or fault.signs & plant.signs(finding.target)
        for finding in findings
    )


def _goals(costs: dict[str, Used], ours: tuple[int, int, int], full: bool) -> Iterable[Goal]:
    found, kinds, false = ours
    yield Goal("kinds found", found, least=kinds)
    yield Goal("false alarms", false, most=0)
    if not full:
        return
    cold, lychee = costs[_ALL], costs.get("lychee")
    if lychee and lychee.code is not None:
        yield Goal("every kind, CPU of lychee's", cold.cpu / lychee.cpu, _GOAL_ALL)
        only = costs[_LINKS_ONLY].cpu / lychee.cpu
        yield Goal("links and anchors, CPU of lychee's", only, _GOAL_LINKS)
    yield Goal("nothing changed, CPU of the first run's", costs[_WARM].cpu / cold.cpu, _GOAL_WARM)
    peak = max(used.peak for name, used in costs.items() if name != "lychee")
    yield Goal("peak MiB", peak, _GOAL_PEAK)
