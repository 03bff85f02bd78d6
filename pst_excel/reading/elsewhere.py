"""Words that one column holds and another says: nothing is asked of the rows where it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pst_excel.cells.readings import NO_VALUE, Confidence, Reading
from pst_excel.cells.values import as_text
from pst_excel.model.schema import Sheet
from pst_excel.returns.tables import Table


def said_elsewhere(readings: Sequence[Reading], sheet: Sheet, table: Table) -> list[Reading]:
    """Return readings where what another column of the row says is no question any more.

    The values of the table follow: « Permanent » is a status where the type says the same.
    """
    position = {row: at for at, row in enumerate(table.rows)}
    asking = {c.key: c.elsewhere for c in sheet.inputs if c.elsewhere is not None}
    settled = list(readings)
    if not asking:
        return settled
    for at, reading in enumerate(readings):
        where, row, key = reading.place
        words = asking.get(key) if where == sheet.key else None
        if words is None or reading.rule != words.question or row not in position:
            continue
        if table.columns[words.key][position[row]] == words.label:
            table.columns[key][position[row]] = words.value
            understood = NO_VALUE if words.value is None else as_text(words.value)
            settled[at] = replace(reading, understood=understood, confidence=Confidence.SURE)
    return settled
