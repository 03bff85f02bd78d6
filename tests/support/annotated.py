"""Returns handed back, mended as their agents would, and what is written in them."""

from __future__ import annotations

from pst_excel.annotating.workbook import annotated
from pst_excel.ooxml.workbook import Workbook
from support import CLEAN, opened, read, verdict

FAULTY = CLEAN.replace("| 250000", "| -1").replace(
    "31/12/2027 | 01/03/2026     | En cours", "30/09/2026 | 01/03/2026     | Fini vite"
)


def handed_back(data: bytes, name: str = "retour-1.xlsx") -> bytes:
    """A workbook as it goes back to its sender."""
    filled = read(data, name)
    return annotated(filled, verdict(filled).findings, data)[0]


def controls(data: bytes) -> list[dict[str, object]]:
    """The lines of the control sheet, by heading."""
    sheet = opened(data)["Contrôles"]
    _, _, _, head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows if row[0]]


def mended(data: bytes, **cells: object) -> bytes:
    """A workbook after its agent wrote in some cells: `Actions_AE5="En cours"`."""
    book = Workbook(data)
    for place, value in cells.items():
        title, ref = place.split("_")
        book[title].cell(ref).set(value)  # type: ignore[arg-type]
    return book.to_bytes()


def places(data: bytes) -> dict[str, str]:
    """Where the finding of each code is, as `mended` names a cell."""
    return {str(line["Code"]): f"{line['Feuille']}_{line['Cellule']}" for line in controls(data)}
