"""Sound plans are without blame, at the stage that they say, whatever the declaration."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import toy
from support.another_plan import PLAN as INVENTORY

from pst_excel.model.findings import Severity
from pst_excel.model.plan import Plan
from pst_excel.model.rules import Rule
from pst_excel.model.schema import Column
from pst_excel.model.words.kinds import Kind, Need
from pst_excel.model.words.stages import Stage
from pst_excel.pst import PST
from pst_excel.returns.tables import Return
from pst_excel.testing import findings_of, plans, some

FEW = 2
ASKED = [
    (PST, Stage.DRAFT), (PST, Stage.EVALUATION), (PST.for_legislature(2018, 2024), Stage.ADOPTION),
    *((INVENTORY, stage) for stage in Stage),
]  # fmt: skip
"""A check takes a fifth of a second on a plan of the PST, and a hundredth on that of a school."""


def blamed(made: list[Return]) -> list[str]:
    found = [finding for one in findings_of(made) for finding in one]
    return [f"{one.code} {one.sheet}!{one.cell}" for one in found if one.severity.blames]


@pytest.mark.parametrize(("plan", "stage"), ASKED, ids=str)
def test_nothing_is_blamed_in_a_sound_plan_at_the_stage_that_it_says(
    plan: Plan, stage: Stage
) -> None:
    made = some(plans(plan, stage=stage), FEW)
    assert {one.stage for one in made} == {stage}
    assert blamed(made) == []


def test_a_sheet_has_as_many_rows_as_asked() -> None:
    made = some(plans(INVENTORY, min_rows=2, max_rows=5), 20)
    counts = {len(one.tables[sheet]) for one in made for sheet in ("batiments", "travaux")}
    assert counts <= {2, 3, 4, 5}
    assert len(counts) > 1


def test_the_workbook_of_a_service_is_sound_too_and_names_its_send() -> None:
    made = some(plans(service=True), FEW)
    assert all(one.service and one.send for one in made)
    assert blamed(made) == []


def with_column(column: Column) -> Plan:
    """Return the inventory with a column more in its main sheet."""
    main = replace(INVENTORY.main, columns=(*INVENTORY.main.columns, column))
    sheets = [main if sheet.key == main.key else sheet for sheet in INVENTORY.sheets]
    return replace(INVENTORY, sheets=tuple(sheets))


@pytest.mark.parametrize("need", [Need.OPTIONAL, Need.REQUIRED])
def test_a_new_column_is_drawn_like_the_others(need: Need) -> None:
    plan = with_column(Column("teinte", "Teinte", Kind.INTEGER, "", need, low=1, high=9))
    made = some(plans(plan), 25)
    cells = {cell for one in made for cell in one.tables[plan.main.key].columns["teinte"]}
    assert len(cells) > 2
    assert cells <= {None, *map(float, range(1, 10))}
    assert blamed(made) == []


def spoken_of_all(severity: Severity) -> Rule:
    """Return a rule that speaks of every row."""
    return Rule(
        "T1", severity, "Titre", "Phrase.", "attendu", "Remède.", "usage",
        (("choses", "code"),), "", "", Stage.DRAFT, "1",
        check=lambda view: view.cells.notna(),
    )  # fmt: skip


def test_a_rule_that_no_plan_can_satisfy_is_told() -> None:
    with pytest.raises(ValueError, match="T1 Choses!"):
        some(plans(toy(spoken_of_all(Severity.WARNING))), 1)


def test_a_hint_is_no_blame() -> None:
    (made,) = some(plans(toy(spoken_of_all(Severity.HINT))), 1)
    assert [one.code for one in findings_of([made])[0]] == ["T1"]


def test_the_same_plans_are_had_each_time() -> None:
    assert some(plans(INVENTORY), 5) == some(plans(INVENTORY), 5)
