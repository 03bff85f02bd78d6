"""The names by which formulas know a workbook: its columns, its lists, its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pst_excel.batch import Return, geometry
from pst_excel.measures import numbered
from pst_excel.outputs.xlsx import Book
from pst_excel.schema import HEADING_ROW, Plan, Vocabulary

FIRST = HEADING_ROW  # index, from 0, of the first data row
READY = 1_000
SPARE = 50


@dataclass(frozen=True)
class Names:
    """The names under which formulas know the workbook: columns, lists, the date of observation."""

    plan: Plan
    last: Mapping[str, int]
    letters: Mapping[str, Mapping[str, str]]

    def column(self, sheet: str, key: str) -> str:
        """Return the name of a whole column."""
        return f"{self.plan[sheet].title}_{key}"

    def parameter(self, key: str) -> str:
        """Return the name of a parameter's cell."""
        return f"Param_{key}"

    def parts(self, sheet: str) -> int:
        """Return how many numbered parts the several-valued columns of a sheet have."""
        return numbered([c.key for c in self.plan[sheet].columns], "part_")

    def define(self, book: Book) -> None:
        """Name every column of every data sheet."""
        for sheet in self.plan.tables:
            if sheet.program:
                continue
            for column in sheet.columns:
                letters = self.letters[sheet.key].get(column.key)
                if letters:
                    last = self.last[sheet.key]
                    area = f"${letters}${FIRST + 1}:${letters}${last}"
                    book.define(self.column(sheet.key, column.key), f"'{sheet.title}'!{area}")


@dataclass(frozen=True)
class Row:
    """One row, for the formulas of its computed columns."""

    names: Names
    sheet: str
    row: int

    def cell(self, key: str) -> str:
        """Return the cell of a column on this row."""
        return f"${self.names.letters[self.sheet][key]}{self.row + 1}"

    def column(self, sheet: str, key: str) -> str:
        """Return the name of a whole column."""
        return self.names.column(sheet, key)

    def parameter(self, key: str) -> str:
        """Return the name of a parameter's cell."""
        return self.names.parameter(key)


def list_name(vocabulary: Vocabulary) -> str:
    """Return the name of a list's range."""
    return f"Liste_{vocabulary.key}"


def names_for(content: Return, computed: bool) -> Names:
    """Return the names of a workbook that will hold these tables, with rows to spare."""
    last, letters = {}, {}
    for sheet in content.plan.tables:
        table = content.tables.get(sheet.key)
        count = len(table) if table else 0
        last[sheet.key] = FIRST + (count + SPARE if computed else max(READY, count + SPARE))
        letters[sheet.key] = table.letters if table is not None else geometry(sheet, program=False)
    return Names(content.plan, last, letters)
