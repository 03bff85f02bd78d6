"""The styles of a workbook as they are numbered in another, which is given those that it lacks.

Source: ECMA-376 part 1, §18.8.
"""

from __future__ import annotations

import copy

from pst_excel.ooxml.cells.styles import FIRST_OWN_FORMAT, Styles
from pst_excel.ooxml.errors import Malformed
from pst_excel.ooxml.package.malformed import malformed, whole
from pst_excel.ooxml.package.names import Element, in_order, main
from pst_excel.ooxml.package.package import Package

_COLLECTIONS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
_LEAST = {"fonts": 1, "fills": 2, "borders": 1}
_FORMATS = ("dxfId", "headerRowDxfId", "dataDxfId", "totalsRowDxfId", "headerRowBorderDxfId",
            "tableBorderDxfId", "totalsRowBorderDxfId")  # fmt: skip


class GraftedStyles:
    """What the numbers of a giving workbook are in a receiving one; made when they are asked."""

    def __init__(self, styles: Styles, donor: Package) -> None:
        self._styles, self._donor = styles, Styles(donor)
        self._numbers: dict[int, int] = {}
        self._formats: dict[int, int] = {}
        collections = (*_COLLECTIONS.values(), "cellXfs", "dxfs")
        self._entries = {tag: self._donor.entries(tag) for tag in collections}
        for tag, least in _LEAST.items():  # Excel draws fills 0 and 1 itself, whatever they are
            for entry in self._entries[tag][len(styles.entries(tag)) : least]:
                styles.add(tag, entry)
        for entry in (*self._entries["fonts"], *self._entries["dxfs"]):
            for font in entry.iter(main("font")):
                in_order(font)
        self._normal = self._normal_style()
        self.plain = self.number(0)

    def _normal_style(self) -> str | None:
        for entry in self._styles.entries("cellStyles"):
            if entry.get("builtinId") == "0":
                return entry.get("xfId")
        return "0" if self._styles.entries("cellStyleXfs") else None

    def number(self, style: int) -> int:
        """Return the number of a cell's style."""
        if style not in self._numbers:
            cell_format = copy.deepcopy(self._entry("cellXfs", style))
            for key, collection in _COLLECTIONS.items():
                entry = self._entry(collection, whole(cell_format, key))
                cell_format.set(key, str(self._styles.add(collection, entry)))
            cell_format.set("numFmtId", self._number_format(whole(cell_format, "numFmtId")))
            cell_format.attrib.pop("xfId", None)
            if self._normal is not None:
                cell_format.set("xfId", self._normal)
            self._numbers[style] = self._styles.add("cellXfs", cell_format)
        return self._numbers[style]

    def _number_format(self, number: int) -> str:
        if number < FIRST_OWN_FORMAT:
            return str(number)
        code = self._donor.number_formats.get(number)
        if code is None:
            raise self._lacking("numFmts", number)
        return str(self._styles.number_format(code))

    def _entry(self, collection: str, number: int) -> Element:
        """Return an entry of the giving workbook. Raises: Malformed where there is none."""
        entries = self._entries[collection]
        if number >= len(entries):
            raise self._lacking(collection, number)
        return entries[number]

    def _lacking(self, collection: str, number: int) -> Malformed:
        return malformed(self._donor.root, f"il n’y a pas de format {number} dans « {collection} »")

    def style(self, element: Element, key: str) -> None:
        """Translate the style that an attribute names."""
        if element.get(key) is not None:
            element.set(key, str(self.number(whole(element, key))))

    def shows_days(self, style: int) -> bool:
        """Return whether a style of the giving workbook shows a number as a day of the calendar."""
        return self._donor.shows_dates(style) and not self._donor.shows_durations(style)

    def formats(self, element: Element) -> None:
        """Translate the differential formats that the attributes of an element name."""
        for key in _FORMATS:
            if element.get(key) is not None:
                element.set(key, str(self._format(whole(element, key))))

    def _format(self, number: int) -> int:
        if number not in self._formats:
            entry = copy.deepcopy(self._entry("dxfs", number))
            for inner in entry.iter(main("numFmt")):
                if whole(inner, "numFmtId") >= FIRST_OWN_FORMAT:
                    code = self._styles.number_format(inner.get("formatCode", ""))
                    inner.set("numFmtId", str(code))
            self._formats[number] = self._styles.add("dxfs", entry)
        return self._formats[number]
