"""The evaluation sheet: one block an OS, what is computed beside what the collège writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pst_excel.batch import Batch
from pst_excel.board import Evaluation, Level, PanelColumn
from pst_excel.measures import At, When
from pst_excel.outputs import palette
from pst_excel.outputs.cells import LINE, lines_of, validate
from pst_excel.outputs.names import Names, Row
from pst_excel.outputs.panels import known, unit_format
from pst_excel.outputs.xlsx import A3, Book, Sheet
from pst_excel.schema import HEADING_ROW, Column, Need
from pst_excel.spelling import natural

TITLE = "Intitulé ƒ"


def write_evaluation(
    book: Book, evaluation: Evaluation, batch: Batch, names: Names, context: str
) -> Sheet:
    """Write the sheet; what people wrote in it before stays on the row of its OS or OO."""
    declared = batch.plan[evaluation.sheet]
    page = book.sheet(declared.title, palette.TABS[declared.level])
    page.heading(declared.title, declared.question, 0)
    note = "À gauche, les colonnes calculées (ƒ) ; à droite, vos appréciations et décisions : elles"
    page.put(2, 0, f"{note} sont conservées d’une consolidation à l’autre.",
             book.format(palette.SMALL))  # fmt: skip
    niveau, code, *human = declared.inputs
    computed = evaluation.levels[0].columns
    labels = [
        (niveau.label, Need.OPTIONAL, 8), (code.label, Need.REQUIRED, 8),
        (TITLE, Need.COMPUTED, 50),
        *((f"{c.label} ƒ", Need.COMPUTED, 12) for c in computed),
        *((c.label, Need.ADVISED, c.width) for c in human),
    ]  # fmt: skip
    for position, (label, need, width) in enumerate(labels):
        style = book.format(palette.HEADING, palette.HEADINGS[need])
        page.put(HEADING_ROW - 1, position, label, style)
        page.worksheet.set_column(position, position, width)
    last = _blocks(page, evaluation, batch, names, human)
    place = Row(names, declared.key, HEADING_ROW)
    for position, asked in enumerate(human, start=3 + len(computed)):
        validate(page, HEADING_ROW, position, last, asked, place)
    page.worksheet.freeze_panes(HEADING_ROW, 3)
    page.worksheet.set_row(HEADING_ROW - 1, 48)
    page.worksheet.autofilter(HEADING_ROW - 1, 0, last, len(labels) - 1)
    page.page(A3, context, HEADING_ROW - 1)
    return page


def _blocks(
    page: Sheet, evaluation: Evaluation, batch: Batch, names: Names, human: list[Column]
) -> int:
    """Write one block an OS, then what was written about records that are gone; return its end."""
    said = _said(batch, evaluation.sheet, human)
    first = 3 + len(evaluation.levels[0].columns)
    figures = {
        (level.name, number): column.quantity.evaluate(batch.frames, column.by or level.column)
        for level in evaluation.levels
        for number, column in enumerate(level.columns)
    }
    row = HEADING_ROW
    for level, record, title in _records(batch, evaluation):
        _line(page, row, level, record, title)
        texts = said.pop((level.name, record), {})
        _height(page, row, human, title, texts)
        for number, column in enumerate(level.columns):
            value = figures[(level.name, number)].get(record, column.quantity.empty)
            _figure(page, row, 3 + number, level, column, known(value), names)
        _human(page, row, first, human, texts, level)
        row += 1
    for (name, record), texts in sorted(said.items()):
        page.put(row, 0, name, page.book.format())
        page.put(row, 1, record, page.book.format(num_format="@"))
        gone = page.book.format(palette.SMALL, italic=True)
        page.put(row, 2, "(n’existe plus dans le PST)", gone)
        _human(page, row, first, human, texts, None)
        row += 1
    return max(row - 1, HEADING_ROW)


def _records(batch: Batch, evaluation: Evaluation) -> Iterator[tuple[Level, str, str]]:
    """Give each record of the first level, then those of the second that belong to it."""
    top, below = evaluation.levels
    children = batch.frames[below.sheet].dropna(subset="code")
    parents = batch.frames[top.sheet].dropna(subset="code")
    orphans = children[~children[below.parent].isin(parents["code"])]
    for code, title in _pairs(parents):
        yield top, code, title
        mine = children[children[below.parent] == code]
        for child, name in _pairs(mine):
            yield below, child, name
    for child, name in _pairs(orphans):
        yield below, child, name


def _pairs(frame: Any) -> list[tuple[str, str]]:
    frame = frame.drop_duplicates("code")
    pairs = zip(frame["code"].tolist(), frame["intitule"].fillna("").tolist(), strict=True)
    return sorted(pairs, key=lambda pair: natural(pair[0]))


def _said(batch: Batch, sheet: str, human: list[Column]) -> dict[tuple[str, str], dict[str, str]]:
    frame = batch.frames[sheet].dropna(subset=["niveau", "code"])
    said = {}
    for _, row in frame.iterrows():
        texts = {c.key: row[c.key] for c in human if isinstance(row[c.key], str)}
        if texts:
            said[(row["niveau"], row["code"])] = texts
    return said


def _line(page: Sheet, row: int, level: Level, record: str, title: str) -> None:
    band = palette.LEVELS[level.sheet]
    page.put(row, 0, level.name, page.book.format(band))
    page.put(row, 1, record, page.book.format(band, num_format="@"))
    page.put(row, 2, title, page.book.format(band, text_wrap=True))


def _height(page: Sheet, row: int, human: list[Column], title: str, texts: dict[str, str]) -> None:
    lines = [lines_of(title, 50), *(lines_of(texts.get(c.key, ""), c.width) for c in human)]
    page.worksheet.set_row(row, LINE * max(lines) + 3)


def _figure(
    page: Sheet, row: int, position: int, level: Level, column: PanelColumn,
    value: float | None, names: Names,
) -> None:  # fmt: skip
    tie = When(column.by or level.column, "=", At(f"$B${row + 1}"))
    form = page.book.format(
        palette.LEVELS[level.sheet], num_format=unit_format(column.unit, [value]), align="right"
    )
    page.formula(row, position, column.quantity.when(tie).render(names), value, form)


def _human(
    page: Sheet, row: int, first: int, human: list[Column], texts: dict[str, str],
    level: Level | None,
) -> None:  # fmt: skip
    fill = {"bg_color": palette.WHITE if level and level.sheet == "os" else palette.STRIPE}
    for number, column in enumerate(human):
        form = page.book.format(fill, text_wrap=True, border=1, border_color=palette.GRID)
        page.put(row, first + number, texts.get(column.key), form)
