"""The schemas of a whole plan, and the links between its sheets as checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from pst_excel.model.catalogue import CATALOGUE
from pst_excel.model.dtypes import plain, tidied
from pst_excel.model.plan import Plan
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.series import Frame, Series
from pst_excel.model.words.keys import CODE, ID
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.tables import CHECK, FIELD, MESSAGE, TABLE, VALUE
from pst_excel.returns.links import levels, pieces
from pst_excel.returns.tidy import columns_of
from pst_excel.schemas.columns import BLANK, OTHER_KIND
from pst_excel.schemas.exports import data_package, json_schema, table_schema
from pst_excel.schemas.sheets import sheet_schema
from pst_excel.text.spelling import as_code

NO_SUCH_CODE = "Un code n’est celui d’aucune ligne"
LINK = "lien"
"""The name of the check that a code is that of a row of the sheets that its column names."""
MISSING_COLUMN = "S02"
COLUMNS = (TABLE, FIELD, CHECK, ID, VALUE, MESSAGE)


class Schemas(Mapping[str, pa.DataFrameSchema]):
    """The schema of each sheet of a plan, by key."""

    def __init__(self, plan: Plan, stage: Stage) -> None:
        self.plan, self.stage = plan, stage
        self._keys = [sheet.key for sheet in plan]
        self._made: dict[str, pa.DataFrameSchema] = {}

    def __getitem__(self, key: str) -> pa.DataFrameSchema:
        _ = self.plan[key]  # or what says which there are
        if key not in self._made:
            self._made[key] = sheet_schema(self.plan, key, self.stage)
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __repr__(self) -> str:
        return f"<Schemas: {', '.join(self._keys)} ({self.stage.label})>"

    def to_json_schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the tables of the JSON output, one definition each."""
        return json_schema(self.plan, self.stage)

    def to_data_package(self) -> dict[str, Any]:
        """Return the descriptor of the tables as a Frictionless data package of CSV files."""
        return data_package(self.plan, self.stage)

    def to_table_schema(self, key: str) -> dict[str, Any]:
        """Return the Frictionless Table Schema of one table."""
        return table_schema(self.plan[key], self.plan, self.stage)

    def bound(self, frames: Mapping[str, Frame]) -> dict[str, pa.DataFrameSchema]:
        """Return the schemas of some tables, with the checks that their codes are known.

        The sheets that a code may be of are looked for among the tables that are given; where one
        of them is not there nothing is said.
        """
        return {key: self._bound(key, frames) for key in self if key in frames}

    def failures(self, frames: Mapping[str, Frame]) -> Frame:
        """Return every failure of some tables, links included, one row each.

        `controle` is the code of a message or of a rule, `message` its title, `lien` for a link,
        else what pandera calls it; `id` is the label of the row, missing where a column fails
        as a whole. Texts are no dates nor numbers here: `validate` reads what people type.
        """
        said = {code: message.title for code, message in CATALOGUE.items()}
        said |= {rule.code: rule.title for rule in self.plan.rules} | {LINK: NO_SUCH_CODE}
        found = [
            case
            for key, schema in self.bound(frames).items()
            for case in _cases(self.plan[key], schema, frames[key])
        ]
        told = [(*case, said.get(case[2])) for case in found]
        return pd.DataFrame(told, columns=[*COLUMNS], dtype=object)

    def _bound(self, key: str, frames: Mapping[str, Frame]) -> pa.DataFrameSchema:
        schema, sheet = self[key], self.plan[key]
        checks = {
            column.key: {
                "checks": [*schema.columns[column.key].checks, link(sheet, column, frames)]
            }
            for column in sheet.inputs
            if column.key in schema.columns and _all_there(column, frames)
        }
        return schema.update_columns(checks) if checks else schema


def _all_there(column: Column, frames: Mapping[str, Frame]) -> bool:
    return bool(column.refers) and all(CODE in frames.get(key, ()) for key in column.refers)


def link(sheet: Sheet, column: Column, frames: Mapping[str, Frame]) -> pa.Check:
    """Return the check that each code of a column is that of a row of a sheet that it names."""
    codes = {
        key: frozenset(as_code(str(code)) for code in frames[key][CODE].dropna())
        for key in column.refers
    }
    chosen = frames[sheet.key].get(column.chosen_by) if column.chosen_by else None
    if chosen is not None:
        chosen = chosen[~chosen.index.duplicated()]

    def known(cells: Series) -> Series:
        rows = [None] * len(cells) if chosen is None else chosen.reindex(cells.index).tolist()
        held = [
            all(
                any(as_code(piece) in codes[key] for key in levels(sheet, column, level))
                for piece in pieces(None if pd.isna(cell) else cell)
            )
            for cell, level in zip(cells.tolist(), rows, strict=True)
        ]
        return pd.Series(held, index=cells.index, dtype=bool)

    return pa.Check(known, name=LINK, error=LINK, title=f"{column.label} : un code qui existe")


def _cases(sheet: Sheet, schema: pa.DataFrameSchema, frame: Frame) -> Iterator[tuple[Any, ...]]:
    """Give the failures of a table by the codes of the program, each cell once for each code.

    Cells of another kind than their column are told first, and hide no other.
    """
    declared = {column.key: column for column in columns_of(sheet) if column.key in frame}
    typed = plain(frame, declared.values())
    unread = set()
    for key in declared:
        other = (frame[key].notna() & typed[key].isna()).to_numpy()
        for index, held in frame[key][other].items():
            unread.add((key, index))
            yield sheet.key, key, OTHER_KIND, index, held
    tables = {key: tidied(typed[key], column) for key, column in declared.items()}
    if frame.index.name != ID:  # a table of one's own, whose rows have no id
        schema = copy(schema)
        schema.index = None
    try:
        schema.validate(frame.assign(**tables), lazy=True)
    except SchemaErrors as errors:
        told = dict.fromkeys(_told(sheet, errors.failure_cases))
        yield from (c for c in told if c[2] != BLANK or (c[1], c[3]) not in unread)


def _told(sheet: Sheet, cases: Frame) -> Iterator[tuple[Any, ...]]:
    names = ("column", "check", "index", "failure_case")
    for column, check, index, value in zip(*(cases[name] for name in names), strict=True):
        if isinstance(value, dict):  # of a rule: the one column that it is about
            ((place, held),) = value.items()
            yield sheet.key, place, check, index, held
        elif check == "column_in_dataframe":
            yield sheet.key, value, MISSING_COLUMN, None, None
        else:
            yield sheet.key, column, BLANK if check == "not_nullable" else check, index, value
