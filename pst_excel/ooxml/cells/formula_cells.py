"""The formulas of a sheet's cells: shared ones read and handed on, arrays kept whole.

Source: ECMA-376 part 1, §18.3.1.40 (f).
"""

from __future__ import annotations

from pst_excel.ooxml.cells.shared_formulas import ARRAYS, SharedFormula
from pst_excel.ooxml.cells.values import Formula, escaped, number_text
from pst_excel.ooxml.cells.workbook_parts import SheetPart
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.package.names import XML_SPACE, Element, main, place
from pst_excel.ooxml.references import formulas
from pst_excel.ooxml.references.addresses import Area, address

LONGEST = 8_192
_F, _V = main("f"), main("v")
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}


def text(sheet: SheetPart, row: int, column: int) -> str | None:
    """Return the formula of a cell; None when it has none. That of a data table is empty."""
    cell = sheet.grid.cell(row, column)
    element = next(cell.iterchildren(_F), None) if cell is not None else None
    return None if element is None else told(sheet, element, row, column)


def told(sheet: SheetPart, element: Element, row: int, column: int) -> str | None:
    """Return the formula that an element says of its cell; None for one that nobody shares."""
    text = element.text
    if text or element.get("t") != "shared":
        return text or ""
    group = sheet.formulas.groups.get((row, column))
    return group.text_at(row, column) if group else None


def leave(sheet: SheetPart, row: int, column: int) -> None:
    """Make a cell ready to lose its content: a formula that others share is handed on to them.

    Raises: Refused for a part of an array of several cells, or of a data table.
    """
    array = sheet.formulas.array_at(row, column)
    if array:
        area, kind = array
        raise Refused(f"{address(row, column)} est une partie de {ARRAYS[kind]} {area}")
    cell = sheet.grid.cell(row, column)
    if cell is None or cell.find(_F) is None:
        return
    sheet.book.formulas_changed = True
    group = sheet.formulas.groups.pop((row, column), None)
    if group:
        group.remove((row, column))
        if group.master == (row, column):
            _hand_on(sheet, group)


def _hand_on(sheet: SheetPart, group: SharedFormula) -> None:
    """Give the text of a group to the first of the members left.

    Where it cannot be written without #REF!, the others could not be read from it: that member
    takes a formula of its own.
    """
    while group.members:
        heir = group.first()
        cell = sheet.grid.cell(*heir)
        element = cell.find(_F) if cell is not None else None
        handed = group.text_at(*heir)
        lost = handed.count(formulas.GONE) > group.text.count(formulas.GONE)
        if element is not None:
            sheet.edit()
            sheet.book.expected_changes.cells(sheet.part, Area(*heir, *heir))
            _put(element, handed)
        if element is not None and not lost:
            element.set("ref", str(group.bounds()))
            group.master, group.text = heir, handed
            return
        group.remove(heir)
        sheet.formulas.groups.pop(heir, None)
        if element is not None:
            for key in ("t", "si"):
                element.attrib.pop(key, None)


def write(sheet: SheetPart, cell: Element, formula: Formula) -> None:
    """Put a formula, and the value that it last gave, in a cell that has no content.

    Raises: Refused when the formula is empty, longer than LONGEST or no text of an XML file.
    """
    if not formula.text or len(formula.text) > LONGEST:
        raise Refused(f"une formule contient de 1 à {LONGEST} caractères")
    value, kind, stored = formula.value, None, ""
    if isinstance(value, bool):
        kind, stored = "b", str(int(value))
    elif isinstance(value, str):
        kind, stored = ("e", value) if value in _ERRORS else ("str", escaped(value))
    elif value is not None:
        stored = number_text(value)
    element = cell.makeelement(_F, None, None)
    try:
        _put(element, formula.text)
    except ValueError as error:
        raise Refused("une formule contient un caractère que le fichier n’admet pas") from error
    place(cell, element)
    cell.attrib.pop("t", None)
    if kind:
        cell.set("t", kind)
    if value is not None:
        shown = cell.makeelement(_V, None, None)
        _put(shown, stored)
        place(cell, shown)
    sheet.book.formulas_changed = True


def _put(element: Element, text: str) -> None:
    element.text = text
    if text != text.strip():
        element.set(XML_SPACE, "preserve")
