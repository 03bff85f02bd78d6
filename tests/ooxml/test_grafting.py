"""Sheets taken from another workbook: whole, and the rest of the workbook as it was."""

from __future__ import annotations

import datetime as dt
import io
import re
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree
from office import libreoffice, opened, recalculated, values
from ooxml.grafts import (
    FIGURES,
    REPORT,
    made,
    other_writers,
    parts,
    plain,
    plan,
    replaced,
    report,
    zipped,
)  # fmt: skip
from ooxml.torture_base import picture
from repairs import complaints
from validator import microsoft, objections

from pst_excel.ooxml.errors import NotAWorkbook, PatchError, Refused
from pst_excel.ooxml.names import main
from pst_excel.ooxml.workbook import Workbook

FILES = other_writers()
each_file = pytest.mark.parametrize("name", FILES)
BOOK, TYPES, RELS = "xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"


def grafted(
    data: bytes, source: bytes, titles: list[str] | None = None, before: str | None = None
) -> bytes:
    book = Workbook(data)
    book.graft(source, titles, before)
    return book.to_bytes()


@cache
def with_report(name: str) -> bytes:
    return grafted(FILES[name], report())


def readable(name: str, data: bytes) -> bytes:
    return plain(data) if "strict" in name else data


def shown(data: bytes) -> dict[tuple[str, str], list[str]]:
    """Return what the cells of the report hold and how they look, as openpyxl reads them."""
    with opened(data, rich_text=True) as book:
        return {
            (title, cell.coordinate): [
                repr(getattr(cell.value, "text", cell.value)), cell.number_format, *map(repr, (
                    cell.font, cell.fill, cell.border, cell.alignment, cell.protection,
                    cell.hyperlink and (cell.hyperlink.target, cell.hyperlink.location),
                    cell.comment and cell.comment.text,
                )),
            ]
            for title in (REPORT, FIGURES)
            for row in book[title].iter_rows()
            for cell in row
            if cell.has_style or cell.value is not None
        }  # fmt: skip


def named(told: Any) -> Any:
    """Return what is told of a report whose table took another name, with its own name."""
    if isinstance(told, str):
        return told.replace("tAppui_2", "tAppui")
    return {key: [*map(named, one)] for key, one in told.items()}


def shape(data: bytes, title: str) -> list[str]:
    """Return all that a sheet is made of but its cells, the numbers of its formats apart."""
    root = etree.fromstring(etree.tostring(Workbook(data)[title].root))
    for one in root.iter():
        for key in ("dxfId", "style", "tabSelected"):
            one.attrib.pop(key, None)
    return [
        etree.tostring(one, method="c14n", exclusive=True).decode()
        for one in root
        if one.tag not in (main("sheetData"), main("dimension"))
    ]


@each_file
def test_the_cells_taken_hold_the_same_and_look_the_same(name: str) -> None:
    expected, found = shown(report()), named(shown(readable(name, with_report(name))))
    for place, one in expected.items():
        assert found[place] == one, place
    assert all(one[0] == "None" for place, one in found.items() if place not in expected)


@each_file
def test_what_is_around_the_cells_is_taken_as_it_was(name: str) -> None:
    for title in (REPORT, FIGURES):
        found = shape(readable(name, with_report(name)), title)
        assert found == shape(report(), title)


@each_file
def test_the_other_parts_are_the_same_bytes(name: str) -> None:
    before, after = parts(FILES[name]), parts(with_report(name))
    package = Workbook(FILES[name]).package
    free = {package.workbook, TYPES, Workbook(FILES[name]).styles.part, "xl/calcChain.xml",
            package.name("xl/_rels/workbook.xml.rels")}  # fmt: skip
    assert {one for one in before if after.get(one) != before[one]} <= free


@each_file
def test_taken_twice_is_the_same_bytes(name: str) -> None:
    assert grafted(with_report(name), report()) == with_report(name)


@each_file
def test_taken_after_another_version_is_as_if_it_had_not_been(name: str) -> None:
    longer = grafted(with_report(name), report(width=9))
    assert longer != with_report(name)
    assert grafted(longer, report()) == with_report(name)


@each_file
def test_removed_and_taken_again_is_the_same_bytes(name: str) -> None:
    alone = made(lambda b: b.add_worksheet("Seule").write("A1", "é", b.add_format({"bold": True})))
    once = grafted(FILES[name], alone, before=Workbook(FILES[name]).titles[0])
    book = Workbook(once)
    book.remove_sheet("Seule")
    assert grafted(book.to_bytes(), alone, before=Workbook(FILES[name]).titles[0]) == once


def test_nothing_that_excel_repairs_is_made() -> None:
    for name, data in FILES.items():
        had, has = complaints(readable(name, data)), complaints(readable(name, with_report(name)))
        assert set(has) <= set(had), name


@microsoft
def test_microsofts_validator_objects_to_nothing_new(tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    (tmp_path / "after").mkdir()
    before = objections(FILES, tmp_path / "before")
    after = objections({name: with_report(name) for name in FILES}, tmp_path / "after")
    for name in FILES:
        assert len(after[name]) <= len(before[name]), (name, after[name])


@libreoffice
@pytest.mark.libreoffice
def test_libreoffice_calculates_the_sheets_taken_and_what_refers_to_them(tmp_path: Path) -> None:
    def write(book: Any) -> None:
        mine, theirs = book.add_worksheet("Mienne"), book.add_worksheet(FIGURES)
        mine.write_formula("A1", "='L''appui'!B2+1", None, 0)
        mine.write_formula("A2", "='L''appui'!C9", None, 0)
        theirs.write("B2", 1)

    files = {
        "new.xlsx": with_report("plan.xlsx"),
        "in_place.xlsx": grafted(made(write), report()),
    }
    found = recalculated(files, tmp_path, "fr-FR")
    new, in_place = values(found["new.xlsx"]), values(found["in_place.xlsx"])
    for one in (new, in_place):
        assert one[REPORT, "C1"] == 60 + 60 + 10
        assert [one[FIGURES, f"C{row}"] for row in (2, 3, 4)] == [20, 40, 60]
    assert (in_place["Mienne", "A1"], in_place["Mienne", "A2"]) == (11, 2)


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


def test_a_table_takes_a_free_name_in_all_the_sheets_whatever_their_order() -> None:
    for titles in ([REPORT, FIGURES], [FIGURES, REPORT]):
        after = Workbook(grafted(plan(), report(), titles))
        (table,) = after[FIGURES].tables
        assert (table.name, table.display_name) == ("tAppui_2", "tAppui_2")
        assert "SUM(tAppui_2[Montant])" in str(after[REPORT].cell("C1").value)
        texts = "".join(table.root.itertext())
        assert "tAppui_2[[#This Row]," in texts
        assert after["Actions"].tables[0].name == "tAppui"


def test_the_table_of_a_replaced_sheet_leaves_its_name_and_its_number() -> None:
    once = grafted(made(lambda book: book.add_worksheet("Mienne")), report())
    assert b'id="1" name="tAppui"' in parts(grafted(once, report(width=5)))["xl/tables/table1.xml"]


def test_a_new_sheet_beside_a_replaced_one_gives_the_same_bytes_twice() -> None:
    for old in (REPORT, FIGURES):
        target = made(
            lambda book, old=old: (book.add_worksheet("Mienne"), book.add_worksheet(old))  # type: ignore[misc]
        )
        once = grafted(target, report())
        assert grafted(once, report()) == once


def test_two_reports_taken_in_turn_give_the_same_bytes_twice() -> None:
    other = made(lambda book: book.add_worksheet("Autre").autofilter("A1:B2"))
    once = grafted(grafted(plan(), report()), other)
    assert grafted(grafted(once, report()), other) == once


def test_a_picture_that_the_workbook_has_is_shared_and_is_not_removed_with_a_sheet() -> None:
    def pictures(data: bytes) -> list[str]:
        return [name for name in parts(data) if "/media/" in name]

    after = grafted(plan(), report())
    assert len(pictures(plan())) == 1
    assert len(pictures(after)) == 3  # the background and the header are ours
    blank = made(lambda book: [book.add_worksheet(REPORT), book.add_worksheet(FIGURES)])
    assert pictures(grafted(after, blank)) == pictures(plan())


def test_a_picture_may_lead_to_a_sheet() -> None:
    def write(book: Any) -> None:
        options = {"image_data": io.BytesIO(picture()), "url": "internal:Actions!A1"}
        book.add_worksheet("Image").insert_image("A1", "a.png", options)

    after = grafted(plan(), made(write))
    (rels,) = (one for name, one in parts(after).items() if name.endswith("drawing2.xml.rels"))
    assert b'Target="#Actions!A1"' in rels
    assert grafted(after, made(write)) == after


def test_dates_follow_the_calendar_of_the_workbook() -> None:
    day = dt.datetime(2026, 3, 1, 12)

    def write(book: Any) -> None:
        sheet = book.add_worksheet("Jours")
        for row, (value, code) in enumerate(
            [(day, "dd/mm/yyyy"), (0.25, "hh:mm"), (30.5, "[h]:mm"), (45000, "0.0")]
        ):
            sheet.write(row, 0, value, book.add_format({"num_format": code}))

    for ours in (True, False):
        for theirs in (True, False):
            source = made(write, date_1904=theirs)
            sheet = Workbook(grafted(plan(date_1904=ours), source))["Jours"]
            found = [sheet.cell(f"A{row}").value for row in range(1, 5)]
            assert found == [day, dt.time(6), dt.timedelta(30.5), 45000], (ours, theirs)


def test_a_sheet_without_formulas_leaves_the_calculation_as_it_was() -> None:
    def write(book: Any) -> None:
        book.add_worksheet("Texte").write("A1", "é")

    before = FILES["torture.xlsx"]
    after = grafted(replaced(before, BOOK, b' fullCalcOnLoad="1"', b""), made(write))
    assert b"fullCalcOnLoad" not in parts(after)[BOOK]
    again = grafted(after, made(lambda book: book.add_worksheet("Texte").write("A1", 1)))
    assert b'fullCalcOnLoad="1"' in parts(again)[BOOK]  # its values may be used


def test_a_sheet_with_formulas_asks_for_a_calculation() -> None:
    data = replaced(plan(), BOOK, b' fullCalcOnLoad="1"', b"")
    after = grafted(data, made(lambda book: book.add_worksheet("F").write("A1", "=1+1")))
    assert b'fullCalcOnLoad="1"' in parts(after)[BOOK]


def test_a_workbook_without_styles_is_given_them() -> None:
    contents = parts(made(lambda book: book.add_worksheet("Mienne").write("A1", 1)))
    del contents["xl/styles.xml"]
    contents[TYPES] = re.sub(rb'<Override PartName="/xl/styles.xml"[^>]*>', b"", contents[TYPES])
    contents[RELS] = re.sub(
        rb'<Relationship Id="\w+" Type="[^"]*/styles"[^>]*>', b"", contents[RELS]
    )
    after = grafted(zipped(contents), report())
    assert shown(after) == shown(report())
    assert complaints(after) == []
    assert grafted(after, report()) == after


def test_styles_of_which_nothing_but_fonts_is_told_are_completed() -> None:
    contents = parts(made(lambda book: book.add_worksheet("Mienne").write("A1", 1)))
    root = etree.fromstring(contents["xl/styles.xml"])
    for one in list(root)[1:]:
        root.remove(one)
    contents["xl/styles.xml"] = etree.tostring(root)
    after = grafted(zipped(contents), report())
    had, has = shown(report()), shown(after)
    assert has == had
    styles = Workbook(after).styles
    assert [one[0].get("patternType") for one in styles.entries("fills")][:2] == ["none", "gray125"]
    assert {one.get("xfId") for one in styles.entries("cellXfs")} == {None}


def test_a_style_is_of_the_normal_kind_of_the_workbook() -> None:
    styles = parts(plan())["xl/styles.xml"]
    contents = parts(plan())
    contents["xl/styles.xml"] = re.sub(
        rb'<cellStyleXfs count="1">(<xf[^>]*/>)</cellStyleXfs>',
        rb'<cellStyleXfs count="2">\1\1</cellStyleXfs>', styles,
    ).replace(b'name="Normal" xfId="0"', b'name="Normal" xfId="1"')  # fmt: skip
    book = Workbook(grafted(zipped(contents), report()))
    had = len(Workbook(plan()).styles.entries("cellXfs"))
    assert {one.get("xfId") for one in book.styles.entries("cellXfs")[had:]} == {"1"}


def test_unstyled_cells_keep_their_letters_where_the_workbook_has_others() -> None:
    book = openpyxl.Workbook()
    book.loaded_theme = None
    font = openpyxl.styles.Font(name="Courier New", size=8)
    book._fonts[0] = font
    buffer = io.BytesIO()
    book.save(buffer)
    source = made(lambda b: b.add_worksheet("Texte").write("A1", "é"))
    with opened(grafted(buffer.getvalue(), source)) as found:
        assert (found["Texte"]["A1"].font.name, found["Sheet"]["A1"].font.name) == (
            "Calibri", "Courier New",
        )  # fmt: skip


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


def test_a_sheet_looked_at_before_is_looked_at_anew() -> None:
    book = Workbook(plan())
    assert book["ACTIONS"].cell("A1").value == "Plan"
    book.graft(made(lambda b: b.add_worksheet("Actions").write("A1", "neuf")))
    assert book["ACTIONS"].cell("A1").value == "neuf"
    book["Actions"].cell("A2").value = "ajouté"
    again = Workbook(book.to_bytes())
    assert [again["Actions"].cell(ref).value for ref in ("A1", "A2")] == ["neuf", "ajouté"]
