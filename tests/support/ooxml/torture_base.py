"""What xlsxwriter can write of the torture workbook; `torture` adds what it cannot."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zlib
from typing import Any

import xlsxwriter

CONVERSATION = "{0F3A1C52-7B1E-4D0C-9A55-1D2E3F4A5B6C}"
CODES = [f"A.{number}" for number in range(1, 9)]
CREATED = dt.datetime(2026, 1, 2, 3, 4, 5)


def picture(side: int = 8) -> bytes:
    """Return a small PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    rows = b"".join(b"\0" + bytes((x * 8, 90, 160)) * side for x in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def base(epoch_1904: bool) -> bytes:
    """Return the workbook as xlsxwriter leaves it."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "date_1904": epoch_1904, "use_future_functions": True}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": "Torture", "author": "Zoé Lefèvre", "created": CREATED})
    book.set_custom_property("Référence", "PST-2026")
    book.set_custom_property("Version", 3)
    _actions(book, book.add_worksheet("Actions"))
    _calculations(book, book.add_worksheet("Calculs"))
    _drawings(book, book.add_worksheet("Dessins & images"))
    _form(book.add_worksheet("Formulaire"))
    _views(book, book.add_worksheet("L'été 2026"))
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Actions!$D$4:$D$11"})
    book.add_chartsheet("Courbe").set_chart(chart)
    hidden = book.add_worksheet("Listes")
    hidden.write_column("A1", ["oui", "non", "peut-être"])
    hidden.hide()
    deep = book.add_worksheet("Profond")
    deep.write("B2", 42)
    deep.very_hidden()
    for name, formula in (
        ("choix", "=Listes!$A$1:$A$3"),
        ("Calculs!local", "='L''été 2026'!$B$2"),
        ("taux", "=0.21"),
        ("glissant", "=OFFSET(Actions!$A$4,0,0,COUNTA(Actions!$A$4:$A$11),1)"),
    ):
        book.define_name(name, formula)
    book.close()
    return buffer.getvalue()


def _actions(book: Any, sheet: Any) -> None:
    title = book.add_format({"bold": True, "font_size": 14, "font_color": "#1F3864"})
    money = book.add_format({"num_format": '#,##0.00 "€"', "align": "right"})
    date = book.add_format({"num_format": "dd/mm/yyyy", "locked": False})
    sheet.write("A1", "Plan d’actions", title)
    sheet.write_rich_string("B1", "gras ", title, "et ", money, "le reste ")
    rows = [
        [code, f"Action n° {at}", CREATED + dt.timedelta(days=31 * at), 1000.5 * at, None]
        for at, code in enumerate(CODES, 1)
    ]
    sheet.add_table("A3:E12", {
        "name": "tActions", "data": rows, "style": "Style maison", "total_row": True,
        "columns": [
            {"header": "Code", "total_string": "Total"}, {"header": "Intitulé"},
            {"header": "Échéance", "format": date},
            {"header": "Budget", "format": money, "total_function": "sum", "total_value": 36018},
            {"header": "TVA", "formula": "=tActions[[#This Row],[Budget]]*taux", "format": money},
        ],
    })  # fmt: skip
    _marks(book, sheet)
    for row in range(4, 12):
        sheet.add_sparkline(f"G{row}", {"range": f"Actions!C{row}:E{row}", "type": "column"})
    _notes(sheet)
    sheet.ignore_errors({"number_stored_as_text": "A4:A11", "formula_differs": "E4:E11"})
    sheet.freeze_panes(3, 1)
    sheet.set_column("A:A", 12)
    sheet.set_column("I:K", 9, money, {"level": 1, "hidden": True})
    sheet.set_row(14, 30, title)
    sheet.print_area("A1:H12")
    sheet.repeat_rows(0, 2)
    sheet.set_landscape()
    sheet.set_header(
        "&L&G&CPlan", {"image_left": "logo.png", "image_data_left": io.BytesIO(picture())}
    )


def _marks(book: Any, sheet: Any) -> None:
    sheet.data_validation("B4:B11", {"validate": "length", "criteria": "<=", "value": 80})
    sheet.data_validation("F4:F11", {"validate": "list", "source": "=choix"})
    bad = book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"})
    sheet.conditional_format(
        "D4:D11", {"type": "cell", "criteria": ">", "value": 5000, "format": bad}
    )
    sheet.conditional_format("A4:A11", {"type": "duplicate", "format": bad})
    sheet.conditional_format(
        "D4:D11", {"type": "data_bar", "data_bar_2010": True, "bar_solid": True}
    )
    sheet.conditional_format("D4:D11", {"type": "icon_set", "icon_style": "3_arrows"})


def _notes(sheet: Any) -> None:
    sheet.write_comment(
        "A4", "Vu en comité", {"author": "Zoé Lefèvre", "x_scale": 2, "y_scale": 1.5}
    )
    sheet.write_comment(
        "D6", "À revoir\nle 12", {"author": "Éric D.", "color": "#CCFFCC", "visible": True}
    )
    sheet.write_comment("B8", "[Commentaire]", {"author": f"tc={CONVERSATION}"})
    sheet.write_url("H4", "https://example.org/a?b=1&c=é", string="site", tip="Le site")
    sheet.write_url("H5", "internal:'L''été 2026'!B2", string="ailleurs")


def _calculations(book: Any, sheet: Any) -> None:
    for row in range(1, 21):
        sheet.write(row - 1, 0, row)
        sheet.write_formula(row - 1, 1, f"=A{row}*2", None, row * 2)
        sheet.write_formula(row - 1, 2, f"=$A{row}+B{row}", None, row * 3)
    sheet.write_array_formula("E1:E4", "{=A1:A4*10}", None, 10)
    for row in range(1, 4):
        sheet.write(row, 4, 10 * (row + 1))
    sheet.write_dynamic_array_formula("F1", "=SEQUENCE(4)", None, 1)
    sheet.write_column("F2", [2, 3, 4])
    for at, text in enumerate(
        ["  espaces  ", "ligne\nligne", "retour\rchariot", "_x0041_", "<&>\"'", "é" * 300]
    ):
        sheet.write_string(at, 7, text)
    sheet.write_formula("I1", "=1/0", None, "#DIV/0!")
    sheet.write_formula("I2", '="a"&"b"', None, "ab")
    sheet.write_formula("I3", "=TRUE", None, True)
    sheet.write_boolean("I4", False)
    sheet.write("I5", 0.1 + 0.2)
    sheet.write("I6", 1e-300)
    sheet.write_datetime("I7", CREATED, book.add_format({"num_format": "dd/mm/yyyy hh:mm"}))
    sheet.write("I8", 1.5, book.add_format({"num_format": "[h]:mm"}))
    sheet.write_formula("I9", "=SUM(tActions[Budget])+local", None, 36021.14)
    sheet.write_column("L1", [1, 2, 3])
    sheet.write_column("M1", [7, 14, 21])
    sheet.merge_range("K6:M7", "fusion", book.add_format({"border": 1, "align": "center"}))


def _drawings(book: Any, sheet: Any) -> None:
    sheet.insert_image(
        "B2", "a.png", {"image_data": io.BytesIO(picture()), "description": "Le logo"}
    )
    sheet.embed_image("A1", "b.png", {"image_data": io.BytesIO(picture(9))})
    sheet.insert_checkbox("A2", True)
    for at, kind in enumerate(("column", "pie")):
        chart = book.add_chart({"type": kind})
        chart.add_series({"categories": "=Actions!$A$4:$A$11", "values": "=Actions!$D$4:$D$11"})
        chart.set_title({"name": "=Actions!$A$1"})
        chart.set_style(10 + at)
        sheet.insert_chart(3 + 16 * at, 3, chart)
    sheet.insert_textbox("K2", "Un texte\nlibre", {"fill": {"color": "#FFF2CC"}})
    sheet.set_background(io.BytesIO(picture(16)))


def _form(sheet: Any) -> None:
    sheet.write("A1", "Formulaire")
    sheet.write_comment("A1", "Une note près d’un bouton", {"author": "Zoé Lefèvre"})
    sheet.insert_button("B3", {"caption": "Envoyer", "macro": "envoyer"})
    sheet.protect("secret", {"insert_rows": True})


def _views(book: Any, sheet: Any) -> None:
    sheet.merge_range("A1:C1", "Titre fusionné", book.add_format({"bold": True}))
    sheet.write("B2", 3.14)
    sheet.write_row("A4", ["x", "y", "z"])
    sheet.write_row("A5", [1, 2, 3])
    sheet.autofilter("A4:C5")
    sheet.set_tab_color("#70AD47")
    sheet.set_h_pagebreaks([4])
    sheet.fit_to_pages(1, 0)
