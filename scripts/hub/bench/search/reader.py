"""A reader in Chromium: opens pages of a built site, types into its search, and sees what is shown.

Sites are served from this process, which notes every file that was asked for.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page

_HERE = Path(__file__).parent
_BLANK = "bench-worker.html"
_ASK = """async ([queries, pause]) => {
  const found = []
  for (const query of queries) {
    found.push(await hubBench.ask(query))
    await new Promise(done => setTimeout(done, pause))
  }
  return found
}"""

#: Milliseconds between two keys of somebody who types fast.
_PAUSE = 100


@dataclass(frozen=True)
class Answer:
    """`paths` of the pages shown, best first, below the site's root; times in milliseconds."""

    paths: tuple[str, ...]
    shown: float
    answer: float


@dataclass(frozen=True)
class Served:
    """A site at `url`. `taken` grows with each file that somebody asked for."""

    folder: Path
    url: str
    taken: list[str]

    def inline(self, path: str, pattern: str) -> int:
        """Bytes that the parts of a page matching `pattern` add to it."""
        page = (self.folder / path).read_bytes()
        without = re.sub(pattern.encode(), b"", page) if pattern else page
        return _compressed(page) - _compressed(without)

    def size(self, paths: Iterable[str]) -> int:
        """Bytes of these files, each once, as a server sends them: compressed where that helps."""
        return sum(_sent(self.folder / path) for path in set(paths))


@contextmanager
def serve(folder: Path) -> Iterator[Served]:
    """The site in `folder` on a free port of this machine."""
    taken: list[str] = []
    handler = functools.partial(_Handler, taken=taken, directory=str(folder))
    server = _Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Served(folder, f"http://127.0.0.1:{server.server_address[1]}/", taken)
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def open_page(
    browser: Browser, site: Served, path: str, script: str, slow: int = 1, quiet: bool = False
) -> Iterator[Page]:
    """The page at `path` with a way to ask (`script`), in a browser that has been nowhere before.

    With `slow` the processor is that many times slower, and workers run where the slowness is; `quiet`
    waits until nothing more is loaded.
    """
    context = browser.new_context()
    try:
        if slow > 1:
            context.add_init_script(path=_HERE / "worker.js")
        context.add_init_script(path=_HERE / script)
        page = context.new_page()
        page.goto(site.url + path, wait_until="networkidle" if quiet else "load")
        if slow > 1:
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slow})
        yield page
    finally:
        context.close()


def ask(page: Page, queries: Sequence[str], pause: int = 0) -> list[Answer]:
    """What is shown for each query, one after the other with a `pause` (milliseconds) between them."""
    page.evaluate("hubBench.touch()")
    found: list[dict[str, Any]] = page.evaluate(_ASK, [list(queries), pause])
    return [
        Answer(tuple(dict.fromkeys(_path(url) for url in one["urls"])), one["shown"], one["answer"])
        for one in found
    ]


def loaded(page: Page) -> set[str]:
    """Files that had come when the last answer was shown."""
    script = "performance.getEntriesByType('resource').filter(r => r.responseEnd <= hubBench.at).map(r => r.name)"
    return {unquote(urlsplit(url).path).lstrip("/") for url in page.evaluate(script)}


def type_out(page: Page, query: str) -> list[Answer]:
    """What is shown after each key."""
    return ask(page, [query[: end + 1] for end in range(len(query))], _PAUSE)


def _path(url: str) -> str:
    return unquote(urlsplit(url).path).lstrip("/").removesuffix(".html")


@functools.cache
def _sent(file: Path) -> int:
    data = file.read_bytes() if file.is_file() else b""
    return min(len(data), _compressed(data))


def _compressed(data: bytes) -> int:
    return len(gzip.compress(data, 6, mtime=0))


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_: Any) -> None:
        """Readers leave while a file is on its way."""


class _Handler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *arguments: Any, taken: list[str], **named: Any) -> None:
        self.taken = taken
        super().__init__(*arguments, **named)

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path).lstrip("/")
        self.taken.append(path)
        if path.endswith(_BLANK):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            return
        super().do_GET()

    def log_message(self, *_: Any) -> None:
        """Quiet: the report says what was asked for."""
