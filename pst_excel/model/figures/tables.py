"""A panel and an evaluation as tables: their lines, what each column is on each, their totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pst_excel.model.figures.boards import Evaluation, Level, Panel
from pst_excel.model.figures.lines import By, Heading, Number, PanelTable
from pst_excel.model.figures.measures import Quantity, When
from pst_excel.model.series import Frame, Frames, Parameters
from pst_excel.model.words.keys import CODE
from pst_excel.text.spelling import as_code, natural


def known(value: float) -> Number:
    """Return a computed value as a cell holds it: without the dust of floats, None when unknown."""
    return None if value != value else round(float(value), 10) + 0.0


def on_lines(
    quantity: Quantity, frames: Frames, key: str, lines: Sequence[Heading]
) -> list[Number]:
    """Return what a quantity is on each line, which the keys of a column tell."""
    values = quantity.by(frames, key)
    return [known(values.get(as_code(line.key), quantity.empty)) for line in lines]


def lines_of_by(by: By, frames: Frames, parameters: Parameters) -> list[Heading]:
    """Return the lines, the last that of what has no place; of two with one key the first."""
    headings: dict[str, Heading] = {}
    for line in by.headings(frames, parameters):
        headings.setdefault(as_code(line.key), line)
    return [*headings.values(), Heading("", by.rest)]


def table_of(panel: Panel, frames: Frames, parameters: Parameters) -> PanelTable:
    """Return a panel as a table."""
    lines = lines_of_by(panel.by, frames, parameters)
    return PanelTable(
        panel.columns,
        lines,
        [on_lines(column.quantity, frames, panel.by.key, lines) for column in panel.columns],
        [known(column.quantity.evaluate(frames)) for column in panel.columns],
    )


def crossed(
    quantity: Quantity, frames: Frames, by: tuple[str, Sequence[Heading]],
    across: tuple[str, Sequence[Heading]],
) -> list[list[Number]]:  # fmt: skip
    """Return what a count is on each line in each column: each is a key and its headings."""
    key, lines = by
    spelled: dict[str, str] = {}  # a condition takes a text whatever its case
    for frame in frames.values():
        for name in frame[key].dropna().unique() if key in frame else ():
            spelled.setdefault(as_code(name), name)
    names = (spelled.get(as_code(line.key)) for line in lines)
    return [
        [0.0] * len(across[1])
        if name is None
        else on_lines(quantity.when(When(key, "=", name)), frames, *across)
        for name in names
    ]


@dataclass(frozen=True)
class EvaluationLine:
    """A line of an evaluation: its level, its heading (the code, the title), its values.

    A line of what has no place has no code.
    """

    level: Level
    heading: Heading
    values: list[Number]


def evaluated(evaluation: Evaluation, frames: Frames) -> tuple[list[EvaluationLine], list[Number]]:
    """Return the lines of an evaluation in order, and the totals of its columns.

    Each record of the first level has under it those of the second that belong to it; then come
    the lines of what has no place, each followed by the records that have no parent.
    """
    top, below = evaluation.levels
    values = {
        level.name: [column.quantity.by(frames, level.key) for column in level.columns]
        for level in evaluation.levels
    }
    lines = [
        EvaluationLine(level, heading, [
            known(found.get(as_code(heading.key), column.quantity.empty))
            for found, column in zip(values[level.name], level.columns, strict=True)
        ])
        for level, heading in _ordered(frames, top, below)
    ]  # fmt: skip
    return lines, [known(column.quantity.evaluate(frames)) for column in top.columns]


def _ordered(frames: Frames, top: Level, below: Level) -> list[tuple[Level, Heading]]:
    children = frames[below.sheet].dropna(subset=CODE)
    under = children[below.parent].str.lower()
    found: list[tuple[Level, Heading]] = []
    for parent in [*_headings(frames[top.sheet].dropna(subset=CODE), top), Heading("", top.rest)]:
        mine = children[under == as_code(parent.key)]
        found.append((top, parent))
        found += [(below, heading) for heading in _headings(mine, below)]
    return [*_once(found), (below, Heading("", below.rest))]


def _once(lines: Sequence[tuple[Level, Heading]]) -> list[tuple[Level, Heading]]:
    """Return the lines, the first of those that one level and one code tell."""
    first: dict[tuple[str, str], tuple[Level, Heading]] = {}
    for level, heading in lines:
        first.setdefault((level.name, as_code(heading.key)), (level, heading))
    return list(first.values())


def _headings(frame: Frame, level: Level) -> list[Heading]:
    pairs = zip(frame[CODE].tolist(), frame[level.named_by].fillna("").tolist(), strict=True)
    return [Heading(code, title) for code, title in sorted(pairs, key=lambda p: natural(p[0]))]
