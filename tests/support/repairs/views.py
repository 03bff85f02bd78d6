"""What a sheet is beside its cells: order of its elements, columns, panes, merges, printing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element

from support.repairs.areas import LAST_COLUMN, LAST_ROW, Area, area, areas, cell, overlap
from support.repairs.book import Book, Sheet, Table
from support.repairs.registry import about

_ORDER = {
    "worksheet": "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr"
    " sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate"
    " customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks"
    " printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties"
    " cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture"
    " oleObjects controls webPublishItems tableParts extLst",
    "workbook": "fileVersion fileSharing workbookPr mc:AlternateContent workbookProtection"
    " bookViews sheets functionGroups externalReferences definedNames calcPr oleSize"
    " customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing fileRecoveryPr"
    " webPublishObjects extLst",
    "styleSheet": "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles"
    " colors extLst",
    "table": "autoFilter sortState tableColumns tableStyleInfo extLst",
}
_SEVERAL = {"conditionalFormatting"}
_KINDS = {  # the elements that name a relation, and its kind
    "hyperlink": "hyperlink", "drawing": "drawing", "legacyDrawing": "vmlDrawing",
    "legacyDrawingHF": "vmlDrawing", "tablePart": "table", "pageSetup": "printerSettings",
    "picture": "image",
}  # fmt: skip
_PANES = {  # what is split, and the panes that are then there
    (True, True): ("topRight", "bottomLeft", "bottomRight"),
    (True, False): ("topRight",),
    (False, True): ("bottomLeft",),
}


@about(Sheet)
def elements_of_a_sheet_are_in_order(sheet: Sheet) -> Iterator[str]:
    yield from _in_order(sheet.root)


@about(Table)
def elements_of_a_table_are_in_order(table: Table) -> Iterator[str]:
    yield from _in_order(table.root)


@about(Book)
def elements_of_a_workbook_are_in_order(book: Book) -> Iterator[str]:
    yield from _in_order(book.root)
    yield from _in_order(book.styles)


def _in_order(root: Element) -> Iterator[str]:
    order = _ORDER.get(root.tag, "").split()
    known = [one.tag for one in root if one.tag in order]
    for before, after in pairwise(known):
        if order.index(before) > order.index(after):
            yield f"{after} comes after {before}"
        if before == after and before not in _SEVERAL:
            yield f"{before} is there twice"
    for one in root:
        if one.tag not in order and ":" not in one.tag and not one.tag.startswith("{"):
            yield f"{root.tag} holds {one.tag}"


@about(Sheet)
def columns_go_right(sheet: Sheet) -> Iterator[str]:
    last = 0
    for one in sheet.root.iter("col"):
        first, end = int(one.get("min", 0)), int(one.get("max", 0))
        if not last < first <= end <= LAST_COLUMN:
            yield f"the columns {first} to {end} come after the column {last}"
        if not 0 <= float(one.get("width", 0)) <= 255:
            yield f"the columns {first} to {end} are {one.get('width')} wide"
        if not 0 <= int(one.get("outlineLevel", 0)) <= 7:
            yield f"the columns {first} to {end} are grouped more than 7 times"
        if int(one.get("style", 0)) >= sheet.book.size("cellXfs"):
            yield f"the columns {first} to {end} have the style {one.get('style')}, not there"
        last = end


@about(Sheet)
def panes_are_those_of_the_split(sheet: Sheet) -> Iterator[str]:
    for view in sheet.root.iter("sheetView"):
        pane = view.find("pane")
        there: Sequence[str] = ("topLeft",)
        if pane is not None:
            split = (float(pane.get("xSplit", 0)) > 0, float(pane.get("ySplit", 0)) > 0)
            there = ("topLeft", *_PANES.get(split, ()))
            cell(pane.get("topLeftCell", "A1"))
            if pane.get("activePane", "topLeft") not in there:
                yield f"the active pane is {pane.get('activePane')}: there are {', '.join(there)}"
        selected = [one.get("pane", "topLeft") for one in view.iter("selection")]
        for one in selected:
            if one not in there or selected.count(one) > 1:
                yield f"a selection is in the pane {one}: there are {', '.join(there)}, each once"


@about(Sheet)
def what_is_selected_is_in_the_sheet(sheet: Sheet) -> Iterator[str]:
    for selection in sheet.root.iter("selection"):
        active = cell(selection.get("activeCell", "A1"))
        selected = areas(selection.get("sqref", "A1"))
        if not any(Area(*active, *active).meets(one) for one in selected):
            yield f"the active cell {selection.get('activeCell')} is outside the selection"
    for view in sheet.root.iter("sheetView"):
        if not 10 <= int(view.get("zoomScale", 100)) <= 400:
            yield f"the zoom is {view.get('zoomScale')} %"


@about(Sheet)
def merged_areas_do_not_overlap(sheet: Sheet) -> Iterator[str]:
    for one in sheet.merged:
        if one[:2] == one[2:]:
            yield f"one cell is merged with itself: row {one.top}, column {one.left}"
    if both := overlap(sheet.merged):
        yield f"merged areas overlap: {both[0]} and {both[1]}"


@about(Sheet)
def the_filter_is_its_own_area(sheet: Sheet) -> Iterator[str]:
    found = sheet.root.find("autoFilter")
    if found is None:
        return
    filtered = area(found.get("ref", ""))
    yield from columns_filtered(found)
    for table in sheet.tables:
        if filtered.meets(table.area):
            yield f"the filter {found.get('ref')} overlaps the table {table.name}"


def columns_filtered(found: Element) -> Iterator[str]:
    """Say the columns of a filter that it does not have."""
    filtered = area(found.get("ref", ""))
    seen = set()
    for one in found.iter("filterColumn"):
        at = int(one.get("colId", -1))
        if not 0 <= at <= filtered.right - filtered.left or at in seen:
            yield f"the filter {found.get('ref')} has no column {at}, or has it twice"
        seen.add(at)


@about(Sheet)
def related_parts_are_of_the_right_kind(sheet: Sheet) -> Iterator[str]:
    for one in sheet.root.iter():
        number = one.get("r:id")
        if number is None:
            continue
        link = sheet.links.get(number)
        if link is None:
            yield f"{one.tag} names the relation {number}, which is not there"
        elif _KINDS.get(one.tag, link.kind) != link.kind:
            yield f"{one.tag} names the relation {number}, which leads to a {link.kind}"


@about(Sheet)
def printing_is_within_limits(sheet: Sheet) -> Iterator[str]:
    for one in sheet.root.iter("pageSetup"):
        if not 10 <= int(one.get("scale", 100)) <= 400:
            yield f"the page is printed at {one.get('scale')} %"
        for key in ("fitToWidth", "fitToHeight"):
            if not 0 <= int(one.get(key, 1)) <= 32_767:
                yield f"the page has {key} {one.get(key)}"
    for one in sheet.root.iter("headerFooter"):
        for line in one:
            if len(line.text or "") > 255:
                yield f"{line.tag} has {len(line.text or '')} characters"
    for breaks, last in (("rowBreaks", LAST_ROW), ("colBreaks", LAST_COLUMN)):
        given = [int(brk.get("id", 0)) for brk in sheet.root.findall(f"{breaks}/brk")]
        if len(given) > 1023 or any(not 0 < one <= last for one in given):
            yield f"{breaks}: more than 1023 page breaks, or one outside the sheet"
