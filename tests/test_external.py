"""Addresses elsewhere: what is said of each kind of answer, how hosts are asked, and what the ledger keeps.

Everything is answered by this computer: see hosts.py. No test waits for more than a broken host takes.
"""

from __future__ import annotations

import asyncio
import re
import ssl
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import trustme
import yaml
from hypothesis import given
from hypothesis import strategies as st

from conftest import run
from hosts import FastClock, Hosts, Request, listen, names, timed
from hub import external, ledger
from hub import project as projects
from hub.external import addresses, asking, schedule, verdict
from hub.external.verdict import Answer
from hub.ledger import Seen
from hub.problem import HubError
from hub.project import Project

_CASES = yaml.safe_load((Path(__file__).parent / "answers.yml").read_text(encoding="utf-8"))
_PATIENT, _QUICK = 30.0, 1.0
_PAGE = {"title": "Handbook"}
_CONFIG = "site_name: Small\nplugins:\n  - i18n:\n      languages: [{locale: en, default: true}]\n"


@pytest.fixture(autouse=True)
def _no_other_names(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with names(monkeypatch):
        yield


@pytest.fixture
def small(tmp_path: Path) -> Project:
    """A project without a ledger."""
    (tmp_path / "mkdocs.yml").write_text(_CONFIG, encoding="utf-8")
    (tmp_path / "docs" / "library").mkdir(parents=True)
    return projects.load(tmp_path / "mkdocs.yml")


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["name"].replace(" ", "-"))
def test_answer(case: dict[str, Any]) -> None:
    hosts = Hosts(FastClock(), {"a.test": (case.get("robots"), list(case["answers"]))})
    path = case.get("path", "/page")

    silent = any("silent" in answer for answer in case["answers"])
    url, answer = asyncio.run(_ask(hosts, path, timeout=_QUICK if silent else _PATIENT))

    assert verdict.reason(url, answer) == case["reason"]
    asked = hosts.of("a.test")
    assert [(r.method, r.path) for r in asked] == [("GET", p) for p in case.get("asked", [path])]
    for least, (before, after) in zip(case.get("spacing", []), pairwise(asked), strict=False):
        assert after.at - before.at >= least
    assert len(asked) > len(case.get("spacing", [])) or not asked
    _is_polite(hosts, [])
    final = case.get("final", path)
    assert answer.url == (final if ":" in final else hosts.url("a.test", final)) or not asked


def test_a_large_page_is_left_early() -> None:
    hosts = Hosts(FastClock(), {"a.test": (None, [{"size": 50}])})

    asyncio.run(_ask(hosts, "/page"))

    assert hosts.sent["a.test"] < 10_000_000


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://nobody.invalid/page", "no-such-host"),
        ("http://somebody.later/page", "no-connection"),
        ("http://127.0.0.1:9/page", "no-connection"),
        ("http://[::1/page", "malformed"),
    ],
)
def test_hosts_that_are_not_there(url: str, reason: str) -> None:
    async def ask() -> Answer:
        async with asking.client(timeout=_PATIENT) as client:
            return await asking.Asking(client, FastClock(), lambda text: None).ask(url)

    assert asyncio.run(ask()).fault == reason


@pytest.mark.parametrize(
    ("days", "trusted", "reason"), [(-1, True, "tls"), (9, False, "tls"), (9, True, "")]
)
def test_certificates(days: int, trusted: bool, reason: str) -> None:
    authority = trustme.CA()
    expires = datetime.now(UTC) + timedelta(days=days)
    certificate = authority.issue_cert(
        "a.test", not_before=expires - timedelta(days=20), not_after=expires
    )
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(theirs)
    ours = ssl.create_default_context()
    if trusted:
        authority.configure_trust(ours)
    hosts = Hosts(FastClock(), {"a.test": (None, [_PAGE])})

    url, answer = asyncio.run(_ask(hosts, "/page", theirs, ours))

    assert verdict.reason(url, answer) == reason
    assert [r.path for r in hosts.log] == ([] if reason else ["/robots.txt", "/page"])


def test_a_host_is_asked_once_a_second_by_one_connection(small: Project) -> None:
    paths = [f"/page-{n}" for n in range(5)]
    answers = {name: (None, [_PAGE]) for name in ("a.test", "b.test", "c.test")}
    hosts = Hosts(FastClock(), answers)

    result = _refresh(small, hosts, [(name, path) for name in answers for path in paths])

    assert result.counted == "checked 15 of 15 addresses (15 ok)"
    for name in answers:
        log = hosts.of(name, robots=True)
        assert [r.path for r in log] == ["/robots.txt", *paths]
        _is_polite(hosts, log)


def test_redirects_to_one_host_take_turns(small: Project) -> None:
    hosts = Hosts(FastClock(), {"new.test": (None, [{**_PAGE, "takes": 0.05}])})
    for name in ("a.test", "b.test", "c.test", "d.test"):
        hosts.answers[name] = (None, [{"status": 301, "headers": {"Location": "NEW"}}])

    result = _refresh(small, hosts, [(name, "/page") for name in hosts.answers if name[1] == "."])

    assert {row.final for row in result.rows.values()} == {hosts.url("new.test", "/new")}
    assert len(hosts.of("new.test")) == 4
    assert hosts.most["new.test"] == 1, "one connection a host, whoever leads there"
    _is_polite(hosts, hosts.of("new.test", robots=True))


def test_a_host_that_always_says_later_is_left_for_the_next_run(small: Project) -> None:
    answers = {"a.test": (None, [{"status": 429, "headers": {"Retry-After": "3600"}}])}
    hosts = Hosts(FastClock(), {**answers, "b.test": (None, [_PAGE])})
    known = Seen(hosts.url("a.test", "/3"), "ok", last_ok="2025-01-01T00:00Z")

    result = _refresh(
        small, hosts, [("a.test", f"/{n}") for n in range(9)] + [("b.test", "/page")], known=[known]
    )

    assert hosts.clock.passed <= 330
    assert len(hosts.of("a.test")) <= 8
    asked_for, left = 2, 8
    assert result.asked == asked_for
    assert sum(result.left.values()) == left
    assert "8 left for the next run: a.test" in result.counted
    again = next(row for row in result.rows.values() if row.address.endswith("/3"))
    assert again == replace(known, address=again.address), "what was not asked for keeps its row"


def test_time_is_over(small: Project) -> None:
    hosts = Hosts(FastClock(), {"a.test": (None, [_PAGE])})

    unused = Seen("http://unused.test/", "ok", last_ok="2025-12-31T00:00Z")
    wanted = [("a.test", f"/{n}") for n in range(100)]

    result = _refresh(small, hosts, wanted, minutes=0.5, known=[unused])

    assert hosts.clock.passed <= 31
    assert 20 <= result.asked <= 31
    assert result.left == {"time is over": 100 - result.asked}
    assert len(result.rows) == result.asked + 1
    assert result.rows[unused.address] == unused, "no row goes while the run is not complete"

    rest = _refresh(small, hosts, wanted, hours=1)

    assert rest.asked == 100 - result.asked
    assert not rest.left and unused.address not in rest.rows


def test_dead_only_after_two_runs_a_day_apart(small: Project) -> None:
    hosts = Hosts(FastClock(), {"a.test": (None, [{"status": 404}])})
    copy = '{"archived_snapshots": {"closest": {"available": true, "url": "http://web.archive.org/web/1/x"}}}'
    hosts.answers["archive.test"] = (None, [{"body": copy}])
    wanted = [("a.test", "/page")]
    (small.docs / "index.md").write_text("# Start {#start}\n\nSee [it](URL/page).\n", "utf-8")

    first = _refresh(small, hosts, wanted)
    same_day = _refresh(small, hosts, wanted, hours=20)

    assert [_only(r).verdict for r in (first, same_day)] == ["unknown", "unknown"]
    assert not first.problems and not same_day.problems
    assert not hosts.of("archive.test"), "copies are looked for only where an address is dead"

    next_day = _refresh(small, hosts, wanted, hours=26)

    row = _only(next_day)
    assert (row.verdict, row.reason, row.failures) == ("dead", "not-found", 3)
    assert row.first_failure == "2026-01-01T00:00Z"
    assert row.archived == "https://web.archive.org/web/1/x"
    assert len(hosts.of("archive.test")) == 1
    (problem,) = next_day.problems
    assert (problem.rule, problem.severity) == ("external-dead", "error")
    assert problem.message.endswith("is gone since 2026-01-01 (not-found)")
    assert problem.hint == "name another address; a kept copy: https://web.archive.org/web/1/x"

    later = _refresh(small, hosts, wanted, hours=50)

    assert _only(later).archived == row.archived
    assert len(hosts.of("archive.test")) == 1, "a copy that is known is not looked for again"

    hosts.answers["a.test"] = (None, [_PAGE])
    alive = _refresh(small, hosts, wanted, hours=60)

    assert (_only(alive).verdict, _only(alive).failures) == ("ok", 0)
    assert not alive.problems


def test_a_failure_of_another_kind_does_not_count_towards_dead(small: Project) -> None:
    hosts = Hosts(FastClock(), {"a.test": (None, [{"status": 500}])})
    _refresh(small, hosts, [("a.test", "/page")])
    hosts.answers["a.test"] = (None, [{"status": 404}])

    second = _refresh(small, hosts, [("a.test", "/page")], hours=48)
    third = _refresh(small, hosts, [("a.test", "/page")], hours=49)

    assert [_only(result).verdict for result in (second, third)] == ["unknown", "unknown"]


def test_unknown_is_a_warning_after_a_month(small: Project) -> None:
    hosts = Hosts(FastClock(), {"a.test": (None, [{"status": 403}])})

    early = [_refresh(small, hosts, [("a.test", "/page")], hours=24 * day) for day in (0, 10, 29)]
    late = _refresh(small, hosts, [("a.test", "/page")], hours=24 * 31)

    assert not any(result.problems for result in early)
    (problem,) = late.problems
    assert (problem.rule, problem.severity) == ("external-unknown", "warning")
    assert (problem.file, problem.line) == (ledger.FILE, 2)


def test_suspect_is_a_warning_where_it_is_written(small: Project) -> None:
    hosts = Hosts(FastClock(), {"a.test": (None, [{"title": "Page not found"}])})
    result = _refresh(small, hosts, [("a.test", "/page")])
    address = next(iter(result.rows))
    (small.docs / "index.md").write_text(f"# Start {{#start}}\n\nSee [it]({address}).\n", "utf-8")

    again = _refresh(small, hosts, [("a.test", "/page")], same_port=address)

    (problem,) = again.problems
    assert (problem.file, problem.line) == ("docs/index.md", 3)
    assert (problem.rule, problem.severity) == ("external-suspect", "warning")


def test_what_answered_is_left_in_peace(small: Project) -> None:
    hosts = Hosts(FastClock(), {"a.test": (None, [_PAGE]), "b.test": (None, [{"status": 500}])})
    wanted = [("a.test", "/page"), ("b.test", "/page")]
    _refresh(small, hosts, wanted)
    hosts.log.clear()

    _refresh(small, hosts, wanted, hours=24 * 6)

    assert not hosts.of("a.test", robots=True)
    assert hosts.of("b.test"), "what failed is asked for in every run"

    _refresh(small, hosts, wanted, hours=24 * 31)

    assert len(hosts.of("a.test")) == 1


def test_offline_nothing_is_lost(small: Project) -> None:
    known = [
        Seen(f"https://nobody-{n}.invalid/", "ok", last_ok="2025-01-01T00:00Z") for n in range(50)
    ]
    text = ledger.written(known)
    (small.root / ledger.FILE).write_text(text, encoding="utf-8")
    asked: list[str] = []

    with pytest.raises(HubError, match="seems to be offline"):
        external.refresh(
            small, [row.address for row in known], clock=FastClock(), tell=asked.append,
            client=lambda: asking.client(timeout=_PATIENT), archive="https://archive.invalid/?url=",
        )  # fmt: skip

    assert (small.root / ledger.FILE).read_text(encoding="utf-8") == text
    assert len(asked) < 50, "a run without a network ends early"


def test_one_host_that_is_gone_is_not_being_offline(small: Project) -> None:
    hosts = Hosts(FastClock(), {"archive.test": (None, [{"body": "{}"}])})

    result = _refresh(small, hosts, [("gone.invalid", "/page")])

    assert (_only(result).reason, _only(result).verdict) == ("no-such-host", "unknown")


def test_far_fewer_addresses_than_before_is_a_problem(small: Project) -> None:
    known = [Seen(f"http://a.test/{n}", "ok", last_ok="2025-12-31T00:00Z") for n in range(10)]
    (small.root / ledger.FILE).write_text(ledger.written(known), encoding="utf-8")
    used = [row.address for row in known[:7]]

    result = external.refresh(small, used, clock=FastClock())
    meant = external.refresh(small, used, fewer=True, clock=FastClock())

    assert [p.rule for p in result.problems] == ["fewer-links"]
    assert list(result.rows.values()) == known
    assert result.asked == 0
    assert list(meant.rows) == used


def test_a_merge_conflict_in_the_ledger_is_an_error_at_its_line(small: Project) -> None:
    rows = ledger.written([Seen("https://a.example/", "ok", last_ok="2025-12-31T00:00Z")])
    text = f"{rows}<<<<<<< ours\nx\n=======\ny\n>>>>>>> theirs\n"
    (small.root / ledger.FILE).write_text(text, encoding="utf-8")
    site = small.root / "site"
    site.mkdir()
    (site / "index.html").write_text('<a href="https://a.example/">x</a>', encoding="utf-8")

    done = run("links", "refresh", "--config", str(small.config_file))

    assert done.returncode == 3
    assert done.stderr.startswith(f"error: {ledger.FILE}:3: a merge left a conflict here: ")
    assert (small.root / ledger.FILE).read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("cells", "where"),
    [
        ("https://a.example/,fine,,,,0,,", "links.csv:2: column 'verdict' holds 'fine'"),
        ("https://a.example/,ok,,yesterday,,0,,", "links.csv:2: column 'last_ok'"),
        ("https://a.example/,ok,,,,0,,\nhttps://a.example/,ok,,,,0,,", "also stands in line 2"),
        ("https://a.example/,ok", "links.csv:2: the row has too many or too few cells"),
    ],
)
def test_a_ledger_that_breaks_its_schema_is_not_read(
    small: Project, cells: str, where: str
) -> None:
    head = ledger.written([])
    (small.root / ledger.FILE).write_text(f"{head}{cells}\n", encoding="utf-8")

    with pytest.raises(HubError, match=where.replace("(", r"\(")):
        ledger.read(small)


def test_addresses_are_those_elsewhere_that_pages_link_to(tmp_path: Path) -> None:
    links = [
        "https://www.un.org/en/#top", "https://www.un.org/en/", " https://a.example/x y", "other.html",
        "https://hub.example.org/sub/other.html", "http://localhost:8000/", "https://10.0.0.1/",
        "https://printer.local/", "mailto:a@un.org", "//www.un.org/", "https://b.example/x?y=1",
    ]  # fmt: skip
    text = "".join(f'<p><a href="{link}">x</a></p>' for link in links)
    (tmp_path / "index.html").write_text(f"<article>{text}</article>", encoding="utf-8")
    (tmp_path / "other.html").write_text('<img src="https://c.example/x.png">', encoding="utf-8")

    found = addresses.on_pages(tmp_path, "https://hub.example.org/sub/")

    assert found == ["https://b.example/x?y=1", "https://www.un.org/en/"]


def test_our_own_ledger_can_be_read(project: Project) -> None:
    for address, seen in ledger.read(project).items():
        assert address == seen.address
        assert seen.last_ok == "" or ledger.moment(seen.last_ok)


_moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(
    lambda time: ledger.stamp(time.replace(tzinfo=UTC))
)


@given(_moments, st.integers(0, 10**6))
def test_an_address_is_due_between_7_and_30_days_after_it_answered(last: str, n: int) -> None:
    row = Seen(f"https://{n}.example/", "ok", last_ok=last)
    then = ledger.moment(last)
    assert then is not None

    assert not schedule.due(row, then + timedelta(days=6, hours=23))
    assert schedule.due(row, then + timedelta(days=30))


@given(
    st.lists(
        st.builds(
            Seen,
            address=st.from_regex(r"https?://[a-z,\"']{1,9}\.example/[^ \x00-\x1f\x7f-\xa0\ud800-\udfff]*", fullmatch=True),
            verdict=st.sampled_from(["ok", "suspect", "unknown", "dead"]),
            reason=st.sampled_from(["", "not-found", "soft-404"]),
            last_ok=_moments | st.just(""),
            first_failure=_moments | st.just(""),
            failures=st.integers(0, 999),
        ),
        unique_by=lambda row: row.address,
    )
)  # fmt: skip
def test_what_is_written_is_read_again(rows: list[Seen]) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "mkdocs.yml").write_text(_CONFIG, encoding="utf-8")
        (root / ledger.FILE).parent.mkdir(parents=True)
        (root / ledger.FILE).write_text(ledger.written(rows), encoding="utf-8", newline="\n")

        assert ledger.read(projects.load(root / "mkdocs.yml")) == {r.address: r for r in rows}


async def _ask(
    hosts: Hosts,
    path: str,
    theirs: ssl.SSLContext | None = None,
    ours: ssl.SSLContext | bool = True,
    timeout: float = _PATIENT,
) -> tuple[str, Answer]:
    async with await listen(hosts, theirs):
        url = hosts.url("a.test", path, "https" if theirs else "http")
        async with timed(asking.client(ours, timeout), hosts.clock) as client:
            answer = await asking.Asking(client, hosts.clock, lambda text: None).ask(url)
    return url, answer


def _refresh(
    project: Project,
    hosts: Hosts,
    wanted: Sequence[tuple[str, str]],
    hours: float = 0,
    minutes: float = 20,
    known: Sequence[Seen] = (),
    same_port: str = "",
) -> external.Result:
    """A run `hours` after the first, its ledger written as the command writes it.

    Addresses stand in the ledger with the port of their time: it is put right before and after.
    """
    file = project.root / ledger.FILE
    hosts.clock.passed = 0.0
    hosts.clock.start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    clock = hosts.clock
    server = _Server(hosts)
    with server:
        for name, (robots, answers) in hosts.answers.items():
            for answer in answers:
                if answer.get("headers", {}).get("Location") == "NEW":
                    answer["headers"]["Location"] = hosts.url("new.test", "/new")
            hosts.answers[name] = (robots, answers)
        rows = [*known, *ledger.read(project).values()]
        file.write_text(
            ledger.written(replace(r, address=_port(r.address, hosts.port)) for r in rows),
            encoding="utf-8",
        )
        docs = project.docs / "index.md"
        if docs.exists() and same_port:
            text = docs.read_text(encoding="utf-8")
            docs.write_text(text.replace(same_port, _port(same_port, hosts.port)), encoding="utf-8")
        result = external.refresh(
            project,
            sorted(hosts.url(name, path) for name, path in wanted),
            minutes,
            clock=clock,
            client=lambda: timed(asking.client(timeout=_PATIENT), clock),
            archive=hosts.url("archive.test", "/available?url="),
        )
        file.write_text(ledger.written(result.rows.values()), encoding="utf-8")
    return result


class _Server:
    """The hosts in a thread of their own: the run under test has its own event loop."""

    def __init__(self, hosts: Hosts) -> None:
        self.hosts = hosts

    def __enter__(self) -> None:
        ready = threading.Event()
        self.loop = asyncio.new_event_loop()

        def serve() -> None:
            asyncio.set_event_loop(self.loop)
            self.server = self.loop.run_until_complete(listen(self.hosts))
            ready.set()
            self.loop.run_forever()
            self.server.close()
            self.loop.close()

        self.thread = threading.Thread(target=serve, daemon=True)
        self.thread.start()
        ready.wait()

    def __exit__(self, *_: object) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()


def _port(address: str, port: int) -> str:
    return re.sub(r"(\.(?:test|invalid)):\d+", rf"\1:{port}", address)


def _only(result: external.Result) -> Seen:
    (row,) = result.rows.values()
    return row


def _is_polite(hosts: Hosts, log: Sequence[Request]) -> None:
    """No HEAD, no two requests within a second, no storm."""
    for host in {request.host for request in hosts.log}:
        own = [request for request in hosts.log if request.host == host]
        assert all(after.at - before.at >= 1 for before, after in pairwise(own)), own
        assert {request.method for request in own} == {"GET"}
    for before, after in pairwise(log):
        assert after.at - before.at >= 1
