"""Kits: each lesson in each language as one ZIP, made from the built pages and nothing else.

Phase 2 of a build. Reads only `<article data-hub>` of the HTML on disk, so a kit never depends on the
page's own download box, which is filled in afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hub.compose import compose
from hub.downloads import archive, box, onefile
from hub.page import Page
from hub.problem import HubError
from hub.project import Language, Project
from hub.search import stemmer
from hub.templates import View
from hub.texts import Translations

#: Which printed parts go to pupils. The key never does.
PUPILS = ("pupil-sheet", "exit-ticket")


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
    parts = {
        str(page.meta["part"]): page
        for page in pages
        if page.type == "lesson-part" and page.meta.get("lesson") == lesson.meta["id"]
    }
    pupils = [parts[name] for name in PUPILS if name in parts]
    teacher = [lesson, *(page for name, page in sorted(parts.items()) if name not in PUPILS)]
    document = onefile.Builder(project, view, site)
    files = {
        "teacher.html": document.build(teacher),
        "pupils.html": document.build(pupils),
        "LICENCE.txt": _licence(project),
        "LICENCES.txt": stemmer.licences(language.code).encode(),
    }
    for page in [*teacher, *pupils]:
        composed = compose(page.source, view.translations.of(page.section))
        files[f"source/{Path(page.path).name}"] = composed.text.encode()
    target = site / "downloads" / language.code / f"{slug}.zip"
    archive.write(target, f"{slug}-{language.code}", files)
    box.fill(view, lesson, site / view.url(lesson.path), target, site)


def _licence(project: Project) -> bytes:
    file = project.root / "LICENSES" / "CC-BY-SA-4.0.txt"
    head = f"{project.site_name} contributors, CC BY-SA 4.0 (SPDX: CC-BY-SA-4.0)\n\n"
    return (head + (file.read_text(encoding="utf-8") if file.exists() else "")).encode()
