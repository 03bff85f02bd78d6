"""What an ods repeats to the end of a sheet is refused if it is a value, ignored if blank."""

from __future__ import annotations

import pytest
from support.guarded import AWAY, FORM, cells_read, refusal
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


def texts(cells: str) -> list[list[object]]:
    manifest = {"META-INF/manifest.xml": b"<manifest:manifest/>"}
    row = f"<table:table-row>{cells}</table:table-row>"
    return cells_read(guard.inspect(zipped(parts_of(ods(row)) | manifest)).data)["Actions"]


def held(inside: str) -> str:
    return f'<table:table-cell office:value-type="string">{inside}</table:table-cell>'


BOX = "<draw:text-box><text:p>Un cadre</text:p></draw:text-box>"


@pytest.mark.parametrize(
    "drawn",
    [
        f"<draw:frame>{BOX}</draw:frame>",
        f"<draw:frame draw:name='a &gt; b'><draw:frame>{BOX}</draw:frame></draw:frame>",
        "<draw:custom-shape><text:p>Une <text:span>bulle</text:span></text:p></draw:custom-shape>",
        "<draw:g><draw:g/><draw:rect><text:p>Un trait</text:p></draw:rect></draw:g>",
        "<draw:rect/><draw:line />",
        f"<draw:a><draw:frame>{BOX}</draw:frame></draw:a>",
        "<dr3d:scene><text:p>Un cube</text:p></dr3d:scene>",
    ],
)
def test_what_is_drawn_over_a_cell_of_an_ods_does_not_enter_it(drawn: str) -> None:
    own = "<text:p>Poser des arceaux</text:p>"
    assert texts(held(own + drawn) + held(drawn + own)) == [["Poser des arceaux"] * 2]
    inside = own.replace("</text:p>", f"{drawn}</text:p>")
    assert texts(held(inside)) == [["Poser des arceaux"]]


def test_the_drawings_of_an_ods_stand_before_its_rows_and_are_none() -> None:
    shapes = f"<table:shapes><draw:frame>{BOX}</draw:frame></table:shapes>"
    known = ods(f"<table:table-row>{held('<text:p>Un</text:p>')}</table:table-row>")
    content = parts_of(known)["content.xml"]
    drawn = content.replace(b"<table:table-row>", f"{shapes}<table:table-row>".encode())
    given = guard.inspect(zipped(parts_of(known) | {"content.xml": drawn})).data
    assert parts_of(given)["content.xml"] == content
