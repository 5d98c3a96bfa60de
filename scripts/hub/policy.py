"""translations/policy.yml: which texts matter most, how much must be translated, how a language writes.

A project without the file has no thresholds, everything is of the last tier, and every language
writes Western digits. What is wrong with the file is reported at its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fnmatch import translate
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from hub import frontmatter, validation
from hub.page import section_of
from hub.problem import HubError, Problem
from hub.project import Project

DIGITS = {"latn": "0123456789", "arab": "٠١٢٣٤٥٦٧٨٩", "deva": "०१२३४५६७८९"}

_FILE = "policy.yml"
_SCHEMA = Path(__file__).parent / "schemas" / "settings" / "policy.yml"


@dataclass(frozen=True)
class Threshold:
    """Percent of English words that must be shown translated, and that somebody must have read.

    An empty `lang` or `section`, and tier 0, stand for all of them.
    """

    lang: str = ""
    section: str = ""
    tier: int = 0
    translated: float = 0.0
    reviewed: float = 0.0

    def holds_for(self, lang: str, section: str, tier: int) -> bool:
        return self.lang in ("", lang) and self.section in ("", section) and self.tier in (0, tier)


@dataclass(frozen=True)
class Policy:
    """`tiers` in the order of the file, each with its patterns; names and quotes by language code."""

    tiers: tuple[tuple[int, tuple[str, ...]], ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    digits_by_lang: dict[str, str] = field(default_factory=dict)
    quotes_by_lang: dict[str, tuple[str, str]] = field(default_factory=dict)
    reviewers_by_lang: dict[str, tuple[str, ...]] = field(default_factory=dict)
    review_months: int = 0

    def tier(self, place: str) -> int:
        """The tier of a place such as 'teach/index.md#title', or of a catalog such as 'ui'."""
        page, _, _ = place.partition("#")
        for number, pages, places in self._tier_forms:
            if pages.match(page) or places.match(place):
                return number
        return self.last_tier

    @cached_property
    def _tier_forms(self) -> tuple[tuple[int, re.Pattern[str], re.Pattern[str]], ...]:
        """Each tier with what its pages look like, and its parts of pages."""
        return tuple(
            (number, _any(p for p in found if "#" not in p), _any(p for p in found if "#" in p))
            for number, found in self.tiers
        )

    @property
    def last_tier(self) -> int:
        return max((number for number, _ in self.tiers), default=1)

    def threshold(self, lang: str, section: str, tier: int) -> Threshold:
        """The last line of the file that fits: particular lines stand below general ones."""
        fitting = [t for t in self.thresholds if t.holds_for(lang, section, tier)]
        return fitting[-1] if fitting else Threshold()

    def digits(self, lang: str) -> str:
        """The CLDR name of the digits a language writes here: 'latn', 'arab' or 'deva'."""
        return self.digits_by_lang.get(lang, "latn")

    def quotes(self, lang: str) -> tuple[str, str] | None:
        """Opening and closing marks, or None where anything goes."""
        return self.quotes_by_lang.get(lang)

    def expired(self, today: date) -> str:
        """The month ('2024-11') before which a reading no longer counts; '' where it counts for ever."""
        if self.review_months <= 0:
            return ""
        year, month = divmod(today.year * 12 + today.month - 1 - self.review_months, 12)
        return f"{year:04}-{month + 1:02}"

    def reviewers(self, lang: str) -> tuple[str, ...]:
        """Who may approve; nobody named means that anybody may."""
        return self.reviewers_by_lang.get(lang, ())


def load(project: Project) -> Policy:
    """The project's policy. Raises `HubError` with file and line where the file is wrong."""
    data, problems = _read(project)
    if problems:
        first = min(problems)
        raise HubError(f"{first.file}:{first.line}: {first.message}", first.hint)
    languages = data.get("languages") or {}
    reviewers = data.get("reviewers") or {}
    return Policy(
        tiers=tuple((number, tuple(ps)) for number, ps in (data.get("tiers") or {}).items()),
        thresholds=tuple(Threshold(**line) for line in data.get("thresholds") or ()),
        digits_by_lang={code: own["digits"] for code, own in languages.items() if "digits" in own},
        quotes_by_lang={
            code: (own["quotes"][0], own["quotes"][1])
            for code, own in languages.items()
            if "quotes" in own
        },
        reviewers_by_lang={code: tuple(names or ()) for code, names in reviewers.items()},
        review_months=data.get("review_months") or 0,
    )


def check(project: Project) -> list[Problem]:
    """Everything that is wrong with the file, at its lines; nothing where there is no file."""
    return _read(project)[1]


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(translate, patterns)) or "(?!)")


def _read(project: Project) -> tuple[dict[str, Any], list[Problem]]:
    file = project.translations / _FILE
    if not file.exists():
        return {}, []
    where = project.relative(file)
    try:
        read = frontmatter.parse_file(file.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        return {}, [Problem(where, line, "policy", "not UTF-8", "save the file as UTF-8")]
    except frontmatter.FrontMatterError as error:
        return {}, [Problem(where, error.line, "policy", str(error))]
    problems = list(validation.problems(read, _schema(), where, "the policy"))
    if not problems:
        for path, message, hint in _unknown(read.data, project):
            line = read.lines.get(path, 1)
            problems.append(Problem(where, line, "policy", message, hint))
    return read.data, problems


def _unknown(data: dict[str, Any], project: Project) -> Iterator[tuple[str, str, str]]:
    """(path, message, hint) for each language, section and tier that there is not."""
    codes = project.declared - {project.source.code}
    named = [
        (f"{key}.{code}", code)
        for key in ("languages", "reviewers")
        for code in data.get(key) or ()
    ]
    sections = {
        section_of(p.relative_to(project.docs).as_posix()) for p in project.docs.rglob("*.md")
    }
    for index, line in enumerate(data.get("thresholds") or ()):
        path = f"thresholds.{index}"
        if "lang" in line:
            named.append((f"{path}.lang", line["lang"]))
        if "tier" in line and line["tier"] not in (data.get("tiers") or {}):
            yield f"{path}.tier", f"there is no tier {line['tier']}", "tiers stand under `tiers:`"
        if "section" in line and line["section"] not in sections | {"ui", "data"}:
            hint = "there are: " + ", ".join(sorted(sections | {"ui", "data"}))
            yield f"{path}.section", f"there is no section '{line['section']}'", hint
    for path, code in named:
        if code not in codes:
            hint = "one of: " + ", ".join(sorted(codes))
            yield path, f"no language '{code}' to translate into", hint


@cache
def _schema() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(_SCHEMA.read_text(encoding="utf-8"))
    return loaded
