"""The rounds of the sample campaigns: what the services send back, what the cell does itself.

Each edit is made in the very file, as people would make it: nothing else of it changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pst_excel.cells.values import Value
from pst_excel.consolidating.ledgers import DECISION
from pst_excel.merging.conflicts import Conflict, ConflictKind
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.keys import CODE
from pst_excel.model.words.titles import CONFLITS
from pst_excel.ooxml.workbook import Workbook
from pst_excel.pst import PST
from pst_excel.reading.reader import read_bytes

DUE = dt.date(2027, 3, 31)
FEW = {"Travaux": "2.1.1", "Environnement": "2.2.2", "Secretariat": "1.1.3"}
"""Of the plan of a few services: a part of the names of their files, and an action of each."""
ROUNDS = (
    (dt.date(2027, 1, 31), {"Travaux": 60.0, "Environnement": 30.0, "Secretariat": 50.0}),
    (dt.date(2027, 6, 30), {"Travaux": 85.0, "Secretariat": 75.0}),
)
"""When the returns of each round are due, and how far the actions of those who answer are."""
DROPPED, AFTERWARDS = ("Environnement", 45.0), dt.date(2027, 7, 5)
"""Who answers after the last round, and the day on which one looks who is late."""
SHARED, PROGRESS = "2.4.3", "1.1.2"
CELL_SAYS, TRAVAUX_SAYS = dt.date(2028, 1, 31), dt.date(2029, 6, 30)


def answers(sent: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the workbooks as they come back, by the names of their files.

    Travaux tells its progress and puts a due date off; Culture does not answer; the others send
    theirs back as they were.
    """
    back = {name: data for name, data in sent.items() if "Culture" not in name}
    (travaux,) = (name for name in back if "Travaux" in name)
    changed = edited(back[travaux], "actions", PROGRESS, {"avancement": 77.0})
    back[travaux] = edited(changed, "actions", SHARED, {"echeance": TRAVAUX_SAYS})
    return back


def answer(sent: Mapping[str, bytes], who: str, progress: float) -> tuple[str, bytes]:
    """Return what one of a few services sends back: its file, and how far its action is."""
    name = next(name for name in sent if who in name)
    return name, edited(sent[name], "actions", FEW[who], {"avancement": progress})


def corrected(plan: bytes) -> bytes:
    """Return the whole plan as the central cell corrects it: the due date of the same action."""
    return edited(plan, "actions", SHARED, {"echeance": CELL_SAYS})


def decided(plan: bytes, conflicts: list[Conflict]) -> bytes:
    """Return the whole plan where the central cell gives reason to the service that contradicts it.

    Raises: StopIteration when nothing is contradicted.
    """
    at, conflict = next((at, c) for at, c in enumerate(conflicts) if c.kind is ConflictKind.FIELD)
    book = Workbook(plan)
    sheet = book[CONFLITS]
    headings = {cell.value: cell.column for cell in sheet.row(HEADING_ROW)}
    row = HEADING_ROW + 1 + at
    sheet.at(row, headings[DECISION]).set(conflict.others[0].choice)
    return book.to_bytes()


def edited(data: bytes, sheet: str, code: str, values: Mapping[str, Value]) -> bytes:
    """Return a workbook where cells of the row of a code hold other values."""
    table = read_bytes(data, "classeur.xlsx", PST).tables[sheet]
    row = table.rows[table.columns[CODE].index(code)]
    book = Workbook(data)
    for key, value in values.items():
        book[table.title].cell(table.cell(key, row)).set(value)
    return book.to_bytes()
