"""The template as a text, committed: what changes in it is a diff that somebody reads."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from copy import copy
from typing import Any

from openpyxl.styles import PatternFill
from support import damaged, dump

from pst_excel.api.outputs import as_bytes
from pst_excel.api.templates import identified
from pst_excel.excel.palette import SEVERITY
from pst_excel.model.schema import HEADING_ROW
from pst_excel.pst import PST

REFRESH = "if this is what you meant: .ci/run --update"
GREEN = "00AA00"


def diff(old: str, new: str) -> list[str]:
    """Return the lines that differ, each after its sign, without those around them."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), "committed", "written", n=0)
    return list(lines)


def test_the_template_is_the_one_whose_text_is_committed() -> None:
    lines = diff(dump.FILE.read_text(encoding="utf-8"), dump.template())

    assert not lines, "\n".join([*lines, REFRESH])


def letters_of(book: Any, heading: str) -> str:
    """Return the letters of a column of Actions."""
    (cell,) = (cell for cell in book["Actions"][HEADING_ROW] if cell.value == heading)
    return str(cell.column_letter)


def of(book: Any, rules: Any, heading: str) -> Any:
    """Return the validation of a column of Actions, or its conditional formats."""
    start = f"{letters_of(book, heading)}{HEADING_ROW + 1}:"
    return next(one for one in rules if str(one.sqref).startswith(start))


def help_text(book: Any) -> None:
    rules = book["Actions"].data_validations.dataValidation
    of(book, rules, "Intitulé ✱").prompt = "Une aide nouvelle."


def limit(book: Any) -> None:
    rules = book["Actions"].data_validations.dataValidation
    of(book, rules, "Intitulé ✱").formula1 = "80"


def width(book: Any) -> None:
    book["Actions"].column_dimensions[letters_of(book, "Intitulé ✱")].width += 3


def fold(book: Any) -> None:
    book["Actions"].column_dimensions[letters_of(book, "Service pilote ✱")].outlineLevel = 1


def fill_of_a_heading(book: Any) -> None:
    letters = letters_of(book, "Agent pilote")
    book["Actions"][f"{letters}{HEADING_ROW}"].fill = PatternFill("solid", GREEN)


def fill_of_a_mark(book: Any) -> None:
    rule, *_ = (
        rule
        for rule in of(book, book["Actions"].conditional_formatting, "Service pilote ✱").rules
        if rule.dxf.fill and rule.dxf.fill.bgColor.rgb[2:] == SEVERITY["erreur"][0][1:]
    )
    rule.dxf = copy(rule.dxf)  # openpyxl gives the same to every rule that looks like it
    rule.dxf.fill = PatternFill(bgColor=GREEN)


def condition_of_a_mark(book: Any) -> None:
    letters, row = letters_of(book, "Agent pilote"), HEADING_ROW + 1
    rules = of(book, book["Actions"].conditional_formatting, "Agent pilote").rules
    rules[1].formula = [f'${letters}{row}="personne"']


def formula_of_a_column(book: Any) -> None:
    sheet = book["Constat"]
    (column,) = (c for c in sheet.tables["T_Constat"].tableColumns if c.name == "Doutes ƒ")
    column.calculatedColumnFormula.attr_text = "LEN(T_Constat[[#This Row],[Code ✱]])"
    for row in range(HEADING_ROW + 1, sheet.max_row + 1):
        sheet.cell(row, column.id).value = "=LEN(T_Constat[[#This Row],[Code ✱]])"


def formula_of_a_cell(book: Any) -> None:
    book["OO"]["D9"] = '="1.1"'


def look_of_a_cell(book: Any) -> None:
    book["OO"]["H7"].number_format = "0.00"


def entry_of_a_list(book: Any) -> None:
    (cell,) = (cell for cell in book["Listes"][HEADING_ROW] if cell.value == "Statuts")
    book["Listes"].cell(HEADING_ROW + 1, cell.column).value = "Pas commencé"


def name_of_a_range(book: Any) -> None:
    book.defined_names["Liste_sante"].attr_text = "'Listes'!$J$5:$J$7"


def text(book: Any) -> None:
    book["Lisez-moi"]["B1"] = "Notre programme"


def pages_printed(book: Any) -> None:
    book["OS"].page_setup.scale = 60


def colour_of_a_tab(book: Any) -> None:
    book["Budget"].sheet_properties.tabColor = GREEN


CHANGES: dict[Callable[[Any], None], tuple[str, ...]] = {
    help_text: ("    ? Intitulé – Une aide nouvelle.",),
    limit: ("    ✓ textLength lessThanOrEqual 80 else warning",),
    width: (" Intitulé ✱ · 39 ",),
    fold: (" Service pilote ✱ · 22 level 1 ",),
    fill_of_a_heading: (f"heading on #{GREEN} bold",),
    fill_of_a_mark: (f"    ◆ on #{GREEN} ",),
    condition_of_a_mark: ('when [Agent pilote]="personne"',),
    formula_of_a_column: ("    = LEN([Code])",),
    formula_of_a_cell: ('    rows 9 to 9 (1): = "1.1"', "    rows 5 to 64 (59): formula"),
    look_of_a_cell: ("    rows 7 to 7 (1): look ",),
    entry_of_a_list: ("    6: Pas commencé | En attente",),
    name_of_a_range: ("named Liste_sante 5-7",),
    text: ("B1 Notre programme",),
    pages_printed: ("landscape on A3, at 60 %",),
    colour_of_a_tab: (f"tab #{GREEN};",),
}


def test_each_change_is_told_in_a_line_or_two() -> None:
    template = as_bytes(identified(PST, {"type": "Commune"}), ".xlsx")

    def change(book: Any) -> None:
        for one in CHANGES:
            one(book)

    before, after = damaged(template, lambda book: None), damaged(template, change)
    lines = diff(dump.dump(before), dump.dump(after))[2:]
    added = [line for line in lines if line.startswith("+")]
    removed = [line for line in lines if line.startswith("-")]

    expected = [words for said in CHANGES.values() for words in said]
    told = [[words for words in expected if words in line] for line in added]
    assert sorted(told) == sorted([words] for words in expected)
    assert len(removed) <= len(CHANGES)
