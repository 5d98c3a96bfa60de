"""Scripts: which letters and marks each has, and expressions that find those of another in a text."""

from __future__ import annotations

_LETTERS = {
    "Latin": "A-Za-zÀ-ɏ",
    "Greek": "\u0370-\u03ff",
    "Cyrillic": "\u0400-\u052f",
    "Arabic": "\u0620-\u064a\u066e-\u06d3",
    "Devanagari": "\u0904-\u0939",
    "Chinese": "\u3400-\u9fff",
}
_MARKS = {"Arabic": "،؛؟", "Chinese": "，。；：？！、", "Devanagari": "।"}
#: So many letters of the script before a Latin one are odd: Arabic writes 'and' and 'in' before a Latin
#: name without a space. Chinese writes any.
_MIXED = {"Cyrillic": 1, "Arabic": 3, "Devanagari": 1}
#: Marks of ASCII that a script has its own form of: alone they are right beside Latin letters.
_OWN_FORM = {
    "Arabic": ("[,;?]", r"[\u0620-\u064a][ ]?[,;?]|[کیگپچژہ]", "کیگپچژہ"),
    "Chinese": (
        "[,;:?!.]",
        r"[\u3400-\u9fff][,;:?!]|[,;?!][\u3400-\u9fff]|[\u3400-\u9fff]\.(?=\s|$|[\u3400-\u9fff])",
        "",
    ),
    "Devanagari": ("[.|]", r"[\u0900-\u0963]\.(?=\s|$)|[\u0900-\u0963]\s?\|", ""),
}


def odd(script: str) -> str:
    """Finds a letter that looks like another, and marks of another script."""
    own, latin = _LETTERS[script], _LETTERS["Latin"]
    parts = [f"[{_foreign(script)}]+", f"[{_marks(script)}]"]
    if script in _MIXED:
        least = _MIXED[script]
        parts += [rf"[{latin}]+[{own}]\w*", rf"[{own}]{{{least},}}[{latin}]\w*"]
    if script in _OWN_FORM:
        parts.append(_OWN_FORM[script][1])
    return "|".join(parts)


def odd_or(script: str, chars: str = "", *signs: str) -> str:
    """Finds something wherever `odd` does, and sooner; and `chars`, and beside another script a Latin
    letter with one of the `signs`."""
    chars += _foreign(script) + _marks(script) + _own_form(script)
    if script == "Latin":
        return f"[{chars}]"
    own, latin = _LETTERS[script], _LETTERS["Latin"]
    if script in _MIXED:
        signs += (f"(?=[{own}])", f"(?<=[{own}]{{{_MIXED[script]}}}.)")
    either = "|".join((f"(?<![{latin}])", *signs))
    return f"[{chars}{latin}](?:{either})"


def _foreign(script: str) -> str:
    return "".join(chars for name, chars in _LETTERS.items() if name not in (script, "Latin"))


def _marks(script: str) -> str:
    return "".join(chars for name, chars in _MARKS.items() if name != script)


def _own_form(script: str) -> str:
    chars, _, letters = _OWN_FORM.get(script, ("[]", "", ""))
    return chars[1:-1] + letters
