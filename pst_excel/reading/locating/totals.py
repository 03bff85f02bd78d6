"""Which rows only add up others: a table's own totals, the sub-totals of a menu, a row by hand."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Collection
from functools import cache, cached_property
from itertools import accumulate

from pst_excel.cells.grid import Grid, UnreadCell, filled, is_text
from pst_excel.cells.values import RawCell, as_text, is_number
from pst_excel.model.plan import Plan
from pst_excel.model.schema import Sheet
from pst_excel.reading.locating.sections import FilledCells, GridRow
from pst_excel.reading.locating.tolerances import names_of, words_of
from pst_excel.text.spelling import fold, in_digits

_SUMMARY = (
    r"(?:(?:sous[ -]?)?total|totaux|somme|nombre|nb|nbval|chiffres|moyenne|max|maximum|min|minimum"
    r"|produit|ecart(?:[ -]?t)?ypes?p?|var|resultat)"
)
_ENGLISH = r"(?:(?:sub)?total|sum|count|average|max|min|product|std ?devp?|varp?|result)"
_TOTAL = re.compile(r"(?P<part>sous[ -]?)?(?:grand )?(?:total|totaux|somme)\b")
_GRAND = re.compile(rf"{_SUMMARY} (?:generale?s?|generaux)|grand {_ENGLISH}")
_OF = re.compile(rf"{_SUMMARY}(?: (?P<of>.+))?", re.DOTALL)
_AFTER = re.compile(rf"(?P<of>.+) (?:{_ENGLISH}|{_SUMMARY})", re.DOTALL)
_ENDING = re.compile(rf" (?:{_ENGLISH}|{_SUMMARY})\s*\Z", re.IGNORECASE)
_BARE = re.compile(r"(?:sous[ -]?)?(?:total|totaux)")
_TOTAL_OF = frozenset((
    "general", "generale", "generaux", "partiel", "totale", "cumule", "annuel", "et", "€", "eur",
    "ht", "htva", "tvac", "ttc",
))  # fmt: skip
_FIGURE = re.compile(r"[0-9\s.,€%()+-]+")
_FEWEST = 2  # values that a sum adds up: one alone may be equal by chance


class Totals:
    """The totals of a sheet, told from its records, of which none may be lost.

    The menus of spreadsheets write « Nombre Travaux », « Travaux Count », « Total général » : the
    word alone may begin a title, and is one of a total where what it sums up stands in the rows.
    """

    def __init__(
        self, sheet: Sheet, plan: Plan, grid: Grid, positions: Collection[int],
        codes: Collection[int], name: int | None, first: int,
    ) -> None:  # fmt: skip
        self.sheet, self.plan, self.grid, self.first = sheet, plan, grid, first
        self.positions, self.codes, self.name = frozenset(positions), frozenset(codes), name
        self._runs = cache(self._added_up)

    def may_be(self, number: int, row: GridRow) -> bool:
        """Tell, at little cost, whether a row that has a code may be a total all the same."""
        if number - 1 in self.grid.totals or number - 1 in self.grid.subtotals:
            return True
        for position in self.codes:
            cell = row[position]
            if cell.__class__ is not str or (len(cell) > 4 and _ENDING.search(cell)):
                return True
        return False

    def is_total(self, number: int, row: GridRow, here: FilledCells) -> bool:
        """Tell whether a row is a total for certain: the file says so, or its only text does."""
        if number - 1 in self.grid.totals:
            return True
        texts = [(p, c) for p, c in here if is_text(c) and not _FIGURE.fullmatch(c)]
        others = [(p, c) for p, c in here if (p, c) not in texts]
        coded = [(p, c) for p, c in others if p in self.codes]
        if len(texts) > 1 or any(is_text(c) for _, c in coded):
            return False
        if number - 1 in self.grid.subtotals:
            return True
        if not all(_adds_up(c) for _, c in others):
            return False
        if not texts:
            return self.beside(row) is not None
        if coded and texts[0][0] == self.name and not self._counts(number, coded):
            return False
        return self._is_label(*texts[0], others) or self._says_sums(number, texts[0][1], others)

    def _says_sums(self, number: int, text: str, others: FilledCells) -> bool:
        """Tell whether a row that calls itself a total adds up what stands above it."""
        above = number - 1 - self.first
        sums = [(p, cell) for p, cell in others if is_number(cell) and p not in self.codes]
        return (
            _TOTAL.match(fold(text)) is not None
            and 0 < len(sums) == len(others)
            and all(self._adds(p, above, cell) for p, cell in sums)
        )

    def is_sum(self, number: int, here: FilledCells) -> bool:
        """Tell whether a row is nothing but sums, and counts, of what stands above it."""
        above = number - 1 - self.first
        return all(
            p not in self.codes and is_number(cell) and self._sums_up(p, above, cell)
            for p, cell in here
        )

    def beside(self, row: GridRow) -> tuple[int, RawCell] | None:
        """Return the label of a total that stands where no record holds anything, if there is."""
        for position, cell in enumerate(row):
            if position not in self.positions and is_text(cell) and cell:
                key = fold(cell)
                if _BARE.fullmatch(key) or _GRAND.fullmatch(key):
                    return position, cell
        return None

    def _is_label(self, position: int, text: str, others: FilledCells) -> bool:
        key = fold(text)
        total, dates = _TOTAL.match(key), any(isinstance(c, dt.date) for _, c in others)
        if _GRAND.fullmatch(key):
            return True
        if total is not None and not dates:
            if total["part"] or (others and position != self.name):
                return True
            words = {word for word in words_of(key[total.end() :]) if not in_digits(word)}
            if words <= self._spoken_of:
                return True
        before, after = _OF.fullmatch(key), _AFTER.fullmatch(key)
        if not others or before is None is after:
            return False
        if before is not None and before["of"] is None:
            return position in self.codes
        if before is not None and self._known(
            before["of"], position, total is not None and not dates
        ):
            return True
        return after is not None and self._known(after["of"], position, False)

    def _known(self, key: str, position: int, anywhere: bool) -> bool:
        """Tell whether the rows hold what is summed up: in its column, or where codes tell it."""
        if key in self._values(position):
            return True
        among = self.positions if anywhere or position in self.codes else ()
        return any(key in self._values(p) for p in among)

    def _values(self, position: int) -> frozenset[str]:
        known = self._by_position.get(position)
        if known is None:
            rows = self.grid.rows[self.first :]
            known = frozenset(fold(as_text(row[position])) for row in rows if row[position] != "")
            self._by_position[position] = known
        return known

    @cached_property
    def _by_position(self) -> dict[int, frozenset[str]]:
        return {}

    @cached_property
    def _spoken_of(self) -> frozenset[str]:
        """The words of which a total may speak: those of the plan, those of its own figures."""
        figures = (c.label for c in self.sheet.inputs if c.kind.is_number)
        return _TOTAL_OF.union(*map(names_of, self.plan), *map(words_of, figures))

    def _counts(self, number: int, coded: FilledCells) -> bool:
        """Tell whether the numbers among codes are how many stand above."""
        above = self.grid.rows[self.first : number - 1]
        return all(sum(filled(row[p]) for row in above) == cell for p, cell in coded)

    def _sums_up(self, position: int, above: int, cell: float) -> bool:
        cells = self._runs(position)[2][above]
        return self._adds(position, above, cell) or (cells >= _FEWEST and cell == cells)

    def _adds(self, position: int, above: int, cell: float) -> bool:
        sums, numbers, _ = (run[above] for run in self._runs(position))
        return numbers >= _FEWEST and math.isclose(sums, cell, rel_tol=1e-12)

    def _added_up(self, position: int) -> tuple[list[float], ...]:
        """Return, for each row, of those above it, the sum, the numbers that count, the cells."""
        cells = [row[position] for row in self.grid.rows[self.first :]]
        numbers = [float(cell) if is_number(cell) else 0.0 for cell in cells]
        runs = (numbers, (n != 0 for n in numbers), map(filled, cells))
        return tuple(list(accumulate(map(float, run), initial=0.0)) for run in runs)


def _adds_up(cell: RawCell) -> bool:
    """Tell whether a total may hold a cell: a figure, the last of dates, a box left unticked."""
    return (
        is_text(cell) or is_number(cell) or isinstance(cell, dt.date | UnreadCell) or cell is False
    )
