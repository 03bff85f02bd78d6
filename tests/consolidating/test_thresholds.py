"""The thresholds of the central cell's workbook stay; a service that changes one proposes it."""

from __future__ import annotations

import pytest
from support import CLEAN, OBSERVED, cells, read, workbook

from pst_excel.consolidating.consolidate import consolidate
from pst_excel.excel.books.consolidated import write
from pst_excel.merging.conflicts import ConflictKind
from pst_excel.model.words.titles import CONFLITS
from pst_excel.pst import PST
from pst_excel.returns.tables import Return

KEY = "seuil_intitule_action"


def given(value: str, service: str = "", file: str = "PST.xlsx") -> Return:
    """Return a plan, or the return of a service, whose form says a threshold."""
    said = f"{KEY} | {value}\nservice | {service}\nnom  " if service else f"{KEY} | {value}\nnom  "
    return read(workbook(CLEAN.replace("nom  ", said, 1)), file)


def test_the_threshold_of_the_plan_stays_and_judges() -> None:
    plan = given("20")
    once = consolidate([given("20", "Travaux", "t.xlsx")], PST, OBSERVED, previous=plan)
    assert once.merged.identity(KEY) == 20.0
    assert [f.expected for f in once.report.findings if f.code == "R22a"] == [
        "20 caractères au plus"
    ]
    assert once.conflicts == []


def test_a_service_that_changes_a_threshold_proposes_it() -> None:
    plan = given("20")
    united = consolidate([given("60", "Travaux", "t.xlsx")], PST, OBSERVED, previous=plan)
    assert united.merged.identity(KEY) == 20.0
    (conflict,) = united.conflicts
    assert (conflict.kind, conflict.field) == (ConflictKind.PROPOSAL, KEY)
    assert [side.said for side in conflict.others] == ["60"]
    assert (
        conflict.why == "La référence tient : la cellule centrale tient cette feuille, et décide."
    )
    shown = cells(write(united), CONFLITS)
    assert shown["C5"] == united.merged.tables[PST.form.key].places[KEY]


@pytest.mark.parametrize("text", ["beaucoup", "cent vingt signes"])
def test_a_text_that_is_no_number_stays_in_the_form_and_is_said_again(text: str) -> None:
    plan = given(text)
    united = consolidate([given(text, "Travaux", "t.xlsx")], PST, OBSERVED, previous=plan)
    assert united.merged.identity(KEY) is None
    assert united.merged.not_understood()[PST.form.key, 1, KEY] == text
    assert [(f.code, f.read) for f in united.report.findings] == [("V02", text)]
