"""A plain table under the title of a sheet, as the sheets about a consolidation have it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from pst_excel.excel import palette
from pst_excel.excel.formats import above
from pst_excel.excel.paper import A3, A4, TITLE_ROWS, laid
from pst_excel.excel.wrapping import INDENT, heading_height, height_of, lines_of
from pst_excel.excel.xlsx import SheetWriter, options
from pst_excel.model.findings import Severity
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.kinds import Kind, Need


def write_table(
    page: SheetWriter,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[object]],
    context: str,
    tall: int | None = None,
    paper: int | None = None,
    shares: Mapping[int, str] = MappingProxyType({}),
    marked: Mapping[int, palette.Look] = MappingProxyType({}),
    hidden: Collection[int] = (),
    aside: int = 0,
) -> None:
    """Write a plain table under the title, filtered, its headings frozen.

    Rows are as high as their longest text; with `tall`, as that of so many first columns. Headings
    stand as their values do; `shares` are the number formats of the columns of per cents, and of
    others that are to look so; `marked` is how the rows look that stand out. Columns at `hidden`
    are not seen, and so many last ones, `aside`, are for the screen alone; on no `paper` that is
    said, the table is printed on the one that it needs.
    """
    book, ws = page.book, page.worksheet
    ws.hide_gridlines(2)
    looks = [_look(at, rows, shares) for at in range(len(columns))]
    for position, (label, width) in enumerate(columns):
        ws.set_column(position, position, width, None, {"hidden": position in hidden})
        style = {**palette.HEADING, **palette.HEADINGS[Need.REQUIRED], **above(looks[position])}
        page.put(HEADING_ROW - 1, position, label, book.format(style))
    head, heights = heading_height(columns), []
    ws.set_row(HEADING_ROW - 1, head)
    usual = [book.format(palette.RULED, look) for look in looks]
    for at, values in enumerate(rows):
        lines, forms = 1, usual
        if at in marked:
            forms = [book.format(palette.RULED, look, marked[at]) for look in looks]
        for position, value in enumerate(values):
            page.put(HEADING_ROW + at, position, value, forms[position])
            if isinstance(value, str) and (tall is None or position < tall):
                lines = max(lines, lines_of(value, columns[position][1] - INDENT))
        heights.append(height_of(lines))
        ws.set_row(HEADING_ROW + at, heights[at])
    ws.freeze_panes(HEADING_ROW, 0)
    last = max(HEADING_ROW + len(rows) - 1, HEADING_ROW)
    ws.autofilter(HEADING_ROW - 1, 0, last, len(columns) - 1)
    shown = columns[: len(columns) - aside]
    if aside:
        ws.print_area(0, 0, last, len(shown) - 1)
    widths = [0 if at in hidden else width for at, (_, width) in enumerate(shown)]
    ways = [(laid(size, widths, [*TITLE_ROWS, head, *heights], head), size)
            for size in ([paper] if paper else [A4, A3])]  # fmt: skip
    way, size = min(ways, key=lambda found: found[0].pages)
    page.page(size, context, HEADING_ROW - 1, way.across, 0, way.portrait)


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
