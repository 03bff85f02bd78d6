"""The control sheet lists each finding and what became of it, and is known again as ours."""

from __future__ import annotations

import io

import xlsxwriter
from support import CLEAN, opened, workbook
from support.annotated import FAULTY, controls, handed_back, mended, places

from pst_excel.ooxml.workbook import Workbook


def test_half_mended_it_says_what_is_solved_and_what_is_still_there() -> None:
    copy = handed_back(workbook(FAULTY))
    place = places(copy)
    again = controls(handed_back(mended(copy, **{place["V04"]: 250000})))
    assert {x["Code"]: x["État"] for x in again} == {
        **dict.fromkeys(places(copy), "toujours là"), "V04": "résolu",
    }  # fmt: skip
    assert [x["État"] for x in again][-1] == "résolu"


def test_a_sheet_of_the_sender_called_controles_is_not_ours() -> None:
    book = Workbook(workbook(FAULTY))
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as theirs:
        theirs.add_worksheet("Contrôles").write("A1", "Mes propres contrôles")
    book.graft(buffer.getvalue())
    copy = handed_back(book.to_bytes())
    seen = opened(copy)
    assert seen["Contrôles"]["A1"].value == "Mes propres contrôles"
    assert seen["À corriger"]["A4"].value == "État"
    assert handed_back(copy) == copy


def test_a_column_added_to_the_controls_leaves_no_second_sheet_of_them() -> None:
    copy = handed_back(workbook(FAULTY))
    book = Workbook(copy)
    book["Contrôles"].cell("L4").set("Vu avec le chef")
    again = handed_back(book.to_bytes())
    assert "À corriger" not in opened(again).sheetnames
    assert again == copy


def test_a_finding_without_a_cell_is_a_line_without_a_link() -> None:
    book = opened(workbook(FAULTY))
    del book["Constat"]
    buffer = io.BytesIO()
    book.save(buffer)
    copy = handed_back(buffer.getvalue())
    (line,) = [x for x in controls(copy) if x["Code"] == "S01"]
    assert line["Cellule"] is None


def test_what_never_had_a_fault_is_not_thanked_for_mending_it() -> None:
    sheet = opened(handed_back(workbook(CLEAN)))["Contrôles"]
    assert (sheet["A2"].value, sheet["A3"].value) == ("Rien à corriger dans ce classeur.", None)
