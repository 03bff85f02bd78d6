"""A lent row that its reader changed: whose it is, and that the change is proposed there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pst_excel.model.catalogue import CATALOGUE
from pst_excel.model.findings import Finding
from pst_excel.model.schema import Sheet
from pst_excel.model.words.wording import listed, say
from pst_excel.returns.frames import Batch
from pst_excel.returns.links import PlanRow, links_of, owners_of
from pst_excel.returns.shared_rows import lent, touched
from pst_excel.returns.subjects import Subjects
from pst_excel.returns.tables import Return, Table
from pst_excel.text.spelling import fold

CHANGED = "S11"
_UNKNOWN = "un autre service ou à la cellule {}"


def proposals(batch: Batch) -> Iterator[Finding]:
    """Give one finding for each lent row that came back holding something else than it was sent."""
    subjects = Subjects(batch.returns, batch.plan)
    for source, returned in enumerate(batch.returns):
        tables = [
            (sheet, returned.tables[sheet.key])
            for sheet in batch.plan.tables
            if sheet.key in returned.tables
        ]
        changed = [
            (sheet, table, at) for sheet, table in tables for at in _changed(returned, sheet, table)
        ]
        links = links_of(tables) if changed else {}
        for sheet, table, at in changed:
            key, row = sheet.leading, table.rows[at]
            words = _words(returned, (sheet.key, at), links)
            subject = subjects.of_cell(source, sheet, row, key)
            yield Finding(CATALOGUE[CHANGED], subject, words, say(table.columns[key][at]))


def _changed(returned: Return, sheet: Sheet, table: Table) -> list[int]:
    away = lent(table)
    if not any(away):
        return []
    both = zip(away, touched(returned, table, sheet), strict=True)
    return [at for at, (is_lent, differs) in enumerate(both) if is_lent and differs]


def _words(
    returned: Return, place: PlanRow, links: Mapping[PlanRow, Sequence[PlanRow]]
) -> dict[str, str]:
    """Say who answers for a row, as it says; nobody is known where it names its own reader."""
    owners = owners_of(returned, place, links)
    if not owners or fold(returned.service) in map(fold, owners):
        return {"owner": _UNKNOWN.format(returned.plan.short), "to": "lui"}
    return {"owner": listed(owners), "to": "lui" if len(owners) == 1 else "leur"}
