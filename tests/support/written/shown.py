"""A few codes, errors and rows that are hidden, in the four kinds of workbooks.

`python -m support.written.shown FOLDER_WITH_NODE_MODULES` from `tests` writes the files of
`tests/golden/shown` again: see README.md.
"""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl.workbook import Workbook

from support import SHOWN
from support.written.converting import by_libreoffice

HEADINGS = ("Code action", "OO", "Intitulé", "Avancement %", "ETP", "Actions liées")


class Formatted(NamedTuple):
    """A number, a date or a formula, under a number format."""

    value: Any
    form: str


DAY = Formatted(dt.date(2001, 1, 5), "d\\.m\\.yy")
ROWS: tuple[tuple[Any, ...], ...] = (
    ("5.1.02", "1.1", "Un texte", 10, 1, None),
    ("5.1.03", Formatted(1.1, "0.00"), "Deux décimales", "=1/0", "=NA()", Formatted(1.1, "0.00")),
    ("5.1.04", Formatted(11, '0"."0'), "Un point entre guillemets", 20, 2, None),
    ("5.1.05", Formatted(7, "00"), "Un zéro devant", "=1+C2", 1, Formatted(5, "000")),
    ("5.1.06", Formatted(12, '"OO "0'), "Un mot devant", 30, "=Absente!A1", None),
    ("5.1.07", Formatted(2.5, "#,##0.00"), "Des milliers", 40, 1, None),
    ("5.1.08", 1.2, "Tel quel", 50, 1, "5.1.02; 5.1.03"),
    ("5.1.09", Formatted(3.456, "0.00"), "Un chiffre caché", 60, 1, None),
    ("5.1.10", Formatted(8, "0.00"), "Une ligne masquée", 70, 1, None),
    (DAY, "1.3", "Un jour", 80, 1, None),
)  # fmt: skip
HIDDEN_ROW, HIDDEN_COLUMN = 10, "C"

_TO_XLSB = """
const XLSX = require("xlsx");
const book = XLSX.read(require("fs").readFileSync(0), {
  cellNF: true, cellStyles: true, cellDates: false,
});
const sheet = book.Sheets.Actions;
sheet["!rows"] = Object.assign([], sheet["!rows"], { [Number(process.argv[2]) - 1]: { hidden: true } });
sheet["!cols"] = Object.assign([], sheet["!cols"], { [Number(process.argv[3]) - 1]: { hidden: true } });
require("fs").writeFileSync(process.argv[1], XLSX.write(book, { type: "buffer", bookType: "xlsb", cellStyles: true }));
"""


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Actions"
    sheet.append(HEADINGS)
    for at, row in enumerate(ROWS, 2):
        for column, cell in enumerate(row, 1):
            value, form = cell if isinstance(cell, Formatted) else (cell, "General")
            made = sheet.cell(at, column, value)
            made.number_format = form
    sheet.row_dimensions[HIDDEN_ROW].hidden = True
    sheet.column_dimensions[HIDDEN_COLUMN].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def main(modules: Path) -> None:
    """Write the files: LibreOffice calculates the first, and SheetJS makes an xlsb of that."""
    SHOWN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = by_libreoffice(_workbook(), Path(folder))
    for form, data in made.items():
        (SHOWN / f"retour.{form}").write_bytes(data)
    column = str(ord(HIDDEN_COLUMN) - 64)
    target = [str(SHOWN / "retour.xlsb"), str(HIDDEN_ROW), column]
    subprocess.run(["node", "-e", _TO_XLSB, *target], cwd=modules, check=True, input=made["xlsx"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
