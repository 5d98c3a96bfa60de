"""Every kind of fault in the bench's list is found, by its rule and in its line, and nothing else is."""

from __future__ import annotations

import gzip
import os
import pty
import subprocess
import sys
import tracemalloc
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import ROOT
from hub.bench import plant, website
from hub.checks import links
from hub.checks.links import crawl
from hub.checks.links.rules import RULES
from hub.problem import HubError, Problem
from hub.project import Project

LEAST = 250


@pytest.fixture(scope="module")
def made(project: Project, tmp_path_factory: pytest.TempPathFactory) -> website.Website:
    return website.make(project, tmp_path_factory.mktemp("kinds"), 150)


def test_clean_site_then_every_fault(made: website.Website) -> None:
    assert inside(made, links.check(made.root, website.ADDRESS).problems) == []

    planted = plant.plant(made, plant.kinds())
    problems = inside(made, links.check(made.root, website.ADDRESS).problems)

    assert len(planted) >= LEAST
    missed = [fault for fault in planted if not any(map(fault.reported, problems))]
    assert missed == []
    asked = {problem for fault in planted for problem in problems if fault.reported(problem)}
    false = [p for p in problems if p not in asked and not any(f.follows(p) for f in planted)]
    assert false == []


def test_kinds_ask_for_rules_that_there_are() -> None:
    asked = Counter(kind["rule"] for kind in plant.kinds())

    assert asked.keys() <= RULES.keys()
    assert len(asked) >= 90


def inside(site: website.Website, problems: list[Problem]) -> list[Problem]:
    root = f"{site.root}/"
    return [replace(problem, file=problem.file.removeprefix(root)) for problem in problems]


def page(text: str, lang: str = "en") -> str:
    head = f'<!doctype html><html lang="{lang}"><head><title>x</title></head><body>'
    return f"{head}{text}</body></html>\n"


def checked(folder: Path, content: bytes | str) -> list[Problem]:
    """The problems of a page, beside one that is sound."""
    data = content if isinstance(content, bytes) else content.encode()
    (folder / "index.html").write_bytes(data)
    (folder / "other.html").write_text(page('<p id="a"><a href="index.html">x</a>'))
    found = links.check(folder).problems
    return [p for p in found if p.file == str(folder / "index.html")]


def rules(problems: list[Problem]) -> set[str]:
    return {problem.rule for problem in problems}


def test_page_cut_in_the_middle(tmp_path: Path) -> None:
    found = checked(tmp_path, page('<a href="gone.html">x</a>')[:-15] + "<p>\n<a hre")

    assert rules(found) == {"link", "page-cut"}


@pytest.mark.parametrize(
    "end",
    ["<!-- <a href='x'></html>\n<p>", "<script>var a = '<a href=", "<style>a { b", "<textarea>x"],
)
def test_page_cut_within_something_that_must_be_closed(tmp_path: Path, end: str) -> None:
    found = checked(tmp_path, page('<a href="other.html">x</a>')[:-15] + "<p>\n" + end)

    assert [(p.rule, p.line) for p in found] == [("page-cut", 2 + end.count("\n"))]


def test_page_cut_between_two_elements_where_others_are_whole(tmp_path: Path) -> None:
    linked = "".join(f'<a href="p{n}.html">x</a>' for n in range(9))
    for n in range(9):
        (tmp_path / f"p{n}.html").write_text(page('<a href="index.html">x</a>'))

    found = checked(tmp_path, page(f'{linked}<a href="other.html">x</a>\n<p>x</p>')[:-15])

    assert [(p.rule, p.line) for p in found] == [("page-cut", 2)]


def test_page_cut_within_a_letter(tmp_path: Path) -> None:
    cut = page('<a href="other.html">x</a><p>\u4eba').encode().partition("\u4eba".encode())[0]

    assert rules(checked(tmp_path, cut + b"\xe4\xba")) == {"page-encoding"}


def test_page_of_50_megabytes(tmp_path: Path) -> None:
    found = checked(
        tmp_path, page("<p>words and words</p>\n" * 2_300_000 + '<a href="gone.html">x</a>')
    )

    assert [(p.rule, p.line) for p in found] == [("link", 2_300_001)]


def test_200_000_links_on_a_page(tmp_path: Path) -> None:
    many = "".join(f'<a href="other.html#{n}">{n}</a>\n' for n in range(200_000))
    result = links_of(tmp_path, page(many + '<a href="other.html#a">x</a>'))

    assert result.links == 200_002
    assert len(result.problems) == 200_000


def links_of(folder: Path, content: str) -> links.Result:
    (folder / "index.html").write_text(content)
    (folder / "other.html").write_text(page('<p id="a"><a href="index.html">x</a>'))
    return links.check(folder, only=["links", "anchors"])


def test_100_000_links_that_are_all_nearly_right(tmp_path: Path) -> None:
    """Hints end where nobody would read them all: else each link would be held against each id."""
    many = "".join(f'<p id="part-{n}"><a href="#part-{n}x">x</a>\n' for n in range(100_000))

    result = links_of(tmp_path, page(many + '<a href="other.html">x</a>'))

    assert len(result.problems) == 100_000
    assert len([p for p in result.problems if p.hint.startswith("did you mean")]) < 10_000


def test_20_000_links_to_pages_that_are_nearly_there(tmp_path: Path) -> None:
    for n in range(1_000):
        (tmp_path / f"lesson-{n}.html").write_text(page(""))
    many = "".join(f'<a href="lessom-{n}.html">x</a>\n' for n in range(20_000))

    assert len(links_of(tmp_path, page(many)).problems) == 20_000


@pytest.mark.parametrize(
    "srcset", ["," * 1_000_000, "a," * 500_000, " ," * 500_000, "a " * 500_000]
)
def test_srcset_of_a_megabyte(tmp_path: Path, srcset: str) -> None:
    found = checked(tmp_path, page(f'<a href="other.html">x</a><img alt="" srcset="{srcset}">'))

    assert rules(found) <= {"srcset"}


def test_style_of_a_megabyte(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("/*" * 500_000 + "url(" * 100_000 + '@import "' * 50_000)

    assert (
        checked(tmp_path, page('<link rel="stylesheet" href="a.css"><a href="other.html">x</a>'))
        == []
    )


def test_sitemap_that_unpacks_without_end(tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml").write_text("<urlset></urlset>")
    (tmp_path / "sitemap.xml.gz").write_bytes(gzip.compress(bytes(100_000_000), 1))
    checked(tmp_path, page('<a href="other.html">x</a>'))
    tracemalloc.start()

    found = links.check(tmp_path, only=["lists"]).problems

    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
    assert rules(found) >= {"sitemap-copy"}


def test_address_of_a_megabyte_is_shown_by_its_ends(tmp_path: Path) -> None:
    (found,) = checked(
        tmp_path, page(f'<a href="{"x/" * 500_000}gone.html">x</a><a href="other.html">x</a>')
    )

    assert len(found.message) < 1_100
    assert found.message.endswith("gone.html' does not exist")


def test_nested_10_000_deep(tmp_path: Path) -> None:
    deep = (
        "<div>" * 10_000 + '<a href="gone.html">x</a><a href="other.html">y</a>' + "</div>" * 10_000
    )

    assert rules(checked(tmp_path, page(deep))) == {"link"}


@pytest.mark.parametrize("data", ["[" * 100_000, '{"a":' * 100_000, '"\\ud800"'])
def test_json_that_nobody_can_read(tmp_path: Path, data: str) -> None:
    found = checked(tmp_path, page(f'<script type="application/ld+json">{data}</script>'))

    assert rules(found) <= {"json-ld-syntax"}


def test_wrong_encoding(tmp_path: Path) -> None:
    assert rules(checked(tmp_path, page("<p>caf\u00e9</p>").encode("latin-1"))) == {"page-encoding"}


def test_declared_encoding_is_no_fault(tmp_path: Path) -> None:
    declared = page('<meta charset="iso-8859-1"><p>caf\u00e9</p>').encode("latin-1")

    assert checked(tmp_path, declared) == []


def test_nul_bytes(tmp_path: Path) -> None:
    found = checked(tmp_path, page('<p>a\0b</p>\n<a href="a\0b.html">x</a>'))

    assert "page-encoding" in rules(found)


def test_data_address_of_5_megabytes(tmp_path: Path) -> None:
    assert (
        checked(tmp_path, page(f'<img alt="" src="data:image/png;base64,{"A" * 5_000_000}">')) == []
    )


def test_links_back_up_end(tmp_path: Path) -> None:
    """A folder that holds a link to itself, one to a folder that is not there, and two to each other."""
    (tmp_path / "a").mkdir()
    os.symlink(tmp_path, tmp_path / "a" / "up")
    os.symlink("nowhere", tmp_path / "a" / "gone")
    os.symlink("two", tmp_path / "one")
    os.symlink("one", tmp_path / "two")

    assert checked(tmp_path, page('<a href="a/gone">x</a>'))[0].rule == "link"


def test_folder_that_may_not_be_read_or_holds_no_page(tmp_path: Path) -> None:
    (tmp_path / "index.txt").write_text("x")

    for folder in (tmp_path, tmp_path / "nowhere", tmp_path / "index.txt"):
        with pytest.raises(HubError):
            links.check(folder)


def test_on_a_terminal_it_says_what_it_is_at(tmp_path: Path) -> None:
    """One line, wiped away at the end; a pipe sees nothing of it (see the cases)."""
    (tmp_path / "index.html").write_text(page('<a href="index.html">x</a>'))
    ours, its = pty.openpty()

    command = [
        sys.executable,
        str(ROOT / "scripts"),
        "links",
        "--site",
        str(tmp_path),
        "--no-cache",
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=its, cwd=ROOT, check=True)
    os.close(its)
    said = os.read(ours, 10_000).decode()
    os.close(ours)

    assert done.stdout.decode() == "checked 1 link on 1 page: no problems\n"
    assert said.startswith("\r\033[Klooking at files …\r\033[Kreading 1 page …\r\033[K")
    assert said.endswith("…\r\033[K")


def test_second_run_reads_only_what_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, kept = tmp_path / "site", tmp_path / "cache"
    site.mkdir()
    for name in ("index", "a", "b"):
        (site / f"{name}.html").write_text(page('<a href="gone.html">x</a>' + name))
    first = links.check(site, cache=kept)
    read: list[bytes] = []
    plain = crawl.reader.read
    monkeypatch.setattr(
        crawl.reader, "read", lambda data, all_: read.append(data) or plain(data, all_)
    )

    assert links.check(site, cache=kept) == first
    assert read == []
    (site / "a.html").write_text(page('<a href="index.html">x</a>'))
    second = links.check(site, cache=kept)
    assert len(read) == 1
    broken = [{p.file for p in r.problems if p.rule == "link"} for r in (first, second)]
    assert broken[0] - broken[1] == {str(site / "a.html")}


def test_one_process_finds_what_two_find(
    made: website.Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = links.check(made.root, website.ADDRESS)
    monkeypatch.setattr(crawl, "_MUCH", 1 << 40)

    assert links.check(made.root, website.ADDRESS) == two


def test_every_rule_is_used() -> None:
    """A name in the list that no check reports would be a promise that nobody keeps."""
    folder = Path(links.__file__).parent
    code = "\n".join(f.read_text("utf-8") for f in folder.glob("*.py") if f.name != "rules.py")

    assert [name for name in RULES if f'"{name}"' not in code and not made_up(name)] == []


def made_up(name: str) -> bool:
    """Put together from parts: 'download-' and a kind."""
    return name.startswith("download-")
