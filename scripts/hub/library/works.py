"""What is cited of a page: a publication by its own title, and the address of a page of ours."""

from __future__ import annotations

from hub.library.citations import Citation
from hub.project import Project
from hub.templates import Entry

_CSL = {"film": "motion_picture", "report": "report", "treaty": "treaty"}
_LOCAL = ("://localhost", "://127.0.0.1", "://[::1]")


def public_address(project: Project, url: str) -> str:
    """The whole address of a file of the site; '' where the site's own is only this machine's."""
    root = project.site_url.rstrip("/")
    if not root or any(local in root for local in _LOCAL):
        return ""
    return f"{root}/{url.removesuffix('index.html')}"


def work(entry: Entry) -> Citation:
    """What is catalogued, in its own words: those are never translated."""
    meta = entry.page.meta
    languages = meta.get("languages") or ["en"]
    return Citation(
        id=str(meta["id"]),
        kind=_CSL.get(str(meta["form"]), "book"),
        title=str(meta["title_original"]),
        authors=tuple(str(name) for name in meta["issued_by"]),
        issued=str(meta.get("year", "")),
        language=str(languages[0]),
        isbn=str(meta.get("isbn", "")),
        number=str(meta.get("sales_no", "")),
        pages=int(meta.get("pages", 0)),
    )
