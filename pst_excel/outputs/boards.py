"""How a board becomes a sheet: tiles, charts, then their tables, every figure a live formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pst_excel.batch import Batch
from pst_excel.board import Board, Extract, Heading, Panel, PanelColumn, Tile
from pst_excel.measures import At, Measure, Quantity, When
from pst_excel.outputs import palette
from pst_excel.outputs.data import Names
from pst_excel.outputs.xlsx import A4, Book, Sheet, shortened
from pst_excel.schema import Kind, Need
from pst_excel.uniting import values_of
from pst_excel.wording import column_letter

CODE, LABEL, FIRST = 1, 2, 3
"""The columns of a panel: the value that rows must hold, what is shown, the first figure."""

TILE_ROW, CHART_ROW, ROW_PIXELS = 3, 8, 20
LABEL_WIDTH = 58


@dataclass(frozen=True)
class Placed:
    """Where a panel's table was written: its heading row and its last charted row, from 0."""

    panel: Panel
    heading: int
    first: int
    last: int


def write_board(book: Book, board: Board, batch: Batch, names: Names, context: str) -> Sheet:
    """Write a board; `context` is the grey line under its title."""
    page = book.sheet(board.title, palette.TABS["program"])
    page.heading(f"{board.title} — {board.question}", context)
    ws = page.worksheet
    ws.hide_gridlines(2)
    ws.set_column(0, 0, 2)
    ws.set_column(CODE, CODE, 6)
    ws.set_column(LABEL, LABEL, 50)
    ws.set_column(FIRST, FIRST + 9, 13)
    for number, tile in enumerate(board.tiles):
        _tile(page, number, tile, batch, names)
    charted = [panel for panel in board.panels if panel.chart]
    row = CHART_ROW + 21 * ((len(charted) + 1) // 2) + 1 if charted else CHART_ROW
    placed = []
    for panel in board.panels:
        table = _panel(page, row, panel, batch, names)
        placed.append(table)
        row = table.last + 4 + bool(panel.by.rest) + panel.total
    for extract in board.extracts:
        row = _extract(page, row, extract, batch)
    charts = [table for table in placed if table.panel.chart]
    for number, table in enumerate(charts):
        _chart(page, CHART_ROW + 21 * (number // 2), number % 2, table)
    page.page(A4, context)
    ws.freeze_panes(2, 0)
    return page


def known(value: float) -> float | None:
    """Return a computed value as a cell holds it: without the dust of floats, None when unknown."""
    return None if value != value else round(float(value), 10) + 0.0


def by_heading(quantity: Quantity, batch: Batch, key: str, wanted: Sequence[Any]) -> list[Any]:
    """Return a quantity under each of the wanted values of a column."""
    values = quantity.evaluate(batch.frames, key)
    return [known(values.get(one, quantity.empty)) for one in wanted]


def _tile(page: Sheet, number: int, tile: Tile, batch: Batch, names: Names) -> None:
    """Write one tile over two columns: the figure, what it is, what it compares to."""
    book, ws = page.book, page.worksheet
    left = CODE + 2 * number
    edge = {
        "bg_color": palette.TILE, "left": 5, "left_color": palette.STATUS[tile.color][0],
        "indent": 1, "align": "left",
    }  # fmt: skip
    before, _, after = tile.words.partition("{}")
    beside = palette.UNIT_FORMATS[tile.beside.unit].split(";")[0]
    words = f'"{before}"{beside}"{after}"' if after else f'"{before}"{beside}'
    lines = (
        (None, book.format(palette.SMALL, edge, valign="vcenter"), tile.figure.label),
        (tile.figure, book.format(edge, font_size=24, bold=True, font_color=palette.INK,
                                  valign="vcenter", num_format=_tile_format(tile.figure.unit)), ""),
        (tile.beside, book.format(palette.SMALL, edge, valign="vcenter", num_format=words), ""),
    )  # fmt: skip
    for at, (figure, form, text) in enumerate(lines):
        row = TILE_ROW + at
        ws.merge_range(row, left, row, left + 1, "", form)
        if figure is None:
            page.put(row, left, text, form)
        else:
            value = known(figure.quantity.evaluate(batch.frames))
            page.formula(row, left, figure.quantity.render(names), value, form)
    ws.set_row(TILE_ROW, 18)
    ws.set_row(TILE_ROW + 1, 34)
    ws.set_row(TILE_ROW + 2, 18)


def _tile_format(unit: str) -> str:
    return palette.UNIT_FORMATS[unit].split(";")[0]


def _panel(page: Sheet, row: int, panel: Panel, batch: Batch, names: Names) -> Placed:
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
    headings = panel.by.headings(batch.frames, batch.parameters)
    rows = range(heading + 1, heading + 1 + len(headings))
    for at, one in zip(rows, headings, strict=True):
        _row_heading(page, at, one)
    last = rows[-1] if rows else heading
    for number, column in enumerate(panel.columns):
        page.put(heading, FIRST + number, column.label, book.format(style_of(column)))
        _figures(page, FIRST + number, rows, panel, column, headings, batch, names)
    page.worksheet.set_row(heading, 32)
    closing = last
    if panel.by.rest:
        closing += 1
        page.put(closing, LABEL, panel.by.rest, book.format(palette.SMALL, italic=True))
    if panel.total:
        closing += 1
        page.put(closing, LABEL, "Total", book.format(bold=True, top=1))
    return Placed(panel, heading, heading + 1, last)


def style_of(column: PanelColumn) -> dict[str, Any]:
    """Return the properties of a figure's heading: the colour of its status when it has one."""
    if column.color in palette.STATUS:
        fill, text, _ = palette.STATUS[column.color]
        color = {"bg_color": fill, "font_color": text, "bold": True}
    else:
        color = palette.HEADINGS[Need.REQUIRED]
    return {**palette.HEADING, **color, "align": "right"}


def _row_heading(page: Sheet, row: int, heading: Heading) -> None:
    plain = page.book.format(align="left")
    if heading.label:
        page.put(row, CODE, heading.value, page.book.format(palette.SMALL, num_format="@"))
        page.put(row, LABEL, shortened(heading.label, LABEL_WIDTH), plain)
    else:
        page.put(row, LABEL, heading.value, plain)


def _figures(
    page: Sheet, position: int, rows: range, panel: Panel, column: PanelColumn,
    headings: Sequence[Heading], batch: Batch, names: Names,
) -> None:  # fmt: skip
    """Write one column of a panel: a formula a row, the rest by difference, the total."""
    book = page.book
    key = column.by or panel.by.key
    values = by_heading(column.quantity, batch, key, [one.value for one in headings])
    form = {"num_format": unit_format(column.unit, values), "align": "right"}
    for row, heading, value in zip(rows, headings, values, strict=True):
        cell = f"${column_letter(CODE if heading.label else LABEL)}{row + 1}"
        formula = column.quantity.when(When(key, "=", At(cell))).render(names)
        page.formula(row, position, formula, value, book.format(form))
    last = rows[-1] if rows else rows.start - 1
    total = known(column.quantity.evaluate(batch.frames))
    letter = column_letter(position)
    whole = column.quantity.render(names)
    if panel.by.rest:
        last += 1
        if isinstance(column.quantity, Measure) and total is not None:
            summed = f"SUM({letter}{rows.start + 1}:{letter}{rows.start + len(rows)})"
            rest = round(total - sum(value or 0.0 for value in values), 10) + 0.0
            small = book.format(palette.SMALL, form, italic=True)
            formula = f"ROUND({whole}-{summed},6)" if rows else whole
            page.formula(last, position, formula, rest, small)
    if panel.total:
        page.formula(last + 1, position, whole, total, book.format(form, bold=True, top=1))
    if rows and column.show != "plain":
        _show(page, (rows[0], position, rows[-1], position), column)


def unit_format(unit: str, values: Sequence[float | None] = ()) -> str:
    """Return the number format of a unit; counts by shares show one decimal."""
    if unit == "nombre" and any(v is not None and not float(v).is_integer() for v in values):
        return palette.FRACTION
    return palette.UNIT_FORMATS[unit]


def _show(page: Sheet, area: tuple[int, int, int, int], column: PanelColumn) -> None:
    scale = 100 if column.unit == "% de 100" else 1
    if column.show == "bar":
        options: dict[str, Any] = {
            "type": "data_bar", "bar_color": palette.BAR, "bar_solid": True,
            "min_type": "num", "max_type": "num", "min_value": 0, "max_value": scale,
        }  # fmt: skip
    else:
        options = {
            "type": "icon_set", "icon_style": "3_traffic_lights",
            "icons": [
                {"criteria": ">=", "type": "number", "value": 0.5 * scale},
                {"criteria": ">=", "type": "number", "value": 0.25 * scale},
            ],
        }  # fmt: skip
    page.mark(area, options)


def _chart(page: Sheet, row: int, side: int, table: Placed) -> None:
    """Draw the chart of a table on the left or the right of the grid."""
    panel = table.panel
    kinds = {
        "bar_share": {"type": "bar", "subtype": "percent_stacked"},
        "bar": {"type": "bar"},
        "column": {"type": "column"},
    }
    chart = page.book.workbook.add_chart(kinds[panel.chart])
    for number, column in enumerate(panel.columns):
        if not column.charted:
            continue
        chart.add_series(
            {
                "name": [page.title, table.heading, FIRST + number],
                "categories": [page.title, table.first, LABEL, table.last, LABEL],
                "values": [page.title, table.first, FIRST + number, table.last, FIRST + number],
                "fill": {"color": palette.SERIES[column.color]},
                "border": {"color": palette.WHITE, "width": 0.75},
                "gap": 60,
            }
        )
    small = {"name": "Calibri", "size": 9, "color": palette.GREY}
    title = {"name": "Calibri", "size": 12, "bold": True, "color": palette.INK}
    chart.set_title({"name": panel.title, "name_font": title, "overlay": False,
                     "layout": {"x": 0.01, "y": 0.02}})  # fmt: skip
    flat = {"num_font": small, "line": {"none": True}}
    grid = {"visible": True, "line": {"color": palette.GRID, "width": 0.5}}
    values = {**flat, "major_gridlines": grid, "num_format": _axis_format(panel)}
    names = {**flat, "major_gridlines": {"visible": False}}
    if panel.chart == "column":
        chart.set_x_axis(names)
        chart.set_y_axis(values)
    else:
        # In a bar chart the categories climb from the bottom: reversed, they read like the table.
        chart.set_x_axis(values)
        chart.set_y_axis({**names, "reverse": True, "crossing": "max"})
    chart.set_legend({"position": "bottom", "font": small})
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": palette.WHITE}})
    chart.set_size({"width": 640, "height": 21 * ROW_PIXELS - 12})
    page.worksheet.insert_chart(
        row, CODE if side == 0 else FIRST + 3, chart,
        {"description": f"{panel.title} (les chiffres sont dans le tableau du même titre)",
         "x_offset": 0 if side == 0 else 10, "object_position": 2},
    )  # fmt: skip


def _axis_format(panel: Panel) -> str:
    if panel.chart == "bar_share":
        return "0%"
    return '#,##0 "€"' if panel.columns[0].unit == "€" else "#,##0"


def _extract(page: Sheet, row: int, extract: Extract, batch: Batch) -> int:
    """Write a short list of rows, each code leading to its row; return the next free row."""
    book = page.book
    sheet = batch.plan[extract.sheet]
    rows = extract.pick(batch.frames, batch.parameters)
    title = book.format(font_size=14, bold=True, font_color=palette.INK)
    page.put(row, CODE, extract.title, title)
    if rows.empty:
        page.put(row + 1, CODE, extract.empty, book.format(palette.SMALL, font_size=11))
        return row + 4
    shown = min(len(rows), extract.most)
    note = f"{shown} sur {len(rows)}, à la date d’observation." if shown < len(rows) else (
        "À la date d’observation.")  # fmt: skip
    page.put(row + 1, CODE, note, book.format(palette.SMALL))
    style = book.format(palette.HEADING, palette.HEADINGS[Need.REQUIRED])
    columns = [sheet[key] for key in extract.columns]
    places = [CODE, LABEL, *range(FIRST, FIRST + 2 * len(columns), 2)][: len(columns)]
    for column, position in zip(columns, places, strict=True):
        page.put(row + 2, position, column.label, style)
        if position >= FIRST:
            page.worksheet.merge_range(
                row + 2, position, row + 2, position + 1, column.label, style
            )
    table = batch.returns[0].tables[extract.sheet]
    data = [values_of(rows[column.key].iloc[:shown]) for column in columns]
    for at, index in enumerate(rows.index[:shown]):
        line = row + 3 + at
        for column, position, values in zip(columns, places, data, strict=True):
            form: dict[str, Any] = {"align": "left"}
            if column.kind in palette.NUMBER_FORMATS and column.kind is not Kind.CODE:
                form["num_format"] = palette.NUMBER_FORMATS[column.kind]
            value = values[at]
            if column.key == "code":
                cell = table.cell("code", int(index[1]))
                link = book.format(form, font_color="#2F5D8A", underline=1)
                page.link(line, position, table.title, cell, str(value), link)
            else:
                limit = LABEL_WIDTH if position == LABEL else 32
                text = shortened(value, limit) if isinstance(value, str) else value
                page.put(line, position, text, book.format(form))
    return row + shown + 5
