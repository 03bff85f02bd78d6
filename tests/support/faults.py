"""The faultless plan with other cells in its action, and where a finding is."""

from __future__ import annotations

from pst_excel.model.findings import Finding
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from support import CLEAN


def actions(**cells: str) -> str:
    """Return the faultless plan with other cells in its action."""
    head, _, tail = CLEAN.partition("\nActions\n")
    heading, row, rest = tail.split("\n", 2)
    keys = [key.strip() for key in heading.split("|")]
    values = dict(zip(keys, (cell.strip() for cell in row.split("|")), strict=True)) | cells
    lines = (" | ".join(values), " | ".join(values.values()))
    return f"{head}\nActions\n{lines[0]}\n{lines[1]}\n{rest}"


def at(finding: Finding) -> tuple[str, str, str]:
    """Return what a finding is and where."""
    return finding.code, finding.sheet, finding.cell


def address(key: str, sheet: str = "actions", row: int = 5) -> str:
    """Return the address of a cell in the faultless plan."""
    return return_of(CLEAN, PST).tables[sheet].cell(key, row)
