"""The empty forms as files of the built site, to take away: Markdown and a word processor's."""

from __future__ import annotations

from pathlib import Path

from hub.authoring import form, word

#: Below the site's root.
FOLDER = "downloads/forms"


def write(site: Path) -> None:
    """downloads/forms/<kind>.md and .docx for every form."""
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for kind in form.FOLDERS:
        made = form.load(kind)
        (folder / f"{kind}.md").write_text(made.text, encoding="utf-8", newline="\n")
        (folder / f"{kind}.docx").write_bytes(word.write(made))
