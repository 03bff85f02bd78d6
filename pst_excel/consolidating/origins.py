"""Where each row and each value of the plan comes from, said and kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pst_excel.consolidating.ledgers import CELL, Source, Told, grouped, heard_in, told_in
from pst_excel.consolidating.reference import Reference
from pst_excel.merging.answers import Answer
from pst_excel.merging.conflicts import OTHER
from pst_excel.merging.contents import LOCAL, blank
from pst_excel.merging.differences import ROW
from pst_excel.merging.docket import Entry, Word
from pst_excel.merging.settlement import Settlement
from pst_excel.merging.states import State
from pst_excel.model.words.keys import ORIGIN
from pst_excel.model.words.roles import Role
from pst_excel.model.words.titles import CONFLITS
from pst_excel.model.words.wording import date
from pst_excel.returns.links import pieces
from pst_excel.returns.tables import Return
from pst_excel.text.spelling import fold

_LAST_SEND, TO_DECIDE = " · au dernier envoi", " · à décider"
Place = tuple[str, str]
"""A sheet and the id of a record."""


def origin_of(returned: Return, sheet: str, row: int) -> str:
    """Say the file, the sheet and the row where something was read."""
    return f"{returned.file} · {returned.tables[sheet].title} · ligne {row}"


@dataclass(frozen=True)
class Origins:
    """The rows of the plan in what was read: for each, which source of all and which row.

    `sources` are the returns, then the reference where there is one. `unanswered` are the rows
    whose service did not answer, with the date of its last word.
    """

    sources: Sequence[Return]
    rows: Mapping[Place, tuple[int, int]]
    unanswered: Mapping[Place, str]

    def at(self, sheet: str, ident: str) -> tuple[int, int]:
        """Return the source and the row of a record; a source too many where it has none."""
        return self.rows.get((sheet, ident), (len(self.sources), 0))

    def words(self, sheet: str, ident: str) -> str:
        """Say where a record was read; of one whose service did not answer, that it did not."""
        source, row = self.at(sheet, ident)
        if source >= len(self.sources) or not row:
            return ""
        returned = self.sources[source]
        if returned.service or ORIGIN not in returned.plan[sheet]:
            return origin_of(returned, sheet, row)
        table = returned.tables[sheet]
        kept = (table.columns.get(ORIGIN) or [None] * len(table))[table.at[row]]
        told = str(kept or "").partition(_LAST_SEND)[0].removesuffix(TO_DECIDE)
        words = told or origin_of(returned, sheet, row)
        if (sheet, ident) not in self.unanswered or self._read_again(words):
            return words
        day = self.unanswered[sheet, ident]
        return words + _LAST_SEND + (f" du {day}" if day else "")

    def _read_again(self, words: str) -> bool:
        """Tell whether a row was read in a return that is there again: of another than its own."""
        return any(one.service and words.startswith(f"{one.file} · ") for one in self.sources)


def origins(
    settlement: Settlement, answers: Sequence[Answer], returns: Sequence[Return],
    reference: State | None, absent: Iterable[str], replaced: Return | None = None,
) -> Origins:  # fmt: skip
    """Return where each row was read: in the return of who answers for it, else elsewhere."""
    sources = [*returns, *([reference.returned] if reference is not None else [])]
    sources += [replaced] if replaced is not None else []
    places = {(one.file, one.digest): at for at, one in enumerate(sources)}
    rows: dict[Place, tuple[int, int]] = {}
    if reference is not None and reference.returned.tables:
        for key, records in reference.sheets.items():
            for ident, row in zip(records.ids, records.rows, strict=True):
                rows[key, ident] = len(returns), row
    others: dict[Place, tuple[int, int]] = {}
    own: dict[Place, tuple[int, int]] = {}
    for answer in answers:
        source = places[answer.file, answer.state.returned.digest]
        for key, records in answer.state.sheets.items():
            for ident, row in zip(records.ids, records.rows, strict=True):
                mine = (key, ident) not in answer.lent and not answer.proposes
                (own if mine else others).setdefault((key, ident), (source, row))
    rows = others | rows | own
    for (key, ident, field), (at, row) in settlement.origins.items():
        if field == ROW:
            said = settlement.answers[at].state.returned
            rows[key, ident] = places[said.file, said.digest], row
    silent = {fold(name) for name in absent}
    known = heard_in(reference.returned) if reference is not None else []
    last = {fold(one.service): one.observed for one in known}
    return Origins(sources, rows, _unanswered(settlement, silent, last))


def _unanswered(
    settlement: Settlement, silent: set[str], last: Mapping[str, str]
) -> dict[Place, str]:
    """Return the rows whose services all stayed silent, with the date of their last word."""
    draft = settlement.draft
    found: dict[Place, str] = {}
    for sheet in draft.plan.tables if silent else ():
        if sheet.program:
            continue
        for ident in draft.records[sheet.key]:
            owners = {fold(name) for name in pieces(draft.owners(sheet.key, ident) or None)}
            if owners and owners <= silent:
                found[sheet.key, ident] = next((last[o] for o in owners if o in last), "")
    return found


class Provenance:
    """Where each value of the plan comes from: file, sheet, cell, date, author; told when asked."""

    def __init__(
        self, settlement: Settlement, found: Origins, before: Return | None, known: Reference
    ) -> None:
        self._settlement, self._found, plan = settlement, found, known.state.returned
        self._before = told_in(before) if before is not None else {}
        self._said: dict[Place, dict[str, Source]] = {}
        for change in known.corrected:
            if change.field:
                self._say(change.sheet, change.id, change.field, plan, change.row, CELL)
        for entry in known.entries:
            if entry.what == Word.DECIDED and entry.field and entry.before != entry.after:
                told = self._said.setdefault((entry.key, entry.id), {})
                told[entry.field] = _decided(entry, plan)
        for (sheet, ident, field), (at, row) in settlement.origins.items():
            if field:
                answer = settlement.answers[at]
                self._say(sheet, ident, field, answer.state.returned, row, answer.author)

    def __repr__(self) -> str:
        records = self._settlement.draft.records.values()
        return f"Provenance({sum(map(len, records))} records)"

    def _say(
        self, sheet: str, ident: str, field: str, returned: Return, row: int, author: str
    ) -> None:
        source = _source(returned, row, author, sheet, field)
        self._said.setdefault((sheet, ident), {})[field] = source

    def told(self, sheet: str, ident: str) -> list[Told]:
        """Return which rows told a record, each with its fields."""
        record = self._settlement.draft.get(sheet, ident) or {}
        fields = [field for field, content in record.items() if not blank(content)]
        earlier = self._before.get((sheet, ident), [])
        said = self._said.get((sheet, ident), {})
        covered = {field for told in earlier for field in told.fields}
        if not said and covered == set(fields):
            return earlier
        known = {field: source for told in earlier for field, source in told.sources()}
        source, row = self._found.at(sheet, ident)
        rest = [field for field in fields if field not in said and field not in known]
        every = {field: known[field] for field in fields if field in known and field not in said}
        for field in fields:
            if field in said:
                every[field] = said[field]
        if source < len(self._found.sources):
            returned = self._found.sources[source]
            author = returned.service or CELL
            every |= {field: _source(returned, row, author, sheet, field) for field in rest}
        return grouped(every)

    def words(self, sheet: str, ident: str, field: str) -> str:
        """Say where a value was read; empty where it is not known."""
        sources = (pair for told in self.told(sheet, ident) for pair in told.sources())
        return next((source.words for name, source in sources if name == field), "")


def _decided(entry: Entry, plan: Return) -> Source:
    """Return where a value comes from that was decided: from a return, else from who decided."""
    file, _, where = entry.place.partition("\n")[0].partition(" · ")
    title, _, cell = where.replace(" · ligne ", "!").partition("!")
    if fold(entry.reason).startswith(OTHER) or not cell:
        file, title, cell = plan.file, CONFLITS, ""
    told = plan.identity(Role.OBSERVED)
    day = date(told) if isinstance(told, dt.date) else ""
    author = CELL if title == CONFLITS else entry.author
    return Source(file, title, cell, day, author)


def _source(returned: Return, row: int, author: str, sheet: str, field: str) -> Source:
    table, told = returned.tables.get(sheet), returned.identity(Role.OBSERVED)
    cell = table.cell(field.removeprefix(LOCAL), row) if table is not None else ""
    day = date(told) if isinstance(told, dt.date) else ""
    title = table.title if table is not None else ""
    return Source(returned.file, title, cell or str(row or ""), day, author)
