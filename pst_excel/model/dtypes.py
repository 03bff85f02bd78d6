"""How the values of a column stand in a table for analysts, and how rules and figures want them.

Blanks are missing in both. For analysts a list is categorical, in the order of its vocabulary, and
a whole number is whole, a computed share is in per cent; rules and figures count on text, float64
and datetime64 alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from pst_excel.model.schema import Column
from pst_excel.model.series import Frame, Series
from pst_excel.model.words.kinds import Kind, Need
from pst_excel.model.words.units import WHOLES

FLOAT, TEXT, DAY, WHOLE = "float64", "str", "datetime64[s]", "Int64"
CATEGORY = "category"


def plain_dtype(column: Column) -> str:
    """Return the dtype of a column where rules and figures look at it."""
    if column.many or column.kind.is_text:
        return TEXT
    return DAY if column.kind is Kind.DATE else FLOAT


def tidy_dtype(column: Column) -> str:
    """Return the dtype of a column in a table for analysts."""
    if column.many:
        return TEXT
    if column.kind is Kind.CHOICE and column.need is not Need.COMPUTED:
        return CATEGORY
    return WHOLE if column.kind in (Kind.INTEGER, Kind.YEAR) else plain_dtype(column)


def tidied(values: Series, column: Column, known: Iterable[str] = ()) -> Series:
    """Return plain values as analysts want them; what is in no list comes after its entries.

    `known` are the entries of the institution's own list. What is not whole stays as it is.
    """
    dtype: Any = tidy_dtype(column)
    if column.need is Need.COMPUTED and column.unit in WHOLES:
        values = (100 / WHOLES[column.unit] * values).round(10)
    if dtype == CATEGORY and column.vocabulary is not None:
        entries = [*column.vocabulary.labels, *known, *values.dropna().unique()]
        dtype = pd.CategoricalDtype([*dict.fromkeys(entries)], not column.vocabulary.local)
    if dtype == WHOLE and not (values.dropna() % 1 == 0).all():
        dtype = FLOAT
    return values.astype(dtype)


def plain(frame: Frame, columns: Iterable[Column]) -> Frame:
    """Return the columns of a table as rules and figures want them; what is no such value is none.

    A column that is not there is blank.
    """
    held = {column.key: _plain(frame, column) for column in columns}
    return pd.DataFrame(held, index=frame.index)


def _plain(frame: Frame, column: Column) -> Series:
    dtype: Any = plain_dtype(column)
    if column.key not in frame:
        blank: Series = pd.Series(None, index=frame.index, dtype=dtype)
        return blank
    values: Any = frame[column.key]
    if dtype == FLOAT and not pd.api.types.is_numeric_dtype(values.dtype):
        values = pd.to_numeric(values, errors="coerce")
    elif dtype == DAY and values.dtype.kind != "M":
        values = pd.to_datetime(values, errors="coerce", format="ISO8601")
    typed: Series = values.astype(dtype)
    return typed
