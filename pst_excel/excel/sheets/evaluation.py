"""The evaluation sheet: a block for each record of the upper level, computed and written."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from pst_excel.excel import palette
from pst_excel.excel.formats import validate
from pst_excel.excel.names import Names, WrittenRow
from pst_excel.excel.panels import known, unit_format
from pst_excel.excel.wrapping import LINE, lines_of
from pst_excel.excel.xlsx import A3, BookWriter, SheetWriter
from pst_excel.model.figures.boards import Evaluation, Level, PanelColumn
from pst_excel.model.figures.measures import At, When
from pst_excel.model.schema import HEADING_ROW, Column
from pst_excel.model.schema import Sheet as Declared
from pst_excel.model.words.keys import CODE
from pst_excel.model.words.kinds import Need
from pst_excel.returns.frames import Batch
from pst_excel.text.spelling import natural

TITLE = "Intitulé ƒ"


def write_evaluation(
    book: BookWriter, evaluation: Evaluation, batch: Batch, names: Names, context: str
) -> SheetWriter:
    """Write the sheet; what people wrote in it before stays on the row of its record."""
    declared = batch.plan[evaluation.sheet]
    page = book.sheet(declared.title, palette.tab_of(declared.shade))
    page.heading(declared.title, declared.question, 0)
    note = "À gauche, les colonnes calculées (ƒ) ; à droite, vos appréciations et décisions : elles"
    page.put(2, 0, f"{note} sont conservées d’une consolidation à l’autre.",
             book.format(palette.SMALL))  # fmt: skip
    level, code = (declared[key] for key in declared.identity)
    human = [column for column in declared.inputs if column not in (level, code)]
    computed = evaluation.levels[0].columns
    labels = [
        (level.label, Need.OPTIONAL, 8), (code.label, Need.REQUIRED, 8),
        (TITLE, Need.COMPUTED, 50),
        *((f"{c.label} ƒ", Need.COMPUTED, 12) for c in computed),
        *((c.label, Need.ADVISED, c.width) for c in human),
    ]  # fmt: skip
    for position, (label, need, width) in enumerate(labels):
        style = book.format(palette.HEADING, palette.HEADINGS[need])
        page.put(HEADING_ROW - 1, position, label, style)
        page.worksheet.set_column(position, position, width)
    last = _blocks(page, evaluation, batch, names, human)
    place = WrittenRow(names, declared.key, HEADING_ROW)
    for position, asked in enumerate(human, start=3 + len(computed)):
        validate(page, HEADING_ROW, position, last, asked, place)
    page.worksheet.freeze_panes(HEADING_ROW, 3)
    page.worksheet.set_row(HEADING_ROW - 1, 48)
    page.worksheet.autofilter(HEADING_ROW - 1, 0, last, len(labels) - 1)
    page.page(A3, context, HEADING_ROW - 1)
    return page


def _blocks(
    page: SheetWriter, evaluation: Evaluation, batch: Batch, names: Names, human: list[Column]
) -> int:
    """Write the blocks, then what was written about records that are gone; return the last row."""
    written = _said(batch, batch.plan[evaluation.sheet], human)
    first = 3 + len(evaluation.levels[0].columns)
    figures = {
        (level.name, number): column.quantity.by(batch.frames, column.by or level.column)
        for level in evaluation.levels
        for number, column in enumerate(level.columns)
    }
    row = HEADING_ROW
    for level, record, title in _records(batch, evaluation):
        _line(page, row, level, record, title)
        texts = written.pop((level.name, record), {})
        _height(page, row, human, title, texts)
        for number, column in enumerate(level.columns):
            value = figures[(level.name, number)].get(record, column.quantity.empty)
            _figure(page, row, 3 + number, level, column, known(value), names)
        _human(page, row, first, human, texts, level)
        row += 1
    for (name, record), texts in sorted(written.items()):
        page.put(row, 0, name, page.book.format())
        page.put(row, 1, record, page.book.format(num_format="@"))
        gone = page.book.format(palette.SMALL, italic=True)
        page.put(row, 2, f"(n’existe plus dans le {batch.plan.short})", gone)
        _human(page, row, first, human, texts, None)
        row += 1
    return max(row - 1, HEADING_ROW)


def _records(batch: Batch, evaluation: Evaluation) -> Iterator[tuple[Level, str, str]]:
    """Give each record of the first level, then those of the second that belong to it."""
    top, below = evaluation.levels
    upper, lower = batch.plan[top.sheet], batch.plan[below.sheet]
    children = batch.frames[below.sheet].dropna(subset=CODE)
    parents = batch.frames[top.sheet].dropna(subset=CODE)
    orphans = children[~children[below.parent].isin(parents[CODE])]
    for code, title in _pairs(parents, upper):
        yield top, code, title
        mine = children[children[below.parent] == code]
        for child, name in _pairs(mine, lower):
            yield below, child, name
    for child, name in _pairs(orphans, lower):
        yield below, child, name


def _pairs(frame: pd.DataFrame, sheet: Declared) -> list[tuple[str, str]]:
    frame = frame.drop_duplicates(CODE)
    pairs = zip(frame[CODE].tolist(), frame[sheet.named_by].fillna("").tolist(), strict=True)
    return sorted(pairs, key=lambda pair: natural(pair[0]))


def _said(
    batch: Batch, sheet: Declared, human: list[Column]
) -> dict[tuple[str, str], dict[str, str]]:
    level, code = sheet.identity
    frame = batch.frames[sheet.key].dropna(subset=[level, code])
    written = {}
    for _, row in frame.iterrows():
        texts = {c.key: row[c.key] for c in human if isinstance(row[c.key], str)}
        if texts:
            written[(row[level], row[code])] = texts
    return written


def _look(level: Level) -> palette.Look:
    return dict(palette.LOWER if level.parent else palette.UPPER)


def _line(page: SheetWriter, row: int, level: Level, record: str, title: str) -> None:
    band = _look(level)
    page.put(row, 0, level.name, page.book.format(band))
    page.put(row, 1, record, page.book.format(band, num_format="@"))
    page.put(row, 2, title, page.book.format(band, text_wrap=True))


def _height(
    page: SheetWriter, row: int, human: list[Column], title: str, texts: dict[str, str]
) -> None:
    lines = [lines_of(title, 50), *(lines_of(texts.get(c.key, ""), c.width) for c in human)]
    page.worksheet.set_row(row, LINE * max(lines) + 3)


def _figure(
    page: SheetWriter, row: int, position: int, level: Level, column: PanelColumn,
    value: float | None, names: Names,
) -> None:  # fmt: skip
    tie = When(column.by or level.column, "=", At(f"$B${row + 1}"))
    form = page.book.format(
        _look(level), num_format=unit_format(column.unit, [value]), align="right"
    )
    page.formula(row, position, column.quantity.when(tie).render(names), value, form)


def _human(
    page: SheetWriter, row: int, first: int, human: list[Column], texts: dict[str, str],
    level: Level | None,
) -> None:  # fmt: skip
    fill = {"bg_color": palette.WHITE if level and not level.parent else palette.STRIPE}
    for number, column in enumerate(human):
        form = page.book.format(fill, text_wrap=True, border=1, border_color=palette.GRID)
        page.put(row, first + number, texts.get(column.key), form)
