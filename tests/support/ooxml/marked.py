"""Workbooks with rules and without, and what marks their cells and takes the marks away."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import xlsxwriter
from lxml import etree

from pst_excel.ooxml.cells import marks
from pst_excel.ooxml.references.addresses import areas_of
from pst_excel.ooxml.workbook import Workbook

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
