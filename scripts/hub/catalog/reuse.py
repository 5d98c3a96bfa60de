"""Which old message serves which text of today: its own, one that goes back to it, one that is near."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from hub.catalog import fuzzy
from hub.catalog.message import Key, Message


class Pool:
    """The messages of an old file, until a text of today takes them; `wanted` are all those texts."""

    def __init__(self, old: Iterable[Message], wanted: Collection[Key]) -> None:
        self._free = dict(enumerate(old))
        self._by_key: dict[Key, int] = {}
        self._by_previous: dict[Key, int] = {}
        self._near: dict[Key, int] = {}
        # What is translated and in use goes before what is empty or obsolete.
        ranked = sorted(
            self._free.items(), key=lambda item: (not item[1].translated, item[1].obsolete)
        )
        for number, message in ranked:
            self._by_key.setdefault(message.key, number)
            made_for = _made_for(message)
            if message.key in wanted or not message.target or made_for is None:
                continue
            if message.previous in wanted:
                self._by_previous.setdefault(made_for, number)
            else:
                self._near.setdefault(made_for, number)

    def take(self, key: Key) -> Message:
        """The message for a text, which no other text gets any more; a new one where there is none."""
        own = self._pop(self._by_key.get(key))
        if own and own.translated:
            return own
        back = self._pop(self._by_previous.get(key))
        if back:
            flags = tuple(flag for flag in back.flags if flag != "fuzzy")
            return _with_comments(own, back._replace(flags=flags, previous=None))
        near = self._pop_near(key)
        if near:
            flags = near.flags if near.fuzzy else ("fuzzy", *near.flags)
            return _with_comments(own, near._replace(flags=flags, previous=_made_for(near)))
        return own or Message(*key)

    def rest(self) -> list[Message]:
        """What nothing has taken, in the order of the old file."""
        return [self._free[number] for number in sorted(self._free)]

    def _pop(self, number: int | None) -> Message | None:
        return None if number is None else self._free.pop(number, None)

    def _pop_near(self, key: Key) -> Message | None:
        context, text = key
        candidates = [
            old_text
            for (old_context, old_text), number in self._near.items()
            if old_context == context and number in self._free
        ]
        found = fuzzy.closest(text, candidates)
        return None if found is None else self._pop(self._near[context, found])


def _made_for(message: Message) -> Key | None:
    """The English a translation was made for; None where nobody knows (fuzzy by hand)."""
    if message.fuzzy:
        return message.previous
    return message.key


def _with_comments(own: Message | None, other: Message) -> Message:
    """`other`, and what somebody had noted at the entry while it was empty."""
    noted = own.comments if own else ()
    return other._replace(comments=tuple(dict.fromkeys((*other.comments, *noted))))
