"""What follows rows that moved is proved, what was left behind is refused and named."""

from __future__ import annotations

import re
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
    STRINGS,
    Book,
    cell,
    changed,
    first,
    named,
    set_on,
)

from pst_excel.ooxml.errors import UnexpectedChange
from pst_excel.ooxml.package.names import Element, main
from pst_excel.ooxml.package.package import Package
from pst_excel.ooxml.references.addresses import Area, areas_of, joined
from pst_excel.ooxml.references.formulas import shifted
from pst_excel.ooxml.references.row_shifts import RowShift


def moved(shift: RowShift) -> Book:
    """The workbook once rows of Budget moved, done here without the module that moves them."""
    book = Book()
    package = book.package
    for row in (2, 3, 4):
        formula = first(cell(package.edit(BUDGET), f"D{row}"), "f")
        formula.attrib.clear()
        formula.text = f"B{row}*2"
    rows = first(package.edit(BUDGET), "sheetData")
    for row in list(rows):
        number = shift.row(int(row.get("r", "")))
        if number is None:
            rows.remove(row)
            continue
        for one in (row, *row):
            one.set("r", one.get("r", "").rstrip("0123456789") + str(number))
    for part, own in (
        (BUDGET, "Budget"),
        (PLAN, "Plan"),
        (NOTES, "Budget"),
        (CHART, ""),
        (BOOK, ""),
    ):
        follow(package.edit(part), shift, own)
    places = re.compile(rb"(?<=<x:Row>)\d+")
    content = places.sub(
        lambda found: b"%d" % ((shift.row(int(found[0]) + 1) or 1) - 1),
        package.content(NOTE_SHAPES),
    )
    package.add(NOTE_SHAPES, content, package.content_type(NOTE_SHAPES))
    book.expected_changes.rows("Budget", BUDGET, shift.first, shift.count)
    return book


def follow(root: Element, shift: RowShift, own: str) -> None:
    for one in list(root.iter("{*}*")):
        if etree.QName(one).localname in ("f", "definedName"):
            one.text = shifted(one.text or "", shift, own)
        for key in ("ref", "sqref"):
            if key in one.attrib and own == "Budget":
                areas = [shift.area(area) for area in areas_of(one.get(key))]
                one.set(key, joined(area for area in areas if area))
                if not one.get(key):
                    one.getparent().remove(one)
        if etree.QName(one).localname == "sqref":
            one.text = joined(area for area in map(shift.area, areas_of(one.text)) if area)


INSERTED, REMOVED = RowShift("Budget", 4, 2), RowShift("Budget", 4, -1)


@pytest.mark.parametrize("shift", [INSERTED, REMOVED])
def test_what_follows_the_rows_that_moved_is_proved(shift: RowShift) -> None:
    moved(shift).prove()


def test_the_row_of_a_note_takes_it_away() -> None:
    book = moved(RowShift("Budget", 5, -1))
    content = book.package.content(NOTE_SHAPES)
    at = content.rindex(b"<v:shape ")
    end = content.rindex(b"</v:shape>") + len(b"</v:shape>")
    book.package.add(
        NOTE_SHAPES, content[:at] + content[end:], book.package.content_type(NOTE_SHAPES)
    )
    book.prove()


def test_a_cell_asked_before_rows_moved_is_known_where_it_is_now() -> None:
    book = Book()
    book.expected_changes.cells(BUDGET, Area.of("B6"))
    book.expected_changes.notes(NOTES, ["A5"])
    changed = moved(INSERTED)
    changed.expected_changes, expected = book.expected_changes, changed.expected_changes
    changed.expected_changes.moves = expected.moves
    first(cell(changed.package.edit(BUDGET), "B8"), "v").text = "51"
    first(first(changed.package.edit(NOTES), "commentList")[1], "t").text = "autre chose"
    changed.prove()


LEFT_BEHIND: list[tuple[Callable[[Package], None], str]] = [
    (lambda package: cell(package.edit(BUDGET), "B8").set("r", "B6"), "cellule B8"),
    (lambda package: setattr(first(cell(package.edit(BUDGET), "C8"), "f"), "text", "B6*2"), "C8"),
    (lambda package: setattr(first(cell(package.edit(BUDGET), "C2"), "f"), "text", "B4*2"), "C2"),
    (lambda package: setattr(first(cell(package.edit(BUDGET), "B8"), "v"), "text", "51"), "B8"),
    (lambda package: cell(package.edit(BUDGET), "B7").getparent().set("ht", "31"), "ligne 7"),
    (set_on(BUDGET, "mergeCell", "ref", "F4:G5"), "mergeCell"),
    (set_on(BUDGET, "conditionalFormatting", "sqref", "B2:B6"), "conditionalFormatting"),
    (set_on(BUDGET, "dataValidation", "sqref", "A2:A6"), "dataValidation"),
    (set_on(NOTES, "comment", "ref", "A4"), "note A"),
    (changed(PLAN, b"Budget!B2:B8", b"Budget!B2:B6"), "cellule B1 de la feuille « Plan »"),
    (changed(CHART, b"$B$8", b"$B$6"), CHART),
    (changed(BOOK, b"$B$8", b"$B$6"), "nom défini « Montants »"),
    (changed(NOTE_SHAPES, b"<x:Row>6", b"<x:Row>4"), "cadre de A5"),
    (changed(NOTE_SHAPES, b"#ffffe1", b"#ff0000"), "cadre de A2"),
    (changed(STRINGS, b"poste 1", b"poste 9"), STRINGS),
    (changed("xl/theme/theme1.xml", b"Office", b"Bureau"), "theme1"),
]


@pytest.mark.parametrize(("tamper", "place"), LEFT_BEHIND, ids=named(LEFT_BEHIND))
def test_what_did_not_follow_the_rows_that_moved_is_refused_and_named(
    tamper: Callable[[Package], None], place: str
) -> None:
    book = moved(INSERTED)
    tamper(book.package)
    with pytest.raises(UnexpectedChange, match=re.escape(place)):
        book.prove()


def test_a_value_in_an_inserted_row_must_have_been_asked() -> None:
    book = moved(INSERTED)
    fresh = first(book.package.edit(BUDGET), "sheetData")
    row = fresh.makeelement(main("row"), {"r": "4", "ht": "30"}, None)
    fresh.insert(3, row)
    one = etree.SubElement(row, main("c"), {"r": "B4", "s": "1"})
    book.prove()
    etree.SubElement(one, main("v")).text = "5"
    with pytest.raises(UnexpectedChange, match="cellule B4"):
        book.prove()
    book.expected_changes.cells(BUDGET, Area.of("B4"))
    book.prove()
