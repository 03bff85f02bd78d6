"""What is followed from one consolidation to the next: the headline figures, how records stand."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from pst_excel.cells.values import Value, as_text
from pst_excel.consolidating.consolidation import Consolidation, headline_of
from pst_excel.consolidating.rounds import COUNTED, Line
from pst_excel.model.figures.figures import Figure
from pst_excel.model.figures.tables import known
from pst_excel.model.words.keys import CODE, ID
from pst_excel.returns.frames import Batch
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


@dataclass(frozen=True)
class Step:
    """A headline figure at the previous consolidation and at this one; None where it is unknown."""

    figure: Figure
    before: float | None
    after: float | None

    @property
    def difference(self) -> float | None:
        """What it gained; None where one of the two is unknown."""
        if self.before is None or self.after is None:
            return None
        return known(self.after - self.before)


def steps(consolidation: Consolidation) -> list[Step]:
    """Return the headline figures before and now, as the latest round that is kept has them.

    Where a plan keeps none, those before are those of the plan as it was.
    """
    plan, rounds = consolidation.plan, consolidation.rounds
    before = rounds.last(plan)
    if rounds.before is not None and consolidation.since is not None:
        before = headline_of(Batch([rounds.before], plan, consolidation.since.observed))
    now = consolidation.headline
    return [Step(figure, before.get(figure.key), now[figure.key]) for figure in plan.headline]


def rounds_of(consolidation: Consolidation) -> list[Line]:
    """Return the rounds that the plan keeps with this one, unless it is the latest of them."""
    plan, rounds = consolidation.plan, consolidation.rounds
    if rounds.last_run == consolidation.run:
        return list(rounds.lines)
    by = Counter(finding.severity for finding in consolidation.report.findings)
    figures = consolidation.headline
    table = consolidation.merged.tables.get(plan.main.key)
    now: Line = (
        rounds.number, consolidation.observed, len(consolidation.returns),
        len(consolidation.absent), len(table) if table is not None else 0,
        *(figures[figure.key] for figure in plan.headline),
        *(by[severity] for severity in COUNTED), len(consolidation.conflicts), consolidation.run,
    )  # fmt: skip
    return [*rounds.lines, now]


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
