"""Where the columns of a sheet of the plan stand in a file: the program's, and those added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pst_excel.cells.values import as_text
from pst_excel.excel.names import NAMELESS
from pst_excel.model.schema import COMPANION, Sheet
from pst_excel.model.words.kinds import Where
from pst_excel.ooxml.cells.values import Formula
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.references.addresses import column_letters, column_number
from pst_excel.ooxml.sheet import Sheet as FileSheet
from pst_excel.returns.tables import Table
from pst_excel.text.spelling import fold, tidy

_RECEIVED = fold(COMPANION)


@dataclass(frozen=True)
class Columns:
    """The columns of a sheet by their number from 1: `ours` by key, `added` by heading.

    `fresh` are those of `added` that the file does not have yet: they come at its right; `bare`
    are those that hold values there under no heading.
    """

    ours: Mapping[str, int]
    added: Mapping[str, int]
    fresh: Mapping[str, int] = field(default_factory=dict)
    bare: Mapping[str, int] = field(default_factory=dict)

    @property
    def letters(self) -> dict[str, str]:
        """The letters of all of them, from left to right; what has no heading stands between."""
        places = {**self.added, **self.ours}
        named = {number: name for name, number in places.items()}
        last = max(named, default=0)
        return {named.get(n, f"{NAMELESS}{n}"): column_letters(n) for n in range(1, last + 1)}

    def received(self) -> dict[str, int]:
        """Return those that hold the texts which were not understood, by their headings."""
        return {name: n for name, n in self.added.items() if fold(name).endswith(_RECEIVED)}


def columns_of(sheet: Sheet, known: Table, wanted: Iterable[str], there: FileSheet) -> Columns:
    """Return the columns of a sheet as a file has them, with those that are wanted at the right.

    Raises: Refused when the file lacks one of the program's.
    """
    for column in sheet.columns:
        if column.stands(Where.WHOLE) and column.key not in known.letters:
            raise Refused(f"la colonne « {column.label} » manque dans « {sheet.title} »")
    ours = {key: column_number(at) for key, at in known.letters.items() if key in sheet}
    added: dict[str, int] = {}
    taken = set(ours.values())
    read = {column_number(at): name for name, at in known.local_letters.items()}
    for cell in there.row(known.heading):
        value = cell.value.value if isinstance(cell.value, Formula) else cell.value
        text = tidy(as_text(value)) if isinstance(value, str | float) else ""
        if text and cell.column not in taken:
            name = text if text not in added else f"{text} ({column_letters(cell.column)})"
            added[read.get(cell.column, name)] = cell.column
    headed = {*added.values(), *taken}
    bare = {name: number for number, name in read.items() if number not in headed}
    added |= bare
    by_spelling = {fold(name): name for name in added}
    last = max(_last(there), *taken, *added.values(), 0)
    fresh: dict[str, int] = {}
    for name in wanted:
        if fold(name) in by_spelling:
            number = added.pop(by_spelling[fold(name)])
            added[name] = number
        else:
            last += 1
            added[name] = fresh[name] = last
    return Columns(ours, added, fresh, bare)


def _last(there: FileSheet) -> int:
    return max((column for _, column, element in there.grid if len(element)), default=0)
