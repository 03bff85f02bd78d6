"""The sheet « Depuis la dernière fois »: what changed since the previous consolidation, first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.consolidating.evolution import Step, steps
from pst_excel.consolidating.since import Block
from pst_excel.excel import palette
from pst_excel.excel.palette import Look
from pst_excel.excel.wrapping import INDENT, height_of, lines_of
from pst_excel.excel.xlsx import A4, BookWriter, SheetWriter
from pst_excel.model.words.keys import CODE, ID
from pst_excel.model.words.kinds import Need
from pst_excel.model.words.titles import DEPUIS, HISTORIQUE
from pst_excel.model.words.wording import plural, shortened
from pst_excel.tracing.since_words import answered, compared_with, counts_of, in_brief

MOST = 15  # lines of a block; what is left is counted
_WIDTHS = (2, 9, 50, 24, 28, 28, 36)
_CODE, _NAME, _SERVICE, _BEFORE, _AFTER, _AUTHOR = range(1, 7)
_LONGEST = 200  # characters of a value


def write_since(book: BookWriter, consolidation: Consolidation, context: str) -> None:
    """Write the figures then and now, what became of which record, how much else changed."""
    page = book.sheet(DEPUIS, palette.TABS["program"])
    page.worksheet.hide_gridlines(2)
    page.heading(f"{DEPUIS} — qu’est-ce qui a changé ?", context)
    for position, width in enumerate(_WIDTHS):
        page.worksheet.set_column(position, position, width)
    page.worksheet.freeze_panes(2, 0)
    page.page(A4, context)
    since = consolidation.since
    page.put(3, _CODE, compared_with(consolidation), book.format(palette.SMALL, font_size=11))
    if since is None:
        return
    words = in_brief(since)
    row = _sentence(page, 4, f"{words[:1].upper()}{words[1:]}.") + 1
    row = _figures(page, row, steps(consolidation))
    writer = _Blocks(page, consolidation)
    for block in since.blocks:
        row = writer.block(row, block)
    counts = counts_of(since, consolidation.plan)
    row = _pairs(page, row, "Tout ce qui a changé, feuille par feuille", counts)
    _pairs(page, row, "Les services", answered(since))


def _title(page: SheetWriter, row: int, title: str) -> None:
    page.put(row, _CODE, title, page.book.format(font_size=14, bold=True, font_color=palette.INK))


def _sentence(page: SheetWriter, row: int, words: str) -> int:
    """Write a sentence across the sheet; return the next row."""
    form = page.book.format(bold=True, text_wrap=True, font_size=12)
    page.across(row, _CODE, _AUTHOR, words, form)
    # Bold texts of 12 points are wider than what is measured.
    page.worksheet.set_row(row, height_of(lines_of(words, sum(_WIDTHS[1:]) * 0.85)) + 4)
    return row + 1


def _headings(page: SheetWriter, row: int, labels: Sequence[str], figures: int = 99) -> None:
    """Write the headings of a table from a first column on; those of figures stand as they do."""
    for at, label in enumerate(labels, start=_CODE):
        stand = palette.FIGURES if at >= figures else palette.TEXTS
        style = page.book.format(palette.HEADING, palette.HEADINGS[Need.REQUIRED], stand)
        page.put(row, at, label, style)
    page.worksheet.set_row(row, 22)


def _figures(page: SheetWriter, row: int, found: Sequence[Step]) -> int:
    """Write the headline figures, before, now, and what each gained; return the next free row."""
    book = page.book
    _title(page, row, "Les chiffres")
    _headings(page, row + 1, ("", "", "Avant", "Maintenant", "Écart"), _SERVICE)
    head = book.format(palette.HEADING, palette.HEADINGS[Need.REQUIRED], palette.TEXTS)
    page.across(row + 1, _CODE, _NAME, "Chiffre", head)
    row += 2
    for step in found:
        name = book.format(palette.RULED, palette.TEXTS)
        page.across(row, _CODE, _NAME, step.figure.label, name)
        shown: Look = {**palette.FIGURES, "num_format": palette.UNIT_FORMATS[step.figure.unit]}
        gained: Look = {**palette.FIGURES, "num_format": palette.GAINS[step.figure.unit]}
        difference = step.difference
        if difference is not None and step.figure.unit == "%":
            difference = round(difference * 100, 8)
        page.put(row, _SERVICE, step.before, book.format(palette.RULED, shown))
        page.put(row, _BEFORE, step.after, book.format(palette.RULED, shown, bold=True))
        page.put(row, _AFTER, difference, book.format(palette.RULED, gained))
        row += 1
    return row + 1


@dataclass(frozen=True)
class _Blocks:
    """The blocks of records being written, each record leading to its row."""

    page: SheetWriter
    consolidation: Consolidation

    def block(self, row: int, block: Block) -> int:
        """Write a block from a row on; return the next free row."""
        page, main = self.page, self.consolidation.plan.main
        _title(page, row, block.title)
        counts = " · ".join(filter(None, [*block.counts, block.undone]))
        page.put(row + 1, _CODE, counts, page.book.format(palette.SMALL))
        if not block.lines:
            return row + 3
        owner = main[main.owner].label if main.owner else ""
        name = main.records[0]
        _headings(page, row + 2, ("Code", name[:1].upper() + name[1:], owner, "Avant", "Après",
                                  "Dit par"))  # fmt: skip
        row += 3
        for line in block.lines[:MOST]:
            author = line.author or block.unsaid
            texts = [line.name, line.service, line.before, line.after, author]
            self._line(row, line.id, line.code, [shortened(text, _LONGEST) for text in texts])
            row += 1
        if (more := len(block.lines) - MOST) > 0:
            where = HISTORIQUE if all(line.author for line in block.lines) else main.title
            words = f"et {plural(more, 'autre')} : feuille « {where} »"
            page.put(row, _CODE, words, page.book.format(palette.SMALL, italic=True))
            row += 1
        return row + 1

    def _line(self, row: int, ident: str, code: str, texts: Sequence[str]) -> None:
        page = self.page
        cell = self._cells.get(ident, "")
        if cell and code:
            form = page.book.format(palette.LINK, palette.RULED, palette.TEXTS)
            page.link(row, _CODE, self.consolidation.plan.main.title, cell, code, form)
        else:
            form = page.book.format(palette.RULED, palette.TEXTS, num_format="@")
            page.put(row, _CODE, code, form)
        lines = 1
        form = page.book.format(palette.RULED, palette.TEXTS, text_wrap=True)
        for at, text in enumerate(texts, start=_NAME):
            page.put(row, at, text, form)
            lines = max(lines, lines_of(text, _WIDTHS[at] - INDENT))
        page.worksheet.set_row(row, height_of(lines))

    @cached_property
    def _cells(self) -> dict[str, str]:
        """The cells of the codes of the main sheet, by the ids of their rows."""
        table = self.consolidation.merged.tables[self.consolidation.plan.main.key]
        ids = zip(table.columns.get(ID, ()), table.rows, strict=False)
        return {str(ident): table.cell(CODE, row) for ident, row in ids}


def _pairs(page: SheetWriter, row: int, title: str, pairs: Sequence[tuple[str, str]]) -> int:
    """Write lines of a name and what is said of it; return the next free row."""
    if not pairs:
        return row
    _title(page, row, title)
    row += 1
    room = sum(_WIDTHS[_SERVICE:]) - INDENT
    name = page.book.format(palette.TEXTS, palette.RULED, text_wrap=True)
    said = page.book.format(palette.TEXTS, palette.RULED, text_wrap=True)
    for label, words in pairs:
        page.across(row, _CODE, _NAME, label, name)
        page.across(row, _SERVICE, _AUTHOR, words, said)
        page.worksheet.set_row(row, height_of(lines_of(words, room)))
        row += 1
    return row + 1
