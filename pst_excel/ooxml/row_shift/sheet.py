"""What follows the rows of a sheet in its own part and in those of the other sheets, cells apart.

Source: ECMA-376 part 1, §18.3.1; [MS-XLSX] 2.6 for what stands in extensions. Each function
takes the part of any sheet: only in that of the rows moved do areas change, in all of them
formulas do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pst_excel.ooxml.package.malformed import number_of
from pst_excel.ooxml.package.names import R_ID, Element, local
from pst_excel.ooxml.references import formulas
from pst_excel.ooxml.references.addresses import Area, cell_of
from pst_excel.ooxml.row_shift.following_part import FollowingPart
from pst_excel.ooxml.row_shift.parts import anchored, sourced

_FROZEN = ("frozen", "frozenSplit")
_FORMULAS = ("{*}formula", "{*}formula1", "{*}formula2", "{*}f")


def _areas(part: FollowingPart, *names: str, key: str = "ref") -> Iterator[Element]:
    """Move the areas of some elements, drop those that are gone, and give the others."""
    for element in part.named(*names):
        text = element.get(key, "")
        if not text.strip():
            continue
        new = part.areas(text)
        if new:
            part.put(element, key, new)
            yield element
        else:
            part.drop(element)


def _all(part: FollowingPart, *names: str, key: str = "ref") -> None:
    for _ in _areas(part, *names, key=key):
        continue


def dimension(part: FollowingPart) -> None:
    """The extent of the cells; nothing is left of it in a sheet that is then empty."""
    for element in part.named("dimension"):
        text = part.areas(element.get("ref", "A1")) or "A1"
        first, _, last = text.partition(":")
        if text != element.get("ref", "A1"):
            part.put(element, "ref", first if first == last else text)


def views(part: FollowingPart) -> None:
    """Frozen rows, and the first row that each view shows."""
    for view in part.named("sheetView", "customSheetView") if part.here else ():
        start = _row_of(view.get("topLeftCell", "A1"))
        for pane in view.iterchildren("{*}pane"):
            _freeze(part, pane, start)
        for seen in (view, *view.iterchildren("{*}pane")):
            text = seen.get("topLeftCell", "")
            row = _row_of(text)
            if text and part.below(row) != row:
                part.put(seen, "topLeftCell", text.rstrip("0123456789") + str(part.below(row)))


def _row_of(text: str) -> int:
    try:
        return cell_of(text)[0]
    except ValueError:
        return 1


def _freeze(part: FollowingPart, pane: Element, start: int) -> None:
    split = number_of(pane.get("ySplit")) or 0
    if pane.get("state") in _FROZEN and 0 < split < 10_000:
        rows = part.below(start + split) - part.below(start)
        part.put(pane, "ySplit", str(max(rows, 1)))


def selections(part: FollowingPart) -> None:
    """The cells that are selected, and the active one among them.

    Where none is told it is A1: a selection around it stays.
    """
    for selection in part.named("selection"):
        text, active = selection.get("sqref", ""), selection.get("activeCell", "")
        new = part.areas(text)
        view = selection.getparent()
        if new == text or (not active and view is not None and local(view) == "sheetView"):
            continue
        if new:
            part.put(selection, "sqref", new)
            part.put(selection, "activeCell", part.cell(active) or new.split()[0].partition(":")[0])
        else:
            part.drop(selection)


def merged(part: FollowingPart) -> None:
    """Merged cells: of those of which one cell is left, nothing is merged."""
    for merged_cell in _areas(part, "mergeCell"):
        try:
            alone = Area.of(merged_cell.get("ref", "")).single
        except ValueError:
            continue
        if alone and part.shift.count < 0:
            part.drop(merged_cell)


def filters(part: FollowingPart) -> None:
    """The filter of the sheet, and how it is sorted."""
    _all(part, "autoFilter", "sortState", "sortCondition")


def protected(part: FollowingPart) -> None:
    """Ranges that stay open in a sheet that is protected."""
    _all(part, "protectedRange", key="sqref")
    _extended(part, "protectedRange")


def ignored(part: FollowingPart) -> None:
    """Errors that Excel does not show."""
    _all(part, "ignoredError", key="sqref")
    _extended(part, "ignoredError")


def scenarios(part: FollowingPart) -> None:
    """Scenarios, whose inputs are cells; that none of these is removed was checked before."""
    _all(part, "scenarios", key="sqref")
    for input_cell in part.named("inputCells"):
        part.put(input_cell, "r", part.cell(input_cell.get("r", "")) or "")


def watches(part: FollowingPart) -> None:
    """Cells that are watched in a window."""
    for watch in part.named("cellWatch"):
        new = part.cell(watch.get("r", ""))
        if new:
            part.put(watch, "r", new)
        else:
            part.drop(watch)


def breaks(part: FollowingPart) -> None:
    """Page breaks, told by the row above them; one goes with the row below it."""
    for page_break in part.named("brk") if part.here else ():
        parent, above = page_break.getparent(), number_of(page_break.get("id"))
        if parent is None or local(parent) != "rowBreaks" or above is None:
            continue
        new = part.shift.row(above + 1)
        if new is None or new == 1:
            part.drop(page_break)
        else:
            part.put(page_break, "id", str(new - 1))


def _extended(part: FollowingPart, *names: str) -> list[Element]:
    """Move the areas that an extension tells in elements; return what is left."""
    left = []
    for element in part.named(*names):
        sqref = element.find("{*}sqref")
        if sqref is None or not sqref.text:
            continue
        new = part.areas(sqref.text)
        if new:
            part.say(sqref, new)
            left.append(element)
        else:
            part.drop(element)
    return left


def conditions(part: FollowingPart) -> None:
    """Conditional formats, those of extensions too: their areas, formulas and thresholds."""
    for block in part.named("conditionalFormatting"):
        _formulas(part, block)
        for limit in block.iter("{*}cfvo"):
            if limit.get("val"):
                part.put(limit, "val", part.formula(limit.get("val", "")))
    _all(part, "conditionalFormatting", key="sqref")
    _extended(part, "conditionalFormatting")


def validations(part: FollowingPart) -> None:
    """Data validations, those of extensions too: their areas and formulas."""
    for validation in part.named("dataValidation"):
        _formulas(part, validation)
    _all(part, "dataValidation", key="sqref")
    _extended(part, "dataValidation")


def _formulas(part: FollowingPart, holder: Element) -> None:
    areas = holder.get("sqref") or holder.findtext("{*}sqref") or ""
    down = part.steps(areas)
    for formula in holder.iter(*_FORMULAS):
        if formula.text and not len(formula):
            part.say(formula, part.formula(formulas.moved(formula.text, down, 0)))


def sparklines(part: FollowingPart) -> None:
    """Small charts in cells: the cells that they show, and where they stand."""
    for group in part.named("sparklineGroup"):
        for formula in group.iter("{*}f"):
            part.say(formula, part.formula(formula.text or ""))
    _extended(part, "sparkline")
    for group in part.named("sparklineGroup"):
        if next(group.iter("{*}sparkline"), None) is None:
            part.drop(group)


def links(part: FollowingPart) -> None:
    """Hyperlinks: where they stand, and the cells of this workbook to which they lead."""
    dropped = set()
    for link in list(part.named("hyperlink")):
        place = link.get("location")
        if place and not link.get(R_ID):
            part.put(link, "location", part.formula(place))
        if link.get("ref") and not part.areas(link.get("ref", "")):
            dropped.add(link.get(R_ID, ""))
            part.drop(link)
    _all(part, "hyperlink")
    kept = {link.get(R_ID, "") for link in part.named("hyperlink")} if dropped else set()
    for target in sorted(dropped - kept - {""}):
        part.package.unrelate(part.part, target)


def consolidated(part: FollowingPart) -> None:
    """The ranges of which a sheet is the consolidation."""
    for reference in part.named("dataRef"):
        sourced(part, reference)


def controls(part: FollowingPart) -> None:
    """Buttons, boxes and embedded objects: where they stand, the cells that they read and write."""
    for control in part.named("controlPr", "objectPr"):
        for key in ("linkedCell", "listFillRange"):
            if control.get(key):
                part.put(control, key, part.formula(control.get(key, "")))
        for anchor in control.iterchildren("{*}anchor"):
            moves, sizes = (
                anchor.get(key) in ("1", "true") for key in ("moveWithCells", "sizeWithCells")
            )
            if moves or sizes:
                anchored(part, anchor, sizes)


SHEET: tuple[Callable[[FollowingPart], None], ...] = (
    dimension, views, selections, merged, filters, protected, ignored, scenarios, watches, breaks,
    conditions, validations, sparklines, links, consolidated, controls,
)  # fmt: skip
"""What follows in the part of a sheet, its cells and their formulas apart."""
