"""The pages of a workbook written by Python libraries: openpyxl, xlsxwriter, PyExcelerate."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import openpyxl
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from support.written.content import Cell, Page


def by_openpyxl(pages: Sequence[Page], mac: bool = False) -> bytes:
    """Return the pages as openpyxl writes them; `mac` counts the days from 1904."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    if mac:
        book.epoch = CALENDAR_MAC_1904
    for page in pages:
        sheet = book.create_sheet(page.title)
        for place, cell in _filled(page):
            made = sheet.cell(place[0] + 1, place[1] + 1, cell.value)
            made.number_format = cell.form
            if isinstance(cell.value, str):
                made.data_type = "s"  # it would take « =… » for a formula, « #N/A » for an error
        for area in page.merged:
            sheet.merge_cells(area)
        for row in page.hidden:
            sheet.row_dimensions[row].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def by_xlsxwriter(pages: Sequence[Page], mac: bool = False) -> bytes:
    """Return the pages as xlsxwriter writes them; `mac` counts the days from 1904."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "date_1904": mac})
    forms = {form: book.add_format({"num_format": form}) for form in _forms(pages)}
    for page in pages:
        sheet = book.add_worksheet(page.title)
        for place, (value, form) in _filled(page):
            if isinstance(value, bool):
                sheet.write_boolean(*place, value)
            elif isinstance(value, str):
                sheet.write_string(*place, value, forms[form])
            elif isinstance(value, dt.date):
                sheet.write_datetime(*place, value, forms[form])
            else:
                sheet.write_number(*place, value, forms[form])
        for area in page.merged:
            first = page.rows[0][0]
            sheet.merge_range(area, first.value, forms[first.form])
        for row in page.hidden:
            sheet.set_row(row - 1, None, None, {"hidden": True})
    book.close()
    return buffer.getvalue()


def by_pyexcelerate(pages: Sequence[Page]) -> bytes:
    """Return the pages as PyExcelerate writes them."""
    from pyexcelerate import Format, Style, Workbook
    from pyexcelerate.DataTypes import DataTypes

    book = Workbook()
    for page in pages:
        sheet = book.new_sheet(page.title)
        for (row, column), (value, form) in _filled(page):
            # it would take « =… » for a formula
            kind = DataTypes.INLINE_STRING if isinstance(value, str) else None
            sheet.set_cell_value(row + 1, column + 1, value)
            sheet.set_cell_style(row + 1, column + 1, Style(format=Format(form), data_type=kind))
        for area in page.merged:
            sheet.range(*area.split(":")).merge()
        for hidden in page.hidden:
            sheet.set_row_style(hidden, Style(size=0))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _forms(pages: Sequence[Page]) -> set[str]:
    return {cell.form for page in pages for _, cell in _filled(page)}


def _filled(page: Page) -> list[tuple[tuple[int, int], Cell]]:
    return [
        ((row, column), cell)
        for row, cells in enumerate(page.rows)
        for column, cell in enumerate(cells)
        if cell.value is not None
    ]
