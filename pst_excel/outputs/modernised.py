"""The modernised workbook: today's template filled, what people had added, the list of changes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from pst_excel.grids import Rows
from pst_excel.modernising import Modernised
from pst_excel.outdated import MODERNISATION, Change, Nature, Place, Source, in_order
from pst_excel.outputs import palette
from pst_excel.outputs.additions import Additions
from pst_excel.outputs.carried import FORMATS, Carrier, notes_of, write_value, write_values
from pst_excel.outputs.looks import OURS, Looks, number_format
from pst_excel.outputs.names import stem
from pst_excel.outputs.original import Original, open_original
from pst_excel.outputs.reports import write_table
from pst_excel.outputs.template import write_template
from pst_excel.outputs.welcome import LISEZ_MOI
from pst_excel.outputs.xlsx import Book
from pst_excel.schema import HEADING_ROW
from pst_excel.spelling import fold
from pst_excel.wording import plural, ranges

WHOLE = "(classeur)"
_ALL = 10_000  # the list names every place
_LIST = (("Nature", 16), ("Feuille", 20), ("Élément", 44), ("Avant", 44), ("Après", 44))
_QUESTION = (
    "Ce qui a changé depuis l’ancien classeur. Sous « Non repris », les cellules sont celles de"
    " l’ancien ; la présentation est celle du modèle actuel."
)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def write_modernised(result: Modernised, data: bytes, source: Source) -> bytes:
    """Return the new workbook; what could not be taken along is added to the list of changes."""
    original = open_original(data, source)
    changes: list[Change] = []

    def extra(book: Book) -> None:
        changes.extend(_Carrying(book, original, result).carry())
        titles = [sheet.title for sheet in result.content.plan]
        result.changes[:] = in_order([*result.changes, *changes], titles)
        _write_list(book, result)

    return write_template(result.content, extra)


def _write_list(book: Book, result: Modernised) -> None:
    title = free_title(MODERNISATION, _taken(book), "nouvelle")
    page = book.sheet(title, palette.TABS["program"])
    page.heading(MODERNISATION, _QUESTION, 0)
    rows = [
        (str(c.nature), c.sheet, f"{c.element} · {ranges(c.cells, _ALL)}".rstrip(" ·"), c.before,
         c.after)
        for c in result.changes
    ]  # fmt: skip
    write_table(page, _LIST, rows, f"{result.file} · {MODERNISATION}")


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
    clean = _FORBIDDEN.sub(" ", title).strip("' ")[:31] or "Feuille"
    found, number = clean, 1
    while fold(found) in taken:
        number += 1
        mark = f" ({word})" if number == 2 else f" ({word} {number - 1})"
        found = clean[: 31 - len(mark)] + mark
    return found


def _taken(book: Book) -> set[str]:
    return {fold(sheet.get_name()) for sheet in book.workbook.worksheets()}


class _Carrying:
    """The work of putting in the new workbook what stood in the old one besides the values."""

    def __init__(self, book: Book, original: Original, result: Modernised) -> None:
        self.book, self.original, self.result = book, original, result
        self.plan = result.content.plan
        self.looks = Looks(original.book, book) if original.book is not None else None

    def carry(self) -> Iterator[Change]:
        """Write everything; give what is kept and what is not."""
        yield from self._whole()
        self._beside()
        self._local_columns()
        for sheet in self.plan:
            title = self.result.titles.get(sheet.key)
            if title is None or sheet.program:
                continue
            if self.looks is not None and title in self.original.book.sheetnames:
                adding = Additions(self.book, self.looks, self.original, self.result)
                yield from adding.carry(sheet, title)
            yield from self._over(title, sheet.title, ours=("tableau structuré",))
        for title in self.result.local:
            yield from self._local(title)

    def _whole(self) -> Iterator[Change]:
        """Give what belongs to the workbook as a whole."""
        if self.original.why:
            yield Change(Nature.LOST, WHOLE, "notes, formules, formats et images", "",
                         self.original.why)  # fmt: skip
        for words in self.original.whole:
            yield Change(Nature.LOST, WHOLE, words)
        for title in self.original.source.others:
            yield Change(Nature.LOST, title, "feuille graphique ou de macros")
        if self.original.book is None:
            return
        ours = {name for name, *_ in self.book.workbook.defined_names}
        titles = tuple(f"{stem(sheet)}_" for sheet in self.plan)
        for name, one in self.original.book.defined_names.items():
            if name not in ours and not name.startswith(("_xlnm", *titles)):
                yield Change(Nature.LOST, WHOLE, f"nom « {name} »", str(one.attr_text))

    def _over(self, title: str, said: str, ours: Collection[str] = ()) -> Iterator[Change]:
        """Give what stood over the cells of a sheet."""
        for (one, many), count in sorted(self.original.parts.get(title, {}).items()):
            if one not in ours:
                yield Change(Nature.LOST, said, plural(count, one, many))

    def _beside(self) -> None:
        """Write what stood next to the fields, under them, and to the lists, on their right."""
        for title, cells in self.result.beside.items():
            ws = self.book.workbook.get_worksheet_by_name(title)
            form = title == self.plan.form.title
            down, right = (ws.dim_rowmax + 2, 0) if form else (HEADING_ROW, ws.dim_colmax + 2)
            for old, row, column, value in cells:
                self._put(ws, down + row - 1, right + column - 1, value, old)
                self.result.places[old] = title, down + row, right + column

    def _local_columns(self) -> None:
        """Write again the cells of local columns that are not texts, as they were shown."""
        before = {place: old for old, place in self.result.places.items()}
        for table in self.result.content.tables.values():
            ws = self.book.workbook.get_worksheet_by_name(table.title)
            for name, values in table.locals.items():
                column = list(table.letters).index(name) + 1
                for row, value in zip(table.rows, values, strict=True):
                    if not isinstance(value, str):
                        old = before[table.title, row, column]
                        self._put(ws, row - 1, column - 1, value, old)

    def _put(self, ws: Any, row: int, column: int, value: Any, old: Place) -> None:
        shown: str | int = FORMATS.get(type(value), "General")
        if self.original.book is not None:
            title, at, position = old
            cell = self.original.book[title]._cells.get((at, position))
            shown = number_format(cell) if cell is not None and cell.has_style else shown
        form = self.book.format(text_wrap=True, num_format=shown)
        write_value(ws, row, column, value, form)

    def _written_again(self, title: str) -> Iterator[Change]:
        """Give what people added to a sheet of the program: what does not wear its colours."""
        if self.looks is None or title not in self.original.book.sheetnames:
            return
        sheet = self.original.book[title]
        for (row, column), (text, _) in notes_of(sheet, title, self.original.threads).items():
            cell = sheet.cell(row, column).coordinate
            yield Change(Nature.LOST, title, "note", text, "", (cell,))
        for _, one in sorted(sheet._cells.items()):
            if one.value is not None and self.looks.colour(one.font.color) not in OURS:
                yield Change(Nature.LOST, title, "cellule ajoutée", str(one.value), "",
                             (one.coordinate,))  # fmt: skip

    def _local(self, title: str) -> Iterator[Change]:
        """Write a sheet that is not the plan's; what the program writes itself is left out."""
        rows = self.original.source.sheets[title]
        book = self.original.book
        if title == LISEZ_MOI or is_list(rows):
            yield from self._written_again(title)
            return
        name = free_title(title, _taken(self.book) | {fold(MODERNISATION)} - {fold(title)})
        after = f"« {name} »" if name != title else "telle quelle"
        if self.looks is not None and title in book.sheetnames:
            yield Change(Nature.KEPT, name, "feuille de l’institution", f"« {title} »", after)
            yield from Carrier(self.book, self.looks, self.original, book[title], name).carry()
        else:
            page = write_values(self.book, name, rows)
            if title in self.original.source.hidden:
                page.worksheet.hide()
            yield Change(Nature.KEPT, name, "feuille de l’institution", f"« {title} »",
                         "ses valeurs seulement")  # fmt: skip
        yield from self._over(title, name)
