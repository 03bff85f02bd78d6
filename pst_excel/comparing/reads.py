"""What a figure looks at: its sheets, its columns, the date; told by what its formula names.

Where a sheet is missing, what looks at it is unknown; where it is there without a row, its count
is zero. A figure knows so itself of blank cells, not of what the file does not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pst_excel.model.figures.figures import Figure, IfAny, Quotient, Scaled
from pst_excel.model.figures.measures import Measure, Quantity
from pst_excel.model.plan import Plan
from pst_excel.model.words.kinds import Need
from pst_excel.model.words.roles import Role
from pst_excel.model.words.vocabulary import Vocabulary
from pst_excel.returns.tables import Return

Place = tuple[str, str]  # the keys of a sheet and of one of its columns


@dataclass
class _Names:
    """Gives formulas the names that they ask for, and remembers them."""

    here: set[str] = field(default_factory=set)
    columns: set[Place] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)

    def cell(self, key: str) -> str:
        self.here.add(key)
        return key

    def cells(self, keys: Iterable[str]) -> str:
        return ",".join(map(self.cell, keys))

    def column(self, sheet: str, key: str) -> str:
        self.columns.add((sheet, key))
        return key

    def parameter(self, key: str) -> str:
        self.parameters.add(key)
        return key

    def listed(self, vocabulary: Vocabulary) -> str:
        return vocabulary.key

    def added(self) -> list[str]:
        return []

    def lines(self, panel: str) -> str:
        return panel

    def says(self) -> str:
        return "says"

    def rank(self) -> str:
        return "rank"

    def parts(self, _sheet: str) -> int:
        return 1

    @property
    def sheet(self) -> str:
        """The sheet of the rows that are counted."""
        return min(self.columns)[0]


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
    asked, base = _asked(figure.quantity), _asked(figure.base)
    places = {place for one in (asked, base, _asked(figure.known)) for place in one.columns}
    looked = {place: _looked(plan, *place) for place in places}
    every = {place for inner, _ in looked.values() for place in inner}
    date = plan.form.by_role.get(Role.OBSERVED)
    own: set[Place] = set()
    counted = _numerator(figure.quantity)
    having = isinstance(counted, Measure) and counted.key is None
    if having and figure.known == figure.base:  # nothing else says which rows know it
        for place in asked.columns - base.columns:
            own.update(_needed(plan, place, looked[place][0], base.sheet))
    return Reads(
        base.sheet,
        frozenset(sheet for sheet, _ in every) - {plan.form.key},
        frozenset(own),
        date is not None and any(date.key in dates for _, dates in looked.values()),
        counted == figure.base,
    )


def sources(figure: Figure, plan: Plan) -> list[Place]:
    """Return the columns that people fill and that a figure is made of, in the order of the plan.

    The fields of the form are among them; of rows that are only counted the key is empty.
    """
    looked = [_looked(plan, *place) for place in sorted(_asked(figure.quantity).columns)]
    found = {place for places, _ in looked for place in places}
    found |= {(plan.form.key, key) for _, read in looked for key in read}
    filled = [
        (sheet.key, column.key)
        for sheet in plan
        for column in sheet.inputs
        if (sheet.key, column.key) in found
    ]
    named = {sheet for sheet, _ in filled}
    return filled + [(sheet, "") for sheet in sorted({sheet for sheet, _ in found} - named)]


def source_of(figure: Figure, plan: Plan) -> str:
    """Say which columns make a figure: « Actions : Statut, Avancement % ; Budget : Prévu »."""
    by_sheet: dict[str, list[str]] = {}
    for sheet, key in sources(figure, plan):
        by_sheet.setdefault(sheet, []).append(plan[sheet][key].label if key else "ses lignes")
    return " ; ".join(f"{plan[sheet].title} : {', '.join(by_sheet[sheet])}" for sheet in by_sheet)


def _asked(quantity: Quantity) -> _Names:
    names = _Names()
    quantity.render(names)
    return names


def _numerator(quantity: Quantity) -> Quantity:
    if isinstance(quantity, Scaled | IfAny):
        return _numerator(quantity.quantity)
    return _numerator(quantity.top) if isinstance(quantity, Quotient) else quantity


def _looked(plan: Plan, sheet: str, key: str, far: bool = True) -> tuple[set[Place], set[str]]:
    """Return the columns that people fill behind a column, and the parameters that it reads.

    Another sheet is looked at, not what that one looks at in turn. What looks at the whole row (is
    it one? how full is it?) misses no column of it.
    """
    column = plan[sheet][key]
    if column.formula is None:
        return {(sheet, key)}, set()
    names = _Names()
    column.formula.render(names)
    places: set[Place] = set()
    parameters = set(names.parameters)
    behind = [(sheet, here, far) for here in names.here if here != key]
    behind += [(*place, False) for place in names.columns if far or place[0] == sheet]
    for inner in behind:
        found, read = _looked(plan, *inner)
        places, parameters = places | found, parameters | read
    here = {place for place in places if place[0] == sheet}
    if 2 * len(here) > len(plan[sheet].inputs):
        places = places - here | {(sheet, key)}
    return places, parameters


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
