"""The parts of a sheet copied into another workbook, with all that they refer to.

The relations of a part keep their ids, so that only the names of the parts, the numbers of styles
and the texts, which are written in the cells, are translated.
Sources: ECMA-376 part 1, §18.3 (worksheets), §18.5 (tables), §18.4 (shared strings).
"""

from __future__ import annotations

import copy
import posixpath
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from lxml import etree

from pst_excel.ooxml.cells.styles import Styles
from pst_excel.ooxml.cells.values import number_text
from pst_excel.ooxml.cells.workbook_parts import WorkbookParts
from pst_excel.ooxml.grafting.grafted_styles import GraftedStyles
from pst_excel.ooxml.grafting.sheets import formulas_in, reached
from pst_excel.ooxml.package.malformed import decimal_of, malformed, number_of, quoted, whole
from pst_excel.ooxml.package.names import R_ID, RELATIONS, Element, child_of, main
from pst_excel.ooxml.package.package import Package
from pst_excel.ooxml.package.parts import rels_of
from pst_excel.ooxml.references.formulas import renamed

_LAST_NUMBER = re.compile(r"[0-9]*(?=\.\w+\Z)")
_BETWEEN_CALENDARS = 1462  # days from the first of one to that of the other
_WITH_TABLES = tuple(
    map(main, ("f", "formula", "calculatedColumnFormula", "totalsRowFormula"))
)  # fmt: skip
_V, _IS, _T = main("v"), main("is"), main("t")
_WITH_FORMATS = tuple(map(main, ("cfRule", "colorFilter", "sortCondition")))


class Donor:
    """The workbook that sheets are taken from. Raises: NotAWorkbook, Protected."""

    def __init__(self, data: bytes) -> None:
        self.package = Package(data)
        root = self.package.tree(self.package.workbook)
        relations = {
            relation.id: relation for relation in self.package.relations(self.package.workbook)
        }
        self.titles: list[str] = []
        self.parts: dict[str, str] = {}
        self.states: dict[str, str | None] = {}
        for sheet in root.iter(main("sheet")):
            title, relation = sheet.get("name", ""), relations.get(sheet.get(R_ID, ""))
            self.titles.append(title)
            self.states[title] = sheet.get("state")
            if relation is not None and relation.kind == "worksheet":
                self.parts[title] = relation.target
        self.names = list(root.iter(main("definedName")))
        properties = root.find(main("workbookPr"))
        epoch = None if properties is None else properties.get("date1904")
        self.epoch_1904 = epoch in ("1", "true")

    @cached_property
    def strings(self) -> list[Element]:
        """The shared strings."""
        found = self.package.related(self.package.workbook, "sharedStrings")
        return list(self.package.tree(found[0]).iter(main("si"))) if found else []

    @cached_property
    def plain_strings(self) -> list[str | None]:
        """The shared strings that are one text and nothing more; None for the others."""
        return [
            string[0].text if len(string) == 1 and string[0].tag == _T and not string[0].attrib
            else None
            for string in self.strings
        ]  # fmt: skip

    @cached_property
    def box_styles(self) -> frozenset[str]:
        """The styles that show a cell as a check box, told by a part of the workbook."""
        found = enumerate(Styles(self.package).entries("cellXfs"))
        return frozenset(str(at) for at, entry in found if entry.find(main("extLst")) is not None)

    def formulas(self, titles: Iterable[str]) -> Iterator[str]:
        """Give the formulas of sheets, and of what they lead to: charts, tables."""
        parts = {part for title in titles for part in reached(self.package, self.parts[title])}
        for part in sorted(parts):
            if part.endswith(".xml"):
                yield from formulas_in(self.package.tree(part))

    def tables(self, titles: Iterable[str]) -> list[str]:
        """Return the names of the tables of sheets."""
        parts = (
            part for title in titles for part in self.package.related(self.parts[title], "table")
        )
        return [self.package.tree(part).get("displayName", "") for part in parts]


def tables_of(package: Package) -> dict[str, Element]:
    """Return the tables of a workbook by part, each as its root."""
    sheets = package.related(package.workbook, "worksheet")
    return {
        part: package.tree(part) for sheet in sheets for part in package.related(sheet, "table")
    }


class GraftedParts:
    """What copies parts from one workbook into another; `tables` gives tables other names."""

    def __init__(self, book: WorkbookParts, donor: Donor, tables: Mapping[str, str]) -> None:
        self._package, self._donor, self._tables = book.package, donor, tables
        self._styles = GraftedStyles(book.styles, donor.package)
        self._days = _BETWEEN_CALENDARS * (book.epoch_1904 - donor.epoch_1904)
        self._copied: dict[str, str] = {}
        ids = (table.get("id", "") for table in tables_of(book.package).values())
        self._last_id = max((number_of(table_id) or 0 for table_id in ids), default=0)

    def sheet(self, title: str, name: str, code_name: str | None) -> None:
        """Copy a sheet as a part of this name; `code_name` is the one that macros know."""
        part = self._donor.parts[title]
        root = self._donor.package.tree(part)
        for view in root.iter(main("sheetView")):
            view.attrib.pop("tabSelected", None)  # two sheets selected are written to at once
        if code_name:
            child_of(root, "sheetPr").set("codeName", code_name)
        self._cells(root)
        for element in root.iter(*_WITH_FORMATS):
            self._styles.formats(element)
        for column in root.iter(main("col")):
            self._styles.style(column, "style")
        self._formulas(root)
        self._add(name, root, self._donor.package.content_type(part))
        self._relations(part, name)

    def _add(self, name: str, root: Element, content_type: str) -> None:
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self._package.add(name, content, content_type)

    def _cells(self, root: Element) -> None:
        for row in root.iter(main("row")):
            self._styles.style(row, "s")
        numbers: dict[str | None, str] = {}
        for cell in root.iter(main("c")):
            told, kind = cell.get("s"), cell.get("t", "n")
            if told not in numbers:
                numbers[told] = str(self._styles.number(whole(cell, "s")))
            if told or numbers[told] != "0":
                cell.set("s", numbers[told])
            if kind == "s":
                self._write_text(cell)
            elif self._days and kind == "n" and self._styles.shows_days(number_of(told) or 0):
                self._write_day(cell)

    def _write_text(self, cell: Element) -> None:
        value = next(cell.iterchildren(_V), None)
        if value is None:
            return
        told = value.text
        number, strings = number_of(told or "0"), self._donor.strings
        if number is None or number >= len(strings):
            ref = quoted(cell.get("r"))
            raise malformed(cell, f"le texte {quoted(told)} de la cellule {ref} manque")
        cell.set("t", "inlineStr")
        value.tag, value.text = _IS, None  # it is the same element: hundreds of thousands are
        plain = self._donor.plain_strings[number]
        if plain is None:
            value.extend(map(copy.deepcopy, strings[number]))
        else:
            etree.SubElement(value, _T).text = plain

    def _write_day(self, cell: Element) -> None:
        value = cell.find(main("v"))
        days = None if value is None else decimal_of(value.text)
        if (
            value is not None and days is not None and days >= 1
        ):  # less is a time, which has no calendar
            value.text = number_text(days - self._days)

    def _formulas(self, root: Element) -> None:
        for formula in root.iter(*_WITH_TABLES) if self._tables else ():
            formula.text = renamed(formula.text or "", {}, self._tables)

    def _relations(self, part: str, name: str) -> None:
        donor, rels = self._donor.package, rels_of(part)
        if rels not in donor:
            return
        root, folder = donor.tree(rels), posixpath.dirname(name)
        told = root.iter(f"{{{RELATIONS}}}Relationship")
        for element, relation in zip(told, donor.relations(part), strict=True):
            if not relation.external and relation.target in donor:
                target = posixpath.relpath(self._copy(relation.target), folder)
                element.set("Target", target)
        self._add(rels_of(name), root, donor.content_type(rels))

    def _copy(self, part: str) -> str:
        """Copy a part under the first free name of its kind, and return that."""
        if part in self._copied:
            return self._copied[part]
        donor, content_type = self._donor.package, self._donor.package.content_type(part)
        known = self._known_picture(part)
        name = known or self._package.free_name(_LAST_NUMBER.sub("{}", part, count=1))
        self._copied[part] = name
        if known:
            return name
        if content_type.endswith("table+xml"):
            self._add(name, self._table(part), content_type)
        else:
            self._package.add(name, donor.content(part), content_type)
        self._relations(part, name)
        return name

    def _known_picture(self, part: str) -> str | None:
        if "/media/" not in part:
            return None
        content = self._donor.package.content(part)
        names = self._pictures.get((_suffix(part), len(content), zlib.crc32(content)), [])
        return next((name for name in names if self._package.content(name) == content), None)

    @cached_property
    def _pictures(self) -> dict[tuple[str, int, int], list[str]]:
        """The pictures of the receiving workbook, told apart without inflating them."""
        found: dict[tuple[str, int, int], list[str]] = {}
        for name in self._package.names():
            entry = self._package.entries.get(name)
            if "/media/" in name and entry is not None:
                key = _suffix(name), entry.size, entry.checksum
                found.setdefault(key, []).append(name)
        return found

    def _table(self, part: str) -> Element:
        root = self._donor.package.tree(part)
        self._last_id += 1
        root.set("id", str(self._last_id))
        for key in ("name", "displayName"):
            known = root.get(key, "")
            root.set(key, self._tables.get(known, known))
        for element in (root, *root.iter(main("tableColumn"), *_WITH_FORMATS)):
            self._styles.formats(element)
        self._formulas(root)
        return root


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].lower()
