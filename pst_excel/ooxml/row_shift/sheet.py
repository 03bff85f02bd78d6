"""What follows the rows of a sheet in its own part and in those of the other sheets, cells apart.

Source: ECMA-376 part 1, §18.3.1; [MS-XLSX] 2.6 for what stands in extensions. Each function
takes the part of any sheet: only in that of the rows moved do areas change, in all of them
formulas do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pst_excel.ooxml.package.names import R_ID, Element, local
from pst_excel.ooxml.references import formulas
from pst_excel.ooxml.references.addresses import Area, cell_of
from pst_excel.ooxml.row_shift.following_part import FollowingPart
from pst_excel.ooxml.row_shift.parts import anchored, sourced

_FROZEN = ("frozen", "frozenSplit")
_FORMULAS = ("{*}formula", "{*}formula1", "{*}formula2", "{*}f")


def _areas(part: FollowingPart, *names: str, key: str = "ref") -> Iterator[Element]:
    """Move the areas of some elements, drop those that are gone, and give the others."""
    for one in part.named(*names):
        text = one.get(key, "")
        if not text.strip():
            continue
        new = part.areas(text)
        if new:
            part.put(one, key, new)
            yield one
        else:
            part.drop(one)


def _all(part: FollowingPart, *names: str, key: str = "ref") -> None:
    for _ in _areas(part, *names, key=key):
        continue


def dimension(part: FollowingPart) -> None:
    """The extent of the cells; nothing is left of it in a sheet that is then empty."""
    for one in part.named("dimension"):
        text = part.areas(one.get("ref", "A1")) or "A1"
        first, _, last = text.partition(":")
        if text != one.get("ref", "A1"):
            part.put(one, "ref", first if first == last else text)


def views(part: FollowingPart) -> None:
    """Frozen rows, and the first row that each view shows."""
    for one in part.named("sheetView", "customSheetView") if part.here else ():
        start = _row_of(one.get("topLeftCell", "A1"))
        for pane in one.iterchildren("{*}pane"):
            _freeze(part, pane, start)
        for seen in (one, *one.iterchildren("{*}pane")):
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
    split = pane.get("ySplit", "")
    if pane.get("state") in _FROZEN and split.isdecimal() and 0 < int(split) < 10_000:
        rows = part.below(start + int(split)) - part.below(start)
        part.put(pane, "ySplit", str(max(rows, 1)))


def selections(part: FollowingPart) -> None:
    """The cells that are selected, and the active one among them.

    Where none is told it is A1: a selection around it stays.
    """
    for one in part.named("selection"):
        text, active = one.get("sqref", ""), one.get("activeCell", "")
        new = part.areas(text)
        view = one.getparent()
        if new == text or (not active and view is not None and local(view) == "sheetView"):
            continue
        if new:
            part.put(one, "sqref", new)
            part.put(one, "activeCell", part.cell(active) or new.split()[0].partition(":")[0])
        else:
            part.drop(one)


def merged(part: FollowingPart) -> None:
    """Merged cells: of those of which one cell is left, nothing is merged."""
    for one in _areas(part, "mergeCell"):
        try:
            alone = Area.of(one.get("ref", "")).single
        except ValueError:
            continue
        if alone and part.shift.count < 0:
            part.drop(one)


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
    for one in part.named("inputCells"):
        part.put(one, "r", part.cell(one.get("r", "")) or "")


def watches(part: FollowingPart) -> None:
    """Cells that are watched in a window."""
    for one in part.named("cellWatch"):
        new = part.cell(one.get("r", ""))
        if new:
            part.put(one, "r", new)
        else:
            part.drop(one)


def breaks(part: FollowingPart) -> None:
    """Page breaks, told by the row above them; one goes with the row below it."""
    for one in part.named("brk") if part.here else ():
        parent, above = one.getparent(), one.get("id", "")
        if parent is None or local(parent) != "rowBreaks" or not above.isdecimal():
            continue
        new = part.shift.row(int(above) + 1)
        if new is None or new == 1:
            part.drop(one)
        else:
            part.put(one, "id", str(new - 1))


def _extended(part: FollowingPart, *names: str) -> list[Element]:
    """Move the areas that an extension tells in elements; return what is left."""
    left = []
    for one in part.named(*names):
        sqref = one.find("{*}sqref")
        if sqref is None or not sqref.text:
            continue
        new = part.areas(sqref.text)
        if new:
            part.say(sqref, new)
            left.append(one)
        else:
            part.drop(one)
    return left


def conditions(part: FollowingPart) -> None:
    """Conditional formats, those of extensions too: their areas, formulas and thresholds."""
    for one in part.named("conditionalFormatting"):
        _formulas(part, one)
        for limit in one.iter("{*}cfvo"):
            if limit.get("val"):
                part.put(limit, "val", part.formula(limit.get("val", "")))
    _all(part, "conditionalFormatting", key="sqref")
    _extended(part, "conditionalFormatting")


def validations(part: FollowingPart) -> None:
    """Data validations, those of extensions too: their areas and formulas."""
    for one in part.named("dataValidation"):
        _formulas(part, one)
    _all(part, "dataValidation", key="sqref")
    _extended(part, "dataValidation")


def _formulas(part: FollowingPart, holder: Element) -> None:
    areas = holder.get("sqref") or holder.findtext("{*}sqref") or ""
    down = part.steps(areas)
    for one in holder.iter(*_FORMULAS):
        if one.text and not len(one):
            part.say(one, part.formula(formulas.moved(one.text, down, 0)))


def sparklines(part: FollowingPart) -> None:
    """Small charts in cells: the cells that they show, and where they stand."""
    for one in part.named("sparklineGroup"):
        for formula in one.iter("{*}f"):
            part.say(formula, part.formula(formula.text or ""))
    _extended(part, "sparkline")
    for group in part.named("sparklineGroup"):
        if next(group.iter("{*}sparkline"), None) is None:
            part.drop(group)


def links(part: FollowingPart) -> None:
    """Hyperlinks: where they stand, and the cells of this workbook to which they lead."""
    dropped = set()
    for one in list(part.named("hyperlink")):
        place = one.get("location")
        if place and not one.get(R_ID):
            part.put(one, "location", part.formula(place))
        if one.get("ref") and not part.areas(one.get("ref", "")):
            dropped.add(one.get(R_ID, ""))
            part.drop(one)
    _all(part, "hyperlink")
    kept = {one.get(R_ID, "") for one in part.named("hyperlink")} if dropped else set()
    for target in sorted(dropped - kept - {""}):
        part.package.unrelate(part.part, target)


def consolidated(part: FollowingPart) -> None:
    """The ranges of which a sheet is the consolidation."""
    for one in part.named("dataRef"):
        sourced(part, one)


def controls(part: FollowingPart) -> None:
    """Buttons, boxes and embedded objects: where they stand, the cells that they read and write."""
    for one in part.named("controlPr", "objectPr"):
        for key in ("linkedCell", "listFillRange"):
            if one.get(key):
                part.put(one, key, part.formula(one.get(key, "")))
        for anchor in one.iterchildren("{*}anchor"):
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
