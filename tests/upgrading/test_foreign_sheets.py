"""The sheets that people added arrive whole."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl.styles import PatternFill
from openpyxl.worksheet.formula import ArrayFormula
from support import damaged, office, opened, read
from support.modernised import OLD, lost, modernised, saved_as, told, with_sheets
from support.ooxml.grafted import shape, shown
from support.ooxml.grafts import FIGURES, REPORT, report
from support.ooxml.torture_base import picture
from support.repairs import complaints
from support.stirred import renewed, stirred
from support.validator import microsoft, objections

from pst_excel.excel.books.template import EPOCH
from pst_excel.excel.xlsx import BookWriter
from pst_excel.ooxml.grafting.sheets import reached
from pst_excel.ooxml.workbook import Workbook
from pst_excel.upgrading.changes import ChangeKind
from pst_excel.upgrading.foreign_sheets import write_values
from pst_excel.upgrading.old_layout import look
from pst_excel.upgrading.workbook import free_title


def test_two_sheets_with_all_that_excel_draws_are_the_same_sheets_in_the_new_workbook() -> None:
    old = Workbook(OLD)
    old.graft(report())
    before = old.to_bytes()
    result, after = modernised(before)
    assert lost(result) == []
    assert shown(after) == shown(before)
    for title in (REPORT, FIGURES):
        assert shape(after, title) == shape(before, title)
        assert drawn(after, title) == drawn(before, title)
    assert complaints(after) == []


def test_the_values_of_a_sheet_that_no_cell_of_excel_holds_are_written_as_texts() -> None:
    book = BookWriter("Suivi", "", EPOCH)
    write_values(book.sheet("Suivi", "FF0000"), [[float("inf"), float("-inf"), 12.0, "é" * 40_000]])
    told = opened(book.bytes())["Suivi"]
    assert [told["A1"].value, told["B1"].value, told["C1"].value] == ["inf", "-inf", 12]
    assert len(told["D1"].value) <= 32_767
    assert "40\u202f000" in told["D1"].value


def drawn(data: bytes, title: str) -> dict[str, bytes]:
    """Return the parts that a sheet leads to, without their numbers: drawings, charts, pictures."""
    package = Workbook(data).package
    return {
        re.sub(r"\d", "", part): package.content(part)
        for part in reached(package, Workbook(data)[title].part)
        if "/worksheets/" not in part and "/tables/" not in part
    }


def board(book: Any) -> None:
    """Write what a service adds to its workbook to follow its actions."""
    sheet = book.add_worksheet("Suivi")
    sheet.merge_range("A1:C1", "Suivi des travaux", book.add_format({"bold": True}))
    sheet.write_column("A3", ["Voirie", "Bâtiments", "Parcs"])
    sheet.write_column("B3", [12, 30, 8])
    sheet.write_formula("B6", "=SUM(B3:B5)", book.add_format({"num_format": "0.00"}), 50)
    sheet.write_comment("A3", "Vu avec l’échevin", {"author": "Zoé"})
    sheet.data_validation("C3:C5", {"validate": "list", "source": ["fait", "à faire"]})
    sheet.conditional_format("B3:B5", {
        "type": "cell", "criteria": ">", "value": 20,
        "format": book.add_format({"bg_color": "#FFC7CE"}),
    })  # fmt: skip
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"categories": "=Suivi!$A$3:$A$5", "values": "=Suivi!$B$3:$B$5"})
    sheet.insert_chart("E2", chart)
    sheet.insert_image("E20", "logo.png", {"image_data": io.BytesIO(picture())})
    sheet.set_column("A:A", 22)
    sheet.freeze_panes(2, 1)
    sheet.set_landscape()


def check_board(data: bytes) -> None:
    """Look whether all that `board` wrote is in a workbook, with another reader than ours."""
    sheet = opened(data)["Suivi"]
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A1:C1"]
    assert [sheet[ref].value for ref in ("A1", "A3", "B4", "B6")] == [
        "Suivi des travaux", "Voirie", 30, "=SUM(B3:B5)",
    ]  # fmt: skip
    assert sheet["B6"].number_format == "0.00"
    assert sheet["A3"].comment.text == "Vu avec l’échevin"
    (rule,) = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("C3:C5", '"fait,à faire"')
    (marks,) = sheet.conditional_formatting
    assert (str(marks.sqref), marks.rules[0].dxf.fill.bgColor.rgb) == ("B3:B5", "FFFFC7CE")
    (chart,) = sheet._charts
    assert chart.series[0].val.numRef.f in ("Suivi!$B$3:$B$5", "'Suivi'!$B$3:$B$5")
    assert len([part for part in drawn(data, "Suivi") if "/media/" in part]) == 1
    assert sheet.column_dimensions["A"].width == pytest.approx(22.7, abs=0.5)
    assert sheet.page_setup.orientation == "landscape"


def test_all_that_a_service_adds_on_a_sheet_is_there() -> None:
    result, new = modernised(with_sheets(board))
    check_board(new)
    assert lost(result) == []
    assert [(c.sheet, c.before, c.after) for c in told(result, ChangeKind.KEPT)][-1] == (
        "Suivi", "« Suivi »", "telle quelle",
    )  # fmt: skip
    assert look(new).sheets["Suivi"][5][1] == 50
    sheet = opened(new)["Suivi"]
    assert (sheet.freeze_panes, sheet["A3"].comment.author) == ("B3", "Zoé")


@pytest.mark.libreoffice
@office.libreoffice
def test_libreoffice_opens_it_and_saves_all_of_it(tmp_path: Path) -> None:
    saved_again = saved_as("xlsx", modernised(with_sheets(board))[1], tmp_path)
    check_board(saved_again)
    assert office.values(saved_again)["Suivi", "B6"] == 50


@microsoft
def test_microsofts_validator_objects_to_nothing(tmp_path: Path) -> None:
    files = {"board": modernised(with_sheets(board))[1], "stirred": renewed()[1]}
    assert not any(objections(files, tmp_path).values())


def test_a_sheet_of_the_title_of_a_new_one_of_the_template_is_kept_under_another() -> None:
    def write(book: Any) -> None:
        sheet, other = book.add_worksheet("Dérogations"), book.add_worksheet("Bilan")
        sheet.write("A1", 3)
        sheet.write_formula("A2", "=Dérogations!A1*2", None, 6)
        other.write_formula("A1", "=Dérogations!A2+1", None, 7)

    result, new = modernised(with_sheets(write))
    book = opened(new)
    assert book["Dérogations"]["A1"].value != 3
    assert book["Dérogations (ancienne)"]["A2"].value == "='Dérogations (ancienne)'!A1*2"
    assert book["Bilan"]["A1"].value == "='Dérogations (ancienne)'!A2+1"
    assert lost(result) == []
    kept = [(c.sheet, c.before, c.after) for c in told(result, ChangeKind.KEPT)]
    assert ("Dérogations (ancienne)", "« Dérogations »", "« Dérogations (ancienne) »") in kept


def test_a_hidden_sheet_stays_hidden_and_what_uses_it_still_does() -> None:
    def write(book: Any) -> None:
        book.add_worksheet("Calculs").write_formula("A1", "=Réglages!A1*2", None, 6)
        settings, secret = book.add_worksheet("Réglages"), book.add_worksheet("Secrète")
        settings.write("A1", 3)
        settings.hide()
        secret.write("A1", 4)
        secret.very_hidden()

    result, new = modernised(with_sheets(write))
    book = opened(new)
    assert [book[one].sheet_state for one in ("Calculs", "Réglages", "Secrète")] == [
        "visible", "hidden", "veryHidden",
    ]  # fmt: skip
    assert (book["Calculs"]["A1"].value, book["Secrète"]["A1"].value) == ("=Réglages!A1*2", 4)
    assert lost(result) == []


def test_the_sheets_of_people_are_all_there_and_the_list_comes_last() -> None:
    book = opened(renewed()[1])
    assert book.sheetnames[-4:] == ["Suivi", "Cachée", "Modernisation", "Modernisation (nouvelle)"]
    assert book["Modernisation"]["A1"].value == "de l’administration"
    assert book["Cachée"].sheet_state == "hidden"
    assert book.defined_names["MaPlage"].attr_text == "'Suivi'!$A$1:$A$3"


def test_the_cells_of_a_local_sheet_keep_their_kinds_and_their_numbers() -> None:
    old, new = opened(stirred())["Suivi"], opened(renewed()[1])["Suivi"]
    outward = {f"D{row}" for row in range(3, 8)}
    for row in old.iter_rows():
        for cell in row:
            if cell.coordinate in outward or cell.value is None:
                continue
            mine = new[cell.coordinate]
            if isinstance(cell.value, ArrayFormula):
                assert (mine.value.ref, mine.value.text) == (cell.value.ref, cell.value.text)
                continue
            assert (mine.value, mine.data_type) == (cell.value, cell.data_type), cell.coordinate
            assert mine.number_format == cell.number_format, cell.coordinate


def test_text_that_begins_like_a_formula_stays_text() -> None:
    sheet = opened(renewed()[1])["Suivi"]
    assert [(sheet.cell(row, 1).value, sheet.cell(row, 1).data_type) for row in range(10, 15)] == [
        ("=1+1", "s"), ("+32 81 22", "s"), ("-12", "s"), ("@commune", "s"), ("'a", "s")
    ]  # fmt: skip


def test_a_local_sheet_looks_as_it_did() -> None:
    old, new = opened(stirred())["Suivi"], opened(renewed()[1])["Suivi"]
    assert [str(one) for one in new.merged_cells.ranges] == ["A1:C1"]
    assert new["A1"].font.b
    assert new["A1"].font.sz == 16
    assert (new["A1"].font.color.theme, new["A1"].font.color.tint) == (4, -0.25)
    assert new["B4"].border.left.style == "thin"
    assert new["B4"].border.left.color.rgb == "00FF0000"
    assert new["B4"].border.bottom.style == "double"
    assert new["B4"].alignment.horizontal == new["B4"].alignment.vertical == "center"
    assert new["B4"].alignment.wrap_text
    assert new["B4"].alignment.text_rotation == 45
    assert new["B4"].fill.fgColor.rgb == "00FFDDEE"
    assert (new["B5"].font.name, new["B5"].font.i, new["B5"].font.u) == ("Arial", True, "single")
    assert new["B5"].font.strike
    assert new["B3"].comment.text == "à revoir"
    assert new["B3"].comment.author == "Zoé"
    assert new.column_dimensions["A"].width == pytest.approx(33.5, abs=0.1)
    assert new.column_dimensions["E"].hidden
    assert new.column_dimensions["G"].outlineLevel == 2
    assert new.row_dimensions[3].height == pytest.approx(40, abs=0.5)
    assert new.row_dimensions[5].hidden
    assert (new["H1"].hyperlink.target, new["H1"].value) == ("https://exemple.be", "lien")
    assert new.tables["TSuivi"].ref == "L1:M3"
    assert (len(old._charts), len(new._charts)) == (1, 1)
    assert new.freeze_panes == "B3"
    assert new.sheet_properties.tabColor.rgb == "00FF8800"
    assert new.auto_filter.ref == old.auto_filter.ref


def test_a_format_at_the_end_of_the_world_costs_nothing() -> None:
    def far(book: Any) -> None:
        sheet = book.create_sheet("Loin")
        sheet["A1"] = "ici"
        sheet["XFD1048576"].fill = PatternFill("solid", fgColor="FFFF00")

    _, data = modernised(damaged(OLD, far))
    assert opened(data)["Loin"]["XFD1048576"].fill.fgColor.rgb == "00FFFF00"
    assert len(data) < 2 * len(modernised(OLD)[1])
    assert look(data).sheets["Loin"] == [["ici"]]


def test_excel_opens_the_new_workbook_without_a_word() -> None:
    assert complaints(renewed()[1]) == []
    assert complaints(modernised(OLD)[1]) == []


@pytest.mark.parametrize(
    ("title", "found"),
    [("Suivi", "Suivi"), ("OO", "OO (ancienne)"), ("Où/Quand ?", "Où Quand"),
     ("x" * 40, "x" * 31), ("'cité'", "cité"), ("***", "Feuille"),
     ("x" * 29 + " '" * 5, "x" * 29)],
)  # fmt: skip
def test_a_title_that_excel_refuses_or_that_is_taken_is_changed(title: str, found: str) -> None:
    assert free_title(title, {"oo", "actions"}) == found


def test_a_sheet_of_the_plan_without_its_headings_is_kept_under_another_name() -> None:
    def blur(book: Any) -> None:
        book.remove(book["Budget"])
        sheet = book.create_sheet("Budget")
        sheet["A1"], sheet["A2"] = "Tout est chez le directeur financier", 12

    result, data = modernised(damaged(OLD, blur))
    assert opened(data)["Budget (ancienne)"]["A2"].value == 12
    assert [c.element for c in told(result, ChangeKind.ADDED, "Budget")] == ["la feuille"]
    assert len(read(data).tables["budget"]) == 0


def test_a_sheet_that_people_call_evaluation_is_theirs() -> None:
    def add(book: Any) -> None:
        book.create_sheet("Évaluation")["B2"] = "Réunion du 3 mars"

    _, data = modernised(damaged(OLD, add))
    assert opened(data)["Évaluation"]["B2"].value == "Réunion du 3 mars"
