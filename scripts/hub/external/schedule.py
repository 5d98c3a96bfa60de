"""When an address is asked for again, and what a run makes of its row.

What answered is left in peace for 7 to 30 days, each address at a time of its own; what failed is asked for in
every run. An address is dead when it was gone in two runs a day apart.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from hub.external.verdict import GONE, SUSPECT
from hub.ledger import Seen, moment, stamp

_LEAST_DAYS, _MOST_DAYS = 7, 30
_APART = timedelta(days=1)
#: So long an address may say nothing before that is a warning.
PATIENCE = timedelta(days=30)


def due(row: Seen | None, now: datetime) -> bool:
    """Whether to ask for an address."""
    if row is None or row.verdict != "ok":
        return True
    last = moment(row.last_ok)
    return last is None or now >= last + timedelta(days=_days(row))


def after(row: Seen | None, address: str, reason: str, final: str, now: datetime) -> Seen:
    """The row after a run: `reason` '' where the address answered as it should, at `final`."""
    row = row or Seen(address, "unknown")
    time = stamp(now)
    onward = final if final != address else ""
    if not reason:
        return Seen(address, "ok", last_ok=time, final=onward)
    first, failures = row.first_failure or time, row.failures + 1
    if reason in GONE and row.reason not in GONE:
        first, failures = time, 1  # being gone counts from now, whatever was wrong before
    failed = replace(row, reason=reason, first_failure=first, failures=failures, final=onward)
    return replace(failed, verdict=_verdict(failed, now))


def is_old(row: Seen, now: datetime) -> bool:
    """True where an address has said nothing for so long that somebody should look."""
    first = moment(row.first_failure)
    return row.verdict == "unknown" and first is not None and now >= first + PATIENCE


def _verdict(row: Seen, now: datetime) -> str:
    if row.reason in SUSPECT:
        return "suspect"
    first = moment(row.first_failure)
    long_ago = first is not None and now >= first + _APART
    return "dead" if row.reason in GONE and row.failures >= 2 and long_ago else "unknown"


def _days(row: Seen) -> int:
    """7 to 30, the same for the same address and day, so that addresses of one day do not fall due together."""
    digest = hashlib.sha256(f"{row.address} {row.last_ok}".encode()).digest()
    return _LEAST_DAYS + int.from_bytes(digest[:4], "big") % (_MOST_DAYS - _LEAST_DAYS + 1)
