"""Structure is checked from the declaration: every fault at its cell, the limits accepted."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from openpyxl.workbook import Workbook
from support import CLEAN, damaged, of_code, read, toy, verdict, workbook
from support.faults import actions, address, at

from pst_excel.checking.report import Report
from pst_excel.model.catalogue import CATALOGUE

STRUCTURAL = [
    ("intitule", "", "V01", "(vide)"),
    ("volet", "", "V01", "(vide)"),
    ("avancement", "environ 50", "V02", "environ 50"),
    ("echeance", "à la rentrée", "V02", "à la rentrée"),
    ("parts", "beaucoup", "V02", "beaucoup"),
    ("statut", "Presque fini", "V03", "Presque fini"),
    ("odd", "11; 18", "V03", "18"),
    ("avancement", "140", "V04", "140\u00a0%"),
    ("etp", "-1", "V04", "-1"),
    ("intitule", "x" * 256, "V05", "256\u00a0caractères"),
]


@pytest.fixture(scope="module")
def structural() -> Report:
    """Check the faults together: the price of a check is per call."""
    return verdict(*(actions(**{key: value}) for key, value, _, _ in STRUCTURAL))


@pytest.mark.parametrize(
    "number", range(len(STRUCTURAL)), ids=lambda n: "-".join(STRUCTURAL[n][:3:2]) + f"-{n}"
)
def test_each_structural_fault_is_told_once_at_its_cell(structural: Report, number: int) -> None:
    key, _, code, read_as = STRUCTURAL[number]
    (finding,) = [f for f in structural.findings if f.file == f"retour-{number + 1}.xlsx"]
    assert at(finding) == (code, "Actions", address(key))
    assert finding.row == 5
    assert finding.read == read_as
    assert finding.severity is CATALOGUE[code].severity


def test_a_code_that_became_a_date_is_to_be_confirmed() -> None:
    def become(book: Workbook) -> None:
        book["Actions"][address("actions_liees")] = dt.datetime(2026, 1, 1)

    (finding,) = of_code(verdict(damaged(workbook(CLEAN), become)).findings, "V06")
    assert at(finding) == ("V06", "Actions", address("actions_liees"))
    assert "1.1.26" in finding.message


def test_the_limits_themselves_are_accepted() -> None:
    assert verdict(actions(intitule="x" * 255)).errors == 0
    assert verdict(actions(avancement="100", statut="Terminé", fin_effective="30/06/2026",
                           debut_effectif="01/03/2026")).errors == 0  # fmt: skip


def test_a_word_near_one_of_the_list_comes_with_a_guess() -> None:
    (finding,) = verdict(actions(statut="En courrs de")).findings
    assert " Est-ce « En cours » ? En attendant," in finding.message


def test_several_faults_of_one_column_are_all_told() -> None:
    rows = "\n".join(
        f"1.1.{n} | {value}" for n, value in enumerate(["abc", "", "140", "-1", "50", "n.d.", "?"])
    )
    findings = verdict(f"Actions\ncode | avancement\n{rows}").findings
    column_letters = re.sub(r"\d", "", address("avancement"))
    found = {(f.row, f.code) for f in findings if f.cell.startswith(column_letters)}
    structural = {(row, code) for row, code in found if code.startswith("V")}
    assert structural == {(5, "V02"), (6, "V01"), (7, "V04"), (8, "V04"), (10, "V09"), (11, "V09")}


def test_a_cell_of_the_identification_is_blamed_at_its_place() -> None:
    (finding,) = verdict(workbook(CLEAN.replace("92951", ""))).findings
    filled = read(workbook(CLEAN))
    assert at(finding) == ("V01", "Identification", filled.tables["identification"].cell("ins", 1))
    assert finding.row is None


def test_the_schema_is_checked_on_a_toy_plan_too() -> None:
    rows = "A | un | 50\nB | " + "y" * 21 + " | 5000\n | trois | abc"
    findings = verdict("Choses\ncode | intitule | montant\n" + rows, plan=toy()).findings
    assert {(f.row, f.code) for f in findings} == {(6, "V05"), (6, "V04"), (7, "V01"), (7, "V02")}
