"""What is published beside the pages, a language at a time: styles, scripts, tables, calendars, forms."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from hub import ages, campaign, figures, lessons, templates
from hub.authoring import publish as forms
from hub.handbook import Handbook
from hub.library import publish as library
from hub.library.days import build_time
from hub.templates import View


def write(view: View, handbook: Handbook, site: Path) -> None:
    """All files but the pages, the kits and the search; those of no language with the source language."""
    folder = view.project.templates
    scripts = {f"assets/{name}": text for name, text in templates.scripts(folder).items()}
    texts = {"assets/hub.css": templates.styles(folder), **scripts}
    texts |= lessons.files(view) | handbook.files() | figures.files(view.project)
    if view.language.is_source:
        texts["about/status.json"] = ages.as_json(view.pages.values(), build_time().date())
        forms.write(site)
    library.write(view, site)
    host = urlsplit(view.project.site_url).hostname or "knowledge-hub.invalid"
    entries = [*view.entries("campaign-kit"), *view.entries("calendar")]
    files = {name: text.encode() for name, text in texts.items()}
    for name, data in {**files, **campaign.files(entries, view.language.code, host)}.items():
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
