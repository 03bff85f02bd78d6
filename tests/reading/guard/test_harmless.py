"""What is odd in a file and harms nobody is read: its shape, its spelling, what people typed."""

from __future__ import annotations

import re

import pytest
from support import damaged, grid
from support.good import GOOD
from support.hostile import MAIN, STRICT, changed, in_sheet, ole, parts_of, zipped
from support.outcomes import TABLES, Outcome, far, read_like_the_good_one, row_of, smallest

from pst_excel.returns.tables import Return


def test_a_style_in_the_very_last_cell_is_nothing(outcome: Outcome) -> None:
    found = outcome(far(style_only=True))
    assert isinstance(found, Return)
    assert found.tables["actions"].columns["code"] == TABLES["actions"].columns["code"]


def test_a_dimension_that_lies_is_not_believed(outcome: Outcome) -> None:
    def lie(part: bytes) -> bytes:
        before, _, after = part.partition(b'<dimension ref="')
        return before + b'<dimension ref="A1:XFD1048576' + after[after.find(b'"') :]

    assert read_like_the_good_one(outcome(in_sheet(GOOD, "Actions", lie)))


@pytest.mark.parametrize(
    "count", [b"2147483648", b"18446744073709551615", b"9" * 5_000, b"-1", b"x"]
)
def test_a_number_of_texts_that_lies_is_not_believed(outcome: Outcome, count: bytes) -> None:
    def lie(part: bytes) -> bytes:
        return re.sub(rb'uniqueCount="\d+"', b'uniqueCount="%b"' % count, part)

    assert read_like_the_good_one(outcome(changed(GOOD, "xl/sharedStrings.xml", lie)))


def test_a_strict_workbook_is_read(outcome: Outcome) -> None:
    parts = {name: part.replace(MAIN, STRICT) for name, part in parts_of(GOOD).items()}
    assert parts != parts_of(GOOD)
    assert read_like_the_good_one(outcome(zipped(parts)))


@pytest.mark.parametrize("title", ["Actions", "Budget"])
def test_a_sheet_in_two_bytes_a_sign_is_read(outcome: Outcome, title: str) -> None:
    def widened(part: bytes) -> bytes:
        return part.decode().replace("UTF-8", "UTF-16").encode("utf-16")

    assert read_like_the_good_one(outcome(in_sheet(GOOD, title, widened)))


def test_rows_and_cells_without_a_reference_are_read(outcome: Outcome) -> None:
    found = outcome(smallest(row_of("1.1.1", "Planter", "En cours"), row_of("1.1.2", "Arroser")))
    assert isinstance(found, Return)
    assert found.tables["actions"].columns["intitule"] == ["Planter", "Arroser"]
    assert found.tables["actions"].rows == [2, 3]


def test_merged_headings_and_hidden_sheets_are_read(outcome: Outcome) -> None:
    def hide(book: object) -> None:
        book["Actions"].sheet_state = "veryHidden"  # type: ignore[index]
        book["Actions"].merge_cells("A1:D1")  # type: ignore[index]

    found = outcome(damaged(GOOD, hide))
    assert isinstance(found, Return)
    assert len(found.tables["actions"]) == 1


@pytest.mark.parametrize("title", ["ACTIONS", " Actions ", "Actions (2)"])
def test_a_sheet_whose_title_is_nearly_right_is_read(outcome: Outcome, title: str) -> None:
    found = outcome(grid({title: [["Code", "Intitulé"], ["1.1.1", "Planter"]]}))
    assert isinstance(found, Return)
    assert found.tables["actions"].columns["intitule"] == ["Planter"]


def test_a_heading_twice_is_told(outcome: Outcome) -> None:
    cells = [["Code", "Intitulé", "Intitulé"], ["1.1.1", "Planter", "Arroser"]]
    found = outcome(grid({"Actions": cells}))
    assert isinstance(found, Return)
    assert "S04" in [trouble.code for trouble in found.findings]


@pytest.mark.parametrize(
    "text", ["12 500,00 €", "12\u00a0500,00\u00a0€", "12\u202f500", "12\u2009500"]
)
def test_an_amount_typed_as_a_text_is_a_number(outcome: Outcome, text: str) -> None:
    found = outcome(grid({"Budget": [["Code", "Prévu"], ["B1", text]]}))
    assert isinstance(found, Return)
    assert found.tables["budget"].columns["prevu"] == [12_500]


@pytest.mark.parametrize("text", ["31/12/2025", "31 décembre 2025", "2025-12-31"])
def test_a_date_typed_as_a_text_is_a_date(outcome: Outcome, text: str) -> None:
    found = outcome(grid({"Actions": [["Code", "Intitulé", "Échéance"], ["1.1.1", "a", text]]}))
    assert isinstance(found, Return)
    assert str(found.tables["actions"].columns["echeance"][0]).startswith("2025-12-31")


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@a", "\t=1", "\u202egnp.exe"])
def test_a_text_that_looks_like_a_command_stays_a_text(outcome: Outcome, text: str) -> None:
    found = outcome(smallest(row_of("1.1.1", text.replace("'", "&#39;"))))
    assert isinstance(found, Return)
    (read_as,) = found.tables["actions"].columns["intitule"]
    assert str(read_as).strip("\u202e") == text.strip().strip("\u202e")


def test_a_workbook_with_macros_is_read_without_them(outcome: Outcome) -> None:
    parts = parts_of(GOOD) | {"xl/vbaProject.bin": ole("VBA")}
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(
        b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"ms-excel.sheet.macroEnabled.main+xml",
    )
    assert parts["[Content_Types].xml"] != types
    assert read_like_the_good_one(outcome(zipped(parts), name="retour.xlsm"))
