"""Heights, widths and formats of cells: what is asked changes, the rest of the sheet does not."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from support.ooxml.torture import torture
from support.repairs import complaints

from pst_excel.ooxml.workbook import Workbook


def made(write: Any = lambda book, sheet: None) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Plan")
        sheet.set_column("B:D", 20, book.add_format({"bold": True}))
        sheet.set_row(2, 30)
        sheet.write("B3", "gras", book.add_format({"bg_color": "#FFFF00"}))
        sheet.write("C3", "autre")
        write(book, sheet)
    return buffer.getvalue()


def test_a_row_takes_a_height_and_the_others_keep_theirs() -> None:
    book = Workbook(made())
    book["Plan"].set_height(3, 45)
    book["Plan"].set_height(9, 33)
    sheet = Workbook(book.to_bytes())["Plan"]
    assert [sheet.height(row) for row in (2, 3, 9)] == [15, 45, 33]


def test_a_height_follows_the_rows_that_come_before_it() -> None:
    book = Workbook(made())
    book["Plan"].set_height(3, 45)
    book["Plan"].insert_rows(1, 2)
    assert Workbook(book.to_bytes())["Plan"].height(5) == 45


@settings(max_examples=20)
@given(widths=st.dictionaries(st.integers(1, 8), st.integers(5, 60), min_size=1))
def test_columns_take_widths_and_the_others_keep_theirs(widths: dict[int, int]) -> None:
    before = Workbook(made())["Plan"]
    book = Workbook(made())
    for column, width in widths.items():
        book["Plan"].set_width(column, width)
    data = book.to_bytes()
    sheet = Workbook(data)["Plan"]
    wanted = {n: widths.get(n, before.width(n)) for n in range(1, 10)}
    assert {n: sheet.width(n) for n in range(1, 10)} == wanted
    assert [sheet.inherited_style(1, n) for n in range(1, 10)] == [
        before.inherited_style(1, n) for n in range(1, 10)
    ]
    assert complaints(data) == []


def test_a_cell_looks_like_another_and_keeps_its_value() -> None:
    book = Workbook(made())
    plan = book["Plan"]
    plan.cell("C3").look_like(plan.cell("B3"))
    plan.cell("F9").look_like(plan.cell("B3"))
    plan = Workbook(book.to_bytes())["Plan"]
    assert plan.cell("C3").style == plan.cell("F9").style == plan.cell("B3").style
    assert plan.cell("C3").value == "autre"


@pytest.mark.parametrize("strict", [False, True])
def test_a_sheet_of_everything_takes_them(strict: bool) -> None:
    book = Workbook(torture(strict=strict))
    sheet = book[book.titles[0]]
    sheet.set_height(2, 40)
    sheet.set_width(30, 12)
    data = book.to_bytes()
    assert Workbook(data)[book.titles[0]].height(2) == 40


def test_a_note_that_is_not_signed_is_its_text_alone() -> None:
    book = Workbook(made())
    book["Plan"].add_notes({"B3": "à revoir"}, "Zoé", signed=False)
    note = Workbook(book.to_bytes())["Plan"].cell("B3").note
    assert note is not None
    assert (note.text, note.author) == ("à revoir", "Zoé")


def test_names_of_two_meanings_may_keep_that_of_the_workbook_that_receives() -> None:
    def named(ref: str) -> bytes:
        def write(book: Any, sheet: Any) -> None:
            book.define_name("Montants", f"=Plan!{ref}")
            book.add_worksheet("Bilan").write_formula("A1", "=SUM(Montants)", None, 0)

        return made(write)

    book = Workbook(named("$B$3:$B$9"))
    book.graft(named("$B$3:$B$4"), ["Bilan"], names_stay=True)
    names = [one.text for one in book.root.iter("{*}definedName")]
    assert names == ["Plan!$B$3:$B$9"]
    assert book.to_bytes() == book.original or Workbook(book.to_bytes()).titles == book.titles
