"""The control sheet lists each finding and what became of it, and is known again as ours."""

from __future__ import annotations

import io

import xlsxwriter
from support import CLEAN, damaged, opened, workbook
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
    book["Contrôles"].cell("M4").set("Vu avec le chef")
    again = handed_back(book.to_bytes())
    assert "À corriger" not in opened(again).sheetnames
    assert again == copy


def test_a_sheet_of_controls_from_before_records_were_said_in_words_is_read() -> None:
    copy = handed_back(workbook(FAULTY))
    former = damaged(copy, lambda book: book["Contrôles"].delete_cols(5))
    assert "Élément" not in controls(former)[0]
    again = handed_back(former)
    assert opened(again).sheetnames == opened(copy).sheetnames
    assert controls(again) == controls(copy)
    (line,) = [
        x
        for x in controls(handed_back(mended(former, **{places(copy)["V04"]: 250000})))
        if x["État"] == "résolu"
    ]
    assert line["Code"] == "V04"


def test_the_row_of_a_finding_is_named_in_words_in_its_line_and_in_its_note() -> None:
    copy = handed_back(workbook(FAULTY))
    by_code = {str(line["Code"]): line for line in controls(copy)}
    action = "ction 1.1.1 · Aménager une piste cyclable"
    assert by_code["V03"]["Élément"] == f"a{action}"
    assert by_code["V04"]["Élément"] == "ligne de budget B1"
    note = Workbook(copy)["Actions"].cell(str(by_code["V03"]["Cellule"])).note
    assert note is not None
    assert f"A{action}\n" in note.text


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
