"""Real workbooks of what is drawn, read again, and changed by another program than this one."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import openpyxl

from pst_excel.api.outputs import as_bytes
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.excel.books.template import write_template
from pst_excel.merging.conflicts import Conflicts
from pst_excel.model.plan import Plan
from pst_excel.model.words.roles import Role
from pst_excel.pst import PST
from pst_excel.reading.reader import read_bytes
from pst_excel.returns.tables import Return, geometry


def workbook_of(filled: Return) -> bytes:
    """Return the bytes of a real xlsx that holds a return.

    Where the return has rows in a sheet of the program, the workbook is a consolidated one.
    """
    by_program = (sheet.key for sheet in filled.plan.tables if sheet.program)
    if not any(len(filled.tables.get(key, ())) for key in by_program):
        return write_template(filled)
    whole = {
        key: replace(table, letters=dict(geometry(filled.plan[key])))
        for key, table in filled.tables.items()
    }
    made = replace(filled, tables=whole)
    observed = filled.identity(Role.OBSERVED)
    one = Consolidation(filled.plan, observed, [made], [], [], made, {}, Conflicts())
    return as_bytes(one, ".xlsx")


def read_back(data: bytes, file: str = "retour.xlsx", plan: Plan = PST) -> Return:
    """Return what the library reads in the bytes of a workbook, of any kind that it reads.

    Raises: UnreadableFile.
    """
    return read_bytes(data, file, plan)


def edited(data: bytes, cells: Mapping[str, Any]) -> bytes:
    """Return a workbook after somebody typed in some cells, and openpyxl saved it.

    Cells are named as `Actions!C5`: `{finding.sheet}!{finding.cell}`. A None empties one; a text
    that begins with `=` is a formula, whose value nobody has calculated; `#N/A` is an error. What
    openpyxl does not know (marks of Excel 2010, calculated values) is gone, as with any program.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl tells what it drops
        book = openpyxl.load_workbook(io.BytesIO(data))
    for place, value in cells.items():
        title, _, cell = place.rpartition("!")
        book[title.strip("'")][cell].value = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
