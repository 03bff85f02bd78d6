"""Rounds of a campaign without files: what people do in a workbook, and how it is read again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from pst_excel.cells.readings import NO_VALUE, Confidence, Reading
from pst_excel.cells.values import as_text
from pst_excel.consolidating import ledgers
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.merging.contents import label_of
from pst_excel.model.plan import Plan
from pst_excel.model.schema import COMPANION, HEADING_ROW, Sheet
from pst_excel.model.words.keys import ID
from pst_excel.model.words.kinds import Layout, Where
from pst_excel.model.words.titles import CONFLITS, HISTORIQUE, PROVENANCE, RETOURS
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.identity import derived, identified
from pst_excel.returns.tables import Ledger, Return


def opened(filled: Return) -> Return:
    """Return a workbook to write in: the same, in which what is changed changes nothing else."""
    tables = {
        key: replace(
            table, rows=[*table.rows],
            columns={name: [*cells] for name, cells in table.columns.items()},
            locals={name: [*cells] for name, cells in table.locals.items()},
        )
        for key, table in filled.tables.items()
    }  # fmt: skip
    kept = {title: tuple(dict(line) for line in lines) for title, lines in filled.ledgers.items()}
    return replace(filled, tables=tables, readings=[*filled.readings], ledgers=kept,
                   lists=dict(filled.lists))  # fmt: skip


def blank_ids(filled: Return) -> Return:
    """Return a workbook in which the rows that came without an id have none."""
    made = opened(filled)
    for table in made.tables.values():
        for at, row in enumerate(table.rows):
            if row in table.new_rows:
                table.columns[ID][at] = None
    return made


def written(text: str, file: str = "PST.xlsx", plan: Plan = PST) -> Return:
    """Return a workbook of small tables of text, as it is read."""
    return sent_back(blank_ids(return_of(text, plan, file)), file)


def sent_back(filled: Return, file: str = "", saved: str = "") -> Return:
    """Return a workbook as it is read when it comes back.

    Rows without an id get one, those of which nothing is left are none, a blank is its default.
    """
    plan, made = filled.plan, opened(filled)
    owner = "|".join(filled.owner)
    for key, table in made.tables.items():
        if plan[key].layout is Layout.TABLE:
            for at in reversed(range(len(table))):
                if _empty(made, plan[key], at):
                    removed(made, key, at)
            for column in plan[key].inputs:
                cells = table.columns.get(column.key, [])
                if column.default is not None:
                    cells[:] = [column.default if cell is None else cell for cell in cells]
            made.tables[key] = identified(replace(table, new_rows=frozenset()), plan[key], owner)
    held = [repr((t.columns, t.locals, t.rows)) for t in made.tables.values()]
    held += [repr(made.lists), repr([r.read for r in made.readings]), repr(made.ledgers), saved]
    return replace(made, file=file or filled.file, digest=derived(*held), saved=saved)


def _empty(filled: Return, sheet: Sheet, at: int) -> bool:
    table = filled.tables[sheet.key]
    seen = [
        key for key in table.columns if not sheet[key].hidden and sheet[key].where is Where.BOTH
    ]
    cells = [*(table.columns[key][at] for key in seen), *(c[at] for c in table.locals.values())]
    place = sheet.key, table.rows[at]
    return all(cell in (None, "") for cell in cells) and not any(
        place == read[:2] for read in filled.not_understood()
    )


def put(filled: Return, sheet: str, at: int, **values: Any) -> None:
    """Write in a row of a workbook."""
    for key, value in values.items():
        filled.tables[sheet].columns[key][at] = value


def added(filled: Return, sheet: str, **values: Any) -> None:
    """Add a row at the end of a sheet."""
    table = filled.tables[sheet]
    table.rows.append(max(table.rows, default=HEADING_ROW) + 1)
    for key, cells in table.columns.items():
        cells.append(values.get(key))
    for cells in table.locals.values():
        cells.append("")


def copied(filled: Return, sheet: str, at: int, **values: Any) -> None:
    """Add a copy of a row, its hidden id along, and write in it."""
    table = filled.tables[sheet]
    added(filled, sheet, **{key: cells[at] for key, cells in table.columns.items()} | values)


def removed(filled: Return, sheet: str, at: int) -> None:
    """Take a row out of a sheet."""
    table = filled.tables[sheet]
    gone = sheet, table.rows[at]
    filled.readings[:] = [one for one in filled.readings if one.place[:2] != gone]
    for cells in (table.rows, *table.columns.values(), *table.locals.values()):
        del cells[at]


def ordered(filled: Return, sheet: str, order: Sequence[int], keys: Iterable[str] = ()) -> None:
    """Sort the rows of a sheet; only some of the columns, where they are named."""
    table = filled.tables[sheet]
    for key in keys or (*table.columns, *table.locals):
        cells: list[Any] = table.columns[key] if key in table.columns else table.locals[key]
        cells[:] = [cells[at] for at in order]
    to = {table.rows[was]: table.rows[at] for at, was in enumerate(order)}
    filled.readings[:] = [
        one.at(table.subject(to[one.place[1]], one.place[2]))
        if one.place[0] == sheet and (not keys or one.place[2] in keys) else one
        for one in filled.readings
    ]  # fmt: skip


def emptied(filled: Return, sheet: str, at: int, key: str) -> None:
    """Empty a cell, of what could be understood and of what could not."""
    place = sheet, filled.tables[sheet].rows[at], key
    put(filled, sheet, at, **{key: None})
    filled.readings[:] = [one for one in filled.readings if one.place != place]


def unread(filled: Return, sheet: str, at: int, key: str, text: str) -> None:
    """Write in a cell a text that cannot be understood there."""
    table = filled.tables[sheet]
    subject = table.subject(table.rows[at], key)
    emptied(filled, sheet, at, key)
    filled.readings.append(Reading(text, "", Confidence.NONE, "").at(subject))


def at_code(filled: Return, sheet: str, code: str) -> int:
    """Return the place of the row that has a code."""
    return filled.tables[sheet].columns["code"].index(code)


def as_read(result: Consolidation, file: str = "PST.xlsx") -> Return:
    """Return the plan that is read when the workbook of a consolidation is opened again."""
    plan = opened(result.merged)
    tables = {
        key: replace(table, locals={name: cells for name, cells in table.locals.items()
                                    if not name.endswith(COMPANION)})
        for key, table in plan.tables.items()
    }  # fmt: skip
    kept = {
        CONFLITS: _lines(_conflicts(result)),
        RETOURS: _lines(_heard(result)),
        HISTORIQUE: _lines(
            dict(zip([name for name, _ in ledgers.HISTORY_COLUMNS], line, strict=True))
            for line in result.history
        ),
        PROVENANCE: _lines(_sources(result)),
    }
    readings = [reading for reading in plan.readings if reading.understood in ("", NO_VALUE)]
    return replace(plan, file=file, digest=result.run, tables=tables, readings=readings,
                   ledgers=kept, before=None, incomplete=False)  # fmt: skip


def _lines(lines: Iterable[dict[str, str]]) -> Ledger:
    return tuple({name: text for name, text in line.items() if text} for line in lines)


def _conflicts(result: Consolidation) -> Iterable[dict[str, str]]:
    for conflict in result.conflicts:
        pieces = enumerate(ledgers.data_of(conflict), start=1)
        yield {
            ledgers.ELEMENT: conflict.name, ledgers.DECISION: conflict.decision,
            ledgers.VALUE: conflict.value, ledgers.REASON: conflict.reason,
            ledgers.NUMBER: conflict.number,
        } | {f"{ledgers.DATA} {number}": piece for number, piece in pieces}  # fmt: skip


def _heard(result: Consolidation) -> Iterable[dict[str, str]]:
    for order, one in enumerate(result.heard, start=1):
        yield {
            ledgers.SERVICE: one.service, ledgers.FILE: one.file, ledgers.OBSERVED: one.observed,
            ledgers.SEND: one.send, ledgers.DIGEST: one.digest, ledgers.ORDER: str(order),
            ledgers.RUN: result.run,
        }  # fmt: skip


def _sources(result: Consolidation) -> Iterable[dict[str, str]]:
    names = [name for name, _ in ledgers.PROVENANCE_COLUMNS]
    assert result.provenance is not None
    for sheet in result.plan.tables:
        for ident in result.merged.tables[sheet.key].columns.get(ID, ()):
            for told in result.provenance.told(sheet.key, str(ident)):
                labels = [label_of(sheet, field) for field in told.fields]
                keys = (sheet.key, str(ident))
                line = ledgers.provenance_line(sheet.title, "", labels, told, keys)
                yield dict(zip(names, line, strict=True))


def decide(plan: Return, number: int, decision: str, value: str = "", reason: str = "") -> None:
    """Write a decision beside what is to be decided."""
    line = plan.ledgers[CONFLITS][number]
    line |= {ledgers.DECISION: decision, ledgers.VALUE: value, ledgers.REASON: reason}


def rows_of(filled: Return, sheet: str, *keys: str) -> list[tuple[str, ...]]:
    """Return some columns of the rows of a sheet as texts, row by row."""
    table = filled.tables[sheet]
    cells = zip(*(table.columns[key] for key in keys), strict=True)
    return [tuple(as_text(cell) if cell is not None else "" for cell in row) for row in cells]
