"""The ledger of the rounds: one line a consolidation, its figures and its counts, the latest last.

The workbook keeps it as people left it: what they wrote over a figure stays.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pst_excel.cells.values import RawCell, as_text, is_number
from pst_excel.consolidating.ledgers import OBSERVED, ROUND, RUN, history_in
from pst_excel.model.findings import Severity
from pst_excel.model.plan import Plan
from pst_excel.model.words.titles import EVOLUTION
from pst_excel.returns.tables import Return
from pst_excel.text.spelling import counted

COUNTED = {
    Severity.ERROR: "Erreurs", Severity.WARNING: "Avertissements", Severity.HINT: "Conseils",
}  # fmt: skip
_RETURNS, _SILENT, _OPEN = "Retours", "Services sans retour", "Points à décider"

Line = tuple[RawCell, ...]
"""A round, in the columns of the ledger."""


def columns(plan: Plan) -> tuple[tuple[str, int], ...]:
    """Return the headings of the ledger of a plan with their widths; the last is not shown."""
    return (
        (ROUND, 7), (OBSERVED, 13), (_RETURNS, 9), (_SILENT, 11),
        (f"Lignes ({plan.main.title})", 11),
        *((figure.label, 15) for figure in plan.headline),
        *((label, 15) for label in COUNTED.values()), (_OPEN, 11), (RUN, 14),
    )  # fmt: skip


@dataclass(frozen=True)
class Rounds:
    """The rounds that a plan keeps, the latest last, and the number of the one that comes.

    Where it keeps none, `before` is the plan itself as it was, of which figures may be made.
    """

    lines: tuple[Line, ...] = ()
    number: int = 1
    before: Return | None = None

    @property
    def last_run(self) -> str:
        """The id of the latest run; empty where there is none."""
        return as_text(self.lines[-1][-1] or "") if self.lines else ""

    def last(self, plan: Plan) -> dict[str, float | None]:
        """Return the headline figures of the latest round by key; nothing where there is none."""
        if not self.lines:
            return {}
        names = [name for name, _ in columns(plan)]
        held = dict(zip(names, self.lines[-1], strict=True))
        cells = {figure.key: held[figure.label] for figure in plan.headline}
        return {key: float(cell) if is_number(cell) else None for key, cell in cells.items()}


def rounds_in(plan: Return | None, written: Return | None = None) -> Rounds:
    """Return the rounds that a plan keeps; where it has none, those with which it was written.

    So whoever takes the whole sheet away loses nothing, and a line that is taken away is gone.
    """
    if plan is None:
        return Rounds()
    lines = _lines(plan) or (_lines(written) if written is not None else [])
    told = [counted(line[0]) for line in history_in(plan)]
    number = max([*told, *map(_number, lines)], default=0) + 1
    return Rounds(tuple(lines), number, None if lines else written or plan)


def _lines(plan: Return) -> list[Line]:
    names = [name for name, _ in columns(plan.plan)]
    held = plan.ledgers.get(EVOLUTION, ())
    lines = [
        tuple(_cell(line.get(name)) for name in names)
        for line in held
        if line.get(OBSERVED) or line.get(RUN)
    ]
    return sorted(lines, key=_number)


def _cell(cell: RawCell) -> RawCell:
    """Return what a cell holds as one can hold it again: a time of day is a text."""
    return as_text(cell) if isinstance(cell, dt.time | dt.timedelta) else cell


def _number(line: Line) -> int:
    return counted(as_text(line[0] or ""))
