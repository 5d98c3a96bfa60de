"""What the forms of a word have in common, by language: a beginning, or an expression that finds them."""

from __future__ import annotations

import re

_ARTICLE = re.compile(r"^(?:وال|بال|فال|كال|لل|ال)(?=..)")
_ENDING = re.compile(r"(?:ات|ون|ين|ان|ية|ة|ه|ي|ها)$")


def inflected(word: str, lang: str) -> tuple[str, str]:
    """A beginning that all forms share, and an expression that finds the forms and little else."""
    if lang == "ar":
        bare = _ARTICLE.sub("", word)
        bare = bare[:-1] if bare.endswith("ة") else bare
        end = r"(?:ة|ت\S{1,3}|ات\S{0,3})" if bare != word and word.endswith("ة") else r"\S{0,3}"
        return bare, re.escape(bare) + end
    if lang in ("ru", "hi"):
        bare = _bare(word, lang)
        return bare, re.escape(bare) + r"\S{0,3}"
    bare = word.removesuffix("s") if lang != "nl" else word
    return bare, re.escape(bare) + ("(?:s|es|e|en)?")


def start(word: str, lang: str) -> str:
    """The part of a word that its other forms share."""
    if lang == "ar":
        word = _ARTICLE.sub("", word)
        bare = _ENDING.sub("", word)
        return bare if len(bare) > 2 else word
    if lang == "ru":
        return _bare(word, lang)[: max(4, len(word) - 3)]
    if lang == "hi":
        return word[: max(3, len(word) - 1)]
    return word[: max(4, len(word) - 2)] if len(word) > 4 else word


def _bare(word: str, lang: str) -> str:
    """A word without the ending that its case and number give it."""
    if lang == "hi":
        return word[:-1] if word[-1] in "ािीुूेैोौं" else word
    if len(word) > 5 and word[-2:] in (
        "ая",
        "яя",
        "ое",
        "ее",
        "ый",
        "ий",
        "ой",
        "ые",
        "ие",
        "ия",
        "ей",
    ):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word[-1] in "аеийоуыьюя" else word
