"""The modernised workbook: today's template filled, what people had added, the list of changes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from pst_excel.cells.grid import Rows
from pst_excel.excel import palette
from pst_excel.excel.books.template import EPOCH, write_template
from pst_excel.excel.names import stem
from pst_excel.excel.sheets.table import write_table
from pst_excel.excel.xlsx import BookWriter
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.titles import LISEZ_MOI, MODERNISATION
from pst_excel.model.words.wording import ranges
from pst_excel.ooxml.package.names import main
from pst_excel.ooxml.workbook import Workbook
from pst_excel.text.spelling import fold
from pst_excel.upgrading.additions import Additions, written_again
from pst_excel.upgrading.changes import Change, ChangeKind, in_order
from pst_excel.upgrading.foreign_sheets import (
    FORMATS,
    NOT_TAKEN,
    with_foreign_sheets,
    write_value,
    write_values,
)
from pst_excel.upgrading.old_layout import CellPlace, Source
from pst_excel.upgrading.original import STUMBLES, Original, open_original, why_of
from pst_excel.upgrading.styles import Looks
from pst_excel.upgrading.upgrade import Upgrade

WHOLE = "(classeur)"
_ALL = 10_000  # the list names every place
_LIST = (("Nature", 16), ("Feuille", 20), ("Élément", 44), ("Avant", 44), ("Après", 44))
_QUESTION = (
    "Ce qui a changé depuis l’ancien classeur. Sous « Non repris », les cellules sont celles de"
    " l’ancien ; la présentation des feuilles du plan est celle du modèle actuel."
)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def write_modernised(result: Upgrade, data: bytes, source: Source) -> tuple[bytes, list[Change]]:
    """Return the new workbook, and all its changes: what could not be taken along is among them."""
    original = open_original(data, source)
    try:
        return _written(result, original)
    except STUMBLES as error:  # the values have been read
        return _written(result, replace(original, book=None, why=why_of(error)))


def _written(result: Upgrade, original: Original) -> tuple[bytes, list[Change]]:
    writing = _Writing(result, original)
    template = write_template(result.content, writing.into)
    with_sheets, foreign = with_foreign_sheets(template, original, writing.titles)
    book = Workbook(with_sheets)
    changes = [*result.changes, *writing.changes, *foreign, *_whole(result, original, book)]
    changes = in_order(changes, [sheet.title for sheet in result.content.plan])
    title = free_title(MODERNISATION, {fold(title) for title in book.titles}, "nouvelle")
    book.graft(_list(title, result.file, changes), [title])
    return book.to_bytes(), changes


def _list(title: str, file: str, changes: Sequence[Change]) -> bytes:
    """Return a workbook of one sheet: the list of changes."""
    book = BookWriter(title, "", EPOCH)
    page = book.sheet(title, palette.TABS["program"])
    page.heading(MODERNISATION, _QUESTION, 0)
    rows = [
        (str(c.kind), c.sheet, f"{c.element} · {ranges(c.cells, _ALL)}".rstrip(" ·"), c.before,
         c.after)
        for c in changes
    ]  # fmt: skip
    write_table(page, _LIST, rows, f"{file} · {MODERNISATION}")
    return book.bytes()


def is_list(rows: Rows) -> bool:
    """Tell whether a sheet is the list of an earlier modernisation."""
    labels = [label for label, _ in _LIST]
    return (
        len(rows) >= HEADING_ROW
        and rows[0][0] == MODERNISATION
        and list(rows[HEADING_ROW - 1][: len(labels)]) == labels
    )


def free_title(title: str, taken: Collection[str], word: str = "ancienne") -> str:
    """Return a title that Excel accepts, and that no other sheet has: a word tells it apart."""
    clean = _FORBIDDEN.sub(" ", title).strip("' ")[:31].rstrip("' ") or "Feuille"
    found, number = clean, 1
    while fold(found) in taken:
        number += 1
        mark = f" ({word})" if number == 2 else f" ({word} {number - 1})"
        found = clean[: 31 - len(mark)] + mark
    return found


def _whole(result: Upgrade, original: Original, book: Workbook) -> Iterator[Change]:
    """Give what belongs to the old workbook as a whole, and is not in the new one."""
    if original.why:
        yield Change(ChangeKind.LOST, WHOLE, NOT_TAKEN, "", original.why)
    for words in original.whole:
        yield Change(ChangeKind.LOST, WHOLE, words)
    for title in original.source.others:
        yield Change(ChangeKind.LOST, title, "feuille graphique ou de macros")
    if original.book is None:
        return
    names = main("definedName")
    kept = {defined.get("name", "").casefold() for defined in book.root.iter(names)}
    ours = ("_xl", *(f"{stem(sheet)}_" for sheet in result.content.plan))
    for defined in original.book.root.iter(names):
        name = defined.get("name", "")
        local = defined.get("localSheetId") is not None
        if not local and name.casefold() not in kept and not name.startswith(ours):
            yield Change(ChangeKind.LOST, WHOLE, f"nom « {name} »", defined.text or "")


class _Writing:
    """What is put in the template beside its content: notes, cells of people, sheets in waiting.

    `titles` are the new titles of the sheets that people added, by the old ones.
    """

    def __init__(self, result: Upgrade, original: Original) -> None:
        self.result, self.original = result, original
        self.places: dict[CellPlace, CellPlace] = dict(result.places)
        self.titles: dict[str, str] = {}
        self.changes: list[Change] = []

    def into(self, book: BookWriter) -> None:
        """Put it all in the workbook that is being written."""
        self._beside(book)
        self._local_columns(book)
        self._additions(book)
        self._sheets(book)

    def _beside(self, book: BookWriter) -> None:
        """Write what stood next to the fields, under them, and to the lists, on their right."""
        for title, cells in self.result.beside.items():
            ws = book.workbook.get_worksheet_by_name(title)
            form = title == self.result.content.plan.form.title
            down, right = (ws.dim_rowmax + 2, 0) if form else (HEADING_ROW, ws.dim_colmax + 2)
            for old, row, column, value in cells:
                self._put(book, ws, (down + row, right + column), value, old)
                self.places[old] = title, down + row, right + column

    def _local_columns(self, book: BookWriter) -> None:
        """Write again the cells of local columns that are not texts, as they were shown."""
        before = {place: old for old, place in self.places.items()}
        for table in self.result.content.tables.values():
            ws = book.workbook.get_worksheet_by_name(table.title)
            for name, values in table.locals.items():
                column = list(table.letters).index(name) + 1
                for row, value in zip(table.rows, values, strict=True):
                    if not isinstance(value, str):
                        old = before[table.title, row, column]
                        self._put(book, ws, (row, column), value, old)

    def _put(
        self, book: BookWriter, ws: Any, place: tuple[int, int], value: Any, old: CellPlace
    ) -> None:
        form = book.format(text_wrap=True, num_format=self._number_format(old, value))
        write_value(ws, place[0] - 1, place[1] - 1, value, form)

    def _number_format(self, place: CellPlace, value: Any) -> str | int:
        title, row, column = place
        old = self.original.book
        if old is not None and title in old and (style := old[title].style_at(row, column)):
            return Looks(old.styles).number_format(style)
        return FORMATS.get(type(value), "General")

    def _additions(self, book: BookWriter) -> None:
        """Put the notes of the sheets of the plan; say what else people added there."""
        old, plan = self.original.book, self.result.content.plan
        for sheet in plan:
            title = self.result.titles.get(sheet.key)
            if title is None or sheet.program or old is None or title not in old:
                continue
            additions = Additions(book, old, self.original.source, plan, self.places)
            self.changes += additions.carry(sheet, title)

    def _sheets(self, book: BookWriter) -> None:
        """Make a sheet for each of those that people added, in their order.

        It is blank where the old one may be taken; else it holds the values.
        """
        old, source = self.original.book, self.original.source
        known = () if old is None else old.root.iter(main("sheet"))
        states = {sheet.get("name", ""): sheet.get("state", "") for sheet in known}
        for title in self.result.local:
            if title == LISEZ_MOI or is_list(source.sheets[title]):
                if old is not None and title in old:
                    self.changes += written_again(old[title])
                continue
            taken = {fold(sheet.get_name()) for sheet in book.workbook.worksheets()}
            name = free_title(title, taken | {fold(MODERNISATION)} - {fold(title)})
            page = book.sheet(name, palette.TABS["help"])
            self.titles[title] = name
            if old is None:
                write_values(page, source.sheets[title])
            if states.get(title) == "veryHidden":
                page.worksheet.very_hidden()
            elif title in source.hidden:
                page.worksheet.hide()
