"""The letters that a pattern tells apart: one for all those that it treats alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as ops  # type: ignore[attr-defined]
from typing import Any

Letters = frozenset[int]
KEPT = re.IGNORECASE | re.DOTALL | re.ASCII
CHARACTERS = (ops.LITERAL, ops.NOT_LITERAL, ops.ANY, ops.IN)
REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
_CATEGORIES = {
    ops.CATEGORY_DIGIT: r"\d", ops.CATEGORY_NOT_DIGIT: r"\D", ops.CATEGORY_SPACE: r"\s",
    ops.CATEGORY_NOT_SPACE: r"\S", ops.CATEGORY_WORD: r"\w", ops.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
_OTHERS = "\n\t\0" + "éœ’–\u00a0²١€Àç"
BEYOND = -1
"""What stands before the first character of a text, and after its last."""


def source(op: Any, held: Any) -> str:
    """Return the pattern of one character."""
    if op is ops.LITERAL:
        return re.escape(chr(held))
    if op is ops.NOT_LITERAL:
        return f"[^{re.escape(chr(held))}]"
    return "." if op is ops.ANY else f"[{''.join(map(_item, held))}]"


def _item(item: tuple[Any, Any]) -> str:
    op, held = item
    if op is ops.NEGATE:
        return "^"
    if op is ops.CATEGORY:
        return _CATEGORIES[held]
    return "-".join(re.escape(chr(end)) for end in (held if op is ops.RANGE else (held,)))


def pieces(tree: Any, flags: int) -> Iterator[tuple[Any, Any, int]]:
    """Give the characters and the classes of a pattern, with the flags under which each stands."""
    for op, held in tree:
        if op in CHARACTERS:
            yield op, held, flags
        elif op is ops.SUBPATTERN:
            yield from pieces(held[3], (flags | held[1]) & ~held[2])
        else:
            for body in bodies(op, held):
                yield from pieces(body, flags)


def bodies(op: Any, held: Any) -> list[Any]:
    """Return what an operator of a pattern stands around."""
    if op in REPEATS:
        return [held[2]]
    if op is ops.BRANCH:
        return list(held[1])
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return [held[1]]
    return [held] if op is ops.ATOMIC_GROUP else []


class Alphabet:
    """The letters of a pattern, and which of them each of its classes holds."""

    def __init__(self, pattern: re.Pattern[Any], tree: Any) -> None:
        self._bytes = isinstance(pattern.pattern, bytes)
        met = list(pieces(tree, pattern.flags))
        classes = {self._key(source(op, held), flags) for op, held, flags in met}
        classes |= {self._key(r"\w", pattern.flags), self._key("\n", 0)}
        tried = sorted(classes)
        compiled = [re.compile(text, flags) for text, flags in tried]
        alike: dict[tuple[bool, ...], str] = {}
        for letter in self._candidates(met):
            alike.setdefault(tuple(bool(c.fullmatch(letter)) for c in compiled), letter)
        self.shown = list(alike.values())
        self._held = {
            key: frozenset(n for n, signs in enumerate(alike) if signs[at])
            for at, key in enumerate(tried)
        }
        self.words = self._held[self._key(r"\w", pattern.flags)]
        self.breaks = self._held[self._key("\n", 0)]
        self.every = frozenset(range(len(self.shown)))

    def _key(self, text: str, flags: int) -> tuple[str, int]:
        return text, int(flags & KEPT | (re.ASCII if self._bytes else 0))

    def _candidates(self, met: list[tuple[Any, Any, int]]) -> list[str]:
        codes: list[int] = []
        for op, held, _ in met:
            items = held if op is ops.IN else [(op, held)]
            for kind, value in items:
                if kind is ops.RANGE:
                    codes += value
                elif kind in (ops.LITERAL, ops.NOT_LITERAL):
                    codes.append(value)
        usual = range(32, 256) if self._bytes else range(32, 127)
        return [*map(chr, (*codes, *usual)), *("\n\t\0" if self._bytes else _OTHERS)]

    def of(self, op: Any, held: Any, flags: int) -> Letters:
        """Return the letters that one character of a pattern can be."""
        return self._held[self._key(source(op, held), flags)]
