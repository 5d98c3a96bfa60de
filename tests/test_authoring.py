"""What people write: forms in two shapes, the pages made from them, languages and checks begun."""

from __future__ import annotations

import datetime
import io
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import docx
import pytest
import turbohtml

from conftest import ROOT, run
from hub import cli, frontmatter, glossary
from hub.authoring import draft, forge, form, language, rule, word
from hub.authoring import filled as document
from hub.page import Page, check_schema
from hub.problem import HubError
from hub.project import Project, load

KINDS = tuple(form.FOLDERS)
TODAY = datetime.date(2026, 12, 1)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The little project of the cases, to write into."""
    target = tmp_path / "project"
    shutil.copytree(ROOT / "tests" / "cases" / "project", target)
    shutil.copytree(ROOT / "overrides", target / "overrides")
    monkeypatch.chdir(target)
    return target


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our facts, words, terms and help page, so that every rule looks at what is written."""
    target = tmp_path_factory.mktemp("grown")
    for pattern in (
        "docs/**/*.csv",
        "docs/help/*.md",
        "docs/contributing/*.txt",
        "translations/*.*",
    ):
        for file in ROOT.glob(pattern):
            copied = target / file.relative_to(ROOT)
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, copied)
    shutil.copy(ROOT / "mkdocs.yml", target)
    shutil.copytree(ROOT / "overrides", target / "overrides")
    return target


def filled(kind: str, change: dict[str, str] | None = None) -> bytes:
    """The form as somebody fills it in: every example typed into the third column."""
    document = docx.Document(io.BytesIO(word.write(form.load(kind))))
    examples = {field.key: field.example for field in form.load(kind).fields} | (change or {})
    for row in document.tables[0].rows[1:]:
        row.cells[2].text = examples[row.cells[0].text]
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_begun_from_a_form_is_valid_as_it_stands(
    kind: str, grown: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(grown)

    code = cli.main(["new", kind, f"an-example-{kind}"])

    printed = capsys.readouterr().out
    assert (code, printed.splitlines()[-1]) == (0, "no problems"), printed
    made = grown / "docs" / form.FOLDERS[kind] / f"an-example-{kind}.md"
    assert "# " in made.read_text(encoding="utf-8").split("---")[1], "it explains itself"


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_filled_in_a_word_processor_becomes_a_valid_page(
    kind: str, grown: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(grown)
    name = f"from-word-{kind}"
    file = grown / f"{kind}.docx"
    file.write_bytes(filled(kind))
    folder = grown / "docs" / form.FOLDERS[kind]
    for begun in folder.glob(f"an-example-{kind}*.md"):
        begun.unlink()  # the same words may not stand twice

    code = cli.main(["new", kind, name, "--from", str(file)])

    printed = capsys.readouterr().out
    assert (code, printed.splitlines()[-1]) == (0, "no problems"), printed
    made = frontmatter.parse((folder / f"{name}.md").read_text(encoding="utf-8")).data
    wanted = frontmatter.parse(form.load(kind).text).data
    assert {k: v for k, v in made.items() if k not in form.GIVEN} == {
        k: v for k, v in wanted.items() if k not in form.GIVEN
    }
    for made_file in folder.glob(f"{name}*.md"):
        made_file.unlink()


def test_headings_lists_bold_and_minutes_survive_the_word_processor() -> None:
    cells, text = document.read(filled("lesson"), "lesson.docx", form.load("lesson"))

    assert '### Open calmly {#open data-minutes="5"}' in text, "headings of the form keep their ids"
    assert "Do\n:   Read the first line on the board aloud." in text
    assert "- Where can I borrow a book?\n- Who mends the broken lamp in our street?" in text
    assert "| Outcome | Not yet | Yes |\n| --- | --- | --- |" in text
    assert "# Pupil sheet" in text and cells["duration_min"] == "30"


def test_labels_and_bullets_are_understood_as_people_type_them(small: Path) -> None:
    file = small / "f.docx"
    file.write_bytes(
        filled(
            "record",
            {
                "audience": "Parliamentarians, Business",
                "form": "Model law",
                "issued_by": "• First body\n– Second: a body",
                "year": "about 2019",
            },
        )
    )
    made = draft.make("record", "fair", [], TODAY, file)[0]
    data = frontmatter.parse(made.text).data

    assert data["audience"] == ["parliamentarian", "business"]
    assert data["form"] == "model-law"
    assert data["issued_by"] == ["First body", "Second: a body"]
    # What does not fit is kept, and the check names its line.
    (problem,) = check_schema(Page("f.md", made.text, frontmatter.parse(made.text)), "f.md")
    assert problem.message.startswith("'year'") and "about 2019" in made.text


def test_a_cell_left_empty_is_named_by_the_check(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small / "f.docx").write_bytes(filled("record", {"rights": "", "year": ""}))

    assert cli.main(["new", "record", "fair", "--from", "f.docx"]) == 1

    printed = capsys.readouterr().out
    assert "a page of type 'record' says nothing under 'rights'" in printed
    assert "year" not in printed, "what may stay empty is not missed"
    assert (small / "docs/library/records/fair.md").exists(), "nothing that was written is lost"


def test_a_markdown_form_loses_its_comments_and_gets_an_id(small: Path) -> None:
    (small / "f.md").write_text(form.load("practice").text, encoding="utf-8")
    taken = Page("x.md", "", frontmatter.parse("---\nid: P07\n---\n"))

    made = draft.make("practice", "calls", [taken], TODAY, small / "f.md")[0]
    read = frontmatter.parse(made.text)

    assert read.data["id"] == "P08" and read.data["updated"] == "2026-12-01"
    assert "# " not in made.text[: read.end]


def test_nothing_is_ever_overwritten(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["new", "record", "fair"]) == 0
    before = (small / "docs/library/records/fair.md").read_bytes()

    assert cli.main(["new", "record", "fair"]) == 3
    assert "docs/library/records/fair.md exists already" in capsys.readouterr().err
    assert (small / "docs/library/records/fair.md").read_bytes() == before


def test_a_lesson_is_written_with_all_its_parts_or_not_at_all(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    part = small / "docs/teach/lessons/whom-can-i-ask-answer-key.md"
    part.parent.mkdir(parents=True)
    part.write_text("mine", encoding="utf-8")

    assert cli.main(["new", "lesson", "whom-can-i-ask"]) == 3
    assert part.read_text(encoding="utf-8") == "mine"
    assert [f.name for f in part.parent.iterdir()] == [part.name]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("f.docx", b"no document", "f.docx is no .docx document"),
        ("f.md", b"\xff\xfe", "f.md is not UTF-8 text"),
        ("f.md", b"Only text.\n", "f.md has no facts at its top"),
        ("f.md", b"---\ntitle: a: b\n---\n", "f.md:2: a second colon in a line"),
        ("gone.md", None, "gone.md: No such file or directory"),
    ],
)
def test_a_file_that_is_no_form_is_refused_in_plain_words(
    name: str, content: bytes | None, message: str, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (small / name).write_bytes(content)
    assert cli.main(["new", "record", "fair", "--from", name]) == 3
    assert f"error: {message}" in capsys.readouterr().err
    assert not (small / "docs/library").exists()


def test_a_document_that_lost_its_table_is_refused(small: Path) -> None:
    document = docx.Document()
    document.add_paragraph("My record")
    document.save(str(small / "f.docx"))
    with pytest.raises(HubError, match="lost the form's table"):
        draft.make("record", "fair", [], TODAY, small / "f.docx")


@pytest.mark.parametrize("name", ["Fair", "fair_trade", "../fair", "fair.md", "-", ""])
def test_a_name_is_a_file_name(name: str) -> None:
    with pytest.raises(HubError, match="is no name for a page"):
        draft.make("record", name, [], TODAY)


@pytest.mark.parametrize("kind", KINDS)
def test_forms_are_the_same_bytes_every_time_and_open_as_documents(kind: str) -> None:
    once, twice = word.write(form.load(kind)), word.write(form.load(kind))

    assert once == twice
    with zipfile.ZipFile(io.BytesIO(once)) as made:
        assert made.testzip() is None
        assert {info.date_time for info in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    asked = [row.cells[0].text for row in docx.Document(io.BytesIO(once)).tables[0].rows[1:]]
    assert asked == [field.key for field in form.load(kind).fields]


@pytest.mark.parametrize("kind", KINDS)
def test_every_question_of_a_form_says_what_to_write(kind: str) -> None:
    for field in form.load(kind).fields:
        assert len(field.help.split()) >= 3 and field.example or field.key == "sources", field.key


def test_the_site_offers_every_form_in_both_shapes(site: Path) -> None:
    for kind in KINDS:
        folder = site / "downloads" / "forms"
        assert (folder / f"{kind}.docx").read_bytes() == word.write(form.load(kind))
        assert (folder / f"{kind}.md").read_text(encoding="utf-8") == form.load(kind).text
    page = turbohtml.parse((site / "network" / "contribute.html").read_bytes(), encoding="utf-8")
    links = {str(a.attrs["href"]).rpartition("/")[2] for a in page.select("a[download]")}
    assert links >= {f"{kind}.{ending}" for kind in KINDS for ending in ("docx", "md")}


def test_a_site_without_a_forge_shows_no_link_to_one(site: Path, project: Project) -> None:
    page = turbohtml.parse((site / "network" / "contribute.html").read_bytes(), encoding="utf-8")
    assert bool(page.select(".hub-form__forge")) == bool(project.repo_url)
    assert project.repo_url or "not on this site yet" in page.select(".hub-ways")[0].text


@pytest.mark.parametrize(
    ("repository", "start", "text_in"),
    [
        ("https://github.com/a/b", "https://github.com/a/b/new/main/docs/x?filename=y.md", "value"),
        ("https://gitlab.com/a/b", "https://gitlab.com/a/b/-/new/main/docs/x?file_name=y.md", "content"),
        ("https://codeberg.org/a/b", "https://codeberg.org/a/b/_new/main/docs/x?filename=y.md", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_the_forge_opens_a_new_file_with_the_form_in_it(
    repository: str, start: str, text_in: str
) -> None:
    text = form.load("record").text
    address = forge.new_file(repository, "docs/x/y.md", text)

    assert address.startswith(start)
    if text_in:
        assert parse_qs(urlsplit(address).query)[text_in] == [text]
        assert len(address) < 8000


def test_a_language_is_one_line_and_its_catalogs(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (small / "mkdocs.yml").read_text(encoding="utf-8")

    assert cli.main(["new", "language", "sw"]) == 0

    after = (small / "mkdocs.yml").read_text(encoding="utf-8")
    added = [line for line in after.splitlines() if line not in before.splitlines()]
    assert [line.strip() for line in added] == ["- {locale: sw, name: Kiswahili, build: true}"]
    assert [lang.code for lang in load(small / "mkdocs.yml").targets][-1] == "sw"
    assert list((small / "translations" / "sw").glob("*.po"))
    # The theme has no Swahili: its words are begun, in our folder.
    assert (small / "overrides" / "partials" / "languages" / "sw.html").exists()
    assert cli.main(["new", "language", "sw"]) == 3
    assert cli.main(["new", "language", "xx"]) == 3
    assert "'xx' is no language that CLDR knows" in capsys.readouterr().err


def test_our_own_languages_and_terms_can_grow(project: Project, tmp_path: Path) -> None:
    assert "- {locale: sw, name: Kiswahili, build: true}\n" in language.with_language(project, "sw")

    (tmp_path / "mkdocs.yml").write_text(language.with_language(project, "sw"), encoding="utf-8")
    terms = (project.translations / "glossary.csv").read_text(encoding="utf-8")
    (tmp_path / "translations").mkdir()
    (tmp_path / "translations" / "glossary.csv").write_text(
        language.with_column(terms, "sw"), encoding="utf-8"
    )
    grown = load(tmp_path / "mkdocs.yml")
    assert not glossary.check(grown)
    assert [t.names for t in glossary.read(grown)] == [t.names for t in glossary.read(project)]


def test_a_row_of_several_lines_gets_its_column_at_its_end() -> None:
    grown = language.with_column('id,en\na,"one\ntwo"\nb,three\n', "sw")
    assert grown == 'id,en,sw\na,"one\ntwo",\nb,three,\n'


def test_a_check_begun_by_the_command_works_and_its_case_proves_it(
    tmp_path: Path, small: Path
) -> None:
    """The rule is written into a copy of the package, called, and its case is run."""
    copied = tmp_path / "copy"
    shutil.copytree(ROOT / "scripts", copied / "scripts")
    shutil.copytree(ROOT / "tests" / "cases" / "project", copied / "tests" / "cases" / "project")
    for name, text in rule.files("no-open-end").items():
        target = copied / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    registry = copied / "scripts/hub/checks/content/__init__.py"
    source = registry.read_text(encoding="utf-8")
    source = source.replace(
        "    words,\n)", "    words,\n)\nfrom hub.checks.content import no_open_end"
    )
    source = source.replace(
        "        problems += check_schema(page, where)\n",
        "        problems += check_schema(page, where)\n"
        "        problems += no_open_end.check(page, where)\n",
    )
    registry.write_text(source, encoding="utf-8")
    shutil.copy(ROOT / "tests" / "test_cases.py", copied / "tests")
    (copied / "tests" / "conftest.py").write_text(
        f"import sys\nsys.path.insert(0, {str(copied / 'scripts')!r})\n", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-k", "no-open-end", "tests/test_cases.py"],
        cwd=copied,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "1 passed" in done.stdout, done.stdout + done.stderr


def test_the_site_is_built_in_a_language_that_was_just_begun(small: Path) -> None:
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = re.sub(r"(?ms)^nav:.*?(?=^\S)", "nav:\n  - index.md\n", settings)
    (small / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (small / "scripts").symlink_to(ROOT / "scripts")
    (small / "translations").mkdir()
    for name in ("glossary.csv", "policy.yml"):
        shutil.copy(ROOT / "translations" / name, small / "translations")

    assert cli.main(["new", "language", "sw"]) == 0

    done = run("build", "--lang", "sw", cwd=small)

    assert done.returncode == 0, done.stdout + done.stderr
    built = (small / "site" / "sw" / "index.html").read_text(encoding="utf-8")
    assert '<html lang="sw" dir="ltr"' in built
