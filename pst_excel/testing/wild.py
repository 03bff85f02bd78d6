"""Returns whose cells are each valid, whatever they say together: what must never be lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from pst_excel.cells.parsers.own_codes import padded_alike
from pst_excel.cells.values import Value
from pst_excel.excel.books.template import blank
from pst_excel.model.plan import Plan
from pst_excel.model.schema import HEADING_ROW, SEPARATOR, Sheet
from pst_excel.model.words.keys import CODE, ID
from pst_excel.model.words.kinds import Where
from pst_excel.model.words.roles import Role
from pst_excel.pst import PST
from pst_excel.returns.tables import Return, Table
from pst_excel.testing.values import Lists, cells, own_lists

_GIVEN = (Role.VERSION, Role.FIRST_YEAR, Role.LAST_YEAR)


@st.composite
def tables(
    draw: st.DrawFn,
    sheet: Sheet,
    lists: Lists,
    program: bool = False,
    min_rows: int = 0,
    max_rows: int = 3,
) -> Table:
    """Draw the rows of a sheet, each with an id of its own and a code.

    With `program`, so are the columns that stand in the whole plan alone.
    """
    count = draw(st.integers(min_rows, max_rows))
    columns: dict[str, list[Value]] = {}
    for column in sheet.inputs:
        if column.key == ID:
            columns[ID] = [f"{sheet.key}{number}" for number in range(count)]
        elif column.where is not Where.BOTH and not program:
            columns[column.key] = [None] * count
        else:
            drawn = st.lists(cells(column, lists), min_size=count, max_size=count)
            columns[column.key] = draw(drawn.filter(_read_alike))
    rows = list(range(HEADING_ROW + 1, HEADING_ROW + 1 + count))
    return Table(sheet.key, sheet.title, columns, rows, {})


def _read_alike(values: list[Value]) -> bool:
    """Tell whether no code of a column would be read as a slip among the others."""
    raw = [value if isinstance(value, str) else "" for value in values]
    return padded_alike(raw, values, [])[1] == []


@st.composite
def wild(
    draw: st.DrawFn,
    plan: Plan = PST,
    *,
    min_rows: int = 0,
    max_rows: int = 3,
    linked: bool = False,
) -> Return:
    """Draw a return: its identification, its own lists, the rows of every sheet.

    Every cell is valid by itself and nothing else holds: a code drawn alone seldom is that of a
    row, an action ends before it begins. With `linked`, rows name rows that are there.
    """
    lists = draw(own_lists(plan))
    known = {plan.form.by_role[role].key for role in _GIVEN if role in plan.form.by_role}
    form = {c.key: draw(cells(c, lists)) for c in plan.form.inputs if c.key not in known}
    said = {key: value for key, value in form.items() if value is not None}
    drawn = replace(blank(plan, said), lists=lists)
    for sheet in plan.tables:
        if not sheet.program:
            rows = tables(sheet, lists, min_rows=min_rows, max_rows=max_rows)
            drawn.tables[sheet.key] = draw(rows)
    for sheet in plan.tables if linked else ():
        if sheet.key in drawn.tables:
            _link(draw, drawn.tables, sheet)
    return drawn


def _link(draw: st.DrawFn, tables: Mapping[str, Table], sheet: Sheet) -> None:
    table = tables[sheet.key]
    for column in sheet.inputs:
        known = {str(code) for key in column.refers for code in _codes(tables, key)}
        if known:
            most = 3 if column.many else 1
            codes = st.lists(st.sampled_from(sorted(known)), unique=True, max_size=most)
            table.columns[column.key] = [SEPARATOR.join(draw(codes)) or None for _ in table.rows]


def _codes(tables: Mapping[str, Table], sheet: str) -> Sequence[Value]:
    return tables[sheet].columns[CODE] if sheet in tables else ()
