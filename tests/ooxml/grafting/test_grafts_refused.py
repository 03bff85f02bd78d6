"""Sheets that cannot be taken are refused before anything is changed."""

from __future__ import annotations

import io
from typing import Any

import pytest
from support.ooxml.grafted import BOOK, FILES, grafted
from support.ooxml.grafts import (
    FIGURES,
    REPORT,
    made,
    parts,
    plan,
    report,
    zipped,
)  # fmt: skip
from support.ooxml.torture_base import picture

from pst_excel.ooxml.errors import NotAWorkbook, PatchError, Refused
from pst_excel.ooxml.package.names import main
from pst_excel.ooxml.workbook import Workbook


def refused(data: bytes, source: bytes, titles: list[str] | None = None) -> str:
    """Return why sheets are not taken; nothing was then changed."""
    book = Workbook(data)
    with pytest.raises(Refused) as caught:
        book.graft(source, titles)
    assert book.to_bytes() == data
    return str(caught.value)


def test_a_name_that_means_something_else_is_refused_before_anything_is_changed() -> None:
    def write(book: Any) -> None:
        book.add_worksheet("Un").write_formula("A1", "=SUM(choix)")
        book.define_name("choix", "=Un!$B$1")

    assert "choix" in refused(plan(), made(write))


def test_a_reference_to_a_sheet_that_is_not_taken_is_refused() -> None:
    assert FIGURES in refused(plan(), report(), [REPORT])


def test_what_a_part_of_the_whole_workbook_tells_is_refused() -> None:
    def image(book: Any) -> None:
        book.add_worksheet("Un").embed_image("A1", "a.png", {"image_data": io.BytesIO(picture())})

    for write in (
        lambda book: book.add_worksheet("Un").write_dynamic_array_formula("A1", "=SEQUENCE(3)"),
        lambda book: book.add_worksheet("Un").insert_checkbox("A1", True),
        image,
    ):
        assert "Un" in refused(plan(), made(write, use_future_functions=True))


def test_a_sheet_of_a_chart_is_neither_taken_nor_replaced() -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Un")
        sheet.write("A1", 1)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Un!$A$1:$A$2"})
        book.add_chartsheet("Courbe").set_chart(chart)

    assert "Courbe" in refused(plan(), made(write))
    assert "Courbe" in refused(made(write), made(lambda book: book.add_worksheet("Courbe")))


def test_a_sheet_that_a_slicer_or_a_pivot_table_stands_on_is_not_replaced() -> None:
    one = made(lambda book: book.add_worksheet("Actions"))
    assert "segment" in refused(FILES["torture.xlsx"], one)


def test_a_workbook_whose_sheets_are_not_known_is_given_none() -> None:
    contents = parts(plan())
    beta = "http://schemas.microsoft.com/office/excel/2006/2"
    contents[BOOK] = contents[BOOK].replace(main("")[1:-1].encode(), beta.encode())
    book = Workbook(zipped(contents))
    with pytest.raises(NotAWorkbook, match="pas de feuilles"):
        book.graft(report())
    assert not book.package.changed


def test_a_damaged_workbook_says_so() -> None:
    contents = parts(plan())
    del contents["xl/worksheets/sheet1.xml"]
    one = made(lambda book: book.add_worksheet("Actions"))
    with pytest.raises(PatchError):
        grafted(zipped(contents), one)
