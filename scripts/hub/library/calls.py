"""Whether a call is open: decided at each build, by its days, its hour and its time zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hub.library import days

UPCOMING, OPEN, CLOSED = "upcoming", "open", "closed"


def state(call: Mapping[str, Any], now: datetime) -> str:
    """'upcoming', 'open' or 'closed' at a moment.

    A call without a closing day is over once it has been decided; without either it stays open.
    """
    zone = str(call["time_zone"])
    if now < days.beginning(str(call["opens"]), zone):
        return UPCOMING
    closes = call.get("closes") or call.get("decided")
    at = str(call.get("closes_at", "")) if call.get("closes") else ""
    return CLOSED if closes and now >= days.end(str(closes), at, zone) else OPEN
