"""Every panel of the boards adds up: its rows, what is under none of them, and its total."""

from __future__ import annotations

import pytest
from support import OBSERVED, office

from pst_excel.excel.boards.page import UNITS
from pst_excel.model.figures.boards import Board, Evaluation
from pst_excel.model.figures.measures import Measure
from pst_excel.model.figures.tables import table_of
from pst_excel.model.words.line_keys import PLACELESS
from pst_excel.pst import PST
from pst_excel.pst.boards.stuck import blocked_actions, late_actions
from pst_excel.pst.figures import NB_PST
from pst_excel.pst.vocabularies import ABANDONNE, STATUTS
from pst_excel.returns.frames import Batch
from pst_excel.returns.tables import Return

BOARDS = [board for board in PST.boards if isinstance(board, Board)]
PANELS = {panel.key: panel for board in BOARDS for panel in board.panels}
OPEN = {choice.label for choice in STATUTS.choices if choice.label != ABANDONNE} | {"Sans statut"}
STATUSES = ("os", "volet")
FOLLOWED = (*STATUSES, "service", "mandataire", "agent")


@pytest.fixture(scope="module", params=range(4))
def batch(request: pytest.FixtureRequest) -> Batch:
    """Return each of the sample plans as frames."""
    one: Return = office.sample_plans()[request.param]
    return Batch([one], one.plan, OBSERVED)


def makes(quantity: Measure, values: list[float], total: float | None) -> bool:
    """Tell whether lines make a total, or more where a row stands whole on several of them."""
    made = sum(values)
    return total == pytest.approx(made) or bool(
        (quantity.under or quantity.among) and total and total < made
    )


@pytest.mark.parametrize("key", PANELS)
def test_the_lines_of_a_panel_make_its_total(key: str, batch: Batch) -> None:
    panel = PANELS[key]
    table = table_of(panel, batch.counted, batch.parameters)

    for column, values, total in zip(panel.columns, table.values, table.totals, strict=True):
        if isinstance(column.quantity, Measure):
            assert makes(column.quantity, [value or 0.0 for value in values], total), column.label


@pytest.mark.parametrize("key", STATUSES)
def test_the_statuses_of_a_line_but_the_last_two_make_its_actions_followed(
    key: str, batch: Batch
) -> None:
    table = table_of(PANELS[key], batch.counted, batch.parameters)
    labels = [column.label for column in PANELS[key].columns]
    kept = [labels.index(label) for label in labels if label in OPEN]

    for values in zip(*table.values, strict=True):
        assert sum(values[at] or 0.0 for at in kept) == values[labels.index("Suivies")]


@pytest.mark.parametrize("key", FOLLOWED)
def test_the_total_is_that_of_the_tile(key: str, batch: Batch) -> None:
    table = table_of(PANELS[key], batch.counted, batch.parameters)
    labels = [column.label for column in PANELS[key].columns]
    assert table.totals[labels.index("Suivies")] == NB_PST.quantity.evaluate(batch.counted)


@pytest.mark.parametrize("key", PANELS)
def test_a_panel_has_one_line_a_value_the_last_for_what_has_none(key: str, batch: Batch) -> None:
    *lines, last = table_of(PANELS[key], batch.counted, batch.parameters).lines

    assert lines
    assert len({line.key.lower() for line in lines}) == len(lines)
    assert all(line.value == line.value and line.value not in ("", None) for line in lines)
    assert (last.key, last.label) == (PLACELESS, PANELS[key].by.rest)


def test_a_count_of_actions_is_whole_on_every_line(batch: Batch) -> None:
    for panel in PANELS.values():
        table = table_of(panel, batch.counted, batch.parameters)
        for column, values, total in zip(panel.columns, table.values, table.totals, strict=True):
            if column.unit == "nombre":
                assert all(float(value or 0.0).is_integer() for value in (*values, total))


def test_a_tile_says_on_how_many_rows_its_figure_is_known() -> None:
    found = office.values(office.sample_book())
    frames = office.sample().batch.counted

    for board in BOARDS:
        told = {str(value) for (sheet, _), value in found.items() if sheet == board.title}
        for tile in board.tiles:
            known, rows = (q.evaluate(frames) for q in (tile.figure.known, tile.figure.base))
            if tile.figure.known != tile.figure.base:
                assert f"connu pour {known:g} sur {rows:g}" in told


def test_bars_are_made_of_columns_of_their_panel() -> None:
    for panel in PANELS.values():
        labels = {column.label: column for column in panel.columns}
        for bars in panel.bars:
            assert set(bars.series) <= set(labels)
            assert bars.kind == "share" or len(bars.series) == 2
            assert bars.kind == "bullet" or all(labels[one].color for one in bars.series)
            assert not bars.after or bars.after in labels


def test_the_blocks_of_a_page_are_as_wide_as_it_at_most() -> None:
    for board in BOARDS:
        assert sum(board.widths) == pytest.approx(UNITS)
        assert len(board.tiles) <= 6
        for panel in board.panels:
            spans = (*panel.columns, *panel.bars)
            assert sum(one.span for one in spans) <= UNITS + 1e-9, (board.key, panel.key)
        for extract in board.extracts:
            years = len(PST.years) - 1
            spans = (
                one.span * (years + 1 if one.kind == "years" else 1) for one in extract.columns
            )
            assert sum(spans) <= UNITS, extract.key


def test_extracts_pick_what_their_title_says(batch: Batch) -> None:
    late = late_actions(batch.counted, batch.parameters)
    blocked = blocked_actions(batch.counted, batch.parameters)

    assert (late["echeance"] < batch.parameters["date_observation"]).all()
    assert late["echeance"].is_monotonic_increasing
    assert not late["statut"].isin(("Terminé", "Abandonné")).any()
    assert len(late) == batch.counted["actions"]["retard"].sum()
    assert not blocked["statut"].isin(("Terminé", "Abandonné")).any()


def test_the_levels_of_the_evaluation_have_the_same_columns() -> None:
    evaluation = next(one for one in PST.boards if isinstance(one, Evaluation))
    top, below = evaluation.levels

    assert [c.label for c in top.columns] == [c.label for c in below.columns]
    assert below.parent in PST[below.sheet]
    assert [c.minor for c in top.columns] == [c.minor for c in below.columns]
