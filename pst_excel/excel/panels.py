"""How a panel becomes a table: a live formula for each figure, what remains, and the total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pst_excel.cells.values import Value
from pst_excel.excel import palette
from pst_excel.excel.names import Names
from pst_excel.excel.palette import Look
from pst_excel.excel.xlsx import SheetWriter, options
from pst_excel.model.figures.boards import Heading, Panel, PanelColumn
from pst_excel.model.figures.measures import At, Measure, Quantity, When
from pst_excel.model.words.kinds import Need
from pst_excel.model.words.wording import column_letter, shortened
from pst_excel.returns.frames import Batch

CODE, LABEL, FIRST = 1, 2, 3
"""The columns of a panel: the value that rows must hold, what is shown, the first figure."""

LABEL_WIDTH = 58


@dataclass(frozen=True)
class Placed:
    """Where a panel's table was written, from 0: its heading, its rows, the first free row.

    `empty` when it has nothing to show.
    """

    panel: Panel
    heading: int
    first: int
    last: int
    end: int
    empty: bool


def known(value: float) -> float | None:
    """Return a computed value as a cell holds it: without the dust of floats, None when unknown."""
    return None if value != value else round(float(value), 10) + 0.0


def by_heading(
    quantity: Quantity, batch: Batch, key: str, wanted: Sequence[Value]
) -> list[float | None]:
    """Return a quantity under each of the wanted values of a column."""
    values = quantity.by(batch.frames, key)
    return [known(values.get(value, quantity.empty)) for value in wanted]


def write_panel(page: SheetWriter, row: int, panel: Panel, batch: Batch, names: Names) -> Placed:
    """Write the table of a panel from a row on."""
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
    headings = panel.by.headings(batch.frames, batch.parameters)
    first, last = heading + 1, heading + len(headings)
    for at, row_heading in enumerate(headings):
        _row_heading(page, first + at, row_heading)
    table = _PanelTable(page, panel, headings, first, batch, names)
    values = [table.values(column) for column in panel.columns]
    for number, column in enumerate(panel.columns):
        page.put(heading, FIRST + number, column.label, book.format(style_of(column)))
        counts = [v for c, vs in zip(panel.columns, values, strict=True)
                  if c.unit == column.unit for v in vs]  # fmt: skip
        table.write(FIRST + number, column, values[number], unit_format(column.unit, counts))
    end = last
    if panel.by.rest:
        end += 1
        page.put(end, LABEL, panel.by.rest, book.format(palette.SMALL, italic=True))
    if panel.total:
        end += 1
        page.put(end, LABEL, "Total", book.format(bold=True, top=1))
    empty = not any(value for column in values for value in column)
    return Placed(panel, heading, first, last, end + 1, empty)


def style_of(column: PanelColumn) -> Look:
    """Return the properties of a figure's heading: in the colour of its series when tinted."""
    if column.tinted and column.color is not None:
        fill, text = palette.COLORS[column.color]
        color: Look = {"bg_color": fill, "font_color": text, "bold": True}
    else:
        color = palette.HEADINGS[Need.REQUIRED]
    return {**palette.HEADING, **color, "align": "right"}


def _row_heading(page: SheetWriter, row: int, heading: Heading) -> None:
    plain = page.book.format(align="left")
    if heading.label:
        page.put(row, CODE, heading.value, page.book.format(palette.SMALL, num_format="@"))
        page.put(row, LABEL, shortened(heading.label, LABEL_WIDTH), plain)
    else:
        page.put(row, LABEL, heading.value, plain)


@dataclass(frozen=True)
class _PanelTable:
    page: SheetWriter
    panel: Panel
    headings: list[Heading]
    first: int
    batch: Batch
    names: Names

    def values(self, column: PanelColumn) -> list[float | None]:
        wanted = [heading.value for heading in self.headings]
        return by_heading(column.quantity, self.batch, column.by or self.panel.by.key, wanted)

    def write(
        self, position: int, column: PanelColumn, values: list[float | None], number: str
    ) -> None:
        """Write one column: a formula a row, the rest by difference, the total."""
        page, book = self.page, self.page.book
        form = {"num_format": number, "align": "right"}
        key = column.by or self.panel.by.key
        for at, (heading, value) in enumerate(zip(self.headings, values, strict=True)):
            row = self.first + at
            cell = f"${column_letter(CODE if heading.label else LABEL)}{row + 1}"
            formula = column.quantity.when(
                When(key, "=", At(cell, isinstance(heading.value, str)))
            ).render(self.names)
            page.formula(row, position, formula, value, book.format(form))
        row = self.first + len(values)
        total = known(column.quantity.evaluate(self.batch.frames))
        whole = column.quantity.render(self.names)
        if self.panel.by.rest:
            if isinstance(column.quantity, Measure) and total is not None:
                letter = column_letter(position)
                summed = f"SUM({letter}{self.first + 1}:{letter}{row})"
                rest = round(total - sum(value or 0.0 for value in values), 6) + 0.0
                formula = f"ROUND({whole}-{summed},6)" if values else whole
                small = book.format(palette.SMALL, form, italic=True)
                page.formula(row, position, formula, rest, small)
            row += 1
        if self.panel.total:
            page.formula(row, position, whole, total, book.format(form, bold=True, top=1))
        if values and column.show != "plain":
            last = self.first + len(values) - 1
            _show(page, (self.first, position, last, position), column)


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
    else:
        shown = options(
            type="icon_set", icon_style="3_traffic_lights",
            icons=[
                options(criteria=">=", type="number", value=0.5 * scale),
                options(criteria=">=", type="number", value=0.25 * scale),
            ],
        )  # fmt: skip
    page.mark(area, shown)
