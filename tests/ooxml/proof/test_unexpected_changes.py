"""What nobody asked to change is refused, and named."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from support.ooxml.budget_book import (
    BOOK,
    BUDGET,
    CHART,
    NOTE_SHAPES,
    NOTES,
    PLAN,
    STRINGS,
    STYLES,
    Book,
    a_cell_less,
    a_cell_more,
    a_part_more,
    a_row_more,
    another_formula,
    another_style,
    another_value,
    cell,
    changed,
    drop,
    first,
    named,
    original,
    set_on,
    without,
)

from pst_excel.ooxml.errors import UnexpectedChange
from pst_excel.ooxml.package.container import Entry, entries_of, zipped
from pst_excel.ooxml.package.names import main
from pst_excel.ooxml.package.package import Package
from pst_excel.ooxml.package.parts import CONTENT_TYPES
from pst_excel.ooxml.proof.expected_changes import ExpectedChanges
from pst_excel.ooxml.proof.proof import prove
from pst_excel.ooxml.references.addresses import Area


def another_shared_formula(package: Package) -> None:
    first(cell(package.edit(BUDGET), "D2"), "f").text = "B2*3"


def a_row_less(package: Package) -> None:
    row = cell(package.edit(BUDGET), "B3").getparent()
    row.getparent().remove(row)


def rows_out_of_order(package: Package) -> None:
    data = first(package.edit(BUDGET), "sheetData")
    data.insert(0, data[5])


def another_height(package: Package) -> None:
    cell(package.edit(BUDGET), "B5").getparent().set("ht", "31")


def a_style_in_the_middle(package: Package) -> None:
    fonts = first(package.edit(STYLES), "fonts")
    fonts.insert(0, fonts.makeelement(main("font"), None, None))


def a_lost_style(package: Package) -> None:
    styles = first(package.edit(STYLES), "cellXfs")
    styles.remove(styles[-1])


def sheets_out_of_order(package: Package) -> None:
    sheets = first(package.edit(BOOK), "sheets")
    sheets.append(sheets[0])


def a_lost_part(package: Package) -> None:
    package.remove(CHART)


def a_lost_relation(package: Package) -> None:
    package.unrelate(BUDGET, package.relations(BUDGET)[0].id)


def a_relation_more(package: Package) -> None:
    package.relate(BUDGET, "theme", "xl/theme/theme1.xml")


def a_dangling_relation(package: Package) -> None:
    package.relate(BUDGET, "image", "xl/media/none.png")


def an_orphan(package: Package) -> None:
    package.add("xl/orphan.bin", b"nothing", "application/octet-stream")


def another_type(package: Package) -> None:
    for one in package.edit(CONTENT_TYPES):
        if one.get("PartName") == f"/{CHART}":
            one.set("ContentType", "application/xml")


def a_note_less(package: Package) -> None:
    drop(package.edit(NOTES), "comment")


def another_author(package: Package) -> None:
    first(package.edit(NOTES), "author").text = "Zoé"


SETTINGS = [
    ("conditionalFormatting", "conditionalFormatting"), ("dataValidation", "A2:A6"), ("mergeCell", "F2:G3"),
    ("hyperlink", "H1"), ("pageMargins", ""), ("sheetFormatPr", ""), ("legacyDrawing", ""),
    ("conditionalFormattings", "extLst"),
]  # fmt: skip
TAMPERED: list[tuple[Callable[[Package], None], str]] = [
    (another_value, "cellule B3 de la feuille « Budget »"),
    (another_style, "cellule B3 de la feuille « Budget »"),
    (another_formula, "cellule C3"),
    (another_shared_formula, "cellule D2"),
    (a_cell_more, "cellule Z3"),
    (a_cell_less, "cellule B3"),
    (a_row_more, "ligne 90 de la feuille « Budget »"),
    (a_row_less, "ligne 3"),
    (rows_out_of_order, "lignes de la feuille « Budget »"),
    (another_height, "ligne 5"),
    *((without(BUDGET, tag), place or tag) for tag, place in SETTINGS),
    (set_on(BUDGET, "cfRule", "priority", "9"), "conditionalFormatting"),
    (set_on(BUDGET, "dimension", "ref", "A1:Z90"), "dimension"),
    (set_on(BUDGET, "sheetView", "zoomScale", "50"), "sheetViews"),
    (changed(BUDGET, b"<pageMargins", b'<sheetProtection sheet="1"/><pageMargins'), "sheetProt"),
    (a_style_in_the_middle, "fonts"),
    (a_lost_style, "cellXfs"),
    (set_on(STYLES, "numFmt", "formatCode", "0"), "numFmts"),
    (set_on(STYLES, "tableStyles", "defaultTableStyle", "x"), "tableStyles"),
    (set_on(BOOK, "sheet", "name", "Autre"), "sheets"),
    (set_on(BOOK, "sheet", "state", "hidden"), "sheets"),
    (set_on(BOOK, "sheet", "sheetId", "7"), "sheets"),
    (without(BOOK, "sheet"), "sheets"),
    (sheets_out_of_order, "sheets"),
    (without(BOOK, "definedName"), "nom défini « Local »"),
    (changed(BOOK, b"$B$2:$B$6", b"$B$2:$B$7"), "nom défini « Montants »"),
    (set_on(BOOK, "calcPr", "fullCalcOnLoad", "0"), "calcPr"),
    (without(BOOK, "bookViews"), "bookViews"),
    (changed(STRINGS, b"poste 1", b"poste 9"), STRINGS),
    (changed(CHART, b"$B$2:$B$6", b"$B$2:$B$5"), CHART),
    (changed("xl/theme/theme1.xml", b"Office", b"Bureau"), "theme1"),
    (a_lost_part, "chart1"),
    (a_lost_relation, "relation rId1 de « xl/worksheets/sheet1.xml »"),
    (a_relation_more, "relation rId"),
    (a_dangling_relation, "none.png"),
    (a_part_more, "thumb.png"),
    (an_orphan, "orphan.bin"),
    (another_type, f"type de contenu de « {CHART} »"),
    (a_note_less, "note A2"),
    (another_author, "note A2"),
    (changed(NOTES, b"une autre", b"autre chose"), "note A5"),
    (changed(NOTE_SHAPES, b"#ffffe1", b"#ff0000"), "cadre de A2"),
]
INSIDE = [one for one in TAMPERED if one[1] != "dimension"]


@pytest.mark.parametrize(("tamper", "place"), TAMPERED, ids=named(TAMPERED))
def test_a_difference_that_nothing_asked_is_refused_and_named(
    tamper: Callable[[Package], None], place: str
) -> None:
    book = Book()
    tamper(book.package)
    with pytest.raises(UnexpectedChange, match=re.escape(place)):
        book.prove()


@pytest.mark.parametrize(("tamper", "place"), INSIDE, ids=named(INSIDE))
def test_what_was_asked_elsewhere_does_not_cover_it(
    tamper: Callable[[Package], None], place: str
) -> None:
    book = Book()
    book.expected_changes.cells(BUDGET, Area.of("B4"))
    book.expected_changes.restyled(BUDGET, 4, 1)
    book.expected_changes.child(BUDGET, "conditionalFormatting")
    book.expected_changes.notes(NOTES, ["C3"])
    book.expected_changes.part(NOTE_SHAPES)
    book.expected_changes.part(NOTES)
    tamper(book.package)
    with pytest.raises(UnexpectedChange, match=re.escape(place)):
        book.prove()


def test_an_untouched_workbook_is_proved() -> None:
    Book().prove()


def test_a_part_compressed_anew_without_a_change_is_refused() -> None:
    entries = [one if one.name != PLAN else stored(one) for one in entries_of(original())]
    with pytest.raises(UnexpectedChange, match="compression"):
        prove(original(), zipped(entries), ExpectedChanges())


def stored(one: Entry) -> Entry:
    return replace(one, method=0, compressed=one.inflated())


def test_a_file_that_cannot_be_read_again_is_refused() -> None:
    with pytest.raises(UnexpectedChange, match="ne se relit pas"):
        prove(original(), b"PK nothing", ExpectedChanges())


def test_two_parts_of_one_name_are_refused() -> None:
    entries = entries_of(original())
    with pytest.raises(UnexpectedChange, match="deux parties"):
        prove(original(), zipped([*entries, entries[-1]]), ExpectedChanges())


def test_parts_in_another_order_are_refused() -> None:
    with pytest.raises(UnexpectedChange, match="ordre"):
        prove(original(), zipped(reversed(entries_of(original()))), ExpectedChanges())


def test_notes_not_asked_do_not_go_with_their_part() -> None:
    book = Book()
    book.package.unrelate(
        BUDGET, next(r.id for r in book.package.relations(BUDGET) if r.target == NOTES)
    )
    book.package.remove(NOTES)
    book.expected_changes.part(NOTES)
    book.expected_changes.notes(NOTES, ["A2"])
    with pytest.raises(UnexpectedChange, match="note A5"):
        book.prove()
