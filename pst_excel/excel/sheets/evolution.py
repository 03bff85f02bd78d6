"""The sheet Évolution: one line a consolidation, the figures that matter drawn over them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pst_excel.cells.values import is_number
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.consolidating.evolution import rounds_of
from pst_excel.consolidating.forecast import forecast, said
from pst_excel.consolidating.ledgers import OBSERVED
from pst_excel.consolidating.rounds import Line, columns
from pst_excel.excel import palette
from pst_excel.excel.boards.page import Earlier
from pst_excel.excel.charts import ChartData, draw
from pst_excel.excel.sheets.table import write_table
from pst_excel.excel.xlsx import A3, BookWriter, SheetWriter
from pst_excel.model.plan import Plan
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.titles import EVOLUTION
from pst_excel.model.words.units import WHOLES
from pst_excel.model.words.wording import column_letter, plural

_TWO = 2
_FEWEST = 3  # rounds from which a line says more than the figures
_SIZE = (640, 320)  # pixels
_CHARACTER = 7  # pixels of a column for each of its characters


def write_evolution(book: BookWriter, consolidation: Consolidation, context: str) -> None:
    """Write every round there was, the latest last; what people wrote over a figure stays."""
    plan, lines = consolidation.plan, rounds_of(consolidation)
    page = book.sheet(EVOLUTION, palette.TABS["program"])
    words = "une ligne chacune, la dernière en bas, telles que les chiffres étaient alors."
    page.heading(EVOLUTION, f"{plural(len(lines), 'consolidation')} : {words}", 0)
    headings = columns(plan)
    write_table(
        page, headings, lines, context, paper=A3, shares=_formats(plan), tall=0,
        marked={len(lines) - 1: palette.LATEST}, hidden=[len(headings) - 1],
    )  # fmt: skip
    if len(lines) >= _FEWEST:
        _charts(page, plan, lines)


def earlier_of(consolidation: Consolidation) -> Earlier | None:
    """Return the figures of the previous consolidation and the cells that will hold them."""
    plan, lines = consolidation.plan, rounds_of(consolidation)
    if len(lines) < _TWO:
        return None
    names, row = [name for name, _ in columns(plan)], HEADING_ROW + len(lines) - 1
    before = dict(zip(names, lines[-2], strict=False))
    day = before.get(OBSERVED)
    if not isinstance(day, dt.date):
        return None
    known = {f.key: f.label for f in plan.headline if is_number(before.get(f.label))}
    return Earlier(
        day,
        {key: float(before[label]) for key, label in known.items()},  # type: ignore[arg-type]
        {key: f"'{EVOLUTION}'!${column_letter(names.index(label))}${row}"
         for key, label in known.items()},
        _forecast(plan, lines),
    )  # fmt: skip


def _forecast(plan: Plan, lines: Sequence[Line]) -> str:
    """Say when the first figure that is followed over the rounds reaches its end."""
    figure = next((one for one in plan.trends if one.unit in WHOLES), None)
    if figure is None:
        return ""
    rows = [dict(zip((name for name, _ in columns(plan)), line, strict=False)) for line in lines]
    points = [
        (day, float(value) * 100 / WHOLES[figure.unit])
        for day, value in ((row.get(OBSERVED), row.get(figure.label)) for row in rows)
        if isinstance(day, dt.date) and is_number(value)
    ]
    dates = forecast(points)
    if dates is None:
        return ""
    rounds = plural(len(points), "consolidation")
    return f"{figure.label} : {said(dates)}, d’après {rounds} (« {EVOLUTION} »)."


def _formats(plan: Plan) -> dict[int, str]:
    """Return the number format of each column."""
    known = {figure.label: palette.UNIT_FORMATS[figure.unit] for figure in plan.headline}
    known[OBSERVED] = palette.NUMBER_FORMATS[Kind.DATE]
    count = palette.NUMBER_FORMATS[Kind.INTEGER]
    return {at: known.get(name, count) for at, (name, _) in enumerate(columns(plan))}


def _charts(page: SheetWriter, plan: Plan, lines: Sequence[Line]) -> None:
    """Draw the figures that matter over the rounds, side by side under the table."""
    names = [name for name, _ in columns(plan)]
    first, last = HEADING_ROW, HEADING_ROW + len(lines) - 1
    column = 0
    for figure in plan.trends:
        if figure.label in names:
            series = [(names.index(figure.label), palette.ACTUAL)]
            drawn = ChartData(HEADING_ROW - 1, first, last, names.index(OBSERVED), series)
            axis = palette.UNIT_FORMATS[figure.unit].split(";")[0]
            draw(page, "line", figure.label, drawn, axis, (last + 2, column), _SIZE)
            column = _beside(plan, column)


def _beside(plan: Plan, column: int) -> int:
    """Return the first column that stands clear of a chart at a column."""
    room = 0
    for at, (_, width) in enumerate(columns(plan)[column:], start=column):
        if room > _SIZE[0]:
            return at
        room += _CHARACTER * width
    return column
