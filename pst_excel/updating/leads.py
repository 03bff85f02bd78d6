"""Where the provenance of a row leads: to what is to be decided about it, as long as it is."""

from __future__ import annotations

from pst_excel.excel.sheets.conflicts import lines_of_rows
from pst_excel.model.words.keys import ORIGIN
from pst_excel.model.words.titles import CONFLITS
from pst_excel.ooxml.workbook import Workbook
from pst_excel.updating.plan import PlanLayout


def lead_to_conflicts(book: Workbook, plan: PlanLayout) -> None:
    """Make the rows of which something is to be decided lead there, and no others."""
    leads = lines_of_rows(plan.consolidation)
    for key, found in plan.sheets.items():
        column = found.columns.ours.get(ORIGIN)
        if column is None:
            continue
        there = book[found.sheet.title]
        for row in plan.consolidation.merged.tables[key].rows:
            cell = there.at(row, column)
            cell.unlink(CONFLITS)
            if (key, row) in leads:
                cell.link(CONFLITS, leads[key, row])
