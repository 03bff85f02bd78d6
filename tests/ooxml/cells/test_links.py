"""Links inside a workbook: put on cells that have none, and taken away again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from support import WRITTEN
from support.repairs import complaints
from support.validator import microsoft, objections

from pst_excel.ooxml.cells import links
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.workbook import Workbook

FILES = sorted(one.name for one in WRITTEN.iterdir() if one.suffix in (".xlsx", ".xlsm"))
TITLE = "L’état d'août"
SHEET = "xl/worksheets/sheet1.xml"


def made(change: Callable[[Any, Any], None]) -> bytes:
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    change(workbook, workbook.add_worksheet("Feuille"))
    workbook.add_worksheet(TITLE)
    workbook.close()
    return buffer.getvalue()


def linked(_: Any, sheet: Any) -> None:
    sheet.write_url("A1", "https://example.org/a?b=c#d", tip="dehors")
    sheet.write_url("A2", "internal:Feuille!C3")
    sheet.write_url("A3", "external:autre.xlsx#'Feuille'!A1")
    sheet.insert_button("F2", {"caption": "Aller"})


PLAIN = made(lambda workbook, sheet: sheet.write("A1", "seul"))
LINKED = made(linked)
LIVED_IN = {"plain": PLAIN, "linked": LINKED}


def canonical(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {one: _canonical(archive.read(one)) for one in archive.namelist() if one[-1] != "/"}


def _canonical(content: bytes) -> bytes:
    try:
        return etree.tostring(etree.fromstring(content), method="c14n2")
    except etree.XMLSyntaxError:
        return content


def first(data: bytes) -> tuple[Workbook, Any]:
    book = Workbook(data)
    return book, book.sheets[0]


def added(data: bytes, *cells: tuple[int, int], tip: str = "voir là") -> bytes:
    book, sheet = first(data)
    for row, column in cells or ((7, 2), (3, 4)):
        links.add(sheet, row, column, TITLE, "B12", tip)
    return book.to_bytes()


def removed(data: bytes) -> bytes:
    book, sheet = first(data)
    links.remove(sheet, TITLE)
    return book.to_bytes()


def found(sheet: Any) -> list[dict[str, str]]:
    return [dict(one.attrib) for one in sheet.root.iter("{*}hyperlink")]


@pytest.mark.parametrize("name", LIVED_IN)
def test_links_added_then_removed_leave_every_part_as_it_was(name: str) -> None:
    data = LIVED_IN[name]
    assert canonical(removed(added(data))) == canonical(data)
    book, sheet = first(data)
    links.add(sheet, 7, 2, TITLE, "B12", "")
    links.remove(sheet, TITLE)
    links.add(sheet, 7, 2, TITLE, "B12", "voir là")
    links.add(sheet, 3, 4, TITLE, "B12", "voir là")
    assert book.to_bytes() == added(data)


@pytest.mark.parametrize("name", FILES)
def test_the_files_of_other_programs_take_links_and_give_them_back(name: str) -> None:
    data = (WRITTEN / name).read_bytes()
    with_links = added(data, (99, 2), (98, 1))
    assert canonical(removed(with_links)) == canonical(data)


@pytest.mark.parametrize("name", LIVED_IN)
def test_nothing_that_excel_would_repair_comes_with_links(name: str) -> None:
    assert set(complaints(added(LIVED_IN[name]))) <= set(complaints(LIVED_IN[name]))


@microsoft
def test_microsoft_accepts_the_links(tmp_path: Path) -> None:
    files = {name: added(data) for name, data in LIVED_IN.items()}
    assert objections(files, tmp_path) == objections(LIVED_IN, tmp_path)


def test_openpyxl_reads_where_a_link_leads() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(added(PLAIN))).active
    assert sheet is not None
    link = sheet["B7"].hyperlink
    assert (link.location, link.tooltip) == ("'L’état d''août'!B12", "voir là")


@pytest.mark.parametrize("cell", [(1, 1), (2, 1), (3, 1)])
def test_a_cell_that_has_a_link_of_somebody_else_is_refused(cell: tuple[int, int]) -> None:
    book, sheet = first(LINKED)
    with pytest.raises(Refused, match=f"A{cell[0]} a déjà un lien"):
        links.add(sheet, *cell, TITLE, "B12", "")
    assert not book.package.changed


def test_a_cell_inside_a_range_that_has_a_link_is_refused() -> None:
    book, sheet = first(PLAIN)
    links.add(sheet, 2, 2, TITLE, "A1", "")
    sheet.root.find("{*}hyperlinks")[0].set("ref", "B2:C4")
    other = Workbook(book.to_bytes()).sheets[0]
    with pytest.raises(Refused, match="C3"):
        links.add(other, 3, 3, TITLE, "A1", "")
    links.add(other, 5, 3, TITLE, "A1", "")
    assert len(found(other)) == 2


def test_a_link_to_the_same_sheet_is_changed_at_its_place() -> None:
    book, sheet = first(added(LINKED))
    links.add(sheet, 7, 2, TITLE.upper(), "C1", "")
    assert found(sheet)[-2:] == [
        {"ref": "B7", "location": "'L’ÉTAT D''AOÛT'!C1"},
        {"ref": "D3", "location": "'L’état d''août'!B12", "tooltip": "voir là"},
    ]
    assert book.package.changed


def test_nothing_changes_where_there_is_nothing_to_do() -> None:
    book, sheet = first(added(LINKED))
    links.add(sheet, 7, 2, TITLE, "B12", "voir là")
    links.remove(sheet, "Personne")
    assert not book.package.changed


@pytest.mark.parametrize(
    ("location", "leads"),
    [("'L’état d''août'!A1", True), ("#'l’état d''août'!A1", True), ("L’état d'août!A1", False),
     ("Nom", False), ("'L’état d''août", False), ("", False), ("'L’état d''août'A1", False)],
)  # fmt: skip
def test_a_link_is_known_by_the_sheet_that_it_leads_to(location: str, leads: bool) -> None:
    _, sheet = first(added(PLAIN, (1, 1)))
    sheet.root.find("{*}hyperlinks")[0].set("location", location)
    links.remove(sheet, TITLE)
    assert len(found(sheet)) == (not leads)


def test_a_plain_title_needs_no_quotes() -> None:
    book, sheet = first(LINKED)
    links.remove(sheet, "feuille")
    assert len(found(sheet)) == 2
    assert book.package.changed


def test_a_link_to_another_file_is_not_one_of_the_workbook() -> None:
    book, sheet = first(LINKED)
    for one in sheet.root.iter("{*}hyperlink"):
        one.set("location", f"'{TITLE.replace(chr(39), chr(39) * 2)}'!A1")
    links.remove(sheet, TITLE)
    assert [one["ref"] for one in found(sheet)] == ["A1", "A3"]
    assert book.package.changed


def test_a_tip_is_cut_where_excel_stops_and_holds_any_character() -> None:
    _, sheet = first(added(PLAIN, (1, 1), tip="\x00" + "é" * 300))
    tip = found(sheet)[0]["tooltip"]
    assert tip == "_x0000_" + "é" * 254


def test_thousands_of_links_are_added_to_what_excel_allows() -> None:
    _, sheet = first(LINKED)
    for row in range(1, 65_528):
        links.add(sheet, row, 3, TITLE, "A1", "")
    with pytest.raises(Refused, match="65530"):
        links.add(sheet, 70_000, 3, TITLE, "A1", "")
    assert len(found(sheet)) == 65_530


@settings(max_examples=60)
@given(
    st.sets(st.tuples(st.integers(4, 12), st.integers(1, 5)), min_size=1),
    st.text(max_size=20) | st.just("😀 <&>\"'\t\n"),
    st.sampled_from(sorted(LIVED_IN)),
)
def test_any_links_added_then_removed_leave_no_trace(
    cells: set[tuple[int, int]], tip: str, name: str
) -> None:
    data = added(LIVED_IN[name], *sorted(cells), tip=tip)
    before = len(found(first(LIVED_IN[name])[1]))
    assert len(found(first(data)[1])) == before + len(cells)
    assert canonical(removed(data)) == canonical(LIVED_IN[name])
