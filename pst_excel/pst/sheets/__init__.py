"""The sheets of the PST, one module each, in the order of the workbook."""

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
from pst_excel.schema import Sheet


def sheets(years: range) -> tuple[Sheet, ...]:
    """Return the sheets for the exercices of a legislature."""
    return (
        IDENTIFICATION, CONSTAT, OS, OO, ACTIONS, indicateurs(years), BUDGET, DEROGATIONS,
        EVALUATION, LISTES,
    )  # fmt: skip
