"""What makes the checks quick changes no answer: each short way against the long one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.checks.pairs import script, words

_SCRIPTS = ("Latin", "Cyrillic", "Arabic", "Devanagari", "Chinese")
_LETTERS = st.sampled_from("aZñαжЖابتکअर字符，。、؛؟،।|.,;:?! \u00a0\n\"'’»)*-_°n1٣५＃")
_TEXTS = st.text(_LETTERS, max_size=30)


@pytest.mark.parametrize("name", _SCRIPTS)
@given(text=_TEXTS)
def test_nothing_odd_is_passed_over(name: str, text: str) -> None:
    if re.search(script.odd(name), text):
        assert re.search(script.odd_or(name), text)


@pytest.mark.parametrize("lang", ("en", "fr", "ru", "hi", "nl"))
@given(text=_TEXTS)
def test_words_are_the_same_with_and_without_their_neighbours(lang: str, text: str) -> None:
    vocabulary = words.vocabulary(lang)
    whole = vocabulary._pattern.findall(text.lower())

    assert vocabulary.words(text.lower()) == whole
