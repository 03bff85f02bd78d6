"""A sound workbook that holds one of each thing that can be broken, or has one thing broken."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cache
from typing import Any

import xlsxwriter

from support import office

ONE, TWO = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
BOOK, STYLES, STRINGS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
TABLE, DRAWING, CHART = "xl/tables/table1.xml", "xl/drawings/drawing1.xml", "xl/charts/chart1.xml"
NOTES = "xl/comments1.xml"
TYPES, RELATIONS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
OF_ONE, OF_TWO = "xl/worksheets/_rels/sheet1.xml.rels", "xl/worksheets/_rels/sheet2.xml.rels"
OTHER = "L’œil d'à côté"
QUOTED = "'L’œil d''à côté'"


@cache
def sound(totals: bool = True) -> bytes:
    """Return a workbook that holds one of each thing that can be broken."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    form = book.add_format({"bold": True, "bg_color": "#FFC7CE", "num_format": '0.0" m²"'})
    _table_and_note(book.add_worksheet("Données"), form, totals)
    other = book.add_worksheet(OTHER)
    _cells_and_printing(other)
    _rules(other, form)
    _charts(book, other)
    book.define_name("Codes", f"={QUOTED}!$A$2:$A$4")
    book.close()
    return buffer.getvalue()


def _table_and_note(sheet: Any, form: Any, totals: bool) -> None:
    columns = [
        {"header": "Nom", "total_string": "Total"},
        {"header": "Prix", "total_function": "sum"},
        {"header": "Double", "formula": "=Tarif[[#This Row],[Prix]]*2"},
    ]
    rows = [["a", 1, 2], ["b", 2, 4], ["c", 3, 6]]
    table = {"name": "Tarif", "columns": columns, "total_row": totals, "data": rows}
    sheet.add_table("A1:C5" if totals else "A1:C4", table)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 1, 20, form, {"level": 1})
    sheet.set_column(2, 2, 10)
    sheet.set_row(6, 20, form, {"level": 1})
    sheet.write_array_formula("E1:E2", "{=A2:A3}")
    sheet.merge_range("E7:F8", "ensemble", form)
    sheet.write_boolean("E10", True)
    sheet.write_number("F10", 1.5, form)
    sheet.write_formula("G10", "=NA()", None, "#N/A")
    sheet.write_comment("E10", "une note", {"author": "Anne"})


def _cells_and_printing(sheet: Any) -> None:
    sheet.write_row(0, 0, ["Code", "Valeur", "Calcul"])
    for row in range(1, 4):
        sheet.write_row(row, 0, [f"C{row}", row * 10])
        formula = f'=IF(B{row + 1}>10,SUM(Tarif[Prix]),COUNTIFS(Codes,"C*"))'
        sheet.write_formula(row, 2, formula, None, 3)
    sheet.autofilter("A1:C4")
    sheet.filter_column("A", "x == C1")
    sheet.write_url("A6", "internal:'Données'!A1", None, "aller", "vers les données")
    sheet.write_url("A7", "https://exemple.be/")
    sheet.write_formula("E6", '="é"', None, "é")
    sheet.set_h_pagebreaks([20])
    sheet.set_header("&Ltitre")
    sheet.fit_to_pages(1, 0)
    sheet.set_landscape()
    sheet.print_area("A1:C20")
    sheet.repeat_rows(0)
    sheet.activate()


def _rules(sheet: Any, form: Any) -> None:
    answer = {"validate": "list", "source": ["oui", "non"], "input_title": "Choix"}
    sheet.data_validation("A2:A4", answer | {"input_message": "Oui ou non."})
    whole = {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 100}
    sheet.data_validation("B2:B4", whole)
    sheet.data_validation("C2:C4", {"validate": "custom", "value": "=ISNUMBER(C2)"})
    between = {"type": "cell", "criteria": "between", "minimum": 1, "maximum": 5, "format": form}
    sheet.conditional_format("A2:A4", {"type": "formula", "criteria": "=$B2>10", "format": form})
    sheet.conditional_format("B2:B4", between)
    sheet.conditional_format("C2:C4", {"type": "3_color_scale"})
    sheet.conditional_format("D2:D4", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("E2:E4", {"type": "icon_set", "icon_style": "3_arrows"})


def _charts(book: Any, sheet: Any) -> None:
    bars = book.add_chart({"type": "column"})
    for column in "BC":
        bars.add_series(
            {
                "name": "=Données!$A$1",
                "categories": f"={QUOTED}!$A$2:$A$4",
                "values": f"={QUOTED}!${column}$2:${column}$4",
            }
        )
    pie = book.add_chart({"type": "pie"})
    pie.add_series({"values": "=Données!$B$2:$B$4"})
    sheet.insert_chart("G2", bars)
    sheet.insert_chart("G20", pie)


def packed(parts: Mapping[str, str]) -> bytes:
    """Return a package of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return buffer.getvalue()


def changed(part: str, before: str, after: str) -> bytes:
    """Return the sound workbook with one thing changed in one part."""
    parts = office.parts(sound())
    assert before in parts[part], "nothing is broken"
    return packed(parts | {part: parts[part].replace(before, after, 1)})
