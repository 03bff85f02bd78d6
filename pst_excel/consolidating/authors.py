"""Who said what a run changed: a service, a decision, or a hand in the plan itself."""

from __future__ import annotations

from collections.abc import Iterable

from pst_excel.consolidating.ledgers import CELL
from pst_excel.merging.differences import ROW
from pst_excel.merging.docket import Entry, Word

Place = tuple[str, str, str]
"""A sheet, the id of a record, a field; ROW for the whole record."""


def authors_of(entries: Iterable[Entry]) -> dict[Place, str]:
    """Return who said what stands now in each place that a run changed, in words."""
    found: dict[Place, str] = {}
    for entry in entries:
        place = entry.key, entry.id, entry.field
        if entry.what in (Word.TAKEN, Word.ADDED):
            found[place] = entry.author
        elif entry.what == Word.CORRECTED:
            found[place] = f"{entry.what[:1].upper()}{entry.what[1:]}"
        elif entry.what == Word.DECIDED and entry.reason:  # else a hand in the plan decided it
            found[place] = f"{CELL} · {entry.what}"
        elif entry.what == Word.REMOVED and entry.author == CELL:
            found[entry.key, entry.id, ROW] = CELL
    return found
