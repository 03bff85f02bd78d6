"""The journal of corrections: every reading that was not literal, where, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import itemgetter
from string import ascii_letters

from pst_excel.cells.readings import Reading, Readings
from pst_excel.model.words.wording import plural
from pst_excel.returns.tables import Return


def journal(returns: Iterable[Return]) -> Readings:
    """Return the readings of returns, file by file, sheet by sheet, row by row, as people see them.

    What was not understood is not there: it is a finding, and its text is kept.
    """
    return Readings(reading for returned in returns for reading in _of(returned))


def counted(readings: Sequence[Reading]) -> str:
    """Say how many readings there are."""
    return plural(len(readings), "lecture non littérale", "lectures non littérales")


def _of(returned: Return) -> Iterator[Reading]:
    # Objectives read between the rows of another sheet have its title.
    tables = (returned.tables.get(sheet.key) for sheet in returned.plan)
    order = {table.title: at for at, table in enumerate(tables) if table is not None}
    columns = {
        (s.key, c.key): (at, c.label) for s in returned.plan for at, c in enumerate(s.columns)
    }
    placed: list[tuple[tuple[int, int, int], Reading]] = []
    for reading in returned.layout:
        row = int(reading.cell.lstrip(ascii_letters) or 0)
        shown = reading.at(replace(reading.subject, file=returned.file))
        placed.append(((order.get(reading.sheet, -1), row, -1), shown))
    for reading in returned.readings:
        if not reading.understood:
            continue
        subject = reading.subject
        table, (at, label) = returned.tables[subject.sheet], columns[subject.sheet, subject.column]
        cell = table.cell(subject.column, subject.row)
        row = int(cell.lstrip(ascii_letters) or subject.row)
        shown = reading.at(
            replace(subject, file=returned.file, title=table.title, cell=cell, label=label)
        )
        placed.append(((order[table.title], row, at), shown))
    placed.sort(key=itemgetter(0))
    return (reading for _, reading in placed)
