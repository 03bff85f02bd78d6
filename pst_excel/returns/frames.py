"""The rows of many returns as frames, one a sheet, their computed columns filled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from pst_excel.cells.values import Value
from pst_excel.model.dtypes import TEXT, plain_dtype
from pst_excel.model.formulas import Scope
from pst_excel.model.plan import Plan
from pst_excel.model.schema import HEADING_ROW, Column, Sheet
from pst_excel.model.series import ABSENT, BESIDE, SOURCE, UNREAD, Frames, Series
from pst_excel.model.words.kinds import Layout, Where
from pst_excel.model.words.roles import Role
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.terms import Terms
from pst_excel.model.words.wording import plural
from pst_excel.returns.tables import Return
from pst_excel.text.brief import brief


class Batch:
    """Several returns as frames, one a sheet, indexed by (source, Excel row) and computed.

    `source` is the position of the return in the batch; `observed` is the date of observation, one
    for all or one for each return, None where nobody says it: nothing is late then. The columns
    computed are those of a kind of workbook. `stage` is that of all, else each return has its own;
    `absent` are the services that have not answered. `usual` thresholds are the same for all, so
    that like is compared with like; else those of each institution.
    """

    def __init__(
        self, returns: Sequence[Return], plan: Plan,
        observed: dt.date | Sequence[dt.date | None] | None,
        where: Where = Where.WHOLE,
        stage: Stage | None = None,
        absent: Sequence[str] = (),
        usual: bool = False,
    ) -> None:  # fmt: skip
        self.absent = tuple(absent)
        self.returns = list(returns)
        self.stages = [stage or returned.stage for returned in self.returns]
        self.plan = plan
        self.observed = observed
        self.where = where
        self.usual = usual
        self.frames: Frames = {
            sheet.key: self._frame(sheet) for sheet in plan if sheet.layout is not Layout.LISTS
        }
        self._compute(self.frames, helpers=False)

    def __repr__(self) -> str:
        rows = sum(len(self.frames[sheet.key]) for sheet in self.plan.tables)
        return brief(self, plural(len(self.returns), "retour"), plural(rows, "ligne"))

    @cached_property
    def counted(self) -> Frames:
        """The frames with the columns that figures and formulas count by."""
        frames = {key: frame.copy(deep=False) for key, frame in self.frames.items()}
        self._compute(frames, helpers=True)
        return frames

    @cached_property
    def before(self) -> Batch | None:
        """The state before of the returns, each at its place; None where no state is known."""
        if not any(returned.before for returned in self.returns):
            return None
        known = [returned.before or Return("", "", self.plan, {}, {}) for returned in self.returns]
        return Batch(known, self.plan, self.observed, self.where, Stage.DRAFT, usual=self.usual)

    @cached_property
    def terms(self) -> list[Terms]:
        """What texts about each return call the organs and the law of its institution."""
        return [self.plan.terms_of(str(r.identity(Role.TYPE) or "")) for r in self.returns]

    @cached_property
    def parameters(self) -> dict[str, Any]:
        """The parameters of rules and computed columns, and each return's lists.

        Those that the form holds as well are under its keys, as formulas know them.
        """
        known: dict[Role, Any] = {
            Role.OBSERVED: pd.Timestamp(self.observed)  # type: ignore[arg-type]
            if self.observed is None or isinstance(self.observed, dt.date)
            else np.array(self.observed, dtype="datetime64[s]"),
            Role.FIRST_YEAR: self.plan.first_year,
            Role.LAST_YEAR: self.plan.last_year,
        }
        return self.plan.form.keyed(known) | self._thresholds() | {
            "lists": [r.lists for r in self.returns],
            "partial": [r.partial for r in self.returns],
            ABSENT: self.absent,
            BESIDE: self._beside,
            UNREAD: self._unread,
            "headings": {
                sheet.key: [r.tables[sheet.key].heading or HEADING_ROW if sheet.key in r.tables
                            else HEADING_ROW for r in self.returns]
                for sheet in self.plan.tables
            },
        }  # fmt: skip

    def _thresholds(self) -> dict[str, Any]:
        """Return for each threshold the number of each return."""
        return {
            one.key: np.array(
                [one.of(None if self.usual else r.identity(one.key)) for r in self.returns],
                dtype="float64",
            )
            for one in self.plan.form.thresholds
        }

    @cached_property
    def _unread(self) -> dict[tuple[str, str], list[tuple[int, int]]]:
        """Where a text was not understood, by sheet and column: the source and the row."""
        places: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for source, returned in enumerate(self.returns):
            for sheet, row, key in returned.not_understood():
                places.setdefault((sheet, key), []).append((source, row))
        return places

    @cached_property
    def _beside(self) -> dict[str, Series]:
        """Which rows hold something that has no value: a local cell, a text not understood."""
        marks = {key: np.zeros(len(frame), dtype=bool) for key, frame in self.frames.items()}
        ends = dict.fromkeys(marks, 0)
        for returned in self.returns:
            unread = {(sheet, row) for sheet, row, _ in returned.not_understood()}
            for key in marks.keys() & returned.tables.keys():
                table = returned.tables[key]
                start, ends[key] = ends[key], ends[key] + len(table)
                here = marks[key][start : ends[key]]
                for values in table.locals.values():
                    here |= np.array([value not in (None, "") for value in values], dtype=bool)
                if unread:
                    here |= np.array([(key, row) in unread for row in table.rows], dtype=bool)
        return {key: pd.Series(mark, index=self.frames[key].index) for key, mark in marks.items()}

    def _frame(self, sheet: Sheet) -> pd.DataFrame:
        tables = [r.tables.get(sheet.key) for r in self.returns]
        sources = np.repeat(np.arange(len(tables)), [len(t) if t else 0 for t in tables])
        rows = [row for t in tables if t for row in t.rows]
        index = pd.MultiIndex.from_arrays(
            [sources, np.array(rows, dtype="int64")], names=[SOURCE, "row"]
        )
        data = {
            column.key: typed(
                column,
                [v for t in tables if t for v in t.columns.get(column.key, [None] * len(t))],
            )
            for column in sheet.inputs
        }
        return pd.DataFrame(data, index=index)

    def _compute(self, frames: Frames, helpers: bool) -> None:
        """Fill the computed columns of some frames: those that are helpers, or the others."""
        for step, sheets in enumerate((self.plan.sheets, self.plan.sheets, self.plan.sheets[::-1])):
            for sheet in sheets:
                frame = frames.get(sheet.key)
                if frame is None:
                    continue
                scope = Scope(frames, sheet.key, self.parameters)
                for column in sheet.computed:
                    expression = column.expression
                    if (
                        column.helper == helpers
                        and expression.step == step
                        and column.stands(self.where)
                    ):
                        values = expression.evaluate(scope) if len(frame) else frame.iloc[:, 0]
                        dtype: Any = plain_dtype(column)
                        frame[column.key] = values.astype(dtype)


def typed(column: Column, values: list[Value]) -> Any:
    """Return the values as an array of the column's dtype: str, float64 or datetime64[s]."""
    dtype: Any = plain_dtype(column)
    return pd.array(values, dtype=dtype) if dtype == TEXT else np.array(values, dtype=dtype)


def values_of(series: Series) -> list[Value]:
    """Return a column of a frame as plain values: str, float, date or None."""
    if series.dtype.kind == "M":
        return [None if pd.isna(value) else value.date() for value in series]
    return [None if pd.isna(value) else value for value in series.tolist()]
