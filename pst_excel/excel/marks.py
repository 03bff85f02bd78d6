"""What a data sheet shows by itself: statuses, progress, rows lent, cells missing or in doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pst_excel.excel import palette
from pst_excel.excel.formats import bar_in_cell, severe, when
from pst_excel.excel.names import FIRST, Names, WrittenRow
from pst_excel.excel.xlsx import Options, SheetWriter, options
from pst_excel.model.expressions.core import All
from pst_excel.model.findings import Severity
from pst_excel.model.formulas import Expression
from pst_excel.model.row_status import (
    AWAITED,
    OWN,
    STATE,
    TO_UPDATE,
    Started,
    conditions,
    demanded,
    is_blank,
    refusals,
)
from pst_excel.model.schema import HEADING_ROW, Column
from pst_excel.model.schema import Sheet as Declared
from pst_excel.model.words.keys import ROW_ROLE
from pst_excel.model.words.kinds import Kind, Need, Where
from pst_excel.model.words.roles import Role
from pst_excel.model.words.vocabulary import Vocabulary


def write_marks(page: SheetWriter, sheet: Declared, names: Names) -> None:
    """Write every conditional format of a sheet: for each column, what matters most first.

    One area a column: where areas overlap, Excel and LibreOffice do not choose alike.
    """
    row = WrittenRow(names, sheet.key, FIRST)
    last = names.last[sheet.key] - 1
    watched = names.where is Where.RETURN and STATE in sheet
    live = _live(page, sheet, row) if watched else {}
    columns = {column.key: column for column in sheet.columns}
    _mark_year(page, sheet, names)
    for at, key in enumerate(names.letters[sheet.key]):
        marks = [*live.get("", []), *live.get(key, []), *_known(page, columns.get(key), watched)]
        marks += _exact(page, columns.get(key), row)
        for mark in marks:
            page.mark((FIRST, at, last, at), mark)


def _live(page: SheetWriter, sheet: Declared, row: WrittenRow) -> dict[str, list[Options]]:
    """Return what watches the rows while they are filled, by column; under "" what all share."""
    found: dict[str, list[Options]] = defaultdict(list)
    found[""].append(when(f'{row.cell(ROW_ROLE)}<>""', page.book.mark(dict(palette.LENT))))
    for key, condition, severity in watched_cells(sheet, row.names):
        found[key].append(severe(page, severity, condition.render(row)))
    for sign, (fill, text) in palette.STATES.items():
        if sign == TO_UPDATE[0] and AWAITED not in sheet:
            continue
        form = page.book.mark({"bg_color": fill, "font_color": text})
        found[STATE].append(when(f'LEFT({row.cell(STATE)},1)="{sign}"', form))
    return found


def watched_cells(sheet: Declared, names: Names) -> Iterator[tuple[str, Expression, Severity]]:
    """Give the cells missing and those at which a rule points: column, condition, severity."""
    visible = [c.key for c in sheet.inputs if not c.hidden and c.key in names.letters[sheet.key]]
    mine = (Started(tuple(visible)), OWN)
    for column in demanded(sheet):
        yield column.key, All((is_blank(column), *mine)), Severity.ERROR
    for key, condition in refusals(sheet):
        yield key, All((condition, OWN)), Severity.ERROR
    ranked = sorted(conditions(sheet, names.plan.rules), key=lambda found: found[0].severity.rank)
    for rule, key, condition in ranked:
        yield key, All((condition, *mine)), rule.severity


def _mark_year(page: SheetWriter, sheet: Declared, names: Names) -> None:
    """Mark the heading of the year that is told: there its value is to be filled."""
    observed = names.plan.form.by_role.get(Role.OBSERVED)
    if observed is None:
        return
    letters = list(names.letters[sheet.key])
    for column in sheet.columns:
        if column.year and column.key in letters:
            at, day = letters.index(column.key), names.parameter(observed.key)
            mark = when(f"YEAR({day})={column.year}", page.book.mark(palette.YEAR))
            page.mark((HEADING_ROW - 1, at, HEADING_ROW - 1, at), mark)


def _known(page: SheetWriter, column: Column | None, typed: bool) -> Iterator[Options]:
    """Give the colours of the choices that have one and the bar of the progress.

    There is no bar where it is `typed`: of « 80% », which is 0,8, it would show nothing.
    """
    if column is None:
        return
    if column.vocabulary is not None:
        for label, (fill, text) in _colored(column.vocabulary):
            form = page.book.mark({"bg_color": fill, "font_color": text})
            yield options(type="cell", criteria="==", value=f'"{label}"', format=form)
    elif column.kind is Kind.PERCENT and not typed:
        yield bar_in_cell(100)


def _exact(page: SheetWriter, column: Column | None, row: WrittenRow) -> Iterator[Options]:
    """Give what shows a typed number as it is read; LibreOffice takes one mark of a cell only."""
    if column is None or column.many or column.need is Need.COMPUTED:
        return
    for formula, shown in palette.EXACT_FORMATS.get(column.kind, ()):
        form = page.book.mark({"num_format": shown})
        yield when(formula.format(row.cell(column.key)), form)


def _colored(vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[str, str]]]:
    """Give the choices that have a colour, with it, in the order of the palette."""
    for color, look in palette.COLORS.items():
        yield from ((choice.label, look) for choice in vocabulary.choices if choice.color is color)
