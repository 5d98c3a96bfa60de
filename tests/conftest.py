"""What tests share: our site, built once in a folder of its own, and a real browser."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from hypothesis import settings  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from hub import project as projects  # noqa: E402
from hub.project import Project  # noqa: E402

# The same examples on every run: a push must not fail for what an earlier one brought.
# `make test ARGS=--hypothesis-profile=explore` looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=2000, deadline=None)
settings.load_profile("same")

# The same switches a headless test machine needs; none changes what pages do.
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def project() -> Project:
    return projects.load(ROOT / "mkdocs.yml")


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Our whole site, built by the command people type: (folder, what it printed)."""
    out = tmp_path_factory.mktemp("built") / "site"
    done = run("build", "--out", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    return out, done.stdout


@pytest.fixture(scope="session")
def site(build: tuple[Path, str]) -> Path:
    return build[0]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = ROOT / ".venv" / "browser"
    chosen = os.environ.get("HUB_CHROMIUM") or (path.read_text().strip() if path.exists() else "")
    assert chosen, (
        "no browser: run `python3 scripts/setup.py test`, browser tests are never skipped"
    )
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chosen, args=SWITCHES)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Our site from a server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        pass


def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python scripts …` in a process of its own."""
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts"), *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
