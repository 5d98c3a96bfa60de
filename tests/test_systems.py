"""The 44 systems of the report of 2010 and 30 features: each row of docs/contributing/systems.md that works is proved on the built site."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from conftest import ROOT
from hub.project import Project
from systems import campaigns, experts, features, framework, knowledge
from systems.site import PROOFS, Site

TABLE = ROOT / "docs" / "contributing" / "systems.md"
ROWS = [f"S{n:02}" for n in range(1, 45)] + [f"F{n:02}" for n in range(1, 31)]
WAITS_FOR = {"downloads", "reader site", "translations"}
MODULES = (framework, campaigns, knowledge, experts, features)


@dataclass(frozen=True)
class Row:
    """A line of the table; `page` is an address from the site's root."""

    id: str
    name: str
    page: str
    state: str
    test: str
    note: str

    @property
    def works(self) -> bool:
        return self.state == "works"


def table() -> list[Row]:
    rows = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if re.match(r"\| [SF]\d", line):
            row, name, page, state, test, note = (
                cell.strip() for cell in line.strip("|").split("|")
            )
            link = re.fullmatch(r"\[[^\]]+\]\(\.\./([a-z0-9/-]+)\.md\)", page)
            assert link, f"{row}: {page} is no link to a page"
            rows.append(Row(row, name, f"{link[1]}.html", state, test, note))
    return rows


TABLE_ROWS = {row.id: row for row in table()}
WORKING = [row for row in TABLE_ROWS.values() if row.works]


@pytest.fixture(scope="module")
def hub(request: pytest.FixtureRequest, project: Project) -> Site:
    """The whole site; while proofs are written, HUB_SITE names one that is built already."""
    built = os.environ.get("HUB_SITE")
    return Site.of(Path(built) if built else request.getfixturevalue("site"), project)


def test_every_system_and_feature_stands_once_and_in_order() -> None:
    assert [row.id for row in table()] == ROWS


def test_every_row_has_a_page_and_a_name(project: Project) -> None:
    for row in TABLE_ROWS.values():
        assert (project.docs / row.page).with_suffix(".md").is_file(), row
        assert row.name and not row.name.endswith(".")


def test_a_row_works_or_says_what_it_waits_for() -> None:
    for row in TABLE_ROWS.values():
        if not row.works:
            waits, _, what = row.state.partition(": ")
            assert waits == "waits" and what in WAITS_FOR, row
            assert row.note, f"{row.id} waits and does not say for what exactly"


def test_a_row_is_proved_if_and_only_if_it_works() -> None:
    assert sorted(PROOFS) == sorted(row.id for row in WORKING)
    assert {proof.__module__ for proof in PROOFS.values()} == {m.__name__ for m in MODULES}


def test_the_table_names_the_tests_there_are() -> None:
    for row in TABLE_ROWS.values():
        named = re.findall(r"`([a-z0-9_.:]+)`", row.test)
        if row.works:
            assert named[0] == PROOFS[row.id].__name__, row.id
        for name in named[1:] if row.works else named:
            file, _, test = name.partition("::")
            text = (ROOT / "tests" / file).read_text(encoding="utf-8")
            assert f"def {test}(" in text, f"{row.id}: no {name}"


@pytest.mark.parametrize("row", WORKING, ids=lambda row: row.id)
def test_what_works_does_so_on_the_built_site(hub: Site, row: Row) -> None:
    PROOFS[row.id](hub, row.page)


@pytest.mark.parametrize("row", WORKING, ids=lambda row: row.id)
def test_a_page_without_a_body_fails_its_row(hub: Site, row: Row) -> None:
    """No proof rests on menus, front matter or files alone."""
    with pytest.raises(AssertionError):
        PROOFS[row.id](hub.without(row.page), row.page)


@pytest.mark.browser
def test_what_promises_to_fit_paper_fits(browser: Browser, hub: Site) -> None:
    """S12: two sides; S19: the checklist on one; S37: one."""
    promised = {
        "teach/action-week.html": ("article", 2),
        "campaign/big-events.html": ("#checklist ~ .hub-table", 1),
        "network/first-contact-card.html": ("article", 1),
    }
    page = browser.new_page(viewport={"width": 688, "height": 1017})
    page.emulate_media(media="print")
    for path, (selector, sides) in promised.items():
        page.goto((hub.root / path).as_uri())
        box = page.locator(selector).first.bounding_box()
        assert box is not None and 0 < box["height"] <= sides * 1017, (path, box)
    page.close()
