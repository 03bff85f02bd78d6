"""The columns of the whole plan by which figures know a row: that it says something, its code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pst_excel.model.expressions.counting import CodeKey, Rank, Says
from pst_excel.model.formulas import Expression
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words import keys
from pst_excel.model.words.kinds import Kind, Layout, Need, Where

_OURS = "Calcul · "  # a column that people add is not taken for one of these


def helper(
    key: str, label: str, words: str, formula: Expression, kind: Kind = Kind.NUMBER
) -> Column:
    """Return a hidden column of the whole plan by which figures and formulas count."""
    return Column(
        key, f"{_OURS}{label}", kind, words, Need.COMPUTED, formula=formula, hidden=True,
        where=Where.WHOLE, helper=True,
    )  # fmt: skip


def says(columns: Iterable[Column]) -> Column:
    """Return the flag of a row that says something: a cell that people fill is filled."""
    filled = tuple(
        c.key for c in columns
        if c.need is not Need.COMPUTED and not c.hidden and c.key != keys.ORIGIN
    )  # fmt: skip
    return Column(
        keys.LINE,
        f"{_OURS}ligne",
        Kind.INTEGER,
        "1 quand la ligne dit quelque chose : elle est comptée.",
        Need.COMPUTED,
        formula=Says(filled),
        hidden=True,
        where=Where.WHOLE,
    )


KEY_COLUMN = helper(
    keys.KEY, "Clé", "Le code, tel que les formules le comparent.", CodeKey(), Kind.CODE
)
RANK_COLUMN = helper(
    keys.RANK, "Rang", "La place de la ligne dans la feuille.", Rank(), Kind.INTEGER
)


def counted(sheet: Sheet) -> Sheet:
    """Return a sheet that people fill with the flag of its rows, before what it computes."""
    if sheet.layout is not Layout.TABLE or sheet.program:
        return sheet
    at = next(
        (n for n, c in enumerate(sheet.columns)
         if c.need is Need.COMPUTED and c.where is Where.WHOLE), len(sheet.columns),
    )  # fmt: skip
    return replace(sheet, columns=(*sheet.columns[:at], says(sheet.columns), *sheet.columns[at:]))
