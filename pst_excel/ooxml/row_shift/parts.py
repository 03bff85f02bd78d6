"""What follows rows in the parts beside the sheets: tables, notes, drawings, charts, pivots.

Sources: ECMA-376 part 1, §18.5 (tables), §18.7 (comments), §18.10 (pivot tables), §20.5
(drawings), §21.2 (charts); [MS-XLSX] and [MS-ODRAWXML] for extensions.
"""

from __future__ import annotations

from pst_excel.ooxml.package.malformed import number_of
from pst_excel.ooxml.package.names import R_ID, Element, local
from pst_excel.ooxml.references import formulas
from pst_excel.ooxml.references.addresses import LAST_ROW, Area
from pst_excel.ooxml.row_shift.following_part import FollowingPart

_MARKER = ("{*}from", "{*}to")
_CONTROL = ("fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx")


def names(part: FollowingPart) -> None:
    """Defined names: those of print areas and titles, of filters, and of people."""
    for element in part.named("definedName"):
        part.say(element, part.formula(element.text or ""))


def table(part: FollowingPart) -> None:
    """A table: its extent, its filter, and the formulas of its columns."""
    body = _body(part.root)
    down = part.steps(str(body)) if body else 0
    for formula in part.named("calculatedColumnFormula"):
        part.say(formula, part.formula(formulas.moved(formula.text or "", down, 0)))
    for formula in part.named("totalsRowFormula"):
        part.say(formula, part.formula(formula.text or ""))
    for element in (part.root, *part.named("autoFilter", "sortState", "sortCondition")):
        areas(part, element)


def _body(root: Element) -> Area | None:
    """Return the rows of a table below its headings; its formulas read as in the first."""
    try:
        whole = Area.of(root.get("ref", ""))
    except ValueError:
        return None
    top = whole.top + (root.get("headerRowCount", "1") != "0")
    return Area(top, whole.left, whole.bottom, whole.right) if top <= whole.bottom else None


def areas(part: FollowingPart, element: Element) -> None:
    """Move the area of an element, which goes with it."""
    new = part.areas(element.get("ref", ""))
    if new:
        part.put(element, "ref", new)
    elif element.get("ref"):
        part.drop(element)


def notes(part: FollowingPart) -> None:
    """Notes and conversations; those of rows that were removed go."""
    for note in part.named("comment", "threadedComment"):
        areas(part, note)


def cells(part: FollowingPart) -> None:
    """Filters of a view, and cells bound to the elements of an XML document."""
    for view_filter in part.named("nsvFilter"):
        areas(part, view_filter)
    for cell in part.named("singleXmlCell"):
        new = part.cell(cell.get("r", ""))
        if new:
            part.put(cell, "r", new)
        else:
            part.drop(cell)


def anchors(part: FollowingPart) -> None:
    """Drawings: where they stand, as their own setting says (§20.5.3.2, editAs)."""
    for anchor in part.named("twoCellAnchor", "oneCellAnchor"):
        setting = anchor.get("editAs", "twoCell") if local(anchor) == "twoCellAnchor" else "oneCell"
        if setting != "absolute":
            anchored(part, anchor, setting == "twoCell")


def anchored(part: FollowingPart, anchor: Element, stretches: bool) -> None:
    """Move what stands from a row to another, or only the first, the height then staying."""
    if not part.here:
        return
    down = 0
    for marker in anchor.iterchildren(*_MARKER):
        row_element, offset = marker.find("{*}row"), marker.find("{*}rowOff")
        above = None if row_element is None else number_of(row_element.text)
        if row_element is None or above is None or above >= LAST_ROW:
            continue
        row = above + 1
        tied = stretches or local(marker) == "from"
        new = part.row(row) if tied else row + down
        gone = tied and part.shift.row(row) is None
        down = new - row if local(marker) == "from" else down
        if new != row or gone:
            part.say(row_element, str(new - 1))
        if gone and offset is not None:
            part.say(offset, "0")


def shown(part: FollowingPart) -> None:
    """Drawings: the cell whose text a shape shows, the cells of which a picture is taken."""
    for element in part.named("*"):
        for key in ("textlink", "cellRange"):
            if element.get(key):
                part.put(element, key, part.formula(element.get(key, "")))


def charted(part: FollowingPart) -> None:
    """Charts: the cells of their series, titles and labels."""
    for reference in part.named("f", "sqref"):
        if not len(reference):
            part.say(reference, part.formula(reference.text or ""))


def controlled(part: FollowingPart) -> None:
    """A form control: the cells that it writes and lists."""
    for key in _CONTROL:
        if part.root.get(key):
            part.put(part.root, key, part.formula(part.root.get(key, "")))


def cached(part: FollowingPart) -> None:
    """The cells that a pivot table sums up."""
    for source in part.named("worksheetSource", "rangeSet"):
        sourced(part, source)


def sourced(part: FollowingPart, source: Element) -> None:
    """Move the area that an element tells beside the title of its sheet."""
    if source.get("ref") and source.get("sheet") and not source.get(R_ID):
        there = FollowingPart(part.package, part.part, source.get("sheet", ""), part.shift)
        part.put(source, "ref", there.areas(source.get("ref", "")) or source.get("ref", ""))


def pivot(part: FollowingPart) -> None:
    """Where a pivot table stands."""
    for location in part.named("location"):
        areas(part, location)
