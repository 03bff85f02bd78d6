"""The proof after saving: what was asked passes, any other difference is named and refused."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import cast

import pytest
import xlsxwriter
from lxml import etree

from pst_excel.ooxml import links, notes
from pst_excel.ooxml.container import Entry, entries_of, zipped
from pst_excel.ooxml.errors import Unproven
from pst_excel.ooxml.formulas import RowShift, shifted
from pst_excel.ooxml.names import MAIN, Element, main
from pst_excel.ooxml.package import CONTENT_TYPES, Package
from pst_excel.ooxml.proof import Declared, prove
from pst_excel.ooxml.references import Area, areas_of, joined
from pst_excel.ooxml.values import Formula
from pst_excel.ooxml.workbook import Workbook

BOOK, STYLES, STRINGS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
BUDGET, PLAN = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
BUDGET_RELS = "xl/worksheets/_rels/sheet1.xml.rels"
CHART, NOTES, BOXES = "xl/charts/chart1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"
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
    declared: Declared = field(default_factory=Declared)

    def __post_init__(self) -> None:
        self.package = Package(self.original)

    def prove(self) -> None:
        prove(cast(Workbook, self), self.package.to_bytes())


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


def another_shared_formula(package: Package) -> None:
    first(cell(package.edit(BUDGET), "D2"), "f").text = "B2*3"


def a_cell_more(package: Package) -> None:
    row = cell(package.edit(BUDGET), "B3").getparent()
    etree.SubElement(row, main("c")).set("r", "Z3")


def a_cell_less(package: Package) -> None:
    one = cell(package.edit(BUDGET), "B3")
    one.getparent().remove(one)


def a_row_more(package: Package) -> None:
    etree.SubElement(first(package.edit(BUDGET), "sheetData"), main("row")).set("r", "90")


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


def a_part_more(package: Package) -> None:
    package.relate("", "thumbnail", package.add("docProps/thumb.png", b"png", "image/png"))


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
    (changed(BOXES, b"#ffffe1", b"#ff0000"), "cadre de A2"),
]


def named(cases: list[tuple[Callable[[Package], None], str]]) -> list[str]:
    """A name for each case: several of them are told by the same place."""
    return [f"{at} {place}" for at, (_, place) in enumerate(cases)]


INSIDE = [one for one in TAMPERED if one[1] != "dimension"]


@pytest.mark.parametrize(("tamper", "place"), TAMPERED, ids=named(TAMPERED))
def test_a_difference_that_nothing_asked_is_refused_and_named(
    tamper: Callable[[Package], None], place: str
) -> None:
    book = Book()
    tamper(book.package)
    with pytest.raises(Unproven, match=re.escape(place)):
        book.prove()


@pytest.mark.parametrize(("tamper", "place"), INSIDE, ids=named(INSIDE))
def test_what_was_asked_elsewhere_does_not_cover_it(
    tamper: Callable[[Package], None], place: str
) -> None:
    book = Book()
    book.declared.cells(BUDGET, Area.of("B4"))
    book.declared.restyled(BUDGET, 4, 1)
    book.declared.child(BUDGET, "conditionalFormatting")
    book.declared.notes(NOTES, ["C3"])
    book.declared.part(BOXES)
    book.declared.part(NOTES)
    tamper(book.package)
    with pytest.raises(Unproven, match=re.escape(place)):
        book.prove()


def test_an_untouched_workbook_is_proved() -> None:
    Book().prove()


def test_a_part_compressed_anew_without_a_change_is_refused() -> None:
    entries = [one if one.name != PLAN else stored(one) for one in entries_of(original())]
    with pytest.raises(Unproven, match="compression"):
        prove(cast(Workbook, Book()), zipped(entries))


def stored(one: Entry) -> Entry:
    return replace(one, method=0, compressed=one.inflated())


def test_a_file_that_cannot_be_read_again_is_refused() -> None:
    with pytest.raises(Unproven, match="ne se relit pas"):
        prove(cast(Workbook, Book()), b"PK nothing")


def test_two_parts_of_one_name_are_refused() -> None:
    entries = entries_of(original())
    with pytest.raises(Unproven, match="deux parties"):
        prove(cast(Workbook, Book()), zipped([*entries, entries[-1]]))


def test_parts_in_another_order_are_refused() -> None:
    with pytest.raises(Unproven, match="ordre"):
        prove(cast(Workbook, Book()), zipped(reversed(entries_of(original()))))


def asked_cell(book: Book) -> None:
    another_value(book.package)
    book.declared.cells(BUDGET, Area.of("B3"))


def asked_area(book: Book) -> None:
    a_cell_more(book.package)
    a_cell_less(book.package)
    book.declared.cells(BUDGET, Area.of("A3:Z3"))


def asked_style(book: Book) -> None:
    another_style(book.package)
    book.declared.restyled(BUDGET, 3, 2)


def asked_row(book: Book) -> None:
    a_row_more(book.package)
    book.declared.cells(BUDGET, Area.of("C90"))


def asked_rule(book: Book) -> None:
    root = book.package.edit(BUDGET)
    for one in root.iter("{*}cfRule"):
        one.set("priority", str(int(one.get("priority", "0")) + 1))
    mark = etree.fromstring(
        f'<conditionalFormatting xmlns="{MAIN}" sqref="A1"><cfRule type="expression" priority="1">'
        '<formula>LEN("mark")&gt;0</formula></cfRule></conditionalFormatting>'
    )
    first(root, "conditionalFormatting").addprevious(mark)
    book.declared.child(BUDGET, "conditionalFormatting")


def asked_extension_of_areas(book: Book) -> None:
    first(book.package.edit(BUDGET), "dataValidation").set("sqref", "A2:A9")
    book.declared.child(BUDGET, "dataValidations")


def asked_link(book: Book) -> None:
    links = first(book.package.edit(BUDGET), "hyperlinks")
    links.remove(links[1])
    etree.SubElement(links, main("hyperlink")).attrib.update({"ref": "A3", "location": "Plan!A1"})
    book.declared.child(BUDGET, "hyperlinks")


def asked_note(book: Book) -> None:
    swap(book.package, NOTES, b"une autre", b"une autre, et plus")
    swap(book.package, BOXES, b"55.5pt", b"99.5pt")
    book.declared.notes(NOTES, ["A2", "A5"])
    book.declared.part(BOXES)


def asked_calculation(book: Book) -> None:
    set_on(BOOK, "calcPr", "fullCalcOnLoad", "0")(book.package)
    book.declared.child(BOOK, "calcPr")


def asked_part(book: Book) -> None:
    a_part_more(book.package)
    book.declared.part("docProps/thumb.png")


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
    book.declared.cells(BUDGET, Area.of("D2"))


def test_a_formula_that_others_share_is_not_lost_with_the_cell_that_tells_it() -> None:
    book = Book()
    first(cell(book.package.edit(BUDGET), "D2"), "f").text = "B2*3"
    book.declared.cells(BUDGET, Area.of("D2"))
    with pytest.raises(Unproven, match="cellule D3"):
        book.prove()


def asked_sheet_gone(book: Book) -> None:
    package = book.package
    sheet = first(package.edit(BOOK), "sheets")[1]
    sheet.getparent().remove(sheet)
    drop(package.edit(BOOK), "definedName")
    package.unrelate(BOOK, next(r.id for r in package.relations(BOOK) if r.target == PLAN))
    for part in (PLAN, "xl/drawings/drawing1.xml", CHART):
        package.remove(part)
    book.declared.sheet("Plan")


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
    with pytest.raises(Unproven, match="cellule B1 de la feuille « Plan »"):
        book.prove()


def test_the_sheet_that_stays_keeps_the_parts_that_both_use() -> None:
    book = Book()
    asked_sheet_gone(book)
    book.package.remove("xl/theme/theme1.xml")
    with pytest.raises(Unproven, match="theme1"):
        book.prove()


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
        lambda found: b"%d" % ((shift.row(int(found[0]) + 1) or 1) - 1), package.content(BOXES)
    )
    package.add(BOXES, content, package.content_type(BOXES))
    book.declared.rows("Budget", BUDGET, shift.first, shift.count)
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
    content = book.package.content(BOXES)
    at = content.rindex(b"<v:shape ")
    end = content.rindex(b"</v:shape>") + len(b"</v:shape>")
    book.package.add(BOXES, content[:at] + content[end:], book.package.content_type(BOXES))
    book.prove()


def test_a_cell_asked_before_rows_moved_is_known_where_it_is_now() -> None:
    book = Book()
    book.declared.cells(BUDGET, Area.of("B6"))
    book.declared.notes(NOTES, ["A5"])
    changed = moved(INSERTED)
    changed.declared, declared = book.declared, changed.declared
    changed.declared.moves = declared.moves
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
    (changed(BOXES, b"<x:Row>6", b"<x:Row>4"), "cadre de A5"),
    (changed(BOXES, b"#ffffe1", b"#ff0000"), "cadre de A2"),
    (changed(STRINGS, b"poste 1", b"poste 9"), STRINGS),
    (changed("xl/theme/theme1.xml", b"Office", b"Bureau"), "theme1"),
]


@pytest.mark.parametrize(("tamper", "place"), LEFT_BEHIND, ids=named(LEFT_BEHIND))
def test_what_did_not_follow_the_rows_that_moved_is_refused_and_named(
    tamper: Callable[[Package], None], place: str
) -> None:
    book = moved(INSERTED)
    tamper(book.package)
    with pytest.raises(Unproven, match=re.escape(place)):
        book.prove()


def test_a_value_in_an_inserted_row_must_have_been_asked() -> None:
    book = moved(INSERTED)
    fresh = first(book.package.edit(BUDGET), "sheetData")
    row = fresh.makeelement(main("row"), {"r": "4", "ht": "30"}, None)
    fresh.insert(3, row)
    one = etree.SubElement(row, main("c"), {"r": "B4", "s": "1"})
    book.prove()
    etree.SubElement(one, main("v")).text = "5"
    with pytest.raises(Unproven, match="cellule B4"):
        book.prove()
    book.declared.cells(BUDGET, Area.of("B4"))
    book.prove()


def test_a_file_that_is_not_proved_leaves_the_one_that_was_there(tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    path.write_bytes(original())
    book = Workbook.open(path)
    book["Budget"].cell("B3").set(7)
    another_formula(book.package)
    with pytest.raises(Unproven, match="cellule C3 de la feuille « Budget »"):
        book.save(path)
    assert path.read_bytes() == original()
    assert list(tmp_path.iterdir()) == [path]


def edited(change: Callable[[Workbook], object]) -> Workbook:
    book = Workbook(original())
    change(book)
    return book


OPERATIONS: list[Callable[[Workbook], object]] = [
    lambda book: book["Budget"].cell("B3").set(7),
    lambda book: book["Budget"].cell("D2").set(7),
    lambda book: book["Budget"].cell("Z90").set("loin"),
    lambda book: book["Budget"].cell("C3").set(Formula("B3*3", 60)),
    lambda book: book["Budget"].cell("B3").clear(),
    lambda book: book["Budget"].cell("J9").fill("FDE2E1"),
    lambda book: book["Budget"].mark(["B3", "A2:A5"], "FDE2E1", tag="essai"),
    lambda book: book["Budget"].cell("B3").add_note("une note", "Zoé"),
    lambda book: book["Budget"].cell("A2").add_note("une suite", "Zoé"),
    lambda book: book["Plan"].cell("A2").add_note("la première", "Zoé"),
    lambda book: book["Budget"].cell("A5").remove_note(),
    lambda book: notes.remove(book["Budget"]),
    lambda book: book["Budget"].cell("B3").link("Plan", "A1", "voir"),
    lambda book: links.remove(book["Budget"], "Plan"),
    lambda book: book["Budget"].insert_rows(4, 2),
    lambda book: book["Budget"].insert_rows(1),
    lambda book: book["Budget"].remove_rows(4),
    lambda book: book["Budget"].remove_rows(2, 2),
    lambda book: book["Plan"].insert_rows(1, 3),
]


@pytest.mark.parametrize("change", OPERATIONS, ids=map(str, range(len(OPERATIONS))))
def test_what_the_patcher_does_is_proved(change: Callable[[Workbook], object]) -> None:
    book = edited(change)
    assert book.to_bytes() != original()
    assert book.to_bytes() == book.to_bytes()


@pytest.mark.parametrize("change", OPERATIONS, ids=map(str, range(len(OPERATIONS))))
def test_what_the_patcher_does_hides_nothing_else(change: Callable[[Workbook], object]) -> None:
    book = edited(change)
    last = [
        one for one in book.package.edit(BUDGET).iter(main("c")) if one.findtext("{*}v") == "50"
    ]
    first(last[0], "v").text = "51"
    with pytest.raises(Unproven, match=f"cellule {last[0].get('r')} de la feuille « Budget »"):
        book.to_bytes()


def test_a_mark_is_proved_again_when_it_is_taken_away_later() -> None:
    marked = edited(lambda book: book["Budget"].mark(["B3"], "FDE2E1", tag="essai")).to_bytes()
    book = Workbook(marked)
    book["Budget"].unmark("essai")
    assert book.to_bytes() != marked


def test_notes_not_asked_do_not_go_with_their_part() -> None:
    book = Book()
    book.package.unrelate(
        BUDGET, next(r.id for r in book.package.relations(BUDGET) if r.target == NOTES)
    )
    book.package.remove(NOTES)
    book.declared.part(NOTES)
    book.declared.notes(NOTES, ["A2"])
    with pytest.raises(Unproven, match="note A5"):
        book.prove()


def test_a_part_spelt_otherwise_than_its_relations_is_known() -> None:
    entries = [
        replace(one, name=one.name.replace("sheet2", "Sheet2"), raw_name=b"xl/worksheets/Sheet2.xml")
        if one.name == PLAN else one for one in entries_of(original())
    ]  # fmt: skip
    book = Workbook(zipped(entries))
    book["Plan"].cell("A2").add_note("une note", "Zoé")
    assert Workbook(book.to_bytes())["Plan"].notes


def test_a_workbook_without_styles_may_be_given_some() -> None:
    bare = Package(original())
    bare.unrelate(BOOK, next(r.id for r in bare.relations(BOOK) if r.kind == "styles"))
    bare.remove(STYLES)
    for one in bare.edit(BUDGET).iter(main("c")):
        one.attrib.pop("s", None)
    book = Workbook(bare.to_bytes())
    book["Budget"].cell("B3").fill("FDE2E1")
    assert Package(book.to_bytes()).related(BOOK, "styles")
