"""Kits: each lesson in each language as one ZIP, made from the built pages and nothing else.

Phase 2 of a build. Reads only `<article data-hub>` of the HTML on disk, so a kit never depends on the
page's own download box, which is filled in afterwards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from hub import figures
from hub.compose import compose
from hub.downloads import archive, onefile, place
from hub.page import Page
from hub.problem import HubError
from hub.project import Language, Project
from hub.search import stemmer
from hub.templates import View
from hub.texts import Translations

#: Which printed parts go to whom. The key never goes to pupils.
_PARTS = {
    "teacher.html": ("answer-key",),
    "pupils.html": ("pupil-sheet", "exit-ticket"),
    "families.html": ("home-letter",),
}
#: Pages that every kit brings along: what to do when a pupil tells something, a lesson for the day
#: on which this one must not be taught.
_ALWAYS = {"teacher.html": "teach/before-you-teach.md", "calm-lesson.html": "teach/calm-lesson.md"}


def make(
    project: Project,
    pages: list[Page],
    site: Path,
    languages: Sequence[str] | None = None,
    slug: str | None = None,
) -> int:
    """Write site/downloads/<language>/<slug>.zip for every lesson; the number written.

    Raises `HubError` where the site is not built, or there is no lesson `slug`.
    """
    lessons = [page for page in pages if page.type == "lesson"]
    chosen = [page for page in lessons if slug in (None, Path(page.path).stem)]
    if slug is not None and not chosen:
        names = ", ".join(sorted(Path(page.path).stem for page in lessons))
        raise HubError(f"there is no lesson '{slug}'", f"there are: {names}")
    made = 0
    for language in project.languages:
        if languages is not None and language.code not in languages:
            continue
        for lesson in chosen:
            _make_one(project, language, lesson, pages, site)
            made += 1
    return made


def _make_one(
    project: Project, language: Language, lesson: Page, pages: list[Page], site: Path
) -> None:
    view = View(project, language, Translations(project, language.code), pages)
    slug = Path(lesson.path).stem
    documents = _documents(lesson, pages)
    builder = onefile.Builder(project, view, site, documents)
    files = {name: builder.build(name) for name in documents}
    files["LICENCE.txt"] = _licence(project)
    files["LICENCES.txt"] = stemmer.licences(language.code).encode()
    for page in [page for document in documents.values() for page in document]:
        composed = compose(page.source, view.translations.of(page.section))
        files[f"source/{Path(page.path).name}"] = composed.text.encode()
    if wanted := lesson.meta.get("figures"):
        chosen = [view.figures[name] for name in wanted]
        files["figures.csv"] = figures.as_csv(chosen).encode()
    target = site / "downloads" / language.code / f"{slug}.zip"
    archive.write(target, f"{slug}-{language.code}", files)
    html, content = site / view.url(lesson.path), target.read_bytes()
    kit = {
        "href": place.address(target, html),
        "size": view.formats.kilobytes(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    place.fill(view, html, "components/download-box/download-box.html", kit=kit)


def _documents(lesson: Page, pages: list[Page]) -> dict[str, list[Page]]:
    """File names of a kit and the pages in each, the lesson first."""
    parts = {
        str(page.meta["part"]): page
        for page in pages
        if page.type == "lesson-part" and page.meta.get("lesson") == lesson.meta["id"]
    }
    documents = {
        name: [parts[part] for part in names if part in parts] for name, names in _PARTS.items()
    }
    documents["teacher.html"].insert(0, lesson)
    by_path = {page.path: page for page in pages}
    for name, path in _ALWAYS.items():
        if path in by_path:
            documents.setdefault(name, []).append(by_path[path])
    return {name: found for name, found in documents.items() if found}


def _licence(project: Project) -> bytes:
    file = project.root / "LICENSES" / "CC-BY-SA-4.0.txt"
    head = f"{project.site_name} contributors, CC BY-SA 4.0 (SPDX: CC-BY-SA-4.0)\n\n"
    return (head + (file.read_text(encoding="utf-8") if file.exists() else "")).encode()
