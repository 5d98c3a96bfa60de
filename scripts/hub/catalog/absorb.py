"""Translations back into catalogs: from Markdown pages, from another PO file, from XLIFF.

Nothing is taken from a page that is built differently from the English one. What is exported and
absorbed again changes no byte of any catalog.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hub import catalog, frontmatter, segment, texts
from hub.catalog import Catalog, acceptance, exchange
from hub.catalog.acceptance import Found
from hub.catalog.exchange import Unfit
from hub.catalog.message import Key
from hub.page import Page
from hub.problem import HubError, Problem, exit_code
from hub.project import Project
from hub.segment import Segment

#: Kinds whose translation may hold no letter ('2009'): then it is no segment of the page any more.
_MAY_VANISH = ("cell", "html", "caption", "front-matter")


@dataclass
class Absorbed:
    """The catalogs' new texts, how many translations are new, and why some cannot be taken."""

    files: dict[Path, str] = field(default_factory=dict)
    count: int = 0
    problems: list[Problem] = field(default_factory=list)


def absorb(project: Project, pages: Iterable[Page], lang: str, source: Path) -> Absorbed:
    """What `source` brings: a folder of Markdown or of .po and .xlf files, or one such file.

    Raises `CatalogError` where a catalog of ours cannot be read, `HubError` where there is nothing.
    """
    files = [source] if source.is_file() else sorted(p for p in source.rglob("*") if p.is_file())
    if not any(file.suffix in (".md", ".po", ".xlf") for file in files):
        where = project.relative(source)
        raise HubError(f"nothing to absorb in {where}", "it holds no .md, .po or .xlf file")
    folder = source.parent if source.is_file() else source
    known = {page.path: page for page in pages}
    own = {
        section: catalog.read(texts.path_of(project, lang, section))
        for section in texts.sources(project, known.values())
    }
    result = Absorbed()
    found: list[Found] = []
    for file in files:
        try:
            if file.suffix == ".md":
                found += _from_page(project, known, own, lang, file, folder)
            elif file.suffix in (".po", ".xlf"):
                found += _from_pairs(project, own, lang, file, result.problems)
        except Unfit as error:
            where = project.relative(file)
            hint = error.hint or "keep the blocks, ids, links and markers of the English page"
            rule = "absorb" if error.hint else "structure"
            result.problems.append(Problem(where, error.line, rule, str(error), hint, lang=lang))
    return _collected(project, own, lang, found, result)


def _from_page(
    project: Project,
    pages: Mapping[str, Page],
    own: Mapping[str, Catalog],
    lang: str,
    file: Path,
    folder: Path,
) -> Iterator[Found]:
    path = file.relative_to(folder).as_posix()
    path = path if path in pages else path.replace(f".{lang}.md", ".md")
    if path not in pages:
        close = difflib.get_close_matches(path, pages, 1)
        raise Unfit(0, "no English page " + path + (f"; near: {close[0]}" if close else ""))
    page = pages[path]
    try:
        theirs = segment.parse(file.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Unfit(file.read_bytes()[: error.start].count(b"\n") + 1, "not UTF-8") from error
    except frontmatter.FrontMatterError as error:
        raise Unfit(error.line, str(error)) from error
    translation = own[page.section].translation
    for ours, other in _aligned(segment.parse(page.source), theirs, project, page):
        unchanged = ours.put(translation(ours.key)).strip(" \t")
        if other.raw != unchanged and other.text != ours.text:
            yield Found(page.section, ours.key, other.text, project.relative(file), other.line)


def _aligned(
    ours: list[str | Segment], theirs: list[str | Segment], project: Project, page: Page
) -> Iterator[tuple[Segment, Segment]]:
    """Each English segment with its translation; what stands between two must be the same in both."""
    between, wanted = _split(ours)
    other_between, got = _split(theirs)
    where = project.where(page.path)
    at = 0
    for number, text in enumerate(other_between):
        line = got[min(number, len(got) - 1)].line if got else 1
        pattern = re.escape(between[at])
        while not re.fullmatch(pattern, text):
            if at == len(wanted) or wanted[at].kind not in _MAY_VANISH:
                beside = wanted[min(at, len(wanted) - 1)].line if wanted else 1
                raise Unfit(line, f"built differently from {where}:{beside}")
            at += 1
            pattern += r"[\W\d_]*?" + re.escape(between[at])
        if number == len(got):
            break
        if at == len(wanted) or (wanted[at].kind, wanted[at].where) != (
            got[number].kind,
            got[number].where,
        ):
            raise Unfit(line, f"has a {got[number].kind} that {where} does not have")
        yield wanted[at], got[number]
        at += 1
    if at != len(wanted):
        raise Unfit(line, f"ends before {where}:{wanted[at].line}")


def _split(nodes: list[str | Segment]) -> tuple[list[str], list[Segment]]:
    """The texts between segments (one more than there are segments), spaces and rules made equal."""
    between, found = [""], []
    for node in nodes:
        if isinstance(node, Segment):
            found.append(node)
            between.append("")
        else:
            between[-1] += node
    return [re.sub(r"-{3,}", "---", " ".join(text.split())) for text in between], found


def _from_pairs(
    project: Project,
    own: Mapping[str, Catalog],
    lang: str,
    file: Path,
    problems: list[Problem],
) -> Iterator[Found]:
    """A file named after a catalog serves that one; any other serves every catalog that holds the text."""
    where = project.relative(file)
    read = exchange.read_po if file.suffix == ".po" else exchange.read_xliff
    for pair in read(file, lang):
        sections = [name for name, entries in own.items() if pair.key in entries.entries]
        sections = [file.stem] if file.stem in sections else sections
        if not sections:
            message = f"no page has this text any more: {pair.key[1][:60]}"
            hint = "run `catalog todo` again and carry the translation over"
            problems.append(
                Problem(where, pair.line, "absorb", message, hint, "warning", lang=lang)
            )
        for section in sections:
            entry = own[section].entries[pair.key]
            if pair.target != entry.target or entry.state == "stale":
                yield Found(section, pair.key, pair.target, where, pair.line)


def _collected(
    project: Project,
    own: Mapping[str, Catalog],
    lang: str,
    found: Iterable[Found],
    result: Absorbed,
) -> Absorbed:
    first: dict[tuple[str, Key], Found] = {}
    for item in found:
        before = first.setdefault((item.section, item.key), item)
        message, hint = "", ""
        if before.target != item.target:
            message = f"translated in another way in {before.file}:{before.line}"
            hint = "the same English text has one translation"
        elif item.key not in own[item.section].entries:
            message = "the catalog does not hold this text yet"
            hint = "run: python scripts catalog sync"
        if message:
            result.problems.append(
                Problem(item.file, item.line, "absorb", message, hint, lang=lang)
            )
    result.problems += acceptance.problems(project, own, lang, list(first.values()))
    if exit_code(result.problems):
        return result
    for section in own:
        targets = {item.key: item.target for item in first.values() if item.section == section}
        if targets:
            path = texts.path_of(project, lang, section)
            result.files[path] = catalog.put(path, targets)
            result.count += len(targets)
    return result
