"""Plans of which nothing is to be blamed, drawn from the declaration.

The examples of the columns make a faultless plan; cells of it are drawn, and the check itself says
which of these may stand together. So a new column is drawn like the others, and a new rule obeyed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from hypothesis import strategies as st

from pst_excel.cells.values import Value
from pst_excel.distributing.prepare import prepare
from pst_excel.model.plan import Plan
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.keys import CODE
from pst_excel.model.words.kinds import Layout, Where
from pst_excel.model.words.roles import Role
from pst_excel.model.words.stages import Stage
from pst_excel.pst import PST
from pst_excel.returns.tables import Return
from pst_excel.testing.checks import blames
from pst_excel.testing.gestures import opened
from pst_excel.testing.ground import grounds
from pst_excel.testing.skeleton import link_of
from pst_excel.testing.values import cells

_BY_HAND = 4  # cells drawn in a row, at most


Place = tuple[str, int, Column]
"""A cell: its sheet, the place of its row, its column."""


@dataclass(frozen=True)
class Change:
    """A cell in which another value is written."""

    sheet: str
    at: int
    key: str
    value: Value


def plans(
    plan: Plan = PST,
    *,
    stage: Stage = Stage.FOLLOW_UP,
    min_rows: int = 1,
    max_rows: int = 3,
    service: bool = False,
) -> st.SearchStrategy[Return]:
    """Return plans in which the check finds no error and no warning, at the stage that they say.

    Each sheet of records holds from `min_rows` to `max_rows` rows, more where each row of another
    must have one. With `service`, what is drawn is the workbook that such a plan sends to one of
    its services. Hints may be found. Raises: ValueError where the examples of a declaration are
    themselves to be blamed.
    """
    grounds_of = grounds(plan, stage, min_rows, max_rows)
    return _services(_plans(grounds_of)) if service else _plans(grounds_of)


@st.composite
def _plans(draw: st.DrawFn, grounds_of: st.SearchStrategy[Return]) -> Return:
    ground = draw(grounds_of)
    return sound(ground, draw(changes(ground)))


@st.composite
def _services(draw: st.DrawFn, whole: st.SearchStrategy[Return]) -> Return:
    return draw(st.sampled_from(sent(draw(whole))))


def sent(whole: Return, due: dt.date | None = None) -> list[Return]:
    """Return the workbooks that a whole plan sends to its services."""
    return [
        replace(envelope.content, file=envelope.file)
        for envelope in prepare(whole, due=due).workbooks
    ]


@st.composite
def changes(draw: st.DrawFn, ground: Return, few: int = 0) -> list[Change]:
    """Draw what is written in some cells of each row of a plan, or in a `few` cells of it all."""
    places = [
        (sheet.key, at, column)
        for sheet in ground.plan
        for at in range(len(ground.tables.get(sheet.key, ())))
        for column in free_columns(sheet, ground.plan)
    ]
    if few:
        chosen = draw(st.lists(st.sampled_from(places), max_size=few, unique_by=_place))
    else:
        rows = [list(group) for _, group in groupby(places, key=_row)]
        cells_of = [
            st.lists(st.sampled_from(row), max_size=_BY_HAND, unique_by=_place) for row in rows
        ]
        chosen = [place for row in draw(st.tuples(*cells_of)) for place in row]
    return [
        Change(sheet, at, column.key, draw(cells(column, ground.lists)))
        for sheet, at, column in chosen
    ]


def _row(place: Place) -> tuple[str, int]:
    return place[:2]


def _place(place: Place) -> tuple[str, int, str]:
    return (*place[:2], place[2].key)


def free_columns(sheet: Sheet, plan: Plan) -> list[Column]:
    """Return the columns whose cells say nothing of which row hangs on which, nor whose it is."""
    if sheet.program or sheet.layout is Layout.LISTS:
        return []
    link = link_of(sheet, plan)
    bound = {CODE, sheet.named_by, *((link.column.chosen_by,) if link else ())}
    return [
        column
        for column in sheet.inputs
        if not (column.hidden or column.refers or column.key in bound)
        and column.where is Where.BOTH
        and (column.role is None or column.role in _TOLD)
    ]


_TOLD = (Role.SIZE, Role.CONTACT, Role.UPDATED)


def changed(ground: Return, made: Sequence[Change]) -> Return:
    """Return a plan with other values in some of its cells."""
    filled = opened(ground)
    for change in made:
        filled.tables[change.sheet].columns[change.key][change.at] = change.value
    return filled


def sound(ground: Return, drawn: Sequence[Change]) -> Return:
    """Return a plan with as many of the changes as leave it without blame.

    Raises: ValueError where there is none such, even without any change.
    """
    kept = list(drawn)
    (blamed,) = blames([changed(ground, kept)])
    if blamed and kept:
        alone = blames([changed(ground, [one]) for one in kept])
        kept = [one for one, blamed in zip(kept, alone, strict=True) if not blamed]
        (blamed,) = blames([changed(ground, kept)])
    while blamed:
        if not kept:
            said = "; ".join(f"{one.code} {one.sheet}!{one.cell}" for one in blamed)
            raise ValueError(f"the examples of {ground.plan!r} are not without fault: {said}")
        places = {(one.subject.sheet, one.subject.row) for one in blamed}
        left = [c for c in kept if (c.sheet, ground.tables[c.sheet].rows[c.at]) not in places]
        kept = left if len(left) < len(kept) else []
        (blamed,) = blames([changed(ground, kept)])
    return changed(ground, kept)
