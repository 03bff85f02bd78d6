"""The colours and the formats of every workbook the program writes: the only place for either.

Status colours stay apart for normal sight and for full deuteranopia, protanopia and tritanopia;
text on each fill reaches the AA contrast.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from pst_excel.model.findings import Severity
from pst_excel.model.words.colors import Color, Shade
from pst_excel.model.words.kinds import Kind, Need

Look: TypeAlias = Mapping[str, str | int | bool]
"""What makes a cell look so: properties of a format, under the names that xlsxwriter gives them."""

DARK, GREY, WHITE = "#1A202C", "#4A5568", "#FFFFFF"
INK = "#1B1F4F"
GRID = "#E2E8F0"
TILE = "#F4F6FA"
STRIPE = "#F7F9FB"
BAR = "#9DB2E8"
ACTUAL, HEAT = "#4A5F7F", "#8FA3C4"  # what is; the most of a matrix
BETTER, WORSE = "#2E7D32", "#C2410C"  # a variance: ahead and behind
CALENDAR = {1: ("#4A5F7F", WHITE), 2: ("#F4C7B8", DARK), 3: ("#D6DEEA", DARK)}
"""What a quarter is: done, its time gone and not done, to come. Fill and text."""
HUMAN = "#FFF9DB"  # where people decide in a sheet of the program

COLORS: Mapping[Color, tuple[str, str]] = {
    Color.GREEN: ("#22A98A", DARK),
    Color.BLUE: ("#3A56C0", WHITE),
    Color.YELLOW: ("#F7B916", DARK),
    Color.RED: ("#B3141A", WHITE),
    Color.PALE: ("#C9D6E8", DARK),
    Color.NIGHT: ("#1B1F4F", WHITE),
    Color.GREY: ("#8A94A6", DARK),
}
"""Fill and text of the choices of a list, and of what is drawn of them."""

SEVERITY: Mapping[Severity, tuple[str, str]] = {
    Severity.ERROR: ("#FDE2E1", "#8B1A1A"),
    Severity.WARNING: ("#FFF4CE", "#5C4400"),
    Severity.HINT: ("#E3F4EC", "#14532D"),
    Severity.TRIAL: ("#EFE6F5", "#4B2E63"),
}
"""Fill and text of what is found, by how much it matters."""

TABS: Mapping[str, str] = {
    "program": INK,
    "help": "#C9D6E8",
}

SHADES: Mapping[Shade, str] = {
    Shade.STONE: "#7A8699",
    Shade.NAVY: "#1F3A5F",
    Shade.SKY: "#5B83B5",
    Shade.PETROL: "#2F5D8A",
    Shade.MINT: "#22A98A",
    Shade.SAND: "#F7B916",
    Shade.BRICK: "#B3141A",
}
"""The tab of a sheet of the plan."""

BANDS: Mapping[Shade, tuple[str, str]] = {
    Shade.STONE: ("#E9ECF1", INK),
    Shade.NAVY: ("#1F3A5F", WHITE),
    Shade.SKY: ("#C7D8EC", INK),
    Shade.PETROL: ("#2F6F6A", WHITE),
    Shade.MINT: ("#D5EFE8", INK),
    Shade.SAND: ("#FDEBC2", INK),
    Shade.BRICK: ("#FDE2E1", INK),
}
"""Fill and text of its title."""

STATES: Mapping[str, tuple[str, str]] = {
    "✔": ("#E3F4EC", "#14532D"),
    "↻": ("#DCE6F1", "#1F3A5F"),
    "✎": ("#FDE2E1", "#8B1A1A"),
    "⚠": ("#FFF4CE", "#5C4400"),
    "ℹ": ("#E9ECF1", GREY),
}
"""Fill and text of what a workbook says of a row, by its sign."""

LENT: Look = {"bg_color": "#E9ECF1", "font_color": GREY, "italic": True}
"""A row that is there for information: another service holds it."""

MISSING: Look = {"font_size": 11, "bold": True, "font_color": "#8A4B00"}
"""What a board says of those who have not answered."""

LINK: Look = {"font_color": "#2F5D8A", "underline": 1}
COMPUTED: Look = {"font_color": GREY, "bg_color": "#EEF3F8"}
LOCAL: Look = {"bg_color": "#F3EDE2", "font_color": DARK}

BAND: Look = {"font_size": 9, "bold": True, "font_color": INK, "bg_color": "#E9ECF1"}
"""The name of columns that stand side by side, above their headings."""
YEAR: Look = {"bg_color": "#F7B916", "font_color": DARK}
"""The heading of the year that is told."""

LATEST: Look = {"bold": True, "bg_color": "#DCE6F1"}
"""The latest line of a ledger."""
RULED: Look = {"bottom": 1, "bottom_color": GRID, "right": 1, "right_color": GRID}
"""A cell of a plain table: a text that fills it does not run into the next one."""
TEXTS: Look = {"align": "left", "indent": 1}
FIGURES: Look = {"align": "right", "indent": 1}
MIDDLE: Look = {"align": "center"}
"""Where texts, numbers, dates and per cents stand: off the edges of their cells."""
BASE: Look = {"font_name": "Calibri", "font_size": 11, "font_color": DARK, "valign": "top"}
SMALL: Look = {"font_size": 9, "font_color": GREY}

MESSAGE: Look = {"font_size": 20, "bold": True, "font_color": INK, "valign": "vcenter"}
"""The title of a board."""
BLOCK: Look = {"font_size": 13, "bold": True, "font_color": INK, "valign": "vcenter"}
"""That of what stands under it."""
COLUMN: Look = {
    "font_size": 9, "font_color": GREY, "text_wrap": True, "valign": "bottom", "bottom": 1,
    "bottom_color": "#9AA8B8", "align": "left",
}  # fmt: skip
"""The heading of a column of a board."""
LINE: Look = {"bottom": 1, "bottom_color": GRID}
"""A cell of a board."""

HEADINGS: Mapping[Need, Look] = {
    Need.REQUIRED: {"bg_color": "#2F5D8A", "font_color": WHITE, "bold": True},
    Need.ADVISED: {"bg_color": "#DCE6F1", "font_color": DARK, "bold": True},
    Need.OPTIONAL: {"bg_color": WHITE, "font_color": DARK},
    Need.COMPUTED: {"bg_color": "#EEF3F8", "font_color": GREY, "italic": True},
}
HEADING: Look = {
    "font_size": 10,
    "text_wrap": True,
    "valign": "vcenter",
    "border": 1,
    "border_color": "#9AA8B8",
}
SIGNS: Mapping[Need, str] = {Need.REQUIRED: " ✱", Need.COMPUTED: " ƒ"}

UPPER: Look = {"bg_color": "#1F3A5F", "font_color": WHITE, "bold": True}
LOWER: Look = {"bg_color": "#DCE6F1", "font_color": DARK}
"""A row of the upper level of an evaluation, and one of the level under it."""

NUMBER_FORMATS: Mapping[Kind, str] = {
    Kind.CODE: "@",
    Kind.INTEGER: "#,##0",
    Kind.NUMBER: "[<1000]General;#,##0",
    Kind.PERCENT: '0" %"',
    Kind.AMOUNT: '#,##0 "€"',
    Kind.YEAR: "0",
    Kind.DATE: "dd/mm/yyyy",
}

TYPED_PERCENT = '[<=0]General" %";[<=1]General" ?";General" %"'
"""A per cent as somebody typed it: « 55% » is 0,55 for a workbook, and 1 may be the whole.

No section multiplies by 100: Excel would then divide what is typed next by 100.
"""

EXACT_FORMATS: Mapping[Kind, tuple[tuple[str, str], ...]] = {
    Kind.PERCENT: (
        ("AND({0}>0,{0}<1,ROUND({0}*100,6)=ROUND({0}*100,0))", "0 %"),
        ("AND({0}>0,{0}<1)", "[$-80C]0.0#### %"),
    ),
    Kind.NUMBER: (("AND(ABS({0})>=1000,ROUND({0},6)<>ROUND({0},0))", "[$-80C]#,##0.######"),),
    Kind.AMOUNT: (("ROUND({0},2)<>ROUND({0},0)", '[$-80C]#,##0.00 "€"'),),
}
"""What shows a typed number as it is read where the format of its cell does not: when, how.

A format cannot tell whether there are decimals, and would leave its comma behind a whole number.
The language of the numbers is said: LibreOffice reads marks as English ones.
"""

SHARE = "0.0 %"
"""A share of the whole, as `wording.share` says it."""
SMALL_SHARE = "0.00 %"
"""What one column costs of the whole: often under a tenth of a per cent."""

UNIT_FORMATS: Mapping[str, str] = {
    "nombre": '#,##0;-#,##0;"–"',
    "%": f'{SHARE};-{SHARE};"–"',
    "% de 100": '0.0" %";-0.0" %";"–"',
    "€": '#,##0 "€";-#,##0 "€";"–"',
    "par 1 000": '0.0;-0.0;"–"',
    "€/hab.": '#,##0 "€";-#,##0 "€";"–"',
    "€/hab./an": '#,##0 "€";-#,##0 "€";"–"',
    "points": "+0.0;-0.0;0",
    "jours": "#,##0;-#,##0;0",
    "ETP": '#,##0.0;-#,##0.0;"–"',
    "date": "dd/mm/yyyy",
}
"""By unit; zero is a dash where it means nothing."""

TILE_FORMATS: Mapping[str, str] = {
    "€": '[>=1000000]0.0,," M€";[>=10000]0," k€";0 "€"',
    "% de 100": '0" %"',
    "%": "0 %",
}
"""How a tile says a figure, by unit: what is read across a table."""

GAINS: Mapping[str, str] = {
    "nombre": '+#,##0;-#,##0;"="',
    "%": '+0.0" pt";-0.0" pt";"="',
    "% de 100": '+0.0" pt";-0.0" pt";"="',
    "€": '+#,##0 "€";-#,##0 "€";"="',
    "par 1 000": '+0.0;-0.0;"="',
    "€/hab.": '+#,##0 "€";-#,##0 "€";"="',
    "€/hab./an": '+#,##0 "€";-#,##0 "€";"="',
    "points": '+0.0" pt";-0.0" pt";"="',
    "jours": '+#,##0;-#,##0;"="',
    "ETP": '+#,##0.0;-#,##0.0;"="',
}
"""By unit, what a figure gained; per cents gain points."""

FRACTION = '0.0;-0.0;"–"'
"""A count of actions by their shares."""


def shown(unit: str) -> str:
    """Return the number format of a unit where zero is said."""
    return UNIT_FORMATS[unit].split(";")[0]


def look_of(color: Color | None, at: int) -> tuple[str, str]:
    """Return the fill and the text of a colour; where there is none, those of a place in turn."""
    return COLORS[color] if color is not None else tuple(COLORS.values())[at % len(COLORS)]


def tab_of(shade: Shade | None) -> str:
    """Return the colour of the tab of a sheet of the plan."""
    return SHADES[shade] if shade is not None else TABS["help"]
