"""Formulas of cells: shared ones, and arrays."""

from __future__ import annotations

import io
import time

import openpyxl
import pytest
from support.ooxml.formula_book import BLOCK, COLUMN, element, shared, texts, workbook

from pst_excel.ooxml.cells import formula_cells
from pst_excel.ooxml.cells.values import Formula
from pst_excel.ooxml.errors import Malformed, Refused
from pst_excel.ooxml.package.names import main
from pst_excel.ooxml.references.addresses import cell_of


@pytest.mark.parametrize(
    ("formulas", "expected"),
    [
        ([("B1", "<f>A1+1</f>")], {"B1": "A1+1"}),
        (COLUMN, {"B1": "A1*$D$1", "B2": "A2*$D$1", "B3": "A3*$D$1", "B4": "A4*$D$1"}),
        (
            BLOCK,
            {
                "B2": "SUM(A$1:A2)+Notes!A1", "C2": "SUM(B$1:B2)+Notes!B1",
                "B3": "SUM(A$1:A3)+Notes!A2", "C3": "SUM(B$1:B3)+Notes!B2",
            },
        ),
        (
            [("B1", shared()), ("B2", shared(0, "B1:B3", "A2")), ("B3", shared())],
            {"B1": "A1", "B2": "A2", "B3": "A3"},
        ),
        (
            [
                ("B1", shared(0, "B1:B2", "A1")), ("B2", shared()),
                ("B3", shared(0, "B3:B4", "A3+9")), ("B4", shared()),
            ],
            {"B1": "A1", "B2": "A2", "B3": "A3+9", "B4": "A4+9"},
        ),
        ([("B1", shared(7))], {"B1": None}),
        ([("B1", '<f t="array" ref="B1:B2">A1:A2</f>'), ("B2", "")], {"B1": "A1:A2", "B2": None}),
        ([("B1", '<f t="dataTable" ref="B1:B2" r1="A1"/>')], {"B1": ""}),
        ([("B1", "<f>A1&amp;&quot;&lt;&quot;</f>")], {"B1": 'A1&"<"'}),
    ],
)  # fmt: skip
def test_each_cell_has_the_formula_that_excel_shows(formulas, expected):
    assert texts(workbook(*formulas)) == expected


def test_cells_without_addresses_are_counted_from_the_one_before():
    plain = f"<row><c><v>1</v></c><c>{shared(0, 'B1:B2', 'A1')}</c></row><row><c/><c>{shared()}</c></row>"
    assert texts(workbook(plain=plain)) == {"A1": None, "B1": "A1", "A2": None, "B2": "A2"}


@pytest.mark.parametrize("formulas", [COLUMN, BLOCK])
def test_the_others_keep_their_formula_in_whatever_order_members_are_replaced(formulas):
    refs = [ref for ref, _ in formulas]
    for order in (refs, refs[::-1], refs[1:] + refs[:1], refs[2:] + refs[:2]):
        book = workbook(*formulas)
        expected = texts(book)
        for ref in order:
            book["Calculs"].cell(ref).value = 5
            expected[ref] = None
            assert texts(book) == expected
            book["Calculs"].__dict__.pop("formulas")
            assert texts(book) == expected  # the file says the same as what was remembered
        assert element(book, refs[-1]) is None


def test_the_next_member_becomes_the_master_of_those_that_are_left():
    book = workbook(*BLOCK)
    book["Calculs"].cell("B2").value = "x"
    assert dict(element(book, "C2").attrib) == {"t": "shared", "si": "0", "ref": "B2:C3"}
    book["Calculs"].cell("C2").value = "x"
    assert dict(element(book, "B3").attrib) == {"t": "shared", "si": "0", "ref": "B3:C3"}
    assert element(book, "B3").text == "SUM(A$1:A3)+Notes!A2"
    assert element(book, "C3").text is None


def test_a_member_that_would_not_hold_the_reference_of_the_others_leaves_them():
    book = workbook(
        ("B1", shared(0, "A1:B2", "A1")), ("A2", shared()), ("B2", shared()), ("B3", shared())
    )
    before = texts(book)
    assert before["A2"] == "#REF!"
    book["Calculs"].cell("B1").value = 0
    assert texts(book) == before | {"B1": None}
    assert not element(book, "A2").attrib
    assert element(book, "B2").get("ref") == "B2:B3"


def test_a_formula_of_a_cell_that_no_sheet_has_is_said():
    plain = '<row r="1"><c r="XFE1"><f t="shared" si="0"/></c></row>'
    with pytest.raises(Malformed, match="XFE1"):
        _ = workbook(plain=plain)["Calculs"].formulas


def test_replacing_a_plain_member_leaves_the_master_alone():
    book = workbook(*COLUMN)
    book["Calculs"].cell("B3").value = 1
    assert element(book, "B1").get("ref") == "B1:B4"


@pytest.mark.parametrize(
    ("kind", "said"), [("array", "la formule matricielle B2:C3"), ("dataTable", "la table de données B2:C3")]
)  # fmt: skip
def test_a_part_of_an_array_or_of_a_data_table_is_not_replaced(kind, said):
    book = workbook(
        ("B2", f'<f t="{kind}" ref="B2:C3">A1</f>'), ("C2", ""), ("B3", ""), ("D3", "<f>A1</f>")
    )
    sheet = book["Calculs"]
    for ref in ("B2", "C2", "B3", "C3"):
        with pytest.raises(Refused, match=f"{ref} est une partie de {said}"):
            sheet.cell(ref).value = 1
    for ref in ("A2", "D3", "B1", "C4"):
        sheet.cell(ref).value = 1


def test_an_array_below_a_taller_one_is_seen():
    book = workbook(
        ("A1", '<f t="array" ref="A1:A9">1</f>'), ("C2", '<f t="array" ref="C2:D2">1</f>'),
        ("F5", '<f t="array" ref="F5:F6">1</f>'),
    )  # fmt: skip
    held = book["Calculs"].formulas
    found = {ref for ref in ("A9", "D2", "F6", "C3", "B5", "A10") if held.array_at(*cell_of(ref))}
    assert found == {"A9", "D2", "F6"}


@pytest.mark.parametrize("ref", ["B2", "", "x", "A1:B2:C3"])
def test_an_array_of_one_cell_is_replaced(ref):
    book = workbook(("B2", f'<f t="array" ref="{ref}">A1</f>'))
    book["Calculs"].cell("B2").value = 4
    assert book["Calculs"].cell("B2").value == 4


@pytest.mark.parametrize(
    ("value", "kind", "held"),
    [
        (3.5, None, "3.5"), (2, None, "2"), (True, "b", "1"), ("été", "str", "été"), ("", "str", None),
        ("#N/A", "e", "#N/A"), ("#SPILL!", "str", "#SPILL!"), (" a", "str", " a"),
        ("\x01", "str", "_x0001_"),
    ],
)  # fmt: skip
def test_a_formula_is_written_with_the_value_that_it_last_gave(value, kind, held):
    book = workbook()
    cell = book["Calculs"].cell("B2")
    cell.value = Formula("A1", value)
    written = book["Calculs"].grid.cell(2, 2)
    assert written.get("t") == kind
    assert written.findtext(main("v")) == (held or "")
    assert cell.value == Formula("A1", value)


def test_a_formula_is_read_back_by_others_as_it_was_given():
    book = workbook()
    given = ' IF(A1<2,"a&b",\n"<é>")'
    book["Calculs"].cell("B2").value = Formula(given)
    data = book.to_bytes()
    read = openpyxl.load_workbook(io.BytesIO(data))["Calculs"]
    assert read["B2"].value == "=" + given
    assert book["Calculs"].grid.cell(2, 2).find(main("v")) is None


@pytest.mark.parametrize("text", ["", "A1+" * 2_731, "A1&\x01", "A1&\ud800"])
def test_what_no_formula_can_hold_is_refused(text):
    with pytest.raises(Refused, match="une formule contient"):
        workbook()["Calculs"].cell("B2").value = Formula(text)


def test_a_whole_column_of_a_shared_formula_is_replaced_in_a_time_that_grows_with_it():
    count = 20_000
    cells = [("B1", shared(0, f"B1:B{count}", "A1*2"))]
    book = workbook(*cells, *((f"B{row}", shared()) for row in range(2, count + 1)))
    sheet = book["Calculs"]
    started = time.process_time()
    for row in range(1, count + 1):
        formula_cells.leave(sheet, row, 2)
    assert time.process_time() - started < 10
