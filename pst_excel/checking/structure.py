"""The structural checks of a sheet: its schema, run by pandera on a batch.

Values are typed before, by kind: one value that pandera could not coerce would hide every other
failure of its column.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from pst_excel.checking.cells import CellMark, asked, structural_mark
from pst_excel.model.catalogue import CATALOGUE
from pst_excel.model.schema import SEPARATOR, Column, Sheet
from pst_excel.model.words.kinds import Layout
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.wording import plural, say
from pst_excel.returns.frames import Batch
from pst_excel.text.spelling import nearest

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema


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
def _demands_of(sheet: Sheet, own: bool) -> DataFrameSchema:
    """Return what the schema of a sheet asks of values that are typed by kind, plausible ones.

    Only of the columns that can fail: pandera's price is per column. Unless somebody says one of
    his `own`, no threshold can.
    """
    import pandera.pandas as pa

    from pst_excel.schemas.columns import blamed_if_blank, structural

    blank = set() if own else {threshold.key for threshold in sheet.thresholds}
    demands = {
        column.key: pa.Column(checks=checks, nullable=not blamed_if_blank(column, Stage.EVALUATION))
        for column in sheet.inputs
        if column.key not in blank
        and ((checks := structural(column)) or blamed_if_blank(column, Stage.EVALUATION))
    }
    return pa.DataFrameSchema(demands)
