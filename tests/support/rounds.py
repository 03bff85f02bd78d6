"""Rounds of a campaign without files: what people do in a workbook, and how it is read again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pst_excel.cells.readings import NO_VALUE
from pst_excel.cells.values import as_text
from pst_excel.consolidating import ledgers
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.merging.contents import label_of
from pst_excel.model.plan import Plan
from pst_excel.model.schema import COMPANION
from pst_excel.model.words.keys import ID
from pst_excel.model.words.titles import CONFLITS, HISTORIQUE, PROVENANCE, RETOURS
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.tables import Ledger, Return
from pst_excel.testing import opened, sent_back


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
