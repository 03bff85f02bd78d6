"""All that a value holds, as plain data that can be compared with what it holds later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import fields, is_dataclass

import pandas as pd

from pst_excel.model.plan import Plan


def snapshot(value: object) -> object:
    """Return what a value and all in it hold; a declared plan is told by its version alone."""
    if isinstance(value, Plan):
        return (value.version, value.first_year, value.last_year)
    if isinstance(value, pd.DataFrame):
        return [list(value.index), [(key, snapshot(value[key])) for key in value.columns]]
    if isinstance(value, pd.Series):
        return [str(value.dtype), list(value.index), [repr(cell) for cell in value]]
    if is_dataclass(value) and not isinstance(value, type):
        return [
            type(value).__name__, {f.name: snapshot(getattr(value, f.name)) for f in fields(value)},
        ]  # fmt: skip
    if isinstance(value, Mapping):
        return [(snapshot(key), snapshot(item)) for key, item in value.items()]
    if isinstance(value, Set):
        return sorted(map(repr, value))
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [snapshot(item) for item in value]
    return value if isinstance(value, str | bytes) else repr(value)
