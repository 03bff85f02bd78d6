"""A plain table under the title of a sheet, as the sheets about a consolidation have it."""

from __future__ import annotations

from collections.abc import Sequence

from pst_excel.excel import palette
from pst_excel.excel.wrapping import LINE, lines_of
from pst_excel.excel.xlsx import A4, SheetWriter, options
from pst_excel.model.findings import Severity
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.kinds import Need

TALLEST = 400  # points: Excel has no row higher than 409
_INDENT = 2  # characters, at most


def write_table(
    page: SheetWriter,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[object]],
    context: str,
    tall: int | None = None,
    paper: int = A4,
) -> None:
    """Write a plain table under the title, filtered, its headings frozen.

    Rows are as high as their longest text; with `tall`, as that of so many first columns. A text
    that follows a column of numbers stands off from them.
    """
    book, ws = page.book, page.worksheet
    ws.hide_gridlines(2)
    style = book.format(palette.HEADING, palette.HEADINGS[Need.REQUIRED])
    off: palette.Look = {"align": "left", "indent": 1}
    after = _after_numbers(rows)
    for position, (label, width) in enumerate(columns):
        ws.set_column(position, position, width)
        set_off = book.format(palette.HEADING, palette.HEADINGS[Need.REQUIRED], off)
        page.put(HEADING_ROW - 1, position, label, set_off if position in after else style)
    plain = book.format(palette.RULED, text_wrap=True)
    indented = book.format(palette.RULED, off, text_wrap=True)
    for at, values in enumerate(rows):
        lines = 1
        for position, value in enumerate(values):
            form = indented if position in after else plain
            page.put(HEADING_ROW + at, position, value, form)
            if isinstance(value, str) and (tall is None or position < tall):
                room = columns[position][1] - _INDENT * (position in after)
                lines = max(lines, lines_of(value, room))
        ws.set_row(HEADING_ROW + at, min(LINE * lines + 3, TALLEST))
    ws.freeze_panes(HEADING_ROW, 0)
    last = max(HEADING_ROW + len(rows) - 1, HEADING_ROW)
    ws.autofilter(HEADING_ROW - 1, 0, last, len(columns) - 1)
    page.page(paper, context, HEADING_ROW - 1)


def _after_numbers(rows: Sequence[Sequence[object]]) -> set[int]:
    """Return the columns of texts that follow one of numbers, which are written up to its edge."""
    numbers = {
        at for row in rows for at, value in enumerate(row)
        if isinstance(value, int | float) and not isinstance(value, bool)
    }  # fmt: skip
    texts = {at for row in rows for at, value in enumerate(row) if isinstance(value, str) and value}
    return {at + 1 for at in numbers if at + 1 in texts - numbers}


def signed(severity: Severity) -> str:
    """Return a severity as the control sheets write it: its sign, then its word."""
    return f"{severity.sign} {severity}"


def colour_severities(page: SheetWriter, column: int, rows: int) -> None:
    """Colour the severities written in a column under the headings."""
    area = (HEADING_ROW, column, max(HEADING_ROW + rows - 1, HEADING_ROW), column)
    for severity, (fill, text) in palette.SEVERITY.items():
        form = page.book.mark({"bg_color": fill, "font_color": text})
        page.mark(area, options(type="text", criteria="containing", value=severity, format=form))
