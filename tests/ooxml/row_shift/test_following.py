"""What refers to rows that moved follows them, in every part of the workbook."""

from __future__ import annotations

import io
import re

import pytest
import xlsxwriter
from support.ooxml.moved_rows import ORIGINAL, inserted, moved, removed
from support.ooxml.rows_book import (
    BOOK,
    CHART,
    CONTROL,
    DRAWING,
    NOTE_SHAPES,
    NOTES,
    OTHER,
    PLAN,
    TABLE,
    Told,
)
from support.ooxml.torture import DRAWINGS, FORM, torture

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
        content = told.contents[f"xl/drawings/{NOTE_SHAPES}"]
        found = re.findall(rb"Anchor>([^<]*)</x:Anchor>(?:.(?!ClientData))*?Row>(\d+)<", content)
        return [
            (int(row), *(int(anchor.split(b",")[at]) for at in (2, 6))) for anchor, row in found
        ]

    before = boxes(Told(ORIGINAL))
    assert [row for row, *_ in before] == [4, 5, 7]
    assert boxes(inserted()) == [before[0], *(tuple(at + 2 for at in box) for box in before[1:])]
    assert boxes(removed()) == [before[0], tuple(at - 1 for at in before[2])]


def test_a_control_drawn_in_vml_follows_with_the_cells_that_it_names() -> None:
    content = inserted().contents[f"xl/drawings/{NOTE_SHAPES}"]
    assert b"<x:Anchor>16, 1, 7, 1, 17, 1, 8, 1</x:Anchor>" in content
    assert b"$N$4:$N$10</x:FmlaRange><x:FmlaLink>$F$10</x:FmlaLink>" in content


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
