"""The sheets of the program, written anew over the old ones; what people put there is put again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pst_excel.consolidating.ledgers import run_in
from pst_excel.excel import palette
from pst_excel.excel.books.consolidated import written
from pst_excel.excel.names import Names, list_name
from pst_excel.excel.xlsx import BookWriter
from pst_excel.model.words.titles import DEPUIS
from pst_excel.model.words.wording import plural
from pst_excel.ooxml.cells.values import Formula, Value
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.references.addresses import LAST_ROW, cell_of, is_address
from pst_excel.ooxml.references.formulas import GONE, Kind, moved, used
from pst_excel.ooxml.sheet import Sheet as FileSheet
from pst_excel.ooxml.workbook import Workbook
from pst_excel.returns.frames import Batch
from pst_excel.returns.tables import Return
from pst_excel.text.spelling import fold
from pst_excel.updating.plan import PlanLayout, data_titles, lacking
from pst_excel.upgrading.additions import notes_of

_TITLE_ROWS = 3
_ASKED = " — "  # between the title of a board and its question
_ALIKE = 0.5  # a row is that of a note when half of its cells say the same


@dataclass(frozen=True)
class _Notes:
    """What people added to a sheet of the program: notes, and cells at the right of its own."""

    sheet: FileSheet
    notes: Sequence[tuple[str, str, str]]
    cells: Sequence[tuple[int, int, Value]]
    last: int


def replace_program_sheets(
    book: Workbook, old: Workbook, plan: PlanLayout, before: Return
) -> tuple[list[str], list[str]]:
    """Write the sheets of the program in the file; return their titles, and what was put again.

    `old` is the file as it was, `before` as it was read. Raises: PatchError, Refused for a sheet of
    people under the title of one of the program.
    """
    consolidation = plan.consolidation
    missing = lacking(map(list_name, consolidation.plan.vocabularies), book)
    if missing:
        raise Refused(f"le nom « {missing[0]} » manque")
    data = written(consolidation, plan.names, _names_only)
    fresh = Workbook(data)
    titles = [t for t in fresh.titles if t not in data_titles(consolidation)]
    there, heads = [title for title in titles if title in book], heads_of(fresh)
    # A run that finds nothing new does not take away what the last one found.
    stays = DEPUIS in there and run_in(before) == consolidation.run
    for title in there:
        head = [cell.value for cell in old[title].row(1)]
        if not begins_alike(head, heads[fold(title)]):
            raise Refused(f"la feuille « {title} » n’est pas celle du programme")
    rest = [title for title in titles if title != DEPUIS]
    added = [_added(old[t], fresh[t]) for t in there if t in rest or not stays]
    for title in titles:
        if title not in there:
            book.graft(data, [title], _follower(title, titles, book), names_stay=True)
    if not stays:  # before the others: so it stands whether it is written again or stays
        book.graft(data, [DEPUIS], names_stay=True)
    book.graft(data, rest, names_stay=True)  # all at once, so that they come in the same order
    _mend_names(book, fresh, titles)
    return titles, _put_again(book, added)


def _names_only(book: BookWriter, names: Names, batch: Batch, _: str) -> None:
    """Write the sheets that people fill as they are known by the others: by their names alone."""
    (content,) = batch.returns
    form = names.plan.form
    for sheet in names.plan:
        if not sheet.program:
            book.sheet(sheet.title, palette.TABS["help"])
    for key, place in content.tables[form.key].places.items():
        letters = place.rstrip("0123456789")
        book.define(names.parameter(key), f"'{form.title}'!${letters}${place[len(letters) :]}")
    names.define(book)


def heads_of(fresh: Workbook) -> dict[str, list[object]]:
    """Return what the first row of each sheet of the program says, by its title."""
    return {fold(sheet.title): [cell.value for cell in sheet.row(1)] for sheet in fresh.sheets}


def begins_alike(head: Iterable[object], ours: Iterable[object]) -> bool:
    """Tell whether a sheet is that of the program: its first row holds the same title.

    What is asked after the title of a board may have changed since the sheet was written.
    """
    titles = [value.partition(_ASKED)[0] for value in ours if isinstance(value, str) and value]
    heads = [value.partition(_ASKED)[0] for value in head if isinstance(value, str)]
    return bool(titles) and titles[0] in heads


def _follower(title: str, titles: Sequence[str], book: Workbook) -> str | None:
    """Return the next sheet of the program that the file has: a new one comes before it."""
    return next((t for t in titles[titles.index(title) + 1 :] if t in book), None)


def _added(old: FileSheet, fresh: FileSheet) -> _Notes:
    last = max((column for _, column, _ in fresh.grid), default=0)
    beside = [(row, column) for row, column, _ in old.grid if column > last]
    values = [(row, column, old.at(row, column).value) for row, column in beside]
    cells = [(row, column, value) for row, column, value in values if value is not None]
    return _Notes(old, list(notes_of(old)), cells, last)


def _mend_names(book: Workbook, fresh: Workbook, titles: Collection[str]) -> None:
    """Give their meaning to the names of the program: those of its sheets, whose lines move.

    So has one that lost its own with a row that went.
    """
    ours = fresh.names
    for name, text in book.names.items():
        if name in ours and ours[name] != text:
            mine = any(use.kind is Kind.SHEET and use.name in titles for use in used(ours[name]))
            if mine or GONE in text:
                book.define(name, ours[name])


def _put_again(book: Workbook, added: Iterable[_Notes]) -> list[str]:
    notes = cells = 0
    for one in added:
        if not one.notes and not one.cells:
            continue
        there = book[one.sheet.title]
        rows = _Places(one.sheet, there, one.last)
        for ref, text, author in one.notes:
            row, column = cell_of(ref) if is_address(ref) else (LAST_ROW + 1, 1)
            now = rows.row(row)
            words = text if now else f"{text}\n(sur {ref}, dont la ligne n’est plus là)"
            cell = there.at(now or 1, column if now else 1)
            there.add_notes({cell.ref: words}, author, signed=False)
            notes += 1
        for row, column, value in one.cells:
            now = rows.row(row) or rows.below(row)
            if isinstance(value, Formula):
                value = Formula(moved(value.text, now - row, 0), value.value)
            there.at(now, column).set(value)
            cells += 1
    kept = [plural(notes, "note")] if notes else []
    kept += [plural(cells, "cellule ajoutée", "cellules ajoutées")] if cells else []
    return [f"{words} sur les feuilles du programme" for words in kept]


class _Places:
    """Where the rows of a sheet of the program stand in the one that takes its place."""

    def __init__(self, old: FileSheet, new: FileSheet, last: int) -> None:
        self._old, self._new = _texts(old, last), _texts(new, last)
        self._below: dict[int, int] = {}
        self._whole: dict[tuple[tuple[int, Value], ...], int] = {}
        for row, cells in self._new.items():
            self._whole.setdefault(tuple(sorted(cells.items())), row)

    def below(self, row: int) -> int:
        """Return a row under all of them, for what stood on one that is not there any more."""
        bottom = max(self._new, default=0)
        return self._below.setdefault(row, bottom + 2 + len(self._below))

    def row(self, row: int) -> int | None:
        """Return the row that says the same, or most of it; None when there is none."""
        cells = self._old.get(row, {})
        if row <= _TITLE_ROWS:
            return row
        if not cells:
            return None
        same = self._whole.get(tuple(sorted(cells.items())))
        if same is not None:
            return same
        likes = {at: _alike(cells, others) for at, others in self._new.items() if at > _TITLE_ROWS}
        best = max(likes, key=lambda at: (likes[at], -abs(at - row)), default=None)
        return best if best is not None and likes[best] >= _ALIKE else None


def _texts(sheet: FileSheet, last: int) -> dict[int, dict[int, str]]:
    """Return the texts of a sheet by row and column, as far as the last one of the program.

    Its figures change: what they are of stays.
    """
    found: dict[int, dict[int, str]] = {}
    for cell in sheet.cells():
        value = cell.value
        if isinstance(value, str) and value and cell.column <= last:
            found.setdefault(cell.row, {})[cell.column] = value
    return found


def _alike(cells: Mapping[int, str], others: Mapping[int, str]) -> float:
    same = sum(others.get(column) == text for column, text in cells.items())
    return same / max(len(cells), 1)
