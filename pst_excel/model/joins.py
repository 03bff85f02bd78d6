"""How rows of one sheet are matched with rows of another, inside each return of a batch.

Frames are indexed by (source, row): a code means something only inside its own source. Codes are
compared as people read them, a7 as A7. Texts are compared once for each distinct one; rows are then
matched by integers, whatever stores the texts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pst_excel.model.schema import SEPARATOR
from pst_excel.model.series import SOURCE, Frame, Index, Series
from pst_excel.model.words.keys import CODE
from pst_excel.text.spelling import as_code

Keys = npt.NDArray[np.intp]

_SPREAD = 8  # a table with more places than so many times the rows is not worth its memory
_MARK = SEPARATOR.strip()


def source_of(frame: Frame | Series) -> Index:
    """Return the source of each row."""
    return frame.index.get_level_values(SOURCE)


def _distinct(codes: Series) -> tuple[Keys, npt.NDArray[Any]]:
    """Return the place of each row's code among the distinct ones, -1 for a blank, and these."""
    rows, distinct = pd.factorize(codes)
    if codes.dtype.kind == "f":  # places in a sheet
        return rows, np.asarray(distinct)
    texts = np.asarray(distinct, dtype=object)
    whole = "".join(texts)
    if as_code(whole) != whole:  # few plans have letters in their codes
        texts = np.array([as_code(text) for text in texts], dtype=object)
    return rows, texts


def _matched(left: Series, right: Series) -> tuple[Keys, Keys, int]:
    """Return both sides as numbers under a bound, the same for a code of a source; -1 for none.

    A code of the left side that no source of the right side has is none as well.
    """
    mine, asked = _distinct(left)
    theirs, held = _distinct(right)
    numbers, _ = pd.factorize(np.concatenate([held, asked]))
    known = int(numbers[: len(held)].max(initial=-1)) + 1
    theirs = np.append(numbers[: len(held)], -1)[theirs]
    numbers = np.where(numbers < known, numbers, -1)
    mine = np.append(numbers[len(held) :], -1)[mine]
    sources, others = source_of(left).to_numpy(np.intp), source_of(right).to_numpy(np.intp)
    mine = np.where(mine < 0, -1, sources * known + mine)
    theirs = np.where(theirs < 0, -1, others * known + theirs)
    bound = (max(sources.max(initial=-1), others.max(initial=-1)) + 1) * known
    if bound > _SPREAD * (len(mine) + len(theirs)):
        present = pd.Index(pd.unique(theirs[theirs >= 0]))
        mine, theirs = present.get_indexer(pd.Index(mine)), present.get_indexer(pd.Index(theirs))
        bound = len(present)
    return mine, theirs, int(bound)


def found(codes: Series, other: Frame, key: str = CODE) -> Series:
    """Tell whether the other sheet of the same source has each code; a blank is not found."""
    left, right, bound = _matched(codes, other[key])
    there = np.zeros(bound + 1, dtype=bool)
    there[right] = True
    there[-1] = False  # where all the -1 fall
    return pd.Series(there[left], index=codes.index)


def fetch(codes: Series, other: Frame, value: str, key: str = CODE) -> Series:
    """Return the other sheet's value on the row that has the code; the first row wins."""
    left, right, bound = _matched(codes, other[key])
    first = np.full(bound + 1, -1, dtype=np.intp)
    first[right[::-1]] = np.arange(len(right))[::-1]  # of several, the last written stays
    first[-1] = -1
    result = pd.Series(other[value].array).reindex(first[left])  # no row is numbered -1
    result.index = codes.index
    return result


def tally(codes: Series, other: Frame, key: str, value: str | None = None) -> Series:
    """Return for each code the number of the other sheet's rows, or the sum of a value."""
    left, right, bound = _matched(codes, other[key])
    totals = np.zeros(bound + 1)
    if value is None:
        totals[:bound] = np.bincount(right[right >= 0], minlength=bound)
    else:
        totals[right] = _summed(other[value].fillna(0.0), other[key])
        totals[-1] = 0.0
    return pd.Series(totals[left], index=codes.index)


def _summed(amounts: Series, codes: Series) -> npt.NDArray[np.float64]:
    """Return on each row the sum of the amounts of the rows of its source that have its code.

    pandas rounds the last digit otherwise where groups come sorted: their order is that of the
    texts « source|code », so that a sum is the same whichever way rows are matched.
    """
    rows, held = _distinct(codes)
    known = {code: at for at, code in enumerate(sorted(set(held)))}
    texts = np.array([*(known[code] for code in held), -1])[rows]
    places, sources = pd.factorize(source_of(codes))
    ranks = np.argsort(np.argsort([f"{source}|" for source in sources]))
    groups = np.where(texts < 0, np.nan, ranks[places] * float(len(known)) + texts)
    sums = pd.Series(amounts.to_numpy()).groupby(groups).transform("sum")
    return sums.to_numpy(np.float64)


def exploded(series: Series) -> Series:
    """Return one row for each value of a several-valued column, under the index of its row."""
    codes, distinct = pd.factorize(series)
    pieces = [[piece.strip() for piece in text.split(_MARK)] for text in distinct.tolist()]
    counts = np.array([*map(len, pieces), 0])  # the last for the blanks, whose code is -1
    starts, sizes = (np.cumsum(counts) - counts)[codes], counts[codes]
    rows = np.repeat(np.arange(len(codes)), sizes)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    flat = pd.array([piece for texts in pieces for piece in texts], dtype="str")
    values = flat.take(starts[rows] + within)
    return pd.Series(values, index=series.index.take(rows), name=series.name)


def mapped(series: Series, function: Callable[[Any], str | float | None], dtype: str) -> Series:
    """Return a function of each distinct value of a column; a blank gives a missing value."""
    codes, distinct = pd.factorize(series)
    missing = None if dtype == "str" else float("nan")
    values = pd.Series([*(function(text) for text in distinct.tolist()), missing], dtype=dtype)
    return pd.Series(values.array.take(codes), index=series.index)


def nth(series: Series, position: int) -> Series:
    """Return the value at a position (from 1) of a several-valued column."""

    def piece(text: str) -> str | None:
        pieces = text.split(_MARK)
        return pieces[position - 1].strip() if position <= len(pieces) else None

    return mapped(series, piece, "str")


def size(series: Series) -> Series:
    """Return how many values each cell of a several-valued column holds, 0 in a blank one."""
    return mapped(series, lambda text: text.count(_MARK) + 1.0, "float64").fillna(0.0)
