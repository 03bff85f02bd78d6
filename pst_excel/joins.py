"""How rows of one sheet are matched with rows of another, inside each return of a batch.

Frames are indexed by (source, row): a code means something only inside its own source.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from pst_excel.schema import SEPARATOR

Frame = pd.DataFrame
Frames = dict[str, pd.DataFrame]


def source_of(frame: Frame | pd.Series[Any]) -> pd.Index[Any]:
    """Return the source of each row."""
    return frame.index.get_level_values("source")


def _scoped(codes: pd.Series[Any]) -> pd.Series[Any]:
    """Return the codes prefixed by their source, blanks kept blank."""
    sources = source_of(codes)
    if len(sources) == 0 or sources[0] == sources[-1] == sources.max() == sources.min():
        return codes
    prefix = pd.Series(sources.astype(str), index=codes.index, dtype="str")
    return prefix + "|" + codes.astype("str")


def _paired(left: pd.Series[Any], right: pd.Series[Any]) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Return both series as comparable keys, whatever the number of sources in each."""
    one = pd.concat([left, right])
    scoped = _scoped(one)
    return scoped.iloc[: len(left)], scoped.iloc[len(left) :]


def found(codes: pd.Series[Any], other: Frame, key: str = "code") -> pd.Series[Any]:
    """Tell whether the other sheet of the same source has each code; a blank is not found."""
    left, right = _paired(codes, other[key])
    return left.isin(right.dropna()) & codes.notna()


def fetch(codes: pd.Series[Any], other: Frame, value: str, key: str = "code") -> pd.Series[Any]:
    """Return the other sheet's value on the row that has the code; the first row wins."""
    left, right = _paired(codes, other[key])
    table = pd.Series(other[value].to_numpy(), index=right.array, dtype=other[value].dtype)
    table = table[table.index.notna() & ~table.index.duplicated()]
    result = table.reindex(pd.Index(left.array))
    result.index = codes.index
    return result


def tally(
    codes: pd.Series[Any], other: Frame, key: str, value: str | None = None
) -> pd.Series[Any]:
    """Return for each code the number of the other sheet's rows, or the sum of a value."""
    left, right = _paired(codes, other[key])
    amounts = pd.Series(1.0, index=right.index) if value is None else other[value].fillna(0.0)
    totals = pd.Series(amounts.to_numpy(), index=right.array).groupby(level=0).sum()
    result = totals.reindex(pd.Index(left.array)).fillna(0.0)
    result.index = codes.index
    return result


def exploded(series: pd.Series[Any]) -> pd.Series[Any]:
    """Return one row for each value of a several-valued column, under the index of its row."""
    pieces = series.dropna().str.split(SEPARATOR.strip()).explode()
    return pieces.astype("str").str.strip()


def mapped(series: pd.Series[Any], function: Callable[[str], Any], dtype: str) -> pd.Series[Any]:
    """Return a function of each distinct text of a column; a blank gives a missing value."""
    codes, distinct = pd.factorize(series)
    missing = None if dtype == "str" else float("nan")
    values = pd.Series([*(function(text) for text in distinct), missing], dtype=dtype)
    return pd.Series(values.array.take(codes), index=series.index)


def nth(series: pd.Series[Any], position: int) -> pd.Series[Any]:
    """Return the value at a position (from 1) of a several-valued column."""

    def piece(text: str) -> str | None:
        pieces = text.split(SEPARATOR.strip())
        return pieces[position - 1].strip() if position <= len(pieces) else None

    return mapped(series, piece, "str")


def size(series: pd.Series[Any]) -> pd.Series[Any]:
    """Return how many values each cell of a several-valued column holds, 0 in a blank one."""
    return mapped(series, lambda text: text.count(SEPARATOR.strip()) + 1.0, "float64").fillna(0.0)
