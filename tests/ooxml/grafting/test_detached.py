"""Sheets of any workbook taken: whole, but for what looks at the sheets that are not taken."""

from __future__ import annotations

from typing import Any

import pytest
from support.ooxml.corpus import parts
from support.ooxml.detaching import MINE, PLAN, giving, receiving, said, taken
from support.ooxml.grafts import made, replaced
from support.ooxml.torture import torture
from support.ooxml.torture_parts import ZOE
from support.repairs import complaints

from pst_excel.ooxml.cells.values import Formula
from pst_excel.ooxml.grafting.detached import detached
from pst_excel.ooxml.grafting.shared_parts import take_colours
from pst_excel.ooxml.package.names import main
from pst_excel.ooxml.workbook import Workbook


@pytest.mark.parametrize(
    "formula",
    ["A1+B2", "SUM($A$1:B3)*2", "SUM('Mienne'!A1:A3)", "IF(A:A>0,1,0)", "MAX(1:3)", '"Actions!A1"',
     "_xlfn.IFS(A1>0,1)", 'HYPERLINK("http://exemple.be")', "a_moi*2", "tMien[Column1]"],
)  # fmt: skip
def test_a_formula_that_looks_at_what_is_taken_stays_one(formula: str) -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.add_table("H1:H3", {"name": "tMien"})
        book.define_name("a_moi", f"={MINE}!$A$1")
        sheet.write_formula("C5", f"={formula}", None, 7)

    data, left = taken(giving(write))
    assert left == []
    assert Workbook(data)[MINE].cell("C5").value == Formula(formula, 7)


@pytest.mark.parametrize(
    "formula",
    ["Actions!A1", "SUM(Mienne:Actions!A1)", "'[1]Feuil1'!A1", "du_plan", "tPlan[Column1]",
     'INDIRECT("Actions!A1")', "MaFonction(A1)", '_xlfn.WEBSERVICE("http://exemple.be")',
     "cmd|' /C calc'!A0", 'CELL("filename")'],
)  # fmt: skip
def test_of_one_that_looks_elsewhere_the_value_stays(formula: str) -> None:
    data, left = taken(giving(lambda _, sheet: sheet.write_formula("C5", f"={formula}", None, 7)))
    assert said(left) == [("f", f"={formula}", "C5", True)]
    assert Workbook(data)[MINE].cell("C5").value == 7
    assert complaints(data) == []


def test_one_that_was_never_calculated_leaves_a_blank() -> None:
    source = giving(lambda _, sheet: sheet.write_formula("C5", "=Actions!A1", None, ""))
    data, left = taken(source)
    assert said(left) == [("f", "=Actions!A1", "C5", False)]
    assert Workbook(data)[MINE].cell("C5").value is None


def test_formulas_that_are_shared_are_left_together() -> None:
    def write(_book: Any, sheet: Any) -> None:
        for row in range(1, 4):
            sheet.write_formula(f"C{row}", f"=Actions!A{row}", None, row)

    source = giving(write)
    part = "xl/worksheets/sheet2.xml"
    source = replaced(source, part, b"<f>Actions!A1</f>",
                      b'<f t="shared" si="0" ref="C1:C3">Actions!A1</f>')  # fmt: skip
    for row in (b"2", b"3"):
        source = replaced(source, part, b"<f>Actions!A%s</f>" % row, b'<f t="shared" si="0"/>')
    data, left = taken(source)
    assert [one.text for one in left] == ["=Actions!A1", "=Actions!A2", "=Actions!A3"]
    assert [cell.value for cell in Workbook(data)[MINE].cells()] == [1, 2, 3]


def test_one_whose_group_has_no_formula_is_left_too() -> None:
    source = giving(lambda _, sheet: sheet.write_formula("C5", "=A1*2", None, 7))
    part = "xl/worksheets/sheet2.xml"
    data, left = taken(replaced(source, part, b"<f>A1*2</f>", b'<f t="shared" si="3"/>'))
    assert said(left) == [("f", "=#REF!", "C5", True)]
    assert complaints(data) == []


def test_a_name_that_the_other_workbook_has_for_the_same_sheet_is_used_there() -> None:
    source = giving(lambda _, sheet: sheet.write_formula("C5", "=SUM(du_plan)", None, 16))
    data, left = taken(source, receiving(("du_plan", "=Actions!$B$1:$B$9")))
    assert left == []
    assert Workbook(data)[MINE].cell("C5").value == Formula("SUM(du_plan)", 16)
    names = {one.get("name"): one.text for one in Workbook(data).root.iter(main("definedName"))}
    assert names == {"du_plan": "Actions!$B$1:$B$9"}


def test_a_name_that_the_other_workbook_has_for_something_else_is_not_used() -> None:
    def write(book: Any, sheet: Any) -> None:
        book.define_name("taux", "=0.21")
        book.define_name("double", "=taux*2")
        sheet.write_formula("C5", "=double", None, 0.42)

    data, left = taken(giving(write), receiving(("taux", "=0.06")))
    assert said(left) == [("f", "=double", "C5", True)]
    assert Workbook(data)[MINE].cell("C5").value == 0.42


def test_rules_that_look_elsewhere_are_left_and_the_others_stay() -> None:
    def write(book: Any, sheet: Any) -> None:
        bold = {"format": book.add_format({"bold": True})}
        sheet.data_validation("A1:A3", {"validate": "list", "source": ["oui", "non"]})
        sheet.data_validation("B1:B3", {"validate": "list", "source": "=Actions!$A$1:$A$3"})
        for at, formula in (("C1:C3", "=C1>2"), ("D1:D3", "=D1>Actions!$A$1")):
            sheet.conditional_format(at, {"type": "formula", "criteria": formula} | bold)
        for at, area in (("E1", "Mienne!A1:A3"), ("E2", "Actions!A1:A3")):
            sheet.add_sparkline(at, {"range": area})

    data, left = taken(giving(write))
    assert {one.kind: (one.text, one.ref) for one in left} == {
        "dataValidation": ("Actions!$A$1:$A$3", "B1:B3"), "cfRule": ("D1>Actions!$A$1", "D1:D3"),
        "sparkline": ("Actions!A1:A3", "E2"),
    }  # fmt: skip
    root = Workbook(data)[MINE].root
    assert [one.get("sqref") for one in root.iter(main("dataValidation"))] == ["A1:A3"]
    assert [one.get("sqref") for one in root.iter(main("conditionalFormatting"))] == ["C1:C3"]
    assert [one.text for one in root.iter("{*}sparkline/{*}f", "{*}f")] == ["Mienne!A1:A3"]
    assert complaints(data) == []


def test_what_held_rules_goes_with_the_last_of_them() -> None:
    def write(_book: Any, sheet: Any) -> None:
        sheet.data_validation("B1:B3", {"validate": "list", "source": "=Actions!$A$1:$A$3"})
        sheet.add_sparkline("E2", {"range": "Actions!A1:A3"})

    root = Workbook(taken(giving(write))[0])[MINE].root
    assert root.find(main("dataValidations")) is root.find(main("extLst")) is None


def test_another_title_is_followed_by_all_that_names_the_sheet() -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.write_formula("A1", "=SUM(Mienne!B1:B3)", None, 0)
        sheet.write_url("A2", "internal:Mienne!B3", string="b")
        sheet.write_url("A3", "internal:Actions!A3", string="a")
        sheet.data_validation("B1", {"validate": "list", "source": "=Mienne!$C$1:$C$3"})
        sheet.repeat_rows(0)
        book.define_name("a_moi", "=Mienne!$B$2")
        drawn = book.add_chart({"type": "line"})
        drawn.add_series({"values": "=Mienne!$B$1:$B$3"})
        sheet.insert_chart("D2", drawn)

    other = made(lambda book: [book.add_worksheet(PLAN), book.add_worksheet("L'été")])
    data, left = taken(giving(write), other, name="L'été")
    book = Workbook(data)
    assert left == []
    assert book.titles == [PLAN, "L'été"]
    assert book["L'été"].cell("A1").value == Formula("SUM('L''été'!B1:B3)", 0)
    assert [one.get("location") for one in book["L'été"].root.iter(main("hyperlink"))] == [
        "'L''été'!B3", "Actions!A3",
    ]  # fmt: skip
    assert b"Mienne" not in b"".join(parts(data).values())


def test_a_link_to_a_sheet_that_is_not_there_is_left() -> None:
    def write(book: Any, sheet: Any) -> None:
        book.add_worksheet("Ailleurs")
        sheet.write_url("A2", "internal:Ailleurs!B3")
        sheet.write_url("A3", "https://exemple.be#Feuil1!B3")

    data, left = taken(giving(write))
    assert said(left) == [("hyperlink", "#Ailleurs!B3", "A2", False)]
    assert [one.get("ref") for one in Workbook(data)[MINE].root.iter(main("hyperlink"))] == ["A3"]


def test_what_a_part_of_the_whole_workbook_tells_is_left() -> None:
    titles = {"Actions": "Suivi", "Dessins & images": "Images", "Calculs": "Calculs"}
    book = Workbook(made(lambda book: [book.add_worksheet(title) for title in titles.values()]))
    donor, left = detached(torture(), titles, book)
    book.graft(donor, [*titles.values()])
    assert [(one.kind, one.ref) for one in left if one.kind in ("slicer", "vm", "cm")] == [
        ("slicer", ""), ("vm", "A1"), ("cm", "F1"),
    ]  # fmt: skip
    data = book.to_bytes()
    assert complaints(data) == []
    assert not any("slicer" in name for name in parts(data))
    assert Workbook(data)["Images"].cell("A1").value is None
    assert Workbook(data)["Images"].cell("A2").value is True
    assert Workbook(data)["Calculs"].cell("F1").value == Formula("_xlfn.SEQUENCE(4)", 1)


def test_a_conversation_is_taken_with_those_who_speak_in_it() -> None:
    book = Workbook(made(lambda book: book.add_worksheet("Suivi")))
    donor, _ = detached(torture(), {"Actions": "Suivi"}, book)
    book.graft(donor, ["Suivi"])
    once = Workbook(book.to_bytes())
    assert once["Suivi"].conversations == {
        "B8": [("Zoé Lefèvre", "Est-ce bien l’échéance ?"), ("Zoé Lefèvre", "Oui.")]
    }
    once.graft(torture_of_somebody_else(once), ["Suivi"])
    twice = Workbook(once.to_bytes())
    assert {name for name, _ in twice["Suivi"].conversations["B8"]} == {"Marie"}
    (persons,) = twice.package.related(twice.package.workbook, "person")
    assert len(twice.package.tree(persons)) == 2


def torture_of_somebody_else(book: Workbook) -> bytes:
    donor, _ = detached(torture(), {"Actions": "Suivi"}, book)
    other = ZOE.replace("A1B2", "B2C3").encode()
    donor = replaced(donor, "xl/persons/person.xml", "Zoé Lefèvre".encode(), b"Marie")
    for part in ("xl/persons/person.xml", "xl/threadedComments/threadedComment1.xml"):
        donor = replaced(donor, part, ZOE.encode(), other)
    return donor


def test_a_sheet_of_a_strict_workbook_is_taken_as_any_other() -> None:
    titles = {"Dessins & images": "Images"}
    book = Workbook(made(lambda book: [book.add_worksheet(one) for one in (PLAN, "Images")]))
    donor, _ = detached(torture(strict=True), titles, book)
    book.graft(donor, ["Images"])
    data = book.to_bytes()
    assert not any(b"purl.oclc.org" in one for one in parts(data).values())
    assert complaints(data) == []


def test_the_view_of_a_second_window_is_left() -> None:
    source = giving(lambda _, sheet: sheet.write("A1", 1))
    view = b'<sheetView workbookViewId="1"/></sheetViews>'
    source = replaced(source, "xl/worksheets/sheet2.xml", b"</sheetViews>", view)
    root = Workbook(taken(source)[0])[MINE].root
    assert [one.get("workbookViewId") for one in root.iter(main("sheetView"))] == ["0"]


def test_the_colours_of_a_theme_are_those_of_the_workbook_that_gives() -> None:
    theme, taker = "xl/theme/theme1.xml", receiving()
    book = Workbook(taker)
    source = replaced(giving(lambda *_: None), theme, b"4F81BD", b"ABCDEF")
    take_colours(book, source)
    after = parts(book.to_bytes())
    assert b"ABCDEF" in after[theme]
    assert {name for name, one in parts(taker).items() if after[name] != one} == {theme}
    same = Workbook(taker)
    take_colours(same, giving(lambda *_: None))
    assert same.to_bytes() == taker
