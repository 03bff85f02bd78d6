"""Plans with one fault: of each rule its bad example among rows without fault, of each kind of cell
something that it cannot hold, typed in a real workbook.

Nothing here names a rule: a new one is drawn because it gives its bad example.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from hypothesis import assume
from hypothesis import strategies as st

from pst_excel.model.findings import Finding
from pst_excel.model.words.stages import Stage
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.reference.samples.selftest import broken, text_of
from pst_excel.returns.tables import Return
from pst_excel.testing.checks import findings_of
from pst_excel.testing.ground import grounds
from pst_excel.testing.joined import joined
from pst_excel.testing.plans import changed, changes
from pst_excel.testing.typed import TYPED, Typed, typed
from pst_excel.testing.workbooks import edited, read_back, workbook_of

STAGE = Stage.EVALUATION
"""The stage that plans with a fault say: what is asked at any is asked at it."""
_RULES = {rule.code: rule for rule in PST.rules}
_GROUNDS = grounds(PST, STAGE, 1, 2)


@dataclass(frozen=True)
class Fault:
    """A plan in which one thing is wrong, of a code, at a cell: its sheet and column by their keys.

    `row` is 0 for a field of the identification, and for a heading. What a rule compares with the
    state before finds that in `filled.before`.
    """

    code: str
    filled: Return
    sheet: str
    row: int
    column: str
    typed: bytes = field(default=b"", repr=False)

    @property
    def workbook(self) -> bytes:
        """The bytes of a real workbook that has the fault."""
        return self.typed or workbook_of(self.filled)

    def among(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return those of some findings of this plan that tell the fault, at its cell."""
        return [one for one in findings if one.code == self.code and _place(one) == self.place]

    @property
    def place(self) -> tuple[str, int, str]:
        """The sheet, the row and the column of the fault."""
        return self.sheet, self.row, self.column


@dataclass(frozen=True)
class Drafts:
    """A bad example among drawn rows, with less and less around it: the last one stands alone."""

    code: str
    plans: Sequence[Return]


def codes() -> tuple[str, ...]:
    """Return the codes of which `faulty` draws plans: every rule, and what cells and headings say.

    What a file says as a whole (a sheet that is missing, a picture in a cell) is not among them.
    """
    return (*TYPED, *_RULES)


def faulty(code: str) -> st.SearchStrategy[Fault]:
    """Return plans with one fault of a code, checked at the stage of the evaluation.

    Of a rule, the check finds this and nothing else of error or warning beside what its example
    gives; of what is typed in a cell, it may find as well what the value of that cell is missed
    for. Raises: ValueError for a code that is not among `codes()`.
    """
    if code in TYPED:
        return _typed(code)
    if code not in _RULES:
        raise ValueError(f"{code}: no plan is drawn with a fault of this code")
    return _surroundings().map(lambda around: settled([_draft(code, around)])[0])


def each_fault(codes: Iterable[str] = tuple(_RULES)) -> st.SearchStrategy[list[Fault]]:
    """Return for each of some rules a plan with one fault of it: they are checked together.

    What costs in `faulty` is the check of a batch, and one batch serves them all.
    """
    return _surroundings().map(lambda around: settled([_draft(code, around) for code in codes]))


@st.composite
def _surroundings(draw: st.DrawFn) -> list[Return]:
    """Draw rows without fault, with a few cells changed and with none."""
    ground = draw(_GROUNDS)
    return [changed(ground, draw(changes(ground, few=3))), ground]


def _draft(code: str, around: Sequence[Return]) -> Drafts:
    alone = _alone(code)
    plans = [*(joined(one, alone) for one in around), alone]
    return Drafts(code, [replace(one, file=f"{code}.xlsx") for one in plans])


@cache
def _alone(code: str) -> Return:
    ((_, now, was),) = broken([_RULES[code]])
    made = return_of(text_of(now), PST, f"{code}.xlsx")
    return replace(made, before=return_of(text_of(was), PST)) if was else made


def settled(drawn: Sequence[Drafts]) -> list[Fault]:
    """Return the fault of each draft, with the most around it that adds none of its own."""
    tried = [plan for one in drawn for plan in one.plans]
    found = iter(findings_of(tried, STAGE))
    return [_settled(one, [next(found) for _ in one.plans]) for one in drawn]


def _settled(drawn: Drafts, found: Sequence[Sequence[Finding]]) -> Fault:
    *around, alone = drawn.plans
    example = found[-1]
    (told,) = [one for one in example if one.code == drawn.code]
    sheet, row, column = _place(told)
    for plan, seen in zip(around, found, strict=False):
        below = _moved(plan, alone, sheet)
        fault = Fault(drawn.code, plan, sheet, row + below if row else row, column)
        same = len(_of(seen, drawn.code)) == 1 and len(seen) == len(example)
        if same and fault.among(seen):
            return fault
    return Fault(drawn.code, alone, sheet, row, column)


def _moved(plan: Return, alone: Return, sheet: str) -> int:
    """Return by how many rows the example stands lower in a plan than alone."""
    return len(plan.tables[sheet]) - len(alone.tables[sheet])


def _of(found: Iterable[Finding], code: str) -> list[Finding]:
    return [one for one in found if one.code == code]


def _place(finding: Finding) -> tuple[str, int, str]:
    """Return the sheet, the row and the column of a finding; that of a heading by its words."""
    subject = finding.subject
    labels = {column.label: column.key for column in PST[subject.sheet].columns}
    return subject.sheet, subject.row, subject.column or labels.get(subject.label, "")


@st.composite
def _typed(draw: st.DrawFn, code: str) -> Fault:
    ground = draw(_GROUNDS)
    one: Typed = draw(typed(code, ground))
    table = ground.tables[one.sheet]
    data = edited(workbook_of(ground), {f"{table.title}!{one.cell(table)}": one.value})
    fault = Fault(code, read_back(data, f"{code}.xlsx"), one.sheet, one.row, one.column, typed=data)
    (found,) = findings_of([fault.filled], STAGE)
    assume(fault.among(found))
    return fault
