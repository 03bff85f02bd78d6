"""The blank workbook of a legislature, for the library."""

from __future__ import annotations

from pathlib import Path

from pst_excel.api.writing import write
from pst_excel.cells.values import Value
from pst_excel.excel.books.template import blank
from pst_excel.model.plan import Plan
from pst_excel.model.words.wording import listed
from pst_excel.pst import PST, pst
from pst_excel.pst.plausible import YEARS
from pst_excel.returns.tables import Return
from pst_excel.text.errors import UsageError


def template(
    target: str | Path, legislature: tuple[int, int] = (2024, 2030), **values: Value
) -> Path | None:
    """Write the blank workbook; `values` fill its identification by key (nom, ins, type ...).

    Raises: UsageError for a legislature that cannot be, or an unknown key; OutputError.
    """
    first, last = legislature
    if not (YEARS.admits(first) and YEARS.admits(last) and PST.may_last(first, last)):
        raise UsageError(
            f"« {first}-{last} » n’est pas une législature ; écrivez par exemple 2024-2030"
        )
    return write(identified(pst(first, last), values), target)


def identified(plan: Plan, values: dict[str, Value]) -> Return:
    """Return a blank one whose identification is filled. Raises: UsageError for an unknown key."""
    unknown = [key for key in values if key not in plan.form]
    if unknown:
        raise UsageError(f"l’identification n’a pas de champ {listed(unknown)}")
    return blank(plan, values)
