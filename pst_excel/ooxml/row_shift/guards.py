"""What forbids to insert or to remove rows: checked before anything is changed.

Sources: ECMA-376 part 1, §18.3.1.40 (arrays), §18.5.1.2 (tables), §18.10.1.49 (pivot tables).
"""

from __future__ import annotations

from collections.abc import Callable

from pst_excel.ooxml.cells.shared_formulas import ARRAYS
from pst_excel.ooxml.cells.workbook_parts import SheetPart
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.notes.notes import notes_of
from pst_excel.ooxml.package.malformed import number_of
from pst_excel.ooxml.package.names import Element, main
from pst_excel.ooxml.references.addresses import LAST_ROW, Area, cell_of, is_address
from pst_excel.ooxml.references.row_shifts import Removals, RowShift, Shift


def _cuts(shift: RowShift, area: Area) -> bool:
    """Return whether rows inserted inside an area, or removed of it, leave another part of it."""
    if shift.count > 0:
        return area.top < shift.first <= area.bottom
    end = shift.first - shift.count
    touched = area.top < end and shift.first <= area.bottom
    return touched and not (shift.first <= area.top and area.bottom < end)


def _area(element: Element) -> Area | None:
    try:
        return Area.of(element.get("ref", ""))
    except ValueError:
        return None


def tables(sheet: SheetPart, shift: RowShift) -> None:
    """A table keeps its headings, its totals and one row at least. Raises: Refused."""
    for table in sheet.table_parts if shift.count < 0 else ():
        body, end = table.data, shift.first - shift.count
        top, bottom = max(shift.first, table.area.top), min(end - 1, table.area.bottom)
        whole = top <= body.top and body.bottom <= bottom
        if top <= bottom and (whole or top < body.top or body.bottom < bottom):
            raise Refused(
                f"le tableau « {table.name} » garde ses titres, ses totaux et une ligne au moins"
            )


def arrays(sheet: SheetPart, shift: RowShift) -> None:
    """An array of several cells, or a data table, is moved or removed whole. Raises: Refused."""
    for element in sheet.root.iter(main("f")):
        kind = element.get("t", "")
        if kind not in ARRAYS:
            continue
        area = _area(element)
        if area and _cuts(shift, area):
            raise Refused(f"des lignes de {ARRAYS[kind]} {area} ne sont pas séparées des autres")
        inputs = [element.get("r1", ""), element.get("r2", "")] if kind == "dataTable" else []
        if any(_loses(shift, ref) for ref in inputs):
            raise Refused(f"{ARRAYS[kind]} {area} lit une cellule des lignes à supprimer")


def _loses(shift: RowShift, ref: str) -> bool:
    try:
        return shift.row(cell_of(ref)[0]) is None
    except ValueError:
        return False


def pivots(sheet: SheetPart, shift: RowShift) -> None:
    """A pivot table, with its page fields above, is not cut nor removed. Raises: Refused."""
    package = sheet.book.package
    for part in package.related(sheet.part, "pivotTable"):
        for location in package.tree(part).iterchildren(main("location")):
            area = _area(location)
            if area is None:
                continue
            pages = number_of(location.get("rowPageCount")) or 0
            above = pages + 1 if 0 < pages < area.top else 0
            area = Area(max(area.top - above, 1), area.left, area.bottom, area.right)
            if _cuts(shift, area) or shift.area(area) is None:
                raise Refused(f"un tableau croisé dynamique occupe {area}")


def sources(sheet: SheetPart, shift: Shift) -> None:
    """The cells that a pivot table sums up are not all removed. Raises: Refused."""
    package = sheet.book.package
    for part in package.related(package.workbook, "pivotCacheDefinition"):
        for source in package.tree(part).iter(main("worksheetSource"), main("rangeSet")):
            area = _area(source)
            there = source.get("sheet", "").casefold() == sheet.title.casefold()
            if area and there and shift.area(area) is None:
                raise Refused(f"un tableau croisé dynamique lit {area}")


def scenarios(sheet: SheetPart, shift: RowShift) -> None:
    """The cells that a scenario changes are not removed. Raises: Refused."""
    for input_cell in sheet.root.iterfind(f"{main('scenarios')}/*/{main('inputCells')}"):
        if _loses(shift, input_cell.get("r", "")):
            raise Refused(f"un scénario change {input_cell.get('r')}")


def room(sheet: SheetPart, shift: RowShift) -> None:
    """Nothing falls off the last row. Raises: Refused."""
    last = LAST_ROW - shift.count
    if shift.count < 0:
        return
    grid = sheet.grid
    filled = (
        row for row in reversed(grid.rows)
        if any(grid.holds(row, column) for column in grid.columns(row))
    )  # fmt: skip
    lowest = [next(filled, 0), *(table.area.bottom for table in sheet.table_parts)]
    lowest += [cell_of(ref)[0] for ref in notes_of(sheet) if is_address(ref)]
    for row in lowest:
        if last < row >= shift.first:
            raise Refused(f"la ligne {row} sortirait de la feuille « {sheet.title} »")


GUARDS: tuple[Callable[[SheetPart, RowShift], None], ...] = (
    tables, arrays, pivots, sources, scenarios, room,
)  # fmt: skip
"""What is checked of a sheet before its rows move."""


def check(sheet: SheetPart, *shifts: RowShift) -> None:
    """Check all of it for rows that move, those of several places too. Raises: Refused."""
    filled = any(element.get("t", "") in ARRAYS for element in sheet.root.iter(main("f")))
    for shift in shifts:
        for guard in GUARDS:
            if filled or guard is not arrays:
                guard(sheet, shift)


def check_together(sheet: SheetPart, removed: Removals) -> None:
    """Check what rows removed at several places do together. Raises: Refused."""
    for table in sheet.table_parts:
        body = table.data
        if removed.area(body) is None:
            tables(sheet, RowShift(sheet.title, body.top, body.top - body.bottom - 1))
    sources(sheet, removed)
