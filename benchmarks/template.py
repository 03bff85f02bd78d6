"""The blank template: its size, and the time to write it against its bare cells by xlsxwriter.

The bare workbook has the same texts, numbers and formulas at the same places, and no format, list,
help, mark or table.
"""

from __future__ import annotations

import io
import warnings

import openpyxl
import xlsxwriter
from timing import best
from xlsxwriter.worksheet import Worksheet

from pst_excel.excel.books.template import blank, write_template
from pst_excel.pst import PST

RUNS = 7
Cells = dict[str, list[tuple[int, int, object]]]


def cells_of(data: bytes) -> Cells:
    """Return the filled cells of each sheet: row and column from 0, value."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: [
            (cell.row - 1, cell.column - 1, cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        for sheet in book
    }


class AsTheyAre(Worksheet):
    """A worksheet that does not look for the newer functions of Excel in each formula."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


def bare(cells: Cells, kind: type[Worksheet] = Worksheet) -> bytes:
    """Return a workbook with these cells and nothing else."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for title, filled in cells.items():
        sheet = book.add_worksheet(title, worksheet_class=kind)
        for row, column, value in filled:
            if isinstance(value, str) and value.startswith("="):
                sheet.write_formula(row, column, value, None, "")
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            else:
                sheet.write(row, column, value)
    book.close()
    return buffer.getvalue()


def main() -> None:
    """Print the size of the template and the ratio of the two times."""
    made = blank(PST, {})
    data = write_template(made)
    cells = cells_of(data)
    ours, theirs, quick = best(
        RUNS,
        lambda: write_template(made),
        lambda: bare(cells),
        lambda: bare(cells, AsTheyAre),
    )
    count = sum(len(filled) for filled in cells.values())
    print(f"blank template: {len(data) / 1000:.0f} kB, {count} cells, written in {ours:.3f} s")
    print(f"its bare cells by xlsxwriter: {theirs:.3f} s, ratio {ours / theirs:.2f} (below 3)")
    print(f"  without its look into each formula: {quick:.3f} s, ratio {ours / quick:.2f}")


if __name__ == "__main__":
    main()
