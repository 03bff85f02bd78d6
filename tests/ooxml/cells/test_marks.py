"""Marks: cells coloured over their own format, which is there again when they go."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from support import WRITTEN
from support.office import libreoffice, recalculated
from support.ooxml.marked import (
    DARK,
    LIVED_IN,
    PLAIN,
    RED,
    RULED,
    SHEET,
    TAG,
    canonical,
    changed,
    first,
    marked,
    raw,
    unmarked,
)
from support.repairs import complaints
from support.validator import microsoft, objections

from pst_excel.ooxml.cells import marks
from pst_excel.ooxml.errors import Malformed
from pst_excel.ooxml.references.addresses import Area, areas_of

ILL_FORMED = "pyexcelerate.xlsx"  # its styles are no XML
FILES = sorted(
    one.name
    for one in WRITTEN.iterdir()
    if one.suffix in (".xlsx", ".xlsm") and one.name != ILL_FORMED
)


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
    with pytest.raises(Malformed):
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
