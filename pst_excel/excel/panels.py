"""How a panel becomes a table: a live formula for each figure, what remains, and the total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pst_excel.excel import palette
from pst_excel.excel.names import AnyRow, Names
from pst_excel.excel.palette import Look
from pst_excel.excel.xlsx import SheetWriter, options
from pst_excel.model.figures.boards import Heading, Panel, PanelColumn
from pst_excel.model.figures.measures import At, Quantity, When
from pst_excel.model.figures.tables import table_of
from pst_excel.model.findings import Severity
from pst_excel.model.words.kinds import Need
from pst_excel.model.words.wording import column_letter, shortened
from pst_excel.returns.frames import Batch

KEY, CODE, LABEL, FIRST = 0, 1, 2, 3
"""The columns of a panel: the key that rows must hold, not shown; the code; what the line is; the
first figure."""

LABEL_WIDTH = 58


@dataclass(frozen=True)
class Placed:
    """Where a panel's table was written, from 0: its heading, the lines to draw, its end.

    What has no place is drawn when there is some; `empty` when there is nothing to show.
    """

    panel: Panel
    heading: int
    first: int
    last: int
    end: int
    empty: bool


def write_panel(page: SheetWriter, row: int, panel: Panel, batch: Batch, names: Names) -> Placed:
    """Write the table of a panel from a row on; its keys have a name."""
    book = page.book
    title = book.format(font_size=14, bold=True, font_color=palette.INK)
    page.put(row, CODE, panel.title, title)
    if panel.note:
        page.put(row + 1, CODE, panel.note, book.format(palette.SMALL))
    heading = row + 2
    style = book.format(palette.HEADING, palette.HEADINGS[Need.REQUIRED])
    page.put(heading, CODE, "", style)
    page.put(heading, LABEL, panel.by.title, style)
    page.worksheet.set_row(heading, 32)
    table = table_of(panel, batch.counted, batch.parameters)
    first = heading + 1
    last, total = first + len(table.lines) - 1, first + len(table.lines)
    for at, line in enumerate(table.lines):
        _line(page, first + at, line, rest=line is table.lines[-1])
    define_keys(page, names.lines(panel.key), first, last, KEY)
    page.put(total, LABEL, "Total", book.format(bold=True, top=1))
    for number, column in enumerate(panel.columns):
        page.put(heading, FIRST + number, column.label, book.format(style_of(column)))
        counts = [v for c, vs in zip(panel.columns, table.values, strict=True)
                  if c.unit == column.unit for v in vs]  # fmt: skip
        number_format = unit_format(column.unit, counts)
        if column.show == "alert":
            number_format = f'"⚠ "{number_format}'
        form = {"num_format": number_format, "align": "right"}
        _write_column(page, FIRST + number, column, first, table.values[number],
                      table.totals[number], names, panel.by.key, form)  # fmt: skip
    empty = not any(value for column in table.values for value in column)
    placeless = any(column[-1] for column in table.values) or last == first
    return Placed(panel, heading, first, last if placeless else last - 1, total + 1, empty)


def define_keys(page: SheetWriter, name: str, first: int, last: int, column: int) -> None:
    """Name the keys of lines: the data sheets know by them on which one a row stands."""
    letters = column_letter(column)
    page.book.define(name, f"'{page.title}'!${letters}${first + 1}:${letters}${last + 1}")


def write_key(page: SheetWriter, row: int, column: int, key: str) -> None:
    """Write the key of a line where nobody sees it."""
    page.put(row, column, key, page.book.format(num_format=";;;"))


def on_any_line(quantity: Quantity, key: str, column: int, names: Names) -> str:
    """Return the formula of a quantity on every line, whose key is in a column of its row."""
    cell = f"${column_letter(column)}{AnyRow.ROW}"
    return quantity.when(When(key, "=", At(cell))).render(names)


def style_of(column: PanelColumn) -> Look:
    """Return the properties of a figure's heading: in the colour of its series when tinted."""
    if column.tinted and column.color is not None:
        fill, text = palette.COLORS[column.color]
        color: Look = {"bg_color": fill, "font_color": text, "bold": True}
    else:
        color = palette.HEADINGS[Need.REQUIRED]
    return {**palette.HEADING, **color, "align": "right"}


def _line(page: SheetWriter, row: int, line: Heading, rest: bool) -> None:
    book = page.book
    plain = book.format(palette.SMALL, italic=True) if rest else book.format(align="left")
    write_key(page, row, KEY, line.key)
    if rest or line.label:
        page.put(row, LABEL, shortened(line.label, LABEL_WIDTH), plain)
    else:
        page.put(row, LABEL, line.value, plain)
    if line.label and not rest:
        page.put(row, CODE, line.value, book.format(palette.SMALL, num_format="@"))


def _write_column(
    page: SheetWriter, position: int, column: PanelColumn, first: int,
    values: Sequence[float | None], total: float | None, names: Names, key: str, form: Look,
) -> None:  # fmt: skip
    """Write one column: a formula a line, then the total."""
    book = page.book
    styles = [book.format(form)] * (len(values) - 1)
    styles.append(book.format(palette.SMALL, form, italic=True))
    tied = on_any_line(column.quantity, key, KEY, names)
    for row, (value, style) in enumerate(zip(values, styles, strict=True), start=first):
        page.formula(row, position, tied.replace(AnyRow.ROW, str(row + 1)), value, style)
    last = first + len(values)
    whole = column.quantity.render(names)
    page.formula(last, position, whole, total, book.format(form, bold=True, top=1))
    if column.show != "plain":
        _show(page, (first, position, last - 1, position), column)


def unit_format(unit: str, values: Sequence[float | None] = ()) -> str:
    """Return the number format of a unit; counts by shares show one decimal."""
    if unit == "nombre" and any(v is not None and not float(v).is_integer() for v in values):
        return palette.FRACTION
    return palette.UNIT_FORMATS[unit]


def _show(page: SheetWriter, area: tuple[int, int, int, int], column: PanelColumn) -> None:
    scale = 100 if column.unit == "% de 100" else 1
    if column.show == "bar":
        shown = options(
            type="data_bar", bar_color=palette.BAR, bar_solid=True, min_type="num",
            max_type="num", min_value=0, max_value=scale,
        )  # fmt: skip
    elif column.show == "alert":
        fill, text = palette.SEVERITY[Severity.WARNING]
        shown = options(
            type="cell", criteria=">", value=0,
            format=page.book.mark({"bg_color": fill, "font_color": text}),
        )  # fmt: skip
    else:
        shown = options(
            type="icon_set", icon_style="3_traffic_lights",
            icons=[
                options(criteria=">=", type="number", value=0.5 * scale),
                options(criteria=">=", type="number", value=0.25 * scale),
            ],
        )  # fmt: skip
    page.mark(area, shown)
