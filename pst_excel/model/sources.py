"""The columns that people fill and that a figure is made of, told by what its formula names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pst_excel.model.figures.figures import Figure
from pst_excel.model.figures.measures import Quantity
from pst_excel.model.plan import Plan
from pst_excel.model.words.vocabulary import Vocabulary

Place = tuple[str, str]  # the keys of a sheet and of one of its columns


@dataclass
class _Read:
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


def sources(figure: Figure, plan: Plan) -> list[Place]:
    """Return the columns that people fill and that a figure is made of, in the order of the plan.

    The fields of the form are among them; of rows that are only counted the key is empty.
    """
    behind = [looked(plan, *place) for place in sorted(asked(figure.quantity).columns)]
    found = {place for places, _ in behind for place in places}
    found |= {(plan.form.key, key) for _, read in behind for key in read}
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


def asked(quantity: Quantity) -> _Read:
    """Return the columns that a quantity asks for."""
    names = _Read()
    quantity.render(names)
    return names


def looked(plan: Plan, sheet: str, key: str, far: bool = True) -> tuple[set[Place], set[str]]:
    """Return the columns that people fill behind a column, and the parameters that it reads.

    Another sheet is looked at, not what that one looks at in turn. What looks at the whole row (is
    it one? how full is it?) misses no column of it.
    """
    column = plan[sheet][key]
    if column.formula is None:
        return {(sheet, key)}, set()
    names = _Read()
    column.formula.render(names)
    places: set[Place] = set()
    parameters = set(names.parameters)
    behind = [(sheet, here, far) for here in names.here if here != key]
    behind += [(*place, False) for place in names.columns if far or place[0] == sheet]
    for inner in behind:
        found, read = looked(plan, *inner)
        places, parameters = places | found, parameters | read
    here = {place for place in places if place[0] == sheet}
    if 2 * len(here) > len(plan[sheet].inputs):
        places = places - here | {(sheet, key)}
    return places, parameters
