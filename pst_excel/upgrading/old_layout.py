"""The sheets of a workbook that follows an older template: what each of its columns is today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pst_excel.cells.grid import COMPUTED_SIGN, Rows, UnreadCell, filled
from pst_excel.cells.values import as_text
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.free_columns import is_free
from pst_excel.model.words.kinds import Need, Where
from pst_excel.model.words.wording import column_letter, date
from pst_excel.reading.limits import Limits
from pst_excel.reading.locating.beside import called
from pst_excel.reading.locating.signs import nameless
from pst_excel.reading.workbook import opened
from pst_excel.returns.shared_rows import lent
from pst_excel.returns.tables import Return, Table
from pst_excel.text.errors import UsageError
from pst_excel.text.spelling import fold, tidy, version_order

_SCATTERED = 3  # moves of neighbouring columns that are worth a line each

CellPlace = tuple[str, int, int]
"""The title of a sheet, a row and a column, counted from 1."""

Beside = tuple[CellPlace, int, int, Any]
"""A cell next to fields or lists: where it was, its row and column among those, its value."""


@dataclass(frozen=True)
class Source:
    """The old file: the cells of its worksheets, what of them is not shown, its other sheets.

    `hidden_rows` are those that hold something, counted from 0; `active` is what acts in it.
    """

    sheets: Mapping[str, Rows]
    hidden: frozenset[str] = frozenset()
    hidden_rows: Mapping[str, frozenset[int]] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    active: tuple[str, ...] = ()

    def value(self, title: str, row: int, column: int) -> Any:
        """Return the value of a cell counted from 1; the empty text where there is none."""
        rows = self.sheets[title]
        line = rows[row - 1] if row <= len(rows) else ()
        return line[column - 1] if column <= len(line) else ""

    def without_lent(self, returned: Return) -> Source:
        """Return it without the hidden rows that are lent: the program folds them by itself."""
        shown = dict(self.hidden_rows)
        for table in returned.tables.values():
            away = {n - 1 for n, is_lent in zip(table.rows, lent(table), strict=True) if is_lent}
            shown[table.title] = shown.get(table.title, frozenset()) - away
        return replace(self, hidden_rows=shown)


def look(data: bytes, limits: Limits = Limits()) -> Source:
    """Look at every sheet of a workbook. Raises: UnreadableFile."""
    with opened(data, limits) as book:
        grids = {title: book.grid(title) for title in book.readable}
        others = tuple(title for title in book.titles if title not in grids)
        sheets = {title: [list(map(_plain, row)) for row in grid.rows]
                  for title, grid in grids.items()}  # fmt: skip
        hidden_rows = {title: grid.hidden_rows for title, grid in grids.items()}
        return Source(sheets, book.hidden, hidden_rows, others, book.active)


def _plain(cell: Any) -> Any:
    """Return a cell, blank where no reader gives its value: there is none to keep."""
    return "" if isinstance(cell, UnreadCell) else cell


def refuse(returned: Return, before: str) -> None:
    """Refuse what is not to be modernised.

    Raises: UsageError for a workbook of a newer template, or one that the program makes itself.
    """
    current = returned.plan.version
    if version_order(before) > version_order(current):
        raise UsageError(
            f"« {returned.file} » suit le modèle {before}, plus récent que celui de ce programme"
            f" ({current}) ; mettez le programme à jour, puis recommencez",
            file=returned.file,
        )
    for sheet in returned.plan.tables:
        table = returned.tables.get(sheet.key)
        if table is not None and table.below is not None:
            raise UsageError(
                f"« {returned.file} » répète les titres de « {table.title} » dans un autre ordre, à"
                f" la ligne {table.below.heading} ; placez ce qui la suit sous les titres de la"
                f" ligne {table.heading}, puis recommencez",
                file=returned.file,
                sheet=table.title,
            )
        if sheet.program and table is not None and table.letters.keys() >= set(sheet.identity):
            raise UsageError(
                f"« {returned.file} » est un {returned.plan.short} consolidé, que le programme"
                " refait entièrement : relancez « consolider » sur les retours en donnant ce"
                f" fichier après « -o » ; ce qui est écrit dans « {table.title} » y est repris",
                file=returned.file,
                sheet=table.title,
            )


def shown(cell: Any) -> str:
    """Return what a cell of any kind holds as a text, its time and its truth included."""
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, dt.timedelta):
        hours, seconds = divmod(round(cell.total_seconds()), 3600)
        return f"{hours}:{seconds // 60:02d}:{seconds % 60:02d}"
    if isinstance(cell, dt.datetime) and cell.time() != dt.time():
        return f"{date(cell)} {cell:%H:%M:%S}".removesuffix(":00")
    return as_text(cell).replace(".", ",") if isinstance(cell, float) else as_text(cell)


def position_of(address: str) -> tuple[int, int]:
    """Return the row and the column, counted from 1, of an address as C6."""
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(address[len(letters) :]), column


@dataclass
class OldColumns:
    """The columns of an old sheet, by their position from 0.

    `local` are those of the institution under the heading that they will have; `computed` are those
    that the program fills again.
    """

    heading: int
    labels: list[str]
    declared: dict[str, int] = field(default_factory=dict)
    local: dict[str, int] = field(default_factory=dict)
    computed: dict[int, str] = field(default_factory=dict)

    def places(self) -> Iterator[tuple[str, int]]:
        """Give the key or the heading of every column that is kept, and where it stood."""
        yield from self.declared.items()
        yield from self.local.items()


def columns_of(sheet: Sheet, old: Table, rows: Rows, before: str) -> OldColumns:
    """Return what each column of an old sheet is today.

    A heading that today names a column of the program may have been the institution's own.
    """
    keys = {position_of(f"{letters}1")[1] - 1: key for key, letters in old.letters.items()}
    heading = old.heading - 1
    found = OldColumns(heading, [tidy(as_text(cell)) for cell in rows[heading]])
    known = frozenset().union(*(column.headings for column in sheet.columns))
    whole = all(c.key in old.letters for c in sheet.inputs if c.hidden and c.stands(Where.RETURN))
    for position, label in enumerate(found.labels):
        letters, column = column_letter(position), None
        used = any(filled(rows[row - 1][position]) for row in old.rows)
        if position in keys:
            column = sheet[keys[position]]
        if column is not None and not _own(column, label, before, whole):
            if column.need is Need.COMPUTED:
                found.computed[position] = label
            elif column.stands(Where.RETURN):
                found.declared[column.key] = position
            elif used:
                found.local[column.label] = position
        elif column is not None:
            found.local[_free(f"{label} (locale)", letters, found)] = position
        elif COMPUTED_SIGN in label:
            found.computed[position] = label
        elif not nameless(label) and (used or not is_free(label)):
            twice = fold(label) in known
            found.local[_free(f"{label} ({letters})" if twice else label, letters, found)] = (
                position
            )
        elif used:
            found.local[_free(called(letters), letters, found)] = position
    return found


def _own(column: Column, label: str, before: str, whole: bool) -> bool:
    """Tell whether a column of the program's name is in truth the institution's."""
    technical = column.hidden or column.need is Need.COMPUTED
    if not technical or version_order(column.since) <= version_order(before):
        return False
    return COMPUTED_SIGN not in label if column.need is Need.COMPUTED else not whole


def _free(label: str, letters: str, found: OldColumns) -> str:
    return label if label not in found.local else f"{label} ({letters})"
