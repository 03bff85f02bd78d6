"""A value far beyond the table is refused however and wherever it is written."""

from __future__ import annotations

import pytest
from support.guarded import AWAY, refusal
from support.hostile import book, text_cell, worksheet, zipped

from pst_excel.model.words.wording import NBSP, THIN
from pst_excel.reading.guard import inspection as guard
from pst_excel.reading.limits import Limits

LAST_ROW, LAST_COLUMN = Limits().rows, "ZZ"


def one_cell(cell: bytes) -> bytes:
    return book({"Actions": b"<row>" + cell + b"</row>"})


def at(reference: str, start: str = '<c r="{}">') -> bytes:
    return one_cell((start.format(reference) + "<v>1</v></c>").encode())


@pytest.mark.parametrize(
    "reference",
    ["XFD1048576", "A1048576", "XFD1", "AAA5", "ZZ300000", f"B{LAST_ROW + 1}", "xfd1", "ZZZZZZZ1",
     "A99999999999", "A0000100001"],
)  # fmt: skip
def test_a_value_far_beyond_the_table_is_refused(reference: str) -> None:
    assert AWAY in refusal(at(reference))


@pytest.mark.parametrize("reference", ["A1", f"{LAST_COLUMN}5", f"B{LAST_ROW}", "AX99999"])
def test_a_value_within_the_limits_passes(reference: str) -> None:
    assert guard.inspect(at(reference)).kind == "xlsx"


def test_cells_are_counted_with_the_blanks_before_them() -> None:
    assert f"5{NBSP}Mo" not in refusal(at("AZ100000"))
    assert f"(5{THIN}000{THIN}000) : 5{THIN}200{THIN}000" in refusal(at("AZ100000"))


@pytest.mark.parametrize(
    "cell", [b'<c r="XFD1048576" s="3"/>', b'<c r="XFD1048576" s="3"></c>', b'<x:c r="XFD9"/>']
)
def test_a_style_far_beyond_the_table_passes(cell: bytes) -> None:
    assert guard.inspect(one_cell(b'<c r="A1"><v>1</v></c>' + cell)).kind == "xlsx"


@pytest.mark.parametrize(
    "start", ['<c s="1" r="{}">', "<c r='{}'>", '<x:c r="{}">', '<c  r="{}">', '<c\nr="{}">',
              '<é:c r="{}">', '<c r = "{}" >']
)  # fmt: skip
def test_a_far_value_is_seen_however_its_cell_is_spelt(start: str) -> None:
    cell = start.format("XFD1048576") + "<v>1</v>" + start.split()[0].replace("<", "</") + ">"
    assert AWAY in refusal(one_cell(cell.encode()))


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="1048576"><c><v>1</v></c></row>',
        b'<row r="1048576"><c r="A1048576"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>',
        b'<row r="100000"/><row><c><v>1</v></c></row>',
        b"<row/>" * 100_000 + b"<row><c><v>1</v></c></row>",
        b"<row>" + b"<c/>" * 702 + b"<c><v>1</v></c></row>",
        b'<row><c r="ZZ1"/><c><v>1</v></c></row>',
        b'<row><c r="XFD1"><v >1</v ></c></row>',
        b'<row><c r="XFD1" t="inlineStr"><is ><t>a</t></is ></c></row>',
        b'<row><c r="A1"><v>1</v></c></row><!-- <v>1</v> --><row><c r="XFD1"><v>1</v></c></row>',
    ],
)
def test_a_far_value_is_seen_wherever_its_row_says_it_is(rows: bytes) -> None:
    assert AWAY in refusal(book({"Actions": rows}))


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="A1" s="1" r="XFD1048576"><v>1</v></c>',
        b'<c r="A1" s="1"r="XFD1048576"><v>1</v></c>',
        b'<c r="A1" s=">" r="XFD1048576"><v>1</v></c>',
        b"<c r=XFD1048576><v>1</v></c>",
    ],
)
def test_a_cell_that_says_where_it_is_in_no_proper_way_is_damage(cell: bytes) -> None:
    assert "endommagé" in refusal(one_cell(cell))


@pytest.mark.parametrize("row", ["0", "00", "1"])
def test_a_row_before_the_first_is_left_to_the_reader(row: str) -> None:
    assert guard.inspect(at(f"A{row}")).kind == "xlsx"


@pytest.mark.parametrize(
    "part",
    [
        b'<x:worksheet><x:sheetData><x:row><x:c r="XFD1"><x:v>1</x:v></x:c></x:row></x:sheetData>'
        b"</x:worksheet>",
        worksheet(b'<row><c r="XFD1"><v>1</v></c></row>', after=b"<sheetData></sheetData>"),
        worksheet(b"", before=b'<x:sheetData><row><c r="XFD1"><v>1</v></c></row></x:sheetData>'),
        worksheet(b'<row><c r="XFD1"><v>1</v></c></row>', before=b"<!-- <sheetData> -->"),
        worksheet(b'<row><c r="XFD1"><v>1</v></c></row>', after=b"<!-- </sheetData> -->"),
        worksheet(b'<row><c r="XFD1"><v>1</v></c></row>').decode().encode("utf-16"),
        worksheet(b'<row><c r="XFD1"><v>1</v></c></row>').decode().encode("utf-16-be"),
    ],
)
def test_a_far_value_is_seen_in_any_shape_of_sheet(part: bytes) -> None:
    assert AWAY in refusal(zipped({"xl/ailleurs.dat": part}))


@pytest.mark.parametrize("title", ["Été", "Actions & OO"])
def test_what_follows_the_rows_is_no_value(title: str) -> None:
    far = b'<conditionalFormatting sqref="A1:XFD1048576"><cfRule><formula>XFD1</formula></cfRule>'
    part = worksheet(text_cell(title, "A1").join([b"<row>", b"</row>"]), after=far + b"<f>A1</f>")
    part = part.replace(b"</worksheet>", b"</conditionalFormatting></worksheet>")
    assert guard.inspect(zipped({"xl/worksheets/sheet1.xml": part})).kind == "xlsx"
