"""Values that are typed right and absurd, and workbooks whose cells hold them."""

from __future__ import annotations

import datetime as dt
import io
import math
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from openpyxl.workbook import Workbook

from pst_excel.excel.books.template import write_template
from pst_excel.model.plausible import plausible_in
from pst_excel.model.schema import SEPARATOR, Column
from pst_excel.model.words.kinds import Kind, Where
from pst_excel.model.words.roles import Role
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.tables import Return
from support import CLEAN, damaged, workbook

INFINITE, NO_NUMBER = float("inf"), float("nan")

BEYOND: dict[Kind, tuple[Any, ...]] = {
    Kind.YEAR: (1989, 2101, 9998, 1e308, -3, 0, 5, "1989"),
    Kind.DATE: (
        dt.date(1989, 12, 31),
        dt.date(2101, 1, 1),
        dt.datetime(9999, 12, 31),
        "31/12/9999",
        "01/01/0001",
        "0001-01-01",
        "31/12/1989",
        "fin 1950",
        25_000,
    ),
    Kind.AMOUNT: (
        1e308,
        -1e308,
        1_000_000_000_001,
        INFINITE,
        NO_NUMBER,
        "9" * 60,
        "1e+308",
        "1E+999",
        "1001 milliards d’euros",
    ),
    Kind.NUMBER: (1e308, -1_000_000_000_001, INFINITE, NO_NUMBER, "1e+308", "9" * 60),
    Kind.INTEGER: (1e308, 1e12 + 1, -1e12 - 1, "9" * 60),
    Kind.PERCENT: (1e308, 1_001, -1_001, INFINITE, NO_NUMBER, "99999 %"),
}
"""By kind, cells that are beyond the plausible."""

JUST: dict[Kind, tuple[Any, ...]] = {
    Kind.YEAR: (1990, 2100), Kind.DATE: (dt.date(1990, 1, 1), dt.date(2100, 12, 31)),
    Kind.AMOUNT: (-1e12, 1e12, 0, 0.01), Kind.NUMBER: (-1e12, 1e12, 1e-9),
    Kind.INTEGER: (-1e12, 1e12), Kind.PERCENT: (-1_000, 1_000),
}  # fmt: skip
"""By kind, values that are just plausible."""

NONSENSE: tuple[Any, ...] = (
    1e308, INFINITE, NO_NUMBER, 5e-324, -1, 9998, dt.date(1989, 12, 31), dt.datetime(9999, 12, 31),
    dt.time(12, 0), dt.timedelta(days=10**6), True, "9" * 60, "1e+308", "infini", "1²1", "1; 1e308",
)  # fmt: skip
"""What a row may hold in all its cells."""

_HEADINGS, _FIRST = 4, 6
_STANDS_FOR_INFINITE, _STANDS_FOR_NONE = 1.25e300, 1.5e300


def nonsense(cells: Iterable[Any], number_format: str = "") -> bytes:
    """Return a whole plan to which each table has a row more for each cell, which fills it."""

    def fill(book: Workbook) -> None:
        for sheet in PST.tables:
            if sheet.program:
                continue
            page = book[sheet.title]
            labels = {c.label for c in sheet.inputs if not c.hidden and c.where is not Where.WHOLE}
            places = [c.column for c in page[_HEADINGS] if _name(c.value) in labels]
            for at, cell in enumerate(cells):
                for place in places:
                    page.cell(_FIRST + at, place).value = held(cell)
                    if number_format:
                        page.cell(_FIRST + at, place).number_format = number_format

    return endless(damaged(workbook(CLEAN), fill))


def held(cell: Any) -> Any:
    """Return what stands in a workbook for a cell until it is `endless`: openpyxl knows no end."""
    if not isinstance(cell, float) or math.isfinite(cell):
        return cell
    return _STANDS_FOR_NONE if math.isnan(cell) else _STANDS_FOR_INFINITE


def endless(data: bytes) -> bytes:
    """Return a workbook whose cells hold infinite numbers, and numbers that are none."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(written, "w") as after:
        for name in before.namelist():
            part = before.read(name).replace(b"<v>1.25e+300</v>", b"<v>1e999</v>")
            after.writestr(name, part.replace(b"<v>1.5e+300</v>", b"<v>NaN</v>"))
    return written.getvalue()


def identified(text: str = CLEAN, **fields: Any) -> bytes:
    """Return a workbook whose identification holds these cells, as they are."""
    made = return_of(text, PST)
    form = made.tables[PST.form.key]
    changed = {key: [cell] for key, cell in fields.items()}
    tables = made.tables | {form.sheet: replace(form, columns=form.columns | changed)}
    return write_template(replace(made, tables=tables))


def _name(heading: object) -> str:
    return str(heading or "").strip(" ✱ƒ*")


def implausible(returned: Return) -> list[tuple[str, Any]]:
    """Return the typed values of a return that are not plausible, with their columns."""
    found = []
    for key, table in returned.tables.items():
        for column in returned.plan[key].inputs:
            values = table.columns.get(column.key, ())
            found += [(column.key, value) for value in values if not admitted(column, value)]
    return found


def admitted(column: Column, value: Any) -> bool:
    """Tell whether a typed value is plausible in its column."""
    known = plausible_in(column)
    if value is None or known is None:
        return True
    if column.many:
        return all(known.admits(float(one)) for one in str(value).split(SEPARATOR))
    return known.admits(value)


def years_of(returned: Return) -> list[object]:
    """Return the years of the legislature that a return says."""
    return [returned.identity(role) for role in (Role.FIRST_YEAR, Role.LAST_YEAR)]
