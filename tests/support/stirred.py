"""The real workbook of 2026.1 after two years of use, and what it becomes in today's template."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table as ExcelTable

from pst_excel.upgrading.upgrade import Upgrade
from support import damaged
from support.modernised import OLD, modernised

LETTERS = {
    "Code action": "B",
    "Intitulé": "E",
    "Début prévu": "R",
    "Avancement %": "W",
    "Lieu": "AI",
}
"""Where some columns of Actions stand in that workbook."""


def _stir(book: Any) -> None:
    _stir_actions(book["Actions"])
    form = book["Identification"]
    form["B25"], form["C25"], form["F7"] = "Téléphone", "081 22 33 44", "à vérifier"
    form["C7"].comment = Comment("le nom officiel", "Marie")
    form["C25"].comment = Comment("le jour", "Marie")
    lists = book["Listes"]
    lists["AB4"], lists["AB5"], lists["AB6"], lists["H40"] = "Quartiers", "Nord", "Sud", "Espace"
    book["Lisez-moi"]["E30"] = "Rendre avant le 15"
    book["OO"].title = "Objectifs opérationnels"
    book.defined_names["MaPlage"] = DefinedName("MaPlage", attr_text="'Suivi'!$A$1:$A$3")


def _stir_actions(sheet: Any) -> None:
    sheet.insert_rows(1)
    sheet["B1"] = "À relire avant juin"
    sheet[f"{LETTERS['Intitulé']}5"] = "titre"
    for position, heading in enumerate(("Ancienne colonne", "Empreinte", "Statut", None, "Quand",
                                        "Saisie"), start=36):  # fmt: skip
        sheet.cell(5, position).value = heading
    for row in range(6, 19):
        when = dt.datetime(2026, 1, row, 14, 30)
        for position, value in enumerate((f"n° {row}", row * 1.5, "à voir", "sans titre", when,
                                          row % 2 == 0), start=36):  # fmt: skip
            sheet.cell(row, position).value = value
        sheet.cell(row, 37).number_format = '#,##0.00 "t"'
    sheet["W7"], sheet["W8"], sheet["W9"] = "trente pour cent", "=10+20", "12,5 %"
    sheet["R7"], sheet["S9"] = "1er mars 2026", dt.datetime(2026, 5, 4, 12, 0)
    sheet["W10"] = "#N/A"
    sheet.insert_rows(9)
    sheet["B9"] = "DEUXIÈME PARTIE"
    sheet.insert_rows(9)
    sheet["AP40"] = "reste d’un brouillon"
    sheet["E8"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["E8"].comment = Comment("À discuter\nau collège", "Marie")
    sheet["E5"].comment = Comment("Être bref", "Jean")
    sheet["AR50"].comment = Comment("perdue de vue", "Jean")
    sheet["E11"].hyperlink = "https://exemple.be/projet"
    sheet["E12"].font = Font(bold=True)
    sheet.row_dimensions[12].hidden = True
    sheet.protection.sheet = True
    lists = DataValidation(type="list", formula1='"a,b"')
    lists.add("AI6:AI18")
    sheet.add_data_validation(lists)
    pink = CellIsRule(
        operator="equal", formula=['"x"'], fill=PatternFill("solid", bgColor="FF00FF")
    )
    sheet.conditional_formatting.add("E6:E18", pink)


def add_sheets(book: Any) -> None:
    """Add sheets of people's own: one with nearly all that a sheet holds, a hidden one."""
    _fill(book.create_sheet("Suivi", 2))
    hidden = book.create_sheet("Cachée")
    hidden["A1"], hidden.sheet_state = "secret", "hidden"
    book.create_sheet("Modernisation")["A1"] = "de l’administration"


def _fill(sheet: Any) -> None:
    sheet["A1"] = "Suivi"
    sheet["A1"].font = Font(bold=True, size=16, color=Color(theme=4, tint=-0.25))
    sheet.merge_cells("A1:C1")
    for row in range(3, 8):
        sheet.cell(row, 1).value, sheet.cell(row, 2).value = row, row / 4
        sheet.cell(row, 2).number_format = '#,##0.00 "€"'
        sheet.cell(row, 3).value, sheet.cell(row, 4).value = f"=A{row}*2", f"=Actions!A{row}"
    sheet["A9"], sheet["A9"].number_format = dt.date(2026, 3, 1), "mm-dd-yy"
    sheet["B9"], sheet["C9"], sheet["D9"] = dt.datetime(2026, 3, 1, 8, 15), dt.time(8, 15), True
    sheet["E9"] = dt.timedelta(hours=30)
    for row, text in enumerate(("=1+1", "+32 81 22", "-12", "@commune", "'a"), start=10):
        sheet.cell(row, 1).value = text
        sheet.cell(row, 1).data_type = "s"
    sheet["F3"], sheet["G3"] = "=SUM('Suivi'!A3:A7)", "#N/A"
    sheet["F4"] = ArrayFormula("F4", "=SUM(A3:A7*2)")
    sheet["K3"] = ArrayFormula("K3:K5", "=A3:A5*2")
    sheet["A16"] = CellRichText("un mot ", TextBlock(InlineFont(b=True), "gras"))
    sheet["B3"].comment = Comment("à revoir", "Zoé")
    sheet["B4"].border = Border(left=Side("thin", color="FF0000"), bottom=Side("double"))
    sheet["B4"].alignment = Alignment("center", "center", wrap_text=True, text_rotation=45)
    sheet["B4"].fill = PatternFill("solid", fgColor="FFDDEE")
    sheet["B5"].font = Font(name="Arial", italic=True, underline="single", strike=True)
    sheet.column_dimensions["A"].width = 33.5
    sheet.column_dimensions["E"].hidden = True
    sheet.column_dimensions.group("G", "I", outline_level=2)
    sheet.row_dimensions[3].height = 40
    sheet.freeze_panes = "B3"
    sheet.sheet_properties.tabColor = "FF8800"
    sheet["H1"], sheet["H1"].hyperlink = "lien", "https://exemple.be"
    sheet["L1"], sheet["M1"] = "x", "y"
    sheet.add_table(ExcelTable(displayName="TSuivi", ref="L1:M3"))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=3, max_row=7))
    sheet.add_chart(chart, "J20")
    sheet.auto_filter.ref = "A2:D7"
    sheet.row_dimensions[5].hidden = True


@cache
def stirred() -> bytes:
    """Return the real workbook after two years of use."""

    def change(book: Any) -> None:
        _stir(book)
        add_sheets(book)

    return damaged(OLD, change)


@cache
def renewed() -> tuple[Upgrade, bytes]:
    """Return what that workbook becomes."""
    return modernised(stirred())
