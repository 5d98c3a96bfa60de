"""What is wrong with a pair of texts: one example a rule and side of it, bad input, and invariants."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.checks import pair
from hub.checks.pair import Pair, Rules
from hub.project import Project

LANGUAGES = ("fr", "es", "ru", "ar", "zh", "nl", "hi")


@pytest.fixture(scope="module")
def rules(project: Project) -> dict[str, Rules]:
    return {lang: pair.rules(project, lang) for lang in LANGUAGES}


def of(lang: str, source: str, target: str, state: str = "machine-drafted") -> Pair:
    return Pair(lang, source, target, None, state, "home", "paragraph")


def found(rules: dict[str, Rules], *made: str) -> set[str]:
    one = of(*made)
    return {fault.rule for fault in pair.faults(one, rules[one.lang])}


@pytest.mark.parametrize(
    ("lang", "source", "target"),
    [
        ("fr", "Article 3 (c) lists 1,000 cases.", "L'article 3 c) énumère 1 000 cas."),
        ("ar", "Article 3 (c) is of 2000.", "المادة 3 (ج) من عام 2000."),
        ("ar", "There are six questions.", "هناك الأسئلة الستة."),
        ("ru", "Article 3 (b) is short.", "Статья 3 (b) короткая."),
        ("zh", "In force since 28 January 2004.", "自2004年1月28日起生效。"),
        ("hi", "There are five acts.", "पाँच कृत्य हैं।"),
        ("es", "In the 21st century", "En el siglo XXI"),
        ("nl", "Adopted on 15 November 2000.", "Aangenomen op 15 november 2000."),
        ("ru", "Nobody knows.", "Никто не знает."),
        ("fr", "It is not so.", "Ce n'est pas ainsi."),
        ("ar", "Victims of trafficking need help.", "ويحتاج ضحايا الاتجار إلى المساعدة."),
        ("ru", "The purpose is exploitation.", "Целью является эксплуатация."),
        ("zh", "Trafficking in persons is a crime.", "贩运人口是犯罪。"),
        ("nl", "Help for survivors", "Hulp voor overlevenden"),
        ("fr", "If you worry, call.", "Si vous vous inquiétez, appelez."),
        ("zh", "Every person can learn.", "人人都可以学习。"),
        ("fr", "Look at the *word*.", "Regardez le *mot*."),
        ("zh", "Look at the *word* in the text.", "请看文中的这个词。"),
        ("hi", "A phone of your own", "आपका अपना फ़ोन"),
    ],
)
def test_sound_pairs_are_silent(
    rules: dict[str, Rules], lang: str, source: str, target: str
) -> None:
    assert found(rules, lang, source, target) == set()


@pytest.mark.parametrize(
    ("rule", "lang", "source", "target"),
    [
        ("numbers", "fr", "It has 12 pages.", "Il a 13 pages."),
        ("numbers", "ar", "It has 12 pages.", "فيه ١٣ صفحة."),
        ("numbers", "hi", "There are five acts.", "छह कृत्य हैं।"),
        ("numbers", "ar", "Article 3 (c) is short.", "المادة 3 (ب) قصيرة."),
        ("numbers", "es", "On 15 November 2000", "El 15 de octubre de 2000"),
        ("digits", "hi", "It has 12 pages.", "इसमें १२ पृष्ठ हैं।"),
        ("digits", "ar", "It has 12 pages.", "فيه ١٢ صفحة."),
        ("negation", "ru", "Do not call.", "Звоните."),
        ("negation", "zh", "You can call.", "您不可以打电话。"),
        ("modal", "nl", "You must call.", "U mag bellen."),
        ("opposite", "es", "before the lesson", "después de la clase"),
        ("term-forbidden", "ar", "The domestic worker has rights.", "للخادمة حقوق."),
        (
            "term-forbidden",
            "nl",
            "Trafficking in persons is a crime.",
            "Mensensmokkel is strafbaar.",
        ),
        ("term-missed", "fr", "Help for survivors of a crime", "Une aide pour les gens"),
        ("same-as-source", "es", "This is the help page.", "This is the help page."),
        ("english", "ru", "Read this. You can call us.", "Читайте это. You can call us."),
        (
            "english",
            "nl",
            "Read this. You can call the police.",
            "Lees dit. You can call the police.",
        ),
        (
            "length",
            "fr",
            "One thing is said here. Another thing is said there.",
            "On dit une chose.",
        ),
        ("doubled-word", "ru", "Read the page.", "Читайте эту эту страницу."),
        ("script", "ru", "Read the page.", "Читaйте страницу."),
        ("script", "ar", "Read, then ask.", "اقرأ, ثم اسأل."),
        ("script", "hi", "Read this.", "यह पढ़ें."),
        ("quotes", "fr", 'Say "yes".', 'Dites "oui".'),
        ("nfc", "fr", "Start", "De\u0301but"),
        ("no-alt", "es", "![A door](door.svg)", "![](door.svg)"),
        ("markup", "fr", "Use `make`.", "Utilisez `faire`."),
        ("markup", "fr", "An *idea*", "Une idée"),
        ("markup", "fr", "See [it][ref].", "Voyez-le."),
        ("markup", "fr", "A note[^1]", "Une note"),
        ("markup", "fr", "Press :material-home: to start", "Appuyez pour commencer"),
        ("markup", "fr", "Pages: %(n)s", "Pages : %(m)s"),
    ],
)
def test_each_fault_has_its_rule(
    rules: dict[str, Rules], rule: str, lang: str, source: str, target: str
) -> None:
    assert rule in found(rules, lang, source, target)


@pytest.mark.parametrize(
    "added",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//x.example>",
        "<img src=x onerror=alert(1)",
        '<b onclick="x()">a</b>',
        "<!-- hub: questions -->",
        "<https://elsewhere.example>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt&colon;alert(1))",
        "[a](data:text/html;base64,x)",
        "[a](https://elsewhere.example)",
        "https://elsewhere.example",
        "![a](x.png)",
        "{{ config }}",
        "{% include 'x' %}",
        "{{ 7*7",
        "{: onclick=alert(1) }",
        "{ .wide }",
        "%(secret)s",
        '--8<-- "secret.txt"',
        "a\n[b]: https://elsewhere.example",
        "\u202e",
        "\u2067",
        "\u202c",
        "\0",
        "\x1b[0m",
        "\x7f",
    ],
)
def test_a_translation_adds_nothing_that_runs_links_or_deceives(
    rules: dict[str, Rules], added: str
) -> None:
    for lang in LANGUAGES:
        one = of(lang, "Read this.", f"Texte {added}")
        assert any(f.severity == "error" for f in pair.faults(one, rules[lang])), lang


def test_a_huge_translation_is_one_error_and_quick(rules: dict[str, Rules]) -> None:
    for filling in ("a ", "[", "**", "<a ", "{", "«", "\u202e", "12 "):
        started = time.process_time()
        faults = pair.faults(of("fr", "Start", filling * (5_000_000 // len(filling))), rules["fr"])

        assert [fault.rule for fault in faults] == ["too-long"]
        assert time.process_time() - started < 0.5


def test_balanced_direction_marks_are_sound(rules: dict[str, Rules]) -> None:
    assert (
        found(rules, "ar", "Directive (EU) of 2011", "التوجيه \u2066(EU)\u2069 لعام 2011") == set()
    )


def test_numbers_are_an_error_in_text_that_was_approved(rules: dict[str, Rules]) -> None:
    one = of("fr", "It has 12 pages.", "Il a 13 pages.")

    for state, severity in (
        ("machine-drafted", "warning"),
        ("reviewed", "error"),
        ("official", "error"),
    ):
        assert {f.severity for f in pair.faults(one._replace(state=state), rules["fr"])} == {
            severity
        }


def test_a_stale_text_is_judged_for_its_markup_only(rules: dict[str, Rules]) -> None:
    faults = pair.faults(of("fr", "It has **12** pages.", "Il a 13 pages.", "stale"), rules["fr"])

    assert [fault.rule for fault in faults] == ["markup", "stale"]


def test_what_is_not_translated_has_no_fault(rules: dict[str, Rules]) -> None:
    assert pair.faults(of("fr", "It has **12** pages.", "", "missing"), rules["fr"]) == ()


def test_a_treaty_title_keeps_its_words(rules: dict[str, Rules]) -> None:
    source = (
        "the Optional Protocol on the sale of children, child prostitution and child pornography"
    )
    title = "протокол, касающийся торговли детьми, детской проституции и детской порнографии"

    assert "term-forbidden" not in found(rules, "ru", source, title)
    assert "term-forbidden" in found(rules, "ru", "Help", "Детская проституция")


def test_a_careful_word_is_a_remark_and_only_beside_its_term(rules: dict[str, Rules]) -> None:
    faults = pair.faults(of("hi", "Trafficking in persons", "मानव तस्करी"), rules["hi"])

    assert {(f.rule, f.severity) for f in faults} == {("term-careful", "info")}
    assert "term-careful" not in found(rules, "es", "a smaller room", "una sala menor")


def test_one_text_translated_two_ways_is_told_at_the_second() -> None:
    first, second = of("fr", "Read on", "Lire la suite"), of("fr", "Read on", "Pour en savoir plus")
    cell = second._replace(context="cell")

    assert [one for one, _ in pair.two_ways([first, first, second, cell])] == [second]


def test_the_version_is_of_the_language(rules: dict[str, Rules], project: Project) -> None:
    assert len({each.version for each in rules.values()}) == len(LANGUAGES)
    assert pair.rules(project, "fr").version == rules["fr"].version


TEXTS = st.text(
    st.sampled_from("aé яب中न12٣३ .,;:!?«»“”\"'`*_[](){}<>#%|/\\&=-\n\t\u202e\u2066\u2069\0^~"),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(lang=st.sampled_from(LANGUAGES), source=TEXTS, target=TEXTS)
def test_any_text_has_an_answer_and_always_the_same(
    rules: dict[str, Rules], lang: str, source: str, target: str
) -> None:
    one = of(lang, source, target)

    assert pair.faults(one, rules[lang]) == pair.faults(one, rules[lang])


@settings(max_examples=100, deadline=None)
@given(lang=st.sampled_from(LANGUAGES), text=TEXTS)
def test_a_text_has_the_markup_of_itself(rules: dict[str, Rules], lang: str, text: str) -> None:
    faults = pair.faults(of(lang, text, text), rules[lang])

    assert not [f for f in faults if f.rule == "markup" and "differ" in f.message]
    assert not [f for f in faults if "is missing" in f.message]
