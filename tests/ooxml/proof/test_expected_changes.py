"""What was asked to change is proved, and hides nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree
from support.ooxml.budget_book import (
    BOOK,
    BUDGET,
    CHART,
    NOTE_SHAPES,
    NOTES,
    PLAN,
    STYLES,
    Book,
    a_cell_less,
    a_cell_more,
    a_part_more,
    a_row_more,
    another_style,
    another_value,
    cell,
    drop,
    first,
    set_on,
    swap,
)

from pst_excel.ooxml.errors import UnexpectedChange
from pst_excel.ooxml.package.names import MAIN, main
from pst_excel.ooxml.references.addresses import Area


def asked_cell(book: Book) -> None:
    another_value(book.package)
    book.expected_changes.cells(BUDGET, Area.of("B3"))


def asked_area(book: Book) -> None:
    a_cell_more(book.package)
    a_cell_less(book.package)
    book.expected_changes.cells(BUDGET, Area.of("A3:Z3"))


def asked_style(book: Book) -> None:
    another_style(book.package)
    book.expected_changes.restyled(BUDGET, 3, 2)


def asked_row(book: Book) -> None:
    a_row_more(book.package)
    book.expected_changes.cells(BUDGET, Area.of("C90"))


def asked_rule(book: Book) -> None:
    root = book.package.edit(BUDGET)
    for one in root.iter("{*}cfRule"):
        one.set("priority", str(int(one.get("priority", "0")) + 1))
    mark = etree.fromstring(
        f'<conditionalFormatting xmlns="{MAIN}" sqref="A1"><cfRule type="expression" priority="1">'
        '<formula>LEN("mark")&gt;0</formula></cfRule></conditionalFormatting>'
    )
    first(root, "conditionalFormatting").addprevious(mark)
    book.expected_changes.child(BUDGET, "conditionalFormatting")


def asked_extension_of_areas(book: Book) -> None:
    first(book.package.edit(BUDGET), "dataValidation").set("sqref", "A2:A9")
    book.expected_changes.child(BUDGET, "dataValidations")


def asked_link(book: Book) -> None:
    links = first(book.package.edit(BUDGET), "hyperlinks")
    links.remove(links[1])
    etree.SubElement(links, main("hyperlink")).attrib.update({"ref": "A3", "location": "Plan!A1"})
    book.expected_changes.child(BUDGET, "hyperlinks")


def asked_note(book: Book) -> None:
    swap(book.package, NOTES, b"une autre", b"une autre, et plus")
    swap(book.package, NOTE_SHAPES, b"55.5pt", b"99.5pt")
    book.expected_changes.notes(NOTES, ["A2", "A5"])
    book.expected_changes.part(NOTE_SHAPES)


def asked_calculation(book: Book) -> None:
    set_on(BOOK, "calcPr", "fullCalcOnLoad", "0")(book.package)
    book.expected_changes.child(BOOK, "calcPr")


def asked_part(book: Book) -> None:
    a_part_more(book.package)
    book.expected_changes.part("docProps/thumb.png")


def asked_styles(book: Book) -> None:
    etree.SubElement(first(book.package.edit(STYLES), "fonts"), main("font"))


def shared_told_in_full(book: Book) -> None:
    root = book.package.edit(BUDGET)
    for row in (2, 3, 4):
        one = first(cell(root, f"D{row}"), "f")
        one.attrib.clear()
        one.text = f"B{row}*2"


def shared_by_another_master(book: Book) -> None:
    root = book.package.edit(BUDGET)
    master = cell(root, "D2")
    for one in list(master):
        master.remove(one)
    heir = first(cell(root, "D3"), "f")
    heir.text = "B3*2"
    heir.set("ref", "D3:D4")
    book.expected_changes.cells(BUDGET, Area.of("D2"))


def test_a_formula_that_others_share_is_not_lost_with_the_cell_that_tells_it() -> None:
    book = Book()
    first(cell(book.package.edit(BUDGET), "D2"), "f").text = "B2*3"
    book.expected_changes.cells(BUDGET, Area.of("D2"))
    with pytest.raises(UnexpectedChange, match="cellule D3"):
        book.prove()


def asked_sheet_gone(book: Book) -> None:
    package = book.package
    sheet = first(package.edit(BOOK), "sheets")[1]
    sheet.getparent().remove(sheet)
    drop(package.edit(BOOK), "definedName")
    package.unrelate(BOOK, next(r.id for r in package.relations(BOOK) if r.target == PLAN))
    for part in (PLAN, "xl/drawings/drawing1.xml", CHART):
        package.remove(part)
    book.expected_changes.sheet("Plan")


ASKED = [
    asked_cell, asked_area, asked_style, asked_row, asked_rule, asked_extension_of_areas,
    asked_link, asked_note, asked_calculation, asked_part, asked_styles, shared_told_in_full,
    shared_by_another_master, asked_sheet_gone,
]  # fmt: skip


@pytest.mark.parametrize("ask", ASKED)
def test_a_difference_that_was_asked_is_proved(ask: Callable[[Book], None]) -> None:
    book = Book()
    ask(book)
    book.prove()
    assert book.package.to_bytes() != book.original


@pytest.mark.parametrize("ask", [one for one in ASKED if one not in (asked_sheet_gone,)])
def test_what_was_asked_hides_nothing_else(ask: Callable[[Book], None]) -> None:
    book = Book()
    ask(book)
    first(cell(book.package.edit(PLAN), "B1"), "v").text = "151"
    with pytest.raises(UnexpectedChange, match="cellule B1 de la feuille « Plan »"):
        book.prove()


def test_the_sheet_that_stays_keeps_the_parts_that_both_use() -> None:
    book = Book()
    asked_sheet_gone(book)
    book.package.remove("xl/theme/theme1.xml")
    with pytest.raises(UnexpectedChange, match="theme1"):
        book.prove()
