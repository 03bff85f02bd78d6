"""Workbooks to take sheets from, and to give them to."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import xlsxwriter

from pst_excel.ooxml.package.names import to_plain
from support.ooxml.corpus import FILES, parts
from support.ooxml.torture_base import picture

REPORT, FIGURES = "Rapport d’avancement", "L'appui"
"""The titles of the sheets that `report` makes."""


def made(write: Callable[[Any], None], **options: Any) -> bytes:
    """Return a workbook written by xlsxwriter."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **options})
    write(book)
    book.close()
    return buffer.getvalue()


def zipped(contents: dict[str, bytes]) -> bytes:
    """Return a package of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def replaced(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook of which the bytes of a part are others."""
    contents = parts(data)
    assert old in contents[part], (part, contents[part][:2_000])
    return zipped({**contents, part: contents[part].replace(old, new)})


def plain(data: bytes) -> bytes:
    """Return a workbook of the strict form in the form that every program reads."""
    return zipped({
        name: to_plain(one) if name.endswith((".xml", ".rels", ".vml")) else one
        for name, one in parts(data).items()
    })  # fmt: skip


def report(width: int = 3) -> bytes:
    """Return a workbook of two sheets with nearly all that xlsxwriter writes."""

    def write(book: Any) -> None:
        first, second = book.add_worksheet(REPORT), book.add_worksheet(FIGURES)
        _cells(book, first)
        _rules(book, first)
        _figures(book, second, width)
        _drawings(book, first)
        book.define_name("total_appui", "='L''appui'!$B$7")
        first.activate()

    return made(write)


def _cells(book: Any, sheet: Any) -> None:
    title = book.add_format({"bold": True, "font_size": 16, "font_color": "#1F3864"})
    money = book.add_format({"num_format": '#,##0.00 "€"', "border": 1, "bg_color": "#E2EFDA"})
    date = book.add_format({"num_format": "dd/mm/yyyy", "align": "center", "text_wrap": True})
    sheet.write("A1", 'Rapport <&> "é"', title)
    sheet.write_rich_string("A2", "avant ", title, "gras ", money, "après ", date)
    sheet.write("A3", "  espaces\net ligne ")
    sheet.write("B1", 1234.5, money)
    sheet.write("B2", dt.datetime(2026, 3, 1, 12), date)
    sheet.write("B3", True)
    sheet.write("B4", 0.25, book.add_format({"num_format": "hh:mm"}))
    sheet.write("B5", 30.5, book.add_format({"num_format": "[h]:mm"}))
    sheet.write_blank("B6", None, money)
    sheet.write_formula("C1", "=SUM(tAppui[Montant])+total_appui+'L''appui'!B2", money, 60)
    sheet.write_array_formula("C2:C3", "{=B1:B2*2}", None, 2469)
    sheet.write_url("D1", "https://example.org/a?b=1&c=é", string="site", tip="Le site")
    sheet.write_url("D2", "internal:'L''appui'!B2", string="appui")
    sheet.write_comment("A1", "Vu en comité", {"author": "Zoé", "color": "#CCFFCC"})
    sheet.write_comment("B1", "À revoir", {"author": "Éric", "visible": True})
    sheet.merge_range("D5:E6", "fusion", title)
    sheet.set_column("A:A", 30)
    sheet.set_column("F:G", 12, money, {"level": 1})
    sheet.set_row(8, 30, title)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.print_area("A1:H40")
    sheet.set_landscape()
    sheet.protect("", {"autofilter": True})


def _rules(book: Any, sheet: Any) -> None:
    bad = book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006", "num_format": "0.000"})
    sheet.conditional_format("B1:B9", {"type": "cell", "criteria": ">", "value": 9, "format": bad})
    sheet.conditional_format("B1:B9", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("C1:C9", {"type": "icon_set", "icon_style": "3_flags"})
    sheet.conditional_format("A1:A9", {"type": "formula", "criteria": '=$A1=""', "format": bad})
    sheet.data_validation("E1:E3", {"validate": "list", "source": ["oui", "non"]})
    sheet.data_validation("F1:F3", {"validate": "list", "source": "='L''appui'!$A$2:$A$4"})
    for row in range(1, 4):
        sheet.add_sparkline(f"H{row}", {"range": "'L''appui'!B2:B4", "type": "column"})


def _figures(book: Any, sheet: Any, width: int) -> None:
    money = book.add_format({"num_format": '#,##0.00 "€"', "italic": True})
    sheet.add_table("A1:C5", {
        "name": "tAppui", "data": [["x", 10], ["y", 20], ["z", 30]], "total_row": True,
        "columns": [
            {"header": "Code", "total_string": "Total"},
            {"header": "Montant", "format": money, "total_function": "sum", "total_value": 60},
            {"header": "Double", "formula": "=tAppui[[#This Row],[Montant]]*2", "format": money},
        ],
    })  # fmt: skip
    sheet.write_formula("B7", "=SUM(tAppui[Montant])", money, 60)
    sheet.write_row("A9", range(width))
    sheet.write_row("A12", ["a", "b"])
    sheet.autofilter("A12:B14")
    sheet.insert_image("E2", "a.png", {"image_data": io.BytesIO(picture())})


def _drawings(book: Any, sheet: Any) -> None:
    for at, kind in enumerate(("column", "pie")):
        chart = book.add_chart({"type": kind})
        chart.add_series({
            "categories": "='L''appui'!$A$2:$A$4", "values": "='L''appui'!$B$2:$B$4",
        })  # fmt: skip
        sheet.insert_chart(12, 2 + 8 * at, chart)
    sheet.insert_image("J2", "a.png", {"image_data": io.BytesIO(picture()), "description": "Logo"})
    sheet.insert_textbox("K2", "Un texte", {"textlink": "='L''appui'!$A$2"})
    sheet.set_background(io.BytesIO(picture(16)))
    sheet.set_header(
        "&L&G&CPlan", {"image_left": "logo.png", "image_data_left": io.BytesIO(picture(9))}
    )


def plan(**options: Any) -> bytes:
    """Return a plan with a table, formulas, names, a picture; of three sheets, one hidden."""

    def write(book: Any) -> None:
        sheet, lists, third = map(book.add_worksheet, ("Actions", "Listes", "Synthèse"))
        sheet.write("A1", "Plan", book.add_format({"bold": True, "num_format": "0.0%"}))
        sheet.add_table("A3:B6", {"name": "tAppui", "data": [[1, 2], [3, 4], [5, 6]]})
        sheet.write_formula("D1", "=SUM(tAppui[Column1])", None, 9)
        sheet.autofilter("F1:G4")
        sheet.write_comment("A1", "Une note")
        sheet.insert_image("J2", "b.png", {"image_data": io.BytesIO(picture())})
        lists.write_column("A1", ["oui", "non"])
        lists.hide()
        third.repeat_rows(0)
        third.write_formula("A1", "=Actions!A4", None, 1)
        third.activate()
        book.define_name("choix", "=Listes!$A$1:$A$2")

    return made(write, **options)


def other_writers() -> dict[str, bytes]:
    """Return workbooks of every kind and of many writers, by name."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["A2"] = "écrit par openpyxl", "=LEN(A1)"
    buffer = io.BytesIO()
    book.save(buffer)
    return {
        "plan.xlsx": plan(),
        "plan_1904.xlsx": plan(date_1904=True),
        "openpyxl_one.xlsx": buffer.getvalue(),
    } | FILES
