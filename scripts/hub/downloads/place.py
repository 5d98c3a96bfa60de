"""Places in built pages for what is known only once files are made: a kit's size, the link to a document."""

from __future__ import annotations

import os
import re
from pathlib import Path

from hub import templates
from hub.problem import HubError
from hub.templates import View

_PLACE = re.compile(r"<!--hub:([a-z]+)-->.*?<!--/hub:\1-->", re.S)


def fill(view: View, page: Path, component: str, **facts: object) -> None:
    """Render a component with `facts` into a built page, where its two marks stand.

    Raises `HubError` where the page has not one such place: then template and build have drifted apart.
    """
    part = templates.environment(view).get_template(component).render(facts)
    filled = _PLACE.search(part)
    assert filled, f"{component} has no two marks"
    text = page.read_text(encoding="utf-8")
    places = [found for found in _PLACE.finditer(text) if found[1] == filled[1]]
    if len(places) != 1:
        message = f"{page.name} has {len(places)} places for '{filled[1]}'"
        raise HubError(message, f"see {component}")
    text = text[: places[0].start()] + filled[0] + text[places[0].end() :]
    page.write_text(text, encoding="utf-8", newline="\n")


def address(file: Path, page: Path) -> str:
    """Where a file stands, as a page beside it writes it."""
    return Path(os.path.relpath(file, page.parent)).as_posix()
