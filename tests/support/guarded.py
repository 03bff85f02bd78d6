"""A file shown to the guard: the sentence of its refusal, what its reader is given."""

from __future__ import annotations

import io

import pytest
from python_calamine import CalamineWorkbook

from pst_excel.reading.guard import inspection as guard
from pst_excel.reading.limits import limits_of
from pst_excel.text.errors import UnreadableFile

AWAY = "tout au bout d’une feuille"
"""What is said of a value far beyond the table."""

FORM = "application/vnd.oasis.opendocument."
"""What the kind of an OpenDocument begins with."""


def refusal(data: bytes, **limits: int) -> str:
    """Return the sentence with which a file is refused."""
    with pytest.raises(UnreadableFile) as caught:
        guard.inspect(data, limits_of(tuple(f"{name}={most}" for name, most in limits.items())))
    return str(caught.value)


def cells_read(data: bytes) -> dict[str, list[list[object]]]:
    """Return what calamine reads in a workbook."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as read:
        return {
            title: read.get_sheet_by_name(title).to_python(skip_empty_area=False)
            for title in read.sheet_names
        }
