"""A pattern as places between which letters are read, with what must stand before and after."""

from __future__ import annotations

import re
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from support.patterns.letters import BEYOND, CHARACTERS, REPEATS, Alphabet, Letters

_MANY = 24  # times that a repeat is written out: beyond, it is like any


class Edge(NamedTuple):
    """A letter that is read: the place after it, which letters, the atomic groups around."""

    to: int
    letters: Letters
    inside: frozenset[int]


class Link(NamedTuple):
    """A way without a letter: what may stand before, and after; the atomic group that it leaves."""

    to: int
    before: Letters | None = None
    after: Letters | None = None
    leaves: int | None = None


class Automaton:
    """What a pattern reads, from place 0 to place `end`."""

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        tree = parser.parse(pattern.pattern, pattern.flags)
        self.alphabet = Alphabet(pattern, tree)
        self.whole = self.alphabet.every | {BEYOND}
        self.links: list[list[Link]] = [[]]
        self.starts: list[list[int]] = [[]]
        self.edges: list[Edge] = []
        self._groups: dict[int, tuple[Any, int]] = {}
        self._atomic, self._inside = 0, frozenset[int]()
        self.end = self._sequence(tree, 0, pattern.flags)

    def _place(self) -> int:
        self.links.append([])
        self.starts.append([])
        return len(self.links) - 1

    def _link(self, at: int, to: int, *conditions: Any) -> int:
        self.links[at].append(Link(to, *conditions))
        return to

    def _sequence(self, tree: Any, at: int, flags: int) -> int:
        for op, held in tree:
            at = self._piece(op, held, at, flags)
        return at

    def _piece(self, op: Any, held: Any, at: int, flags: int) -> int:
        if op in CHARACTERS:
            to = self._place()
            self.starts[at].append(len(self.edges))
            self.edges.append(Edge(to, self.alphabet.of(op, held, flags), self._inside))
            return to
        if op is ops.SUBPATTERN:
            flags = (flags | held[1]) & ~held[2]
            self._groups[held[0]] = held[3], flags
            return self._sequence(held[3], at, flags)
        if op is ops.GROUPREF:
            return self._sequence(self._groups[held][0], at, self._groups[held][1])
        if op is ops.BRANCH:
            to = self._place()
            for body in held[1]:
                self._link(self._sequence(body, self._link(at, self._place()), flags), to)
            return to
        if op is ops.ATOMIC_GROUP:
            return self._alone(lambda start: self._sequence(held, start, flags), at)
        if op is ops.POSSESSIVE_REPEAT:
            return self._alone(lambda start: self._repeat(held, start, flags, True), at)
        if op in REPEATS:
            return self._repeat(held, at, flags, False)
        return self._condition(op, held, at, flags)

    def _alone(self, built: Any, at: int) -> int:
        """Build what is never gone back into once it is left."""
        self._atomic += 1
        number, around = self._atomic, self._inside
        self._inside = around | {number}
        last = built(self._link(at, self._place()))
        self._inside = around
        return self._link(last, self._place(), None, None, number)

    def _repeat(self, held: Any, at: int, flags: int, possessive: bool) -> int:
        least, most, body = held
        for _ in range(min(least, _MANY)):
            at = self._sequence(body, at, flags)
        if most is ops.MAXREPEAT:
            loop = self._link(at, self._place())
            self._link(self._sequence(body, self._link(loop, self._place()), flags), loop)
            one = self._single(body, flags)
            ended = self.whole - one if possessive and one is not None else None
            return self._link(loop, self._place(), None, ended)
        to = self._link(at, self._place())
        for _ in range(min(most - least, _MANY)):
            at = self._sequence(body, at, flags)
            self._link(at, to)
        return to

    def _single(self, body: Any, flags: int) -> Letters | None:
        """Return the letters of a body of one character, None for another."""
        if len(body) != 1:
            return None
        op, held = body[0]
        if op in CHARACTERS:
            return self.alphabet.of(op, held, flags)
        if op is ops.SUBPATTERN:
            return self._single(held[3], (flags | held[1]) & ~held[2])
        if op is ops.BRANCH:
            each = [self._single(one, flags) for one in held[1]]
            known = [one for one in each if one is not None]
            return frozenset().union(*known) if len(known) == len(each) else None
        return None

    def _condition(self, op: Any, held: Any, at: int, flags: int) -> int:
        to, words = self._place(), self.alphabet.words
        if op is ops.AT:
            alone = frozenset({BEYOND})
            for before, after in {
                ops.AT_BEGINNING: [(alone, None)],
                ops.AT_BEGINNING_STRING: [(alone, None)],
                ops.AT_END: [(None, alone | self.alphabet.breaks)],
                ops.AT_END_STRING: [(None, alone)],
                ops.AT_BOUNDARY: [(words, self.whole - words), (self.whole - words, words)],
            }[held]:
                self._link(at, to, before, after)
            return to
        ahead, body = held
        one = self._single(body, flags)
        if one is None:
            if ahead > 0:  # it is read, and leads nowhere
                self._sequence(body, self._link(at, self._place()), flags)
            return self._link(at, to)
        letters = one if op is ops.ASSERT else self.whole - one
        return self._link(at, to, *((None, letters) if ahead > 0 else (letters, None)))
