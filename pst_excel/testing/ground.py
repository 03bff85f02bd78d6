"""The plans on which others are drawn: those of the examples, completed until nothing is hinted.

What the examples leave blank and the check then asks for is found once for each declaration, by
asking the check which of a few values answers it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from hypothesis import strategies as st

from pst_excel.cells.values import Value
from pst_excel.model.findings import Finding
from pst_excel.model.plan import Plan
from pst_excel.model.schema import Column
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.stages import Stage
from pst_excel.returns.tables import Return
from pst_excel.testing.checks import findings_of
from pst_excel.testing.gestures import opened
from pst_excel.testing.skeleton import (
    ROOT,
    Usual,
    Writer,
    filled_sheets,
    known_labels,
    link_of,
    shapes,
    skeleton,
)
from pst_excel.testing.values import own_lists

_ROUNDS = 12  # cells that are completed, at most


def grounds(plan: Plan, stage: Stage, min_rows: int, max_rows: int) -> st.SearchStrategy[Return]:
    """Return plans of any shape in which nothing but their shape and their own lists is drawn."""
    # What is found once is found when the first of them is drawn, not when a test is declared.
    return st.deferred(lambda: _grounds(plan, stage, min_rows, max_rows, usual(plan, stage)))


@st.composite
def _grounds(
    draw: st.DrawFn, plan: Plan, stage: Stage, min_rows: int, max_rows: int, known: Usual
) -> Return:
    lists = draw(own_lists(plan, known_labels(plan)))
    return skeleton(plan, draw(shapes(plan, min_rows, max_rows)), lists, stage, known)


def usual(plan: Plan, stage: Stage) -> Usual:
    """Return what stands in the columns that the examples leave blank and the check asks for."""
    shape = {s.key: [0 if link_of(s, plan) else ROOT] for s in filled_sheets(plan)}
    writer = Writer(plan, known_labels(plan), {})
    known: dict[tuple[str, str], Value] = {}
    given_up: set[tuple[str, str]] = set()
    for _ in range(_ROUNDS):
        ground = skeleton(plan, shape, known_labels(plan), stage, known)
        (found,) = findings_of([ground])
        asked = next((p for one in found if (p := _blank(one, ground)) and p not in given_up), None)
        if asked is None:
            break
        values = list(_answers(plan[asked[0]][asked[1]], ground, writer))
        left = findings_of([_with(ground, asked, value) for value in values])
        best = min(range(len(values)), key=lambda at: len(left[at]), default=None)
        if best is not None and len(left[best]) < len(found):
            known[asked] = values[best]
        else:
            given_up.add(asked)
    return known


def _blank(finding: Finding, ground: Return) -> tuple[str, str] | None:
    """Return the sheet and the column of a finding whose cell is blank."""
    place = finding.subject.sheet, finding.subject.column
    table = ground.tables.get(place[0])
    held = table.columns.get(place[1]) if table is not None else None
    return place if held and held[0] is None and place[0] != ground.plan.form.key else None


def _answers(column: Column, ground: Return, writer: Writer) -> Iterator[Value]:
    """Give values that may answer for a blank: the example, the plainest, those beside it."""
    if column.refers:
        for key in column.refers:
            if key in ground.tables:
                yield from ground.tables[key].columns["code"]
        return
    example = writer.example(column)
    yield from (value for value in (example, writer.plain(column)) if value is not None)
    if column.vocabulary is not None:
        yield from column.vocabulary.labels
    if column.kind is Kind.YEAR:
        yield float(ground.plan.first_year)
    if column.kind is Kind.DATE:
        yield from _days(ground)


def _days(ground: Return) -> Sequence[dt.date]:
    cells = (
        cell
        for table in ground.tables.values()
        for cells in table.columns.values()
        for cell in cells
    )
    return sorted({cell for cell in cells if isinstance(cell, dt.date)})


def _with(ground: Return, place: tuple[str, str], value: Value) -> Return:
    filled = opened(ground)
    sheet, key = place
    filled.tables[sheet].columns[key][:] = [value] * len(filled.tables[sheet])
    return filled
