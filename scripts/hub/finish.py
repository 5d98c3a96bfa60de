"""What Markdown and the theme leave undone in a page: headings, tables, the language it is in."""

from __future__ import annotations

import re
from html import escape

from hub.formats import Formats
from hub.problem import HubError
from hub.project import Language

# Markdown writes attributes in no certain order.
_HEADING = re.compile(r'<(h[2-4])((?: [^>]*)? id="([^"]+)"[^>]*)>(.*?)</\1>', re.S)
_TABLE = re.compile(r"<table>.*?</table>", re.S)
_MINUTES = re.compile(r'data-minutes="(\d+)"')
_HTML_TAG = re.compile(r'<html lang="[^"]*"')


def headings(content: str, formats: Formats, label: str) -> str:
    """Headings with their minutes and a link to themselves, both in the page's language."""

    def finished(found: re.Match[str]) -> str:
        tag, attributes, anchor, title = found.groups()
        timed = _MINUTES.search(attributes)
        if timed:
            shown = formats.minutes(int(timed[1]), "short")
            title += f' <span class="hub-minutes">{escape(shown)}</span>'
        link = f'<a class="headerlink" href="#{anchor}" title="{escape(label)}">#</a>'
        return f"<{tag}{attributes}>{title}{link}</{tag}>"

    return _HEADING.sub(finished, content)


def tables(content: str, label: str) -> str:
    """Markdown's tables in a frame that a keyboard can reach and scroll on a narrow screen."""
    frame = f'<div class="hub-table" role="group" aria-label="{escape(label)}" tabindex="0">'
    return _TABLE.sub(lambda found: f"{frame}{found[0]}</div>", content)


def set_language(output: str, language: Language) -> str:
    """Language and direction on <html>, where the theme has no block for them.

    Raises `HubError` when the theme's tag is not where it was: then this must be looked at again.
    """
    found = _HTML_TAG.search(output[:2000])
    if not found:
        raise HubError('the theme has no <html lang="…"> any more', "see hub/finish.py")
    tag = f'<html lang="{language.code}" dir="{language.dir}"'
    return output[: found.start()] + tag + output[found.end() :]


def without_loose_labels(output: str) -> str:
    """No label of a switch that the theme leaves out: of the contents, on pages outside the navigation."""
    if 'id="__toc"' in output:
        return output
    return output.replace(' for="__toc"', "")
