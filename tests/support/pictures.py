"""Workbooks with pictures placed in cells, as Excel keeps them."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

_DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def pictured(rows: Sequence[Sequence[Any]], *cells: str) -> bytes:
    """Return a workbook of these rows of Actions, and pictures in cells."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Actions")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        for cell in cells:
            sheet.embed_image(cell, "point.png", {"image_data": io.BytesIO(_DOT)})
    return buffer.getvalue()
