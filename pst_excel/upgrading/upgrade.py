"""What becomes of a filled workbook in today's template: its content, and all that changes.

Everything that stands in a sheet of the plan is kept in its place, kept elsewhere, or named.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pst_excel.cells.grid import dated, filled, heading_row
from pst_excel.cells.readings import Reading
from pst_excel.cells.values import Value, as_text
from pst_excel.model.schema import HEADING_ROW, Column, Sheet
from pst_excel.model.words.above import is_above
from pst_excel.model.words.keys import ID
from pst_excel.model.words.kinds import Where
from pst_excel.model.words.roles import Role
from pst_excel.model.words.thresholds import THRESHOLDS, TITLES
from pst_excel.model.words.wording import column_letter, plural
from pst_excel.returns.tables import Return, Table, geometry
from pst_excel.text.brief import brief
from pst_excel.text.spelling import fold, tidy
from pst_excel.upgrading.changes import Change, ChangeKind, in_order
from pst_excel.upgrading.moves import laid_out, since
from pst_excel.upgrading.old_layout import (
    Beside,
    CellPlace,
    Source,
    columns_of,
    position_of,
    refuse,
    shown,
)

LABEL, VALUE = 2, 3  # the columns of the identification
_OUTDATED = (ChangeKind.VERSION, ChangeKind.ADDED, ChangeKind.RENAMED)
_BLANK, _AS_TEXT = "laissé vide", "gardé en texte, tel qu’il est écrit"


@dataclass(frozen=True)
class Upgrade:
    """A filled workbook in today's template.

    `places` says where the cells of the old sheets of the plan now stand; `beside` holds what
    people wrote next to fields and lists, by sheet; `titles` are those of the old sheets by key,
    `local` those of the sheets that are not the plan's. Unless `needed`, nothing is to be done.
    """

    file: str
    before: str
    content: Return
    changes: list[Change]
    needed: bool
    places: dict[CellPlace, CellPlace] = field(default_factory=dict)
    beside: dict[str, list[Beside]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    local: tuple[str, ...] = ()

    def __repr__(self) -> str:
        done = plural(len(self.changes), "changement") if self.needed else "rien à faire"
        versions = f"modèle {self.before} → {self.content.plan.version}"
        return brief(self, self.file, versions, done)


def upgrade(returned: Return, source: Source) -> Upgrade:
    """Return what a filled workbook becomes in today's template.

    Raises: UsageError for a workbook of a newer template, or one that the program makes itself.
    """
    before, plan = as_text(returned.identity(Role.VERSION) or ""), returned.plan
    refuse(returned, before)
    work = _Work(returned, source, before)
    tables = {plan.form.key: work.form(plan.form)}
    tables |= {sheet.key: work.table(sheet) for sheet in plan.tables if not sheet.program}
    work.lists(plan.lists)
    if before != plan.version:
        said = before or _unread_version(returned) or "(non indiquée)"
        work.say(ChangeKind.VERSION, plan.form, "Modèle", said, plan.version)
    content = Return(returned.file, returned.digest, plan, tables, returned.lists, work.readings)
    changes = in_order(work.changes, [sheet.title for sheet in plan])
    needed = any(change.kind in _OUTDATED for change in changes)
    return Upgrade(
        returned.file, before, content, changes if needed else [], needed,
        work.places, work.beside, work.titles, work.local,
    )  # fmt: skip


def _unread_version(returned: Return) -> str:
    """Return what a workbook says in place of the version of a template."""
    form = returned.plan.form
    keys = form.keyed({Role.VERSION: None})
    return "".join(returned.not_understood().get((form.key, 1, key), "") for key in keys)


class _Work:
    """The work on one return, sheet by sheet; what changes gathers here."""

    def __init__(self, returned: Return, source: Source, before: str) -> None:
        self.returned, self.plan = returned, returned.plan
        self.sheets, self.before = source.sheets, before
        self.changes: list[Change] = []
        self.readings: list[Reading] = []
        self.places: dict[CellPlace, CellPlace] = {}
        self.beside: dict[str, list[Beside]] = {}
        self._readings = {reading.place: reading for reading in returned.readings}
        self.titles = {t.sheet: t.title for t in returned.tables.values() if t.heading or t.places}
        self._lists = {fold(v.label): v for v in returned.plan.vocabularies}
        read = {*returned.foreign, *(t.title for t in returned.tables.values())}
        for title, rows in source.sheets.items():
            if title not in read and heading_row(rows, self._lists) is not None:
                self.titles[returned.plan.lists.key] = title

    @property
    def local(self) -> tuple[str, ...]:
        """The sheets to carry as they are: those of people, and those that were not recognised."""
        ours = {self.titles.get(sheet.key) for sheet in self.plan if not sheet.program}
        return tuple(
            title
            for title, rows in self.sheets.items()
            if title not in ours
            and (title in self.returned.foreign or any(filled(c) for row in rows for c in row))
        )

    def say(self, kind: ChangeKind, sheet: Sheet, element: str, before: str = "", after: str = "",
            cells: Collection[str] = ()) -> None:  # fmt: skip
        self.changes.append(Change(kind, sheet.title, element, before, after, tuple(cells)))

    def _found(self, sheet: Sheet) -> str | None:
        """Return the title of a sheet in the old file; say when it is not today's."""
        title = self.titles.get(sheet.key)
        if title is None:
            self.say(ChangeKind.ADDED, sheet, "la feuille")
        elif fold(title) not in (fold(sheet.title), fold(sheet.key)):
            self.say(ChangeKind.RENAMED, sheet, "la feuille", title, sheet.title)
        return title

    def form(self, sheet: Sheet) -> Table:
        """Return the identification: each field as it was, and the version of today."""
        plan, title, old = self.plan, self._found(sheet), self.returned.tables.get(sheet.key)
        columns: dict[str, list[Value]] = {c.key: [None] for c in sheet.inputs}
        known = old.columns if old is not None else {}
        years = sheet.keyed(
            {Role.FIRST_YEAR: float(plan.first_year), Role.LAST_YEAR: float(plan.last_year)}
        )
        for column in sheet.inputs:
            if title is None or old is None or column.key not in known:
                columns[column.key] = [years.get(column.key)]
                if title is not None and not column.hidden and column.threshold is None:
                    self.say(ChangeKind.ADDED, sheet, f"« {column.label} »", "", since(column))
                continue
            columns[column.key] = list(known[column.key])
            self._field(sheet, column, title, old, sheet.field_rows[column.key])
        fresh = [c for c in sheet.inputs if c.threshold is not None and c.key not in known]
        if fresh and title is not None:  # said once, under the title that they have
            self.say(ChangeKind.ADDED, sheet, f"« {THRESHOLDS} »", "", since(fresh[0]))
        version: dict[Role, list[Value]] = {Role.VERSION: [plan.version]}
        columns |= sheet.keyed(version)
        if title is not None and old is not None:
            self._beside_fields(sheet, title, old)
        return Table(sheet.key, sheet.title, columns, [1], {})

    def _field(self, sheet: Sheet, column: Column, title: str, old: Table, row: int) -> None:
        at, position = position_of(old.places[column.key])
        line = self.sheets[title][at - 1]
        self.places[title, at, position - 1] = sheet.title, row, LABEL
        self.places[title, at, position] = sheet.title, row, VALUE
        self._heading(sheet, column, tidy(as_text(line[position - 2])))
        if column.role is not Role.VERSION:
            raw = line[position - 1] if position <= len(line) else ""
            cell = f"{column_letter(VALUE - 1)}{row}"
            self._cells(sheet, column, [(1, 1, cell, raw)], old.columns[column.key])

    def _beside_fields(self, sheet: Sheet, title: str, old: Table) -> None:
        """Keep the lines that people added among the fields, and name the cells beside them."""
        fields = dict(position_of(place) for place in old.places.values())
        under = 0
        for at, line in enumerate(self.sheets[title], start=1):
            here = [n for n, cell in enumerate(line, start=1) if filled(cell)]
            if at in fields or at < min(fields):
                self._lost(sheet, title, at, min(fields), fields.get(at, -1) + 1)
            elif here and tidy(as_text(line[here[0] - 1])) not in TITLES:
                under += 1
                cells = [((title, at, n), under, n, line[n - 1]) for n in here]
                self.beside.setdefault(sheet.title, []).extend(cells)
                name = tidy(as_text(line[here[0] - 1]))
                self.say(ChangeKind.KEPT, sheet, f"« {name} »", "", "sous les champs du modèle")

    def lists(self, sheet: Sheet) -> None:
        """Compare the lists with those of the plan; the others are kept beside them."""
        title = self._found(sheet)
        if title is None:
            return
        rows, missing, right = self.sheets[title], dict(self._lists), 0
        heading = heading_row(rows, self._lists) or 0
        for position, cell in enumerate(rows[heading]):
            label, letters = tidy(as_text(cell)), column_letter(position)
            own = missing.pop(fold(label), None)
            below = [(at, row[position]) for at, row in enumerate(rows[heading + 1 :], start=1)]
            below = [(at, word) for at, word in below if filled(word)]
            if own is not None and not own.local:
                for at, word in below:
                    if fold(as_text(word)) not in own.by_spelling:
                        self.say(ChangeKind.LOST, sheet, f"« {own.label} »", as_text(word),
                                 "absent de la liste commune",
                                 [f"{letters}{heading + 1 + at}"])  # fmt: skip
            elif own is None and below:
                right += 1
                name = label or f"Colonne {letters}"
                cells = [((title, heading + 1 + at, position + 1), at, right, word)
                         for at, word in [(0, name), *below]]  # fmt: skip
                self.beside.setdefault(sheet.title, []).extend(cells)
                self.say(ChangeKind.KEPT, sheet, f"« {name} »", "", "à droite des listes du modèle")
        for vocabulary in missing.values():
            self.say(ChangeKind.ADDED, sheet, f"« {vocabulary.label} »")
        for at in range(1, heading + 1):
            self._lost(sheet, title, at, heading + 1)

    def table(self, sheet: Sheet) -> Table:
        """Return a data sheet: its rows closed up, its columns where they stand today."""
        title, old = self._found(sheet), self.returned.tables.get(sheet.key)
        if old is not None and len(old) and not old.heading:
            return self._from_titles(sheet, old)
        if title is None or old is None:
            return Table(sheet.key, sheet.title, {c.key: [] for c in sheet.inputs}, [], {})
        rows, new_rows = self.sheets[title], [HEADING_ROW + 1 + n for n in range(len(old))]
        found = columns_of(sheet, old, rows, self.before)
        letters = geometry(sheet, found.local, Where.RETURN)
        across = {key: position_of(f"{place}1")[1] for key, place in letters.items()}
        lines = [(found.heading + 1, HEADING_ROW), *zip(old.rows, new_rows, strict=True)]
        for key, position in found.places():
            for at, row in lines:
                self.places[title, at, position + 1] = sheet.title, row, across[key]
        new = Table(sheet.key, sheet.title, {}, new_rows, letters)
        for column in sheet.inputs:
            values = old.columns[column.key]
            if column.key in found.declared:
                position = found.declared[column.key]
                self._heading(sheet, column, found.labels[position])
                cells = [(at, row, f"{letters[column.key]}{row}", rows[at - 1][position])
                         for at, row in lines[1:]]  # fmt: skip
                values = self._cells(sheet, column, cells, values)
            elif old.rows and column.key not in old.missing:
                values = [None] * len(old)
            new.columns[column.key] = values
        for name, position in found.local.items():
            new.locals[name] = [dated(rows[at - 1][position]) for at in old.rows]
        self.changes += laid_out(sheet, old, found, across)
        hidden = {p + 1 for key, p in found.declared.items() if sheet[key].hidden}
        ignored = hidden | {p + 1 for p in found.computed}
        for at in range(1, len(rows) + 1):
            if at not in (found.heading + 1, *old.rows):
                self._lost(sheet, title, at, found.heading + 1, *ignored)
        return new

    def _from_titles(self, sheet: Sheet, old: Table) -> Table:
        """Return a data sheet whose rows were titles between those of another."""
        count, before = plural(len(old), *sheet.records), f"titres dans « {old.title} »"
        self.say(ChangeKind.ADDED, sheet, count, before)
        rows = [HEADING_ROW + 1 + n for n in range(len(old))]
        letters = geometry(sheet, (), Where.RETURN)
        return Table(sheet.key, sheet.title, dict(old.columns), rows, letters)

    def _heading(self, sheet: Sheet, column: Column, label: str) -> None:
        if fold(label) != fold(column.label):
            self.say(ChangeKind.RENAMED, sheet, f"« {column.label} »", label, column.label)

    def _cells(
        self, sheet: Sheet, column: Column, cells: Sequence[tuple[int, int, str, Any]],
        values: Sequence[Value],
    ) -> list[Value]:  # fmt: skip
        """Return the values of cells (row before, row today, address, content); tell those changed.

        A blank that was read as a default stays blank.
        """
        changed: dict[tuple[ChangeKind, str, str, str], list[str]] = {}
        for (at, row, cell, raw), value in zip(cells, values, strict=True):
            reading = self._readings.get((sheet.key, at, column.key))
            before, after = shown(raw), shown("" if value is None else value)
            element = f"« {column.label} »"
            unread = reading is not None and not reading.understood
            if reading is not None and unread and not filled(raw):
                # An error, or a formula never calculated: there is no text to keep.
                change = ChangeKind.UNREAD, element, reading.read, _BLANK
                changed.setdefault(change, []).append(cell)
            elif reading is not None and unread:
                read = reading.read if isinstance(raw, float) else before
                subject = replace(reading.subject, row=row)
                self.readings.append(replace(reading, read=read, subject=subject))
                changed.setdefault((ChangeKind.UNREAD, element, before, _AS_TEXT), []).append(cell)
            elif reading is not None or (
                before != after and column.key != ID and filled(raw) and tidy(before) != tidy(after)
            ):
                element += f" ({reading.rule})" if reading is not None else ""
                changed.setdefault((ChangeKind.REWRITTEN, element, before, after), []).append(cell)
        for (kind, element, before, after), where in changed.items():
            self.say(kind, sheet, element, before, after, where)
        return [
            None if value == column.default and not filled(raw) else value
            for (*_, raw), value in zip(cells, values, strict=True)
        ]

    def _lost(self, sheet: Sheet, title: str, at: int, heading: int, *ours: int) -> None:
        """Name the cells of a row that stand nowhere today; `ours` are columns of the program."""
        rows = self.sheets[title]
        if at < heading:  # the program writes the title, and under it what the sheet is for
            names = (n for row in rows[:at] for n, cell in enumerate(row, start=1)
                     if isinstance(cell, str) and fold(cell) in sheet.names)  # fmt: skip
            ours = (*ours, next(names, 0))
        for n, cell in enumerate(rows[at - 1], start=1):
            if filled(cell) and n not in ours and (title, at, n) not in self.places:
                if at < heading and isinstance(cell, str) and is_above(cell, sheet.bands):
                    continue
                place = f"{column_letter(n - 1)}{at}"
                self.say(
                    ChangeKind.LOST, sheet, "cellule hors du tableau", shown(cell), "", [place]
                )
