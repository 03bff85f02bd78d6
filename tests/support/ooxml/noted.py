"""Workbooks with notes, buttons and neither, and what adds notes to them and takes them away."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import xlsxwriter
from lxml import etree
from openpyxl.comments import Comment

from pst_excel.ooxml.notes import notes
from pst_excel.ooxml.workbook import Workbook
from support.ooxml.corpus import parts

US = "Programme"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def xlsxwriter_made(change: Callable[[Any, Any], None]) -> bytes:
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    change(workbook, workbook.add_worksheet("Feuille"))
    workbook.close()
    return buffer.getvalue()


def noted(workbook: Any, sheet: Any) -> None:
    sheet.write("B2", 3, workbook.add_format({"bold": True}))
    sheet.write_comment("B2", "Une note", {"author": "Anne", "visible": True, "width": 321})
    sheet.write_comment("C5", "  bleue\nsur deux lignes", {"author": "Luc", "color": "#99CCFF"})
    other = workbook.add_worksheet("Autre")
    other.write_comment("A1", "ailleurs", {"author": "Anne"})


def openpyxl_made() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"].comment = Comment("écrite par openpyxl", "Anne", height=200, width=400)
    sheet["B7"].comment = Comment("une autre", "Luc")
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def canonical(data: bytes) -> dict[str, bytes]:
    return {name: _canonical(content) for name, content in parts(data).items()}


def _canonical(content: bytes) -> bytes:
    try:
        return etree.tostring(etree.fromstring(content), method="c14n2")
    except etree.XMLSyntaxError:
        return content


def said(text: str) -> str:
    return f"——— {US} ———\n{text}\n———"


def repacked(data: bytes, changes: dict[str, Callable[[bytes], bytes]]) -> bytes:
    buffer = io.BytesIO()
    contents = dict.fromkeys(changes, b"") | parts(data)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, changes.get(name, lambda same: same)(content))
    return buffer.getvalue()


def drawing(data: bytes, number: int = 1) -> bytes:
    return parts(data)[f"xl/drawings/vmlDrawing{number}.vml"]


def first(data: bytes) -> tuple[Workbook, Any]:
    book = Workbook(data)
    return book, book.sheets[0]


def added(data: bytes, texts: dict[str, str]) -> bytes:
    book, sheet = first(data)
    assert notes.add(sheet, texts, US) == []
    return book.to_bytes()


def removed(data: bytes, refs: list[str] | None = None, author: str | None = US) -> bytes:
    book, sheet = first(data)
    notes.remove(sheet, refs, author)
    return book.to_bytes()


PLAIN = xlsxwriter_made(lambda workbook, sheet: sheet.write("A1", "seul"))
NOTED = xlsxwriter_made(noted)
BUTTON = xlsxwriter_made(lambda workbook, sheet: sheet.insert_button("D4", {"caption": "Aller"}))
LIVED_IN = {"plain": PLAIN, "noted": NOTED, "button": BUTTON, "openpyxl": openpyxl_made()}
TEXTS = {"B2": "bonjour\nà tous", "D9": " espaces ", "XFD1048576": "le coin", "A1": "😀 <b>&"}
