"""What goes to the browser: our scripts as one, and the rules they follow."""

from __future__ import annotations

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
    own: dict[str, Any] = {
        "word": analyzer.WORD,
        "han": analyzer.HAN,
        "longest": analyzer.LONGEST,
        **analyzer.rules(code),
    }
    return own | {"pairs": True} if code == "zh" else own


def swaps(code: str, encoded: files.Encoded) -> str:
    """For Chinese, traditional forms of the characters there are, each before the one it becomes."""
    if code != "zh":
        return ""
    there = {character for shard in encoded.shards for character in shard}
    return "".join(old + new for old, new in traditional().items() if new in there)
