"""Ten rounds: the central cell edits the workbook in LibreOffice, the program brings it up to date."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from support import OBSERVED, office, opened, read, workbook
from support.by_hand import by_hand
from support.consolidated import PLAN, sent_by
from support.repairs import complaints
from support.updated import KEYS, NAME, action, read_back, row_of, rows_of
from support.validator import microsoft, objections

from pst_excel.consolidating.consolidate import consolidate
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.excel.books.consolidated import write
from pst_excel.pst import PST
from pst_excel.updating.update import updated

pytestmark = [pytest.mark.libreoffice, office.libreoffice]

ROUNDS = 10
EVALUATION = PST["evaluation"].title
FIRST = """
  Sheet_("Actions").Columns.insertByIndex(4, 1)
  Sheet_("Actions").getCellRangeByName("E4").String = "Notre avis"
  Sheet_("Actions").getCellRangeByName("E6").String = "à revoir"
  Sheet_("Actions").getCellRangeByName("D6").CellBackColor = RGB(255, 255, 0)
  Sheet_("Actions").Columns.getByIndex(2).Width = 7000
  ThisBook.Sheets.insertNewByName("Suivi", 3)
  Sheet_("Suivi").getCellRangeByName("A1").Formula = "=$Actions.$A$6"
  Sheet_("Suivi").getCellRangeByName("A2").Formula = "=COUNTA($Actions.A5:A7)"
  Sheet_("Suivi").Columns.getByIndex(0).Width = 9000
  Note_ "Actions", "D6", "Voir le collège du 3"
"""
"""A column in the middle, a colour, a width, a sheet that refers to the plan, a note."""


def plan(number: int, previous: bytes | None) -> Consolidation:
    """Return the plan of a round: each brings an action, takes another away, changes them all."""
    numbers = [n for n in range(1, 5 + number) if n == 2 or n > number // 2]
    rows = "\n".join(action(n, progress=10 + number) for n in numbers)
    text = f"{sent_by('Travaux')}{PLAN}\nActions\n{KEYS}\n{rows}\n"
    before = None if previous is None else read(previous, NAME)
    return consolidate([read(workbook(text), "retour.xlsx")], PST, OBSERVED, previous=before)


@dataclass
class Year:
    """The workbook after ten rounds, the plan that it says, and what each round said."""

    data: bytes
    plan: Consolidation
    in_place: list[str] = field(default_factory=list)


def each_round(number: int, data: bytes) -> str:
    """Return what the central cell does in a round."""
    if number == 0:
        return FIRST
    lines = f'  Sheet_("Suivi").getCellRangeByName("B{number}").String = "tour {number}"\n'
    if number == 3:
        row = next(
            cell.row for (cell,) in opened(data)[EVALUATION]["B5:B20"] if cell.value == "1.1"
        )
        head = [cell.value for cell in opened(data)[EVALUATION][4]]
        column = next(at for at, text in enumerate(head) if str(text).startswith("Appréciation"))
        place = f"getCellByPosition({column}, {row - 1})"
        lines += f'  Sheet_("{EVALUATION}").{place}.String = "Bien avancé"\n'
    return lines


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    folder = tmp_path_factory.mktemp("rounds")
    first = plan(0, None)
    found = Year(write(first), first)
    for number in range(ROUNDS):
        edited = by_hand(found.data, folder, each_round(number, found.data))
        found.plan = plan(number + 1, edited)
        result = updated(edited, read(edited, NAME), found.plan)
        found.in_place.append(result.reason)
        found.data = result.data
    return found


def test_each_round_was_done_in_place(year: Year) -> None:
    assert year.in_place == [""] * ROUNDS


def test_the_workbook_says_the_plan_of_the_last_round(year: Year) -> None:
    assert read_back(year.data) == rows_of(year.plan.merged)


def test_what_the_central_cell_made_is_there(year: Year) -> None:
    book, row = opened(year.data), row_of(year.data, "a2")
    actions: Any = book["Actions"]
    assert actions["E4"].value == "Notre avis"
    assert actions[f"E{row}"].value == "à revoir"
    assert actions[f"D{row}"].fill.fgColor.rgb == "FFFFFF00"
    assert actions[f"D{row}"].comment.text == "Voir le collège du 3"
    assert actions.column_dimensions["C"].width > 30
    assert [book["Suivi"][f"B{at}"].value for at in range(1, ROUNDS)] == [
        f"tour {at}" for at in range(1, ROUNDS)
    ]
    assert re.sub("[$']", "", book["Suivi"]["A1"].value) == f"=Actions!A{row}"
    said = [c.value for line in book[EVALUATION].iter_rows() for c in line]
    assert "Bien avancé" in said


def test_done_twice_it_is_the_same_file(year: Year) -> None:
    again = updated(year.data, read(year.data, NAME), year.plan)
    assert again.data == year.data


def test_libreoffice_calculates_what_is_written(year: Year, tmp_path: Path) -> None:
    calculated = office.recalculated({"x.xlsx": year.data}, tmp_path, "fr-FR")["x.xlsx"]
    found, shown = office.values(calculated), office.values(year.data)
    formulas = [place for place in office.formulas(year.data) if place[0] != "Suivi"]
    assert office.differences(iter(formulas), shown, found) == []
    assert office.errors(found) == []


def test_the_workbook_does_not_grow_from_round_to_round(year: Year) -> None:
    assert len(year.data) < 1.5 * len(write(year.plan))


def test_nothing_in_it_makes_excel_offer_a_repair(year: Year) -> None:
    assert complaints(year.data) == []


@microsoft
def test_microsoft_has_no_objection(year: Year, tmp_path: Path) -> None:
    assert objections({"x.xlsx": year.data}, tmp_path) == {"x.xlsx": []}
