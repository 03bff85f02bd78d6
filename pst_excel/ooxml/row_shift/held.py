"""The filter, the tables and the printed area of a sheet, made to hold what stands beside.

Sources: ECMA-376 part 1, §18.3.1.2 (autoFilter), §18.3.2.7 (filterColumn), §18.3.1.92 (sortState),
§18.2.5 (definedName), §18.5.1.2 (tables).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pst_excel.ooxml.cells import table_growth
from pst_excel.ooxml.cells.workbook_parts import SheetPart
from pst_excel.ooxml.package.malformed import number_of, whole
from pst_excel.ooxml.package.names import Element, main
from pst_excel.ooxml.references.addresses import Area, column_letters, written_like

_PRINTED, _FILTERED = "_xlnm.Print_Area", "_xlnm._FilterDatabase"


def hold(sheet: SheetPart, bottom: int, count: int) -> None:
    """Make what ends on a row hold so many rows below it: the filter, tables, the printed area."""

    def lower(area: Area) -> Area:
        ends = area.bottom == bottom
        return Area(area.top, area.left, bottom + count, area.right) if ends else area

    for found in _filters(sheet):
        _retell(sheet, found, lower)
    for table in sheet.table_parts:
        area = table.area
        if area.bottom == bottom and not table.totals:
            larger = Area(area.top, area.left, bottom + count, area.right)
            table.package.edit(table.part).set("ref", str(larger))
            table_growth.stretch(sheet, table, count)
    _rename(sheet, _PRINTED, lower)
    _rename(sheet, _FILTERED, lower)


def cover(sheet: SheetPart, area: Area) -> None:
    """Make the filter whose headings stand on the first row of an area cover it all.

    What is filtered by stays on its columns. Columns that are a table are left to its own filter.
    """
    found = next(_filters(sheet), None)
    old = None if found is None else _area(found.get("ref", ""))
    if found is None or old is None or old.top != area.top:
        return
    new = _beside_tables(sheet, old, _around(old, area))
    _retell(sheet, found, lambda one: _within(one, old, new))
    for told in found.iterchildren(main("filterColumn")) if new.left < old.left else ():
        told.set("colId", str(whole(told, "colId") + old.left - new.left))
    _rename(sheet, _FILTERED, lambda one: new if one == old else one)


def print_across(sheet: SheetPart, rows: tuple[int, int], columns: tuple[int, int]) -> None:
    """Make the printed area that begins in A1 hold rows and columns, told by old and new ends.

    It must end on the old row and reach the old column: another is that of people.
    """

    def larger(area: Area) -> Area:
        ours = (area.top, area.left, area.bottom) == (1, 1, rows[0]) and area.right >= columns[0]
        return _around(area, Area(1, 1, rows[1], columns[1])) if ours else area

    _rename(sheet, _PRINTED, larger)


def _filters(sheet: SheetPart) -> Iterator[Element]:
    return sheet.root.iterchildren(main("autoFilter"))


def _area(ref: str) -> Area | None:
    try:
        return Area.of(ref)
    except ValueError:
        return None


def _around(one: Area, other: Area) -> Area:
    """Return the smallest area that holds both."""
    top, left = min(one.top, other.top), min(one.left, other.left)
    return Area(top, left, max(one.bottom, other.bottom), max(one.right, other.right))


def _beside_tables(sheet: SheetPart, old: Area, new: Area) -> Area:
    """Return a filter made larger as far as no table stands there: Excel opens no such file."""
    for table in sheet.table_parts:
        other = table.area
        if new.meets(other) and other.left > old.right:
            new = Area(new.top, new.left, new.bottom, other.left - 1)
        elif new.meets(other) and other.right < old.left:
            new = Area(new.top, other.right + 1, new.bottom, new.right)
        elif new.meets(other):
            return old
    return new


def _within(one: Area, old: Area, new: Area) -> Area:
    """Return an area that went as far as a filter did on some sides, as the filter goes now."""
    return Area(
        new.top if one.top == old.top else one.top,
        new.left if one.left == old.left else one.left,
        new.bottom if one.bottom == old.bottom else one.bottom,
        new.right if one.right == old.right else one.right,
    )


def _retell(sheet: SheetPart, found: Element, change: Callable[[Area], Area]) -> None:
    """Change the area of a filter, and that which was sorted by it."""
    for told in (found, *found.iterchildren(main("sortState"))):
        old = _area(told.get("ref", ""))
        if old is not None and change(old) != old:
            sheet.edit()
            told.set("ref", written_like(change(old), told.get("ref", "")))
            sheet.book.expected_changes.child(sheet.part, "autoFilter")


def _rename(sheet: SheetPart, called: str, change: Callable[[Area], Area]) -> None:
    """Change the area that a name of the sheet means; several are those of people."""
    for name in list(sheet.book.root.iter(main("definedName"))):
        title, mark, ref = (name.text or "").rpartition("!")
        old = _area(ref)
        if name.get("name") != called or not _is_of(sheet, name) or "," in title or old is None:
            continue
        new = change(old)
        if new != old:
            sheet.book.package.edit(sheet.book.package.workbook)
            name.text = f"{title}{mark}{_fixed(new) if '$' in ref else written_like(new, ref)}"
            sheet.book.expected_changes.name(called, sheet.title)


def _is_of(sheet: SheetPart, name: Element) -> bool:
    local, titles = number_of(name.get("localSheetId")), sheet.book.titles
    here = local is not None and local < len(titles)
    return local is not None and here and titles[local].casefold() == sheet.title.casefold()


def _fixed(area: Area) -> str:
    first = f"${column_letters(area.left)}${area.top}"
    return f"{first}:${column_letters(area.right)}${area.bottom}"
