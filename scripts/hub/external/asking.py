"""Asks one address as a polite reader does: by GET, closed early, robots.txt heeded, never twice at a time.

Answers that mean "later" are asked for again, three times at most. Every request, also of a redirect or of
robots.txt, goes through the gate of its host.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from hub.external.clock import Clock
from hub.external.gate import Gate, retry_after
from hub.external.verdict import Answer

AGENT = "knowledge-hub-links/1"
TRIES, HOPS = 4, 10
_LATER = frozenset({429, 500, 502, 503, 504})
#: Bytes: of a page its beginning is enough; what is small is read whole, so that a cut one is seen.
_BEGINNING, _WHOLE = 64 * 1024, 1024 * 1024
_SLOWEST_ROBOTS = 30.0
#: Seconds of real time for one answer, however slowly it drips.
_LONGEST = 60.0


class Asking:
    """One run's connections. `client` is one of `client()`; `tell` gets each address that is asked for."""

    def __init__(
        self, client: httpx.AsyncClient, clock: Clock, tell: Callable[[str], None]
    ) -> None:
        self.client, self.clock, self.tell = client, clock, tell
        self.gates: dict[str, Gate] = {}
        self._robots: dict[str, RobotFileParser | bool] = {}

    def gate(self, url: str) -> Gate:
        return self.gates.setdefault(host(url), Gate(self.clock))

    async def ask(self, address: str) -> Answer:
        """What the address answers in the end. Faults: robots, no-such-host, no-connection, time-out, tls,
        redirect-loop, not-http, malformed, and 'later' where its host has no patience left."""
        url = address
        self.tell(address)
        for _ in range(HOPS):
            if fault := _not_web(url):
                return Answer(url, fault=fault)
            if not await self._allowed(url):
                return Answer(url, fault="robots")
            answer, onward = await self._patiently(url)
            if not onward:
                return answer
            url = _onward(url, onward)
        return Answer(url, fault="redirect-loop")

    async def text(self, url: str) -> str:
        """The beginning of what an address answers, '' where it does not."""
        answer, _ = await self._patiently(url)
        return answer.head.decode("utf-8", errors="replace") if answer.status == 200 else ""

    async def _patiently(self, url: str) -> tuple[Answer, str]:
        """One hop, tried again while the host says "later"."""
        gate = self.gate(url)
        for attempt in range(1, TRIES + 1):
            if gate.closed:
                return Answer(url, fault="later"), ""
            answer, onward, again = await self._once(url)
            if answer.status not in _LATER or attempt == TRIES:
                return answer, onward
            if not gate.wait(retry_after(again, attempt, self.clock)):
                return Answer(url, fault="later") if answer.status == 429 else answer, ""
        raise AssertionError("unreachable")

    async def _once(self, url: str) -> tuple[Answer, str, str]:
        """One request: the answer, where it sends on, and its Retry-After."""
        async with self.gate(url).open():
            try:
                async with asyncio.timeout(_LONGEST), self.client.stream("GET", url) as got:
                    onward = str(got.extensions.get("onward", ""))
                    head, cut = (b"", False) if onward else await _body(got)
                    kind = got.headers.get("content-type", "").partition(";")[0].strip().lower()
                    answer = Answer(url, got.status_code, kind, head, cut)
                    return answer, onward, got.headers.get("retry-after", "")
            except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, ValueError) as error:
                return Answer(url, fault=_fault(error)), "", ""

    async def _allowed(self, url: str) -> bool:
        """What the host's robots.txt says; one that cannot be had forbids everything, one that is not there nothing."""
        own = host(url)
        if own not in self._robots:
            self._robots[own] = True  # while it is asked for
            self._robots[own] = await self._rules(urljoin(url, "/robots.txt"))
        rules = self._robots[own]
        return rules if isinstance(rules, bool) else rules.can_fetch(AGENT, url)

    async def _rules(self, url: str) -> RobotFileParser | bool:
        """The rules at an address, or whether everything is allowed."""
        start = url
        for _ in range(5):
            answer, onward = await self._patiently(url)
            if not onward:
                break
            url = _onward(url, onward)
            if _not_web(url):
                return True
        if answer.status == 429 or answer.status >= 500:
            return False
        if answer.status != 200:
            return True  # there are none; where nothing answers, the address itself will say so
        rules = RobotFileParser()
        rules.parse(answer.head.decode("utf-8", errors="replace").splitlines())
        delay = float(rules.crawl_delay(AGENT) or 0)
        gate = self.gate(start)
        gate.spacing = max(gate.spacing, min(delay, _SLOWEST_ROBOTS))
        return rules


def host(url: str) -> str:
    """'example.org:8443': what has a gate of its own."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def client(context: ssl.SSLContext | bool = True, timeout: float = 20.0) -> httpx.AsyncClient:
    """What `Asking` needs. `timeout` in seconds, for each step of an answer."""
    headers = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Language": "en, *;q=0.5"}
    # No connection is kept: a host sees one at a time, and none while we wait.
    limits = httpx.Limits(max_keepalive_connections=0)
    return httpx.AsyncClient(
        headers=headers,
        verify=context,
        timeout=timeout,
        limits=limits,
        event_hooks={"response": [_keep_redirect]},
    )


async def _keep_redirect(got: httpx.Response) -> None:
    """Each hop is ours to judge, also one that httpx could not follow."""
    if got.has_redirect_location:
        got.extensions["onward"] = got.headers.pop("location")


def _onward(url: str, location: str) -> str:
    try:
        return urldefrag(urljoin(url, location.strip())).url
    except ValueError:
        return location


def _not_web(url: str) -> str:
    """Why an address cannot be asked for, '' where it can."""
    try:
        parts = urlsplit(url)
        return "" if parts.scheme in ("http", "https") and parts.hostname else "not-http"
    except ValueError:
        return "malformed"


async def _body(got: httpx.Response) -> tuple[bytes, bool]:
    """The beginning of a body, and whether it ended too soon."""
    length = got.headers.get("content-length", "")
    enough = _WHOLE if length.isdecimal() and int(length) <= _WHOLE else _BEGINNING
    head = b""
    try:
        async for part in got.aiter_bytes():
            head += part
            if len(head) >= enough:
                break
    except httpx.RemoteProtocolError:
        return head, True
    return head[:_BEGINNING], False


def _fault(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return "time-out"
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return "tls"
    for cause in causes:
        if isinstance(cause, socket.gaierror):
            # EAI_AGAIN: it is the network that does not know, not the world.
            return "no-connection" if cause.errno == socket.EAI_AGAIN else "no-such-host"
    if isinstance(error, httpx.DecodingError):
        return "cut-short"
    return "no-connection" if isinstance(error, httpx.TransportError) else "malformed"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
