"""Two states of a plan → what changed from one to the other, in the words of people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pst_excel.cells.values import RawCell
from pst_excel.consolidating.remarks import realigned
from pst_excel.merging.contents import LOCAL, Content, Unread, blank, label_of, plain, same
from pst_excel.merging.contents import said as words_of
from pst_excel.merging.differences import ROW, Change, ChangeKind
from pst_excel.merging.draft import Draft
from pst_excel.merging.merge import Difference, difference
from pst_excel.merging.naming import linked_words
from pst_excel.merging.states import FORM_ID, State, fields_of
from pst_excel.model.plan import Plan
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.wording import plural, shortened
from pst_excel.returns.tables import Return
from pst_excel.text.brief import brief
from pst_excel.text.errors import UsageError
from pst_excel.text.spelling import fold
from pst_excel.tracing.lists import changed_lists


@dataclass(frozen=True)
class Held:
    """What stood in one of the two states: the value, in words, and its cell."""

    value: RawCell = None
    said: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Changed:
    """One change, as people read it: of which record, of which of its columns, before and after.

    `sheet` and `field` are keys of the plan, empty `field` for a whole record, whose `contents` are
    then what it holds or held, with the labels; `name` is the record in words, `brief` without its
    title.
    """

    kind: ChangeKind
    sheet: str
    title: str
    id: str
    field: str
    label: str
    name: str
    brief: str
    before: Held
    after: Held
    contents: tuple[tuple[str, Held], ...] = ()
    masculine: bool = False
    free: bool = False
    coded: bool = False

    def __repr__(self) -> str:
        words = f"{self.before.said} → {self.after.said}" if self.field else ""
        return brief(self, self.kind, shortened(self.name, 60), self.label, words)


@dataclass(frozen=True)
class Versions:
    """What changed from one file to another of the same plan; `remarks` are what was not compared.

    `changes` are in the order of the plan: the identification, its sheets, its lists. They were
    `made_from` two files.
    """

    before: Return
    after: Return
    changes: tuple[Changed, ...]
    remarks: tuple[str, ...]
    made_from: tuple[Path, ...] = ()

    def __repr__(self) -> str:
        files = f"{self.before.file} → {self.after.file}"
        return brief(self, files, plural(len(self.changes), "changement"))

    def _repr_html_(self) -> str:
        from pst_excel.tracing.notebook import page

        files = self.before.file, self.after.file
        told = [(c.name, str(c.kind), c.label, c.before.said, c.after.said) for c in self.changes]
        return page(files, self.counts, told, len(told), self.remarks)

    @property
    def counts(self) -> Counter[ChangeKind]:
        """How many changes there are of each kind."""
        return Counter(change.kind for change in self.changes)


def versions(before: Return, after: Return) -> Versions:
    """Compare two states of the plan of one institution. Raises: UsageError for those of two."""
    _same_plan(before, after)
    if before.digest == after.digest and before.digest:
        return Versions(before, after, (), ())
    found = difference(before, after)
    kept, remarks = _of_one_service(found)
    telling = _Telling(found)
    told = [telling.told(change) for change in kept if change.sheet != after.plan.form.key]
    form = [telling.of_form(change) for change in _form_changes(before, after)]
    lists = [_of_list(*one, after.plan) for one in changed_lists(before, after)]
    remarks += [*_not_compared(before, after), *_realigned(found)]
    return Versions(before, after, (*form, *told, *lists), tuple(remarks))


def _same_plan(before: Return, after: Return) -> None:
    pairs = zip(before.whose, after.whose, strict=True)
    if any(fold(one) != fold(other) for one, other in pairs if one and other):
        years = [
            f"{r.institution}, {r.plan.first_year}-{r.plan.last_year}" for r in (before, after)
        ]
        raise UsageError(
            f"{before.file} ({years[0]}) et {after.file} ({years[1]}) ne sont pas deux états d’un"
            f" même {after.plan.short} ; pour plusieurs institutions, il y a « comparer »",
            file=after.file,
        )


def _of_one_service(found: Difference) -> tuple[list[Change], list[str]]:
    """Leave out the rows that a workbook lacks because it is that of one service."""
    before, after = found.before.returned, found.after.returned
    if fold(before.service) == fold(after.service):
        return found.changes, []
    kinds = {
        kind: one
        for kind, one in ((ChangeKind.REMOVED, after), (ChangeKind.ADDED, before))
        if one.service
    }
    remarks = []
    for kind, one in kinds.items():
        count = sum(change.kind is kind for change in found.changes)
        if count:
            remarks.append(
                f"{one.file} est le classeur d’un service, {one.service} :"
                f" {plural(count, 'ligne')} de l’autre fichier n’y"
                f" {'sont' if count > 1 else 'est'} pas, sans que ce soit un changement"
            )
    return [change for change in found.changes if change.kind not in kinds], remarks


def _form_changes(before: Return, after: Return) -> Iterator[Change]:
    """Give what changed in the identification, what a single workbook says of itself included."""
    form = after.plan.form
    tables = before.tables.get(form.key), after.tables.get(form.key)
    unread = before.not_understood(), after.not_understood()
    if tables[0] is None or tables[1] is None:
        return
    for column in form.inputs:
        if column.hidden or any(column.key in table.missing for table in tables if table):
            continue
        place = (form.key, 1, column.key)
        was, becomes = (
            Unread(texts[place]) if place in texts else returned.identity(column.key)
            for returned, texts in zip((before, after), unread, strict=True)
        )
        if not same(was, becomes):
            yield Change(ChangeKind.CHANGED, form.key, FORM_ID, column.key, was, becomes, 1)


def _not_compared(before: Return, after: Return) -> Iterator[str]:
    """Say which sheets and columns only one of the files has."""
    plan = after.plan
    for sheet in plan:
        one, other = (bool(len(r.tables.get(sheet.key, ()))) for r in (before, after))
        other = other or sheet.key in after.tables
        if sheet == plan.lists:
            one, other = bool(before.lists), bool(after.lists)
        if one and not other:
            yield f"« {sheet.title} » n’est pas dans {after.file} : la feuille n’est pas comparée"
        if sheet.key in before.tables and sheet.key in after.tables:
            held = before.tables[sheet.key].columns
            asked = {column.key for column in fields_of(sheet)}
            gone = after.tables[sheet.key].missing - before.tables[sheet.key].missing
            for key in sorted(gone & asked):
                if any(value is not None for value in held.get(key, ())):
                    yield (
                        f"{sheet.title}, « {sheet[key].label} » n’est pas dans {after.file} : cette"
                        " colonne n’est pas comparée"
                    )


def _realigned(found: Difference) -> Iterator[str]:
    """Say which rows had lost or exchanged their ids, but for those that never had one."""
    before = found.before
    bare = {
        (key, ident)
        for key, records in before.sheets.items()
        for ident, row in zip(records.ids, records.rows, strict=True)
        if row in before.returned.tables[key].new_rows
    }
    told = [row for row in found.told if (row.sheet, row.id) not in bare]
    yield from realigned(found.after.returned.file, told, found.after)


class _Telling:
    """The two states, to say their changes."""

    def __init__(self, found: Difference) -> None:
        self.states = found.before, found.after
        self.drafts = Draft(found.before), Draft(found.after)
        self.plan = found.after.plan

    def told(self, change: Change) -> Changed:
        """Return a change of a row or of one of its fields."""
        sheet = self.plan[change.sheet]
        which = int(change.kind is ChangeKind.ADDED)
        record = self.drafts[which].records[change.sheet][change.id]
        draft = self.drafts[which]
        base = Changed(
            change.kind, sheet.key, sheet.title, change.id, change.field, "",
            draft.named(sheet.key, record), draft.named(sheet.key, record, brief=True),
            Held(), Held(), masculine=sheet.naming.masculine,
        )  # fmt: skip
        if change.field == ROW:
            held = tuple(
                (label_of(sheet, key), self._held(which, replace(change, field=key), content))
                for key, content in record.items()
                if not blank(content)
            )
            place = self._cell(which, replace(change, field=sheet.leading))
            ends = (Held(), Held(cell=place)) if which else (Held(cell=place), Held())
            return replace(base, before=ends[0], after=ends[1], contents=held)
        return self._field(base, change)

    def of_form(self, change: Change) -> Changed:
        """Return a change of a field of the identification."""
        form = self.plan.form
        base = Changed(change.kind, form.key, form.title, change.id, change.field, "", form.title,
                       form.title, Held(), Held())  # fmt: skip
        return self._field(base, change)

    def _field(self, base: Changed, change: Change) -> Changed:
        sheet = self.plan[change.sheet]
        local = change.field not in sheet
        return replace(
            base, label=label_of(sheet, change.field),
            before=self._held(0, change, change.before), after=self._held(1, change, change.after),
            free=local or sheet[change.field].kind is Kind.TEXT,
            coded=change.kind is ChangeKind.RECODED,
        )  # fmt: skip

    def _held(self, which: int, change: Change, content: Content) -> Held:
        rename = self.drafts[which].code
        said = linked_words(self.plan, content, rename) or words_of(
            content, self.plan[change.sheet], change.field, rename
        )
        return Held(plain(content, rename), said, self._cell(which, change))

    def _cell(self, which: int, change: Change) -> str:
        """Return the cell where something stood; empty where it stood in none."""
        state: State = self.states[which]
        table, records = state.returned.tables.get(change.sheet), state.sheets.get(change.sheet)
        at = records.position.get(change.id) if records is not None else None
        if table is None or records is None or at is None:
            return ""
        return table.cell(change.field.removeprefix(LOCAL), records.rows[at])


def _of_list(key: str, before: Sequence[str], after: Sequence[str], plan: Plan) -> Changed:
    """Return a change of a list: an entry more or less, another spelling, another order."""
    label = plan.vocabulary(key).label
    kind = ChangeKind.CHANGED
    if not before or not after:
        kind = ChangeKind.ADDED if after else ChangeKind.REMOVED
    name = f"Liste « {label} »"
    was, becomes = (Held("; ".join(said) or None, "; ".join(said)) for said in (before, after))
    lists = plan.lists
    return Changed(kind, lists.key, lists.title, key, key, label, name, name, was, becomes,
                   free=True)  # fmt: skip
