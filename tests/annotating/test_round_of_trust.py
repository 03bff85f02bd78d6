"""A whole round on the samples: verified, annotated, mended as a person would, verified again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from support import SAMPLES, read, verdict

from pst_excel.annotating.control_sheet import round_in
from pst_excel.annotating.workbook import DOUBT, annotated
from pst_excel.checking.rounds import FindingState
from pst_excel.model.findings import Finding, Severity
from pst_excel.ooxml.cells.values import Value
from pst_excel.ooxml.references.addresses import cell_of
from pst_excel.ooxml.sheet import Sheet
from pst_excel.ooxml.workbook import Workbook

RETURNS = sorted((SAMPLES / "retours").glob("*.xlsx"))
PATIENCE = 4  # rounds: what is mended may uncover something else
Mend = Callable[[Workbook, Finding], None]


def column(sheet: Sheet, label: str) -> int:
    titles = {str(cell.value or "").strip(" ✱ƒ"): cell.column for cell in sheet.row(4)}
    return titles[label]


def put(value: Value) -> Mend:
    return lambda book, line: book[line.sheet].cell(line.cell).set(value)


def beside(label: str, value: Value) -> Mend:
    def mend(book: Workbook, line: Finding) -> None:
        sheet = book[line.sheet]
        sheet.at(sheet.cell(line.cell).row, column(sheet, label)).set(value)

    return mend


def each(value: Value) -> Mend:
    """Mend every cell that one line names: « AM13, AM25 à AM28 »."""

    def mend(book: Workbook, line: Finding) -> None:
        for first, last in re.findall(r"([A-Z]+\d+)(?: à ([A-Z]+\d+))?", line.message):
            start, end = cell_of(first), cell_of(last or first)
            for row in range(start[0], end[0] + 1):
                book[line.sheet].at(row, start[1]).set(value)
        book[line.sheet].cell(line.cell).set(value)

    return mend


def by_column(**values: Value) -> Mend:
    return lambda book, line: book[line.sheet].cell(line.cell).set(values[line.column.split()[0]])


def first_of(title: str) -> Mend:
    def mend(book: Workbook, line: Finding) -> None:
        lists = book["Listes"]
        book[line.sheet].cell(line.cell).set(lists.at(5, column(lists, title)).value)

    return mend


def column_value(book: Workbook, line: Finding, label: str) -> Value:
    sheet = book[line.sheet]
    return sheet.at(sheet.cell(line.cell).row, column(sheet, label)).value


def an_indicator(book: Workbook, line: Finding) -> None:
    table = book.table("T_Indicateurs")
    said: dict[str, Value] = {
        "Code": f"N{line.read}", "Niveau": "Action", "Code lié": line.read, "Libellé": "Fait ou non",
        "Type": "Réalisation", "Unité": "nombre", "Sens": "Hausse", "Valeur de départ": 0, "Année de départ": 2024,
        "Cible": 1, "Échéance": dt.date(2029, 12, 31), "Réalisé 2025": 0,
    }  # fmt: skip
    table.append([[said.get(name.strip(" ✱ƒ")) for name in table.columns]])


MENDS: dict[str, Mend] = {
    "R03b": put("60; 40"),
    "R05b": first_of("Services"),
    "R06a": first_of("Agents"),
    "R06b": put(dt.date(2029, 6, 30)),
    "R06c": an_indicator,
    "R06d": beside("ETP", 0.5),
    "R08a": beside("Début prévu", dt.date(2026, 11, 15)),
    "R09a": put(100),
    "R09b": put(0),
    "R10a": put(dt.date(2027, 6, 30)),
    "R10b": put(dt.date(2026, 11, 15)),
    "R12b": put(40),
    "R12c": beside("Réalisé 2025", 10),
    "R17s": put(2026),
    "R12k": lambda book, line: beside("Réalisé 2026", column_value(book, line, "Cible"))(
        book, line
    ),
    "R25": beside("Avancement %", 90),
    "R19": put("Travaux"),
    "R16a": put("Pérenne"),
    "R21b": each("Oui"),
    "R22a": lambda book, line: put(f"Aménager un lieu, {line.cell}")(book, line),
    "S11": beside("Échéance", dt.date(2029, 12, 31)),
    "V01": put("Former les agents à l’accueil"),
    "V02": by_column(Échéance=dt.date(2027, 2, 28), Avancement=80),
    "V03": by_column(Statut="En cours", ODD="11"),
    "V04": put(100),
    "V09": put(1000),
}


def handed_back(data: bytes, name: str) -> bytes:
    one = read(data, name)
    return annotated(one, verdict(one, stage=None).findings, data)[0]


def mended(data: bytes) -> bytes:
    book = Workbook(data)
    told = round_in(book, "Contrôles")
    assert told is not None
    for followed in told.open:
        MENDS[followed.finding.code](book, followed.finding)
    return book.to_bytes()


@pytest.mark.parametrize("path", RETURNS, ids=lambda p: p.stem.rpartition("_")[2])
def test_mended_round_after_round_nothing_is_left_to_say_and_nothing_is_lost(path: Path) -> None:
    data = path.read_bytes()
    made = handed_back(data, path.name)
    touched: set[tuple[str, str]] = set()
    for _ in range(PATIENCE):
        told = round_in(Workbook(made), "Contrôles")
        assert told is not None
        if not told.open:
            break
        before, given = values(made), mended(made)
        touched |= {place for place, held in values(given).items() if held != before.get(place)}
        made = handed_back(given, path.name)
    left = verdict(read(made, path.name), stage=None).findings
    assert {f.severity for f in left} <= {Severity.TRIAL}, "what is on trial asks nothing"
    assert {str(line.state) for line in told.followed} == {str(FindingState.SOLVED)}
    book = Workbook(made)
    assert not any(sheet.notes or sheet.marked(DOUBT) for sheet in book.sheets)
    for said in (values, styled):
        kept, now = said(data), said(made)
        untouched = {place: held for place, held in kept.items() if place not in touched}
        assert {place: now.get(place) for place in untouched} == untouched


def values(data: bytes) -> dict[tuple[str, str], Value]:
    book = Workbook(data)
    return {
        (sheet.title, cell.ref): cell.value
        for sheet in book.sheets
        if sheet.title != "Contrôles"
        for cell in sheet.cells()
        if cell.value is not None
    }


def styled(data: bytes) -> dict[tuple[str, str], int]:
    book = Workbook(data)
    return {
        (s.title, c.ref): c.style for s in book.sheets for c in s.cells() if s.title != "Contrôles"
    }
