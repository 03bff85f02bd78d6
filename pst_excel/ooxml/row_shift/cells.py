"""The formulas of cells follow rows: plain ones, those that cells share, arrays, data tables.

Source: ECMA-376 part 1, §18.3.1.40 (f).
"""

from __future__ import annotations

from collections.abc import Iterable

from pst_excel.ooxml.cells.shared_formulas import SharedFormula
from pst_excel.ooxml.cells.workbook_parts import SheetPart
from pst_excel.ooxml.package.names import Element, main
from pst_excel.ooxml.references import formulas
from pst_excel.ooxml.references.addresses import CellPosition
from pst_excel.ooxml.row_shift.following_part import FollowingPart

_F = main("f")
_SHARED = ("t", "si", "ref")
_INPUTS = ("r1", "r2")


def followed(part: FollowingPart, sheet: SheetPart) -> None:
    """Make the formulas of a sheet follow, while its cells have the addresses that they had."""
    shared = False
    for element in sheet.root.iter(_F):
        kind = element.get("t", "normal")
        if kind == "shared":
            shared = True
            continue
        part.say(element, part.formula(element.text or ""))
        if kind == "array" and element.get("ref"):
            part.put(element, "ref", part.areas(element.get("ref", "")) or element.get("ref", ""))
        elif kind == "dataTable":
            _data_table(part, element)
    if shared:
        groups = {id(group): group for group in sheet.formulas.groups.values()}
        for group in groups.values():
            _group(part, sheet, group)
        sheet.reread_formulas()


def _data_table(part: FollowingPart, element: Element) -> None:
    for key in ("ref", *_INPUTS):
        if element.get(key):
            part.put(element, key, part.areas(element.get(key, "")) or element.get(key, ""))


def _group(part: FollowingPart, sheet: SheetPart, group: SharedFormula) -> None:
    """Keep a shared formula, told by the first member that stays; those that differ leave it.

    A formula whose references cross the shift no longer reads the same in all of the members.
    """
    if not part.here and part.formula(group.text) == group.text and not _names(part, group.text):
        return
    numbers = ((position, _number(part, position)) for position in sorted(group.members))
    kept = {position: number for position, number in numbers if number is not None}
    if not kept:
        return
    heir = group.master if group.master in kept else next(iter(kept))
    text = part.formula(group.text_at(*heir))

    def same(position: CellPosition) -> bool:
        read = formulas.moved(text, kept[position] - kept[heir], position[1] - heir[1])
        return read == part.formula(group.text_at(*position))

    alike = _together(part, kept) and same(min(kept)) and same(max(kept))
    for position in [] if alike else [member for member in kept if not same(member)]:
        _tell(part, sheet, position, part.formula(group.text_at(*position)))
    _share(part, sheet, group, heir, text)


def _names(part: FollowingPart, text: str) -> bool:
    return part.shift.title.casefold().replace("'", "''") in text.casefold()


def _number(part: FollowingPart, position: CellPosition) -> int | None:
    return part.shift.row(position[0]) if part.here else position[0]


def _together(part: FollowingPart, positions: Iterable[CellPosition]) -> bool:
    """Return whether cells stand on one side of the shift.

    What their relative references become then changes with the row in one direction only, so the
    first and the last row tell whether all read the same.
    """
    return not part.here or not part.shift.parts(row for row, _ in positions)


def _tell(part: FollowingPart, sheet: SheetPart, position: CellPosition, text: str) -> None:
    element = _element(sheet, position)
    if element is not None:
        part.say(element, text)
        for key in _SHARED:
            element.attrib.pop(key, None)


def _share(
    part: FollowingPart, sheet: SheetPart, group: SharedFormula, heir: CellPosition, text: str
) -> None:
    element, master = _element(sheet, heir), _element(sheet, group.master)
    if element is None or master is None:
        return
    part.say(element, text)
    ref = part.areas(master.get("ref", ""))
    if ref:
        part.put(element, "ref", ref)


def _element(sheet: SheetPart, position: CellPosition) -> Element | None:
    cell = sheet.grid.cell(*position)
    return None if cell is None else cell.find(_F)
