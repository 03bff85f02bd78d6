"""Every panel of the dashboard adds up: its rows, what is under none of them, and its total."""

from __future__ import annotations

import pytest
from pst_excel.pst.boards.dashboard import DASHBOARD, blocked_actions, late_actions
from support import OBSERVED, office

from pst_excel.excel.boards.panels import FIRST
from pst_excel.model.figures.boards import Evaluation
from pst_excel.model.figures.measures import Measure
from pst_excel.model.figures.tables import table_of
from pst_excel.model.words.line_keys import PLACELESS
from pst_excel.model.words.wording import column_letter
from pst_excel.pst import PST
from pst_excel.pst.boards import BOARDS
from pst_excel.pst.figures import NB_PST
from pst_excel.returns.frames import Batch
from pst_excel.returns.tables import Return

PANELS = {panel.key: panel for panel in DASHBOARD.panels}
FOLLOWED = {"os", "service", "volet"}


@pytest.fixture(scope="module", params=range(4))
def batch(request: pytest.FixtureRequest) -> Batch:
    """Return each of the sample plans as frames."""
    one: Return = office.sample_plans()[request.param]
    return Batch([one], one.plan, OBSERVED)


def makes(quantity: Measure, values: list[float], total: float | None) -> bool:
    """Tell whether lines make a total, or more where a row stands whole on several of them."""
    made = sum(values)
    return total == pytest.approx(made) or bool(quantity.under and total and total < made)


@pytest.mark.parametrize("key", PANELS)
def test_the_lines_of_a_panel_make_its_total(key: str, batch: Batch) -> None:
    panel = PANELS[key]
    table = table_of(panel, batch.counted, batch.parameters)

    for column, values, total in zip(panel.columns, table.values, table.totals, strict=True):
        if isinstance(column.quantity, Measure):
            assert makes(column.quantity, [value or 0.0 for value in values], total), column.label


@pytest.mark.parametrize("key", sorted(FOLLOWED))
def test_the_statuses_of_a_line_make_the_actions_followed_and_the_total_is_that_of_the_tile(
    key: str, batch: Batch
) -> None:
    panel = PANELS[key]
    table = table_of(panel, batch.counted, batch.parameters)
    labels = [column.label for column in panel.columns]
    end = labels.index("Suivies")

    for values in zip(*table.values, strict=True):
        assert sum(value or 0.0 for value in values[:end]) == pytest.approx(values[end])
    assert table.totals[end] == NB_PST.quantity.evaluate(batch.counted)


@pytest.mark.parametrize("key", PANELS)
def test_a_panel_has_one_line_a_value_the_last_for_what_has_none(key: str, batch: Batch) -> None:
    *lines, last = table_of(PANELS[key], batch.counted, batch.parameters).lines

    assert lines
    assert len({line.key.lower() for line in lines}) == len(lines)
    assert all(line.value == line.value and line.value not in ("", None) for line in lines)
    assert (last.key, last.label) == (PLACELESS, PANELS[key].by.rest)


def test_the_cached_values_of_the_dashboard_add_up() -> None:
    found = office.values(office.sample_book())
    sheet = DASHBOARD.title
    column = {row: found.get((sheet, f"C{row}")) for row in range(1, 400)}
    totals = [row for row, text in column.items() if text == "Total"]
    checked = 0
    for panel, last in zip(DASHBOARD.panels, totals, strict=True):
        first = next(row for row in range(last, 0, -1) if column[row] == panel.by.title) + 1
        for number, one in enumerate(panel.columns):
            if not isinstance(one.quantity, Measure):
                continue
            letter = column_letter(FIRST + number)
            rows = [found.get((sheet, f"{letter}{row}"), 0.0) for row in range(first, last)]
            assert makes(one.quantity, rows, found[(sheet, f"{letter}{last}")])
            checked += 1

    assert checked > 30


def test_a_tile_says_on_how_many_rows_its_figure_is_known() -> None:
    found = office.values(office.sample_book())
    told = {str(value) for (sheet, _), value in found.items() if sheet == DASHBOARD.title}
    frames = office.sample().batch.counted

    for tile in DASHBOARD.tiles:
        known, rows = (q.evaluate(frames) for q in (tile.figure.known, tile.figure.base))
        if tile.figure.known != tile.figure.base:
            assert f"connu pour {known:g} sur {rows:g}" in told


def test_a_chart_draws_only_columns_that_have_a_colour() -> None:
    for panel in DASHBOARD.panels:
        drawn = [column for column in panel.columns if column.charted]
        assert bool(drawn) == bool(panel.chart)
        assert all(column.color for column in drawn)


def test_extracts_pick_what_their_title_says(batch: Batch) -> None:
    late = late_actions(batch.counted, batch.parameters)
    blocked = blocked_actions(batch.counted, batch.parameters)

    assert (late["echeance"] < batch.parameters["date_observation"]).all()
    assert late["echeance"].is_monotonic_increasing
    assert not late["statut"].isin(("Terminé", "Abandonné")).any()
    assert len(late) == batch.counted["actions"]["retard"].sum()
    assert not blocked["statut"].isin(("Terminé", "Abandonné")).any()


def test_the_levels_of_the_evaluation_have_the_same_columns() -> None:
    evaluation = next(one for one in BOARDS if isinstance(one, Evaluation))
    top, below = evaluation.levels

    assert [c.label for c in top.columns] == [c.label for c in below.columns]
    assert below.parent in PST[below.sheet]
    assert [c.minor for c in top.columns] == [c.minor for c in below.columns]
