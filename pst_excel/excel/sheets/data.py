"""How the data sheets of a plan are written: blank for the template, or filled with a merged plan.

The same code writes both, so a consolidated workbook is the template, filled.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from pst_excel.cells.values import Value
from pst_excel.excel import palette
from pst_excel.excel.formats import look, titled, validate
from pst_excel.excel.marks import write_marks
from pst_excel.excel.names import FIRST, AnyRow, Names, TableRow, WrittenRow, heading
from pst_excel.excel.paper import A3
from pst_excel.excel.sheets.bands import folded, parted, write_bands
from pst_excel.excel.sheets.fitting import Fitted, Shown, fitted
from pst_excel.excel.sheets.form import write_form, write_lists
from pst_excel.excel.sheets.lent_rows import LentRows
from pst_excel.excel.xlsx import BookWriter, Options, SheetWriter
from pst_excel.model.formulas import Scope
from pst_excel.model.schema import COMPANION, HEADING_ROW, Column
from pst_excel.model.schema import Sheet as Declared
from pst_excel.model.words.above import legend
from pst_excel.model.words.kinds import Kind, Layout, Need, Where
from pst_excel.returns.frames import Batch, values_of
from pst_excel.returns.tables import Return, Table

LOCAL_WIDTH = 18
_LOCAL: palette.Look = {"text_wrap": True}
_TEXTS = (Kind.TEXT, Kind.CHOICE)


def write_data(book: BookWriter, names: Names, batch: Batch, footer: str) -> None:
    """Write every sheet that people fill, in order; the batch holds one return, computed."""
    (content,) = batch.returns
    for sheet in content.plan:
        if sheet.layout is Layout.FORM:
            write_form(book, content, names, footer)
        elif sheet.layout is Layout.LISTS:
            write_lists(book, names, content.lists, footer)
        elif not sheet.program:
            band = palette.BANDS[sheet.shade] if sheet.shade is not None else None
            page = book.sheet(sheet.title, palette.tab_of(sheet.shade))
            _Writer(page, sheet, names, batch).write(footer, band)
    names.define(book)


@dataclass
class _Writer:
    """One data sheet being written."""

    page: SheetWriter
    sheet: Declared
    names: Names
    batch: Batch

    @cached_property
    def content(self) -> Return:
        return self.batch.returns[0]

    @cached_property
    def table(self) -> Table | None:
        return self.content.tables.get(self.sheet.key)

    @cached_property
    def letters(self) -> list[str]:
        return list(self.names.letters[self.sheet.key])

    @cached_property
    def columns(self) -> list[Column | None]:
        """The declared column at each position, None where it is a local one."""
        declared = {column.key: column for column in self.sheet.columns}
        return [declared.get(key) for key in self.letters]

    @cached_property
    def first(self) -> int:
        """The position of the first column that is seen."""
        return next(n for n, c in enumerate(self.columns) if c is None or not c.hidden)

    @cached_property
    def _kept(self) -> int:
        """The position of the last column that stays in sight."""
        return self.letters.index(self.sheet.last_kept)

    @cached_property
    def _folded(self) -> list[dict[str, bool | int]]:
        """How each column folds: who has rows opens what is looked for, a blank sheet shows all."""
        received = [at for at, key in enumerate(self.letters) if key.endswith(COMPANION)]
        return folded(self.columns, bool(self.table), received)

    @cached_property
    def _fitted(self) -> Fitted:
        """The widths and the heights; the whole plan is printed, and its texts have more room."""
        rows = len(self.table) if self.table is not None else 0
        whole = self.names.where is Where.WHOLE
        shown = [self._shown(position) for position in range(len(self.letters))]
        return fitted(shown, rows, self._kept, spread=whole and rows > 0)

    def _shown(self, position: int) -> Shown:
        """Return a column as it is seen, with the texts that can make a row higher."""
        key, column = self.letters[position], self.columns[position]
        title, table = self.headings[position], self.table
        width = LOCAL_WIDTH if column is None else column.width
        if table is None or self._folded[position]["hidden"]:
            return Shown(title, 0 if self._folded[position]["hidden"] else width)
        if column is None:
            return Shown(title, width, table.locals.get(key, ()), wraps=True)
        wraps = "text_wrap" in self._look(column)
        if not (wraps or column.kind in _TEXTS):
            return Shown(title, width)
        computed = column.need is Need.COMPUTED
        texts = self._frame[key].tolist() if computed else table.columns[key]
        return Shown(title, width, texts, wraps)

    def _look(self, column: Column) -> palette.Look:
        """Return how cells look: the whole plan has at length elsewhere what a formula says again.

        So it stands on one line there.
        """
        form = look(column)
        if self.names.where is Where.WHOLE and column.need is Need.COMPUTED:
            return {name: value for name, value in form.items() if name != "text_wrap"}
        return form

    @cached_property
    def headings(self) -> list[str]:
        """The headings; Excel wants those of a table different whatever their case."""
        found: dict[str, int] = {}
        texts = []
        for key, column in zip(self.letters, self.columns, strict=True):
            text = heading(column) if column is not None else key
            again = found[text.casefold()] = found.get(text.casefold(), 0) + 1
            texts.append(text if again == 1 else f"{text} ({again})")
        return texts

    def write(self, footer: str, band: tuple[str, str] | None) -> None:
        """Write the sheet: headings, cells, formulas, marks, what makes it handy, its printing."""
        page, (fill, text) = self.page, band or (palette.WHITE, palette.GREY)
        page.heading(self.sheet.title, self.sheet.question, self.first, band)
        known = page.book.format(palette.SMALL, palette.TEXTS, bg_color=fill, font_color=text,
                                 valign="vcenter")  # fmt: skip
        page.put(0, self._kept + 1, legend(self.names.where), known)
        if self._kept > self.first:  # what leads to the controls may be written there
            page.put(0, self._kept, None, known)
        write_bands(page, self.columns, fill)
        for position in range(len(self.letters)):
            self._column(position)
        self._tabled()
        for position, column in enumerate(self.columns):
            if column is not None and column.need is Need.COMPUTED:
                self._formulas(position, column)
            elif self.table is not None:
                self._cells(position, column, self.table)
        if self.table is not None:
            self._heights(self.table)
        write_marks(self.page, self.sheet, self.names)
        self._lay_out(footer)

    def _column(self, position: int) -> None:
        """Set the heading, the width, the format, the list and the help of a column."""
        page, book, column = self.page, self.page.book, self.columns[position]
        page.put(HEADING_ROW - 1, position, self.headings[position], book.format(titled(column)))
        declared = LOCAL_WIDTH if column is None else column.width
        width = self._fitted.widths[position] or declared
        form = book.format(_LOCAL if column is None else self._look(column))
        page.worksheet.set_column(position, position, width, form, self._folded[position])
        if column is None:
            return
        if column.need is not Need.COMPUTED and not column.hidden:
            last = self.names.last[self.sheet.key] - 1
            place = WrittenRow(self.names, self.sheet.key, FIRST)
            validate(self.page, FIRST, position, last, column, place)

    def _tabled(self) -> None:
        """Make the rows that services fill a table, which grows with its formulas; else filter."""
        ws, width = self.page.worksheet, len(self.letters) - 1
        if self.names.where is Where.WHOLE:
            ready = FIRST + len(self.table) - 1 if self.table else FIRST
            ws.autofilter(HEADING_ROW - 1, 0, max(ready, FIRST), width)
            return
        place = TableRow(self.names, self.sheet.key, FIRST)
        columns = []
        for text, column in zip(self.headings, self.columns, strict=True):
            form = self.page.book.format(titled(column))
            options: Options = {"header": text, "header_format": form}
            if column is not None and column.need is Need.COMPUTED:
                options["formula"] = column.expression.render(place)
            columns.append(options)
        last = self.names.calculated[self.sheet.key] - 1
        name = self.names.table(self.sheet.key)
        self.page.table((HEADING_ROW - 1, 0, last, width), name, columns)

    def _cells(self, position: int, column: Column | None, table: Table) -> None:
        """Write the values of a column; what a service wrote and was not understood stands there.

        In the whole plan it stands beside: figures are computed from values only.
        """
        page, key = self.page, self.letters[position]
        if column is None:
            for at, value in enumerate(table.locals.get(key, ())):
                plain = _plain(value)
                shown: palette.Look = palette.TEXTS if isinstance(plain, str) else {}
                if isinstance(plain, dt.date):
                    shown = {"num_format": palette.NUMBER_FORMATS[Kind.DATE]}
                page.put(FIRST + at, position, plain, page.book.format(_LOCAL, shown))
            return
        form = page.book.format(look(column))
        for at, value in enumerate(table.columns[key]):
            if value is not None:
                page.put(FIRST + at, position, value, form)
        for row, read in self._unread.get(key, ()):
            page.put(row - 1, position, read, form)

    @cached_property
    def _unread(self) -> dict[str, list[tuple[int, str]]]:
        """What a service wrote and was not understood: the row and the text, by column."""
        unread: dict[str, list[tuple[int, str]]] = {}
        if self.names.where is Where.RETURN:
            for (sheet, row, key), read in self.content.not_understood().items():
                if sheet == self.sheet.key:
                    unread.setdefault(key, []).append((row, read))
        return unread

    def _formulas(self, position: int, column: Column) -> None:
        """Write the live formulas of a computed column, on the rows and on the spare ones."""
        values = values_of(self._frame[column.key])
        blank = self._blank[column.key]
        form = self.page.book.format(self._look(column))
        rows = TableRow if self.names.where is Where.RETURN else AnyRow
        formula = column.expression.render(rows(self.names, self.sheet.key, FIRST))
        for at in range(self.names.calculated[self.sheet.key] - FIRST):
            row = FIRST + at
            self.page.formula(row, position, formula.replace(AnyRow.ROW, str(row + 1)),
                              values[at] if at < len(values) else blank, form)  # fmt: skip

    @cached_property
    def _frame(self) -> pd.DataFrame:
        """The rows of the sheet, with what the workbook computes of them."""
        whole = self.names.where is Where.WHOLE
        return (self.batch.counted if whole else self.batch.frames)[self.sheet.key]

    @cached_property
    def _blank(self) -> dict[str, Value]:
        """The value of each computed column on a row that nobody has started.

        In the workbook of a service they are all blank: nothing is counted there but by rows.
        """
        if self.names.where is Where.RETURN:
            return {column.key: None for column in self.sheet.computed}
        row = self._frame.reindex(
            pd.MultiIndex.from_tuples([(0, 0)], names=self._frame.index.names)
        )
        # It names nothing and nothing names it: whatever stands in the other rows.
        others = {key: frame.iloc[:0] for key, frame in self.batch.counted.items()}
        frames = others | {self.sheet.key: row}
        scope = Scope(frames, self.sheet.key, self.batch.parameters)
        values = {}
        computed = [c for c in self.sheet.computed if c.stands(Where.WHOLE)]
        for column in sorted(computed, key=lambda c: c.expression.step):
            found = column.expression.evaluate(scope)
            row[column.key], values[column.key] = found, values_of(found)[0]
        return values

    def _heights(self, table: Table) -> None:
        """Give each row the height of its longest wrapped text: LibreOffice does not by itself."""
        lent = LentRows.of(table) if self.names.where is Where.RETURN else LentRows()
        lent.write_rows(self.page, self._fitted.heights)
        lent.announce(self.page, self.first)

    def _lay_out(self, footer: str) -> None:
        """Freeze the headings and what names a row, set the printing up."""
        ws, kept = self.page.worksheet, self._kept
        ws.freeze_panes(HEADING_ROW, kept + 1)
        ws.hide_gridlines(0)  # they print: a border of a mark turns black where LibreOffice saves
        ws.set_row(HEADING_ROW - 1, self._fitted.head)
        if self.names.where is Where.WHOLE:
            if self.table:
                ws.print_area(0, 0, FIRST + len(self.table) - 1, len(self.letters) - 1)
            way = self._fitted.way
            self.page.page(A3, footer, HEADING_ROW - 1, way.across, kept, way.portrait)
            return
        self.page.page(A3, footer, HEADING_ROW - 1)
        pixels = [width and width * 7 + 5 for width in self._fitted.widths]
        if parts := parted(self.columns, pixels, kept):
            self.page.part(*parts, keep=kept)


def _plain(value: object) -> object:
    """Return a local column's cell as something a cell can hold."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, str | float | int | dt.date):
        return value
    return str(value)
