"""What a return says, beside what was sent: its changes, and which rows are its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from pst_excel.merging.alignment import Realigned
from pst_excel.merging.contents import LOCAL, Content
from pst_excel.merging.differences import Change
from pst_excel.merging.states import State
from pst_excel.text.spelling import fold


class Basis(Enum):
    """What is known of what a sender had before his eyes."""

    SENT = auto()  # it is known: a three-way merge
    STATED = auto()  # it is not, and he states what is: his word stands
    BACK = auto()  # it is, and he says again what was sent: an older copy, or a change undone
    QUOTED = auto()  # nor did he touch it: an unknown state of the plan, which is only listed
    DOUBTED = auto()  # it is not, and the plan may be newer than what he had: the plan stands


@dataclass(frozen=True)
class Answer:
    """One author's word: his state, what he changed, the rows for which another answers.

    `changes` go with how much is known of what stood before; `lent` are the rows, by sheet and
    id, where a change is a proposal to another; where he `proposes`, every change is. `told` are
    the rows whose ids had to be put right, `source` is the place of the return among all. `sent` is
    what he was sent, where that is not what his changes are changes of.
    """

    author: str
    state: State
    changes: tuple[tuple[Basis, Change], ...]
    lent: frozenset[tuple[str, str]] = frozenset()
    told: tuple[Realigned, ...] = ()
    proposes: bool = False
    source: int = field(default=-1, compare=False)
    sent: State | None = field(default=None, compare=False)

    def before(self, change: Change) -> Content:
        """Return what the author was sent, of a field that he changed."""
        records = self.sent.sheets.get(change.sheet) if self.sent is not None else None
        at = records.position.get(change.id) if records is not None else None
        return change.before if records is None or at is None else records.column(change.field)[at]

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.state.returned.file

    def place(self, change: Change) -> str:
        """Say where a change was read: the file, the sheet, the cell."""
        table = self.state.returned.tables[change.sheet]
        where = f"{self.file} · {table.title}"
        if not change.row:
            return where
        cell = table.cell(change.field.removeprefix(LOCAL), change.row)
        return f"{where}!{cell}" if cell else f"{where} · ligne {change.row}"

    def record(self, change: Change) -> dict[str, Content]:
        """Return what the row of a change holds in the return, by field."""
        records = self.state.sheets[change.sheet]
        return records.record(records.position[change.id])

    def owns(self, change: Change) -> bool:
        """Tell whether a change is of a row for which its author answers."""
        return not self.proposes and (change.sheet, change.id) not in self.lent

    def of(self, fields: bool) -> Iterator[tuple[Basis, Change]]:
        """Give the changes of fields, or those of whole rows."""
        return ((basis, change) for basis, change in self.changes if bool(change.field) is fields)


def in_order(answers: Iterable[Answer]) -> list[Answer]:
    """Return answers in an order of their own, whatever the one in which they were given."""
    numbered = sorted(answers, key=lambda a: (fold(a.author), a.file, a.state.returned.digest))
    return [replace(answer, source=at) for at, answer in enumerate(numbered)]
