"""Links from a cell to another sheet of the same workbook, told from those of somebody else.

Source: ECMA-376 part 1, §18.3.1.47 (hyperlink), §18.3.1.48 (hyperlinks).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from pst_excel.ooxml.cells.grid import Grid
from pst_excel.ooxml.cells.values import escaped, unescaped
from pst_excel.ooxml.cells.workbook_parts import SheetPart
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.package.names import R_ID, Element, child_of, main
from pst_excel.ooxml.references.addresses import Area, address

_LINKS = main("hyperlinks")
_TITLE = re.compile(r"#?(?:'((?:[^']|'')*+)'|([^'!]*+))!")
_MOST, _LONGEST_TIP = 65_530, 255


@dataclass
class _Index:
    """The links of a sheet by address, so that many are added without reading all for each."""

    links: Element
    single: dict[str, Element] = field(default_factory=dict)
    ranges: list[tuple[Area, Element]] = field(default_factory=list)
    count: int = 0
    last: Element | None = None

    def __post_init__(self) -> None:
        for link in self.links.iterchildren(main("hyperlink")):
            self.know(link)

    def know(self, link: Element) -> None:
        self.count += 1
        self.last = link
        try:
            area = Area.of(link.get("ref", ""))
        except ValueError:
            return
        if area.single:
            self.single.setdefault(str(area), link)
        else:
            self.ranges.append((area, link))

    def at(self, row: int, column: int) -> Element | None:
        wide = (link for area, link in self.ranges if (row, column) in area)
        found = self.single.get(address(row, column))
        return next(wide, None) if found is None else found


_INDEXES: WeakKeyDictionary[Grid, _Index] = WeakKeyDictionary()
"""By the grid of the sheet, which is another one once rows have moved, and links with them."""


def add(sheet: SheetPart, row: int, column: int, title: str, ref: str, tip: str = "") -> None:
    """Make a cell lead to a cell or range `ref` of the sheet of a title, with a tip to show.

    A link that the cell has to the same sheet is changed. Raises: Refused when it has another one,
    or the sheet as many as Excel allows.
    """
    location = "'{}'!{}".format(title.replace("'", "''"), ref)
    wanted = {"location": escaped(location), "tooltip": escaped(tip[:_LONGEST_TIP])}
    known = _at(sheet, row, column)
    if known is None:
        known = _made(sheet, address(row, column))
    elif not _leads(known, title) or known.get("ref") != address(row, column):
        raise Refused(f"{address(row, column)} a déjà un lien")
    elif all(known.get(key, "") == text for key, text in wanted.items()):
        return
    sheet.edit()
    for key, text in wanted.items():
        known.attrib.pop(key, None)
        if text:
            known.set(key, text)
    sheet.book.expected_changes.child(sheet.part, "hyperlinks")


def remove(sheet: SheetPart, title: str, ref: str | None = None) -> None:
    """Remove the links of a sheet, or of a cell, that lead to the sheet of a title."""
    found = sheet.root.find(_LINKS)
    gone = (
        []
        if found is None
        else [link for link in found.iterchildren(main("hyperlink")) if _leads(link, title)]
    )
    if ref is not None:
        gone = [link for link in gone if link.get("ref") == ref]
    if found is None or not gone:
        return
    root = sheet.edit()
    for link in gone:
        found.remove(link)
    _INDEXES.pop(sheet.grid, None)
    if next(found.iterchildren(main("hyperlink")), None) is None:
        root.remove(found)
    sheet.book.expected_changes.child(sheet.part, "hyperlinks")


def _index(sheet: SheetPart, links: Element) -> _Index:
    index = _INDEXES.get(sheet.grid)
    last = next(links.iterchildren(reversed=True), None)
    if index is None or index.links is not links or index.last is not last:
        index = _INDEXES[sheet.grid] = _Index(links)
    return index


def _at(sheet: SheetPart, row: int, column: int) -> Element | None:
    links = sheet.root.find(_LINKS)
    return None if links is None else _index(sheet, links).at(row, column)


def _made(sheet: SheetPart, ref: str) -> Element:
    index = _index(sheet, child_of(sheet.edit(), "hyperlinks"))
    if index.count >= _MOST:
        raise Refused(f"une feuille a {_MOST} liens au plus")
    link = index.links.makeelement(main("hyperlink"), None, None)
    link.set("ref", ref)
    index.links.append(link)
    index.know(link)
    return link


def _leads(link: Element, title: str) -> bool:
    """Return whether a link leads inside the workbook to the sheet of a title."""
    found = _TITLE.match(unescaped(link.get("location", "")))
    if found is None or link.get(R_ID) is not None:
        return False
    named = found[2] if found[1] is None else found[1].replace("''", "'")
    return named.casefold() == title.casefold()
