"""A cell is set in a workbook: its format stays, the rest of the sheet is what it was."""

from __future__ import annotations

import datetime as dt
import io
import os
import re

import pytest
import xlsxwriter
from support import opened

from pst_excel.ooxml.cells.values import CellError, Formula
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.package.package import Package
from pst_excel.ooxml.workbook import Workbook

SHEET = "xl/worksheets/sheet1.xml"
HEAD = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="B2:C3"/>'
    "<sheetData>"
)


def made(date_1904=False):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "date_1904": date_1904})
    sheet = book.add_worksheet("Actions")
    strong = book.add_format({"bold": True, "bg_color": "#DCE6F1"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "italic": True})
    sheet.write("B2", "Rue de l’Église", strong)
    sheet.write("C2", 12.5)
    sheet.write_datetime("D2", dt.datetime(2026, 3, 1), day)
    sheet.write_formula("E2", "=C2*2", None, 25)
    sheet.merge_range("B5:C6", "Fusion", strong)
    sheet.set_column("H:H", 12, strong)
    sheet.set_row(8, 20, strong)
    sheet.add_table("B12:C14", {"name": "T", "columns": [{"header": "Code"}, {"header": "Titre"}]})
    book.add_worksheet("Vide")
    book.close()
    return file.getvalue()


def saved(book):
    return Workbook(book.to_bytes())


VALUES = [
    "Planter une haie", " espaces ", "deux\nlignes", "=1+1", "_x0041_", "", 0, 12, -0.5, 1e300, True,
    False, dt.date(2026, 11, 25), dt.datetime(2026, 11, 25, 18, 30), dt.time(8, 15),
    dt.timedelta(hours=30, minutes=5), CellError("#N/A"), Formula("SUM(C2:C3)", 12.5),
    Formula('IF(C2>0,"oui","non")', "oui"), Formula("C2>0", True), Formula("1/0", "#DIV/0!"),
    Formula("NOW()"),
]  # fmt: skip


@pytest.mark.parametrize("date_1904", [False, True])
@pytest.mark.parametrize("ref", ["B2", "C2", "D2", "A1", "Z40", "H3", "C9"])
@pytest.mark.parametrize("value", VALUES, ids=str)
def test_what_is_set_is_what_is_read_back(value, ref, date_1904):
    book = Workbook(made(date_1904))
    book["Actions"].cell(ref).value = value
    back = saved(book)["Actions"].cell(ref).value
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time())
    if isinstance(value, int | float) and not isinstance(value, bool) and ref == "D2":
        return  # the format of the cell says that a number there is a date
    assert back == value
    assert type(back) is type(value) or isinstance(back, float)


def test_a_cell_keeps_its_format_and_a_new_one_takes_that_of_its_column_or_row():
    book = Workbook(made())
    sheet = book["Actions"]
    for ref in ("B2", "H30", "A9"):
        sheet.cell(ref).set("x")
    seen = opened(book.to_bytes())["Actions"]
    assert [seen[ref].font.b for ref in ("B2", "H30", "A9", "C30")] == [True, True, True, False]


def test_a_date_takes_a_format_of_dates_only_where_the_cell_shows_none():
    book = Workbook(made())
    sheet = book["Actions"]
    for ref in ("B2", "D2"):
        sheet.cell(ref).set(dt.date(2026, 12, 31))
    seen = opened(book.to_bytes())["Actions"]
    assert (seen["D2"].number_format, seen["D2"].font.i) == ("dd/mm/yyyy", True)
    assert (seen["B2"].is_date, seen["B2"].font.b, seen["B2"].fill.fgColor.rgb) == (
        True,
        True,
        "FFDCE6F1",
    )


def test_a_cell_that_is_emptied_keeps_its_format_and_one_without_goes():
    book = Workbook(made())
    book["Actions"].cell("B2").clear()
    book["Actions"].cell("C2").set(None)
    sheet = saved(book)["Actions"]
    assert (sheet.cell("B2").value, sheet.cell("C2").value) == (None, None)
    assert [cell.ref for cell in sheet.row(2)] == ["B2", "D2", "E2"]


def test_only_the_sheet_changes_and_excel_is_asked_to_calculate_where_there_is_a_formula():
    data = made()
    before = Package(data)
    book = Workbook(data)
    book["Actions"].cell("Z9").set(1)
    after = Package(book.to_bytes())
    changed = {n for n in before.names() if before.content(n) != after.content(n)}
    assert changed == {SHEET}  # xlsxwriter asks for the calculation already
    assert re.search(rb'<calcPr[^>]*fullCalcOnLoad="1"', after.content("xl/workbook.xml"))


def test_the_dimension_grows_to_hold_a_new_cell():
    book = Workbook(made())
    book["Actions"].cell("AB90").set(1)
    assert b'<dimension ref="B2:AB90"' in book.package.content(SHEET)


def test_nothing_asked_is_the_same_file():
    data = made()
    book = Workbook(data)
    assert book["Actions"].cell("B2").value == "Rue de l’Église"
    book["Actions"].unmark()
    assert book.to_bytes() == data


@pytest.mark.parametrize(
    ("ref", "words"),
    [("C6", "fusionnées B5:C6"), ("B6", "fusionnées"), ("C12", "titre du tableau « T »")],
)
def test_what_would_break_the_sheet_is_refused(ref, words):
    book = Workbook(made())
    with pytest.raises(Refused, match=words):
        book["Actions"].cell(ref).set("x")
    assert not book.package.changed


def test_rows_and_cells_without_an_address_are_counted():
    book = Workbook(made())
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row r='4'><c><v>3</v></c><c r='D4'/><c><v>5</v></c></row><row><c><v>6</v></c></row>"
    book.package.add(
        SHEET, (HEAD + rows + "</sheetData></worksheet>").encode(), book.package.content_type(SHEET)
    )
    sheet = Workbook(book.package.to_bytes())["Actions"]
    assert {c.ref: c.value for c in sheet.cells() if c.value} == {
        "A1": 1,
        "B1": 2,
        "A4": 3,
        "E4": 5,
        "A5": 6,
    }
    sheet.cell("B4").set("entre")
    sheet.cell("C2").set("avant")
    again = saved(sheet.book)["Actions"]
    assert {c.ref: c.value for c in again.cells() if c.value} == {
        "A1": 1, "B1": 2, "C2": "avant", "A4": 3, "B4": "entre", "E4": 5, "A5": 6,
    }  # fmt: skip


def test_a_sheet_with_a_prefix_is_changed_in_its_own_words():
    book = Workbook(made())
    content = book.package.content(SHEET)
    prefixed = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", content).replace(b" xmlns=", b" xmlns:x=")
    book.package.add(SHEET, prefixed, book.package.content_type(SHEET))
    again = Workbook(book.package.to_bytes())
    again["Actions"].cell("B3").set("x")
    again["Actions"].cell("B2").mark("FDE2E1")
    written = again.package.content(SHEET)
    assert b'<x:c r="B3"' in written
    assert b"<ns0" not in written
    assert b"<c " not in written
    assert saved(again)["Actions"].cell("B2").value == "Rue de l’Église"


def test_a_fill_leaves_the_rest_of_the_format():
    book = Workbook(made())
    book["Actions"].cell("D2").fill("FDE2E1")
    seen = opened(book.to_bytes())["Actions"]["D2"]
    assert (seen.fill.fgColor.rgb, seen.number_format, seen.font.i) == (
        "FFFDE2E1",
        "dd/mm/yyyy",
        True,
    )


def test_with_saves_when_nothing_was_raised(tmp_path):
    path = tmp_path / "été.xlsx"
    path.write_bytes(made())
    with Workbook.open(path) as book:
        book["Actions"].cell("C2").set(13)
    with pytest.raises(ZeroDivisionError), Workbook.open(path) as book:
        book["Actions"].cell("C2").set(14 / 0)
    with Workbook.open(path, into=tmp_path / "copie.xlsx") as book:
        book["Actions"].cell("C2").set(15)
    held = {
        p.name: Workbook(p.read_bytes())["Actions"].cell("C2").value for p in tmp_path.iterdir()
    }
    assert held == {"été.xlsx": 13, "copie.xlsx": 15}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_file_that_is_saved_is_no_more_open_than_what_was_opened(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(made())
    path.chmod(0o600)
    for into in ("a.xlsx", "b.xlsx"):
        with Workbook.open(path, into=tmp_path / into) as book:
            book["Actions"].cell("C2").set(13)
    Workbook(made()).save(tmp_path / "c.xlsx")
    umask = os.umask(0o077)
    Workbook(made()).save(tmp_path / "d.xlsx")
    os.umask(umask)
    modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    assert modes == {"a.xlsx": 0o600, "b.xlsx": 0o600, "c.xlsx": 0o666 & ~umask, "d.xlsx": 0o600}


def test_a_save_that_is_interrupted_leaves_nothing(tmp_path, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        Workbook(made()).save(tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_that_is_not_there_is_a_key_error():
    with pytest.raises(KeyError, match="Budget"):
        _ = Workbook(made())["Budget"]
    assert "actions" in Workbook(made())
