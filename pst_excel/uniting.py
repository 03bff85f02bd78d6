"""How the rows of one sheet, from many returns, become one table: united on the stable id.

Where two returns disagree on a cell, the service that answers for the row wins, else the first in
the order of services; a blank never wins over a value. A copy that came back as it was sent says
nothing new, and one that was lent never wins. What is set aside is a conflict, never lost.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pst_excel.batch import Batch, CellNote, Return, Table, geometry
from pst_excel.identity import derived
from pst_excel.lending import WHOLE, Settlement, named
from pst_excel.parsing import NO_VALUE, Confidence, Value, as_text
from pst_excel.schema import COMPANION, HEADING_ROW, Sheet, Where
from pst_excel.spelling import fold, natural
from pst_excel.wording import say

Locals = dict[str, list[Any]]
SAME_NAME = 0.7  # below this likeness, two names under one code are two records
_OF_A_RETURN = ("service", "date_retour")
_VARIES = ("version", "date_observation", "contact", *_OF_A_RETURN)


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


def origin_of(one: Return, sheet: str, row: int) -> str:
    """Say the file, the sheet and the row where something was read."""
    return f"{one.file} · {one.tables[sheet].title} · ligne {row}"


class Merger:
    """The union of a batch of returns, sheet by sheet; notes, origins and conflicts gather here."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.notes: list[CellNote] = []
        self.origins: dict[str, list[tuple[int, int]]] = {}
        self.conflicts: list[Conflict] = []

    def table(self, sheet: Sheet) -> Table:
        """Unite one sheet: one row an id, in the natural order of codes."""
        keys = [column.key for column in sheet.inputs]
        frame = self.batch.frames[sheet.key][keys]
        if "id" not in keys:
            frame = frame.assign(id=_joined(frame, sheet.identity))
        frame = self._two_of_one_code(sheet, self._owner_first(sheet, frame))
        settlement = Settlement(self.batch.returns, sheet, frame)
        frame = settlement.settle()
        first = frame.groupby("id", sort=False).first()
        self._differences(sheet, frame, first)
        self._one_code_twice(sheet, frame)
        for change in settlement.changes:
            self._aside(sheet, first, change.id, change.column, change.kept, change.other)
        places = frame.index[~frame["id"].duplicated()].tolist()
        order = _natural_order(first, sheet)
        first = first.iloc[order]
        origins = [(int(places[at][0]), int(places[at][1])) for at in order]
        self.origins[sheet.key] = origins
        rows = list(range(HEADING_ROW + 1, HEADING_ROW + 1 + len(first)))
        local = self._local(sheet, frame, first)
        table = Table(sheet.key, sheet.title, {}, rows, {}, locals=local)
        for column in sheet.inputs:
            values = first.index.tolist() if column.key == "id" else values_of(first[column.key])
            table.columns[column.key] = values
        if "origine" in sheet:
            table.columns["origine"] = [
                origin_of(self.batch.returns[s], sheet.key, r) for s, r in origins
            ]
        self._carry_notes(sheet, table, frame, first)
        return table

    def _owner_first(self, sheet: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
        """Put first, of the rows of one id, the one of the service that answers for it."""
        if not sheet.owner:
            return frame
        services = [fold(r.service) for r in self.batch.returns]
        owners = zip(
            frame.index.get_level_values("source"), values_of(frame[sheet.owner]), strict=True
        )
        own = np.array([services[source] in named(owner) for source, owner in owners], dtype=bool)
        order = np.argsort(~own, kind="stable")
        return frame.iloc[order]

    def _two_of_one_code(self, sheet: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
        """Give its own id to a new row whose name is not that of the record it collides with."""
        if sheet.identity != ("code",) or "id" not in sheet:
            return frame
        ids: list[str] = frame["id"].tolist()
        names: list[str] = frame[sheet.named_by].fillna("").map(fold).tolist()
        first: dict[str, str] = {}
        for at, (source, row) in enumerate(frame.index):
            theirs = first.setdefault(ids[at], names[at])
            table = self.batch.returns[source].tables[sheet.key]
            if names[at] == theirs or row not in table.new_rows or not (names[at] and theirs):
                continue
            if difflib.SequenceMatcher(None, names[at], theirs).ratio() < SAME_NAME:
                ids[at] = derived(ids[at], names[at])
        return frame.assign(id=pd.array(ids, dtype="str"))

    def _one_code_twice(self, sheet: Sheet, frame: pd.DataFrame) -> None:
        """List as conflicts the records of different returns that share a code."""
        if sheet.identity != ("code",):
            return
        records = frame[~frame["id"].duplicated() & frame["code"].notna()]
        shared = records[records["code"].duplicated(keep=False)]
        position = pd.Series(range(len(frame)), index=frame.index)
        for _, rows in shared.groupby("code", sort=False):
            kept, *others = position[rows.index].tolist()
            for other in others:
                if frame.index[other][0] != frame.index[kept][0]:
                    self._conflict(sheet, frame, kept, other, "code", sheet.named_by)

    def _differences(self, sheet: Sheet, frame: pd.DataFrame, first: pd.DataFrame) -> None:
        again = frame[frame["id"].duplicated(keep=False)]
        if again.empty:
            return
        kept = first.reindex(again["id"])
        position = pd.Series(range(len(frame)), index=frame.index)
        for column in sheet.inputs:
            if column.key == "id" or column.where is not Where.BOTH:
                continue
            mine, theirs = again[column.key], kept[column.key].to_numpy()
            differs = mine.notna().to_numpy() & (mine.to_numpy() != theirs)
            if not differs.any():
                continue
            filled = again[mine.notna()].drop_duplicates("id")
            holder = dict(zip(filled["id"], position[filled.index], strict=True))
            others = again[differs].drop_duplicates(["id", column.key])
            for ident, at in zip(others["id"], position[others.index], strict=True):
                self._conflict(sheet, frame, holder[ident], at, column.key, column.key)

    def _conflict(
        self, sheet: Sheet, frame: pd.DataFrame, kept: int, other: int, key: str, shown: str
    ) -> None:
        kind = sheet[shown].kind
        code = frame["code"].iat[kept] if "code" in frame else ""
        name = frame[sheet.named_by].iat[kept] if sheet.named_by in frame else ""
        self.conflicts.append(
            Conflict(
                sheet.title,
                str(frame["id"].iat[kept]),
                " · ".join(str(part) for part in (code, name) if isinstance(part, str) and part),
                "Code utilisé deux fois" if key != shown else sheet[key].label,
                say(frame[shown].iat[kept], kind, WHOLE),
                self._where(sheet, frame.index[kept], key),
                say(frame[shown].iat[other], kind, WHOLE),
                self._where(sheet, frame.index[other], key),
            )
        )

    def _where(self, sheet: Sheet, index: tuple[int, int], key: str) -> str:
        one = self.batch.returns[index[0]]
        table = one.tables[sheet.key]
        return f"{one.file} · {table.title}!{table.cell(key, index[1])}"

    def _local(self, sheet: Sheet, frame: pd.DataFrame, first: pd.DataFrame) -> Locals:
        """Return the columns that institutions added; another value for a record is a conflict."""
        added = {
            source: (table.locals, {row: at for at, row in enumerate(table.rows)})
            for source, one in enumerate(self.batch.returns)
            if (table := one.tables.get(sheet.key)) and table.locals
        }
        found: dict[str, dict[str, tuple[Any, str]]] = {}
        for (source, row), ident in zip(frame.index, frame["id"], strict=True):
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
        named = [first[key].get(ident) for key in ("code", sheet.named_by) if key in first]
        name = " · ".join(dict.fromkeys(part for part in named if isinstance(part, str)))
        self.conflicts.append(
            Conflict(
                sheet.title, ident, name, column,
                say(kept[0], None, WHOLE), kept[1], say(other[0], None, WHOLE), other[1],
            )
        )  # fmt: skip

    def _carry_notes(
        self, sheet: Sheet, table: Table, frame: pd.DataFrame, first: pd.DataFrame
    ) -> None:
        """Keep what gave no value: beside its cell if that is blank, else in the conflicts."""
        ids = dict(zip(frame.index, frame["id"], strict=True))
        target = dict(zip(first.index, table.rows, strict=True))
        carried: dict[tuple[int, str], CellNote] = {}
        for source, one in enumerate(self.batch.returns):
            for note in one.notes:
                ident = ids.get((source, note.row)) if note.sheet == sheet.key else None
                if ident is None:
                    continue
                row = target[ident]
                value = table.columns[note.key][row - HEADING_ROW - 1]
                if note.note.understood not in ("", NO_VALUE):
                    if _asks(note, say(value, sheet[note.key].kind, WHOLE)):
                        self.notes.append(CellNote(sheet.key, row, note.key, note.note))
                    continue
                if value is None:
                    moved = CellNote(sheet.key, row, note.key, note.note)
                    value = carried.setdefault((row, note.key), moved).note.read
                if value == note.note.read or note.note.understood:
                    continue
                label, place = sheet[note.key].label, origin_of(one, sheet.key, note.row)
                self._aside(sheet, first, ident, label, (value, ""), (note.note.read, place))
        self.notes += carried.values()
        for (row, key), note in carried.items():
            beside = table.locals.setdefault(f"{sheet[key].label}{COMPANION}", [""] * len(table))
            beside[row - HEADING_ROW - 1] = note.note.read
        table.letters = geometry(sheet, table.locals)

    def form(self, sheet: Sheet) -> Table:
        """Unite the identification: the first value of each field; what varies is left out."""
        frame = self.batch.frames[sheet.key]
        table = Table(sheet.key, sheet.title, {}, [1], {})
        for position, column in enumerate(sheet.inputs):
            table.places[column.key] = f"C{HEADING_ROW + 1 + position}"
            known = frame[column.key].dropna()
            table.columns[column.key] = values_of(known.iloc[:1]) or [None]
            if column.key not in _VARIES and known.nunique() > 1:
                other = known[known != known.iloc[0]].index[0]
                kept, set_aside = (frame.index.tolist().index(i) for i in (known.index[0], other))
                named = frame.assign(id="", code="")
                self._conflict(sheet, named, kept, set_aside, column.key, column.key)
        table.columns["version"] = [self.batch.plan.version]
        table.columns |= {key: [None] for key in _OF_A_RETURN if key in sheet}
        unread = {
            n.key: n
            for one in reversed(self.batch.returns)
            for n in one.notes
            if n.sheet == sheet.key and n.key not in _OF_A_RETURN and not n.note.understood
        }
        self.notes += [n for key, n in unread.items() if table.columns[key] == [None]]
        return table


def _asks(note: CellNote, kept: str) -> bool:
    """Tell whether a reading is to be confirmed, and is that of the value that was kept."""
    return note.note.confidence is Confidence.TO_CONFIRM and note.note.understood == kept


def values_of(series: pd.Series[Any]) -> list[Value]:
    """Return a column of a frame as plain values: str, float, date or None."""
    if series.dtype.kind == "M":
        return [None if pd.isna(value) else value.date() for value in series]
    return [None if pd.isna(value) else value for value in series.tolist()]


def _joined(frame: pd.DataFrame, keys: Sequence[str]) -> pd.Series[Any]:
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
