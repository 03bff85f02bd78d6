"""The text on which a pattern takes longer than its length: found in the pattern, not by trials.

A pattern takes long where one text can be read in two ways that both go on: two loops of it, or
its search, begun again at each character, and a loop. What is read so often is the pump. Where the
match cannot fail once the second is reached, nothing is tried again, and there is none.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from support.patterns.automaton import Automaton
from support.patterns.letters import BEYOND

Node = TypeVar("Node", bound=Hashable)
State = tuple[int, int]  # the edge last read, and the letter
Step = tuple[int, frozenset[int]]  # the edge, and the atomic groups left for it
Pair = tuple[int, int, int, int, frozenset[int], frozenset[int]]
"""The edges of a way round a loop, from it to another, and round that; the letter; the atomic
groups that the first two ways are in as one, those that the first and the third left apart."""
_SAME = 0  # beside the numbers of groups: the two ways are still one


class Pump(NamedTuple):
    """What leads to where a pattern can read in two ways, and what can then be read so for long."""

    before: str
    repeated: str

    def text(self, size: int) -> str:
        """Return a text of a size that the pattern cannot end."""
        return (self.before + self.repeated * size)[:size]


def pump(pattern: re.Pattern[Any], way: str) -> Pump | None:
    """Return what a pattern used in a way takes long on, None where there is nothing."""
    return _Search(pattern, way).found()


class _Search:
    def __init__(self, pattern: re.Pattern[Any], way: str) -> None:
        self.automaton, self.way = Automaton(pattern), way
        self.begin = len(self.automaton.edges)  # the edge of what a search passes over
        self.rows: dict[State, tuple[dict[int, list[Step]], bool]] = {}
        self.came: dict[State, State | None] = {(self.begin, BEYOND): None}
        waiting = deque(self.came)
        while waiting:
            state = waiting.popleft()
            for after in self._after(state):
                if after not in self.came:
                    self.came[after] = state
                    waiting.append(after)

    def _after(self, state: State) -> list[State]:
        return [(e, letter) for letter, row in self._row(state)[0].items() for e, _ in row]

    def _row(self, state: State) -> tuple[dict[int, list[Step]], bool]:
        """Return the edges that can follow by their letter, and whether nothing can fail any more."""
        if state not in self.rows:
            edge, letter = state
            start = 0 if edge == self.begin else self.automaton.edges[edge].to
            row: dict[int, list[Step]] = {}
            ends = []
            for at, after, left in self._passed(start, letter):
                if at == self.automaton.end:
                    ends.append(after)
                for number in self.automaton.starts[at]:
                    for read in sorted(self.automaton.edges[number].letters & after):
                        row.setdefault(read, []).append((number, left))
            if edge == self.begin and self.way == "search":
                for read in self.automaton.alphabet.every:
                    row.setdefault(read, []).append((edge, frozenset()))
            every = all(
                (edge, frozenset()) in row.get(r, ()) for r in self.automaton.alphabet.every
            )
            sure = edge != self.begin and (
                (self.way != "fullmatch" and self.automaton.whole in ends)
                or (every and any(BEYOND in after for after in ends))
            )
            self.rows[state] = row, sure
        return self.rows[state]

    def _passed(
        self, start: int, letter: int
    ) -> Iterator[tuple[int, frozenset[int], frozenset[int]]]:
        """Give the places reached without a letter: what must follow, which groups were left."""
        none = frozenset[int]()
        waiting = [(start, self.automaton.whole, none, frozenset({start}))]
        while waiting:
            at, after, left, seen = waiting.pop()
            yield at, after, left
            for link in self.automaton.links[at]:
                if link.to in seen or (link.before is not None and letter not in link.before):
                    continue
                following = after if link.after is None else after & link.after
                gone = left if link.leaves is None else left | {link.leaves}
                if following:
                    waiting.append((link.to, following, gone, seen | {link.to}))

    @cached_property
    def parts(self) -> dict[State, State]:
        """The loop in which each state stands, by its first state."""
        return components({state: self._after(state) for state in self.came})

    def found(self) -> Pump | None:
        """Return the first pump."""
        loops = [s for s in self.came if self._loops(s) and (s[0] == self.begin or self._open(s))]
        for one in loops:
            if self._twice(one):
                return Pump(self._leading(one), self._round(one))
        for one in loops:
            for other in loops:
                ways = one != other and one[1] == other[1] and other[0] != self.begin
                if ways and (repeated := self._both(one, other)):
                    return Pump(self._leading(one), repeated)
        return None

    def _open(self, state: State) -> bool:
        return not self._row(state)[1]

    def _loops(self, state: State) -> bool:
        return any(self.parts[after] == self.parts[state] for after in self._after(state))

    def _twice(self, state: State) -> bool:
        """Tell whether a loop can be gone round on one text in two ways."""
        return any(
            len([e for e, _ in row if e == edge]) > 1
            and self.parts[edge, letter] == self.parts[state]
            for letter, row in self._row(state)[0].items()
            for edge in {e for e, _ in row}
        )

    def _leading(self, state: State | None) -> str:
        read = []
        while state is not None and state[1] != BEYOND:
            read.append(self.automaton.alphabet.shown[state[1]])
            state = self.came[state]
        return "".join(reversed(read))

    def _round(self, state: State) -> str:
        came: dict[State, State] = {}
        waiting = deque([state])
        while state not in came:
            at = waiting.popleft()
            for after in self._after(at):
                if self.parts[after] == self.parts[state] and after not in came:
                    came[after] = at
                    waiting.append(after)
        return self._told(came, state, state, 1)

    def _both(self, one: State, other: State) -> str | None:
        """Return a text that leads from a loop round it, and to another and round that."""
        first: Pair = (
            one[0],
            one[0],
            other[0],
            one[1],
            self._inside(one[0]) | {_SAME},
            frozenset(),
        )
        came: dict[Pair, Pair] = {}
        waiting, seen = deque([first]), {first}
        while waiting:
            at = waiting.popleft()
            for pair in self._steps(at, self.parts[one], self.parts[other]):
                if pair not in seen:
                    came[pair] = at
                    goal = pair[:4] == (one[0], other[0], other[0], one[1])
                    if goal and not pair[4] & pair[5]:  # else the other leaves what the one is in
                        return self._told(came, pair, first, 3)
                    seen.add(pair)
                    waiting.append(pair)
        return None

    def _steps(self, at: Pair, here: State, there: State) -> Iterator[Pair]:
        x, y, z, read, together, over = at
        rows = [self._row((edge, read))[0] for edge in (x, y, z)]
        for letter in rows[2]:
            round_other = [step for step in rows[2][letter] if self.parts[step[0], letter] == there]
            for f, left in rows[0].get(letter, ()) if round_other else ():
                if self.parts[f, letter] != here:
                    continue
                for g, gone in rows[1].get(letter, ()):
                    if (left ^ gone) & together:  # of the two, the other was never tried
                        continue
                    same = _SAME in together and f == g and left == gone
                    still = self._inside(f) | {_SAME} if same else together - left - {_SAME}
                    for h, behind in round_other:
                        yield f, g, h, letter, still, over | (left ^ behind)

    def _inside(self, edge: int) -> frozenset[int]:
        return frozenset() if edge == self.begin else self.automaton.edges[edge].inside

    def _told(self, came: Mapping[Any, Any], last: Any, first: Any, letter: int) -> str:
        read = [self.automaton.alphabet.shown[last[letter]]]
        at = came[last]
        while at != first:
            read.append(self.automaton.alphabet.shown[at[letter]])
            at = came[at]
        return "".join(reversed(read))


def components(graph: Mapping[Node, Sequence[Node]]) -> dict[Node, Node]:
    """Return a name for each node, the same for those that lead to each other."""
    order: list[Node] = []
    seen: set[Node] = set()
    for root in graph:
        waiting: list[tuple[Node, bool]] = [(root, False)]
        while waiting:
            node, left = waiting.pop()
            if left:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                waiting += [(node, True), *((after, False) for after in graph[node])]
    back: dict[Node, list[Node]] = {node: [] for node in graph}
    for node, after in graph.items():
        for one in after:
            back[one].append(node)
    named: dict[Node, Node] = {}
    for root in reversed(order):
        reached = [root]
        while reached:
            if (node := reached.pop()) not in named:
                named[node] = root
                reached += back[node]
    return named
