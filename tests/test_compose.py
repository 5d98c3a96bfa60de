"""Composition: translations land where they belong, break nothing, and what is English says so."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from hub import frontmatter
from hub.compose import ComposeError, compose
from hub.fallback import MARK, FallbackMarks

PAGE = """---
type: lesson
id: L01
title: Plain title
summary: "A summary"  # with a comment
age_band: B
outcomes:
  - see
  - "say: more"
---

## Heading {#heading data-minutes="5"}

One sentence.
Another one.

- first
- second

| Act | Means |
| --- | --- |
| [link](x.md#a) | **bold** |
"""

FRENCH = {
    "Plain title": "[fr] Titre: simple",
    "see": "voir",
    "Heading": "Titre",
    "One sentence. Another one.": "Une phrase. Une autre.",
    "second": "deuxième",
    "Act": "Acte | geste",
}


def test_translations_land_in_their_places() -> None:
    composed = compose(PAGE, lambda item: FRENCH.get(item.text))

    assert (
        composed.text
        == """---
type: lesson
id: L01
title: "[fr] Titre: simple"
summary: "A summary"  # with a comment
age_band: B
outcomes:
  - "voir"
  - "say: more"
---

## Titre {#heading data-minutes="5"}

Une phrase. Une autre.

- first
- deuxième

| Acte \\| geste | Means |
| --- | --- |
| [link](x.md#a) | **bold** |
"""
    )
    assert composed.untranslated == ("summary", "outcomes.1")
    assert composed.missing == 6


def test_structure_that_a_translation_breaks_is_named() -> None:
    with pytest.raises(ComposeError, match="structure") as caught:
        compose("One.\n\nTwo.\n", lambda item: "123" if item.text == "Two." else None)

    assert caught.value.segment is not None and caught.value.segment.line == 3


@settings(deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_any_title_survives_as_yaml(title: str) -> None:
    """Quotes, colons, brackets, line ends: the page's front matter keeps its keys and the title."""
    source = "---\ntype: page\ntitle: Old\nupdated: 2026-01-01\n---\n\nText.\n"

    text = compose(source, lambda item: title if item.text == "Old" else None).text

    data = frontmatter.parse(text).data
    assert list(data) == ["type", "title", "updated"]
    assert data["title"] == (title or "Old")


def test_english_left_in_a_page_is_tagged_where_it_stands() -> None:
    source = "Left.\n\nDone.\n\n- left item\n    - done item\n"
    done = {"Done.": "Fait.", "done item": "fait"}
    text = compose(source, lambda item: done.get(item.text), MARK).text

    html = Markdown(extensions=[FallbackMarks("en", "ltr")]).convert(text)

    assert '<p dir="ltr" lang="en">Left.</p>' in html.replace(
        'lang="en" dir="ltr"', 'dir="ltr" lang="en"'
    )
    assert "<p>Fait.</p>" in html
    assert "<li>fait</li>" in html, "a translated item inside an English one is not English"
    assert html.count('lang="en"') == 2


def test_no_break_space_of_a_translation_is_kept() -> None:
    text = compose('He said "yes".\n', lambda item: "Il a dit «\u00a0oui\u00a0»  hier.").text

    assert text == "Il a dit «\u00a0oui\u00a0» hier.\n"


def test_hard_break_is_kept_and_no_other_line_is_made() -> None:
    source = "First line  \nsecond line.\n"

    text = compose(source, lambda item: "Première ligne\nseconde\nligne.").text

    assert text == "Première ligne  \nseconde  \nligne.\n"
    assert compose("One line.\n", lambda item: "Un\n\nmot.").text == "Un mot.\n"


def test_link_by_its_own_text_can_be_translated() -> None:
    source = "See the [Protocol] and [it][].\n\n[Protocol]: https://example.org/p\n[it]: x.md\n"
    french = {
        "See the [Protocol][Protocol] and [it][it].": "Voir le [Protocole][Protocol], [le][it]."
    }

    html = Markdown().convert(compose(source, lambda item: french.get(item.text)).text)

    assert '<a href="https://example.org/p">Protocole</a>, <a href="x.md">le</a>' in html
    assert compose(source, lambda item: item.text).text == source


def test_abbreviation_is_translated_with_the_letters_it_stands_for() -> None:
    source = "The UN.\n\n*[UN]: United Nations\n"
    french = {"The UN.": "L’ONU.", "*[UN]: United Nations": "*[ONU]: Nations Unies"}

    html = Markdown(extensions=["abbr"]).convert(compose(source, lambda s: french[s.text]).text)

    assert '<abbr title="Nations Unies">ONU</abbr>' in html
    with pytest.raises(ComposeError, match="structure"):
        compose(source, lambda item: "Nations Unies" if item.kind == "abbreviation" else None)
