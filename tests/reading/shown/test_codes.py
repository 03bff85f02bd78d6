"""Codes held as numbers are what their formats show, wherever codes stand; other numbers are not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from openpyxl.workbook import Workbook
from support.layouts import read_actions, read_sheets, table

from pst_excel.cells.readings import Confidence
from pst_excel.returns.tables import Return

TEXTS = ("Code action", "Intitulé", "OO", "ETP")
PLANTER = ("1.1.1", "Planter", 1.1, 1.1)


def formatted(cell: str, form: str, sheet: str = "Actions") -> Any:
    def change(book: Workbook) -> None:
        book[sheet][cell].number_format = form

    return change


def readings(filled: Return) -> dict[str, tuple[str, str, Confidence]]:
    return {
        f"{one.subject.column} {one.subject.row}": (one.read, one.understood, one.confidence)
        for one in filled.readings
    }


def test_a_number_that_is_no_code_is_read_whatever_its_format() -> None:
    filled = read_actions(TEXTS, PLANTER, change=formatted("D2", "0.00"))
    assert table(filled).columns["etp"] == [1.1]
    assert readings(filled) == {"code_oo 2": ("1,1", "1.1", Confidence.LIKELY)}


def test_a_whole_number_shown_with_decimals_is_the_same_number() -> None:
    filled = read_actions(TEXTS, ("1.1.1", "Planter", 2, 1), change=formatted("C2", "0.00"))
    assert table(filled).columns["code_oo"] == ["2"]
    assert filled.readings == []


def test_a_merged_number_is_what_its_own_cell_shows_on_every_row() -> None:
    def change(book: Workbook) -> None:
        formatted("C2", "0.00")(book)
        book["Actions"].merge_cells("C2:C3")

    filled = read_actions(TEXTS, PLANTER, ("1.1.2", "Tailler"), change=change)
    assert table(filled).columns["code_oo"] == ["1.10", "1.10"]


def test_a_number_of_the_form_is_what_it_shows() -> None:
    rows = [("Code INS", 3000), ("Nom", "Valbruyère")]
    filled = read_sheets(
        {"Identification": rows, "Actions": [TEXTS, PLANTER]},
        formatted("B1", "00000", "Identification"),
    )
    assert table(filled, "identification").columns["ins"] == ["03000"]


def test_zeros_that_a_format_adds_to_a_whole_column_are_asked() -> None:
    def change(book: Workbook) -> None:
        for cell in ("C2", "C3"):
            formatted(cell, "0.00")(book)

    rows = [TEXTS, PLANTER, ("1.2.1", "Tailler", 1.2, 1)]
    asked = read_actions(*rows, change=change)
    assert table(asked).columns["code_oo"] == ["1.10", "1.20"]
    assert {one.confidence for one in asked.readings} == {Confidence.TO_CONFIRM}
    known = read_actions(*rows, ("1.1.3", "Semer", "1.1", 1), change=change)
    assert {one.confidence for one in known.readings} == {Confidence.SURE}


def test_a_ten_that_its_format_shows_makes_the_others_doubtful() -> None:
    rows = [TEXTS, PLANTER, ("1.2.1", "Tailler", 1.1, 1)]
    filled = read_actions(*rows, change=formatted("C2", "0.00"))
    assert table(filled).columns["code_oo"] == ["1.10", "1.1"]
    assert readings(filled) == {
        "code_oo 2": ("1,1", "1.10", Confidence.SURE),
        "code_oo 3": ("1,1", "1.1", Confidence.TO_CONFIRM),
    }


@pytest.mark.parametrize(
    ("form", "sure"), [("d.m.yy", True), ("dd/mm/yyyy", False), ("d.m.yyyy", False)]
)
def test_a_day_is_a_code_for_sure_when_it_shows_one_like_the_others(form: str, sure: bool) -> None:
    rows = [TEXTS, ("5.1.02", "Planter", "5.1", 1), (dt.date(2001, 1, 5), "Tailler", "5.1", 1)]
    filled = read_actions(*rows, change=formatted("A3", form))
    assert table(filled).columns["code"] == ["5.1.02", "5.1.01"]
    (one,) = filled.readings
    assert one.confidence == (Confidence.SURE if sure else Confidence.TO_CONFIRM)
