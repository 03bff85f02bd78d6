"""Where the rows of a merged plan stand in the file that it updates.

Rows that are there keep their order; a new one comes after the one that precedes it in the plan,
and never before the first: the names and rules of a column begin there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pst_excel.cells.values import as_text
from pst_excel.excel.names import SPARE
from pst_excel.model.schema import Sheet
from pst_excel.model.words.keys import ID
from pst_excel.model.words.kinds import Where
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.references.row_shifts import Insertions, RowShift
from pst_excel.returns.tables import Table


@dataclass(frozen=True)
class Rows:
    """What becomes of the rows of a sheet, and where those of the merged table then stand.

    `inserted` says how many rows come before each, `removed` the first and the count of those that
    go, once the others are inserted, the lowest first. `rows` are those of the merged table, in its
    order; `fresh` those of them that are new in the file, `spare` the new ones that stay blank;
    `held` are the last row of the file and how many come right after it; `printed` is the last one
    that the program wrote there, as far as it had printed.
    """

    rows: tuple[int, ...]
    fresh: frozenset[int]
    spare: tuple[int, ...]
    last: int
    inserted: dict[int, int]
    removed: tuple[tuple[int, int], ...]
    held: tuple[int, int]
    printed: int


def keys_of(table: Table, sheet: Sheet) -> list[str]:
    """Return what tells each row of a table: its id, else what identifies it."""
    keys = [ID] if ID in sheet else list(sheet.identity)
    columns = [table.columns.get(key) or [None] * len(table) for key in keys]
    return ["|".join(as_text(v or "") for v in values) for values in zip(*columns, strict=True)]


def rows_of(sheet: Sheet, known: Table, merged: Table, last: int, blank: bool) -> Rows:
    """Return where the rows of a merged table stand in a file whose table is known.

    `last` is the last row that is named there; `blank` tells whether nobody wrote in the first.
    Raises: Refused when no row that is ready is left.
    """
    there: dict[str, int] = {}
    for key, row in zip(keys_of(known, sheet), known.rows, strict=True):
        there.setdefault(key, row)
    wanted = keys_of(merged, sheet)
    if blank and wanted and not known.rows:  # the first of all takes a row that is ready
        there[wanted[0]] = known.heading + 1
    first = min(there.values(), default=known.heading + 1)
    bottom = max((*known.rows, *there.values()), default=known.heading)
    if bottom >= last:
        raise Refused(f"« {sheet.title} » n’a plus de lignes prêtes : {bottom} sont remplies")
    groups = _groups(wanted, there, first)
    written = max((row for row in known.rows if row not in known.new_rows), default=bottom)
    places = {row + 1: len(keys) for row, keys in groups.items()}
    held = bottom, places.get(bottom + 1, 0)
    short = max(0, SPARE[Where.WHOLE] - (last - bottom)) if known.rows or wanted else 0
    if short:
        places[last] = places.get(last, 0) + short
    moved = _Moves(sheet.title, places, _gone(known, set(wanted), there))
    rows = {key: moved.row(there[key]) for key in wanted if key in there}
    fresh = set()
    for row, keys in groups.items():
        start = moved.row(row + 1, before=True)
        rows |= {key: start + at for at, key in enumerate(keys)}
        fresh |= {start + at for at in range(len(keys))}
    spare = moved.row(last) - short
    return Rows(
        tuple(rows[key] for key in wanted), frozenset(fresh),
        tuple(range(spare, spare + short)), moved.row(last),
        places, moved.removed, held, written,
    )  # fmt: skip


def _groups(wanted: Sequence[str], there: dict[str, int], first: int) -> dict[int, list[str]]:
    """Return the new rows by the row of the file after which they come."""
    groups: dict[int, list[str]] = {}
    after = first
    for key in wanted:
        if key in there:
            after = there[key]
        else:
            groups.setdefault(after, []).append(key)
    return groups


def _gone(known: Table, wanted: set[str], there: dict[str, int]) -> list[int]:
    kept = {row for key, row in there.items() if key in wanted}
    return [row for row in known.rows if row not in kept]


class _Moves:
    """Rows inserted, then rows removed: where those of the file stand then."""

    def __init__(self, title: str, places: dict[int, int], gone: Iterable[int]) -> None:
        self._places = places
        inserted = tuple(sorted(places.items()))
        self._inserted = Insertions(title, inserted) if inserted else None
        runs: list[list[int]] = []
        for row in sorted(self._down(row) for row in gone):
            if runs and runs[-1][0] + runs[-1][1] == row:
                runs[-1][1] += 1
            else:
                runs.append([row, 1])
        self.removed = tuple((row, count) for row, count in reversed(runs))
        self._shifts = [RowShift(title, row, -count) for row, count in self.removed]

    def _down(self, row: int) -> int:
        now = self._inserted.row(row) if self._inserted else row
        if now is None:
            raise Refused("la feuille n’a pas tant de lignes")
        return now

    def row(self, number: int, before: bool = False) -> int:
        """Return where a row of the file stands; `before`, the first one inserted before it."""
        now: int = self._down(number) - (self._places[number] if before else 0)
        for shift in self._shifts:
            moved = shift.row(now)
            assert moved is not None, "a row that is kept is not removed"
            now = moved
        return now
