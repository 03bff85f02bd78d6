"""Rows inserted and removed: what stands below and what refers to it follows, the rest stays."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from office import Cells, libreoffice, recalculated, values
from ooxml import torture_parts as texts
from ooxml.rows_book import (
    BOOK,
    BOXES,
    CHART,
    CONTROL,
    DRAWING,
    NOTES,
    OTHER,
    PLAN,
    TABLE,
    Told,
    canonical,
    plan,
)
from ooxml.torture import DRAWINGS, FORM, Parts, torture
from repairs import complaints
from validator import microsoft, objections

from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.names import main
from pst_excel.ooxml.references import address, cell_of
from pst_excel.ooxml.values import Formula
from pst_excel.ooxml.workbook import Workbook

ORIGINAL = plan()
WORKBOOKS = {
    "plan": ORIGINAL,
    "torture": torture(),
    "strict": torture(strict=True),
    "prefixed": torture(prefixed=True),
}


def moved(first: int, count: int, data: bytes = ORIGINAL, title: str = "Plan") -> bytes:
    """Return a workbook with rows inserted before one, or, `count` < 0, removed from it."""
    book = Workbook(data)
    if count > 0:
        book[title].insert_rows(first, count)
    else:
        book[title].remove_rows(first, -count)
    return book.to_bytes()


@cache
def inserted() -> Told:
    return Told(moved(6, 2))


@cache
def removed() -> Told:
    return Told(moved(6, -1))


FOLLOWS: list[tuple[str, str, str, list[str], list[str], list[str]]] = [
    (PLAN, "dimension", "ref", ["A1:O14"], ["A1:O16"], ["A1:O13"]),
    (PLAN, "mergeCell", "ref", ["L5:M6", "L10:M10"], ["L5:M8", "L12:M12"], ["L5:M5", "L9:M9"]),
    (PLAN, "conditionalFormatting", "sqref",
     ["F4:F8", "G4:G8"], ["F4:F10", "G4:G10"], ["F4:F7", "G4:G7"]),
    (PLAN, "formula", "", ["$F4>$F$8"], ["$F4>$F$10"], ["$F4>$F$7"]),
    (PLAN, "cfvo", "val", ["$F$6", "$F$8"], ["$F$8", "$F$10"], ["#REF!", "$F$7"]),
    (PLAN, "dataValidation", "sqref", ["A4:A8", "B6"], ["A4:A10", "B8"], ["A4:A7"]),
    (PLAN, "dataValidations", "count", ["2", "1"], ["2", "1"], ["1", "1"]),
    (PLAN, "sqref", "", ["P6", "P5", "K4:K8"], ["P8", "P5", "K4:K10"], ["P5", "K4:K7"]),
    (PLAN, "hyperlink", "ref", ["O4", "O6", "O8"], ["O4", "O8", "O10"], ["O4", "O7"]),
    (PLAN, "hyperlink", "location", ["Plan!A8"], ["Plan!A10"], ["Plan!A7"]),
    (PLAN, "protectedRange", "sqref", ["F4:F8 F6"], ["F4:F10 F8"], ["F4:F7"]),
    (PLAN, "inputCells", "r", ["F7"], ["F9"], ["F6"]),
    (PLAN, "scenarios", "sqref", ["F8"], ["F10"], ["F7"]),
    (PLAN, "cellWatch", "r", ["F6", "F8"], ["F8", "F10"], ["F7"]),
    (PLAN, "ignoredError", "sqref", ["A4:A8"], ["A4:A10"], ["A4:A7"]),
    (PLAN, "selection", "sqref", ["A6:B7"], ["A8:B9"], ["A6:B6"]),
    (PLAN, "selection", "activeCell", ["A6"], ["A8"], ["A6"]),
    (PLAN, "pane", "topLeftCell", ["A4"], ["A4"], ["A4"]),
    (PLAN, "brk", "id", ["3", "5", "7"], ["3", "7", "9"], ["3", "6"]),
    (PLAN, "rowBreaks", "manualBreakCount", ["3"], ["3"], ["2"]),
    (PLAN, "controlPr", "linkedCell", ["$F$8"], ["$F$10"], ["$F$7"]),
    (CONTROL, "formControlPr", "fmlaRange", ["$N$4:$N$8"], ["$N$4:$N$10"], ["$N$4:$N$7"]),
    (TABLE, "table", "ref", ["A3:C9"], ["A3:C11"], ["A3:C8"]),
    (TABLE, "autoFilter", "ref", ["A3:C8"], ["A3:C10"], ["A3:C7"]),
    (NOTES, "comment", "ref", ["A5", "A6", "A8"], ["A5", "A8", "A10"], ["A5", "A7"]),
    (BOOK, "definedName", "",
     ["'L''été 26'!$A$4:$B$5", "Plan!$N$4:$N$8", "Plan!$F$6", "Plan!$A$1:$C$9", "Plan!$1:$3"],
     ["'L''été 26'!$A$4:$B$5", "Plan!$N$4:$N$10", "Plan!$F$8", "Plan!$A$1:$C$11", "Plan!$1:$3"],
     ["'L''été 26'!$A$4:$B$5", "Plan!$N$4:$N$7", "Plan!#REF!", "Plan!$A$1:$C$8", "Plan!$1:$3"]),
    (CHART, "f", "", ["Plan!$F$3", "Plan!$F$4:$F$8"], ["Plan!$F$3", "Plan!$F$4:$F$10"],
     ["Plan!$F$3", "Plan!$F$4:$F$7"]),
    (DRAWING, "sp", "textlink", ["Plan!$F$8"] * 3, ["Plan!$F$10"] * 3, ["Plan!$F$7"] * 3),
    (OTHER, "f", "", ["SUM(Plan!F4:F8)", "Plan!F8*A1", "Plan!$F$8>A4"],
     ["SUM(Plan!F4:F10)", "Plan!F10*A1", "Plan!$F$10>A4"],
     ["SUM(Plan!F4:F7)", "Plan!F7*A1", "Plan!$F$7>A4"]),
    (OTHER, "formula1", "", ["Plan!$N$4:$N$8"], ["Plan!$N$4:$N$10"], ["Plan!$N$4:$N$7"]),
    (OTHER, "hyperlink", "location", ["Plan!A8"], ["Plan!A10"], ["Plan!A7"]),
]  # fmt: skip


@pytest.mark.parametrize(("part", "tag", "key", "before", "added", "lost"), FOLLOWS)
def test_what_refers_to_the_rows_follows_them(
    part: str, tag: str, key: str, before: list[str], added: list[str], lost: list[str]
) -> None:
    assert Told(ORIGINAL).all(part, tag, key) == before
    assert inserted().all(part, tag, key) == added
    assert removed().all(part, tag, key) == lost


def test_a_link_that_is_removed_takes_its_relation_with_it() -> None:
    four, six = "https://example.org/quatre", "https://example.org/six"
    assert inserted().targets() == [four, six, "Plan!A10"]
    assert removed().targets() == [four, "Plan!A7"]
    assert six.encode() not in removed().contents["xl/worksheets/_rels/sheet1.xml.rels"]


def test_a_drawing_stretches_moves_or_stays_as_its_setting_says() -> None:
    assert Told(ORIGINAL).rows(DRAWING, "twoCellAnchor") == [["4", "6"]] * 3
    assert inserted().rows(DRAWING, "twoCellAnchor") == [["4", "8"], ["4", "6"], ["4", "6"]]
    assert Told(moved(5, 2)).rows(DRAWING, "twoCellAnchor") == [["6", "8"], ["6", "8"], ["4", "6"]]
    assert inserted().rows(PLAN, "anchor") == [["7", "8"]]


def test_the_box_of_a_note_stays_as_far_from_its_cell() -> None:
    def boxes(told: Told) -> list[tuple[int, ...]]:
        content = told.contents[f"xl/drawings/{BOXES}"]
        found = re.findall(rb"Anchor>([^<]*)</x:Anchor>(?:.(?!ClientData))*?Row>(\d+)<", content)
        return [
            (int(row), *(int(anchor.split(b",")[at]) for at in (2, 6))) for anchor, row in found
        ]

    before = boxes(Told(ORIGINAL))
    assert [row for row, *_ in before] == [4, 5, 7]
    assert boxes(inserted()) == [before[0], *(tuple(at + 2 for at in box) for box in before[1:])]
    assert boxes(removed()) == [before[0], tuple(at - 1 for at in before[2])]


def test_a_control_drawn_in_vml_follows_with_the_cells_that_it_names() -> None:
    content = inserted().contents[f"xl/drawings/{BOXES}"]
    assert b"<x:Anchor>16, 1, 7, 1, 17, 1, 8, 1</x:Anchor>" in content
    assert b"$N$4:$N$10</x:FmlaRange><x:FmlaLink>$F$10</x:FmlaLink>" in content


FORMULAS: list[tuple[str, str | None, str | None]] = [
    ("A14", "SUM(F4:F10)", None),
    ("A15", "F8+F9", None),
    ("G4", "F4*$F$10", "F4*$F$10"),
    ("G10", None, "F10*$F$10"),
    ("H5", None, "N(H4)+F5"),
    ("H8", "N(H5)+F8", "N(H5)+F8"),
    ("H9", None, "N(H8)+F9"),
    ("J14", "F4:F8*2", None),
]
"""What cells tell after two rows were inserted before row 6, and how they are then read."""


@pytest.mark.parametrize(("ref", "told", "read"), FORMULAS)
def test_formulas_are_told_in_their_new_place(ref: str, told: str | None, read: str | None) -> None:
    book = Workbook(moved(6, 2))
    found = book["Plan"].cell(ref).value
    assert inserted().formula(PLAN, ref) == told or told is None
    assert isinstance(found, Formula)
    assert found.text == (read or told)


def test_only_the_members_that_read_otherwise_leave_a_shared_formula() -> None:
    cells = inserted().cells(PLAN)
    shared = {
        ref for ref, cell in cells.items() for one in cell.iter(main("f")) if one.get("si") == "1"
    }
    assert shared == {"H4", "H5", "H9", "H10"}


def test_the_first_member_that_stays_tells_a_shared_formula_whose_master_is_removed() -> None:
    told = Told(moved(4, -1))
    cells = told.cells(PLAN)
    assert told.formula(PLAN, "G4") == "F4*$F$7"
    assert cells["G4"].find(main("f")).attrib == {"t": "shared", "si": "0", "ref": "G4:G7"}
    assert not told.formula(PLAN, "G5")


def test_a_rule_whose_first_row_is_removed_is_read_from_the_next() -> None:
    told = Told(moved(4, -1))
    assert told.all(PLAN, "formula") == ["$F4>$F$7"]
    assert told.all(PLAN, "formula1")[0] == "LEN(A4)<80"


def test_merged_cells_of_which_one_is_left_are_merged_no_more() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("Plan").merge_range("A2:A3", "un")
    told = Told(moved(3, -1, buffer.getvalue()))
    assert told.all("xl/worksheets/sheet1.xml", "mergeCells", "count") == []


def test_frozen_rows_grow_with_what_is_inserted_among_them() -> None:
    told = Told(moved(2, 1))
    assert told.all(PLAN, "pane", "ySplit") == ["4"]
    assert told.all(PLAN, "pane", "topLeftCell") == ["A5"]


def test_rows_inserted_take_the_formats_and_height_of_the_one_above() -> None:
    cells = inserted().cells(PLAN)
    assert {ref: cells[ref].get("s") for ref in ("B6", "F7")} == {
        "B6": cells["B5"].get("s"),
        "F7": cells["F5"].get("s"),
    }
    assert [len(cells[ref]) for ref in ("B6", "F7")] == [0, 0]
    heights = {row.get("r"): row.get("ht") for row in inserted().root(PLAN).iter(main("row"))}
    assert [heights[row] for row in "5678"] == ["24.75", "24.75", "24.75", None]


def test_the_first_row_of_a_table_takes_after_the_one_that_was_the_first() -> None:
    cells = Told(moved(4, 1)).cells(PLAN)
    assert cells["B4"].get("s") == cells["B5"].get("s") != cells["B3"].get("s")


def test_rows_before_the_totals_are_rows_of_the_table() -> None:
    told = Told(moved(9, 2))
    assert told.all(TABLE, "table", "ref") == ["A3:C11"]
    assert told.all(TABLE, "autoFilter", "ref") == ["A3:C10"]
    assert told.all(PLAN, "dataValidation", "sqref")[0] == "A4:A10"


@pytest.mark.parametrize("name", WORKBOOKS)
@pytest.mark.parametrize("before", [1, 2, 6, 9, 12, 15, 40])
def test_every_cell_below_has_the_same_value_so_many_rows_lower(name: str, before: int) -> None:
    data = WORKBOOKS[name]
    title = Workbook(data).titles[0]
    made = moved(before, 3, data, title)
    old, new = Workbook(data)[title], Workbook(made)[title]
    for cell in old.cells():
        row = cell.row + 3 * (cell.row >= before)
        there = new.at(row, cell.column)
        found, known = there.value, cell.value
        if isinstance(known, Formula):
            assert isinstance(found, Formula)
            found, known = found.value, known.value
        assert (found, there.style) == (known, cell.style)
    assert complaints(made) == complaints(data)


PLACES = [(name, title, row)
          for name, titles in (("plan", ["Plan", "L'été 26"]), ("torture", Workbook(torture()).titles))
          for title in titles if title in Workbook(WORKBOOKS[name])
          for row in (1, 3, 4, 7, 9, 12, 16, 30)]  # fmt: skip
UNSHARED = ("Plan", "Calculs")
"""Sheets where a shared formula may be told in full afterwards: it says the same otherwise."""


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(PLACES), st.integers(1, 5))
def test_rows_inserted_then_removed_leave_the_workbook_as_it_was(
    place: tuple[str, str, int], count: int
) -> None:
    name, title, row = place
    data = WORKBOOKS[name]
    try:
        made = moved(row, count, data, title)
    except Refused:
        return
    old, new = canonical(data), canonical(moved(row, -count, made, title))
    assert list(old) == list(new)
    part = Workbook(data)[title].part
    if title in UNSHARED:
        _in_full(old, part, data, title)
        _in_full(new, part, moved(row, -count, made, title), title)
    assert [one for one in old if old[one] != new[one]] == []


def _in_full(parts: dict[str, bytes], part: str, data: bytes, title: str) -> None:
    sheet = Workbook(data)[title]
    root = etree.fromstring(parts[part])
    for cell in root.iter(main("c")):
        for formula in cell.iter(main("f")):
            held = sheet.at(*cell_of(cell.get("r", ""))).value
            if formula.get("t") == "shared" and isinstance(held, Formula):
                formula.attrib.clear()
                formula.text = held.text
    parts[part] = etree.tostring(root, method="c14n")


@pytest.mark.parametrize("name", WORKBOOKS)
@pytest.mark.parametrize("row", [2, 6, 9, 20])
def test_rows_inserted_again_give_the_same_bytes_as_once(name: str, row: int) -> None:
    data = WORKBOOKS[name]
    title = Workbook(data).titles[0]
    once = moved(row, 2, data, title)
    again = moved(row, 2, moved(row, -2, once, title), title)
    assert again == once == moved(row, 2, data, title)


def test_rows_that_nothing_needs_leave_the_sheet_as_it_was() -> None:
    sheet = Workbook(ORIGINAL)["Plan"]
    sheet.insert_rows(40, 3)
    sheet.remove_rows(50, 2)
    assert {name for name in sheet.book.package.touched if "calc" not in name} == set()
    assert canonical(sheet.book.to_bytes()) == canonical(ORIGINAL)


REFUSED: list[tuple[str, int, int, str]] = [
    ("Plan", 13, 1, "formule matricielle J12:J14"),
    ("Plan", 13, -1, "formule matricielle J12:J14"),
    ("Plan", 3, -1, "le tableau « tPlan »"),
    ("Plan", 9, -1, "le tableau « tPlan »"),
    ("Plan", 4, -5, "le tableau « tPlan »"),
    ("Plan", 1, -20, "le tableau « tPlan »"),
    ("Plan", 7, -1, "un scénario change F7"),
    ("Plan", 6, 1_048_566, "sortirait de la feuille"),
]


@pytest.mark.parametrize(("title", "first", "count", "why"), REFUSED)
def test_what_would_be_cut_is_refused_and_nothing_is_changed(
    title: str, first: int, count: int, why: str
) -> None:
    book = Workbook(ORIGINAL)
    move = book[title].insert_rows if count > 0 else book[title].remove_rows
    with pytest.raises(Refused, match=re.escape(why)):
        move(first, abs(count))
    assert book.to_bytes() == ORIGINAL


@pytest.mark.parametrize(("first", "count"), [(0, 1), (3, 0), (1_048_576, 2)])
def test_rows_that_no_sheet_has_are_an_error(first: int, count: int) -> None:
    with pytest.raises(ValueError, match="no sheet has"):
        Workbook(ORIGINAL)["Plan"].insert_rows(first, count)


READ, READ_THERE = 'ref="F3:F8" sheet="Plan"', 'ref="A20:B21" sheet="L\'été 26"'


def pivoted(read: str = READ) -> bytes:
    """Return a workbook with a pivot table on D6:E9, below a page field, that reads an area."""
    parts = Parts(ORIGINAL)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.pivot"
    held = f"""<pivotCacheDefinition {texts.NAMES}><cacheSource type="worksheet">\
<worksheetSource {read}/></cacheSource><cacheFields count="0"/>\
</pivotCacheDefinition>"""
    stands = f"""<pivotTableDefinition {texts.NAMES} name="TCD" cacheId="1"><location ref="D6:E9" \
firstHeaderRow="1" firstDataRow="1" firstDataCol="1" rowPageCount="1"/></pivotTableDefinition>"""
    parts.add(BOOK, "pivotCacheDefinition", "xl/pivotCache/pivotCacheDefinition1.xml", held,
              f"{kind}CacheDefinition+xml")  # fmt: skip
    parts.add(OTHER, "pivotTable", "xl/pivotTables/pivotTable1.xml", stands, f"{kind}Table+xml")
    return parts.zipped(strict=False, prefixed=False)


def test_a_pivot_table_follows_and_so_does_what_it_sums_up() -> None:
    told = Told(moved(3, 2, pivoted(), "L'été 26"))
    assert told.all("xl/pivotTables/pivotTable1.xml", "location", "ref") == ["D8:E11"]
    told = Told(moved(5, 1, pivoted()))
    assert told.all("xl/pivotCache/pivotCacheDefinition1.xml", "worksheetSource", "ref") == [
        "F3:F9"
    ]


@pytest.mark.parametrize(("first", "count"), [(7, 1), (6, 1), (5, 1), (9, -1), (1, -9), (4, -1)])
def test_a_pivot_table_is_not_cut(first: int, count: int) -> None:
    with pytest.raises(Refused, match="tableau croisé dynamique occupe D4:E9"):
        moved(first, count, pivoted(), "L'été 26")


def test_what_a_pivot_table_sums_up_is_not_removed_whole() -> None:
    with pytest.raises(Refused, match="tableau croisé dynamique lit A20:B21"):
        moved(20, -2, pivoted(READ_THERE), "L'été 26")


def test_a_conversation_follows_its_cell_and_goes_with_it() -> None:
    threads = "xl/threadedComments/threadedComment1.xml"
    data = torture()
    assert Told(moved(5, 1, data, "Actions")).all(threads, "threadedComment", "ref") == ["B9"] * 2
    told = Told(moved(8, -1, data, "Actions"))
    assert told.all(threads, "threadedComment", "ref") == []
    assert "B8" not in told.all(NOTES, "comment", "ref")


def test_a_check_box_and_a_button_follow() -> None:
    told = Told(moved(2, 3, torture(), "Formulaire"))
    assert told.rows(FORM, "anchor") == [["8", "9"]]
    assert told.all("xl/ctrlProps/ctrlProp1.xml", "formControlPr", "fmlaLink") == ["$D$6"]


def test_charts_of_other_sheets_stand_where_they_stood() -> None:
    data = torture()
    told, before = Told(moved(5, 1, data, "Actions")), Told(data)
    assert told.contents[DRAWINGS] == before.contents[DRAWINGS]
    assert "Actions!$D$4:$D$12" in told.all("xl/charts/chart1.xml", "f")


def lower(cells: Cells, first: int, count: int) -> Cells:
    """Return the cells of Plan from a row on so many rows lower, and the others."""
    found = {}
    for (title, ref), value in cells.items():
        row, column = cell_of(ref)
        found[title, address(row + count * (title == "Plan" and row >= first), column)] = value
    return found


def test_openpyxl_reads_the_values_where_they_are_now() -> None:
    assert values(moved(6, 2)) == lower(values(ORIGINAL), 6, 2)


@libreoffice
def test_libreoffice_calculates_the_same_numbers_after_rows_were_inserted(tmp_path: Path) -> None:
    files = {"before.xlsx": ORIGINAL, "after.xlsx": moved(7, 2)}
    made = recalculated(files, tmp_path, "fr-FR")
    assert values(made["after.xlsx"]) == lower(values(made["before.xlsx"]), 7, 2)


@microsoft
def test_microsoft_s_validator_objects_to_nothing_new(tmp_path: Path) -> None:
    files = {"before": ORIGINAL, "inserted": moved(6, 2), "removed": moved(6, -1)}
    found = objections(files, tmp_path)
    assert set(found["inserted"]) | set(found["removed"]) <= set(found["before"])
