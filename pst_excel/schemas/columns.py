"""The pandera schema of one column, as its declaration says it; checks are named by message."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pandera.pandas as pa
from pandera.engines.pandas_engine import DateTime

from pst_excel.model.dtypes import DAY, tidy_dtype
from pst_excel.model.schema import SEPARATOR, Column
from pst_excel.model.series import Series
from pst_excel.model.words import tables as t
from pst_excel.model.words.kinds import Need
from pst_excel.model.words.plausible import Bounds, Days, Shape
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.terms import Terms, filled

BLANK, OTHER_KIND = "V01", "V02"
UNLISTED, OUT_OF_BOUNDS, LONG, IMPLAUSIBLE = "V03", "V04", "V05", "V12"
"""The messages by which checks are named."""

ISO_DAY = DateTime(to_datetime_kwargs={"format": "ISO8601"})  # type: ignore[call-arg]
Several = Callable[[list[str]], pa.Check]
"""What makes the check of the cells of several values, given the labels of their list."""


Between = Callable[[float | str, float | str], pa.Check]
"""What makes the check of a plausible value, given two numbers, or two days as texts."""


def each_in(series: Series, *, labels: Iterable[str]) -> Series:
    """Tell the cells all of whose values, one or several, are in a list."""
    allowed = frozenset(labels)
    known = {v: allowed.issuperset(v.split(SEPARATOR)) for v in series.unique()}
    return series.map(known).astype(bool)


def several_in(labels: list[str]) -> pa.Check:
    """Return the check of the cells of several values of a list."""
    return pa.Check(partial(each_in, labels=labels), error=UNLISTED)


def schema_of(
    column: Column, stage: Stage, terms: Terms, several: Several, between: Between
) -> pa.Column:
    """Return the schema of a column as a table for analysts holds it, asked at a stage.

    `several` and `between` make the checks that pandera does not have by itself.
    """
    computed = column.need is Need.COMPUTED
    return pa.Column(
        # A text is a date where it says it as 2027-03-05: no order of day and month is guessed.
        ISO_DAY if tidy_dtype(column) == DAY else tidy_dtype(column),
        checks=[] if computed else [*structural(column, several), *_plausible(column, between)],
        nullable=not blamed_if_blank(column, stage),
        required=column.need is Need.REQUIRED,
        coerce=True,
        default=column.default,
        title=column.label,
        description=filled(column.help, terms),
        metadata=said_of(column),
    )


def blamed_if_blank(column: Column, stage: Stage) -> bool:
    """Tell whether a blank is blamed at a stage."""
    return column.need is Need.REQUIRED and column.stage.reached(stage)


def structural(column: Column, several: Several = several_in) -> list[pa.Check]:
    """Return the checks of values that are plausible: the list, the limits, the length."""
    checks = []
    if column.vocabulary is not None and not column.vocabulary.local:
        labels = [*column.vocabulary.labels]
        one = pa.Check.isin(labels, error=UNLISTED)
        checks.append(several(labels) if column.many else one)
    if column.kind.is_number and not column.many:
        checks += _bounds(column.low, column.high)
    if column.max_length is not None:
        checks.append(pa.Check.str_length(max_value=column.max_length, error=LONG))
    return checks


def _bounds(low: float | None, high: float | None) -> list[pa.Check]:
    """Return one check of a number: pandera takes a second bound for another demand."""
    if low is not None and high is not None:
        return [pa.Check.in_range(low, high, error=OUT_OF_BOUNDS)]
    if low is not None:
        return [pa.Check.ge(low, error=OUT_OF_BOUNDS)]
    return [pa.Check.le(high, error=OUT_OF_BOUNDS)] if high is not None else []


def _plausible(column: Column, between: Between) -> list[pa.Check]:
    match column.plausible:
        case Bounds(low, high) if not column.many:
            return [between(low, high)]
        case Days(first, last):
            return [between(first.isoformat(), last.isoformat())]
        case Shape(pattern):
            return [pa.Check.str_matches(rf"^(?:{pattern.pattern})$", error=IMPLAUSIBLE)]
    return []


def said_of(column: Column) -> dict[str, Any]:
    """Return what a column says of itself, in words and flags; what it does not say is left out."""
    told = {
        t.KEY: column.key,
        t.TITLE: column.label,
        t.NATURE: str(column.kind),
        t.NEED: str(column.need),
        t.STAGE: str(column.stage) if column.need is Need.REQUIRED else "",
        t.UNIT: column.unit,
        t.SOURCE: "calculée par le programme"
        if column.need is Need.COMPUTED
        else "saisie par des personnes",
        t.PRIVATE: column.private,
        t.SINCE: column.since,
        t.REFERS: list(column.refers),
        t.SEVERAL: column.many,
    }
    return {name: value for name, value in told.items() if value not in ("", [], False)}
