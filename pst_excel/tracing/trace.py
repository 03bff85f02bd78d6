"""« D’où vient ce 45 % ? »: a cell of the whole plan → where it was read, what was set aside.

The plan's own ledgers answer: Provenance, Conflits and Historique.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pst_excel.consolidating.ledgers import Source, conflicts_in, history_in, sources_in
from pst_excel.merging.conflicts import Conflict
from pst_excel.merging.contents import LOCAL, Unread, blank, label_of
from pst_excel.merging.differences import ROW, ChangeKind
from pst_excel.merging.docket import ENTIRE, Entry
from pst_excel.merging.draft import Draft
from pst_excel.merging.merge import difference
from pst_excel.merging.states import FORM_ID, State, fields_of, linked, state_of
from pst_excel.model.schema import Sheet
from pst_excel.model.words.kinds import Layout, Need
from pst_excel.model.words.titles import OURS, PROVENANCE
from pst_excel.model.words.wording import shortened
from pst_excel.returns.tables import Return, Table
from pst_excel.text.brief import brief
from pst_excel.text.errors import UsageError
from pst_excel.tracing.addresses import Address, address_of, field_at, table_at


@dataclass(frozen=True)
class Done:
    """What a round did: its number and its day, as the history has them."""

    round: str
    day: str
    entry: Entry


@dataclass(frozen=True)
class Trace:
    """What is known of a cell: whose it is, what it holds, where that was read, what was set aside.

    `record` and `label` are its row and column in words, `held` its value; `source` where it was
    read, None where that is not kept. `notes` are sentences: why there is no source, that it is
    computed; where it was `edited` since, they say what stood before, which is what the source is
    of. `history` is what every round did about it.
    """

    place: str
    record: str = ""
    label: str = ""
    held: str = ""
    source: Source | None = None
    edited: bool = False
    notes: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    history: tuple[Done, ...] = ()

    def __repr__(self) -> str:
        source = f"lu dans {self.source.file}" if self.source is not None else ""
        return brief(self, self.place, shortened(self.record, 60), self.label, self.held, source)


def traced(returned: Return, address: str, written: Return | None = None) -> Trace:
    """Return what a whole plan knows of one of its cells; `written` is what the program wrote.

    Raises: UsageError for an address that is none, or a workbook that keeps no provenance.
    """
    if PROVENANCE not in returned.ledgers:
        whose = f", mais celui du service {returned.service}" if returned.service else ""
        raise UsageError(
            f"{returned.file} n’a pas de feuille « {PROVENANCE} » : ce n’est pas un"
            f" {returned.plan.short} consolidé par le programme{whose} ; donnez-en un",
            file=returned.file,
        )
    place = address_of(address, returned)
    table = table_at(place, returned)
    if table is None:
        return Trace(str(place), notes=(_outside(place, returned),))
    return _Tracing(returned, table, place, written).trace()


def _outside(place: Address, returned: Return) -> str:
    """Say what a sheet is that holds none of the records."""
    plan = returned.plan
    computed = {board.title for board in plan.boards if hasattr(board, "title")}
    if place.title == plan.lists.title:
        return (
            f"« {place.title} » tient les listes de l’institution : d’où vient chaque entrée n’est"
            " pas gardé"
        )
    if place.title in computed:
        return (
            f"« {place.title} » est calculé par le programme à partir des feuilles de données ; ce"
            " que chaque chiffre compte est à la page « Les chiffres » de la référence"
        )
    if place.title in OURS:
        return f"« {place.title} » est écrite par le programme à chaque consolidation"
    return (
        f"« {place.title} » n’est pas une feuille du {plan.short} : sa provenance n’est pas suivie"
    )


class _Tracing:
    """One cell of a sheet of the plan, being traced."""

    def __init__(
        self, returned: Return, table: Table, place: Address, written: Return | None
    ) -> None:
        self.returned, self.table, self.place, self.written = returned, table, place, written
        self.state: State = linked(state_of(returned))
        self.draft = Draft(self.state)
        self.sheet: Sheet = returned.plan[table.sheet]

    def trace(self) -> Trace:
        """Return what is known of the cell."""
        key = field_at(self.place, self.sheet, self.table)
        form = self.sheet.layout is Layout.FORM
        row = 1 if form else self.place.row
        base = Trace(str(self.place))
        if not key:
            return replace(base, notes=(self._no_column(),))
        if not form and row <= self.table.heading:
            return replace(base, notes=("cette ligne est au-dessus des données",))
        if row not in self.table.at:
            return replace(base, notes=("cette cellule est vide : aucune ligne n’est remplie là",))
        ident = FORM_ID if form else self.state.sheets[self.sheet.key].ids[
            self.table.at[row]
        ]  # fmt: skip
        record = self.draft.records[self.sheet.key][ident]
        named = replace(base, record=self.draft.named(self.sheet.key, record))
        field = key if key in self.sheet else f"{LOCAL}{key}"
        named = replace(named, label=label_of(self.sheet, field))
        if key in self.sheet and self.sheet[key].need is Need.COMPUTED:
            words = f"calculé par le programme sur chaque ligne : {self.sheet[key].help}"
            return replace(named, notes=(words.rstrip("."),))
        merged = {column.key for column in fields_of(self.sheet)}
        if key in self.sheet and key not in merged:
            words = "écrit par le programme, ou propre à ce classeur : il n’est pas consolidé"
            return replace(named, held=self._value(key, row), notes=(words,))
        return self._known(named, ident, field)

    def _known(self, named: Trace, ident: str, field: str) -> Trace:
        sheet = self.sheet
        content = self.draft.records[sheet.key][ident].get(field)
        source = sources_in(self.returned).get((sheet.key, ident), {}).get(field)
        held = self.draft.said(content, sheet.key, field)
        if source is not None and not source.file:
            source = None
        notes = list(self._edited(ident, field))
        if not notes and source is not None and blank(content):
            notes.append("vidé dans ce classeur depuis la consolidation")
        edited = bool(notes)
        if isinstance(content, Unread):
            notes.append("ce texte n’a pas été compris : il ne compte dans aucun chiffre")
        if source is None and not edited and not blank(content):
            notes.append("sa provenance n’est pas gardée")
        return replace(
            named, held=held, source=source, edited=edited, notes=tuple(notes),
            conflicts=tuple(self._conflicts(ident, field)),
            history=tuple(self._history(ident, field)),
        )  # fmt: skip

    def _no_column(self) -> str:
        if self.sheet.program:
            return f"« {self.table.title} » : cette colonne est calculée par le programme"
        return f"cette cellule n’est d’aucune colonne de « {self.table.title} »"

    def _value(self, key: str, row: int) -> str:
        cells = self.table.columns.get(key) or [None] * len(self.table)
        return self.draft.said(cells[self.table.at[row]], self.sheet.key, key)

    def _edited(self, ident: str, field: str) -> Iterator[str]:
        """Say that people changed the cell since the program wrote it, where that is known."""
        if self.written is None:
            return
        found = difference(self.written, self.returned)
        for change in found.changes:
            if (change.sheet, change.id) != (self.sheet.key, ident):
                continue
            if change.kind is ChangeKind.ADDED:
                yield "ligne ajoutée dans ce classeur depuis la consolidation"
            elif change.field == field:
                before = Draft(found.before).said(change.before, change.sheet, field)
                yield f"corrigé dans ce classeur depuis la consolidation, qui y avait mis {before}"

    def _conflicts(self, ident: str, field: str) -> Iterator[Conflict]:
        for conflict in conflicts_in(self.returned):
            mine = (conflict.key, conflict.id) == (self.sheet.key, ident)
            if mine and conflict.field in (field, ROW):
                yield conflict

    def _history(self, ident: str, field: str) -> Iterator[Done]:
        """Give the lines about the cell or its whole row; older ones are found by their words."""
        record = self.draft.records[self.sheet.key][ident]
        words = self.draft.name(self.sheet.key, record)
        labels = (label_of(self.sheet, field), ENTIRE)
        for line in history_in(self.returned):
            number, day, *rest = line
            entry = Entry(*rest)
            exact = (entry.key, entry.id) == (self.sheet.key, ident)
            if entry.id:
                mine = exact and entry.field in (field, ROW)
            else:
                mine = (entry.sheet, entry.name) == (self.sheet.title, words)
                mine = mine and entry.column in labels
            if mine:
                yield Done(number, day, entry)
