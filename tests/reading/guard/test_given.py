"""calamine finds each part of a package, whatever it is called and wherever it lies."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from support import WRITTEN, read
from support.guarded import cells_read
from support.hostile import book, changed, parts_of, worksheet, zipped
from support.written.repacked import Packing, repacked

from pst_excel.ooxml.package.package import Package
from pst_excel.reading.guard import inspection as guard
from pst_excel.reading.guard.package import SourcePackage
from pst_excel.reading.limits import Limits, limits_of
from pst_excel.text.errors import UnreadableFile

SHEET = worksheet(b'<row r="1"><c r="A1" s="1"><v>1</v></c></row>')
DATES = b'<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def given(parts: dict[str, bytes]) -> dict[str, list[list[Any]]]:
    """Return what calamine reads in the parts of a workbook after the guard."""
    return cells_read(guard.inspect(zipped(parts)).data)


def one_sheet() -> dict[str, bytes]:
    return parts_of(book({"Actions": SHEET})) | {"xl/styles.xml": DATES}


@pytest.mark.parametrize(
    ("target", "part"),
    [
        ("worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("./worksheets/../worksheets/Sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("../feuilles/un.xml", "feuilles/un.xml"),
        ("worksheets\\sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("worksheets/Feuille%201.xml", "xl/worksheets/Feuille 1.xml"),
        ("worksheets/Feuille%201.xml", "xl\\worksheets\\Feuille%201.xml"),
        ("/Actions.xml", "/Actions.xml"),
        ("/Actions.xml", "actions.XML"),
        ("/Actions.xml", "./Actions.xml"),
    ],
)
def test_a_sheet_is_found_wherever_its_relation_leads(target: str, part: str) -> None:
    parts = one_sheet()
    parts[part] = parts.pop("xl/worksheets/sheet1.xml")
    relations = parts[RELATIONS].replace(b"worksheets/sheet1.xml", target.encode())
    assert given(parts | {RELATIONS: relations}) == {"Actions": [[1]]}


def test_a_workbook_is_found_by_its_content_type_or_by_its_name() -> None:
    parts = one_sheet()
    del parts["_rels/.rels"]
    assert given(parts) == {"Actions": [[1.0]]}
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = f'<Types><Override PartName="/livre.xml" ContentType="{kind}"/></Types>'.encode()
    moved = {"livre.xml": parts.pop(BOOK), "_rels/livre.xml.rels": parts.pop(RELATIONS)}
    moved["_rels/livre.xml.rels"] = moved["_rels/livre.xml.rels"].replace(b'"work', b'"xl/work')
    assert given(parts | moved | {"[Content_Types].xml": types}) == {"Actions": [[1.0]]}


@pytest.mark.parametrize("said", ["x:workbookPr date1904='1'", 'workbookPr date1904="true"'])
def test_days_are_counted_from_1904_whatever_the_prefix(said: str) -> None:
    parts = one_sheet()
    types = b'<Types><Override PartName="/xl/styles.xml" ContentType="ms-excel.styles"/></Types>'
    said_book = parts[BOOK].replace(b"<sheets>", f"<{said}/><sheets>".encode())
    read_cells = given(parts | {BOOK: said_book, "[Content_Types].xml": types})
    assert read_cells == {"Actions": [[dt.date(1904, 1, 2)]]}


def test_sheets_of_macros_lost_sheets_and_odd_states_do_not_stop_the_others() -> None:
    parts = parts_of(book({"Actions": SHEET, "Macro1": SHEET, "Perdue": SHEET, "Nulle": SHEET}))
    del parts["xl/worksheets/sheet3.xml"]
    relations = parts[RELATIONS].replace(
        b'officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2',
        b'microsoft/2006/relationships/xlMacrosheet" Target="macrosheets/sheet2',
    )
    parts["xl/macrosheets/sheet2.xml"] = parts.pop("xl/worksheets/sheet2.xml")
    named = parts[BOOK].replace(b'r:id="rId4"', b'state="pale" r:id="rId9"')
    inspected = guard.inspect(zipped(parts | {RELATIONS: relations, BOOK: named}))
    assert [*inspected.names] == ["Actions", "Macro1", "Perdue", "Nulle"]
    assert "xl/worksheets/sheet1.xml" in parts_of(inspected.data)


def test_of_two_workbooks_in_a_package_the_one_it_leads_to_is_read() -> None:
    parts = one_sheet()
    stray = parts_of(book({"Vieux": worksheet(b"")}))
    moved = {"xl/livre.xml": parts[BOOK], "xl/_rels/livre.xml.rels": parts[RELATIONS]}
    led = parts["_rels/.rels"].replace(b"xl/workbook.xml", b"xl/livre.xml")
    assert [*given(parts | moved | {BOOK: stray[BOOK], "_rels/.rels": led})] == ["Actions"]


RENAMED = Packing(
    folder="Classeur", book="livre", sheets="f {}", styles="s", texts="t", absolute=True,
    backslash=True,
)  # fmt: skip


@pytest.mark.parametrize("name", ["exceljs.xlsx", "sheetjs.xlsb", "libreoffice.xlsx"])
def test_the_guard_and_the_patcher_know_the_same_sheets(name: str) -> None:
    data = repacked((WRITTEN / name).read_bytes(), RENAMED)
    package = SourcePackage(data, Limits())
    book = package.main_part()
    assert book is not None
    assert book.startswith("Classeur/livre.")
    first = package.sheets_of(book)[0]
    assert (first.title, (first.part or "").rpartition(".")[0]) == ("Identification", "f 1")
    if name.endswith("x"):
        patched = Package(data)
        assert patched.sheets_of(patched.workbook) == package.sheets_of(book)


def test_when_a_workbook_was_saved_is_read_wherever_it_stands() -> None:
    source = (WRITTEN / "exceljs.xlsx").read_bytes()
    core = parts_of(source)["docProps/core.xml"]
    moved = changed(source, "_rels/.rels", lambda part: part.replace(b"docProps/core", b"p/c"))
    parts = parts_of(moved)
    del parts["docProps/core.xml"]
    assert read(source).saved == read(zipped(parts | {"p/c.xml": core})).saved != ""
    assert read(moved).saved == read(source).saved


def test_no_more_parts_are_told_of_than_a_workbook_may_have() -> None:
    many = b"<R>" + b'<Relationship Id="a"/>' * 60 + b"</R>"
    with pytest.raises(UnreadableFile, match="« parties »"):
        guard.inspect(zipped(one_sheet() | {RELATIONS: many}), limits_of(("parties=5",)))
