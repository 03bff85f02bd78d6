"""In which order a service finds its rows: its own first, then those that are lent to it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from pst_excel.cells.values import Value
from pst_excel.model.schema import PARTNER, REFERENCE, Sheet
from pst_excel.model.words.kinds import Kind
from pst_excel.returns.links import PlanRow
from pst_excel.returns.tables import Table

OWN = ""
_ROLES = (OWN, PARTNER, REFERENCE)
_NOWHERE = (math.inf, math.inf)  # after all that hangs on a row of the workbook


def in_order(
    tables: Sequence[tuple[Sheet, Table]],
    roles: Mapping[PlanRow, str],
    links: Mapping[PlanRow, Sequence[PlanRow]],
) -> dict[str, list[int]]:
    """Return by sheet the rows that a service receives, in the order of its workbook.

    Own rows come first, in the order of the plan; what hangs on other rows follows theirs.
    """
    found: dict[str, list[int]] = {}
    shown: dict[PlanRow, tuple[float, float]] = {}
    for number, (sheet, table) in enumerate(tables):
        hung, places = _hung_by(sheet), []
        for at in range(len(table)):
            if (role := roles.get((sheet.key, at))) is None:
                continue
            targets = [shown[to] for to in links.get((sheet.key, at), ()) if hung and to in shown]
            measures = [_measure(table.columns[key][at]) for key in hung[1:]]
            places.append((_ROLES.index(role), min(targets, default=_NOWHERE), measures, at))
        found[sheet.key] = [at for *_, at in sorted(places)]
        shown |= {(sheet.key, at): (number, rank) for rank, at in enumerate(found[sheet.key])}
    return found


def _hung_by(sheet: Sheet) -> list[str]:
    """Return the column that names what a row hangs on, and those that count beyond it.

    They are of what names a row to people; where a service answers for it, it hangs on nothing.
    """
    columns = [sheet[key] for key in sheet.naming.by or sheet.identity]
    at = next((at for at, c in enumerate(columns) if c.refers and not c.many), None)
    if sheet.owner or at is None:
        return []
    counting = [c.key for c in columns[at + 1 :] if c.kind.is_number or c.kind is Kind.DATE]
    return [columns[at].key, *counting]


def _measure(value: Value) -> tuple[bool, Any]:
    """Return what orders the values of a column that counts: the blanks come last."""
    return (True, 0) if value is None else (False, value)
