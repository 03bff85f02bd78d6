"""The structural checks of a sheet, derived from its declaration and run by pandera.

Values are typed before, by kind: one value that pandera could not coerce would hide every other
failure of its column.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from pst_excel.findings import CATALOGUE
from pst_excel.schema import SEPARATOR, Column, Need, Sheet

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema


def failures(sheet: Sheet, frame: pd.DataFrame) -> Iterator[tuple[str, int, str]]:
    """Give the code, position and column of each failure; one cell fails once for each check.

    Raises: RuntimeError when a check failed without saying where, which is a bug of the schema.
    """
    from pandera.errors import SchemaErrors

    try:
        schema_of(sheet).validate(frame.reset_index(drop=True), lazy=True)
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


def _checks(column: Column) -> list[Any]:
    import pandera.pandas as pa

    checks = []
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


def _all_in(labels: frozenset[str]) -> Any:
    def all_in(series: pd.Series[Any]) -> pd.Series[Any]:
        known = {v: labels.issuperset(v.split(SEPARATOR)) for v in series.unique()}
        return series.map(known)

    return all_in
