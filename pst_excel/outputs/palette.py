"""The colours and the formats of every workbook the program writes: the only place for either.

Status colours stay apart for normal sight and for full deuteranopia, protanopia and tritanopia;
text on each fill reaches the AA contrast.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pst_excel.schema import Kind, Need

DARK, GREY, WHITE = "#1A202C", "#4A5568", "#FFFFFF"
INK = "#1B1F4F"
GRID = "#E2E8F0"
TILE = "#F4F6FA"
STRIPE = "#F7F9FB"
BAR = "#9DB2E8"

STATUS: Mapping[str, tuple[str, str, str]] = {
    "Terminé": ("#22A98A", DARK, "✔"),
    "En cours": ("#3A56C0", WHITE, "▶"),
    "En attente": ("#F7B916", DARK, "⏸"),
    "Problème": ("#B3141A", WHITE, "⚠"),
    "Non commencé": ("#C9D6E8", DARK, "○"),
    "Abandonné": ("#1B1F4F", WHITE, "✖"),
}
"""Fill, text and sign of each status."""

SERIES: Mapping[str, str] = {name: colors[0] for name, colors in STATUS.items()} | {
    "Prévu": "#C9D6E8",
    "Inscrit": "#F7B916",
    "Engagé": "#3A56C0",
    "Réalisé": "#22A98A",
}

SEVERITY: Mapping[str, tuple[str, str, str]] = {
    "erreur": ("#FDE2E1", "#8B1A1A", "✖"),
    "avertissement": ("#FFF4CE", "#5C4400", "⚠"),
    "conseil": ("#E3F4EC", "#14532D", "✎"),
    "à l’essai": ("#EFE6F5", "#4B2E63", "◊"),
}

TABS: Mapping[str, str] = {
    "constat": "#7A8699",
    "os": "#1F3A5F",
    "oo": "#5B83B5",
    "action": "#2F5D8A",
    "indicateur": "#22A98A",
    "budget": "#F7B916",
    "evaluation": "#B3141A",
    "program": INK,
    "help": "#C9D6E8",
}

BANDS: Mapping[str, tuple[str, str]] = {
    "constat": ("#E9ECF1", INK),
    "os": ("#1F3A5F", WHITE),
    "oo": ("#C7D8EC", INK),
    "action": ("#2F6F6A", WHITE),
    "indicateur": ("#D5EFE8", INK),
    "budget": ("#FDEBC2", INK),
}
"""Fill and text of the title of each level."""

STATES: Mapping[str, tuple[str, str]] = {
    "✔": ("#E3F4EC", "#14532D"),
    "✎": ("#FDE2E1", "#8B1A1A"),
    "⚠": ("#FFF4CE", "#5C4400"),
    "ℹ": ("#E9ECF1", GREY),
}
"""Fill and text of what a workbook says of a row, by its sign."""

LENT: Mapping[str, Any] = {"bg_color": "#E9ECF1", "font_color": GREY, "italic": True}
"""A row that is there for information: another service holds it."""

LINK = {"font_color": "#2F5D8A", "underline": 1}
COMPUTED = {"font_color": GREY, "bg_color": "#EEF3F8"}
LOCAL = {"bg_color": "#F3EDE2", "font_color": DARK}

BASE = {"font_name": "Calibri", "font_size": 11, "font_color": DARK, "valign": "top"}
SMALL = {"font_size": 9, "font_color": GREY}

HEADINGS: Mapping[Need, dict[str, Any]] = {
    Need.REQUIRED: {"bg_color": "#2F5D8A", "font_color": WHITE, "bold": True},
    Need.ADVISED: {"bg_color": "#DCE6F1", "font_color": DARK, "bold": True},
    Need.OPTIONAL: {"bg_color": WHITE, "font_color": DARK},
    Need.COMPUTED: {"bg_color": "#EEF3F8", "font_color": GREY, "italic": True},
}
HEADING = {"text_wrap": True, "valign": "vcenter", "border": 1, "border_color": "#9AA8B8"}
SIGNS: Mapping[Need, str] = {Need.REQUIRED: " ✱", Need.COMPUTED: " ƒ"}

LEVELS: Mapping[str, dict[str, Any]] = {
    "os": {"bg_color": "#1F3A5F", "font_color": WHITE, "bold": True},
    "oo": {"bg_color": "#DCE6F1", "font_color": DARK},
}

NUMBER_FORMATS: Mapping[Kind, str] = {
    Kind.CODE: "@",
    Kind.INTEGER: "#,##0",
    Kind.NUMBER: "General",
    Kind.PERCENT: '0" %"',
    Kind.AMOUNT: '#,##0 "€"',
    Kind.YEAR: "0",
    Kind.DATE: "dd/mm/yyyy",
}

UNIT_FORMATS: Mapping[str, str] = {
    "nombre": '#,##0;-#,##0;"–"',
    "%": '0.0 %;-0.0 %;"–"',
    "% de 100": '0.0" %";-0.0" %";"–"',
    "€": '#,##0 "€";-#,##0 "€";"–"',
    "par 1 000": '0.0;-0.0;"–"',
    "€/hab.": '#,##0 "€";-#,##0 "€";"–"',
}
"""By unit; zero is a dash where it means nothing."""

FRACTION = '0.0;-0.0;"–"'
"""A count of actions by their shares."""
