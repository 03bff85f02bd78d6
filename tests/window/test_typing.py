"""What somebody types shows what will be read of it, or is asked about at once.

Each text is typed in a real window, key by key; what its cell shows, read by itself, is what is
read of the workbook that is saved, unless a box opened or the cell shows a question.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from openpyxl.utils import column_index_from_string
from support import CLEAN, read, workbook
from support.window import Window

from pst_excel.cells.parsing import Parsed, parse
from pst_excel.cells.values import RawCell, Value
from pst_excel.checking.messages import message_of
from pst_excel.model.schema import Column
from pst_excel.pst import PST
from pst_excel.reading.limits import Limits
from pst_excel.reading.workbook import opened

pytestmark = [pytest.mark.libreoffice, pytest.mark.xdist_group("window")]

BOX, QUESTION = "a box", "a question in the cell"


@dataclass(frozen=True)
class Typed:
    """A text, what its cell shows then, what is read, what was asked: the message comes later."""

    text: str
    shown: str
    read: Value
    asked: str = ""
    message: str = ""


JUNE = dt.date(2027, 6, 30)
PROGRESS = (
    Typed("55", "55 %", 55.0),
    Typed("33,5", "33,5 %", 33.5),
    Typed("0", "0 %", 0.0),
    Typed("100", "100 %", 100.0),
    Typed("1", "1 ?", 1.0, QUESTION, "V06"),
    Typed("100%", "1 ?", 1.0, QUESTION, "V06"),
    Typed("0,5%", "0,005 ?", 0.5, QUESTION),
    Typed("12,5%", "0,125 ?", 12.5, QUESTION),
    Typed("0.55", "", None, BOX),
    Typed("101", "", None, BOX),
    Typed("environ 50", "", None, BOX),
)
DEADLINE = (
    Typed("30/6/27", "30/06/2027", JUNE),
    Typed("2027-06-30", "30/06/2027", JUNE),
    Typed("30 juin 2027", "30/06/2027", JUNE),
    Typed("juin 2027", "01/06/2027", dt.date(2027, 6, 1)),
    Typed("30.6.27", "30.6.27", JUNE, BOX),
    Typed("30-06-2027", "30-06-2027", JUNE, BOX),
    Typed("fin 2027", "Fin 2027", dt.date(2027, 12, 31), BOX),
    Typed("2027", "19/07/1905", None, BOX, "V12"),
    Typed("31/02/2027", "31/02/2027", None, BOX, "V02"),
)
AMOUNT = (
    Typed("15.000", "15.000 €", 15_000.0),
    Typed("12.500 €", "12.500 €", 12_500.0),
    Typed("1.500.000", "1.500.000 €", 1_500_000.0),
    Typed("15,000", "15 €", 15.0),
    Typed("'15.000", "15.000", 15_000.0, BOX, "V06"),  # as Excel keeps it where a space groups
    Typed("15 000", "15 000", 15_000.0, BOX),
    Typed("15\u202f000", "15\u202f000", 15_000.0, BOX),
    Typed("12 500 €", "12 500 €", 12_500.0, BOX),
    Typed("15000.50", "15000.50", 15_000.5, BOX),
    Typed("15k", "15k", 15_000.0, BOX),
    Typed("-5", "-5 €", -5.0, BOX),
)
CODE = (
    Typed("1.1.10", "1.1.10", "1.1.10"),
    Typed("1.10", "1.10", "1.10"),
    Typed("05.1", "05.1", "05.1"),
    Typed("1,1", "1,1", "1.1"),
    Typed("01/02", "01/02", "01/02"),
)
TARGET = (
    Typed("400", "400", 400.0),
    Typed("12000", "12.000", 12_000.0),
    Typed("12.345", "12.345", 12_345.0),
    Typed("0,5", "0,5", 0.5),
    Typed("12,345", "12,345", 12.345),
    Typed("-0,5", "-0,5", -0.5),
    Typed("-12345,67", "-12345,67", -12_345.67),
    Typed("50%", "0,5", 0.5),
    Typed("12 000", "12 000", 12_000.0, BOX),
    Typed("0.5", "0.5", 0.5, BOX),
)
YEAR = (Typed("2027", "2027", 2027.0), Typed("2027,0", "2027", 2027.0), Typed("27", "", None, BOX))
COLUMNS = {
    ("actions", "avancement"): PROGRESS, ("actions", "echeance"): DEADLINE,
    ("actions", "code"): CODE, ("budget", "prevu"): AMOUNT, ("budget", "exercice"): YEAR,
    ("indicateurs", "cible"): TARGET,
}  # fmt: skip
EXACT = (
    ("actions", "avancement", "5%", 5.0, "5"),
    ("budget", "inscrit", "0,40", 0.4, "'0,40 €"),
    ("budget", "inscrit", "15000,50", 15_000.5, "'15.000,50 €"),
    ("indicateurs", "realise_2025", "12345,67", 12_345.67, "'12.345,67"),
)
"""Numbers that a mark shows whole, and what looks the same."""
BLURRED = 10  # pixels that two colours of a text round otherwise; one digit more moves them all
BAR = 14  # pixels at the left of a cell in which a bar of 5 % ends

FIRST = read(workbook(CLEAN))
"""The workbook as it was sent: which letters its columns have, which is its first row."""


def place(sheet: str, key: str, below: int = 0) -> tuple[str, str]:
    table = FIRST.tables[sheet]
    return table.title, f"{table.letters[key]}{table.rows[-1] + below}"


def alone(cell: RawCell, column: Column) -> Parsed:
    return parse([cell], column, {})


def test_what_is_typed_shows_what_is_read_or_is_asked_about(window: Window) -> None:
    window.open(workbook(CLEAN))
    found = {}
    for (sheet, key), texts in COLUMNS.items():
        for below, typed in enumerate(texts, start=1):
            title, cell = place(sheet, key, below)
            window.go(title, cell)
            boxes = window.type(typed.text)
            found[sheet, key, typed.text] = window.shown(cell), bool(boxes)
    with opened(window.saved(), Limits()) as book:
        for (sheet, key), texts in COLUMNS.items():
            column, table = PST[sheet][key], FIRST.tables[sheet]
            grid = book.grid(table.title)
            for below, typed in enumerate(texts, start=1):
                shown, box = found[sheet, key, typed.text]
                assert (shown, box) == (typed.shown, typed.asked == BOX), typed
                raw = grid.rows[table.rows[-1] + below - 1][
                    column_index_from_string(table.letters[key]) - 1
                ]
                _holds(typed, raw, column)


def _holds(typed: Typed, raw: RawCell, column: Column) -> None:
    parsed = alone(raw, column)
    assert parsed.values == [typed.read], typed
    assert [m for _, r in parsed.readings if (m := message_of(r, column))] == (
        [typed.message] if typed.message else []
    ), typed
    assert (typed.asked == QUESTION) == typed.shown.endswith("?"), typed
    if not typed.asked:
        assert alone(typed.shown, column).values == [typed.read], typed


def inked(rows: list[bytes]) -> set[tuple[int, int]]:
    """Return where a cell has ink, whatever the colours of its mark, its edges left out."""
    ground, ink = max(rows[2][1::3]), min(map(min, (row[1:-9:3] for row in rows[2:-3])))
    return {
        (across, down)
        for down, row in enumerate(rows[2:-3])
        for across, level in enumerate(row[1:-9:3])
        if 2 * level < ground + ink
    }


def test_a_number_that_its_format_would_round_is_shown_whole_by_a_mark(window: Window) -> None:
    window.open(workbook(CLEAN))
    rows = {exact: below for below, exact in enumerate(EXACT)}
    for (sheet, key, text, _, same), below in rows.items():
        looks = []
        for one in (same, text):
            title, cell = place(sheet, key, below)
            window.go(title, cell)
            window.type(one)
            window.go(title, place(sheet, key, below + 2)[1])
            looks.append(inked(window.look(cell, BAR)))
        assert len(looks[0] ^ looks[1]) < BLURRED, text
    after = read(window.saved())
    for (sheet, key, _, value, _), below in rows.items():
        table = after.tables[sheet]
        assert table.columns[key][table.rows.index(FIRST.tables[sheet].rows[0] + below)] == value
