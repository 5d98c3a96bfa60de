"""Meaning as far as words show it: negations, obligation and permission, opposites.

Compared sentence by sentence where both texts have as many sentences, else as a whole. What is said
without any of the words in words.yml is not seen: a reader has to.
"""

from __future__ import annotations

from hub.checks.pairs.fault import Fault
from hub.checks.pairs.lists import ECHO, END, MAY, MUST, NEAR, NOT, OR
from hub.checks.pairs.words import Said, count

#: Every list but the ends of sentences: a sentence more or less says nothing.
_SAYS = (1 << END) - 1
#: Without a difference in these there is nothing to report.
_DENIES, _OBLIGES = 255 << NOT | 255 << ECHO, 255 << MUST


def faults(source: Said, target: Said) -> list[Fault]:
    """The first of each kind."""
    found: list[Fault | None] = []
    if source.sides and not target.sides <= source.sides:
        found.append(_opposite(source, target))
    if source.sentences != target.sentences and (source.counts | target.counts) & _SAYS:
        ours, theirs = source.sentences, target.sentences
        if len(ours) != len(theirs):
            ours, theirs = (source.counts,), (target.counts,)
        denied = obliged = None
        for our, their in zip(ours, theirs, strict=True):
            if (our ^ their) & _DENIES:
                denied = denied or _negation(our, their)
            if (our ^ their) & _OBLIGES:
                obliged = obliged or _modal(our, their)
        found += [denied, obliged]
    return list(filter(None, found))


def _negation(source: int, target: int) -> Fault | None:
    ours = count(source, NOT)
    theirs = count(target, NOT) or min(count(target, ECHO), 1)
    if not ours and not theirs:
        return None
    answered = theirs + count(target, NEAR)
    # 'No form, no chat and no e-mail' may be denied once for all three.
    if ours > answered and not (answered == 1 and ours > 2):
        return _denied("the English has a negation that the translation has not")
    repeated = count(source, OR) if ours else 0
    if theirs > ours + repeated + count(source, NEAR):
        return _denied("the translation has a negation that the English has not")
    return None


def _denied(message: str) -> Fault:
    return Fault("negation", "warning", message, "compare what is denied in both")


def _modal(source: int, target: int) -> Fault | None:
    """Both words must move: one alone is often said otherwise."""
    must = count(target, MUST) - count(source, MUST)
    may = count(target, MAY) - count(source, MAY)
    if must < 0 < may:
        message = "the English has 'must' or 'shall', the translation a word for 'may'"
        return Fault("modal", "warning", message, "an obligation stays an obligation")
    if must > 0 and (may < 0 or may == 0 and count(source, MAY) and not count(source, MUST)):
        message = "the English has 'may' or 'can', the translation a word for 'must'"
        return Fault("modal", "warning", message, "a permission stays a permission")
    return None


def _opposite(source: Said, target: Said) -> Fault | None:
    for side in sorted(target.sides - source.sides):
        if -side in source.sides and -side not in target.sides:
            if _denials(target) > _denials(source):
                return None  # 'without danger' says 'safe'
            message = "the translation has a word that says the opposite of one in the English"
            return Fault("opposite", "warning", message, "such as 'before' for 'after'")
    return None


def _denials(said: Said) -> int:
    return count(said.counts, NOT) + count(said.counts, NEAR)
