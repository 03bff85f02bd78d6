"""What became of each finding since the round before: new, still there, solved.

A round is what a service sent back: a workbook whose content did not change since it was annotated
is still the same round, and its findings keep the state that they had.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from pst_excel.cells.values import RawCell, as_text
from pst_excel.checking.grouping import TOGETHER, gathered, service_of
from pst_excel.model.findings import Finding
from pst_excel.model.words.points import points
from pst_excel.model.words.wording import listed, plural
from pst_excel.returns.identity import derived
from pst_excel.returns.tables import Return

MANY = 100
"""The findings of one rule and one column beyond which a round says them as one."""


class FindingState(StrEnum):
    """What became of a finding since the round before."""

    NEW = "nouveau"
    STILL = "toujours là"
    SOLVED = "résolu"


@dataclass(frozen=True)
class Followed:
    """A finding in a state; `key` tells it from the others, round after round."""

    key: str
    state: FindingState
    finding: Finding


@dataclass(frozen=True)
class Round:
    """The findings of a round, in their states, and the stamp of the content they are about.

    `again` when the workbook came back with the same content.
    """

    stamp: str
    followed: Sequence[Followed] = field(default=())
    again: bool = field(default=False, compare=False)

    @property
    def open(self) -> list[Followed]:
        """What is not solved."""
        return [followed for followed in self.followed if followed.state is not FindingState.SOLVED]

    def counts(self) -> Counter[FindingState]:
        """Return how many findings are in each state."""
        return Counter(followed.state for followed in self.followed)


def stamp_of(returned: Return) -> str:
    """Return the stamp of all that a workbook says, wherever its rows and columns stand."""
    words: list[str] = []
    for key, table in returned.tables.items():
        columns: dict[str, Sequence[RawCell]] = {**table.columns}
        for name, values in [*columns.items(), *table.locals.items()]:
            words += [key, name, *("" if v is None else as_text(v) for v in values)]
    words += [f"{'.'.join(map(str, r.place))}={r.read}" for r in returned.readings]
    words += [f"{finding.code}.{finding.subject.sheet}" for finding in returned.findings]
    return derived(*words)


def next_round(returned: Return, findings: Iterable[Finding], before: Round | None) -> Round:
    """Return the round of a workbook: what is found now, then what was solved since `before`."""
    stamp = stamp_of(returned)
    known = {followed.key: followed for followed in before.followed} if before else {}
    # What was said as one stays so while it is mended, or every cell left would look new.
    found = _followed(gathered(findings, MANY, lambda f: derived(*_place(f), "1") in known))
    if before is None:
        return Round(stamp, found)
    same = before.stamp == stamp
    now = [replace(followed, state=_state(known.get(followed.key), same)) for followed in found]
    there = {followed.key for followed in found}
    gone = [followed for followed in before.followed if followed.key not in there]
    if not same:
        gone = [followed for followed in gone if followed.state is not FindingState.SOLVED]
    solved = [replace(followed, state=FindingState.SOLVED) for followed in gone]
    return Round(stamp, [*now, *solved], same)


def _state(before: Followed | None, same: bool) -> FindingState:
    if before is None or before.state is FindingState.SOLVED:
        return FindingState.NEW
    return before.state if same else FindingState.STILL


def _followed(findings: Iterable[Finding]) -> list[Followed]:
    times: Counter[tuple[str, ...]] = Counter()
    followed = []
    for finding in findings:
        place = _place(finding)
        times[place] += 1
        key = derived(*place, str(times[place]))
        followed.append(Followed(key, FindingState.NEW, finding))
    return followed


def _place(f: Finding) -> tuple[str, ...]:
    if f.id == TOGETHER:
        return f.code, f.sheet, f.column, service_of(f), TOGETHER
    return f.code, f.sheet, f.column, f.id or f.cell


_WORDS = {
    FindingState.NEW: ("nouveau", "nouveaux"),
    FindingState.STILL: ("toujours là", "toujours là"),
    FindingState.SOLVED: ("résolu", "résolus"),
}


def said_points(counts: Counter[FindingState]) -> str:
    """Say how many points are to be looked at, which are new, and how many are solved."""
    phrases = {
        state: plural(counts[state], *_WORDS[state]) for state in FindingState if counts[state]
    }
    solved = phrases.pop(FindingState.SOLVED, "")
    left = counts.total() - counts[FindingState.SOLVED]
    words = f"{points(left)} ({listed(phrases.values())})" if left else "rien à corriger"
    return ", ".join(phrase for phrase in (words, solved) if phrase)
