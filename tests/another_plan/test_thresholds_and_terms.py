"""The thresholds and the words of another plan, in its own form, rules and formulas."""

from __future__ import annotations

import pytest
from support import cells, read, workbook
from support.another_plan import PLAN
from support.engines import FORMUALIZER_BY_CELLS, IRONCALC, Engine, opened
from support.schools.inventory import INVENTORY, OBSERVED

from pst_excel.checking.report import check
from pst_excel.model.findings import Finding
from pst_excel.model.row_status import DOUBTS
from pst_excel.model.words.kinds import Where
from pst_excel.model.words.thresholds import THRESHOLDS
from pst_excel.model.words.wording import column_letter
from pst_excel.returns.tables import geometry


def judged(text: str) -> list[Finding]:
    found = check([read(workbook(text, PLAN), "ecole.xlsx", PLAN)], PLAN, OBSERVED).findings
    return [finding for finding in found if finding.code == "T1"]


def with_threshold(value: str) -> str:
    return INVENTORY.replace("ecole ", f"fait_livre | {value}\necole ", 1)


@pytest.mark.parametrize(
    ("said", "finished", "blamed"),
    [
        ("", "100", []),
        ("", "80", ["100\xa0% du chantier"]),
        ("75", "80", []),
        ("90", "80", ["90\xa0% du chantier"]),
        ("5", "80", ["100\xa0% du chantier"]),  # under its bounds: the usual one
        ("presque", "80", ["100\xa0% du chantier"]),
    ],
)
def test_the_threshold_of_a_school_is_asked_by_its_rule(
    said: str, finished: str, blamed: list[str]
) -> None:
    found = judged(with_threshold(said).replace("| 100  |", f"| {finished} |"))
    assert [f"{f.expected.removesuffix(' au moins')} du chantier" for f in found] == blamed
    assert {f.remedy for f in found} <= {"Corrigez la situation, ou voyez avec la direction."}


def test_where_the_kind_is_not_said_the_words_are_those_of_all() -> None:
    text = INVENTORY.replace("genre     | Primaire\n", "").replace("| 100  |", "| 80 |")
    (finding,) = judged(text)
    assert finding.remedy == "Corrigez la situation, ou voyez avec le chef d’établissement."


def test_the_form_shows_the_thresholds_under_their_title_and_the_words_of_the_school() -> None:
    shown = cells(workbook(INVENTORY, PLAN), "Fiche")
    row = PLAN.form.field_rows["fait_livre"]
    assert [shown[f"B{at}"] for at in (row - 2, row)] == [THRESHOLDS, "Fait à la livraison"]
    assert shown[f"D{row}"].endswith("Vide : 100\xa0% du chantier (bon sens, 2027).")
    assert shown[f"D{PLAN.form.field_rows['eleves']}"] == "Combien, selon la direction."


@pytest.mark.parametrize("engine", [IRONCALC, FORMUALIZER_BY_CELLS])
def test_the_workbook_follows_the_threshold_as_it_is_typed(engine: type[Engine]) -> None:
    data = workbook(INVENTORY.replace("| 100  |", "| 80 |"), PLAN)
    book = opened(engine, data)
    doubts = f"{column_letter(list(geometry(PLAN['travaux'], where=Where.RETURN)).index(DOUBTS))}7"
    place = f"C{PLAN.form.field_rows['fait_livre']}"
    seen = []
    for typed in (None, 75, 90, 5, "presque"):
        book.put("Fiche", place, typed)
        book.calculate()
        seen.append(book.value("Travaux", doubts))
    assert seen == [1, 0, 1, 1, 1]
