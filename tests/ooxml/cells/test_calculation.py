"""What Excel must compute again."""

from __future__ import annotations

import io
import zipfile

import pytest
from support.ooxml.formula_book import (
    COLUMN,
    NAMESPACE,
    replaced,
    texts,
    without_full_calculation,
    workbook,
)

from pst_excel.ooxml.cells import calculation
from pst_excel.ooxml.package.names import main
from pst_excel.ooxml.workbook import Workbook

CHAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"


def chained(*formulas: tuple[str, str]) -> Workbook:
    """The same with a chain of calculation, as Excel writes it."""

    def edit(name: str, content: bytes) -> bytes:
        if name == "[Content_Types].xml":
            over = f'<Override PartName="/xl/calcChain.xml" ContentType="{CHAIN_TYPE}"/></Types>'
            return content.replace(b"</Types>", over.encode())
        if name == "xl/_rels/workbook.xml.rels":
            kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
            one = f'<Relationship Id="rId99" Type="{kind}" Target="calcChain.xml"/></Relationships>'
            return content.replace(b"</Relationships>", one.encode())
        return without_full_calculation(name, content)

    chain = f'<calcChain {NAMESPACE}><c r="{formulas[0][0]}" i="1"/></calcChain>'
    data = replaced(workbook(*formulas).original, {"xl/calcChain.xml": chain.encode()}, edit)
    return Workbook(data)


def test_the_chain_of_calculation_goes_when_a_formula_changes():
    book = chained(*COLUMN)
    book["Calculs"].cell("B1").value = 3
    data = book.to_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        assert "xl/calcChain.xml" not in made.namelist()
        assert b"calcChain" not in made.read("[Content_Types].xml")
        assert b"calcChain" not in made.read("xl/_rels/workbook.xml.rels")
        assert b'fullCalcOnLoad="1"' in made.read("xl/workbook.xml")
    assert book.to_bytes() == data


def test_the_chain_of_calculation_stays_when_only_values_change():
    book = chained(*COLUMN)
    book["Notes"].cell("A1").value = 3
    with zipfile.ZipFile(io.BytesIO(book.to_bytes())) as made:
        assert "xl/calcChain.xml" in made.namelist()
        assert b'fullCalcOnLoad="1"' in made.read("xl/workbook.xml")


@pytest.mark.parametrize("look", [False, True])
@pytest.mark.parametrize(
    ("formulas", "asked"),
    [
        ([], False), ([("B1", "<f>A1</f>")], True), (COLUMN[1:], True), ([("B1", "<f/>")], True),
        ([("B1", '<x:f xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">1</x:f>')], True),
        ([("B1", "<foo/>")], False),
    ],
)  # fmt: skip
def test_a_calculation_is_asked_for_a_value_only_where_a_formula_stands(formulas, asked, look):
    book = workbook(*formulas, edit=without_full_calculation)
    if look:
        book["Calculs"].edit()
    book["Notes"].cell("A1").value = 3
    calculation.settle(book)
    assert (book.package.workbook in book.package.touched) is asked


def test_a_sheet_in_utf_16_is_searched_too():
    def edit(name: str, content: bytes) -> bytes:
        wide = name == "xl/worksheets/sheet1.xml"
        return content.decode().encode("utf-16") if wide else content

    assert calculation.has_formulas(workbook(("B1", "<f>A1</f>"), edit=edit).package)
    assert not calculation.has_formulas(workbook(edit=edit).package)


def test_the_formulas_of_sparklines_are_no_formulas_of_cells():
    def edit(name: str, content: bytes) -> bytes:
        ext = b'<extLst><ext><xm:f xmlns:xm="urn:x">A1</xm:f></ext></extLst></worksheet>'
        return content.replace(b"</worksheet>", ext)

    assert not calculation.has_formulas(workbook(edit=edit).package)


def test_a_workbook_that_asks_for_a_calculation_already_is_left():
    book = workbook(*COLUMN)
    book["Calculs"].cell("B1").value = 3
    calculation.settle(book)
    assert book.package.workbook not in book.package.touched


def test_the_request_is_put_where_excel_reads_it():
    def edit(name: str, content: bytes) -> bytes:
        return content.replace(b'<calcPr calcId="124519" fullCalcOnLoad="1"/>', b"")

    book = workbook(*COLUMN, edit=edit)
    assert book.root.find(main("calcPr")) is None
    book["Calculs"].cell("A1").value = 3
    calculation.settle(book)
    tags = [one.tag for one in book.root]
    assert tags.index(main("calcPr")) > tags.index(main("sheets"))


def test_nothing_is_asked_where_nothing_changed():
    book = chained(*COLUMN)
    assert texts(book)["B2"] == "A2*$D$1"
    assert book.to_bytes() == book.original
