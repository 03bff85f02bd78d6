"""A workbook with a table, and that table once it was changed."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import xlsxwriter

from pst_excel.ooxml.cells.values import Formula
from pst_excel.ooxml.sheet import Table
from pst_excel.ooxml.workbook import Workbook
from support.ooxml.rows_book import Told
from support.repairs import complaints

SHEET, TABLE = "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"
DAY = dt.date(2026, 3, 1)
DOUBLE = "tActions[[#This Row],[Montant]]*2"


def actions(
    rows: int = 3, totals: bool = False, below: str = "", headings: bool = True, blank: bool = False
) -> bytes:
    """Return a workbook with a table of four columns whose headings are on row 2.

    below: an address on which something stands. blank: the cells of the table hold nothing.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Plan")
        date = book.add_format({"num_format": "dd/mm/yyyy", "bg_color": "#EEEEEE"})
        top = 3 if headings else 2
        last = top + rows - 1
        data = [[f"A{at}", at, None, DAY] for at in range(1, rows + 1)]
        sheet.add_table(f"B2:E{last + totals}", {
            "name": "tActions", "header_row": headings, "total_row": totals,
            "data": [] if blank else data,
            "columns": [
                {"header": "Code"}, {"header": "Montant", **({"total_function": "sum"} if totals else {})},
                {"header": "Double", "formula": f"={DOUBLE}"},
                {"header": "Échéance", "format": date},
            ],
        })  # fmt: skip
        for row in range(top, last + 1):
            sheet.write_formula(row - 1, 3, f"={DOUBLE}", None, 2 * (row - top + 1))
        sheet.set_row(last - 1, 30)
        sheet.data_validation(f"B{top}:B{last}", {"validate": "custom", "value": f"=LEN(B{top})<9"})
        sheet.data_validation(f"E{top}", {"validate": "list", "source": ["a"]})
        rule = {"type": "formula", "criteria": f'=$B{top}=""', "format": date}
        sheet.conditional_format(f"B{top}:E{last}", rule)
        sheet.conditional_format(
            f"C{top}:C{last}", {"type": "data_bar", "data_bar_2010": True, "bar_solid": True}
        )
        sheet.write("G1", "ailleurs")
        if below:
            sheet.write(below, "en dessous")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"=Plan!$C${top}:$C${last}"})
        book.add_worksheet("Courbe").insert_chart("A1", chart)
    return buffer.getvalue()


class Opened:
    """The table of a workbook, and the workbook saved once it was changed."""

    def __init__(self, data: bytes) -> None:
        self.before = data
        self.book = Workbook(data)
        self.table = self.book.table("tActions")

    def saved(self) -> Told:
        """Return the file, in which Excel would find nothing more to repair."""
        data = self.book.to_bytes()
        assert complaints(data) == complaints(self.before)
        return Told(data)


def told(table: Table, row: int) -> list[Any]:
    """Return a row of a table, a formula by its text."""
    area = table.area
    cells = [table.sheet.at(row, column) for column in range(area.left, area.right + 1)]
    return [one.value.text if isinstance(one.value, Formula) else one.value for one in cells]
