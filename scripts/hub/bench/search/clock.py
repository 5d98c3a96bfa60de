"""A hook of the plain site: CPU seconds of the search plugin, written to clock.txt beside mkdocs.yml."""

from __future__ import annotations

import functools
import time
from pathlib import Path
from typing import Any

_spent = 0.0


def on_startup(**_: Any) -> None:
    """MkDocs asks for it so that this file is loaded once for all languages."""


def on_config(config: Any) -> None:
    """Wrap what the search plugin does at each event, once."""
    for listeners in config.plugins.events.values():
        for number, listener in enumerate(listeners):
            if "search" in type(getattr(listener, "__self__", None)).__module__:
                listeners[number] = _timed(listener, Path(config.config_file_path).parent)


def _timed(listener: Any, folder: Path) -> Any:
    @functools.wraps(listener)
    def timed(*arguments: Any, **named: Any) -> Any:
        global _spent
        start = time.process_time()
        result = listener(*arguments, **named)
        _spent += time.process_time() - start
        (folder / "clock.txt").write_text(f"{_spent:.3f}", encoding="utf-8")
        return result

    return timed
