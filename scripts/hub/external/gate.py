"""A host's gate: one request at a time and one a second, and no more waiting than the host is worth.

Whoever asks for an address goes through the gate of its host, also on the way of a redirect.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime

from hub.external.clock import Clock

SPACING = 1.0
#: Seconds: for one answer that asks to wait, and for all of a host's in one run.
LONGEST_WAIT, LONGEST_WAIT_OF_HOST = 60.0, 300.0


class Gate:
    """`spacing` is in seconds; a host's robots.txt may ask for more."""

    def __init__(self, clock: Clock) -> None:
        self.clock, self.spacing, self.waited = clock, SPACING, 0.0
        self._lock = asyncio.Lock()
        self._free_at = 0.0

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Wait for one's turn; it lasts until the answer has been read."""
        async with self._lock:
            while (wait := self._free_at - self.clock.seconds()) > 0:
                await self.clock.sleep(wait)
            self._free_at = self.clock.seconds() + self.spacing
            yield

    def wait(self, seconds: float) -> bool:
        """Nobody passes for a while, because the host asks for it; False where its patience in this run is
        used up."""
        seconds = min(seconds, LONGEST_WAIT)
        if self.waited + seconds > LONGEST_WAIT_OF_HOST:
            self.waited = LONGEST_WAIT_OF_HOST
            return False
        self.waited += seconds
        self._free_at = max(self._free_at, self.clock.seconds() + seconds)
        return True

    @property
    def closed(self) -> bool:
        return self.waited >= LONGEST_WAIT_OF_HOST


def retry_after(header: str, attempt: int, clock: Clock) -> float:
    """Seconds to wait before try number `attempt` (from 1): as the answer asks, else 2, 4, 8."""
    header = header.strip()
    if header.isdecimal():
        return float(header)
    try:
        at = parsedate_to_datetime(header)
        return max((at - clock.now()).total_seconds(), 0.0)
    except (ValueError, TypeError):
        return float(2**attempt)
