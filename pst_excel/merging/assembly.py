"""The merged records laid out as the tables of a return: the plan, as the writers take it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pst_excel.cells.readings import Confidence, Reading
from pst_excel.cells.values import RawCell, Value, as_text
from pst_excel.merging.contents import LOCAL, Content, Unread, blank, plain
from pst_excel.merging.draft import Draft, Record
from pst_excel.merging.states import FORM_ID
from pst_excel.model.schema import COMPANION, HEADING_ROW, Sheet
from pst_excel.model.words.keys import ID, ORIGIN
from pst_excel.model.words.roles import Role
from pst_excel.returns.tables import Table, geometry
from pst_excel.text.spelling import natural

Origin = Callable[[str, str], str]
"""Where a record was read, by its sheet and id, as the plan says it to people."""


@dataclass(frozen=True, eq=False)
class Laid:
    """The tables of the merged plan, the ids of their rows in order, what was not understood."""

    tables: dict[str, Table]
    ids: dict[str, list[str]]
    readings: list[Reading]

    def row(self, sheet: str, ident: str) -> int:
        """Return the row of a record."""
        if sheet not in self.ids:
            return self.tables[sheet].rows[0]
        return self.tables[sheet].rows[self._places(sheet)[ident]]

    def place(self, sheet: str, ident: str) -> int | None:
        """Return the place of a record in its table, None where it has none."""
        return self._places(sheet).get(ident) if sheet in self.ids else None

    @cache  # noqa: B019 - it lives for one run
    def _places(self, sheet: str) -> dict[str, int]:
        return {ident: at for at, ident in enumerate(self.ids[sheet])}


def laid_out(draft: Draft, origin: Origin, form: Mapping[Role, Value]) -> Laid:
    """Return the records of a plan as tables, in the natural order of codes.

    `form` gives the fields of the identification that say when and how this plan was made.
    """
    tables, ids = {}, {}
    tables[draft.plan.form.key], readings = _form(draft, form)
    for sheet in draft.plan.tables:
        records = draft.records[sheet.key]
        ids[sheet.key] = sorted(records, key=_order(sheet, draft))
        table, unread = _table(draft, sheet, ids[sheet.key], origin)
        tables[sheet.key] = table
        readings += unread
    return Laid(tables, ids, readings)


def _order(sheet: Sheet, draft: Draft) -> Callable[[str], tuple[object, ...]]:
    records = draft.records[sheet.key]

    def key(ident: str) -> tuple[object, ...]:
        held = [plain(records[ident].get(name), draft.code) for name in sheet.identity]
        parts = tuple((blank(v), natural("" if v is None else as_text(v))) for v in held)
        return (parts, ident)

    return key


def _table(
    draft: Draft, sheet: Sheet, ids: list[str], origin: Origin
) -> tuple[Table, list[Reading]]:
    records = [draft.records[sheet.key][ident] for ident in ids]
    rows = list(range(HEADING_ROW + 1, HEADING_ROW + 1 + len(ids)))
    table = Table(sheet.key, sheet.title, {}, rows, {})
    readings: list[Reading] = []
    for column in sheet.inputs:
        held = [record.get(column.key) for record in records]
        table.columns[column.key] = [_value(content, draft) for content in held]
        texts = [content.text if isinstance(content, Unread) else "" for content in held]
        if any(texts):
            table.locals[f"{column.label}{COMPANION}"] = [*texts]
            readings += [
                _unread(content).at(table.subject(row, column.key))
                for row, content in zip(rows, held, strict=True)
                if isinstance(content, Unread)
            ]
    if ID in sheet:
        table.columns[ID] = [*ids]
    if ORIGIN in sheet:
        table.columns[ORIGIN] = [origin(sheet.key, ident) for ident in ids]
    beside = dict(table.locals)
    table.locals.clear()
    start = draft.start.sheets.get(sheet.key)
    table.locals.update(_locals(records, start.fields if start is not None else ()) | beside)
    table.letters.update(geometry(sheet, table.locals))
    return table, readings


def _locals(records: list[Record], known: Iterable[str]) -> dict[str, list[RawCell]]:
    """Return the columns that people added, in the order of their headings.

    One that is empty stays where the plan had it, and does not come with a return.
    """
    names = {name for name in known if name.startswith(LOCAL)}
    names |= {name for record in records for name, content in record.items()
              if name.startswith(LOCAL) and not blank(content)}  # fmt: skip
    found: dict[str, list[RawCell]] = {}
    for name in sorted(names):
        cells = [plain(record.get(name)) for record in records]
        found[name.removeprefix(LOCAL)] = ["" if cell is None else cell for cell in cells]
    return found


def _value(content: Content, draft: Draft) -> Value:
    if isinstance(content, Unread):
        return None
    held = plain(content, draft.code)
    return held or None if isinstance(held, str) else held  # type: ignore[return-value]


def _unread(content: Unread) -> Reading:
    return content.reading or Reading(content.text, "", Confidence.NONE, "")


def _form(draft: Draft, known: Mapping[Role, Value]) -> tuple[Table, list[Reading]]:
    sheet = draft.plan.form
    record = draft.records[sheet.key].get(FORM_ID, {})
    table = Table(sheet.key, sheet.title, {}, [1], {})
    given, readings = sheet.keyed(known), []
    for column in sheet.inputs:
        table.places[column.key] = f"C{sheet.field_rows[column.key]}"
        content = record.get(column.key)
        table.columns[column.key] = [given.get(column.key, _value(content, draft))]
        if isinstance(content, Unread) and column.key not in given:
            readings.append(_unread(content).at(table.subject(1, column.key)))
    return table, readings
