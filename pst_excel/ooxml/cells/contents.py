"""What a cell holds, read from the sheet and written into it; its format stays.

Source: ECMA-376 part 1, §18.3.1.4 (c), §18.18.11 (ST_CellType).
"""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

from pst_excel.ooxml.cells import formula_cells, styles
from pst_excel.ooxml.cells.values import (
    CellError,
    Formula,
    Value,
    moment,
    number_text,
    put_text,
    serial,
    text_of,
    unescaped,
)  # fmt: skip
from pst_excel.ooxml.cells.workbook_parts import SheetPart
from pst_excel.ooxml.errors import Malformed, Refused
from pst_excel.ooxml.package.malformed import decimal_of, malformed, number_of, quoted, whole
from pst_excel.ooxml.package.names import Element, local, main
from pst_excel.ooxml.references.addresses import Area, address

_F, _V, _IS = main("f"), main("v"), main("is")
StoredMoment: TypeAlias = dt.datetime | dt.time | dt.timedelta
StoredValue: TypeAlias = str | float | bool | StoredMoment | CellError | None


def value(sheet: SheetPart, row: int, column: int) -> Value:
    """Return what a cell holds: for a formula, the formula and the value that it last gave.

    Raises: Malformed when the file says what is no value.
    """
    cell = sheet.grid.cell(row, column)
    if cell is None or not len(cell):
        return None
    element, text = _inside(cell)
    formula = None if element is None else formula_cells.told(sheet, element, row, column)
    stored = _stored(sheet, cell, text)
    if formula is None:
        return stored
    if isinstance(stored, CellError):
        return Formula(formula, stored.text)
    if isinstance(stored, dt.datetime | dt.time | dt.timedelta):
        number = decimal_of(text)
        stored = serial(stored, sheet.book.epoch_1904) if number is None else number
    return Formula(formula, stored)


def _inside(cell: Element) -> tuple[Element | None, str | None]:
    """Return the formula of a cell, and the text of its value; None for what it has not."""
    formula: Element | None = None
    text: str | None = None
    for child in cell:
        tag = child.tag
        if tag == _V and text is None:
            text = child.text or ""
        elif tag == _F and formula is None:
            formula = child
    return formula, text


def _stored(sheet: SheetPart, cell: Element, text: str | None) -> StoredValue:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = next(cell.iterchildren(_IS), None)
        return text_of(inline) if inline is not None else None
    if text is None or (text == "" and kind != "str"):
        return None
    if kind == "s":
        return _shared(sheet, cell, text)
    if kind == "b":
        return text in ("1", "true")
    if kind == "e":
        return CellError(text)
    if kind == "str":
        return unescaped(text)
    try:
        if kind == "d":
            return dt.datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError as error:
        raise _no_value(cell, text) from error
    number = decimal_of(text)
    if number is None:
        raise _no_value(cell, text)
    return _number(sheet, number, whole(cell, "s"))


def _shared(sheet: SheetPart, cell: Element, text: str) -> str:
    number, strings = number_of(text), sheet.book.strings
    if number is None or number >= len(strings):
        raise _no_value(cell, text)
    return strings[number]


def _no_value(cell: Element, text: str) -> Malformed:
    return malformed(cell, f"{quoted(text)} n’est pas une valeur de {quoted(cell.get('r'))}")


def _number(sheet: SheetPart, number: float, style: int) -> StoredValue:
    book = sheet.book
    if not book.styles.shows_dates(style):
        return number
    try:
        if book.styles.shows_durations(style):
            return dt.timedelta(days=number)
        return moment(number, book.epoch_1904)
    except OverflowError:
        return number


def is_rich(sheet: SheetPart, row: int, column: int) -> bool:
    """Tell whether a part of the text of a cell has a format of its own."""
    cell = sheet.grid.cell(row, column)
    if cell is None or cell.get("t") not in ("s", "inlineStr"):
        return False
    if cell.get("t") == "s":
        return _inside(cell)[1] in sheet.book.rich_strings
    return cell.find(f"{main('is')}/{main('r')}") is not None


def put(sheet: SheetPart, row: int, column: int, value: Value) -> None:
    """Put a value in a cell, which keeps its format; see `Cell.set`. Raises: Refused."""
    _check(sheet, row, column)
    style = sheet.style_at(row, column)
    fresh = sheet.root.makeelement(main("c"), None, None)
    if style:
        fresh.set("s", str(style))
    _write(sheet, fresh, value, style)
    formula_cells.leave(sheet, row, column)
    sheet.edit()
    if value is None and style == sheet.inherited_style(row, column):
        sheet.grid.drop(row, column)
    else:
        _take(sheet.grid.add(row, column), fresh)
        sheet.widen(row, column)
    sheet.changed(Area(row, column, row, column))


def _check(sheet: SheetPart, row: int, column: int) -> None:
    position = row, column
    for area in sheet.merged:
        if position in area and position != (area.top, area.left):
            ref = address(row, column)
            raise Refused(f"{ref} est une partie des cellules fusionnées {area}")
    for table in sheet.table_parts:
        if position in table.headings:
            raise Refused(f"{address(row, column)} est un titre du tableau « {table.name} »")


def _write(sheet: SheetPart, cell: Element, value: Value, style: int) -> None:
    if isinstance(value, Formula):
        formula_cells.write(sheet, cell, value)
    elif isinstance(value, CellError):
        cell.set("t", "e")
        _write_text(cell, value.text)
    elif isinstance(value, bool):
        cell.set("t", "b")
        _write_text(cell, str(int(value)))
    elif isinstance(value, str):
        cell.set("t", "inlineStr")
        inline = cell.makeelement(main("is"), None, None)
        cell.append(inline)
        put_text(inline, value)
    elif isinstance(value, int | float):
        _write_text(cell, number_text(value))
    elif value is not None:
        days = serial(value, sheet.book.epoch_1904)
        known = sheet.book.styles
        duration = isinstance(value, dt.timedelta)
        if not (known.shows_durations(style) if duration else known.shows_dates(style)):
            cell.set("s", str(known.with_format(style, _format_for(value))))
        _write_text(cell, number_text(days))


def _format_for(value: object) -> int:
    if isinstance(value, dt.timedelta):
        return styles.DURATION
    if isinstance(value, dt.time):
        return styles.TIME
    return styles.DATE_TIME if isinstance(value, dt.datetime) else styles.DATE


def _take(cell: Element, fresh: Element) -> None:
    """Give a cell the content and the style of one that was made; extensions stay."""
    for child in list(cell):
        if local(child) != "extLst":
            cell.remove(child)
    for key in ("t", "cm", "vm"):
        cell.attrib.pop(key, None)
    cell.attrib.update(fresh.attrib)
    for at, child in enumerate(list(fresh)):
        cell.insert(at, child)


def _write_text(cell: Element, text: str) -> None:
    element = cell.makeelement(main("v"), None, None)
    element.text = text
    cell.append(element)


def fill(sheet: SheetPart, row: int, column: int, colour: str) -> None:
    """Give a cell a fill of its own, its format being otherwise the same."""
    style = sheet.style_at(row, column)
    sheet.edit()
    cell = sheet.grid.add(row, column)
    if style:
        cell.set("s", str(style))
    sheet.widen(row, column)
    sheet.restyled(row, column)
    cell.set("s", str(sheet.book.styles.with_fill(style, colour)))
