"""Hosts on this computer that answer as broken ones do, and keep a log; a clock that does not wait."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

Behaviour = dict[str, Any]


class FastClock:
    """Time passes only where somebody waits, and then at once."""

    def __init__(self, day: int = 0) -> None:
        self.start, self.passed = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day), 0.0

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.passed)

    def seconds(self) -> float:
        return self.passed

    async def sleep(self, seconds: float) -> None:
        until = self.passed + seconds
        await asyncio.sleep(0)
        self.passed = max(self.passed, until)


@dataclass(frozen=True)
class Request:
    """`at` is when it was sent: while it is under way, others may make time pass."""

    at: float
    method: str
    host: str
    path: str


@dataclass
class Hosts:
    """`answers` by host name: robots.txt and a list of behaviours. `sent` counts bytes, `most` how many requests a
    host ever had at a time."""

    clock: FastClock
    answers: dict[str, tuple[Any, list[Behaviour]]] = field(default_factory=dict)
    log: list[Request] = field(default_factory=list)
    sent: Counter[str] = field(default_factory=Counter)
    most: Counter[str] = field(default_factory=Counter)
    now: Counter[str] = field(default_factory=Counter)
    port: int = 0

    def of(self, host: str, robots: bool = False) -> list[Request]:
        return [
            request
            for request in self.log
            if request.host == host and (request.path == "/robots.txt") <= robots
        ]

    def url(self, host: str, path: str = "/page", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await self._answer(reader, writer)
        writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        method, path, _ = lines[0].split(" ")
        host = next(ln for ln in lines if ln.lower().startswith("host:"))[5:].strip().split(":")[0]
        sent = next(float(ln[7:]) for ln in lines if ln.lower().startswith("x-sent:"))
        self.log.append(Request(sent, method, host, path))
        self.now[host] += 1
        self.most[host] = max(self.most[host], self.now[host])
        try:
            await self._behave(reader, writer, host, path)
        finally:
            self.now[host] -= 1

    async def _behave(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, path: str
    ) -> None:
        robots, behaviours = self.answers[host]
        if path == "/robots.txt":
            found = {"status": robots} if isinstance(robots, int) else {"body": robots}
            behaviour: Behaviour = {"status": 404} if robots is None else found
        else:
            behaviour = behaviours.pop(0) if len(behaviours) > 1 else behaviours[0]
        await asyncio.sleep(behaviour.get("takes", 0))
        if behaviour.get("silent"):
            await reader.read()  # until whoever asked goes away
        if behaviour.get("reset"):
            return
        await self._write(writer, host, behaviour)

    async def _write(self, writer: asyncio.StreamWriter, host: str, behaviour: Behaviour) -> None:
        headers = {"Connection": "close", **behaviour.get("headers", {})}
        body = behaviour.get("body", "")
        if "title" in behaviour or "size" in behaviour:
            title = behaviour.get("title", "Large")
            body = f"<!doctype html><title>{title}</title>{body}<p>…</p>"
            headers.setdefault("Content-Type", "text/html; charset=utf-8")
        content = body.encode()
        missing = 1000 if behaviour.get("cut") else behaviour.get("size", 0) * 1_000_000
        headers["Content-Length"] = str(len(content) + missing)
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        writer.write(f"HTTP/1.1 {behaviour.get('status', 200)} X\r\n{head}\r\n".encode() + content)
        await writer.drain()
        for _ in range(behaviour.get("size", 0)):
            writer.write(bytes(1_000_000))
            await writer.drain()
            self.sent[host] += 1_000_000


@contextmanager
def names(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every name below .test is this computer; no other name exists. Nothing leaves it."""

    real = socket.getaddrinfo

    def look_up(host: Any, *rest: Any, **more: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else str(host)
        if name.endswith(".test") or name == "127.0.0.1":
            return real("127.0.0.1", *rest, **more)
        if name.endswith(".later"):
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with monkeypatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", look_up)
        yield


def timed(client: httpx.AsyncClient, clock: FastClock) -> httpx.AsyncClient:
    """The client, saying with each request when it sent it."""

    async def stamp(request: httpx.Request) -> None:
        request.headers["X-Sent"] = str(clock.seconds())

    client.event_hooks = {**client.event_hooks, "request": [stamp]}
    return client


async def listen(hosts: Hosts, context: ssl.SSLContext | None = None) -> asyncio.Server:
    server = await asyncio.start_server(hosts.serve, "127.0.0.1", 0, ssl=context)
    hosts.port = server.sockets[0].getsockname()[1]
    return server
