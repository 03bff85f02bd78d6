"""What rows held at some time, by their stamps: what a row that was sent held then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from pst_excel.merging.states import Codes, Records, State, linked, records_from
from pst_excel.model.words.keys import STAMP
from pst_excel.returns.shared_rows import fingerprint, row_contents
from pst_excel.returns.tables import Return

Row = tuple[str, str]
"""A sheet and the id of a record."""
_Stamped = tuple[str, str, str]


@dataclass(frozen=True)
class Stamps:
    """The stamps of the rows of a return: of what each held when it was sent, and holds now."""

    sent: Mapping[str, list[str]]
    now: Mapping[str, list[str]]

    def untouched(self, state: State) -> frozenset[Row]:
        """Return the rows that hold what they held when they were sent."""
        return frozenset(
            (key, ident)
            for key, now in self.now.items()
            for ident, was, holds in zip(state.sheets[key].ids, self.sent[key], now, strict=True)
            if was and was == holds
        )


def stamps_of(returned: Return) -> Stamps:
    """Return the stamps of the rows of a return, by sheet, in their order; empty for none."""
    sent, now = {}, {}
    for sheet in returned.plan.tables:
        table = returned.tables.get(sheet.key)
        if table is not None and not sheet.program:
            given = table.columns.get(STAMP) or [None] * len(table)
            sent[sheet.key] = [str(stamp or "") for stamp in given]
            now[sheet.key] = [fingerprint(row) for row in row_contents(returned, table, sheet)]
    return Stamps(sent, now)


class KnownRows:
    """The rows of many states, found by sheet, id and the stamp of what they hold."""

    def __init__(self, states: Iterable[State], codes: Codes | None = None) -> None:
        self._states = states  # asked for only when a stamp is looked for
        self._codes = codes
        self._stamps: dict[tuple[str, str], Stamps] = {}

    def stamps(self, returned: Return) -> Stamps:
        """Return the stamps of a return, computed once."""
        key = (returned.file, returned.digest)
        if key not in self._stamps:
            self._stamps[key] = stamps_of(returned)
        return self._stamps[key]

    @cached_property
    def _rows(self) -> dict[_Stamped, tuple[Records, int]]:
        known: dict[_Stamped, tuple[Records, int]] = {}
        for state in self._states:
            stamps = self.stamps(state.returned)
            as_sent = stamps.untouched(state) if self._codes else ()
            held = linked(state, None, self._codes, as_sent)
            for key, now in stamps.now.items():
                records = held.sheets[key]
                for at, (ident, stamp) in enumerate(zip(records.ids, now, strict=True)):
                    known.setdefault((key, ident, stamp), (records, at))
        return known

    def sent(self, state: State) -> State:
        """Return what is known of what the rows of a return held when they were sent."""
        stamps = self.stamps(state.returned).sent
        sheets = {}
        for key, records in state.sheets.items():
            given = stamps.get(key) or [""] * len(records.ids)
            found = [
                (ident, *self._rows[key, ident, stamp])
                for ident, stamp in zip(records.ids, given, strict=True)
                if stamp and (key, ident, stamp) in self._rows
            ]
            rows = [(ident, known.record(at)) for ident, known, at in found]
            sheets[key] = records_from(records.sheet, rows)
        return replace(state, sheets=sheets)
