"""What became of each finding since the round before: new, still there, solved.

A round is what a service sent back: a workbook whose content did not change since it was annotated
is still the same round, and its findings keep the state that they had.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from pst_excel.batch import Return
from pst_excel.findings import Finding, Severity
from pst_excel.gathering import TOGETHER, gathered
from pst_excel.identity import derived
from pst_excel.parsing import as_text
from pst_excel.wording import listed, plural

MANY = 100
"""The findings of one rule and one column beyond which a round says them as one."""


class State(StrEnum):
    """What became of a finding since the round before."""

    NEW = "nouveau"
    STILL = "toujours là"
    SOLVED = "résolu"


@dataclass(frozen=True)
class Line:
    """A finding as the control sheet says it; `key` tells it from the others, round after round."""

    key: str
    state: State
    severity: Severity
    sheet: str
    cell: str
    column: str
    message: str
    read: str
    expected: str
    remedy: str
    code: str


@dataclass(frozen=True)
class Round:
    """The lines of a round, and the stamp of the content that they are about.

    `again` when the workbook came back with the same content.
    """

    stamp: str
    lines: Sequence[Line] = field(default=())
    again: bool = field(default=False, compare=False)

    @property
    def open(self) -> list[Line]:
        """The lines that are not solved."""
        return [line for line in self.lines if line.state is not State.SOLVED]

    def counts(self) -> Counter[State]:
        """Return how many lines are in each state."""
        return Counter(line.state for line in self.lines)


def stamp_of(one: Return) -> str:
    """Return the stamp of all that a workbook says, wherever its rows and columns stand."""
    said: list[str] = []
    for key, table in one.tables.items():
        for name, values in [*table.columns.items(), *table.locals.items()]:
            said += [key, name, *("" if v is None else as_text(v) for v in values)]
    said += [f"{n.sheet}.{n.row}.{n.key}={n.note.read}" for n in one.notes]
    said += [f"{t.code}.{t.sheet}" for t in one.troubles]
    return derived(*said)


def next_round(one: Return, findings: Iterable[Finding], before: Round | None) -> Round:
    """Return the round of a workbook: what is found now, then what was solved since `before`."""
    stamp = stamp_of(one)
    known = {line.key: line for line in before.lines} if before else {}
    # What was said as one stays so while it is mended, or every cell left would look new.
    lines = _lines(gathered(findings, MANY, lambda f: derived(*_place(f), "1") in known))
    if before is None:
        return Round(stamp, lines)
    same = before.stamp == stamp
    now = [replace(line, state=_state(known.get(line.key), same)) for line in lines]
    found = {line.key for line in lines}
    gone = [line for line in before.lines if line.key not in found]
    if not same:
        gone = [line for line in gone if line.state is not State.SOLVED]
    solved = [replace(line, state=State.SOLVED) for line in gone]
    return Round(stamp, [*now, *solved], same)


def _state(before: Line | None, same: bool) -> State:
    if before is None or before.state is State.SOLVED:
        return State.NEW
    return before.state if same else State.STILL


def _lines(findings: Iterable[Finding]) -> list[Line]:
    times: Counter[tuple[str, ...]] = Counter()
    lines = []
    for f in findings:
        place = _place(f)
        times[place] += 1
        lines.append(
            Line(
                derived(*place, str(times[place])), State.NEW, f.severity, f.sheet, f.cell,
                f.column, f.message, f.read, f.expected, f.remedy, f.code,
            )
        )  # fmt: skip
    return lines


def _place(f: Finding) -> tuple[str, ...]:
    if f.id == TOGETHER:
        return f.code, f.sheet, f.column, f.service, TOGETHER
    return f.code, f.sheet, f.column, f.id or f.cell


_WORDS = {
    State.NEW: ("nouveau", "nouveaux"),
    State.STILL: ("toujours là", "toujours là"),
    State.SOLVED: ("résolu", "résolus"),
}


def said_points(points: Counter[State]) -> str:
    """Say how many points are to be looked at, which are new, and how many are solved."""
    said = {state: plural(points[state], *_WORDS[state]) for state in State if points[state]}
    solved = said.pop(State.SOLVED, "")
    left = points.total() - points[State.SOLVED]
    words = (
        f"{plural(left, 'point')} à voir ({listed(said.values())})" if left else "rien à corriger"
    )
    return ", ".join(one for one in (words, solved) if one)
