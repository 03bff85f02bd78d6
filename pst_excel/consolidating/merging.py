"""How the rows of one sheet, from many returns, become one table: united on the stable id.

Where two returns disagree on a cell, the service that answers for the row wins, else the first in
the order of services; a blank never wins over a value. A copy that came back as it was sent says
nothing new, and one that was lent never wins. What is set aside is a conflict, never lost.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from pst_excel.cells.readings import NO_VALUE, Confidence, Reading
from pst_excel.cells.values import Value, as_text
from pst_excel.consolidating.conflicts import Conflict, origin_of
from pst_excel.consolidating.copies import WHOLE, CopyResolver
from pst_excel.model.joins import source_of
from pst_excel.model.schema import COMPANION, HEADING_ROW, Sheet
from pst_excel.model.series import Series
from pst_excel.model.words.keys import CODE, ID, ORIGIN
from pst_excel.model.words.kinds import Where
from pst_excel.model.words.roles import Role
from pst_excel.model.words.wording import say
from pst_excel.returns.frames import Batch, values_of
from pst_excel.returns.identity import derived
from pst_excel.returns.shared_rows import named
from pst_excel.returns.tables import Table, geometry
from pst_excel.text.spelling import fold, natural

Locals = dict[str, list[Any]]
SAME_NAME = 0.7  # below this likeness, two names under one code are two records
_OF_A_RETURN = (Role.SERVICE, Role.DUE, Role.SEND)
_VARIES = (Role.VERSION, Role.OBSERVED, Role.CONTACT, *_OF_A_RETURN)


class Merger:
    """The union of a batch of returns; readings, origins and conflicts gather here."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.readings: list[Reading] = []
        self.origins: dict[str, list[tuple[int, int]]] = {}
        self.conflicts: list[Conflict] = []

    def table(self, sheet: Sheet) -> Table:
        """Unite one sheet: one row an id, in the natural order of codes."""
        keys = [column.key for column in sheet.inputs]
        frame = self.batch.frames[sheet.key][keys]
        if ID not in keys:
            frame = frame.assign(**{ID: _joined(frame, sheet.identity)})
        frame = self._two_of_one_code(sheet, self._owner_first(sheet, frame))
        resolver = CopyResolver(self.batch.returns, sheet, frame)
        frame = resolver.settle()
        first = frame.groupby(ID, sort=False).first()
        self._differences(sheet, frame, first)
        self._one_code_twice(sheet, frame)
        for change in resolver.changes:
            self._aside(sheet, first, change.id, change.column, change.kept, change.other)
        places = frame.index[~frame[ID].duplicated()].tolist()
        order = _natural_order(first, sheet)
        first = first.iloc[order]
        origins = [(int(places[at][0]), int(places[at][1])) for at in order]
        self.origins[sheet.key] = origins
        rows = list(range(HEADING_ROW + 1, HEADING_ROW + 1 + len(first)))
        local = self._local(sheet, frame, first)
        table = Table(sheet.key, sheet.title, {}, rows, {}, locals=local)
        for column in sheet.inputs:
            values = first.index.tolist() if column.key == ID else values_of(first[column.key])
            table.columns[column.key] = values
        if ORIGIN in sheet:
            table.columns[ORIGIN] = [
                origin_of(self.batch.returns[s], sheet.key, r) for s, r in origins
            ]
        self._carry_readings(sheet, table, frame, first)
        return table

    def _owner_first(self, sheet: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
        """Put first, of the rows of one id, the one of the service that answers for it."""
        if not sheet.owner:
            return frame
        services = [fold(r.service) for r in self.batch.returns]
        owners = zip(source_of(frame), values_of(frame[sheet.owner]), strict=True)
        own = np.array([services[source] in named(owner) for source, owner in owners], dtype=bool)
        order = np.argsort(~own, kind="stable")
        return frame.iloc[order]

    def _two_of_one_code(self, sheet: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
        """Give its own id to a new row whose name is not that of the record it collides with."""
        if sheet.identity != (CODE,) or ID not in sheet:
            return frame
        ids: list[str] = frame[ID].tolist()
        names: list[str] = frame[sheet.named_by].fillna("").map(fold).tolist()
        first: dict[str, str] = {}
        for at, (source, row) in enumerate(frame.index):
            theirs = first.setdefault(ids[at], names[at])
            table = self.batch.returns[source].tables[sheet.key]
            if names[at] == theirs or row not in table.new_rows or not (names[at] and theirs):
                continue
            if difflib.SequenceMatcher(None, names[at], theirs).ratio() < SAME_NAME:
                ids[at] = derived(ids[at], names[at])
        return frame.assign(**{ID: pd.array(ids, dtype="str")})

    def _one_code_twice(self, sheet: Sheet, frame: pd.DataFrame) -> None:
        """List as conflicts the records of different returns that share a code."""
        if sheet.identity != (CODE,):
            return
        records = frame[~frame[ID].duplicated() & frame[CODE].notna()]
        shared = records[records[CODE].duplicated(keep=False)]
        position = pd.Series(range(len(frame)), index=frame.index)
        for _, rows in shared.groupby(CODE, sort=False):
            kept, *others = position[rows.index].tolist()
            for other in others:
                if frame.index[other][0] != frame.index[kept][0]:
                    self._conflict(sheet, frame, kept, other, CODE, sheet.named_by)

    def _differences(self, sheet: Sheet, frame: pd.DataFrame, first: pd.DataFrame) -> None:
        again = frame[frame[ID].duplicated(keep=False)]
        if again.empty:
            return
        kept = first.reindex(again[ID])
        position = pd.Series(range(len(frame)), index=frame.index)
        for column in sheet.inputs:
            if column.key == ID or column.where is not Where.BOTH:
                continue
            mine, theirs = again[column.key], kept[column.key].to_numpy()
            differs = mine.notna().to_numpy() & (mine.to_numpy() != theirs)
            if not differs.any():
                continue
            filled = again[mine.notna()].drop_duplicates(ID)
            holder = dict(zip(filled[ID], position[filled.index], strict=True))
            others = again[differs].drop_duplicates([ID, column.key])
            for ident, at in zip(others[ID], position[others.index], strict=True):
                self._conflict(sheet, frame, holder[ident], at, column.key, column.key)

    def _conflict(
        self, sheet: Sheet, frame: pd.DataFrame, kept: int, other: int, key: str, shown: str
    ) -> None:
        kind = sheet[shown].kind
        code = frame[CODE].iat[kept] if CODE in frame else ""
        name = frame[sheet.named_by].iat[kept] if sheet.named_by in frame else ""
        self.conflicts.append(
            Conflict(
                sheet.title,
                str(frame[ID].iat[kept]),
                " · ".join(str(part) for part in (code, name) if isinstance(part, str) and part),
                "Code utilisé deux fois" if key != shown else sheet[key].label,
                say(frame[shown].iat[kept], kind, WHOLE),
                self._where(sheet, frame.index[kept], key),
                say(frame[shown].iat[other], kind, WHOLE),
                self._where(sheet, frame.index[other], key),
            )
        )

    def _where(self, sheet: Sheet, index: tuple[int, int], key: str) -> str:
        returned = self.batch.returns[index[0]]
        table = returned.tables[sheet.key]
        return f"{returned.file} · {table.title}!{table.cell(key, index[1])}"

    def _local(self, sheet: Sheet, frame: pd.DataFrame, first: pd.DataFrame) -> Locals:
        """Return the columns that institutions added; another value for a record is a conflict."""
        added = {
            source: (table.locals, {row: at for at, row in enumerate(table.rows)})
            for source, returned in enumerate(self.batch.returns)
            if (table := returned.tables.get(sheet.key)) and table.locals
        }
        found: dict[str, dict[str, tuple[Any, str]]] = {}
        for (source, row), ident in zip(frame.index, frame[ID], strict=True):
            if source not in added:
                continue
            columns, position = added[source]
            for name, values in columns.items():
                value = values[position[row]]
                if value == "" or name in sheet:
                    continue
                here = value, origin_of(self.batch.returns[source], sheet.key, row)
                kept = found.setdefault(name, {}).setdefault(ident, here)
                if kept[0] != here[0]:
                    self._aside(sheet, first, ident, name, kept, here)
        return {
            name: [found[name].get(ident, ("", ""))[0] for ident in first.index]
            for name in sorted(found)
        }

    def _aside(
        self, sheet: Sheet, first: pd.DataFrame, ident: str, column: str,
        kept: tuple[Any, str], other: tuple[Any, str],
    ) -> None:  # fmt: skip
        """List a value set aside, with the one kept and where each was read."""
        named = [first[key].get(ident) for key in (CODE, sheet.named_by) if key in first]
        name = " · ".join(dict.fromkeys(part for part in named if isinstance(part, str)))
        self.conflicts.append(
            Conflict(
                sheet.title, ident, name, column,
                say(kept[0], None, WHOLE), kept[1], say(other[0], None, WHOLE), other[1],
            )
        )  # fmt: skip

    def _carry_readings(
        self, sheet: Sheet, table: Table, frame: pd.DataFrame, first: pd.DataFrame
    ) -> None:
        """Keep what gave no value: beside its cell if that is blank, else in the conflicts."""
        ids = dict(zip(frame.index, frame[ID], strict=True))
        target = dict(zip(first.index, table.rows, strict=True))
        carried: dict[tuple[int, str], Reading] = {}
        for source, returned in enumerate(self.batch.returns):
            for reading in returned.readings:
                of_sheet, read_row, key = reading.place
                ident = ids.get((source, read_row)) if of_sheet == sheet.key else None
                if ident is None:
                    continue
                row = target[ident]
                value = table.columns[key][row - HEADING_ROW - 1]
                moved = reading.at(table.subject(row, key))
                if reading.understood not in ("", NO_VALUE):
                    if _asks(reading, say(value, sheet[key].kind, WHOLE)):
                        self.readings.append(moved)
                    continue
                if value is None:
                    value = carried.setdefault((row, key), moved).read
                if value == reading.read or reading.understood:
                    continue
                label, place = sheet[key].label, origin_of(returned, sheet.key, read_row)
                self._aside(sheet, first, ident, label, (value, ""), (reading.read, place))
        self.readings += carried.values()
        for (row, key), reading in carried.items():
            beside = table.locals.setdefault(f"{sheet[key].label}{COMPANION}", [""] * len(table))
            beside[row - HEADING_ROW - 1] = reading.read
        table.letters.update(geometry(sheet, table.locals))

    def form(self, sheet: Sheet) -> Table:
        """Unite the identification: the first value of each field; what varies is left out."""
        frame = self.batch.frames[sheet.key]
        table = Table(sheet.key, sheet.title, {}, [1], {})
        for position, column in enumerate(sheet.inputs):
            table.places[column.key] = f"C{HEADING_ROW + 1 + position}"
            known = frame[column.key].dropna()
            table.columns[column.key] = values_of(known.iloc[:1]) or [None]
            if column.role not in _VARIES and known.nunique() > 1:
                other = known[known != known.iloc[0]].index[0]
                kept, set_aside = (frame.index.tolist().index(i) for i in (known.index[0], other))
                named = frame.assign(**{ID: "", CODE: ""})
                self._conflict(sheet, named, kept, set_aside, column.key, column.key)
        version: dict[Role, list[Value]] = {Role.VERSION: [self.batch.plan.version]}
        blank: dict[Role, list[Value]] = {role: [None] for role in _OF_A_RETURN}
        table.columns.update(sheet.keyed(version | blank))
        unread = {
            reading.subject.column: reading
            for returned in reversed(self.batch.returns)
            for reading in returned.readings
            if reading.subject.sheet == sheet.key
            and sheet[reading.subject.column].role not in _OF_A_RETURN
            and not reading.understood
        }
        self.readings += [r for key, r in unread.items() if table.columns[key] == [None]]
        return table


def _asks(reading: Reading, kept: str) -> bool:
    """Tell whether a reading is to be confirmed, and is that of the value that was kept."""
    return reading.confidence is Confidence.TO_CONFIRM and reading.understood == kept


def _joined(frame: pd.DataFrame, keys: Sequence[str]) -> Series:
    joined = frame[keys[0]].fillna("").astype("str")
    for key in keys[1:]:
        joined = joined + "|" + frame[key].fillna("").astype("str")
    return joined


def _natural_order(first: pd.DataFrame, sheet: Sheet) -> list[int]:
    columns = [
        first[key].tolist() if key in first else first.index.tolist() for key in sheet.identity
    ]
    keys = [
        tuple((pd.isna(v), natural(as_text("" if pd.isna(v) else v))) for v in values)
        for values in zip(*columns, strict=True)
    ]
    ids = first.index.tolist()
    return sorted(range(len(first)), key=lambda at: (keys[at], ids[at]))
