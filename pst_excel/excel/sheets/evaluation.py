"""The evaluation sheet: a block for each record of the upper level, computed and written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pst_excel.excel import palette
from pst_excel.excel.boards.panels import on_any_line, unit_format, write_key
from pst_excel.excel.formats import validate
from pst_excel.excel.names import AnyRow, Names, WrittenRow
from pst_excel.excel.wrapping import INDENT, heading_height, height_of, lines_of
from pst_excel.excel.xlsx import A3, BookWriter, SheetWriter
from pst_excel.model.figures.boards import Evaluation, Level
from pst_excel.model.figures.lines import PanelColumn
from pst_excel.model.figures.tables import EvaluationLine, evaluated
from pst_excel.model.schema import HEADING_ROW, Column
from pst_excel.model.schema import Sheet as Declared
from pst_excel.model.words.kinds import Need
from pst_excel.returns.frames import Batch

TITLE, KEY = "Intitulé ƒ", "Clé ƒ"
_KEY = 3  # the position of the hidden column of the keys
_TITLE = 64  # the width of the titles
_FIRST = 4  # that of the first figure


def write_evaluation(
    book: BookWriter, evaluation: Evaluation, batch: Batch, names: Names, context: str
) -> SheetWriter:
    """Write the sheet; what people wrote in it before stays on the row of its record."""
    declared = batch.plan[evaluation.sheet]
    page = book.sheet(declared.title, palette.tab_of(declared.shade))
    page.heading(declared.title, declared.question, 0)
    note = "À gauche, les colonnes calculées (ƒ) ; à droite, vos appréciations et décisions : elles"
    page.put(2, 0, f"{note} sont conservées d’une consolidation à l’autre. {evaluation.note}",
             book.format(palette.SMALL, palette.TEXTS))  # fmt: skip
    level, code = (declared[key] for key in declared.identity)
    human = [column for column in declared.inputs if column not in (level, code)]
    computed = evaluation.levels[0].columns
    labels = [
        (level.label, Need.OPTIONAL, 8), (code.label, Need.REQUIRED, 8),
        (TITLE, Need.COMPUTED, _TITLE), (KEY, Need.COMPUTED, 8),
        *((f"{label} ƒ", Need.COMPUTED, 12) for label in distinct_labels(computed)),
        *((c.label, Need.ADVISED, c.width) for c in human),
    ]  # fmt: skip
    for position, (label, need, width) in enumerate(labels):
        figure = _FIRST <= position < _FIRST + len(computed)
        stand = palette.FIGURES if figure else palette.TEXTS
        style = book.format(palette.HEADING, palette.HEADINGS[need], stand)
        page.put(HEADING_ROW - 1, position, label, style)
        page.worksheet.set_column(position, position, width, None, {"hidden": position == _KEY})
    last = _Writer(page, evaluation, batch, names, human).write()
    place = WrittenRow(names, declared.key, HEADING_ROW)
    for position, asked in enumerate(human, start=_FIRST + len(computed)):
        validate(page, HEADING_ROW, position, last, asked, place)
    page.worksheet.freeze_panes(HEADING_ROW, _KEY)
    height = heading_height((label, width) for label, _, width in labels)
    page.worksheet.set_row(HEADING_ROW - 1, height)
    page.worksheet.autofilter(HEADING_ROW - 1, 0, last - 1, len(labels) - 1)
    page.page(A3, context, HEADING_ROW - 1)
    return page


def distinct_labels(columns: Sequence[PanelColumn]) -> list[str]:
    """Return the labels of columns, that of a detail after the one that it details."""
    labels, whole = [], ""
    for column in columns:
        whole = whole if column.minor else column.label
        labels.append(f"{whole}, {column.label}" if column.minor else whole)
    return labels


@dataclass(frozen=True)
class _Writer:
    """The rows of an evaluation being written."""

    page: SheetWriter
    evaluation: Evaluation
    batch: Batch
    names: Names
    human: list[Column]

    @property
    def after(self) -> int:
        """The position of the first column that people fill."""
        return _FIRST + len(self.evaluation.levels[0].columns)

    def write(self) -> int:
        """Write the lines, what was written about records that are gone, the total.

        Returns the last row.
        """
        page, plan = self.page, self.batch.plan
        written = _said(self.batch, plan[self.evaluation.sheet], self.human)
        lines, totals = evaluated(self.evaluation, self.batch.counted)
        row = HEADING_ROW
        for line in lines:
            self._line(row, line)
            texts = written.pop((line.level.name, str(line.heading.value)), {})
            _height(page, row, self.human, line.heading.label, texts)
            self._human(row, texts, line.level)
            row += 1
        for (name, record), texts in sorted(written.items()):
            page.put(row, 0, name, page.book.format(palette.TEXTS))
            page.put(row, 1, record, page.book.format(palette.TEXTS, num_format="@"))
            gone = page.book.format(palette.SMALL, palette.TEXTS, italic=True)
            words = f"(n’existe plus dans le {plan.short})" if name else "(d’aucune ligne)"
            page.put(row, 2, words, gone)
            self._human(row, texts, None)
            row += 1
        self._totals(row, totals)
        return row

    def _line(self, row: int, line: EvaluationLine) -> None:
        page, heading = self.page, line.heading
        look: palette.Look = dict(palette.LOWER if line.level.parent else palette.UPPER)
        if not heading.value:
            look = {**look, "italic": True}
        page.put(row, 0, line.level.name, page.book.format(look, palette.TEXTS))
        page.put(row, 1, heading.value, page.book.format(look, palette.TEXTS, num_format="@"))
        page.put(row, 2, heading.label, page.book.format(look, palette.TEXTS, text_wrap=True))
        write_key(page, row, _KEY, heading.key)
        for number, (column, value) in enumerate(zip(line.level.columns, line.values, strict=True)):
            formula = self._formulas[line.level.name][number]
            small = {**look, "font_size": 9} if column.minor else look
            form = page.book.format(
                small, palette.FIGURES, num_format=unit_format(column.unit, [value])
            )
            page.formula(
                row, _FIRST + number, formula.replace(AnyRow.ROW, str(row + 1)), value, form
            )

    @cached_property
    def _formulas(self) -> dict[str, list[str]]:
        """The formula of each column on every line of a level."""
        return {
            level.name: [on_any_line(c.quantity, level.key, _KEY, self.names)
                         for c in level.columns]
            for level in self.evaluation.levels
        }  # fmt: skip

    def _totals(self, row: int, totals: list[float | None]) -> None:
        """Write what all the lines of the first level make together."""
        page = self.page
        look: palette.Look = {"bold": True, "top": 1}
        page.put(row, 2, "Total", page.book.format(look, palette.TEXTS))
        for number, (column, value) in enumerate(
            zip(self.evaluation.levels[0].columns, totals, strict=True)
        ):
            form = page.book.format(
                look, palette.FIGURES, num_format=unit_format(column.unit, [value])
            )
            page.formula(row, _FIRST + number, column.quantity.render(self.names), value, form)

    def _human(self, row: int, texts: dict[str, str], level: Level | None) -> None:
        page = self.page
        fill = {"bg_color": palette.WHITE if level and not level.parent else palette.STRIPE}
        for number, column in enumerate(self.human):
            form = page.book.format(fill, palette.TEXTS, text_wrap=True, border=1,
                                    border_color=palette.GRID)  # fmt: skip
            page.put(row, self.after + number, texts.get(column.key), form)


def _said(
    batch: Batch, sheet: Declared, human: list[Column]
) -> dict[tuple[str, str], dict[str, str]]:
    """Return what people wrote, by level and code: the lines of what has no place have no code."""
    level, code = sheet.identity
    frame = batch.frames[sheet.key].fillna({level: "", code: ""})
    written = {}
    for _, row in frame.iterrows():
        texts = {c.key: row[c.key] for c in human if isinstance(row[c.key], str)}
        if texts:
            written[(row[level], row[code])] = texts
    return written


def _height(
    page: SheetWriter, row: int, human: list[Column], title: str, texts: dict[str, str]
) -> None:
    shown = [(title, _TITLE), *((texts.get(column.key, ""), column.width) for column in human)]
    height = height_of(max(lines_of(text, width - INDENT) for text, width in shown))
    page.worksheet.set_row(row, height)
