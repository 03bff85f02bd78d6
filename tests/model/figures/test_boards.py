"""Every panel of the dashboard adds up: its rows, what is under none of them, and its total."""

from __future__ import annotations

from typing import Any

import pytest
from support import OBSERVED, office

from pst_excel.excel.panels import FIRST
from pst_excel.model.figures.boards import Evaluation, Panel
from pst_excel.model.figures.measures import Measure, numbered
from pst_excel.model.words.wording import column_letter
from pst_excel.pst import PST
from pst_excel.pst.boards import BOARDS
from pst_excel.pst.boards.dashboard import DASHBOARD, blocked_actions, late_actions
from pst_excel.returns.frames import Batch
from pst_excel.returns.tables import Return

PANELS = {panel.key: panel for panel in DASHBOARD.panels}
ADDITIVE = [
    (panel.key, number)
    for panel in DASHBOARD.panels
    for number, column in enumerate(panel.columns)
    if isinstance(column.quantity, Measure)
]


@pytest.fixture(scope="module", params=range(4))
def batch(request: pytest.FixtureRequest) -> Batch:
    """Return each of the sample plans as frames."""
    one: Return = office.sample_plans()[request.param]
    return Batch([one], one.plan, OBSERVED)


def headings(panel: Panel, batch: Batch) -> list[Any]:
    """Return the values of the rows of a panel."""
    return [one.value for one in panel.by.headings(batch.frames, batch.parameters)]


def _outside(measure: Measure, key: str, wanted: list[Any], batch: Batch) -> float:
    """Count by hand what belongs to none of the rows of a panel."""
    frame = batch.frames[measure.sheet]
    kept = frame[[True] * len(frame)]
    for condition in measure.where:
        kept = kept[condition.mask(kept)]
    amounts = kept[measure.key].fillna(0.0) if measure.key else kept["code"].notna() | True
    amounts = amounts.astype("float64")
    if measure.spread != key:
        return float(amounts[~kept[key].isin(wanted)].sum())
    parts = range(1, numbered(frame.columns, f"{key}_") + 1)
    inside = sum(kept[f"part_{n}"].where(kept[f"{key}_{n}"].isin(wanted), 0.0) for n in parts)
    return float((amounts * (1.0 - inside)).sum())


@pytest.mark.parametrize(("key", "number"), ADDITIVE, ids=str)
def test_the_rows_of_a_panel_and_the_rest_make_the_total(
    key: str, number: int, batch: Batch
) -> None:
    panel = PANELS[key]
    measure = panel.columns[number].quantity
    assert isinstance(measure, Measure)
    wanted = headings(panel, batch)

    values = measure.by(batch.frames, panel.by.key)
    rows = sum(float(values.get(one, 0.0)) for one in wanted)
    rest = _outside(measure, panel.by.key, wanted, batch)

    assert rows + rest == pytest.approx(measure.evaluate(batch.frames))
    assert rest == pytest.approx(0.0) or panel.by.rest, "a panel that leaves rows out says it"


@pytest.mark.parametrize("key", PANELS)
def test_a_panel_has_one_row_a_value_none_of_them_blank(key: str, batch: Batch) -> None:
    wanted = headings(PANELS[key], batch)

    assert wanted
    assert len(set(wanted)) == len(wanted)
    assert all(one == one and one not in ("", None) for one in wanted)


def test_the_cached_values_of_the_dashboard_add_up() -> None:
    found = office.values(office.sample_book())
    sheet = DASHBOARD.title
    column = {row: found.get((sheet, f"C{row}")) for row in range(1, 400)}
    totals = [row for row, text in column.items() if text == "Total"]
    checked = 0
    for panel, last in zip([p for p in DASHBOARD.panels if p.total], totals, strict=True):
        first = next(row for row in range(last, 0, -1) if column[row] == panel.by.title) + 1
        for number, one in enumerate(panel.columns):
            if not isinstance(one.quantity, Measure):
                continue
            letter = column_letter(FIRST + number)
            rows = [found.get((sheet, f"{letter}{row}"), 0.0) for row in range(first, last)]
            assert sum(rows) == pytest.approx(found[(sheet, f"{letter}{last}")])
            checked += 1

    assert checked == len(ADDITIVE)


def test_a_chart_draws_only_columns_that_have_a_colour() -> None:
    for panel in DASHBOARD.panels:
        drawn = [column for column in panel.columns if column.charted]
        assert bool(drawn) == bool(panel.chart)
        assert all(column.color for column in drawn)


def test_extracts_pick_what_their_title_says(batch: Batch) -> None:
    late = late_actions(batch.frames, batch.parameters)
    blocked = blocked_actions(batch.frames, batch.parameters)

    assert (late["echeance"] < batch.parameters["date_observation"]).all()
    assert late["echeance"].is_monotonic_increasing
    assert not late["statut"].isin(("Terminé", "Abandonné")).any()
    assert len(late) == batch.frames["actions"]["retard"].sum()
    assert not blocked["statut"].isin(("Terminé", "Abandonné")).any()


def test_the_levels_of_the_evaluation_have_the_same_columns() -> None:
    evaluation = next(one for one in BOARDS if isinstance(one, Evaluation))
    top, below = evaluation.levels

    assert [c.label for c in top.columns] == [c.label for c in below.columns]
    assert below.parent in PST[below.sheet]
