"""A plain table under the title of a sheet, as the sheets about a consolidation have it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from pst_excel.excel import palette
from pst_excel.excel.formats import above
from pst_excel.excel.wrapping import INDENT, heading_height, height_of, lines_of
from pst_excel.excel.xlsx import A4, SheetWriter, options
from pst_excel.model.findings import Severity
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.kinds import Kind, Need


def write_table(
    page: SheetWriter,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[object]],
    context: str,
    tall: int | None = None,
    paper: int = A4,
    shares: Mapping[int, str] = MappingProxyType({}),
    marked: Mapping[int, palette.Look] = MappingProxyType({}),
) -> None:
    """Write a plain table under the title, filtered, its headings frozen.

    Rows are as high as their longest text; with `tall`, as that of so many first columns. Headings
    stand as their values do; `shares` are the number formats of the columns of per cents, and of
    others that are to look so; `marked` is how the rows look that stand out.
    """
    book, ws = page.book, page.worksheet
    ws.hide_gridlines(2)
    looks = [_look(at, rows, shares) for at in range(len(columns))]
    for position, (label, width) in enumerate(columns):
        ws.set_column(position, position, width)
        style = {**palette.HEADING, **palette.HEADINGS[Need.REQUIRED], **above(looks[position])}
        page.put(HEADING_ROW - 1, position, label, book.format(style))
    ws.set_row(HEADING_ROW - 1, heading_height(columns))
    usual = [book.format(palette.RULED, look) for look in looks]
    for at, values in enumerate(rows):
        lines, forms = 1, usual
        if at in marked:
            forms = [book.format(palette.RULED, look, marked[at]) for look in looks]
        for position, value in enumerate(values):
            page.put(HEADING_ROW + at, position, value, forms[position])
            if isinstance(value, str) and (tall is None or position < tall):
                lines = max(lines, lines_of(value, columns[position][1] - INDENT))
        ws.set_row(HEADING_ROW + at, height_of(lines))
    ws.freeze_panes(HEADING_ROW, 0)
    last = max(HEADING_ROW + len(rows) - 1, HEADING_ROW)
    ws.autofilter(HEADING_ROW - 1, 0, last, len(columns) - 1)
    page.page(paper, context, HEADING_ROW - 1)


def _look(at: int, rows: Sequence[Sequence[object]], shares: Mapping[int, str]) -> palette.Look:
    """Return how the values of a column look: by what they are, the same in every row."""
    if at in shares:
        return {**palette.MIDDLE, "num_format": shares[at]}
    kinds = {type(row[at]) for row in rows if row[at] not in (None, "")}
    if kinds and kinds <= {int, float}:
        return {**palette.FIGURES, "num_format": palette.NUMBER_FORMATS[Kind.INTEGER]}
    if dt.date in kinds and kinds <= {dt.date, str}:  # what is not known as a date says so in words
        return {**palette.MIDDLE, "num_format": palette.NUMBER_FORMATS[Kind.DATE]}
    return {**palette.TEXTS, "text_wrap": True}


def signed(severity: Severity) -> str:
    """Return a severity as the control sheets write it: its sign, then its word."""
    return f"{severity.sign} {severity}"


def colour_severities(page: SheetWriter, column: int, rows: int) -> None:
    """Colour the severities written in a column under the headings."""
    area = (HEADING_ROW, column, max(HEADING_ROW + rows - 1, HEADING_ROW), column)
    for severity, (fill, text) in palette.SEVERITY.items():
        form = page.book.mark({"bg_color": fill, "font_color": text})
        page.mark(area, options(type="text", criteria="containing", value=severity, format=form))
