"""A workbook with a little of everything, and ways of changing it that nobody asked for."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

import xlsxwriter
from lxml import etree

from pst_excel.ooxml.package.names import MAIN, Element, main
from pst_excel.ooxml.package.package import Package
from pst_excel.ooxml.proof.expected_changes import ExpectedChanges
from pst_excel.ooxml.proof.proof import prove

BOOK, STYLES, STRINGS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
BUDGET, PLAN = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
CHART, NOTES = "xl/charts/chart1.xml", "xl/comments1.xml"
NOTE_SHAPES = "xl/drawings/vmlDrawing1.vml"
SHARED = '<f t="shared" ref="D2:D4" si="0">B2*2</f>'


@cache
def original() -> bytes:
    """A workbook with a little of everything; sheet Budget has rows 1 to 6, formulas in C and D."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet, plan = book.add_worksheet("Budget"), book.add_worksheet("Plan")
        bold = book.add_format({"bold": True, "num_format": "0.000"})
        sheet.write_row(0, 0, ["Poste", "Montant", "Double", "Partagé"], bold)
        for row in range(1, 6):
            sheet.write_row(row, 0, [f"poste {row}", row * 10])
            sheet.write_formula(row, 2, f"=B{row + 1}*2", None, row * 20)
        for row in range(1, 4):
            sheet.write_formula(row, 3, f"=B{row + 1}*2", None, row * 20)
        sheet.set_row(4, 30)
        sheet.merge_range("F2:G3", "fusion")
        red = {"type": "cell", "criteria": ">", "value": 5, "format": bold}
        sheet.conditional_format("B2:B6", red)
        sheet.conditional_format("B2:B3", {"type": "data_bar", "data_bar_2010": True})
        sheet.data_validation("A2:A6", {"validate": "list", "source": ["oui", "non"]})
        sheet.write_url("H1", "https://example.org/", string="site")
        sheet.write_url("H2", "internal:Plan!A1", string="plan")
        sheet.write_comment("A2", "une note", {"author": "Ève"})
        sheet.write_comment("A5", "une autre", {"author": "Luc"})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Budget!$B$2:$B$6"})
        plan.insert_chart("D2", chart)
        plan.write("A1", "Total")
        plan.write_formula("B1", "=SUM(Budget!B2:B6)", None, 150)
        book.define_name("Montants", "=Budget!$B$2:$B$6")
        book.define_name("Plan!Local", "=Plan!$A$1")
    package = Package(file.getvalue())
    data = package.edit(BUDGET)
    for row in (2, 3, 4):
        formula = cell(data, f"D{row}").find(main("f"))
        told = SHARED if row == 2 else '<f t="shared" si="0"/>'
        shared = etree.fromstring(told.replace("<f ", f'<f xmlns="{MAIN}" '))
        cell(data, f"D{row}").replace(formula, shared)
    return package.to_bytes()


@dataclass
class Book:
    """What `prove` needs of a workbook, without what `Workbook` does by itself."""

    original: bytes = field(default_factory=original)
    expected_changes: ExpectedChanges = field(default_factory=ExpectedChanges)

    def __post_init__(self) -> None:
        self.package = Package(self.original)

    def prove(self) -> None:
        prove(self.original, self.package.to_bytes(), self.expected_changes)


def cell(root: Element, ref: str) -> Element:
    return next(one for one in root.iter(main("c")) if one.get("r") == ref)


def first(root: Element, tag: str) -> Element:
    return next(one for one in root.iter("{*}" + tag))


def drop(root: Element, tag: str) -> None:
    one = first(root, tag)
    one.getparent().remove(one)


def swap(package: Package, part: str, old: bytes, new: bytes) -> None:
    content = package.content(part)
    assert old in content
    package.add(part, content.replace(old, new, 1), package.content_type(part))


def set_on(part: str, tag: str, key: str, value: str) -> Callable[[Package], None]:
    return lambda package: first(package.edit(part), tag).set(key, value)


def without(part: str, tag: str) -> Callable[[Package], None]:
    return lambda package: drop(package.edit(part), tag)


def changed(part: str, old: bytes, new: bytes) -> Callable[[Package], None]:
    return lambda package: swap(package, part, old, new)


def another_value(package: Package) -> None:
    first(cell(package.edit(BUDGET), "B3"), "v").text = "21"


def another_style(package: Package) -> None:
    cell(package.edit(BUDGET), "B3").set("s", "1")


def another_formula(package: Package) -> None:
    first(cell(package.edit(BUDGET), "C3"), "f").text = "B3*3"


def a_cell_more(package: Package) -> None:
    row = cell(package.edit(BUDGET), "B3").getparent()
    etree.SubElement(row, main("c")).set("r", "Z3")


def a_cell_less(package: Package) -> None:
    one = cell(package.edit(BUDGET), "B3")
    one.getparent().remove(one)


def a_row_more(package: Package) -> None:
    etree.SubElement(first(package.edit(BUDGET), "sheetData"), main("row")).set("r", "90")


def a_part_more(package: Package) -> None:
    package.relate("", "thumbnail", package.add("docProps/thumb.png", b"png", "image/png"))


def named(cases: list[tuple[Callable[[Package], None], str]]) -> list[str]:
    """A name for each case: several of them are told by the same place."""
    return [f"{at} {place}" for at, (_, place) in enumerate(cases)]
