"""What was read: tables with the place of every cell, returns, and the frames of a batch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pst_excel.cells.readings import Reading
from pst_excel.cells.values import RawCell, Value, as_text
from pst_excel.model.findings import Finding, Subject
from pst_excel.model.plan import Plan
from pst_excel.model.schema import Sheet
from pst_excel.model.words.kinds import Need, Where
from pst_excel.model.words.roles import Role
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.wording import column_letter, plural
from pst_excel.returns.sends import send_in
from pst_excel.text.brief import brief
from pst_excel.text.errors import ProgramFault, UnreadableFile
from pst_excel.text.spelling import fold


@dataclass(frozen=True)
class Table:
    """One sheet as read: typed columns by key, and where each of its rows and columns stands.

    `title` is the sheet's name in the file; `locals` holds the columns that the institution added,
    by heading, as they are, and `local_letters` says where they stand; `missing` names the declared
    columns without a heading; `new_rows` are the rows that came without an id; `heading` is the
    number of the row of the headings, 0 where there is none: the rows were titles in another sheet;
    `unfolding` says how the columns that the file hides are seen, by key; `below` are the last rows
    where they stand under headings of their own, in another order.
    """

    sheet: str
    title: str
    columns: dict[str, list[Value]]
    rows: list[int]
    letters: dict[str, str]
    places: dict[str, str] = field(default_factory=dict)
    locals: dict[str, list[RawCell]] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    new_rows: frozenset[int] = frozenset()
    heading: int = 0
    local_letters: dict[str, str] = field(default_factory=dict)
    unfolding: dict[str, str] = field(default_factory=dict)
    below: Table | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return brief(
            self, self.title, plural(len(self), "ligne"), plural(len(self.columns), "colonne")
        )

    @cached_property
    def at(self) -> dict[int, int]:
        """The place of each row in the columns."""
        return {row: at for at, row in enumerate(self.rows)}

    def cell(self, key: str, row: int) -> str:
        """Return the address of a cell; empty when the column has no heading."""
        if key in self.places:
            return self.places[key]
        table = self.over(row)
        letters = table.letters.get(key) or table.local_letters.get(key, "")
        return f"{letters}{row}" if letters else ""

    def over(self, row: int) -> Table:
        """Return the table under whose headings a row stands: this one, or one of those below."""
        below = self.below
        return self if below is None or row <= below.heading else below.over(row)

    def subject(self, row: int, key: str) -> Subject:
        """Return a cell as the subject of a reading, by its keys alone."""
        return Subject(sheet=self.sheet, row=row, column=key)


Ledger = tuple[dict[str, RawCell], ...]
"""The lines of a sheet of the program, each by the headings of what it holds."""


@dataclass(frozen=True)
class Return:
    """One workbook as read: whose it is, its tables, what was understood and what was not.

    `readings` are those of cells that were not literal, `layout` those of what is not laid out as
    in the template; `findings` say what is wrong in the structure of the file.

    `before` is the state that it is compared with, where one is given; `ledgers` are the sheets in
    which the program keeps, in a whole plan, what it knows from run to run, by title. `saved` is
    when the file says that it was last saved and `author` by whom, empty where it does not say;
    `active` is what the file holds that acts when it is opened, in words.
    """

    file: str
    digest: str
    plan: Plan
    tables: dict[str, Table]
    lists: dict[str, tuple[str, ...]]
    readings: list[Reading] = field(default_factory=list)
    layout: list[Reading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    foreign: tuple[str, ...] = ()
    incomplete: bool = False
    before: Return | None = None
    ledgers: dict[str, Ledger] = field(default_factory=dict)
    saved: str = ""
    author: str = ""
    active: tuple[str, ...] = ()

    def __repr__(self) -> str:
        rows = sum(
            len(self.tables[sheet.key]) for sheet in self.plan.tables if sheet.key in self.tables
        )
        return brief(
            self, self.file, self.service or self.identity(Role.NAME), plural(rows, "ligne")
        )

    def identity(self, field: str | Role) -> Any:
        """Return a value of the identification sheet by key or by role, None when it is blank."""
        form = self.plan.form
        if isinstance(field, Role):
            known = form.by_role.get(field)
            return self.identity(known.key) if known is not None else None
        table = self.tables.get(form.key)
        values = table.columns.get(field) if table else None
        return values[0] if values else None

    @property
    def service(self) -> str:
        """The service that filled the workbook; empty for a whole plan."""
        return str(self.identity(Role.SERVICE) or "")

    @property
    def send(self) -> str:
        """The id of the send of which the workbook is the answer; empty where it names none."""
        return send_in(as_text(self.identity(Role.SEND) or ""))

    @property
    def partial(self) -> bool:
        """Whether some of the plan is elsewhere: in other services' workbooks."""
        return self.incomplete or bool(self.service)

    @property
    def stage(self) -> Stage:
        """The stage that the workbook says; else a draft until it says how far something is."""
        column, given = self.plan.form.by_role.get(Role.STAGE), self.identity(Role.STAGE)
        if given is not None and column is not None and column.vocabulary is not None:
            label = column.vocabulary.by_spelling.get(fold(str(given)))
            codes = [choice.code for choice in column.vocabulary.choices if choice.label == label]
            if codes:
                return Stage(codes[0])
        return Stage.FOLLOW_UP if self._followed else Stage.DRAFT

    @property
    def _followed(self) -> bool:
        return any(
            value is not None
            for sheet in self.plan.tables
            for column in sheet.inputs
            if column.stage is Stage.FOLLOW_UP and sheet.key in self.tables
            for value in self.tables[sheet.key].columns.get(column.key, ())
        )

    @property
    def observed(self) -> dt.date | None:
        """The day of the state that it tells, where it says one."""
        day = self.identity(Role.OBSERVED)
        return day if isinstance(day, dt.date) else None

    @property
    def institution(self) -> str:
        """The name of the institution; the file's name when it is not said."""
        return str(self.identity(Role.NAME) or self.file)

    @property
    def owner(self) -> tuple[str, ...]:
        """What tells its institution from the others, as texts; empty where it is not said."""
        return tuple(as_text(self.identity(key) or "") for key in self.plan.form.identity)

    @property
    def whose(self) -> tuple[str, ...]:
        """What tells its institution and legislature from others; empty where it is not said."""
        years = (self.identity(role) for role in (Role.FIRST_YEAR, Role.LAST_YEAR))
        return (*self.owner, *(as_text(year or "") for year in years))

    @property
    def says_years(self) -> bool:
        """Whether it says the legislature that it is of."""
        return all(self.whose[len(self.owner) :])

    def goes_with(self, other: Return) -> bool:
        """Tell whether it may be of the same institution and legislature as another return."""
        if self.says_years and other.says_years:
            return self.whose == other.whose
        return self.owner == other.owner

    def not_understood(self) -> dict[tuple[str, int, str], str]:
        """Return the original text of every cell that gave no value, by sheet, row and column."""
        return {reading.place: reading.read for reading in self.readings if not reading.understood}


def by_legislature(returns: Iterable[Return]) -> list[list[Return]]:
    """Return the returns of each legislature together, in the order in which they are met."""
    groups: dict[tuple[int, int], list[Return]] = {}
    for returned in returns:
        years = returned.plan.first_year, returned.plan.last_year
        groups.setdefault(years, []).append(returned)
    return list(groups.values())


def geometry(sheet: Sheet, local: Iterable[str] = (), where: Where = Where.WHOLE) -> dict[str, str]:
    """Return the column letters of a sheet written by the program in a kind of workbook.

    First the columns as declared, then the local ones under their heading, then those that are
    computed in the whole plan only.
    """
    columns = [column for column in sheet.columns if column.stands(where)]
    last = [c.key for c in columns if c.need is Need.COMPUTED and c.where is Where.WHOLE]
    keys = [c.key for c in columns if c.key not in last] + [*local, *last]
    return {key: column_letter(position) for position, key in enumerate(keys)}


@dataclass(frozen=True)
class Refusal:
    """A file that is left out, and the sentence that says why; `fault` when the program failed."""

    file: str
    reason: str
    fault: bool = False

    def __repr__(self) -> str:
        return brief(self, f"{self.file} : {self.reason}")

    @classmethod
    def of(cls, file: str, error: UnreadableFile) -> Refusal:
        """Return the refusal of a file that raised an error."""
        return cls(file, str(error), isinstance(error, ProgramFault))

    @property
    def error(self) -> UnreadableFile:
        """The error that stops a run which needs this file."""
        return (ProgramFault if self.fault else UnreadableFile)(self.reason, file=self.file)
