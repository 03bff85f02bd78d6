"""A file shown to the guard: the sentence of its refusal, what its reader is given."""

from __future__ import annotations

import io

from python_calamine import CalamineWorkbook

from pst_excel.reading.guard import inspection as guard
from pst_excel.reading.limits import limits_of
from pst_excel.text.errors import UnreadableFile
from support.hostile import parts_of

AWAY = "tout au bout d’une feuille"
"""What is said of a value far beyond the table."""

FORM = "application/vnd.oasis.opendocument."
"""What the kind of an OpenDocument begins with."""


def refusal(data: bytes, **limits: int) -> str:
    """Return the sentence with which a file, or its only sheet beyond the limits, is refused."""
    try:
        inspected = guard.inspect(
            data, limits_of(tuple(f"{name}={most}" for name, most in limits.items()))
        )
    except UnreadableFile as refused:
        return str(refused)
    (sentence,) = inspected.refused.values()
    return sentence


def sheets_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of the sheets of a workbook by name."""
    found = parts_of(data)
    return {name: found[name] for name in found if name.startswith("xl/worksheets/sheet")}


def cells_read(data: bytes) -> dict[str, list[list[object]]]:
    """Return what calamine reads in a workbook."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as read:
        return {
            title: read.get_sheet_by_name(title).to_python(skip_empty_area=False)
            for title in read.sheet_names
        }
