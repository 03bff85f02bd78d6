"""The names by which formulas know a workbook: its columns, its lists, its parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import ClassVar

from pst_excel.excel.palette import SIGNS
from pst_excel.excel.xlsx import BookWriter
from pst_excel.model.figures.measures import PART, numbered
from pst_excel.model.plan import Plan
from pst_excel.model.schema import HEADING_ROW, Column, Sheet
from pst_excel.model.words.free_columns import free_headings
from pst_excel.model.words.keys import CODE, LINE, SHOWN_CODE
from pst_excel.model.words.kinds import Where
from pst_excel.model.words.roles import Role
from pst_excel.model.words.terms import Terms
from pst_excel.model.words.vocabulary import Vocabulary
from pst_excel.returns.tables import Return, geometry
from pst_excel.text.filenames import safe

FIRST = HEADING_ROW  # index, from 0, of the first data row
READY = 1_000
NAMELESS = "\0"  # before a number: the column that has no heading
SPARE = {Where.WHOLE: 20, Where.RETURN: 20}
BLANK = {Where.WHOLE: 20, Where.RETURN: 60}  # rows with formulas where nobody has written yet


@dataclass(frozen=True)
class Names:
    """The names under which formulas know the workbook: columns, lists, the date of observation.

    `last` is the number of the last row that is ready, `calculated` that of the last with formulas;
    `headings` that of the headings, where they do not stand as in the template; `terms` are what
    its texts call the organs and the law of its institution.
    """

    plan: Plan
    where: Where
    last: Mapping[str, int]
    calculated: Mapping[str, int]
    letters: Mapping[str, Mapping[str, str]]
    headings: Mapping[str, int] = field(default_factory=dict)
    terms: Terms = field(default_factory=dict)

    def column(self, sheet: str, key: str) -> str:
        """Return the name of a whole column; of the form, whose columns are fields, of its cell."""
        if sheet == self.plan.form.key:
            return self.parameter(key)
        return f"{stem(self.plan[sheet])}_{key}"

    def parameter(self, key: str) -> str:
        """Return the name of a parameter's cell."""
        return f"Param_{key}"

    def parts(self, sheet: str) -> int:
        """Return how many numbered parts the several-valued columns of a sheet have."""
        return numbered([c.key for c in self.plan[sheet].columns], f"{PART}_")

    def lines(self, panel: str) -> str:
        """Return the name of the keys of the lines of a panel, or of another list of keys."""
        return f"Cles_{panel}"

    def table(self, sheet: str) -> str:
        """Return the name of the table of a sheet."""
        return f"T_{stem(self.plan[sheet])}"

    def choices(self, sheet: str) -> str:
        """Return the name of the codes of a sheet as drop-down lists show them; empty if none."""
        return f"Choix_{sheet}" if SHOWN_CODE in self.letters.get(sheet, {}) else ""

    def define(self, book: BookWriter) -> None:
        """Name every column of every data sheet, and the codes that lists show."""
        for sheet in self.plan.tables:
            if sheet.program:
                continue
            for column in sheet.columns:
                if letters := self.letters[sheet.key].get(column.key):
                    area = self._area(sheet.title, letters, self.last[sheet.key])
                    book.define(self.column(sheet.key, column.key), area)
            if name := self.choices(sheet.key):
                book.define(name, self._growing(sheet.key))

    def _growing(self, sheet: str) -> str:
        """Return the range of the codes shown, down to the last row that has one."""
        title, letters = self.plan[sheet].title, self.letters[sheet]
        area = self._area(title, letters[SHOWN_CODE], self.last[sheet])
        codes = self._area(title, letters[CODE], self.last[sheet])
        rows = f'SUMPRODUCT(MAX(({codes}<>"")*(ROW({codes})-{FIRST})))'
        return f"{area.partition(':')[0]}:INDEX({area},MAX(1,{rows}))"

    @staticmethod
    def _area(title: str, letters: str, last: int) -> str:
        return f"'{title}'!${letters}${FIRST + 1}:${letters}${last}"


@dataclass(frozen=True)
class WrittenRow:
    """One row, for the formulas of its cells and of its conditional formats."""

    names: Names
    sheet: str
    row: int

    def cell(self, key: str) -> str:
        """Return the cell of a column on this row."""
        return f"${self.names.letters[self.sheet][key]}{self.row + 1}"

    def cells(self, keys: Iterable[str]) -> str:
        """Return the cells of columns on this row, neighbours as ranges."""
        return ",".join(
            self.cell(first) if first == last else f"{self.cell(first)}:{self.cell(last)}"
            for first, last in _runs(list(self.names.letters[self.sheet]), keys)
        )

    def added(self) -> list[str]:
        """Return the columns of the sheet that are not of the plan."""
        declared = self.names.plan[self.sheet]
        letters = self.names.letters[self.sheet]
        return [key for key in letters if key not in declared and not key.startswith(NAMELESS)]

    def column(self, sheet: str, key: str) -> str:
        """Return the name of a whole column."""
        return self.names.column(sheet, key)

    def parameter(self, key: str) -> str:
        """Return the name of a parameter's cell."""
        return self.names.parameter(key)

    def listed(self, vocabulary: Vocabulary) -> str:
        """Return the name of the lines where a list's entries stand."""
        return lines_name(vocabulary)

    def lines(self, panel: str) -> str:
        """Return the name of the keys of the lines of a panel."""
        return self.names.lines(panel)

    def says(self) -> str:
        """Return the cell of the flag of a row that says something, if the workbook has it."""
        return self.cell(LINE) if LINE in self.names.letters[self.sheet] else ""

    def rank(self) -> str:
        """Return the place of the row under the headings."""
        return f"ROW()-ROW($A${self.names.headings.get(self.sheet, HEADING_ROW)})"


class AnyRow(WrittenRow):
    """Every row of a sheet: what is rendered once stands for all, by its number in place of ROW."""

    ROW: ClassVar[str] = "\0"

    def cell(self, key: str) -> str:
        """Return the cell of a column, its row to be named."""
        return f"${self.names.letters[self.sheet][key]}{self.ROW}"


class Field(WrittenRow):
    """The fields of the identification, each known by its name."""

    def __init__(self, names: Names) -> None:
        super().__init__(names, names.plan.form.key, 0)

    def cell(self, key: str) -> str:
        """Return the name of a field."""
        return self.names.parameter(key)


@dataclass(frozen=True)
class TableRow(WrittenRow):
    """Any row of a table of Excel, which repeats its formulas on the rows that are added."""

    def cell(self, key: str) -> str:
        """Return the cell of a column on the row of the formula."""
        return f"{self.names.table(self.sheet)}[[#This Row],{self._bracketed(key)}]"

    def cells(self, keys: Iterable[str]) -> str:
        """Return the cells of columns on the row of the formula, neighbours as ranges."""
        table = self.names.table(self.sheet)
        return ",".join(
            self.cell(first)
            if first == last
            else f"{table}[[#This Row],{self._bracketed(first)}:{self._bracketed(last)}]"
            for first, last in _runs(list(self.names.letters[self.sheet]), keys)
        )

    def _bracketed(self, key: str) -> str:
        return f"[{heading(self.names.plan[self.sheet][key])}]"


def _runs(order: list[str], keys: Iterable[str]) -> list[tuple[str, str]]:
    """Return the first and last of each run of keys that stand side by side."""
    positions = sorted(order.index(key) for key in keys)
    runs = groupby(enumerate(positions), lambda pair: pair[1] - pair[0])
    ends = [[position for _, position in run] for _, run in runs]
    return [(order[run[0]], order[run[-1]]) for run in ends]


def stem(sheet: Sheet) -> str:
    """Return the title of a sheet as the names of its table and columns bear it: plain ASCII."""
    return safe(sheet.title).replace("-", "_")


def heading(column: Column) -> str:
    """Return the heading of a column: its label and the sign of how much it is needed."""
    return column.label + SIGNS.get(column.asked, "")


def list_name(vocabulary: Vocabulary) -> str:
    """Return the name of the range that a drop-down list shows: it ends with the last entry."""
    return f"Liste_{vocabulary.key}"


def lines_name(vocabulary: Vocabulary) -> str:
    """Return the name of the range where formulas look an entry up: fixed, for any spreadsheet.

    What the institution completes has lines to spare, which no cell that holds a text matches.
    """
    return f"Lignes_{vocabulary.key}" if vocabulary.local else list_name(vocabulary)


def names_for(content: Return, where: Where) -> Names:
    """Return the names of a workbook that will hold these tables, with rows to spare."""
    last, calculated, letters = {}, {}, {}
    for sheet in content.plan.tables:
        table = content.tables.get(sheet.key)
        count = len(table) if table else 0
        calculated[sheet.key] = FIRST + (count + SPARE[where] if count else BLANK[where])
        last[sheet.key] = calculated[sheet.key]
        if where is Where.RETURN:
            last[sheet.key] = max(calculated[sheet.key], FIRST + READY)
        local = [*table.locals] if table else []
        if where is Where.RETURN and not sheet.program:
            local += free_headings(local)
        letters[sheet.key] = geometry(sheet, local, where)
    terms = content.plan.terms_of(str(content.identity(Role.TYPE) or ""))
    return Names(content.plan, where, last, calculated, letters, terms=terms)
