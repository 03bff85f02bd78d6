"""How a board becomes a sheet: tiles, charts, then their tables, every figure a live formula."""

from __future__ import annotations

from pst_excel.excel import palette
from pst_excel.excel.charts import ChartData, draw
from pst_excel.excel.names import Names
from pst_excel.excel.panels import CODE, FIRST, LABEL, LABEL_WIDTH, Placed, write_panel
from pst_excel.excel.xlsx import A4, BookWriter, Format, SheetWriter
from pst_excel.model.figures.boards import Board, Extract, Tile
from pst_excel.model.figures.tables import known
from pst_excel.model.schema import Column
from pst_excel.model.series import Frame
from pst_excel.model.words import keys
from pst_excel.model.words.kinds import Kind, Need
from pst_excel.model.words.wording import shortened
from pst_excel.returns.frames import Batch, values_of
from pst_excel.returns.tables import Table

TILE_ROW, MISSING_ROW, CHART_ROW, CHART_ROWS, ROW_PIXELS = 3, 7, 9, 18, 20
CHART_WIDTH = 640


def write_board(
    book: BookWriter, board: Board, batch: Batch, names: Names, context: str, missing: str = ""
) -> SheetWriter:
    """Write a board; `context` is the grey line under its title, `missing` who has not answered."""
    page = book.sheet(board.title, palette.TABS["program"])
    page.heading(f"{board.title} — {board.question}", context)
    ws = page.worksheet
    ws.hide_gridlines(2)
    ws.set_column(0, 0, 2)
    ws.set_column(CODE, CODE, 6)
    ws.set_column(LABEL, LABEL, 50)
    ws.set_column(FIRST, FIRST + 10, 13)
    for number, tile in enumerate(board.tiles):
        _tile(page, number, tile, batch, names)
    if missing:
        ws.set_row(MISSING_ROW, 24)
        page.put(MISSING_ROW, CODE, missing, book.format(palette.MISSING, valign="vcenter"))
    lines = (sum(1 for panel in board.panels if panel.chart) + 1) // 2
    row = start = CHART_ROW + CHART_ROWS * lines + bool(lines)
    placed = []
    for panel in board.panels:
        table = write_panel(page, row, panel, batch, names)
        placed.append(table)
        row = table.end + 2
    for extract in board.extracts:
        row = _extract(page, row, extract, batch)
    _charts(page, [table for table in placed if table.panel.chart])
    ws.set_h_pagebreaks([CHART_ROW + CHART_ROWS * 2, start])
    page.page(A4, context)
    ws.freeze_panes(2, 0)
    return page


def _charts(page: SheetWriter, tables: list[Placed]) -> None:
    """Draw the charts two abreast; a sentence stands where there is nothing to draw."""
    for number, table in enumerate(tables):
        panel = table.panel
        row = CHART_ROW + CHART_ROWS * (number // 2)
        column = CODE if number % 2 == 0 else FIRST + 3
        if table.empty:
            words = f"{panel.title} Rien à montrer pour le moment : complétez les feuilles."
            page.put(row, column, words, page.book.format(palette.SMALL))
            continue
        series = [
            (FIRST + at, palette.look_of(panel_column.color, at)[0])
            for at, panel_column in enumerate(panel.columns)
            if panel_column.charted
        ]
        drawn = ChartData(table.heading, table.first, table.last, LABEL, series)
        money = '#,##0 "€"' if panel.columns[0].unit == "€" else "#,##0"
        axis = "0%" if panel.chart == "bar_share" else money
        size = (CHART_WIDTH, CHART_ROWS * ROW_PIXELS - 10)
        draw(page, panel.chart, panel.title, drawn, axis, (row, column), size)


def _tile(page: SheetWriter, number: int, tile: Tile, batch: Batch, names: Names) -> None:
    """Write one tile over two columns: the figure, what it is, what it compares to."""
    book, ws = page.book, page.worksheet
    left = CODE + 2 * number
    edge: palette.Look = {
        "bg_color": palette.TILE, "left": 5, "left_color": palette.COLORS[tile.color][0],
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
            value = known(figure.quantity.evaluate(batch.counted))
            page.formula(row, left, figure.quantity.render(names), value, form)
    _rests_on(page, left, tile, batch, names, book.format(palette.SMALL, edge))
    ws.set_row(TILE_ROW, 18)
    ws.set_row(TILE_ROW + 1, 34)
    ws.set_row(TILE_ROW + 2, 18)


def _rests_on(
    page: SheetWriter, left: int, tile: Tile, batch: Batch, names: Names, form: Format
) -> None:
    """Say under a tile on how many rows its figure is known, or how many are not answered for."""
    row, figure = TILE_ROW + 3, tile.figure
    page.worksheet.merge_range(row, left, row, left + 1, "", form)
    if figure.known != figure.base:
        numbers = [f"{q.evaluate(batch.counted):g}" for q in (figure.known, figure.base)]
        formula = f'"connu pour "&{figure.known.render(names)}&" sur "&{figure.base.render(names)}'
        page.formula(row, left, formula, "connu pour {} sur {}".format(*numbers), form)
    elif tile.unanswered is not None:
        count = tile.unanswered.evaluate(batch.counted)
        rendered = tile.unanswered.render(names)
        formula = f'IF({rendered}=0,"","⚠ dont "&{rendered}&" sans retour")'
        page.formula(row, left, formula, f"⚠ dont {count:g} sans retour" if count else None, form)
    else:
        page.put(row, left, "", form)


def _tile_format(unit: str) -> str:
    return palette.UNIT_FORMATS[unit].split(";")[0]


def _extract(page: SheetWriter, row: int, extract: Extract, batch: Batch) -> int:
    """Write a short list of rows, each code leading to its row; return the next free row."""
    book = page.book
    rows = extract.pick(batch.counted, batch.parameters)
    title = book.format(font_size=14, bold=True, font_color=palette.INK)
    page.put(row, CODE, extract.title, title)
    if rows.empty:
        page.put(row + 1, CODE, extract.empty, book.format(palette.SMALL, font_size=11))
        return row + 4
    shown = min(len(rows), extract.most)
    note = f"{shown} sur {len(rows)}, à la date d’observation." if shown < len(rows) else (
        "À la date d’observation.")  # fmt: skip
    page.put(row + 1, CODE, note, book.format(palette.SMALL))
    columns = [batch.plan[extract.sheet][key] for key in extract.columns]
    places = [CODE, LABEL, *range(FIRST, FIRST + 2 * len(columns), 2)]
    placed = dict(zip(places[: len(columns)], columns, strict=True))
    style = book.format(palette.HEADING, palette.HEADINGS[Need.REQUIRED])
    for position, column in placed.items():
        label = column.label if position != CODE else "Code"
        page.put(row + 2, position, label, style)
        if position >= FIRST:
            page.worksheet.merge_range(
                row + 2, position, row + 2, position + 1, column.label, style
            )
    _rows(page, row + 3, rows.iloc[:shown], placed, batch.returns[0].tables[extract.sheet])
    return row + shown + 5


def _rows(
    page: SheetWriter, first: int, rows: Frame, columns: dict[int, Column], table: Table
) -> None:
    """Write rows of a data sheet from a line on, its columns at their positions."""
    book = page.book
    data = {position: values_of(rows[column.key]) for position, column in columns.items()}
    for at, (_, row) in enumerate(rows.index):
        for position, column in columns.items():
            form: dict[str, str | int | bool] = {"align": "left"}
            if column.kind in palette.NUMBER_FORMATS and column.kind is not Kind.CODE:
                form["num_format"] = palette.NUMBER_FORMATS[column.kind]
            value = data[position][at]
            if column.key == keys.CODE:
                link = book.format(form, palette.LINK)
                cell = table.cell(column.key, int(row))
                page.link(first + at, position, table.title, cell, str(value), link)
            else:
                limit = LABEL_WIDTH if position == LABEL else 32
                text = shortened(value, limit) if isinstance(value, str) else value
                page.put(first + at, position, text, book.format(form))
