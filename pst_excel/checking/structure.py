"""The structural checks of a sheet, derived from its declaration and run by pandera.

Values are typed before, by kind: one value that pandera could not coerce would hide every other
failure of its column.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from pst_excel.checking.cells import CellMark, asked, structural_mark
from pst_excel.model.catalogue import CATALOGUE
from pst_excel.model.schema import SEPARATOR, Column, Sheet
from pst_excel.model.series import Series
from pst_excel.model.words.kinds import Layout, Need
from pst_excel.model.words.wording import plural, say
from pst_excel.returns.frames import Batch
from pst_excel.text.spelling import nearest

if TYPE_CHECKING:
    from pandera.pandas import Check, DataFrameSchema


def structural_marks(batch: Batch, sheets: Container[str]) -> Iterator[CellMark]:
    """Give what is wrong in the structure of each of some sheets, every failure at once."""
    for sheet in batch.plan:
        if sheet.layout is Layout.LISTS or sheet.key not in sheets:
            continue
        frame = batch.frames[sheet.key]
        for code, position, key in failures(sheet, frame):
            source, row = (int(part) for part in frame.index[position])
            column = sheet[key]
            if key in batch.returns[source].tables[sheet.key].missing:
                continue
            if code == "V01" and not asked(column, batch, source):
                continue
            words = _words(code, column, frame[key].iat[position])
            cell = source, sheet.key, row, key
            yield structural_mark(code, cell, column, words, batch.terms[source])


def _words(code: str, column: Column, value: Any) -> dict[str, str]:
    if code == "V03" and column.vocabulary is not None:
        labels = column.vocabulary.labels
        wrong = [v for v in str(value).split(SEPARATOR) if v not in labels]
        near = nearest(wrong[0], labels)
        guess = f" Est-ce « {near} » ?" if near else ""
        return {"read": say(SEPARATOR.join(wrong)), "guess": guess}
    if code == "V05":
        return {"read": plural(len(str(value)), "caractère")}
    return {"read": say(value, column.kind)}


def failures(sheet: Sheet, frame: pd.DataFrame) -> Iterator[tuple[str, int, str]]:
    """Give the code, position and column of each failure; one cell fails once for each check.

    Raises: RuntimeError when a check failed without saying where, which is a bug of the schema.
    """
    from pandera.errors import SchemaErrors

    # Few institutions change a threshold: those of the others are not looked at.
    own = [threshold.key for threshold in sheet.thresholds]
    schema = _demands_of(sheet, bool(own) and bool(frame[own].notna().to_numpy().any()))
    if frame.empty or not schema.columns:
        return
    try:
        schema.validate(frame[list(schema.columns)].reset_index(drop=True), lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        for check, index, column in zip(
            cases["check"], cases["index"], cases["column"], strict=True
        ):
            code = "V01" if check == "not_nullable" else str(check)
            if index is None or pd.isna(index) or code not in CATALOGUE:
                raise RuntimeError(
                    f"the check « {check} » of {column} failed as a whole"
                ) from errors
            yield code, int(index), str(column)


@lru_cache(maxsize=64)
def schema_of(sheet: Sheet) -> DataFrameSchema:
    """Return the pandera schema of a sheet, for values already typed by kind."""
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            column.key: pa.Column(
                None,
                checks=_checks(column),
                nullable=column.need is not Need.REQUIRED,
                required=True,
            )
            for column in sheet.inputs
        },
        strict=False,
    )


@lru_cache(maxsize=64)
def _demands_of(sheet: Sheet, own: bool) -> DataFrameSchema:
    """Return the schema of the columns that can fail: pandera's price is per column.

    Unless somebody says one of his `own`, no threshold can.
    """
    schema = schema_of(sheet)
    blank = set() if own else {threshold.key for threshold in sheet.thresholds}
    idle = [
        key
        for key, column in schema.columns.items()
        if key in blank or (column.nullable and not column.checks)
    ]
    return schema.remove_columns(idle)


def _checks(column: Column) -> list[Check]:
    import pandera.pandas as pa

    checks: list[Check] = []
    vocabulary = column.vocabulary
    if vocabulary is not None and not vocabulary.local:
        labels = frozenset(vocabulary.labels)
        if column.many:
            checks.append(pa.Check(_all_in(labels), error="V03"))
        else:
            checks.append(pa.Check.isin(vocabulary.labels, error="V03"))
    if column.kind.is_number and not column.many:
        if column.low is not None:
            checks.append(pa.Check.ge(column.low, error="V04"))
        if column.high is not None:
            checks.append(pa.Check.le(column.high, error="V04"))
    if column.max_length is not None:
        checks.append(pa.Check.str_length(max_value=column.max_length, error="V05"))
    return checks


def _all_in(labels: frozenset[str]) -> Callable[[Series], Series]:
    def all_in(series: Series) -> Series:
        known = {v: labels.issuperset(v.split(SEPARATOR)) for v in series.unique()}
        return series.map(known)

    return all_in
