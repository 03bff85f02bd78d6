"""Where the sheets taken are put, which are, and what is seen of them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from support.ooxml.grafted import BOOK, grafted
from support.ooxml.grafts import (
    FIGURES,
    REPORT,
    made,
    parts,
    plan,
    replaced,
    report,
    zipped,
)  # fmt: skip

from pst_excel.ooxml.package.names import main
from pst_excel.ooxml.workbook import Workbook


def test_a_sheet_of_the_same_title_is_replaced_where_it_stands() -> None:
    one = made(lambda book: book.add_worksheet("ACTIONS").write("A1", "neuf"))
    before, after = Workbook(plan()), Workbook(grafted(plan(), one))
    had, has = ([dict(s.attrib) for s in b.root.iter(main("sheet"))] for b in (before, after))
    assert has == had
    assert after["Actions"].cell("A1").value == "neuf"
    assert after["Synthèse"].cell("A1").value == before["Synthèse"].cell("A1").value
    names = [n.get("name") for n in after.root.iter(main("definedName"))]
    assert names == ["choix", "_xlnm.Print_Titles"]
    gone = parts(plan()).keys() - parts(after.to_bytes()).keys()
    assert {re.sub(r"\d", "", one.rpartition("/")[2]) for one in gone} == {
        "calcChain.xml", "comments.xml", "drawing.xml", "drawing.xml.rels", "image.png",
        "sheet.xml.rels", "table.xml", "vmlDrawing.vml",
    } - {"calcChain.xml"}  # fmt: skip


def test_a_replaced_sheet_that_was_hidden_stays_so() -> None:
    one = made(lambda book: book.add_worksheet("Listes").write("A1", "neuf"))
    after = Workbook(grafted(plan(), one))
    assert [s.get("state") for s in after.root.iter(main("sheet"))] == [None, "hidden", None]


def test_a_hidden_sheet_is_taken_hidden() -> None:
    def write(book: Any) -> None:
        book.add_worksheet("Un")
        book.add_worksheet("Deux").very_hidden()

    after = Workbook(grafted(plan(), made(write)))
    assert [s.get("state") for s in after.root.iter(main("sheet"))][3:] == [None, "veryHidden"]


def test_the_name_that_macros_know_a_sheet_by_stays() -> None:
    data = replaced(
        plan(), "xl/worksheets/sheet1.xml", b"<dimension", b'<sheetPr codeName="Feuil1"/><dimension'
    )
    one = made(lambda book: book.add_worksheet("Actions").set_tab_color("red"))
    found = Workbook(grafted(data, one))["Actions"].root.find(main("sheetPr"))
    assert found is not None
    assert found.get("codeName") == "Feuil1"
    assert len(found) == 1


def test_sheets_are_put_before_another_and_the_one_in_front_stays_in_front() -> None:
    after = Workbook(grafted(plan(), report(), before="listes"))
    assert after.titles == ["Actions", REPORT, FIGURES, "Listes", "Synthèse"]
    views = [dict(one.attrib) for one in after.root.iter(main("workbookView"))]
    assert [one["activeTab"] for one in views] == ["4"]
    local = {
        (one.get("name"), after.titles[int(one.get("localSheetId", ""))])
        for one in after.root.iter(main("definedName"))
        if one.get("localSheetId")
    }
    assert local == {
        ("_xlnm._FilterDatabase", "Actions"), ("_xlnm.Print_Titles", "Synthèse"),
        ("_xlnm.Print_Titles", REPORT), ("_xlnm.Print_Area", REPORT),
        ("_xlnm._FilterDatabase", FIGURES),
    }  # fmt: skip


def test_sheets_put_first_do_not_come_in_front_where_the_workbook_says_nothing() -> None:
    contents = parts(made(lambda book: book.add_worksheet("Mienne")))
    contents[BOOK] = re.sub(rb"<bookViews>.*</bookViews>", b"", contents[BOOK])
    after = Workbook(grafted(zipped(contents), report(), before="Mienne"))
    assert [one.get("activeTab") for one in after.root.iter(main("workbookView"))] == ["2"]
    assert [
        sheet.title for sheet in after.sheets
        if any(one.get("tabSelected") for one in sheet.root.iter(main("sheetView")))
    ] == ["Mienne"]  # fmt: skip


def test_only_the_sheets_asked_are_taken() -> None:
    after = Workbook(grafted(plan(), report(), [FIGURES]))
    assert after.titles[3:] == [FIGURES]
    assert after[FIGURES].tables[0].display_name == "tAppui_2"
    with pytest.raises(KeyError):
        grafted(plan(), report(), ["Absente"])
    with pytest.raises(KeyError):
        grafted(plan(), report(), [FIGURES], before="Absente")


def test_a_name_is_taken_with_the_sheets_that_use_it_and_not_twice() -> None:
    after = Workbook(grafted(plan(), report()))
    names = [one.get("name") for one in after.root.iter(main("definedName"))]
    assert names.count("total_appui") == 1

    def write(book: Any) -> None:
        one, two = book.add_worksheet("Un"), book.add_worksheet("Deux")
        one.write_formula("A1", "=taux_a*2")
        two.write("A1", 3)
        book.define_name("taux_a", "=taux_b+1")
        book.define_name("taux_b", "=0.5")
        book.define_name("autre", "=Deux!$A$1")

    after = Workbook(grafted(plan(), made(write), ["Un"]))
    names = [one.get("name") for one in after.root.iter(main("definedName"))]
    assert {"taux_a", "taux_b"} <= set(names)
    assert "autre" not in names
