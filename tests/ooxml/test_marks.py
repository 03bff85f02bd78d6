"""Marks: cells coloured over their own format, which is there again when they go."""

from __future__ import annotations

import io
import re
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
from office import libreoffice, recalculated
from repairs import complaints
from validator import microsoft, objections

from pst_excel.ooxml import marks
from pst_excel.ooxml.errors import NotAWorkbook
from pst_excel.ooxml.references import Area, areas_of
from pst_excel.ooxml.workbook import Workbook

WRITTEN = Path(__file__).resolve().parents[1] / "written" / "files"
ILL_FORMED = "pyexcelerate.xlsx"  # its styles are no XML
FILES = sorted(
    one.name
    for one in WRITTEN.iterdir()
    if one.suffix in (".xlsx", ".xlsm") and one.name != ILL_FORMED
)
TAG, RED, DARK = "programme", "FDE2E1", "9C0006"
SHEET = "xl/worksheets/sheet1.xml"


def made(change: Callable[[Any, Any], None]) -> bytes:
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    change(workbook, workbook.add_worksheet("Feuille"))
    workbook.close()
    return buffer.getvalue()


def ruled(workbook: Any, sheet: Any) -> None:
    bold = workbook.add_format({"bold": True, "bg_color": "#C6EFCE"})
    sheet.write_row("A1", [1, 2, 3, 4], bold)
    sheet.conditional_format("A1:D9", {"type": "cell", "criteria": ">", "value": 2, "format": bold})
    bar = {"type": "data_bar", "data_bar_2010": True, "bar_negative_color_same": True}
    sheet.conditional_format("B2:B9", bar)
    sheet.conditional_format("A1:D9", {"type": "3_color_scale"})
    sheet.data_validation("C3", {"validate": "list", "source": ["a", "b"]})
    sheet.insert_button("F2", {"caption": "Aller"})
    sheet.protect()


def openpyxl_made() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"] = 1
    rule = openpyxl.formatting.rule.CellIsRule(operator="equal", formula=["1"], stopIfTrue=True)
    sheet.conditional_formatting.add("A1:A9", rule)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


PLAIN = made(lambda workbook, sheet: sheet.write("A1", "seul"))
RULED = made(ruled)
LIVED_IN = {"plain": PLAIN, "ruled": RULED, "openpyxl": openpyxl_made()}


def raw(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def canonical(data: bytes) -> dict[str, bytes]:
    """The parts but that of styles, where the look of the marks may stay unused."""
    return {
        name: _canonical(content)
        for name, content in raw(data).items()
        if not name.endswith("styles.xml")
    }


def _canonical(content: bytes) -> bytes:
    try:
        return etree.tostring(etree.fromstring(content), method="c14n2")
    except etree.XMLSyntaxError:
        return content


def changed(data: bytes, change: Callable[[str], str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in raw(data).items():
            archive.writestr(name, change(content.decode()) if name == SHEET else content)
    return buffer.getvalue()


def first(data: bytes) -> tuple[Workbook, Any]:
    book = Workbook(data)
    return book, book.sheets[0]


def marked(data: bytes, refs: str = "A1 A2 C3", text: str = DARK) -> bytes:
    book, sheet = first(data)
    marks.add(sheet, areas_of(refs), RED, text, TAG)
    return book.to_bytes()


def unmarked(data: bytes) -> bytes:
    book, sheet = first(data)
    marks.remove(sheet, TAG)
    return book.to_bytes()


def priorities(data: bytes) -> list[tuple[int, str]]:
    """Every rule of the first sheet, by its priority: those of the extension of 2010 too."""
    found = re.findall(r"<(?:\w+:)?cfRule[^>]*>", raw(data)[SHEET].decode())
    kinds = [
        (re.search(r'priority="(\d+)"', one), re.search(r'type="(\w+)"', one)) for one in found
    ]
    return sorted((int(one[1]), kind[1]) for one, kind in kinds if one and kind)


@pytest.mark.parametrize("name", LIVED_IN)
def test_marks_added_then_removed_leave_every_part_as_it_was(name: str) -> None:
    data = LIVED_IN[name]
    assert canonical(unmarked(marked(data))) == canonical(data)


@pytest.mark.parametrize("name", FILES)
def test_the_files_of_other_programs_take_marks_and_give_them_back(name: str) -> None:
    data = (WRITTEN / name).read_bytes()
    with_marks = marked(data)
    assert set(complaints(with_marks)) <= set(complaints(data))
    assert list(map(str, marks.marked(first(with_marks)[1], TAG))) == ["A1:A2", "C3"]
    assert canonical(unmarked(with_marks)) == canonical(data)


def test_a_file_whose_styles_are_ill_formed_is_refused_before_anything_changes() -> None:
    book, sheet = first((WRITTEN / ILL_FORMED).read_bytes())
    with pytest.raises(NotAWorkbook):
        marks.add(sheet, areas_of("A1"), RED, "", TAG)
    assert not book.package.changed


def test_marks_taken_away_and_put_again_are_the_same_bytes() -> None:
    book, sheet = first(RULED)
    for _ in range(2):
        marks.add(sheet, areas_of("A1 B2:C4"), RED, DARK, TAG)
        with_marks = book.to_bytes()
        marks.remove(sheet, TAG)
    assert with_marks == marked(RULED, "A1 B2:C4")
    assert marked(unmarked(with_marks), "A1 B2:C4") == with_marks


def test_a_mark_comes_before_every_other_rule_and_they_keep_their_order() -> None:
    before, after = priorities(RULED), priorities(marked(RULED))
    assert after == [(1, "expression"), *((number + 1, kind) for number, kind in before)]
    assert priorities(unmarked(marked(RULED))) == before


def test_the_rules_of_the_extension_of_2010_give_way_too() -> None:
    rule = '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule type="expression" priority="1" id="{1}"><xm:f>Feuille!A1</xm:f></x14:cfRule><xm:sqref>A1</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>'
    data = changed(PLAIN, lambda sheet: sheet.replace("</worksheet>", rule))
    assert priorities(marked(data)) == [(1, "expression"), (2, "expression")]
    assert canonical(unmarked(marked(data))) == canonical(data)


def test_the_rules_of_a_pivot_table_are_known_by_their_priority_in_it_too() -> None:
    data = changed(RULED, lambda sheet: sheet)
    pivot, rels = "xl/pivotTables/pivotTable1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = raw(data)
    parts[rels] = parts[rels].replace(
        b"</Relationships>",
        f'<Relationship Id="rId9" Type="{office}/pivotTable" Target="/{pivot}"/></Relationships>'.encode(),
    )
    parts[pivot] = (
        b'<pivotTableDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><conditionalFormats count="1"><conditionalFormat priority="2"/></conditionalFormats></pivotTableDefinition>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    book, sheet = first(buffer.getvalue())
    marks.add(sheet, areas_of("A1"), RED, "", TAG)
    assert b'priority="3"' in book.package.content(pivot)
    marks.remove(sheet, TAG)
    assert book.package.content(pivot) == parts[pivot]


def test_the_formats_of_the_cells_are_not_touched() -> None:
    before, after = (first(data)[1].root for data in (RULED, marked(RULED)))
    cells = "{*}sheetData"
    assert etree.tostring(before.find(cells)) == etree.tostring(after.find(cells))
    entries = [raw(data)["xl/styles.xml"] for data in (RULED, marked(RULED))]
    assert len({re.search(rb"<cellXfs.*</cellXfs>", one, re.DOTALL)[0] for one in entries}) == 1  # type: ignore[index]


@pytest.mark.parametrize("text", ["", DARK])
def test_openpyxl_reads_the_colours_of_a_mark(text: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(marked(PLAIN, "B2:B9", text))).active
    assert sheet is not None
    (rule,) = sheet.conditional_formatting["B2:B9"]
    assert rule.dxf.fill.bgColor.rgb == rule.dxf.fill.fgColor.rgb == "FF" + RED
    assert rule.dxf.font is None if not text else rule.dxf.font.color.rgb == "FF" + DARK
    assert (rule.formula, rule.priority) == (['LEN("programme")>0'], 1)


def test_marks_of_one_tag_leave_those_of_another() -> None:
    book, sheet = first(RULED)
    marks.add(sheet, areas_of("A1"), RED, "", TAG)
    marks.add(sheet, areas_of("A1:B2"), "FFF2CC", "", 'l’"autre"')
    marks.remove(sheet, TAG)
    assert marks.marked(sheet, TAG) == []
    assert marks.marked(sheet, 'l’"autre"') == [Area(1, 1, 2, 2)]
    marks.remove(sheet, 'l’"autre"')
    assert canonical(book.to_bytes()) == canonical(RULED)


def test_a_mark_of_the_same_tag_comes_after_those_that_are_there() -> None:
    book, sheet = first(RULED)
    marks.add(sheet, areas_of("A1"), RED, "", TAG)
    marks.add(sheet, areas_of("A1:B2"), "FFF2CC", "", TAG)
    found = re.findall(rb'priority="(\d)"><formula>LEN', book.package.content(SHEET))
    assert found == [b"1", b"2"]


def test_many_areas_are_shared_between_rules_of_four_hundred() -> None:
    book, sheet = first(PLAIN)
    for row in range(1, 2001, 2):
        sheet.cell(f"B{row}").mark(RED, tag=TAG)
    data = book.to_bytes()
    assert priorities(data) == [(1, "expression"), (2, "expression"), (3, "expression")]
    assert [area.top for area in marks.marked(sheet, TAG)] == list(range(1, 2001, 2))
    assert complaints(data) == complaints(PLAIN)
    assert canonical(unmarked(data)) == canonical(PLAIN)


def test_nothing_changes_where_there_is_nothing_to_do() -> None:
    book, sheet = first(RULED)
    marks.remove(sheet, TAG)
    marks.add(sheet, [], RED, "", TAG)
    assert not book.package.changed
    with pytest.raises(ValueError, match="tag"):
        marks.add(sheet, areas_of("A1"), RED, "", "")
    book, sheet = first(marked(RULED))
    marks.add(sheet, areas_of("A1:A2"), RED, DARK, TAG)
    assert not book.package.changed


def test_whole_columns_and_rows_are_written_with_their_ends() -> None:
    sheet = first(marked(PLAIN, "B:C 4:5"))[1]
    assert 'sqref="B1:C1048576 A4:XFD5"' in raw(marked(PLAIN, "B:C 4:5"))[SHEET].decode()
    assert list(map(str, marks.marked(sheet, TAG))) == ["B:C", "4:5"]


@pytest.mark.parametrize("formula", ['=LEN( "programme" ) > 0', ' len("programme")&gt;0 '])
def test_a_mark_is_known_when_its_formula_was_written_again(formula: str) -> None:
    data = changed(
        marked(RULED),
        lambda sheet: re.sub(r"<formula>LEN.*?</formula>", f"<formula>{formula}</formula>", sheet),
    )
    assert len(marks.marked(first(data)[1], TAG)) == 2
    assert canonical(unmarked(data)) == canonical(RULED)


@pytest.mark.parametrize("attribute", ['priority="x"', ""])
def test_a_rule_without_a_priority_is_left(attribute: str) -> None:
    data = changed(RULED, lambda sheet: re.sub(r'priority="2"', attribute, sheet))
    assert canonical(unmarked(marked(data))) == canonical(data)


@pytest.mark.parametrize("name", LIVED_IN)
def test_nothing_that_excel_would_repair_comes_with_marks(name: str) -> None:
    assert set(complaints(marked(LIVED_IN[name]))) <= set(complaints(LIVED_IN[name]))


@microsoft
def test_microsoft_accepts_the_marks(tmp_path: Path) -> None:
    files = {name: marked(data) for name, data in LIVED_IN.items()}
    assert objections(files, tmp_path) == objections(LIVED_IN, tmp_path)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 5)), min_size=1, max_size=20),
    st.sampled_from(["a", 'x"y', "_x0041_", "é\n"]),
    st.sampled_from(sorted(LIVED_IN)),
)
def test_any_cells_marked_are_those_told_and_leave_no_trace(
    cells: list[tuple[int, int]], tag: str, name: str
) -> None:
    book, sheet = first(LIVED_IN[name])
    for row, column in cells:
        marks.add(sheet, [Area(row, column, row, column)], RED, DARK, tag)
    data = book.to_bytes()
    book, sheet = first(data)
    found = marks.marked(sheet, tag)
    assert {(r, c) for a in found for r in range(a.top, a.bottom + 1) for c in range(a.left, a.right + 1)} == set(cells)  # fmt: skip
    marks.remove(sheet, tag)
    assert canonical(book.to_bytes()) == canonical(LIVED_IN[name])


@libreoffice
def test_marks_are_known_again_after_libreoffice_saved_the_file(tmp_path: Path) -> None:
    files = {f"{name}.xlsx": marked(data) for name, data in LIVED_IN.items()}
    for after in recalculated(files, tmp_path, "fr").values():
        sheet = first(after)[1]
        assert {str(area) for area in marks.marked(sheet, TAG)} == {"A1:A2", "C3"}
        assert marks.marked(first(unmarked(after))[1], TAG) == []
