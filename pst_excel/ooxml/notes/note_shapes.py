"""The drawing that holds the shapes of a sheet's notes: found or made, and where each shape stands.

Sources: ECMA-376 part 1, §18.3.1.51 (legacyDrawing), §18.3.1.13 (col), §18.3.1.81
(sheetFormatPr); part 4, §19.4. The drawing may hold the buttons of the sheet beside.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping

from pst_excel.ooxml.cells.grid import Grid
from pst_excel.ooxml.cells.workbook_parts import SheetPart
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.notes import vml
from pst_excel.ooxml.notes.vml import POINTS, NoteShape
from pst_excel.ooxml.package.malformed import decimal_of
from pst_excel.ooxml.package.names import R_ID, TYPES, Element, main, place
from pst_excel.ooxml.package.package import Package
from pst_excel.ooxml.package.parts import CONTENT_TYPES, OFFICE
from pst_excel.ooxml.references.addresses import LAST_COLUMN, LAST_ROW, cell_of

_WIDTH, _LEAST_HEIGHT, _MOST_HEIGHT = 240, 60, 600
_LINE_HEIGHT, _LETTERS_IN_LINE = 15, 36
_FARTHEST = 200
"""Columns or rows that one shape may span: over hidden rows it need not hold them all."""


def draw(sheet: SheetPart, texts: Mapping[str, str]) -> None:
    """Draw the shapes of new notes, by the address of their cell, in the order given.

    Raises: Refused, before anything is changed, when the drawing is missing or damaged.
    """
    package = sheet.book.package
    part = _part(sheet)
    elsewhere = {
        block
        for name in package.names()
        if name.lower().endswith(".vml") and name != part
        for block in vml.blocks(package.content(name))
    }
    room = _Room(sheet.root, sheet.grid)
    shapes = [room.shape(*cell_of(ref), text) for ref, text in texts.items()]
    before = vml.empty(elsewhere) if part is None else package.content(part)
    content = vml.with_notes(before, shapes, elsewhere)
    if part is None:
        part = package.free_name("xl/drawings/vmlDrawing{}.vml", sheet.part)
        package.add(part, content, vml.CONTENT_TYPE)
        drawing = sheet.root.makeelement(main("legacyDrawing"), None, {"r": OFFICE})
        drawing.set(R_ID, package.relate(sheet.part, "vmlDrawing", part))
        place(sheet.edit(), drawing)
        sheet.book.expected_changes.child(sheet.part, "legacyDrawing")
    else:
        package.add(part, content, package.content_type(part) or vml.CONTENT_TYPE)
    sheet.book.expected_changes.part(part)


def erase(sheet: SheetPart, refs: Iterable[str]) -> None:
    """Take away the shapes of notes; a drawing that holds nothing else goes with them."""
    package, part = sheet.book.package, _part(sheet)
    if part is None:
        return
    before = package.content(part)
    content = vml.without_notes(before, {cell_of(ref) for ref in refs})
    if content == before:
        return
    sheet.book.expected_changes.part(part)
    if vml.draws(content):
        package.add(part, content, package.content_type(part) or vml.CONTENT_TYPE)
    else:
        _drop(sheet, part)


def _part(sheet: SheetPart) -> str | None:
    """Return the drawing of the sheet. Raises: Refused when the sheet names one that is missing."""
    drawing = sheet.root.find(main("legacyDrawing"))
    if drawing is None:
        return None
    found = sheet.book.package.relation(sheet.part, drawing.get(R_ID, ""))
    if found is None or found.external or found.target not in sheet.book.package:
        raise Refused(f"il manque au classeur un dessin de la feuille « {sheet.title} »")
    return found.target


def _drop(sheet: SheetPart, part: str) -> None:
    package, root = sheet.book.package, sheet.edit()
    sheet.book.expected_changes.child(sheet.part, "legacyDrawing")
    for drawing in root.findall(main("legacyDrawing")):
        root.remove(drawing)
        package.unrelate(sheet.part, drawing.get(R_ID, ""))
    package.remove(part)
    _forget_type(package)


def _forget_type(package: Package) -> None:
    """Take back the content type of drawings, if `Package.declare` put it first and none is left.

    Another program may say it without need; it is left where it wrote it.
    """
    first = next(iter(package.tree(CONTENT_TYPES)), None)
    if (
        first is not None
        and first.tag == f"{{{TYPES}}}Default"
        and first.get("Extension") == "vml"
        and not any(name.lower().endswith(".vml") for name in package.names())
    ):
        package.edit(CONTENT_TYPES).remove(first)


class _Room:
    """The columns and rows of a sheet in pixels, to place shapes beside cells."""

    def __init__(self, root: Element, grid: Grid) -> None:
        self._grid = grid
        given = root.find(main("sheetFormatPr"))
        width = _number(None if given is None else given.get("defaultColWidth"), 64 / 7)
        height = _number(None if given is None else given.get("defaultRowHeight"), 15)
        self._width, self._height = round(width * 7), round(height / POINTS)
        self._columns = sorted(
            (int(_number(col.get("min"), 1)), int(_number(col.get("max"), 1)), _pixels(col))
            for cols in root.iterchildren(main("cols"))
            for col in cols.iterchildren(main("col"))
        )

    def _column(self, number: int) -> int:
        at = bisect_right(self._columns, (number, LAST_COLUMN + 1, 0)) - 1
        if at >= 0 and self._columns[at][0] <= number <= self._columns[at][1]:
            width = self._columns[at][2]
            return self._width if width < 0 else width
        return self._width

    def _row(self, number: int) -> int:
        row = self._grid.row(number)
        if row is None:
            return self._height
        if row.get("hidden") in ("1", "true"):
            return 0
        return round(_number(row.get("ht"), self._height * POINTS) / POINTS)

    def shape(self, row: int, column: int, text: str) -> NoteShape:
        """Return the shape of a note: right of the cell, and as tall as its text needs."""
        lines = sum(max(1, math.ceil(len(line) / _LETTERS_IN_LINE)) for line in text.split("\n"))
        height = min(max(lines * _LINE_HEIGHT + 10, _LEAST_HEIGHT), _MOST_HEIGHT)
        left, top = min(column, LAST_COLUMN - 5), min(max(row - 2, 0), LAST_ROW - 45)
        down = 2 if row == 1 else 10
        right = _reach(left, 15 + _WIDTH, self._column, LAST_COLUMN)
        bottom = _reach(top, down + height, self._row, LAST_ROW)
        return NoteShape(row, column, _WIDTH, height, (left, 15, top, down, *right, *bottom))


def _number(text: str | None, default: float) -> float:
    value = decimal_of(text)
    return value if value is not None and 0 <= value < 10 * LAST_ROW else default


def _pixels(column: Element) -> int:
    if column.get("hidden") in ("1", "true"):
        return 0
    return round(_number(column.get("width"), -1 / 7) * 7)


def _reach(start: int, distance: int, size: Callable[[int], int], last: int) -> tuple[int, int]:
    at, span = start, size(start + 1)
    while distance >= span and at + 1 < last and at < start + _FARTHEST:
        distance -= span
        at += 1
        span = size(at + 1)
    return at, min(distance, span)
