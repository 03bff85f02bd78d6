"""The rows of returns as tables for analysts: an id, columns by key, what people added beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from pst_excel.cells.readings import NO_VALUE, Confidence, Reading
from pst_excel.cells.values import RawCell, as_text, is_date, is_number
from pst_excel.model.dtypes import DAY, FLOAT, TEXT, tidied
from pst_excel.model.plan import Plan
from pst_excel.model.schema import COMPANION, Column, Sheet
from pst_excel.model.series import SOURCE, Frame, Series
from pst_excel.model.words.keys import ID
from pst_excel.model.words.kinds import Layout, Need, Where
from pst_excel.model.words.tables import ENTRY, FILE, LIST, RECEIVED, ROW
from pst_excel.returns.frames import Batch
from pst_excel.returns.shared_rows import LOCAL
from pst_excel.returns.tables import Return, Table, by_legislature


def columns_of(sheet: Sheet) -> list[Column]:
    """Return the columns that a table for analysts has, in their order: those that people see."""
    return [
        column
        for column in sheet.columns
        if not column.hidden and (column.need is not Need.COMPUTED or column.stands(Where.WHOLE))
    ]


def tidy(batch: Batch, key: str, *, labels: bool = False, places: bool = False) -> Frame:
    """Return the rows of a sheet, one each, by their stable id.

    The columns are those that people see, by key, computed ones included; then those that people
    added, `local:` and their heading, and the texts that gave no sure value, `recu:` and the key of
    their column. With `labels` they have their French headings; with `places` come first the file,
    the number of the row, and what the program wrote in the row when it was sent.
    """
    sheet = batch.plan[key]
    if sheet.layout is Layout.LISTS:
        return _lists(batch.returns, places)
    frame = batch.counted[key]
    tables = [returned.tables.get(key) for returned in batch.returns]
    data: dict[str, Any] = {}
    if places:
        sources = frame.index.get_level_values(SOURCE).to_numpy()
        names = np.array([returned.file for returned in batch.returns], dtype=object)
        data[FILE] = pd.array(names[sources], dtype="str")
        data[ROW] = frame.index.get_level_values(1).to_numpy()
        hidden = [column for column in sheet.inputs if column.hidden and column.key != ID]
        data |= {column.key: frame[column.key].to_numpy() for column in hidden}
    for column in columns_of(sheet):
        if column.key in frame:
            known = _entries(column, batch.returns)
            data[column.key] = tidied(frame[column.key].reset_index(drop=True), column, known)
    data |= _added(tables, sheet) | _received(batch.returns, sheet, tables)
    index = pd.Index(frame[ID].to_numpy(), name=ID, dtype="str") if ID in frame else None
    tidy_frame = pd.DataFrame(data, index=pd.RangeIndex(len(frame)))
    if index is not None:
        tidy_frame.index = index
    return labelled(tidy_frame, sheet) if labels else tidy_frame


def frame_of(
    returns: Sequence[Return], key: str, *, labels: bool = False, places: bool = True
) -> Frame:
    """Return a sheet of returns as one table, those of several legislatures one under the other.

    What depends on a date is at that of each return.
    """
    return _together(_batches(returns), key, labels, places)


def frames_of(returns: Sequence[Return], *, labels: bool = False) -> dict[str, Frame]:
    """Return the tables of all the sheets, by key."""
    if not returns:
        return {}
    batches = _batches(returns)
    return tables_of(batches[0].plan, lambda key: _together(batches, key, labels, True))


def _batches(returns: Sequence[Return]) -> list[Batch]:
    """Return the returns of each legislature as frames."""
    groups = by_legislature(returns)
    return [
        Batch(group, group[0].plan, [returned.observed for returned in group]) for group in groups
    ]


def _together(batches: Sequence[Batch], key: str, labels: bool, places: bool) -> Frame:
    frames = [tidy(batch, key, labels=labels, places=places) for batch in batches]
    return together(frames) if frames else pd.DataFrame()


def tables_of(plan: Plan, one: Callable[[str], Frame]) -> dict[str, Frame]:
    """Return the tables of all the sheets of a plan, by key, each made by a function."""
    return {sheet.key: one(sheet.key) for sheet in plan}


def labelled(frame: Frame, sheet: Sheet) -> Frame:
    """Return a table under French headings, those of the workbook."""
    named = {column.key: column.label for column in columns_of(sheet)}
    named |= {f"{RECEIVED}{key}": f"{label}{COMPANION}" for key, label in named.items()}
    names = map(str, frame.columns)
    named |= {name: name.removeprefix(LOCAL) for name in names if name.startswith(LOCAL)}
    renamed = frame.rename(columns=named | {FILE: FILE.capitalize(), ROW: ROW.capitalize()})
    return renamed.rename_axis(index={ID: sheet[ID].label}) if ID in sheet else renamed


def _entries(column: Column, returns: Sequence[Return]) -> Iterator[str]:
    """Give the entries of the institutions' own lists, of a column that has one."""
    if column.vocabulary is not None and column.vocabulary.local:
        for returned in returns:
            yield from returned.lists.get(column.vocabulary.key, ())


def _lists(returns: Sequence[Return], places: bool) -> Frame:
    lines = dict.fromkeys(
        (returned.file, key, entry)[0 if places else 1 :]
        for returned in returns
        for key, entries in returned.lists.items()
        for entry in entries
    )
    return pd.DataFrame([*lines], columns=[FILE, LIST, ENTRY][0 if places else 1 :], dtype="str")


def _added(tables: Sequence[Table | None], sheet: Sheet) -> dict[str, Series]:
    """Return the columns that people added, whoever added them.

    Where a plan keeps the texts received beside a column of its own is none of them.
    """
    companions = {f"{column.label}{COMPANION}" for column in sheet.inputs}
    met = dict.fromkeys(name for table in tables if table for name in table.locals)
    names = [name for name in met if name not in companions]
    return {
        f"{LOCAL}{name}": _as_held(
            [*chain.from_iterable(
                table.locals.get(name) or [None] * len(table) for table in tables if table
            )]
        )
        for name in names
    }  # fmt: skip


def _as_held(cells: Sequence[RawCell]) -> Series:
    """Return the cells of a column that nothing declares: numbers or dates if all are, else texts.

    What has a time is a text, which says it whole.
    """
    held = [None if cell in (None, "") else cell for cell in cells]
    there = [cell for cell in held if cell is not None]
    if there and all(map(is_number, there)):
        return pd.Series(held, dtype=FLOAT)
    if there and all(is_date(cell) and not hasattr(cell, "hour") for cell in there):
        return pd.Series(np.array(held, dtype=DAY))
    return pd.Series([None if cell is None else as_text(cell) for cell in held], dtype=TEXT)


def _received(
    returns: Sequence[Return], sheet: Sheet, tables: Sequence[Table | None]
) -> dict[str, Series]:
    """Return the texts that gave no sure value, in a column beside that of their own."""
    count = sum(len(table) for table in tables if table)
    found: dict[str, list[str | None]] = {}
    start = 0
    for returned, table in zip(returns, tables, strict=True):
        for reading in unsure(returned.readings) if table else ():
            where, row, key = reading.place
            if where == sheet.key and table is not None and row in table.at:
                at = start + table.at[row]
                found.setdefault(key, [None] * count)[at] = reading.read
        start += len(table) if table else 0
    return {
        f"{RECEIVED}{column.key}": pd.Series(found[column.key], dtype=TEXT)
        for column in columns_of(sheet)
        if column.key in found
    }


def unsure(readings: Iterable[Reading]) -> Iterator[Reading]:
    """Give the readings whose text is kept beside the value, which is none or is not sure."""
    kept = (Confidence.NONE, Confidence.TO_CONFIRM)
    return (r for r in readings if r.confidence in kept or r.understood == NO_VALUE)


def together(frames: Sequence[Frame]) -> Frame:
    """Return tables of one sheet as one; lists have the entries of all."""
    if len(frames) == 1:
        return frames[0]
    kinds: dict[Any, Any] = {}
    for name, dtype in frames[0].dtypes.items():
        if isinstance(dtype, pd.CategoricalDtype):
            every = union_categoricals([frame[name] for frame in frames], ignore_order=True)
            kinds[name] = pd.CategoricalDtype(every.categories, dtype.ordered)
    return pd.concat([frame.astype(kinds) for frame in frames])
