"""A plain table under the title of a sheet, as the sheets about a consolidation have it."""

from __future__ import annotations

from collections.abc import Sequence

from pst_excel.excel import palette
from pst_excel.excel.formats import LINE, lines_of
from pst_excel.excel.xlsx import A4, SheetWriter, options
from pst_excel.model.findings import Severity
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.kinds import Need

TALLEST = 400  # points: Excel has no row higher than 409


def write_table(
    page: SheetWriter,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[object]],
    context: str,
    tall: int | None = None,
    paper: int = A4,
) -> None:
    """Write a plain table under the title, filtered, its headings frozen.

    Rows are as high as their longest text; with `tall`, as that of so many first columns.
    """
    book, ws = page.book, page.worksheet
    ws.hide_gridlines(2)
    style = book.format(palette.HEADING, palette.HEADINGS[Need.REQUIRED])
    for position, (label, width) in enumerate(columns):
        ws.set_column(position, position, width)
        page.put(HEADING_ROW - 1, position, label, style)
    form = book.format(text_wrap=True, bottom=1, bottom_color=palette.GRID)
    for at, values in enumerate(rows):
        lines = 1
        for position, value in enumerate(values):
            page.put(HEADING_ROW + at, position, value, form)
            if isinstance(value, str) and (tall is None or position < tall):
                lines = max(lines, lines_of(value, columns[position][1]))
        ws.set_row(HEADING_ROW + at, min(LINE * lines + 3, TALLEST))
    ws.freeze_panes(HEADING_ROW, 0)
    last = max(HEADING_ROW + len(rows) - 1, HEADING_ROW)
    ws.autofilter(HEADING_ROW - 1, 0, last, len(columns) - 1)
    page.page(paper, context, HEADING_ROW - 1)


def signed(severity: Severity) -> str:
    """Return a severity as the control sheets write it: its sign, then its word."""
    return f"{severity.sign} {severity}"


def colour_severities(page: SheetWriter, column: int, rows: int) -> None:
    """Colour the severities written in a column under the headings."""
    area = (HEADING_ROW, column, max(HEADING_ROW + rows - 1, HEADING_ROW), column)
    for severity, (fill, text) in palette.SEVERITY.items():
        form = page.book.mark({"bg_color": fill, "font_color": text})
        page.mark(area, options(type="text", criteria="containing", value=severity, format=form))
