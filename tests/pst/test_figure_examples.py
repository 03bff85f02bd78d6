"""Each figure is what its worked example says: the arithmetic, the result, the rows it rests on."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable

import pytest

from pst_excel.model.figures.boards import Board, Evaluation
from pst_excel.model.figures.tables import evaluated, table_of
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.frames import Batch

assert PST.workings is not None
WORKINGS = PST.workings
BATCH = Batch([return_of(WORKINGS.plan, PST)], PST, WORKINGS.observed)
FIGURES = {figure.key: figure for figure in (*PST.figures, *PST.comparison)}
each_figure = pytest.mark.parametrize("key", FIGURES)

SIGNS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip


def counted(words: str) -> float:
    """Return what arithmetic as people write it comes to."""
    words = re.sub(r"(?<=\d) (?=\d{3})", "", words).replace(",", ".")
    for sign, plain in (("×", "*"), ("÷", "/"), ("−", "-")):
        words = words.replace(sign, plain)

    def of(node: ast.expr) -> float:
        if isinstance(node, ast.BinOp):
            return SIGNS[type(node.op)](of(node.left), of(node.right))
        if isinstance(node, ast.UnaryOp):
            return -of(node.operand)
        assert isinstance(node, ast.Constant)
        return float(node.value)

    return of(ast.parse(words, mode="eval").body)


def test_every_figure_has_an_example_and_its_terms_and_no_example_is_left_over() -> None:
    assert WORKINGS.examples.keys() == FIGURES.keys()
    assert [key for key, figure in FIGURES.items() if figure.terms is None] == []


@each_figure
def test_a_figure_is_what_its_sum_comes_to(key: str) -> None:
    figure, (sum_of, *result) = FIGURES[key], WORKINGS.examples[key].sum.split(" = ")

    assert figure.quantity.evaluate(BATCH.counted) == pytest.approx(counted(sum_of))
    if result:
        shown, unit = re.fullmatch(r"(−?[\d ,]+?)(?: ([%€]|points|ETP|jours))?", result[0]).groups()  # type: ignore[union-attr]
        scale = 100 if figure.unit == "%" else 1
        assert counted(shown) == pytest.approx(counted(sum_of) * scale, abs=0.05)
        plain = {"nombre": None, "par 1 000": None}.get(figure.unit, figure.unit)
        assert unit == ("%" if "%" in figure.unit else "€" if "€" in figure.unit else plain)


@each_figure
def test_a_figure_rests_on_the_rows_that_its_example_counts(key: str) -> None:
    figure, example = FIGURES[key], WORKINGS.examples[key]

    assert figure.base.evaluate(BATCH.counted) == example.base
    assert figure.known.evaluate(BATCH.counted) == example.known


PANELS = {
    panel.key: panel for board in PST.boards if isinstance(board, Board) for panel in board.panels
}
BY_HAND = {
    ("os", "Suivies"): [4, 2, 1],  # 1.1.2 under both; the row without code serves no OO
    ("os", "En retard"): [1, 2, 0],
    ("os", "Fait"): [(100 + 40 + 0) / 3, (40 + 60) / 2, None],
    ("service", "Suivies"): [2, 3, 1],  # Culture, Travaux, none
    ("volet", "Suivies"): [0, 0, 6],  # no action says its volet
    ("exercice", "Prévu"): [10_000, 35_000, 8_000, 0, 0, 0, 2_000],  # 2025 to 2030, none
    ("source", "Prévu"): [15_000, 8_000, 30_000, 2_000],  # Fonds propres, Emprunt, Subside, none
}  # fmt: skip


@pytest.mark.parametrize(("panel", "label"), BY_HAND)
def test_a_panel_parts_the_example_as_one_finds_by_hand(panel: str, label: str) -> None:
    table = table_of(PANELS[panel], BATCH.counted, BATCH.parameters)
    at = [column.label for column in PANELS[panel].columns].index(label)
    found = [value for value in table.values[at] if panel != "source" or value]

    assert found == [
        value if value is None else pytest.approx(value) for value in BY_HAND[panel, label]
    ]


UNITS = {  # followed, expenses planned in all, of the unit itself, below it
    ("os", "1"): (4, 10_000 + 0.75 * 30_000 + 8_000, 0, 40_500),
    ("oo", "1.1"): (2, 10_000 + 0.75 * 30_000, 0, 32_500),
    ("oo", "1.2"): (2, 8_000, 8_000, 0),
    ("os", "2"): (2, 0.25 * 30_000 + 5_000, 0, 12_500),  # 5 000 of the action abandoned
    ("oo", "2.1"): (2, 0.25 * 30_000 + 5_000, 0, 12_500),
    ("os", ""): (1, 2_000, 0, 2_000),
    ("oo", ""): (1, 2_000, 0, 2_000),
}  # fmt: skip


def test_the_evaluation_counts_the_example_as_one_finds_by_hand() -> None:
    (evaluation,) = (board for board in PST.boards if isinstance(board, Evaluation))
    lines, totals = evaluated(evaluation, BATCH.counted)
    labels = [column.label for column in evaluation.levels[0].columns]
    at = labels.index("Budget prévu")
    places = (labels.index("Actions suivies"), at, at + 1, at + 2)

    found = {
        (line.level.sheet, str(line.heading.value)): tuple(line.values[n] for n in places)
        for line in lines
    }
    assert found == UNITS
    assert [totals[n] for n in places] == [6, 55_000, 0, 55_000]
