"""What a process costs: CPU seconds of it and its children, wall time, and memory at the peak.

Wall time tells how busy the machine is; CPU time tells what the program does.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_BEAT = 0.05


@dataclass(frozen=True)
class Used:
    """`code` is the exit code, None where the process was ended at its time limit; `peak` is in MiB, all
    processes together; `out` is what it said."""

    code: int | None
    cpu: float
    wall: float
    peak: int
    out: bytes


def run(
    command: Sequence[str],
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    limit: float | None = None,
    errors: int | None = None,
) -> Used:
    """Run a command in `folder` for at most `limit` seconds; `errors` is where its stderr goes, as `subprocess` has it.

    Raises `OSError` where it cannot start.
    """
    with tempfile.TemporaryFile() as out:
        start = time.monotonic()
        child = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=errors,
            start_new_session=True,
        )
        watch = _Watch(child.pid, limit)
        watch.start()
        try:
            # wait4 and not wait: it tells what this child and its children used.
            _, status, used = os.wait4(child.pid, 0)
        except BaseException:  # whoever stops the bench stops what it measures
            os.killpg(child.pid, signal.SIGKILL)
            raise
        wall = time.monotonic() - start
        watch.stop()
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read()
    peak = max(watch.peak, used.ru_maxrss // 1024)
    code = None if watch.late else child.returncode
    return Used(code, used.ru_utime + used.ru_stime, wall, peak, said)


class _Watch(threading.Thread):
    """Looks at a process group now and then: the memory of all of it, and whether its time is over."""

    def __init__(self, leader: int, limit: float | None) -> None:
        super().__init__(daemon=True)
        self.leader, self.limit = leader, limit
        self.peak, self.late = 0, False
        self._over = threading.Event()

    def run(self) -> None:
        start = time.monotonic()
        while not self._over.wait(_BEAT):
            self.peak = max(self.peak, _memory(self.leader))
            if self.limit and time.monotonic() - start > self.limit:
                self.late = True
                os.killpg(self.leader, signal.SIGKILL)
                return

    def stop(self) -> None:
        self._over.set()
        self.join()


def _memory(leader: int) -> int:
    """MiB of a process and its children, what they share counted once; 0 where the system does not tell."""
    total = 0
    for pid in (leader, *_children(leader)):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:  # it has ended, or this is not Linux
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total // 1024


def _children(pid: int) -> list[int]:
    found = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += [int(child) for child in (task / "children").read_text().split()]
    except OSError:
        return found
    return found + [grandchild for child in found for grandchild in _children(child)]
