"""What is followed from one consolidation to the next: the headline figures, how records stand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pst_excel.cells.values import Value, as_text
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.model.figures.boards import Board, Tile
from pst_excel.model.figures.figures import Figure
from pst_excel.model.figures.tables import known
from pst_excel.model.plan import Plan
from pst_excel.model.words.keys import CODE, ID
from pst_excel.returns.tables import Table


@dataclass(frozen=True)
class RecordState:
    """How one record of the main sheet stands: its id, its code, its name, what is followed of it.

    `values` are the texts of the columns that are followed, by key: a date is AAAA-MM-JJ, a number
    is as its cell holds it, a blank cell is empty.
    """

    id: str
    code: str
    name: str
    values: dict[str, str]


def headline(plan: Plan) -> tuple[Figure, ...]:
    """Return the figures of the tiles of a plan's boards, each once."""
    found = (one for tile in _tiles(plan) for one in (tile.figure, tile.beside))
    return tuple({figure.key: figure for figure in found}.values())


def tiles(plan: Plan) -> tuple[Figure, ...]:
    """Return the big figures of those tiles, each once: what is to be read first."""
    return tuple({tile.figure.key: tile.figure for tile in _tiles(plan)}.values())


def _tiles(plan: Plan) -> list[Tile]:
    return [tile for board in plan.boards if isinstance(board, Board) for tile in board.tiles]


def figures_of(consolidation: Consolidation) -> dict[str, float | None]:
    """Return the headline figures by key, as the boards show them; None for one that is unknown.

    Those in `%` are fractions, those in `% de 100` are not.
    """
    frames = consolidation.batch.counted
    return {
        figure.key: known(figure.quantity.evaluate(frames))
        for figure in headline(consolidation.plan)
    }


def followed_states(consolidation: Consolidation) -> list[RecordState]:
    """Return how each record of the main sheet stands, in the order of its rows.

    Where a plan follows no column, they have no values.
    """
    plan = consolidation.plan
    table = consolidation.merged.tables.get(plan.main.key)
    if table is None:
        return []
    ids, codes, names = (_texts(table, key) for key in (ID, CODE, plan.main.named_by))
    values = {key: _texts(table, key) for key in plan.followed}
    return [
        RecordState(
            ids[at], codes[at], names[at], {key: texts[at] for key, texts in values.items()}
        )
        for at in range(len(table))
    ]


def _texts(table: Table, key: str) -> list[str]:
    """Return a column as texts, blank where there is no such column."""
    return [_text(cell) for cell in table.columns.get(key) or [None] * len(table)]


def _text(cell: Value) -> str:
    if isinstance(cell, dt.date):
        return cell.isoformat()[:10]
    return "" if cell is None else as_text(cell)
