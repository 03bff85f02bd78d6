"""What an ods repeats to the end of a sheet is refused if it is a value, ignored if blank."""

from __future__ import annotations

import pytest
from support.guarded import AWAY, FORM, refusal
from support.hostile import parts_of, zipped

from pst_excel.reading.guard import inspection as guard


def ods(rows: str) -> bytes:
    content = f'<office:body><table:table table:name="Actions">{rows}</table:table></office:body>'
    return zipped({"mimetype": f"{FORM}spreadsheet".encode(), "content.xml": content.encode()})


ODS_VALUE = '<table:table-cell {} office:value-type="float" office:value="1"/>'


@pytest.mark.parametrize(
    "rows",
    [
        '<table:table-row table:number-rows-repeated="1048576">' + ODS_VALUE.format(""),
        "<table:table-row>" + ODS_VALUE.format('table:number-columns-repeated="16384"'),
        '<table:table-row table:number-rows-repeated="1048575"/><table:table-row>'
        + ODS_VALUE.format(""),
    ],
)
def test_a_value_repeated_to_the_end_of_an_ods_is_refused(rows: str) -> None:
    assert AWAY in refusal(ods(f"{rows}</table:table-row>"))


def test_blanks_repeated_to_the_end_of_an_ods_pass() -> None:
    end = '<table:table-row table:number-rows-repeated="1048575">'
    end += '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    row = f"<table:table-row>{ODS_VALUE.format('')}</table:table-row>"
    assert guard.inspect(ods(row + end)).kind == "ods"


def test_the_blanks_between_the_cells_of_an_ods_are_not_given_to_its_reader() -> None:
    row = f"<table:table-row>{ODS_VALUE.format('')}</table:table-row>"
    loose = row.replace("><", ">\n   <")
    tidy, given = (guard.inspect(ods(rows)).data for rows in (row, f"\n {loose} \n"))
    assert parts_of(given) == parts_of(tidy)
