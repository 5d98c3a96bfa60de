"""What time it is, and waiting: the one thing tests replace."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """`now` is the date, `seconds` only ever grows, `sleep` lets others work meanwhile."""

    def now(self) -> datetime: ...

    def seconds(self) -> float: ...

    async def sleep(self, seconds: float) -> None: ...


class RealClock:
    """The clock on the wall."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def seconds(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
