"""The download box of a built page: filled in once the kit's size and checksum are known."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from babel.numbers import format_decimal
from babel.units import format_unit
from jinja2 import Environment, FileSystemLoader

from hub import templates
from hub.page import Page
from hub.problem import HubError
from hub.templates import View

_BOX = re.compile(r"<!--hub:kit ([\w-]+)-->.*?<!--/hub:kit-->", re.S)


def fill(view: View, lesson: Page, html: Path, kit: Path, site: Path) -> None:
    """Put the kit's link, size and SHA-256 into the page's box.

    Raises `HubError` where the page has no box: then template and build have drifted apart.
    """
    env = Environment(loader=FileSystemLoader(view.project.templates), autoescape=False)
    templates.install_gettext(env, view.translations)
    content = kit.read_bytes()
    facts = {
        "href": Path(os.path.relpath(kit, html.parent)).as_posix(),
        "size": size(len(content), view.language.code),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    box = env.get_template("components/download-box/download-box.html")
    filled = box.render(kit=facts, kit_id=lesson.meta["id"])
    text, number = _BOX.subn(
        lambda found: filled[filled.index("<!--hub:kit") :], html.read_text(encoding="utf-8")
    )
    if number != 1:
        raise HubError(f"{html.name} has {number} download boxes", "see components/download-box")
    html.write_text(text, encoding="utf-8", newline="\n")


def size(number: int, code: str) -> str:
    """Bytes as the language writes them: '12.3 kB'."""
    locale = code.replace("-", "_")
    kilobytes = float(format_decimal(number / 1000, format="0.0", locale="en"))
    return str(format_unit(kilobytes, "digital-kilobyte", "short", locale=locale))
