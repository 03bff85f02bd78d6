"""The rows of totals are those that the file says: its tables, and formulas that sum up columns."""

from __future__ import annotations

import io
import struct
from typing import Any

import pytest
import xlsxwriter
from support.hostile import parts_of, zipped

from pst_excel.pst import PST
from pst_excel.reading.guard.inspection import inspect
from pst_excel.reading.guard.ods import tables
from pst_excel.reading.guard.total_rows import computed_totals, declared_totals, table_area
from pst_excel.reading.reader import read_bytes


def book(**totals: Any) -> bytes:
    """Return a workbook with two tables in a sheet of Actions, the first with a row of totals."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer)
    sheet = workbook.add_worksheet("Actions 2026")
    columns = [{"header": "Code action", "total_string": "Bilan"}, {"header": "ETP", **totals}]
    rows = [["1.1.1", 1.5], ["1.1.2", 2]]
    sheet.add_table(3, 0, 6, 1, {"data": rows, "columns": columns, "total_row": bool(totals)})
    sheet.add_table(3, 4, 5, 4, {"columns": [{"header": "Avis"}]})
    workbook.close()
    return buffer.getvalue()


def test_a_table_says_which_are_its_totals() -> None:
    data = book(total_function="sum", total_value=123)
    assert inspect(data).totals.declared == {"Actions 2026": frozenset({6})}
    returned = read_bytes(data, "a.xlsx", PST)
    assert returned.tables["actions"].columns["etp"] == [1.5, 2.0]
    (said,) = [r for r in returned.layout if r.rule == "ligne de total écartée"]
    assert (said.cell, said.read) == ("A7", "Bilan · 123")


def test_a_sheet_says_what_its_tables_cover() -> None:
    assert inspect(book()).tables == {"Actions 2026": {((3, 0), (6, 1)), ((3, 4), (5, 4))}}


@pytest.mark.parametrize(
    ("part", "area"),
    [
        (b'<table id="1" ref="A4:AU25" totalsRowCount="1">', {((3, 0), (24, 46))}),
        (b'<?xml version="1.0"?><x:table xmlns:x="u" ref="$B$2:$C$3"/>', {((1, 1), (2, 2))}),
        (b'<table id="1"><autoFilter ref="A4:AU25"/>', set()),
        (b'<table id="1" ref="A4"/>', set()), (b'<table id="1" ref="4:AU2$5A"/>', set()),
        (b'<queryTable ref="A4:AU25"/>', set()), (b'<sst count="1">', set()),
        (b"<sst>" + b"<si/>" * 1_000 + b'<table ref="A4:AU25"/>', set()),
    ],
)  # fmt: skip
def test_what_a_table_covers(part: bytes, area: set[object]) -> None:
    assert table_area(part) == area


def test_a_workbook_without_totals_has_none() -> None:
    assert inspect(book()).totals.declared == {}


def test_an_absolute_target_leads_to_the_table_as_well() -> None:
    parts = parts_of(book(total_function="sum"))
    name = "xl/worksheets/_rels/sheet1.xml.rels"
    parts[name] = parts[name].replace(b"../tables/", b"/xl/tables/")
    assert inspect(zipped(parts)).totals.declared == {"Actions 2026": frozenset({6})}


@pytest.mark.parametrize(
    ("attributes", "rows"),
    [
        ('ref="A4:C39" totalsRowCount="1"', {38}), ("totalsRowCount='2' ref='$A$4:$C$39'", {37, 38}),
        ('ref="A4:C39" totalsRowShown="1"', set()), ('ref="A4:C39" totalsRowCount="0"', set()),
        ('ref="A4:C2" totalsRowCount="99999999"', {0, 1}), ('totalsRowCount="1"', set()),
        ('ref="BAD" totalsRowCount="1"', set()),
    ],
)  # fmt: skip
def test_the_rows_of_totals_of_a_table(attributes: str, rows: set[int]) -> None:
    for table in (f"<table id='1' {attributes}/>", f"<x:table xmlns:x='y' {attributes}></x:table>"):
        assert declared_totals(table.encode()) == rows


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("SUBTOTAL(109,T5:T38)", True), ("SUBTOTAL(9,$T$5:$T$38)", True),
        ("SUBTOTAL(109,T_Budget[Prévu])", True), ("SUBTOTAL(109,[Prévu])", True),
        ("SUBTOTAL(109,T_Budget[[#Data],[Prévu]])", True),
        ("SUBTOTAL(109,U5:U38)", False), ("SUBTOTAL(109,Budget!T5:T38)", False),
        ("SUBTOTAL(109,T5)", False), ("SUM(T5:T38)", False), ("1+SUBTOTAL(", False),
    ],
)  # fmt: skip
def test_a_formula_that_sums_up_its_column(formula: str, found: bool) -> None:
    cell = f'<row r="39"><c r="A39" s="1"/><c r="T39" s="4"><f>{formula}</f><v>1</v></c></row>'
    assert computed_totals(cell.encode()) == ({38} if found else set())
    assert computed_totals(cell.replace("<c ", "<x:c ").encode()) == ({38} if found else set())


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("of:=SUBTOTAL(109;[.B1:.B2])", True), ("of:=SUBTOTAL(9;[.$B$1:.$B$2])", True),
        ("of:=SUBTOTAL(109;T_Budget[[#Data];[Prévu]])", True),
        ("of:=SUBTOTAL(109;[.C1:.C2])", False), ("of:=SUM([.B1:.B2])", False),
    ],
)  # fmt: skip
def test_a_formula_of_an_ods_that_sums_up_its_column(formula: str, found: bool) -> None:
    value = 'office:value-type="float" office:value="1"'
    rows = (
        f'<table:table-row table:number-rows-repeated="2"><table:table-cell {value}/>'
        f"</table:table-row><table:table-row><table:table-cell/><table:table-cell {value}"
        f' table:formula="{formula}"/></table:table-row>'
    )
    names = "".join(f' xmlns:{name}="urn:{name}"' for name in ("table", "office"))
    (table,) = tables(f'<table:table{names} table:name="Budget">{rows}</table:table>'.encode())
    assert table.totals == ([2] if found else [])


def record(kind: int, payload: bytes) -> bytes:
    number = bytes([kind & 0x7F | 0x80, kind >> 7]) if kind > 0x7F else bytes([kind])
    return number + bytes([len(payload)]) + payload


def text(words: str) -> bytes:
    return len(words).to_bytes(4, "little") + words.encode("utf-16-le")


def test_a_table_of_an_xlsb_says_which_are_its_totals() -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    leads = '<Relationships><Relationship Id="{1}" Type="{0}/{2}" Target="{3}"/></Relationships>'
    parts = {
        "xl/workbook.bin": record(156, bytes(8) + text("rId7") + text("Budget")),
        "xl/_rels/workbook.bin.rels": leads.format(
            office, "rId7", "worksheet", "worksheets/sheet1.bin"
        ).encode(),
        "xl/worksheets/sheet1.bin": record(129, b"\1"),
        "xl/worksheets/_rels/sheet1.bin.rels": leads.format(
            office, "r1", "table", "../tables/table1.bin"
        ).encode(),
        "xl/tables/table1.bin": record(343, struct.pack("<8I", 3, 38, 0, 24, 0, 1, 1, 1)),
    }
    assert inspect(zipped(parts)).totals.declared == {"Budget": frozenset({38})}
