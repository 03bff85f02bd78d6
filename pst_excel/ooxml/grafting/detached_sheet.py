"""What one sheet leaves when another workbook takes it: what looks at sheets that are not taken.

Cells and charts keep the value that it last gave; rules and links that look there go. So does what
other parts of the workbook tell of the sheet: pivot tables, slicers, queries.
Sources: ECMA-376 part 1, §18.3 (worksheets), §20.5 (drawings); [MS-XLSX] 2.6 (extensions).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from pst_excel.ooxml.cells.grid import Grid
from pst_excel.ooxml.cells.shared_formulas import SheetFormulas
from pst_excel.ooxml.cells.told import cell_in
from pst_excel.ooxml.grafting.scope import Scope
from pst_excel.ooxml.grafting.sheets import ATTRIBUTES, FORMULAS, HOLDERS, drop, reached
from pst_excel.ooxml.grafting.still_charts import CHART, still
from pst_excel.ooxml.package.names import MAIN, R_ID, Element, local, main
from pst_excel.ooxml.package.package import Package
from pst_excel.ooxml.references.addresses import CellPosition, address, cell_of
from pst_excel.ooxml.references.formulas import GONE, Kind, renamed, used

_OF_THE_WORKBOOK = frozenset({"pivotTable", "slicer", "timeline", "queryTable", "tableSingleCells"})
"""The relations to what other parts of the workbook tell."""
_QUERIES = ("tableType", "connectionId", "queryTableFieldId", "uniqueName")
_ANCHORS = tuple(f"{{*}}{name}" for name in ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor"))
_LINKED = (*HOLDERS, "{*}controlPr", "{*}cxnSp", "{*}graphicFrame", "{*}cameraTool")
_LINKS = (*ATTRIBUTES, "macro", "cellRange")
_UNITS = ("dataValidation", "cfRule", "sparkline", "sparklineGroup", "ext")
"""What goes as a whole when a formula in it does."""
_CONTENTS = {
    "sheetViews": "sheetView", "hyperlinks": "hyperlink", "dataValidations": "dataValidation",
    "conditionalFormatting": "cfRule", "conditionalFormattings": "conditionalFormatting",
    "sparklines": "sparkline", "sparklineGroup": "sparklines", "sparklineGroups": "sparklineGroup",
    "ext": "*", "extLst": "ext",
}  # fmt: skip
"""What each of these elements is not without."""
_C, _V, _F, _CHART_F = main("c"), main("v"), main("f"), f"{CHART}f"
_TOLD_ELSEWHERE = etree.XPath("//m:c[@cm or @vm]", namespaces={"m": MAIN})


@dataclass(frozen=True)
class Left:
    """What does not go with a sheet: what the format calls it, its text, and where it stood.

    `value` tells whether the value that it last gave stands in its place.
    """

    title: str
    kind: str
    text: str = ""
    ref: str = ""
    value: bool = False


@dataclass(frozen=True)
class DetachedSheet:
    """A sheet being freed: its part, what it may use, the titles that sheets then have.

    `there` are all the titles to which it may lead, in small letters.
    """

    package: Package
    title: str
    part: str
    scope: Scope
    titles: Mapping[str, str]
    there: Collection[str]

    def leave(self) -> Iterator[Left]:
        """Change the parts of the sheet; give what it leaves."""
        root = self.package.edit(self.part)
        for view in list(root.iter(main("sheetView"))):
            if view.get("workbookViewId", "0") != "0":  # of a second window on the workbook
                _cut(view)
        for views in root.findall(main("customSheetViews")):
            drop(views)
        yield from self._relations(root)
        yield from self._cells(root)
        yield from self._links(root)
        for part in list(reached(self.package, self.part)):
            if part.endswith(".xml"):
                yield from self._formulas(part)

    def _relations(self, root: Element) -> Iterator[Left]:
        """Leave what other parts of the workbook tell."""
        for table in self.package.related(self.part, "table"):
            yield from self._unrelate(table)
            for element in list(self.package.edit(table).iter()):
                for key in _QUERIES:
                    element.attrib.pop(key, None)
                if local(element) == "xmlColumnPr":
                    drop(element)
        yield from self._unrelate(self.part)
        for listed in list(root.iter("{*}slicerList", "{*}timelineRefs")):
            _cut(listed)
        for drawing in self.package.related(self.part, "drawing"):
            for slicer in list(self.package.edit(drawing).iter("{*}slicer", "{*}timeslicer")):
                _cut_anchor(slicer)
            yield from self._newer_charts(drawing)
        if any(embedded.get("link") for embedded in root.iter("{*}oleObject")):
            yield Left(self.title, "oleObject")  # told by the links to other workbooks
            for objects in root.findall(main("oleObjects")):
                drop(objects)

    def _unrelate(self, part: str) -> Iterator[Left]:
        for relation in self.package.relations(part):
            if relation.kind in _OF_THE_WORKBOOK:
                self.package.unrelate(part, relation.id)
                yield Left(self.title, relation.kind)

    def _newer_charts(self, drawing: str) -> Iterator[Left]:
        """Leave the charts of the newer kind that look elsewhere: they hold no plain values."""
        for relation in self.package.relations(drawing):
            if relation.kind != "chartEx" or relation.target not in self.package:
                continue
            formulas = self.package.tree(relation.target).iter(*FORMULAS)
            texts = [formula.text or "" for formula in formulas]
            outward = [text for text in texts if not self.scope.holds(text)]
            if not outward:
                continue
            for chart in list(self.package.edit(drawing).iter("{*}chart")):
                if chart.get(R_ID) == relation.id:
                    _cut_anchor(chart)
            self.package.unrelate(drawing, relation.id)
            yield Left(self.title, "chart", outward[0])

    def _cells(self, root: Element) -> Iterator[Left]:
        shared = SheetFormulas(root)
        for ref, cell in _calculated(root):
            formula = cell.find(_F)
            if cell.attrib.pop("vm", None) and cell.get("t") == "e":  # #VALUE! under a picture
                cell[:] = []
                cell.attrib.pop("t")
                yield Left(self.title, "vm", "", ref)
                continue
            spills = cell.attrib.pop("cm", None)
            if formula is None:
                continue
            text, position = formula.text or "", _position(cell, ref)
            group = shared.groups.get(position)
            if not text and group is not None:
                text = group.text_at(*position)
            orphan = not text and formula.get("t") == "shared"
            if orphan or not self.scope.holds(text):
                value = bool(cell.findtext(_V))
                cell[:] = [child for child in cell if value and child is not formula]
                yield Left(self.title, "f", f"={text or GONE}", ref, value)
                continue
            if spills:
                yield Left(self.title, "cm", f"={text}", ref)
            if formula.text:
                formula.text = renamed(formula.text, self.titles, {})

    def _links(self, root: Element) -> Iterator[Left]:
        """Leave the links to sheets that are not there."""
        for link in list(root.iter(main("hyperlink"))):
            location = link.get("location", "").lstrip("#")
            sheets = {use.name.casefold() for use in used(location) if use.kind is Kind.SHEET}
            if link.get(R_ID) or not sheets:  # out of the workbook, or to a name
                continue
            if sheets <= set(self.there):
                link.set("location", renamed(location, self.titles, {}))
            else:
                yield Left(self.title, "hyperlink", f"#{location}", link.get("ref", ""))
                _cut(link)

    def _formulas(self, part: str) -> Iterator[Left]:
        """Leave what looks elsewhere in the rules of a sheet, its tables, its charts and shapes."""
        charts: list[Left] = []
        for element, key, text in list(_formulas_of(self.package.tree(part))):
            if self.scope.holds(text):
                self._rename(part, element, key, text)
                continue
            self.package.edit(part)
            holder = element.getparent()
            ancestors = (element, *element.iterancestors())
            unit = next((up for up in ancestors if local(up) in _UNITS), None)
            if unit is not None:
                named = unit if local(unit) != "ext" else element if key else holder
                kind = "" if named is None else local(named)
                yield Left(self.title, kind, text, _area_of(unit))
                _cut(unit)
            elif element.tag == _CHART_F and holder is not None:
                charts.append(Left(self.title, "chart", text, "", still(holder)))
            elif key:
                del element.attrib[key]
                yield Left(self.title, key, text)
            else:  # the formula of a column of a table, which its cells have too
                drop(element)
        if charts:
            yield replace(charts[0], value=all(chart.value for chart in charts))
        for source in self.package.tree(part).findall(f"{CHART}pivotSource"):
            self.package.edit(part)
            drop(source)

    def _rename(self, part: str, element: Element, key: str, text: str) -> None:
        formula = renamed(text, self.titles, {})
        if formula == text:
            return
        self.package.edit(part)
        if key:
            element.set(key, formula)
        else:
            element.text = formula


def _calculated(root: Element) -> Iterator[tuple[str, Element]]:
    """Give the cells that have a formula, or of which a part of the workbook tells more."""
    found = [*(formula.getparent() for formula in root.iter(_F)), *_TOLD_ELSEWHERE(root)]
    cells = dict.fromkeys(cell for cell in found if cell is not None and cell.tag == _C)
    if all(cell.get("r") for cell in cells):
        yield from ((cell.get("r", ""), cell) for cell in cells)
    else:
        yield from ((address(row, column), cell) for row, column, cell in Grid(root)
                    if cell in cells)  # fmt: skip


def _position(cell: Element, ref: str) -> CellPosition:
    return cell_in(cell) if cell.get("r") else cell_of(ref)


def _formulas_of(root: Element) -> Iterator[tuple[Element, str, str]]:
    """Give the formulas of a part but those of cells: element, attribute if it is one, text."""
    for element in root.iter(*FORMULAS):
        parent = element.getparent()
        if element.text and (parent is None or parent.tag != _C):
            yield element, "", element.text
    for element in root.iter(*_LINKED):
        for key in _LINKS:
            if element.get(key):
                yield element, key, element.get(key, "")


def _area_of(unit: Element) -> str:
    """Return the cells of a rule, wherever its kind writes them."""
    for element in (unit, unit.getparent()):
        if element is not None and (area := element.get("sqref") or element.findtext("{*}sqref")):
            return area
    return ""


def _cut(element: Element) -> None:
    """Take an element out of its tree, and what holds it when nothing else is held."""
    parent = element.getparent()
    drop(element)
    if parent is None or local(parent) not in _CONTENTS:
        return
    parent.attrib.pop("count", None)
    if parent.find(f"{{*}}{_CONTENTS[local(parent)]}") is None:
        _cut(parent)


def _cut_anchor(shown: Element) -> None:
    anchor = next(shown.iterancestors(*_ANCHORS), None)
    if anchor is not None:
        drop(anchor)
