"""Results that are lists of things said, and the same as a table for analysts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from pst_excel.model.words.tables import ROW
from pst_excel.text.brief import brief

if TYPE_CHECKING:
    from pst_excel.model.series import Frame

T = TypeVar("T")


class Records(list[T]):
    """A list of things of one kind, which is a list like any other, and `to_frame()`.

    A subclass says in `columns` which attribute stands in which column, and in `ordered` the
    values of those whose order has a meaning, in it.
    """

    columns: ClassVar[Mapping[str, str]] = {}
    ordered: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    def __repr__(self) -> str:
        return brief(self, len(self), repr(self[0]) if self else "")

    def to_frame(self) -> Frame:
        """Return one row for each, under French names; what is empty is missing."""
        return as_frame(self, self.columns, self.ordered)


def as_frame(
    items: Iterable[Any], columns: Mapping[str, str], ordered: Mapping[str, tuple[str, ...]]
) -> Frame:
    """Return things as a table: the attribute of each column, an ordered category where one is."""
    import pandas as pd

    rows = list(items)
    getters: dict[str, Callable[[Any], Any]] = {n: attrgetter(a) for n, a in columns.items()}
    data: dict[str, Any] = {}
    for name, get in getters.items():
        values = [_blank_is_missing(get(row)) for row in rows]
        dtype = "Int64" if name == ROW else _dtype(values)
        if name in ordered:
            dtype = pd.CategoricalDtype([*ordered[name]], ordered=True)
            values = [None if value is None else str(value) for value in values]
        data[name] = pd.Series(values, dtype=dtype)
    return pd.DataFrame(data)


def _blank_is_missing(value: object) -> object:
    return None if value == "" else value


def _dtype(values: list[object]) -> Any:
    """Return the dtype of a column: texts, else what pandas makes of it."""
    return "str" if all(value is None or isinstance(value, str) for value in values) else None
