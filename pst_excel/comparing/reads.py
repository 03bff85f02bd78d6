"""What a figure looks at: its sheets, its columns, the date; told by what its formula names.

Where a sheet is missing, what looks at it is unknown; where it is there without a row, its count
is zero. A figure knows so itself of blank cells, not of what the file does not have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pst_excel.model.figures.figures import Figure, IfAny, Quotient, Scaled
from pst_excel.model.figures.measures import Measure, Quantity
from pst_excel.model.plan import Plan
from pst_excel.model.sources import Place, asked, looked
from pst_excel.model.words.kinds import Need
from pst_excel.model.words.roles import Role
from pst_excel.returns.tables import Return


@dataclass(frozen=True)
class Reads:
    """What a figure looks at: whole sheets by key, whether it needs the date of observation.

    `own` are the columns without which it would say of rows that they lack what nobody was asked.
    `counts` where it counts its own rows, so that no row at all is a true zero.
    """

    base: str
    sheets: frozenset[str]
    own: frozenset[Place]
    dated: bool
    counts: bool

    def missing(self, returned: Return) -> bool:
        """Tell whether a return lacks a sheet that the figure looks at."""
        return not all(there(returned, sheet) for sheet in self.sheets)

    def lacking(self, returned: Return) -> list[Place]:
        """Return the columns of its own that the figure lacks in a return."""
        return [
            (sheet, key) for sheet, key in sorted(self.own)
            if there(returned, sheet) and key in returned.tables[sheet].missing
        ]  # fmt: skip


def there(returned: Return, sheet: str) -> bool:
    """Tell whether a workbook has a sheet, and headings in it."""
    table = returned.tables.get(sheet)
    return table is not None and not table.columns.keys() <= table.missing


def reads(figure: Figure, plan: Plan) -> Reads:
    """Return what a figure looks at."""
    mine, base = asked(figure.quantity), asked(figure.base)
    places = {place for one in (mine, base, asked(figure.known)) for place in one.columns}
    found = {place: looked(plan, *place) for place in places}
    every = {place for inner, _ in found.values() for place in inner}
    date = plan.form.by_role.get(Role.OBSERVED)
    own: set[Place] = set()
    counted = _numerator(figure.quantity)
    having = isinstance(counted, Measure) and counted.key is None
    if having and figure.known == figure.base:  # nothing else says which rows know it
        for place in mine.columns - base.columns:
            own.update(_needed(plan, place, found[place][0], base.sheet))
    return Reads(
        base.sheet,
        frozenset(sheet for sheet, _ in every) - {plan.form.key},
        frozenset(own),
        date is not None and any(date.key in dates for _, dates in found.values()),
        counted == figure.base,
    )


def _numerator(quantity: Quantity) -> Quantity:
    if isinstance(quantity, Scaled | IfAny):
        return _numerator(quantity.quantity)
    return _numerator(quantity.top) if isinstance(quantity, Quotient) else quantity


def _needed(plan: Plan, place: Place, behind: set[Place], base: str) -> Iterator[Place]:
    """Give the columns without which rows would seem not to have what a figure counts.

    Where a blank is read as a default in another sheet, so is a column that is not there; and a
    code finds its row without the column that says in which sheet.
    """
    for sheet, key in {place} if plan[place[0]][place[1]].formula is None else behind:
        column = plan[sheet][key]
        choosing = any(other.chosen_by == key for other in plan[sheet].columns)
        read = sheet != base and (column.default is not None or choosing)
        if (sheet, key) == place or (column.need is Need.REQUIRED and not read):
            yield sheet, key
