"""What a consolidation sets aside: two values for one cell, two records under one code."""

from __future__ import annotations

from dataclasses import dataclass

from pst_excel.returns.tables import Return


@dataclass(frozen=True)
class Conflict:
    """Two values for one cell, or two records under one code: the one kept, the one set aside."""

    sheet: str
    id: str
    name: str
    column: str
    kept: str
    kept_from: str
    other: str
    other_from: str


def origin_of(returned: Return, sheet: str, row: int) -> str:
    """Say the file, the sheet and the row where something was read."""
    return f"{returned.file} · {returned.tables[sheet].title} · ligne {row}"
