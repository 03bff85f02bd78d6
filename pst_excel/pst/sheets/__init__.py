"""The sheets of the PST, one module each, in the order of the workbook."""

from dataclasses import replace

from pst_excel.model.counted_rows import counted
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.kinds import Kind
from pst_excel.pst.sheets.actions import ACTIONS
from pst_excel.pst.sheets.budget import BUDGET
from pst_excel.pst.sheets.constat import CONSTAT
from pst_excel.pst.sheets.derogations import DEROGATIONS
from pst_excel.pst.sheets.evaluation import EVALUATION
from pst_excel.pst.sheets.identification import IDENTIFICATION
from pst_excel.pst.sheets.indicateurs import indicateurs
from pst_excel.pst.sheets.listes import LISTES
from pst_excel.pst.sheets.oo import OO
from pst_excel.pst.sheets.os import OS
from pst_excel.pst.vocabularies import DEVANT_UN_CODE


def sheets(years: range) -> tuple[Sheet, ...]:
    """Return the sheets for the exercices of a legislature."""
    declared = (
        IDENTIFICATION, CONSTAT, OS, OO, ACTIONS, indicateurs(years), BUDGET, DEROGATIONS,
        EVALUATION, LISTES,
    )  # fmt: skip
    return tuple(
        counted(replace(sheet, columns=tuple(map(_dressed, sheet.columns)))) for sheet in declared
    )


def _dressed(column: Column) -> Column:
    """Return a column with the words that people write before the codes of the plan."""
    if column.kind is not Kind.CODE or column.digits:
        return column
    return replace(column, prefixes=DEVANT_UN_CODE)
