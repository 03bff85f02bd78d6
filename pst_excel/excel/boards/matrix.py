"""A matrix: how many records stand on each line and in each column, dark where they are many."""

from __future__ import annotations

from collections.abc import Sequence

from pst_excel.excel import palette
from pst_excel.excel.boards.page import CODE, FIRST, KEY, NAME_END, TILE, UNIT, BoardPage
from pst_excel.excel.boards.panels import EMPTY, write_key
from pst_excel.excel.formats import darkened
from pst_excel.excel.names import AnyRow
from pst_excel.model.figures.boards import Matrix
from pst_excel.model.figures.lines import By, Heading
from pst_excel.model.figures.measures import At, When
from pst_excel.model.figures.messages import say
from pst_excel.model.figures.tables import crossed, lines_of_by
from pst_excel.model.words.wording import column_letter, shortened
from pst_excel.returns.frames import Batch

_LONGEST = 52


def matrix_widths(batch: Batch, matrix: Matrix) -> tuple[float, ...]:
    """Return the widths of the columns of a matrix: the narrower the more there are."""
    count = len(lines_of_by(across_of(batch, matrix), batch.counted, batch.parameters))
    wide = min(UNIT, 4 * TILE / max(count, 1))
    rest = 4 * TILE - wide * count
    more = round(rest / UNIT)
    return (wide,) * count + ((rest / more,) * more if more else ())


def across_of(batch: Batch, matrix: Matrix) -> By:
    """Return what the columns are: the first of those that are few enough, else the last."""
    for by in matrix.across:
        if len(lines_of_by(by, batch.counted, batch.parameters)) <= matrix.most:
            return by
    return matrix.across[-1]


def write_matrix(page: BoardPage, row: int, matrix: Matrix) -> int:
    """Write a matrix under its title; return the next free row."""
    batch = page.batch
    by = across_of(batch, matrix)
    lines = lines_of_by(matrix.by, batch.counted, batch.parameters)
    columns = lines_of_by(by, batch.counted, batch.parameters)
    row = page.title(row, say(matrix.title))
    quantity = matrix.count(by.key)
    values = crossed(quantity, page.frames, (matrix.by.key, lines), (by.key, columns))
    if not any(map(any, values)):
        return page.small(row, say(EMPTY)) + 1
    _headings(page, row, matrix, by, columns)
    first = row + 2
    form = page.sheet.book.format(palette.LINE, align="center", font_size=9, num_format="0;;")
    row_key = At(f"${column_letter(KEY)}{AnyRow.ROW}")
    tied = [
        quantity.when(
            When(matrix.by.key, "=", row_key),
            When(by.key, "=", At(f"{column_letter(FIRST + number)}${row + 2}")),
        ).render(page.names)
        for number in range(len(columns))
    ]
    for at, (line, counts) in enumerate(zip(lines, values, strict=True), start=first):
        _name(page, at, line, rest=line is lines[-1])
        for number, value in enumerate(counts):
            formula = tied[number].replace(AnyRow.ROW, str(at + 1))
            page.sheet.formula(at, FIRST + number, formula, value, form)
        page.sheet.worksheet.set_row(at, 15)
    area = (first, FIRST, first + len(lines) - 1, FIRST + len(columns) - 1)
    page.sheet.mark(area, darkened())
    row = first + len(lines)
    return (page.small(row, say(matrix.note)) if matrix.note else row) + 1


def _headings(
    page: BoardPage, row: int, matrix: Matrix, by: By, columns: Sequence[Heading]
) -> None:
    book = page.sheet.book
    page.across(row, CODE, NAME_END, f"{matrix.by.title} × {by.title}", book.format(palette.COLUMN))
    form = book.format(palette.COLUMN, align="center", font_size=8, shrink=True)
    for at, column in enumerate(columns, start=FIRST):
        name = "–" if column is columns[-1] else str(column.value)
        page.sheet.put(row, at, name, form)
        write_key(page.sheet, row + 1, at, column.key)
    page.sheet.worksheet.set_row(row, 18)
    page.sheet.worksheet.set_row(row + 1, 2)


def _name(page: BoardPage, row: int, line: Heading, rest: bool) -> None:
    book = page.sheet.book
    plain = book.format(palette.LINE, palette.SMALL, italic=True) if rest else (
        book.format(palette.LINE, align="left", font_size=10))  # fmt: skip
    write_key(page.sheet, row, KEY, line.key)
    page.across(row, CODE, NAME_END, shortened(line.label_shown, _LONGEST), plain)
