"""Whether addresses elsewhere still answer: asks for those that are due and brings the ledger up to date.

A run ends in time, whatever hosts do, and never knows less than the one before: what could not be asked for
keeps its row. Nothing is written here.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote

import httpx

from hub import ledger
from hub.external import asking, attention, schedule, verdict
from hub.external.asking import Asking
from hub.external.clock import Clock, RealClock
from hub.external.verdict import Answer
from hub.ledger import Seen
from hub.problem import HubError, Problem, number
from hub.project import Project

#: Where kept copies are asked for; it also tells whether this computer is offline.
ARCHIVE = "https://archive.org/wayback/available?url="
MINUTES = 20
_HOSTS_AT_A_TIME = 20
_HOSTS_TO_DOUBT = 5
_NETWORK = frozenset({"no-such-host", "no-connection", "time-out"})


@dataclass
class Result:
    """`rows` is the ledger as it should be now; `left` were due and not asked for, by reason."""

    rows: dict[str, Seen]
    used: int
    asked: int = 0
    left: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    @property
    def counted(self) -> str:
        """What was looked at, and what was not, in words."""
        verdicts = Counter(row.verdict for row in self.rows.values())
        names = ("ok", "suspect", "unknown", "dead")
        parts = [f"{verdicts[name]} {name}" for name in names if verdicts[name]]
        text = f"checked {self.asked} of {number(self.used, 'address')}".replace(
            "addresss", "addresses"
        )
        text += f" ({', '.join(parts)})" if parts else ""
        for why, count in sorted(self.left.items()):
            text += f"; {count} left for the next run: {why}"
        return text


def refresh(
    project: Project,
    used: Sequence[str],
    minutes: float = MINUTES,
    fewer: bool = False,
    tell: Callable[[str], None] = lambda text: None,
    clock: Clock | None = None,
    client: Callable[[], httpx.AsyncClient] = asking.client,
    archive: str = ARCHIVE,
) -> Result:
    """Ask for those of the addresses in `used` that are due, for at most `minutes`.

    With far fewer addresses than the ledger knows nothing is asked for, unless `fewer` says that this is meant.
    Raises `HubError` where the ledger cannot be read, or no host at all answers.
    """
    known = ledger.read(project)
    if len(used) < 0.8 * len(known) and not fewer:
        message = f"{len(used)} addresses in the built site, {len(known)} in the ledger"
        hint = "build the whole site first; if so many were taken out, add --fewer"
        problem = Problem(ledger.FILE, 0, "fewer-links", message, hint)
        return Result(known, len(used), problems=[problem])
    clock = clock or RealClock()
    run = _Run(known, clock, clock.seconds() + 60 * minutes, archive)
    asyncio.run(run.go(used, client, tell))
    if run.offline:
        hosts = number(len(run.silent), "host")
        raise HubError(
            f"{hosts} asked, and none answers: this computer seems to be offline",
            "nothing was written; try again later",
        )
    wanted = set(used)
    rows = {address: row for address, row in run.rows.items() if address in wanted or run.left}
    result = Result(rows, len(used), run.asked, run.left)
    result.problems = list(attention.problems(project, rows, clock.now()))
    return result


class _Run:
    """One run over all hosts."""

    def __init__(self, known: dict[str, Seen], clock: Clock, deadline: float, archive: str) -> None:
        self.rows, self.clock, self.deadline, self.archive = dict(known), clock, deadline, archive
        self.asked, self.left = 0, Counter[str]()
        self.silent: set[str] = set()
        self.answered = self.offline = False
        self._found: list[tuple[str, Answer]] = []
        self._doubt = asyncio.Lock()

    async def go(
        self,
        used: Sequence[str],
        client: Callable[[], httpx.AsyncClient],
        tell: Callable[[str], None],
    ) -> None:
        queues: dict[str, list[str]] = {}
        for address in sorted(used, key=self._urgency):
            if schedule.due(self.rows.get(address), self.clock.now()):
                queues.setdefault(asking.host(address), []).append(address)
        places = asyncio.Semaphore(_HOSTS_AT_A_TIME)
        async with client() as http:
            ask = Asking(http, self.clock, tell)
            await asyncio.gather(*(self._host(ask, queue, places) for queue in queues.values()))
            if self.silent and not self.answered and not self.offline:
                await self._doubt_all(ask)
            if not self.offline:
                self._note()
                await self._look_for_copies(ask)

    async def _host(self, ask: Asking, queue: list[str], places: asyncio.Semaphore) -> None:
        """All that is due at one host, one after the other."""
        async with places:
            for address in queue:
                if self.offline:
                    return
                if self.clock.seconds() >= self.deadline:
                    self.left["time is over"] += 1
                    continue
                answer = await ask.ask(address)
                if answer.fault == "later":
                    self.left[f"{asking.host(answer.url)} asks to wait"] += 1
                    continue
                self.asked += 1
                self._found.append((address, answer))
                if answer.fault not in _NETWORK:
                    self.answered = True
                else:
                    self.silent.add(asking.host(address))
                    if len(self.silent) >= _HOSTS_TO_DOUBT and not self.answered:
                        await self._doubt_all(ask)

    async def _doubt_all(self, ask: Asking) -> None:
        """Nobody answers: is it them, or is it us? Whoever keeps the copies is asked."""
        async with self._doubt:
            if not self.answered and not self.offline:
                answer = await ask.ask(self.archive)
                self.answered = answer.fault not in _NETWORK
                self.offline = not self.answered

    def _note(self) -> None:
        for address, answer in self._found:
            reason = verdict.reason(address, answer)
            known = self.rows.get(address)
            self.rows[address] = schedule.after(
                known, address, reason, answer.url, self.clock.now()
            )

    async def _look_for_copies(self, ask: Asking) -> None:
        for address, _ in self._found:
            row = self.rows[address]
            if row.verdict == "dead" and not row.archived and self.clock.seconds() < self.deadline:
                said = await ask.text(self.archive + quote(address, safe=""))
                self.rows[address] = replace(row, archived=_copy(said))

    def _urgency(self, address: str) -> tuple[str, str]:
        """New addresses first, then those that have not been seen for longest."""
        row = self.rows.get(address)
        return (row.last_ok or row.first_failure, address) if row else ("", address)


def _copy(said: str) -> str:
    """The address of a kept copy in the archive's answer."""
    try:
        closest = json.loads(said)["archived_snapshots"]["closest"]
        url = str(closest["url"]).replace("http://web.archive.org/", "https://web.archive.org/")
        return url if closest["available"] and url.startswith("http") and " " not in url else ""
    except (ValueError, KeyError, TypeError):
        return ""
