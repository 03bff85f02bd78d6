"""A consolidated workbook written anew, with all that people had put in the old one that can be.

What is not the program's is carried as when an older workbook is modernised.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pst_excel.cells.grid import filled
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.excel import palette
from pst_excel.excel.books.consolidated import written
from pst_excel.excel.names import names_for
from pst_excel.excel.sheets.data import write_data
from pst_excel.excel.xlsx import BookWriter
from pst_excel.model.schema import COMPANION, HEADING_ROW, Sheet
from pst_excel.model.words.kinds import Where
from pst_excel.model.words.wording import ranges
from pst_excel.ooxml.references.addresses import cell_of, column_number, column_of
from pst_excel.ooxml.workbook import Workbook
from pst_excel.returns.tables import Return, Table, geometry
from pst_excel.text.spelling import fold
from pst_excel.updating.layout import keys_of
from pst_excel.updating.program_sheets import begins_alike, heads_of
from pst_excel.upgrading.additions import Additions, written_again
from pst_excel.upgrading.changes import Change, ChangeKind
from pst_excel.upgrading.foreign_sheets import with_foreign_sheets, write_values
from pst_excel.upgrading.old_layout import CellPlace, look
from pst_excel.upgrading.original import STUMBLES, Original, open_original, why_of
from pst_excel.upgrading.workbook import free_title

_FEW = 5  # cells named of each thing that is lost
_VALUE = 3  # the column of the values of the identification


@dataclass(frozen=True)
class Anew:
    """A workbook written anew, the plan as it holds it, and what of people is kept or lost."""

    data: bytes
    consolidation: Consolidation
    kept: list[str]
    lost: list[str]


def written_anew(previous: bytes, before: Return, consolidation: Consolidation) -> Anew:
    """Return a new workbook with what people had put in the old one; `before` is that as read."""
    consolidation = _with_columns(before, consolidation)
    original = open_original(previous, look(previous))
    try:
        data, changes = _Writing(original, before, consolidation).run()
    except STUMBLES as error:  # the values have been read
        original = replace(original, book=None, why=why_of(error))
        data, changes = _Writing(original, before, consolidation).run()
    kept, lost = (_words(changes, kind) for kind in (ChangeKind.KEPT, ChangeKind.LOST))
    return Anew(data, consolidation, kept, lost)


def _words(changes: Iterable[Change], kind: ChangeKind) -> list[str]:
    found = []
    for change in changes:
        if change.kind is kind:
            cells = f" ({ranges(change.cells, _FEW)})" if change.cells else ""
            after = f" : {change.after}" if change.after else ""
            found.append(f"{change.sheet} : {change.element}{cells}{after}")
    return found


def _with_columns(before: Return, consolidation: Consolidation) -> Consolidation:
    """Return a consolidation that has the columns which people added to the old workbook."""
    merged = consolidation.merged
    tables = dict(merged.tables)
    for sheet in consolidation.plan.tables:
        known, table = before.tables.get(sheet.key), tables.get(sheet.key)
        if known is None or table is None or sheet.program or not known.locals:
            continue
        places = {key: at for at, key in enumerate(keys_of(known, sheet))}
        ats = [places.get(key) for key in keys_of(table, sheet)]
        added = dict(table.locals)
        for name, old in known.locals.items():
            there = next((other for other in added if fold(other) == fold(name)), name)
            new = added.get(there) or [""] * len(table)
            added[there] = [
                old[at] if value in (None, "") and at is not None and old[at] is not None else value
                for value, at in zip(new, ats, strict=True)
            ]
        letters = geometry(sheet, added)
        tables[sheet.key] = replace(table, locals=added, letters=letters)
    return replace(consolidation, merged=replace(merged, tables=tables))


class _Writing:
    """The new workbook being written: where the old cells now stand, which sheets are people's."""

    def __init__(self, original: Original, before: Return, consolidation: Consolidation) -> None:
        self.original, self.before, self.consolidation = original, before, consolidation
        self.plan, self.source = consolidation.plan, original.source
        self.titles: dict[str, str] = {}
        self.changes: list[Change] = []
        self._heads: Mapping[str, Sequence[object]] = {}

    def run(self) -> tuple[bytes, list[Change]]:
        names = names_for(self.consolidation.merged, Where.WHOLE)
        self._heads = heads_of(Workbook(written(self.consolidation, names, write_data)))
        data = written(self.consolidation, names, write_data, self._into)
        data, foreign = with_foreign_sheets(data, self.original, self.titles)
        whole = [
            Change(ChangeKind.LOST, "(classeur)", words) for words in self.original.whole
        ]  # fmt: skip
        return data, [*self.changes, *foreign, *whole]

    def _into(self, book: BookWriter) -> None:
        self._notes(book)
        read = {t.title for t in self.before.tables.values()}
        lists = self.plan.lists.names
        for title, rows in self.source.sheets.items():
            if title in read or fold(title) in lists:
                continue
            if begins_alike(rows[0] if rows else (), self._heads.get(fold(title), ())):
                self._written_again(title)
            elif any(filled(cell) for row in rows for cell in row) or title in self.before.foreign:
                self._own(book, title)

    def _own(self, book: BookWriter, title: str) -> None:
        """Make room for a sheet of people: blank, or with its values where it is not taken."""
        taken = {fold(sheet.get_name()) for sheet in book.workbook.worksheets()}
        name = free_title(title, taken)
        page = book.sheet(name, palette.TABS["help"])
        self.titles[title] = name
        if self.original.book is None:
            write_values(page, self.source.sheets[title])
        if title in self.source.hidden:
            page.worksheet.hide()

    def _written_again(self, title: str) -> None:
        old = self.original.book
        if old is not None and title in old:
            self.changes += written_again(old[title])

    def _notes(self, book: BookWriter) -> None:
        """Put the notes where their cells now stand; say what else there was."""
        old = self.original.book
        places = dict(self._places())
        for sheet in self.plan:
            known = self.before.tables.get(sheet.key)
            if known is None or sheet.program or old is None or known.title not in old:
                continue
            additions = Additions(book, old, self.source, self.plan, places)
            computed = {column_number(known.letters[c.key]) for c in sheet.computed
                        if c.key in known.letters}  # fmt: skip
            for change in additions.carry(sheet, known.title):
                cells = [ref for ref in change.cells if column_of(ref) not in computed]
                if cells or not change.cells or change.kind is not ChangeKind.LOST:
                    self.changes.append(replace(change, cells=tuple(cells or change.cells)))

    def _places(self) -> Iterable[tuple[CellPlace, CellPlace]]:
        form = self.plan.form
        known = self.before.tables.get(form.key)
        for column in form.inputs:
            if known is not None and column.key in known.places:
                row, number = cell_of(known.places[column.key])
                new = form.title, form.field_rows[column.key], _VALUE
                yield (known.title, row, number), new
        for sheet in self.plan.tables:
            table, old = (r.tables.get(sheet.key) for r in (self.consolidation.merged, self.before))
            if not sheet.program and table is not None and old is not None and old.heading:
                yield from self._cells(sheet, old, table)

    def _cells(
        self, sheet: Sheet, old: Table, table: Table
    ) -> Iterable[tuple[CellPlace, CellPlace]]:
        rows = dict(zip(keys_of(table, sheet), table.rows, strict=True))
        lines = [(old.heading, HEADING_ROW)]
        lines += [
            (row, rows[key])
            for key, row in zip(keys_of(old, sheet), old.rows, strict=True)
            if key in rows
        ]
        for name, before in self._columns(sheet, old).items():
            letters = table.letters.get(name)
            if letters is not None:
                now = column_number(letters)
                for at, row in lines:
                    yield (old.title, at, before), (sheet.title, row, now)

    def _columns(self, sheet: Sheet, old: Table) -> dict[str, int]:
        found = {key: column_number(letters) for key, letters in old.letters.items()}
        labels: list[Any] = list(self.source.sheets[old.title][old.heading - 1])
        spellings = {fold(name): name for name in old.locals}
        for number, label in enumerate(labels, start=1):
            name = spellings.get(fold(label)) if isinstance(label, str) else None
            if name is not None and number not in found.values():
                found.setdefault(name, number)
            elif isinstance(label, str) and fold(label).endswith(fold(COMPANION)):
                found.setdefault(label, number)
        return found
