"""The workbook as its invariants look at it: sheets, cells, tables, styles, names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from xml.etree.ElementTree import Element

from support.repairs.areas import Area, Unreadable, area, cell
from support.repairs.package import Package

NOTHING = Element("nothing")


class Book:
    """A workbook; what is missing in the file is empty here, and said of the package."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = next(iter(package.linked("", "officeDocument")), "")
        self.root = self._tree(self.part)

    def _tree(self, part: str) -> Element:
        root = self.package.tree(part)
        return NOTHING if root is None else root

    def _related(self, kind: str) -> Element:
        return self._tree(next(iter(self.package.linked(self.part, kind)), ""))

    @cached_property
    def styles(self) -> Element:
        """Return the part of the styles."""
        return self._related("styles")

    @cached_property
    def calculation_chain(self) -> Element:
        """Return the order in which Excel calculated last."""
        return self._related("calcChain")

    @cached_property
    def strings(self) -> list[str]:
        """Return the shared texts."""
        return [text_of(one) for one in self._related("sharedStrings").iter("si")]

    def size(self, collection: str) -> int:
        """Return how many of something the styles hold: cellXfs, dxfs, fonts…"""
        found = self.styles.find(collection)
        return 0 if found is None else len(found)

    @cached_property
    def titles(self) -> list[str]:
        """Return the titles of the sheets, in their order."""
        return [one.get("name", "") for one in self.root.iter("sheet")]

    @cached_property
    def defined(self) -> list[Element]:
        """Return the defined names."""
        return list(self.root.iter("definedName"))

    @cached_property
    def known_titles(self) -> set[str]:
        """Return the titles of the sheets, as Excel compares them."""
        return {title.casefold() for title in self.titles}

    @cached_property
    def known_tables(self) -> dict[str, set[str]]:
        """Return the columns of each table, as Excel compares them."""
        return {
            table.name.casefold(): {name.casefold() for name in table.columns}
            for sheet in self.sheets
            for table in sheet.tables
        }

    @cached_property
    def known_names(self) -> set[str]:
        """Return the names that a formula may use, as Excel compares them."""
        names = {one.get("name", "").casefold() for one in self.defined}
        return names | self.known_tables.keys()

    @cached_property
    def sheets(self) -> list[Sheet]:
        """Return the worksheets that are in the package."""
        links = self.package.links(self.part)
        found = []
        for at, one in enumerate(self.root.iter("sheet")):
            link = links.get(one.get("r:id", ""))
            root = self.package.tree(link.target) if link else None
            if link and link.kind == "worksheet" and root is not None:
                found.append(Sheet(self, at, one, link.target, root))
        return found


class Sheet:
    """A worksheet."""

    def __init__(self, book: Book, at: int, entry: Element, part: str, root: Element) -> None:
        self.book, self.at, self.entry, self.part, self.root = book, at, entry, part, root
        self.title = entry.get("name", "")
        self.links = book.package.links(part)

    @cached_property
    def rows(self) -> list[Element]:
        """Return the rows that are written."""
        return list(self.root.iter("row"))

    @cached_property
    def cells(self) -> dict[tuple[int, int], Element]:
        """Return the cells by row and column; an address that is not one is passed over."""
        found = {}
        for one in self.root.iter("c"):
            try:
                found[cell(one.get("r", ""))] = one
            except Unreadable:
                continue
        return found

    @cached_property
    def merged(self) -> list[Area]:
        """Return the merged areas."""
        return [area(one.get("ref", "")) for one in self.root.iter("mergeCell")]

    @cached_property
    def tables(self) -> list[Table]:
        """Return the tables of the sheet."""
        return [Table(self, part, root) for part, root in self.related("table")]

    def related(self, kind: str) -> Iterator[tuple[str, Element]]:
        """Give the parts to which the sheet is related in one way."""
        for part in self.book.package.linked(self.part, kind):
            root = self.book.package.tree(part)
            if root is not None:
                yield part, root

    def text(self, place: tuple[int, int]) -> str | None:
        """Return the text of a cell; None when it holds no text."""
        one = self.cells.get(place, NOTHING)
        if one.get("t") == "s":
            return self.book.strings[int(one.findtext("v", ""))]
        if one.get("t") == "inlineStr":
            return text_of(one)
        return one.findtext("v") if one.get("t") == "str" else None


class Table:
    """A table of a worksheet."""

    def __init__(self, sheet: Sheet, part: str, root: Element) -> None:
        self.sheet, self.part, self.root = sheet, part, root
        self.name = root.get("displayName", "")
        self.columns = [one.get("name", "") for one in root.iter("tableColumn")]

    @cached_property
    def area(self) -> Area:
        """Return the cells of the table, heading and totals included."""
        return area(self.root.get("ref", ""))

    @cached_property
    def headings(self) -> int:
        """Return how many rows of headings there are: 0 or 1."""
        return int(self.root.get("headerRowCount", "1"))

    @cached_property
    def totals(self) -> int:
        """Return how many rows of totals there are: 0 or 1."""
        return int(self.root.get("totalsRowCount", "0"))


def text_of(element: Element) -> str:
    """Return the text of an element, runs joined, phonetic hints left out."""
    hints = {id(one) for hint in element.iter("rPh") for one in hint.iter("t")}
    return "".join(one.text or "" for one in element.iter("t") if id(one) not in hints)
