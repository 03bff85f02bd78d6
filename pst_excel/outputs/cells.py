"""How the cells of a column look, what they accept, and the help they give."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pst_excel.outputs import palette
from pst_excel.outputs.names import list_name
from pst_excel.outputs.xlsx import Sheet
from pst_excel.schema import Column, Kind, Need

LINE = 15


def lines_of(text: str, width: int) -> int:
    """Return how many lines a text takes in a wrapped cell of a width in characters."""
    return sum(1 + int(len(line) * 1.12) // width for line in text.split("\n"))


_CENTRED = (Kind.DATE, Kind.YEAR, Kind.PERCENT, Kind.INTEGER)


def look(column: Column) -> dict[str, Any]:
    """Return the properties of a column's cells."""
    properties: dict[str, Any] = {}
    if column.many or column.kind.is_text:
        properties["num_format"] = "@"
    elif column.kind in palette.NUMBER_FORMATS:
        properties["num_format"] = palette.NUMBER_FORMATS[column.kind]
    if column.kind in _CENTRED:
        properties["align"] = "center"
    elif column.kind.is_number and not column.many:
        properties |= {"align": "right", "indent": 1}  # the next column begins with a text
    if column.unit:
        properties["num_format"] = palette.UNIT_FORMATS[column.unit]
    if column.kind.is_text and column.width >= 20:
        properties["text_wrap"] = True
    if column.need is Need.COMPUTED:
        properties |= palette.COMPUTED
        if column.kind in (Kind.INTEGER, Kind.AMOUNT):
            properties["num_format"] = palette.NUMBER_FORMATS[column.kind] + ';;"–"'
    return properties


def validate(page: Sheet, first: int, position: int, last: int, column: Column) -> None:
    """Add the list or the limits of a column, its help and its alert."""
    example = f" Exemple : {column.example}" if column.example else ""
    options: dict[str, Any] = {
        "input_title": f"{column.label} ({column.need})",
        "input_message": column.help + example,
        "validate": "any",
    }
    vocabulary = column.vocabulary
    if vocabulary is not None and not column.many:
        options |= {
            "validate": "list", "source": f"={list_name(vocabulary)}",
            "error_type": "warning" if vocabulary.local else "stop",
            "error_title": "Valeur hors liste",
            "error_message": "Choisissez une valeur de la liste"
            + (" ou ajoutez-la d’abord dans la feuille Listes." if vocabulary.local else "."),
        }  # fmt: skip
    elif column.kind is Kind.DATE:
        options |= {
            "validate": "date", "criteria": "between", "minimum": dt.date(1990, 1, 1),
            "maximum": dt.date(2100, 12, 31), "error_title": "Date attendue",
            "error_type": "warning", "error_message": "Écrivez une date : jj/mm/aaaa.",
        }  # fmt: skip
    elif column.kind.is_number and not column.many:
        low = column.low if column.low is not None else -1e12
        high = column.high if column.high is not None else 1e12
        options |= {
            "validate": "decimal", "criteria": "between", "minimum": low, "maximum": high,
            "error_title": "Nombre attendu", "error_type": "warning",
            "error_message": "Écrivez un nombre seul ; les précisions vont en commentaire.",
        }  # fmt: skip
    elif column.max_length is not None:
        options |= {
            "validate": "length", "criteria": "<=", "value": column.max_length,
            "error_title": "Texte trop long", "error_type": "warning",
            "error_message": f"{column.max_length} caractères au plus ; déplacez le détail.",
        }  # fmt: skip
    page.rule(first, position, last, options)
