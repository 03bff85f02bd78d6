"""A workbook whose first sheet holds the formulas that are given."""

from __future__ import annotations

import io
import zipfile

import xlsxwriter

from pst_excel.ooxml.cells import formula_cells
from pst_excel.ooxml.package.names import main
from pst_excel.ooxml.references.addresses import cell_of
from pst_excel.ooxml.workbook import Workbook

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(*formulas: tuple[str, str], plain: str = "", edit=None) -> Workbook:
    """A workbook of two sheets, the first of which holds these `f` elements by their address."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet("Calculs")
        book.add_worksheet("Notes").write("A1", "rien")
    rows: dict[int, str] = {}
    for ref, element in formulas:
        row = cell_of(ref)[0]
        rows[row] = rows.get(row, "") + f'<c r="{ref}">{element}<v>1</v></c>'
    data = "".join(f'<row r="{row}">{cells}</row>' for row, cells in sorted(rows.items()))
    sheet = f"<worksheet {NAMESPACE}><sheetData>{plain}{data}</sheetData></worksheet>"
    parts = {"xl/worksheets/sheet1.xml": sheet.encode()}
    return Workbook(replaced(made.getvalue(), parts, edit))


def replaced(data: bytes, parts: dict[str, bytes], edit=None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = parts.get(name, old.read(name))
            new.writestr(name, edit(name, content) if edit else content)
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    return made.getvalue()


def without_full_calculation(name: str, content: bytes) -> bytes:
    return content.replace(b' fullCalcOnLoad="1"', b"") if name == "xl/workbook.xml" else content


def texts(book: Workbook) -> dict[str, str | None]:
    sheet = book["Calculs"]
    return {cell.ref: formula_cells.text(sheet, cell.row, cell.column) for cell in sheet.cells()}


def element(book: Workbook, ref: str):
    cell = book["Calculs"].grid.cell(*cell_of(ref))
    return None if cell is None else cell.find(main("f"))


def shared(number: int = 0, ref: str = "", text: str = "") -> str:
    place = f' ref="{ref}"' if ref else ""
    return (
        f'<f t="shared"{place} si="{number}">{text}</f>'
        if text
        else f'<f t="shared" si="{number}"/>'
    )


COLUMN = [("B1", shared(0, "B1:B4", "A1*$D$1")), *((f"B{row}", shared()) for row in (2, 3, 4))]
BLOCK = [
    ("B2", shared(0, "B2:C3", "SUM(A$1:A2)+Notes!A1")), ("C2", shared()),
    ("B3", shared()), ("C3", shared()),
]  # fmt: skip
