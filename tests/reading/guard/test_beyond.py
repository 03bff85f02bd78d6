"""A sheet beyond the limits is refused to who asks for it: that of somebody else stops no reading."""

from __future__ import annotations

import pytest
from support import WRITTEN, read, structural
from support.good import GOOD
from support.guarded import AWAY
from support.hostile import changed, in_sheet, part_name, parts_of, zipped
from support.layouts import HEADINGS, PLANTER, read_sheets, table
from support.written import content

from pst_excel.reading.guard import inspection as guard
from pst_excel.reading.limits import Options, limits_of
from pst_excel.text.errors import UnreadableFile

FAR_ROW = b'<row r="1048576"><c r="A1048576"><v>7</v></c></row></sheetData>'
FAR_TABLE = (
    '<table:table table:name="a > b"><table:table-row table:number-rows-repeated="1048576">'
    '<table:table-cell office:value-type="float" office:value="1"/></table:table-row></table:table>'
)
FAR_RECORDS = (
    b"\x00\x11\xff\xff\x0f\0" + b"\0" * 13 + b"\x05\x10" + b"\0" * 8 + b"\0" * 6 + b"\xf0\x3f"
)


def with_far_value(name: str) -> bytes:
    """Return a file whose foreign sheet, or one more, has a value in its last row."""
    source = (WRITTEN / name).read_bytes()
    if name.endswith("ods"):
        end = b"</office:spreadsheet>"
        return changed(
            source, "content.xml", lambda part: part.replace(end, FAR_TABLE.encode() + end)
        )
    if name.endswith("xlsb"):
        return changed(source, "xl/worksheets/sheet9.bin", lambda part: FAR_RECORDS)
    return in_sheet(source, content.ADDED, lambda part: part.replace(b"</sheetData>", FAR_ROW))


@pytest.mark.parametrize("name", ["exceljs.xlsx", "sheetjs.xlsb", "libreoffice.ods"])
def test_a_foreign_sheet_beyond_the_limits_is_listed_and_the_others_are_read(name: str) -> None:
    data = with_far_value(name)
    assert AWAY in "".join(guard.inspect(data).refused.values())
    one, source = read(data), read((WRITTEN / name).read_bytes())
    assert (one.tables, one.findings) == (source.tables, source.findings)
    assert set(one.foreign) >= {content.ADDED}


def test_what_is_beyond_the_limits_is_given_to_no_reader() -> None:
    far = in_sheet(GOOD, "Actions", lambda part: part.replace(b"</sheetData>", FAR_ROW))
    assert part_name(GOOD, "Actions") in parts_of(guard.inspect(GOOD).data)
    assert part_name(GOOD, "Actions") not in parts_of(guard.inspect(far).data)


def test_a_sheet_of_the_plan_beyond_the_limits_refuses_the_file() -> None:
    far = in_sheet(GOOD, "Actions", lambda part: part.replace(b"</sheetData>", FAR_ROW))
    with pytest.raises(UnreadableFile, match="« Actions »"):
        read(far)


ONE_ROW = Options(limits=limits_of(("lignes=3",)))
LONG = [("Divers",), *[("x",)] * 5]


def test_a_second_sheet_of_a_name_that_is_beyond_the_limits_is_told() -> None:
    filled = read_sheets({"Actions": [HEADINGS, PLANTER], "Actions (2)": LONG}, options=ONE_ROW)
    assert table(filled).columns["code"] == ["1.1.1"]
    assert [one.words["read"] for one in structural(filled, "S05")] == ["Actions (2)"]


def test_a_missing_sheet_is_said_with_the_sheets_that_were_not_read() -> None:
    filled = read_sheets({"Actions": [HEADINGS, PLANTER], "Feuil9": LONG}, options=ONE_ROW)
    guesses = [one.words["guess"] for one in structural(filled, "S01")]
    assert guesses
    assert all("« Feuil9 » n’a pas été lue : le numéro" in guess for guess in guesses)


def test_a_file_without_a_sheet_of_the_plan_says_which_one_was_not_read() -> None:
    with pytest.raises(UnreadableFile, match="« Feuil9 » n’a pas été lue"):
        read_sheets({"Feuil9": LONG, "Notes": [("Un",)]}, options=ONE_ROW)


def test_the_weight_of_a_foreign_sheet_counts_as_that_of_any_part() -> None:
    heavy = zipped(parts_of(GOOD) | {"xl/worksheets/sheet99.xml": b"<a>" + b" " * 10**6 + b"</a>"})
    with pytest.raises(UnreadableFile, match="« partie »"):
        guard.inspect(heavy, limits_of(("partie=900000",)))
