"""What the program says of plans, in the words of the second truth, and where the two differ."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from support import OBSERVED

from pst_excel.model.figures.boards import Board, Panel
from pst_excel.model.figures.tables import evaluated, table_of
from pst_excel.model.series import SOURCE, Frames
from pst_excel.pst import PST
from pst_excel.pst import figures as f
from pst_excel.pst.boards import EVALUATION
from pst_excel.returns.frames import Batch
from pst_excel.returns.tables import Return
from second_truth.boards import EVALUATION as SECOND
from second_truth.raw import of_return
from second_truth.truth import EMPTY, NONE, TOTAL, Found, Line, Lines, Number, Truth, truths

BOARDS = [board for board in PST.boards if isinstance(board, Board)]
PANELS = {panel.key: panel for board in BOARDS for panel in board.panels}
UNITS = [name for table in SECOND["os"] for name in table.columns]
"""The columns of the evaluation, in its order."""


def said(plans: Sequence[Return], absent: Sequence[str] = ()) -> list[Truth]:
    """Return what the program computes of plans, each at its date of observation.

    `absent` are the services that have not answered.
    """
    batch = Batch(plans, PST, [*map(day_of, plans)], absent=absent)
    figures = _figures(batch)
    alone = [_alone(batch.counted, at) for at in range(len(plans))]
    lists = [batch.parameters | {"lists": [plan.lists]} for plan in plans]
    return [
        Truth(
            figures[at],
            {key: _panel(panel, alone[at], lists[at]) for key, panel in PANELS.items()},
            _evaluation(alone[at]),
        )
        for at in range(len(plans))
    ]


def _alone(frames: Frames, at: int) -> Frames:
    """Return the rows of one plan, which boards count without asking whose they are."""
    return {
        key: frame[frame.index.get_level_values(SOURCE) == at].reset_index(drop=True)
        for key, frame in frames.items()
    }


def _figures(batch: Batch) -> list[dict[str, Found]]:
    found: list[dict[str, Found]] = [{} for _ in batch.returns]
    for figure in {one.key: one for one in (*f.FIGURES, *f.COMPARED)}.values():
        by_plan = [
            q.by(batch.counted, SOURCE) for q in (figure.quantity, figure.base, figure.known)
        ]
        empty = (figure.quantity.empty, 0.0, 0.0)
        for at, figures in enumerate(found):
            values = (one.get(at, none) for one, none in zip(by_plan, empty, strict=True))
            figures[figure.key] = tuple(map(_number, values))
    return found


def _number(value: float) -> Number:
    return None if math.isnan(value) else float(value)


def _panel(panel: Panel, frames: Frames, parameters: Mapping[str, object]) -> Lines:
    table = table_of(panel, frames, parameters)
    names = [column.label for column in panel.columns]
    lines = zip(table.lines, zip(*table.values, strict=True), strict=True)
    found = _by_name((line.value, dict(zip(names, values, strict=True))) for line, values in lines)
    return found | {TOTAL: dict(zip(names, table.totals, strict=True))}


def _by_name(lines: Iterable[tuple[str | float, Line]]) -> Lines:
    """Return lines by the name of their value; no two have one."""
    found: Lines = {}
    for value, line in lines:
        assert found.setdefault(name_of(value), line) is line, f"two lines for « {value} »"
    return found


def name_of(value: str | float) -> str:
    """Return the name of the line of a value, as SQL compares it."""
    text = value if isinstance(value, str) else f"{value:.15g}"
    return " ".join(filter(None, text.lower().split(" ")))[:200] or NONE


def _evaluation(frames: Frames) -> dict[str, Lines]:
    lines, totals = evaluated(EVALUATION, frames)
    found = {
        level: _by_name(
            (line.heading.value, dict(zip(UNITS, line.values, strict=True)))
            for line in lines
            if line.level.sheet == level
        )
        for level in SECOND
    }
    found["os"][TOTAL] = dict(zip(UNITS, totals, strict=True))
    return found


def differences(mine: Truth, other: Truth) -> list[str]:
    """Return where the program (first) and the second truth do not say the same, in words.

    Of the program all that is given is compared: a workbook shows but some figures.
    """
    words = [
        f"{key}, {part} : {one} et non {two}"
        for key, found in mine.figures.items()
        for part, one, two in zip(PARTS, found, other.figures[key], strict=False)
        if not same(one, two)
    ]
    words += [w for key in other.panels for w in _unlike(key, mine.panels[key], other.panels[key])]
    for level, lines in other.evaluation.items():
        words += _unlike(f"évaluation {level}", mine.evaluation[level], lines)
    return words


PARTS = ("valeur", "sur", "connu")


def _unlike(name: str, mine: Lines, other: Lines) -> Iterator[str]:
    empty = other[EMPTY]
    for key in dict.fromkeys([*other, *mine]):
        one, two = mine.get(key, empty), other.get(key, empty)
        for column, value in two.items():
            if not same(one[column], value):
                yield f"{name}, ligne {key}, {column} : {one[column]} et non {value}"


def same(mine: Number, other: Number) -> bool:
    """Tell whether two numbers are one, to a millionth; unknown is not zero."""
    if mine is None or other is None:
        return mine is other
    return math.isclose(mine, other, rel_tol=1e-9, abs_tol=1e-6)


def second(plans: Sequence[Return], absent: Sequence[str] = ()) -> list[Truth]:
    """Return what SQL finds over the cells of the same plans, as read."""
    return truths([of_return(plan, day_of(plan))._replace(absent=absent) for plan in plans])


def day_of(plan: Return) -> dt.date:
    """Return the date at which a plan is observed: its own, else that of the examples."""
    day = plan.identity("date_observation")
    return day if isinstance(day, dt.date) else OBSERVED
