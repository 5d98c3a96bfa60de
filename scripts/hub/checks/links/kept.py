"""What came of whole runs, each kept under a digest of all that it was made from.

Where nothing has changed, nothing is read for links and nothing judged. Contents decide, not times and
sizes: a checkout makes all files new, and an edit may leave the size as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from hub.cache import Cache, digest, of_code
from hub.checks.links import tree
from hub.checks.links.fault import Fix
from hub.checks.links.result import Result
from hub.checks.links.tree import Tree
from hub.problem import Problem
from hub.project import Project

#: Only what came of all checks is kept.
_ALL = "all"


class Kept:
    """What came of one run of all checks: on the files of `site`, which was `named` so."""

    def __init__(
        self,
        cache: Cache,
        site: Tree,
        named: Path,
        base_url: str,
        project: Project | None,
    ) -> None:
        self.cache, self.name = cache, f"{site.place}/{_ALL}"
        sources = (project.docs, project.translations, project.templates) if project else ()
        self.trees = [site, *map(tree.everything, sources)]
        parts = [of_code(), str(named), base_url, *map(_files, self.trees)]
        self.key = digest(*parts, *(_settings(project) if project else ()))

    def get(self) -> Result | None:
        """What came of it when all was as it is now, else None."""
        found = self.cache.get(self.name, self.key)
        try:
            return _result(**found) if isinstance(found, dict) else None
        except (TypeError, ValueError):
            return None

    def put(self, result: Result) -> None:
        """Keep what came of it, unless a file has changed meanwhile."""
        if not all(files.is_as_it_was() for files in self.trees):
            return
        fixes = [[_row(fix.problem), *fix[1:]] for fix in result.fixes]
        problems = [_row(problem) for problem in result.problems]
        self.cache.put(self.name, self.key, {**vars(result), "problems": problems, "fixes": fixes})


def _result(problems: list[Any], fixes: list[Any], **counts: Any) -> Result:
    mended = tuple(Fix(Problem(*row), *rest) for row, *rest in fixes)
    return Result([Problem(*row) for row in problems], fixes=mended, **counts)


def _row(problem: Problem) -> list[Any]:
    return list(vars(problem).values())


def _settings(project: Project) -> Iterator[str]:
    """What mkdocs.yml came to, with what the environment gave it."""
    settings = {field.name: getattr(project, field.name) for field in fields(project)}
    settings["declared"] = sorted(project.declared)
    settings["excluded"] = [
        (rule.include, getattr(rule.regex, "pattern", None)) for rule in project.excluded.patterns
    ]
    yield repr(settings)
    yield project.config_file.read_text(encoding="utf-8")


def _files(files: Tree) -> str:
    contents = (part for pair in files.digests.items() for part in pair)
    return digest(str(len(files.folders)), *sorted(files.folders), *contents)
