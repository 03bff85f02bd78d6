"""What was read: tables with the place of every cell, returns, and the frames of a batch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from pst_excel.expressions import Scope
from pst_excel.joins import Frames
from pst_excel.parsing import Note, Value
from pst_excel.schema import Column, Kind, Layout, Need, Plan, Sheet, Where
from pst_excel.spelling import fold
from pst_excel.stages import Stage
from pst_excel.wording import column_letter


@dataclass(frozen=True)
class Trouble:
    """A structural check that failed while reading; `words` fill the sentence of its message."""

    code: str
    sheet: str
    words: Mapping[str, str]
    cell: str = ""


@dataclass(frozen=True)
class CellNote:
    """A note of the parser, at a row and a column of a sheet."""

    sheet: str
    row: int
    key: str
    note: Note


@dataclass(frozen=True)
class Remark:
    """What was understood of the form of a file: a sheet, a heading, a row; `sheet` is a title."""

    sheet: str
    cell: str
    note: Note


@dataclass
class Table:
    """One sheet as read: typed columns by key, and where each of its rows and columns stands.

    `title` is the sheet's name in the file; `locals` holds the columns that the institution added,
    by heading, as they are; `missing` names the declared columns without a heading; `new_rows` are
    the rows that came without an id; `heading` is the number of the row of the headings, 0 where
    there is none: the rows were titles in another sheet.
    """

    sheet: str
    title: str
    columns: dict[str, list[Value]]
    rows: list[int]
    letters: dict[str, str]
    places: dict[str, str] = field(default_factory=dict)
    locals: dict[str, list[Any]] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    new_rows: frozenset[int] = frozenset()
    heading: int = 0

    def __len__(self) -> int:
        return len(self.rows)

    def cell(self, key: str, row: int) -> str:
        """Return the address of a cell; empty when the column has no heading."""
        if key in self.places:
            return self.places[key]
        letters = self.letters.get(key, "")
        return f"{letters}{row}" if letters else ""


@dataclass
class Return:
    """One workbook as read: whose it is, its tables, what was understood and what was not.

    `before` is the state that it is compared with, where one is given.
    """

    file: str
    digest: str
    plan: Plan
    tables: dict[str, Table]
    lists: dict[str, tuple[str, ...]]
    notes: list[CellNote] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    foreign: tuple[str, ...] = ()
    incomplete: bool = False
    before: Return | None = None

    def identity(self, key: str) -> Any:
        """Return a value of the identification sheet, None when it is blank."""
        table = self.tables.get(self.plan.form.key)
        values = table.columns.get(key) if table else None
        return values[0] if values else None

    @property
    def service(self) -> str:
        """The service that filled the workbook; empty for a whole plan."""
        return str(self.identity("service") or "")

    @property
    def partial(self) -> bool:
        """Whether some of the plan is elsewhere: in other services' workbooks."""
        return self.incomplete or bool(self.service)

    @property
    def stage(self) -> Stage:
        """The stage that the workbook says; else a draft until it says how far something is."""
        said = self.identity("etape")
        known = {fold(stage): stage for stage in Stage}
        if said is not None and fold(str(said)) in known:
            return known[fold(str(said))]
        return Stage.FOLLOW_UP if self._followed else Stage.DRAFT

    @property
    def _followed(self) -> bool:
        return any(
            value is not None
            for sheet in self.plan.tables
            for column in sheet.inputs
            if column.stage is Stage.FOLLOW_UP and sheet.key in self.tables
            for value in self.tables[sheet.key].columns.get(column.key, ())
        )

    @property
    def institution(self) -> str:
        """The name of the institution; the file's name when it is not said."""
        return str(self.identity("nom") or self.file)

    def not_understood(self) -> dict[tuple[str, int, str], str]:
        """Return the original text of every cell that gave no value, by sheet, row and column."""
        return {(n.sheet, n.row, n.key): n.note.read for n in self.notes if not n.note.understood}


def geometry(sheet: Sheet, local: Iterable[str] = (), where: Where = Where.WHOLE) -> dict[str, str]:
    """Return the column letters of a sheet written by the program in a kind of workbook.

    First the columns as declared, then the local ones under their heading, then those that are
    computed in the whole plan only.
    """
    columns = [column for column in sheet.columns if column.stands(where)]
    last = [c.key for c in columns if c.need is Need.COMPUTED and c.where is Where.WHOLE]
    keys = [c.key for c in columns if c.key not in last] + [*local, *last]
    return {key: column_letter(position) for position, key in enumerate(keys)}


@dataclass(frozen=True)
class Refusal:
    """A file that could not be read, and the sentence that says why."""

    file: str
    reason: str


class Batch:
    """Several returns as frames, one a sheet, indexed by (source, Excel row) and computed.

    `source` is the position of the return in the batch; `observed` is the date of observation, one
    for all or one for each return. The columns computed are those of a kind of workbook. `stage`
    is that of all, else each return has its own.
    """

    def __init__(
        self, returns: Sequence[Return], plan: Plan,
        observed: dt.date | Sequence[dt.date] | None,
        where: Where = Where.WHOLE,
        stage: Stage | None = None,
    ) -> None:  # fmt: skip
        self.returns = list(returns)
        self.stages = [stage or one.stage for one in self.returns]
        self.plan = plan
        self.observed = observed
        self.where = where
        self.frames: Frames = {
            sheet.key: self._frame(sheet) for sheet in plan if sheet.layout is not Layout.LISTS
        }
        # What looks at its own row alone may be looked up by the rest. Then what belongs to a
        # record stands in the sheets after its own, which are computed first.
        for alone in (True, False):
            for sheet in reversed(plan.sheets):
                self._compute(sheet, alone)

    @cached_property
    def before(self) -> Batch | None:
        """The state before of the returns, each at its place; None where no state is known."""
        if not any(one.before for one in self.returns):
            return None
        known = [one.before or Return("", "", self.plan, {}, {}) for one in self.returns]
        return Batch(known, self.plan, self.observed, self.where, Stage.DRAFT)

    @cached_property
    def parameters(self) -> dict[str, Any]:
        """The parameters of rules and computed columns, and each return's lists."""
        return {
            "date_observation": pd.Timestamp(self.observed)  # type: ignore[arg-type]
            if self.observed is None or isinstance(self.observed, dt.date)
            else np.array(self.observed, dtype="datetime64[s]"),
            "annee_debut": self.plan.first_year,
            "annee_fin": self.plan.last_year,
            "lists": [r.lists for r in self.returns],
            "partial": [r.partial for r in self.returns],
        }

    def _frame(self, sheet: Sheet) -> pd.DataFrame:
        tables = [r.tables.get(sheet.key) for r in self.returns]
        sources = np.repeat(np.arange(len(tables)), [len(t) if t else 0 for t in tables])
        rows = [row for t in tables if t for row in t.rows]
        index = pd.MultiIndex.from_arrays(
            [sources, np.array(rows, dtype="int64")], names=["source", "row"]
        )
        data = {
            column.key: _typed(
                column,
                [v for t in tables if t for v in t.columns.get(column.key, [None] * len(t))],
            )
            for column in sheet.inputs
        }
        return pd.DataFrame(data, index=index)

    def _compute(self, sheet: Sheet, alone: bool) -> None:
        scope = Scope(self.frames, sheet.key, self.parameters)
        frame = self.frames.get(sheet.key)
        for column in sheet.computed:
            if not column.stands(self.where) or getattr(column.formula, "alone", False) != alone:
                continue
            assert frame is not None
            values: pd.Series[Any] = (
                column.formula.evaluate(scope) if len(frame) else frame.iloc[:, 0]
            )
            dtype: Any = _DTYPES.get(column.kind, "float64")
            frame[column.key] = values.astype(dtype)


_DTYPES = {Kind.TEXT: "str", Kind.CODE: "str", Kind.CHOICE: "str", Kind.DATE: "datetime64[s]"}


def _typed(column: Column, values: list[Value]) -> Any:
    """Return the values as an array of the column's dtype: str, float64 or datetime64[s]."""
    if column.many or column.kind.is_text:
        return pd.array(values, dtype="str")  # type: ignore[call-overload]
    if column.kind is Kind.DATE:
        return np.array(values, dtype="datetime64[s]")
    return np.array(values, dtype="float64")
