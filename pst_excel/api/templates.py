"""The blank workbook of a legislature, for the library."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from pst_excel.api.arguments import PathLike, path_of, several, wrong
from pst_excel.api.writing import write
from pst_excel.cells.values import Value
from pst_excel.excel.books.template import blank
from pst_excel.model.plan import Plan
from pst_excel.pst import PST, pst
from pst_excel.pst.plausible import YEARS
from pst_excel.returns.tables import Return
from pst_excel.text.days import written_years
from pst_excel.text.errors import UsageError


def template(
    target: PathLike, legislature: tuple[int, int] | str = (2024, 2030), **values: Value
) -> Path | None:
    """Write the blank workbook; `values` fill its identification by key (nom, ins, type ...).

    The legislature may be written « 2024-2030 ».
    Raises: UsageError for a legislature that cannot be, or an unknown key; OutputError.
    """
    wanted = path_of(target, "target")
    first, last = _years(legislature)
    return write(identified(pst(first, last), values), wanted)


def _years(legislature: Any) -> tuple[int, int]:
    """Return the years between which a legislature lasts. Raises: UsageError where it is none."""
    said = legislature if isinstance(legislature, str) else ""
    years = written_years(said) if said else several(legislature)
    if years is not None and len(years) == 2 and all(type(year) is int for year in years):
        first, last = years
        if YEARS.admits(first) and YEARS.admits(last) and PST.may_last(first, last):
            return first, last
        said = f"{first}-{last}"
    if said:
        raise UsageError(f"« {said} » n’est pas une législature ; écrivez par exemple 2024-2030")
    raise wrong("legislature", legislature, "deux années", "écrivez par exemple (2024, 2030)")


def identified(plan: Plan, values: dict[str, Value]) -> Return:
    """Return a blank one whose identification is filled. Raises: UnknownName, UsageError."""
    for key, value in values.items():
        plan.form[key]
        if value is not None and not isinstance(value, str | int | float | dt.date):
            raise wrong(key, value, "un texte, un nombre ou une date")
    return blank(plan, values)
