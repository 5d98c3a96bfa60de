"""What goes to the browser: our scripts as one, and the rules they follow."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from turbohtml.clean import minify_js

from hub.search import analyzer, files
from hub.search.words import traditional


@cache
def bundle(name: str, result: str, scripts: tuple[str, ...]) -> str:
    """Scripts beside this module as one that leaves nothing behind but `name`, in few bytes."""
    own = [Path(__file__).with_name(script).read_text(encoding="utf-8") for script in scripts]
    return minify_js(f"var {name}=(function(){{" + "\n".join(own) + f"return {result}}})();")


def rules(code: str) -> dict[str, Any]:
    """The analyzer's rules as analyzer.js reads them."""
    own = {"word": analyzer.WORD, "longest": analyzer.LONGEST, **analyzer.rules(code)}
    own.pop("stemmer", None)
    if code == "zh":
        own |= {"pairs": True, "han": analyzer.HAN}
    return {name: _plain(rule) if isinstance(rule, str) else rule for name, rule in own.items()}


def _plain(pattern: str) -> str:
    """With characters instead of their numbers, which take three times the bytes."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), pattern)


def swaps(code: str, encoded: files.Encoded) -> str:
    """For Chinese, traditional forms of the characters there are, each before the one it becomes."""
    if code != "zh":
        return ""
    there = {character for shard in encoded.shards for character in shard}
    return "".join(old + new for old, new in traditional().items() if new in there)
