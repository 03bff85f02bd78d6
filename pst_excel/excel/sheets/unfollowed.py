"""The line of the first sheet that says which rows a workbook does not follow.

Excel gives the formulas of a table to each row inserted in it, LibreOffice does not: such a row is
read as the others are, and nothing is said of it while it is filled.
"""

from __future__ import annotations

from collections.abc import Sequence

from pst_excel.excel import palette
from pst_excel.excel.names import Names
from pst_excel.excel.xlsx import SheetWriter
from pst_excel.model.expressions.core import quoted
from pst_excel.model.row_status import MISSING
from pst_excel.model.schema import Sheet
from pst_excel.model.words.keys import ROW_ROLE

_WRITTEN = '"?*"'  # a text of any length: no two programs count blanks alike
_SHOWN = '[>1]"⚠ "0" lignes sans suivi";[=1]"⚠ "0" ligne sans suivi";""'
_TEXT_ONLY = ";;;@"
REMEDY = (
    " : LibreOffice n’y met pas les formules ; coupez leurs cellules, collez-les dans une ligne"
    " vide en bas."
)


def write_unfollowed(page: SheetWriter, row: int, names: Names, sheets: Sequence[Sheet]) -> None:
    """Write the live line: how many rows have no formulas, in which sheets, what to do.

    None when the program has written the workbook, so the line is blank.
    """
    counts = {sheet.title: _unfollowed(sheet, names) for sheet in sheets if MISSING in sheet}
    style = page.book.format(palette.MISSING, num_format=_SHOWN, align="left")
    page.formula(row, 1, "+".join(counts.values()), 0.0, style)
    titles = "&".join(f'IF({count}>0,{quoted(f", {title}")},"")' for title, count in counts.items())
    words = f"IF(B{row + 1}>0,MID({titles},3,200)&{quoted(REMEDY)},0)"
    style = page.book.format(palette.MISSING, font_size=10, num_format=_TEXT_ONLY)
    page.formula(row, 2, words, 0.0, style)


def _unfollowed(sheet: Sheet, names: Names) -> str:
    """Return the count of the rows that are named, that no other holds, without the formula.

    A row is named in the column that identifies it, or in that of its title: those of the first,
    and of the second, less those of both.
    """
    first, second = (names.column(sheet.key, key) for key in (sheet.identity[0], sheet.named_by))
    missing, role = (names.column(sheet.key, key) for key in (MISSING, ROW_ROLE))
    followed, lent = f'{missing},">="&0', f"{role},{_WRITTEN}"
    chosen: list[tuple[str, tuple[str, ...]]] = [("", (first,))]
    if second != first:
        chosen += [("+", (second,)), ("-", (first, second))]
    terms = []
    for sign, columns in chosen:
        where = ",".join(f"{column},{_WRITTEN}" for column in columns)
        other = "+" if sign == "-" else "-"
        terms.append(f"{sign}COUNTIFS({where})")
        terms += [f"{other}COUNTIFS({where},{less})" for less in (followed, lent)]
    return f"({''.join(terms)})"
