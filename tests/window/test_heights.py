"""How high LibreOffice makes a row of a text: what the program gives it is enough, and little more."""

from __future__ import annotations

import io

import xlsxwriter
from support import office
from support.window import Window

from pst_excel.excel.wrapping import INDENT, height_of, lines_of
from pst_excel.reference.samples import content

MEASURED = (9, 12, 19, 28, 36, 46)
"""Widths of columns, in characters."""
LINE, FIRST = 11.2, 13.8
"""Points that LibreOffice gives to a line, and to a row of one."""


def said() -> list[str]:
    """The texts of the sample plan, of all lengths."""
    rows = content.rows_of(content.MAIN)
    texts = {str(value) for sheet in rows.values() for row in sheet for value in row.values()}
    return sorted(text for text in texts if 14 < len(text) < 400)[::9]


def wrapped(texts: list[str]) -> bytes:
    """Return the texts in cells that are wrapped, a sheet a width, with and without an indent."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for indent in (0, 1):
            form = book.add_format({"text_wrap": True, "align": "left", "indent": indent})
            for width in MEASURED:
                sheet = book.add_worksheet(f"{width} {indent}")
                sheet.set_column(0, 0, width)
                for row, text in enumerate(texts):
                    sheet.write_string(row, 0, text, form)
    return buffer.getvalue()


def test_libreoffice_needs_no_more_lines_and_seldom_fewer(window: Window) -> None:
    texts = said()
    window.open(wrapped(texts))
    for indent in (0, 1):
        for width in MEASURED:
            window.go(f"{width} {indent}", f"A1:A{len(texts)}")
            window.command("SetOptimalRowHeight", aExtraHeight=0)
    spared = []
    with office.opened(window.saved()) as book:
        for sheet in book:
            width, indent = map(int, sheet.title.split())
            for row, text in enumerate(texts, start=1):
                high = sheet.row_dimensions[row].height or FIRST
                shown = 1 + round((high - FIRST) / LINE)
                lines = lines_of(text, width - indent * INDENT)
                assert shown <= lines, (width, indent, text)
                assert high <= height_of(lines)
                spared += [lines - shown] if width > 12 else []
    assert sum(n > 1 for n in spared) / len(spared) < 0.03
    # Excel, whose columns are narrower, needs a line more in these.
    assert sum(n > 0 for n in spared) / len(spared) < 1 / 3
