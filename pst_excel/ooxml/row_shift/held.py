"""What ends on the row above rows that were inserted, made to hold them: filters, tables, printing.

Sources: ECMA-376 part 1, §18.3.1.2 (autoFilter), §18.2.5 (definedName), §18.5.1.2 (tables).
"""

from __future__ import annotations

from pst_excel.ooxml.cells import table_growth
from pst_excel.ooxml.cells.workbook_parts import SheetPart
from pst_excel.ooxml.package.names import Element, main
from pst_excel.ooxml.references.addresses import Area, written_like

_NAMES = ("_xlnm.Print_Area", "_xlnm._FilterDatabase")


def hold(sheet: SheetPart, bottom: int, count: int) -> None:
    """Make what ends on a row hold so many rows below it: the filter, tables, the printed area."""
    for found in sheet.root.iterchildren(main("autoFilter")):
        new = _grown(found.get("ref", ""), bottom, count)
        if new != found.get("ref"):
            sheet.edit()
            found.set("ref", new)
            sheet.book.expected_changes.child(sheet.part, "autoFilter")
    for table in sheet.table_parts:
        area = table.area
        if area.bottom == bottom and not table.totals:
            larger = Area(area.top, area.left, bottom + count, area.right)
            table.package.edit(table.part).set("ref", str(larger))
            table_growth.stretch(sheet, table, count)
    for name in list(sheet.book.root.iter(main("definedName"))):
        if name.get("name") in _NAMES and _is_of(sheet, name):
            _name(sheet, name, bottom, count)


def _is_of(sheet: SheetPart, name: Element) -> bool:
    local, titles = name.get("localSheetId", ""), sheet.book.titles
    here = local.isdecimal() and int(local) < len(titles)
    return here and titles[int(local)].casefold() == sheet.title.casefold()


def _name(sheet: SheetPart, name: Element, bottom: int, count: int) -> None:
    title, mark, ref = (name.text or "").rpartition("!")
    if "," in title:  # several areas are printed: those of people
        return
    new = _grown(ref, bottom, count)
    if new != ref:
        sheet.book.package.edit(sheet.book.package.workbook)
        name.text = f"{title}{mark}{new}"
        sheet.book.expected_changes.name(name.get("name", ""), sheet.title)


def _grown(ref: str, bottom: int, count: int) -> str:
    """Return an area that ends on a row with more rows, told as it was; another as it is."""
    try:
        area = Area.of(ref)
    except ValueError:
        return ref
    if area.bottom != bottom:
        return ref
    if "$" in ref:
        return ref.removesuffix(str(bottom)) + str(bottom + count)
    return written_like(Area(area.top, area.left, bottom + count, area.right), ref)
