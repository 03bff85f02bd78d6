"""What may differ in a worksheet that was changed: the cells expected to, and what follows rows.

Source: ECMA-376 part 1, §18.3.1 (worksheets), §18.3.1.40 (formulas, shared ones too).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TypeAlias

from pst_excel.ooxml.errors import UnexpectedChange
from pst_excel.ooxml.package.malformed import number_of
from pst_excel.ooxml.package.names import R_ID, Element, local, main
from pst_excel.ooxml.proof.formulas import column_in, in_full, masters
from pst_excel.ooxml.proof.parts import PartDifference, by_tag, compare_children, unexpected
from pst_excel.ooxml.proof.trees import Following, among, elements, written
from pst_excel.ooxml.references.addresses import CellPosition, address
from pst_excel.ooxml.references.row_shifts import RowShift

_CELL, _ROW, _FORMULA = main("c"), main("row"), main("f")
_MARK = re.compile(r'\s*+=?\s*+LEN\s*+\(\s*+"(?:[^"]|"")*+"\s*+\)\s*+>\s*+0\s*+', re.IGNORECASE)
_ADDED_TO = frozenset({
    "conditionalFormatting", "dataValidations", "extLst", "hyperlinks", "mergeCells",
})  # fmt: skip
_SHARING = frozenset({"t", "si", "ref", "ca"})
_FRESH_ROW = frozenset({"r", "ht", "customHeight"})
_ROW_FREE = frozenset({"r", "spans"})
_HEIGHT = frozenset({"ht", "customHeight"})
_VIEW = frozenset({"sqref", "ySplit"})
Pair: TypeAlias = tuple[str | int, Element | None, Element | None]


def worksheet(change: PartDifference) -> None:
    """Compare a sheet that was changed with what it was. Raises: UnexpectedChange."""
    change.same_root()
    _Rows(change).compare()
    if change.expected.has_child(change.part, "conditionalFormatting"):
        old, new = _precedence(change.old), _precedence(change.new)
        if len(old) == len(new) and old != new:
            raise change.unexpected("la priorité des « conditionalFormatting »")
    _settings(change)


def _precedence(root: Element) -> list[int]:
    """Return the rules of a sheet, by their place in the file, in the order in which they win."""
    rules = [rule for rule in root.iter("{*}cfRule") if rule.get("priority") and not _is_mark(rule)]
    priorities = [rule.get("priority", "") for rule in rules]
    return sorted(range(len(priorities)), key=lambda at: priorities[at].rjust(10, "0"))


def _settings(change: PartDifference) -> None:
    olds, news = by_tag(change.old), by_tag(change.new)
    for tag in dict.fromkeys((*olds, *news)):
        how = _how(change, tag) if tag != "sheetData" else None
        if how is not None:
            before, after = (_but_marks(found.get(tag, []), how) for found in (olds, news))
            compare_children(change, tag, how, before, after)
    kept = [tag for tag in olds if tag in news]
    if kept != [tag for tag in news if tag in olds]:
        raise change.unexpected("l’ordre des éléments")


def _but_marks(found: list[Element], how: Following) -> list[Element]:
    """Return elements without those that are marks alone, which come and go as they are asked."""
    if how.leaving is not _is_mark:
        return found
    return [element for element in found if not all(map(_is_mark, elements(element)))]


def _how(change: PartDifference, tag: str) -> Following | None:
    """Return how the children of a name are compared; None when any change of them was asked."""
    how, expected, part = change.following, change.expected, change.part
    asked = expected.has_child(part, tag)
    if tag == "dimension" and (how.shifts or expected.has_cells(part)):
        return None
    if tag in ("sheetViews", "customSheetViews") and how.shifts:
        return how.adapted(free=_VIEW)
    if tag == "extLst" and expected.has_child(part, "conditionalFormatting"):
        return how.adapted(adding=asked, free=frozenset({"priority"}))
    if not asked:
        return how
    if tag == "conditionalFormatting":
        return how.adapted(adding=True, free=frozenset({"priority"}), leaving=_is_mark)
    if tag == "hyperlinks":
        return how.adapted(adding=True, leaving=_is_internal)
    return how.adapted(adding=True) if tag in _ADDED_TO else None


def _is_mark(rule: Element) -> bool:
    return local(rule) == "cfRule" and bool(_MARK.fullmatch(rule.findtext(main("formula")) or ""))


def _is_internal(link: Element) -> bool:
    return local(link) == "hyperlink" and bool(link.get("location")) and not link.get(R_ID)


class _Rows:
    def __init__(self, change: PartDifference) -> None:
        self.title, self.how = change.title, change.following
        self.expected = change.expected.cells_of(change.part)
        self.restyled = change.expected.restyled_of(change.part)
        self.heights = change.expected.heights_of(change.part)
        own = change.title.casefold()
        self.shifts = [shift for shift in self.how.shifts if shift.title.casefold() == own]
        self.old, self.new = change.old, change.new

    def compare(self) -> None:
        self._shared = masters(self.old)
        self._shared_now = masters(self.new)
        positions = {*self._shared, *self._shared_now}
        self._retold = {  # a formula may have become another in a cell that reads the same
            row
            for row, column in positions
            if self._shared.get((row, column)) != self._shared_now.get((row, column))
        }
        news = list(_numbered(self.new))
        numbers = [number for number, _ in news]
        by_number: dict[int, list[Element]] = {}
        for number, row in news:
            by_number.setdefault(number, []).append(row)
        olds = []
        for number, row in _numbered(self.old):
            now = self._number(number)
            if now is not None:
                olds.append(now)
                found = by_number.get(now, [])
                if not found and not self._emptied(row, now):
                    raise self._unexpected_row(now)
                if not found:
                    continue
                self._row(row, number, found.pop(0), now)
        for number, rows in by_number.items():
            for added in rows:
                self._new_row(added, number)
        if olds == sorted(olds) and numbers != sorted(numbers):
            raise unexpected(f"l’ordre des lignes de la feuille « {self.title} »")

    def _number(self, row: int) -> int | None:
        """Return where the moves leave a row; None when it was removed."""
        now: int | None = row
        for shift in self.shifts:
            now = None if now is None else shift.row(now)
        return now

    def _emptied(self, row: Element, now: int) -> bool:
        """Return whether a row said nothing but cells that were asked to be emptied."""
        emptied = all((now, column) in self.expected for column in _columns(row))
        return emptied and not _attributes(row, _ROW_FREE)

    def _unexpected_row(self, row: int) -> UnexpectedChange:
        return unexpected(f"la ligne {row} de la feuille « {self.title} »")

    def _row(self, old: Element, number: int, new: Element, now: int) -> None:
        if now != number:
            _renumber(old, now)
        complete = self._follow(old) and now not in self._retold
        if complete and written(old) == written(new):
            return
        free = _ROW_FREE | _HEIGHT if self.heights.has_row(now) else _ROW_FREE
        if _attributes(old, free) != _attributes(new, free):
            raise self._unexpected_row(now)
        for column, before, after in self._pairs(old, new, now):
            if complete and _same(before, after):
                continue
            position = now, column_in(column) if isinstance(column, str) else column
            if position not in self.expected:
                self._cell(before, after, position, number)

    def _follow(self, row: Element) -> bool:
        """Move the plain formulas of an old row; return whether it then tells all its formulas."""
        complete = True
        for formula in row.iter(_FORMULA) if self.how.shifts else ():
            if formula.get("t"):
                complete = False
            else:
                formula.text = self.how.formula(formula.text or "")
        return complete

    def _pairs(self, old: Element, new: Element, now: int) -> Iterable[Pair]:
        befores, afters = list(old.iterchildren(_CELL)), list(new.iterchildren(_CELL))
        refs = [cell.get("r", "") for cell in befores]
        if all(refs) and refs == [cell.get("r") for cell in afters]:
            return zip(refs, befores, afters, strict=True)
        was, are = _columns(old), _columns(new)
        if list(are) != sorted(are) and list(was) == sorted(was):
            raise self._unexpected_row(now)
        return [(column, was.get(column), are.get(column)) for column in {**was, **are}]

    def _new_row(self, row: Element, number: int) -> None:
        inserted = _is_inserted(number, self.shifts)
        asked = any(cells.has_row(number) for cells in (self.expected, self.restyled, self.heights))
        if not inserted and (not asked or set(row.attrib) - _FRESH_ROW):
            raise self._unexpected_row(number)
        for column, cell in _columns(row).items():
            position = number, column
            styled = not len(cell) and set(cell.attrib) <= {"r", "s"}
            allowed = inserted or position in self.restyled
            if position not in self.expected and not (styled and allowed):
                raise self._unexpected_cell(position)

    def _unexpected_cell(self, position: CellPosition) -> UnexpectedChange:
        return unexpected(f"la cellule {address(*position)} de la feuille « {self.title} »")

    def _cell(self, old: Element | None, new: Element | None, position: CellPosition,
              number: int) -> None:  # fmt: skip
        restyled = position in self.restyled
        if old is None and new is not None:
            if restyled and not len(new) and set(new.attrib) <= {"r", "s"}:
                return
            raise self._unexpected_cell(position)
        if old is None or new is None:
            raise self._unexpected_cell(position)
        free = {*(["s"] if restyled else []), *([] if old.get("r") else ["r"])}
        before, after = _attributes(old, free), _attributes(new, free)
        if before != after or among(_contents(old), _contents(new), Following()) is not None:
            raise self._unexpected_cell(position)
        if not self._same_formula(old.find(_FORMULA), new.find(_FORMULA), position, number):
            raise self._unexpected_cell(position)

    def _same_formula(self, old: Element | None, new: Element | None, position: CellPosition,
                      number: int) -> bool:  # fmt: skip
        """Return whether a cell computes the same, be its formula shared or told in full."""
        if old is None or new is None:
            return old is new
        before = in_full(old, self._shared, (number, position[1]))
        after = in_full(new, self._shared_now, position)
        if (self.how.formula(before) if old.get("t") else before) != after:
            return False
        if written(old) == written(new):
            return True
        kinds = {old.get("t", "normal"), new.get("t", "normal")}
        if kinds <= {"normal", "shared"}:
            return _attributes(old, _SHARING) == _attributes(new, _SHARING)
        keys = {*old.keys(), *new.keys()} - ({"r1", "r2"} if self.how.shifts else set())
        return all(self._same_attribute(str(key), old, new) for key in keys)

    def _same_attribute(self, key: str, old: Element, new: Element) -> bool:
        before, after = old.get(key), new.get(key)
        if key == "ref" and before and after:
            return self.how.same_areas(before, after)
        return before == after


def _same(old: Element | None, new: Element | None) -> bool:
    return old is not None and new is not None and written(old) == written(new)


def _attributes(element: Element, free: Collection[str]) -> dict[str, str]:
    return {str(key): str(value) for key, value in element.attrib.items() if key not in free}


def _contents(cell: Element) -> list[Element]:
    return [child for child in elements(cell) if child.tag != _FORMULA]


def _numbered(root: Element) -> Iterator[tuple[int, Element]]:
    """Give the rows of a sheet with their numbers, told or not."""
    number = 0
    for data in root.iterchildren(main("sheetData")):
        for row in data.iterchildren(_ROW):
            number = number_of(row.get("r")) or number + 1
            yield number, row


def _columns(row: Element) -> dict[int, Element]:
    found: dict[int, Element] = {}
    column = 0
    for cell in row.iterchildren(_CELL):
        ref = cell.get("r")
        column = column_in(ref) if ref else column + 1
        found.setdefault(column, cell)
    return found


def _renumber(row: Element, number: int) -> None:
    """Give a row, of a tree that is only compared, the number that the moves leave it."""
    text = str(number)
    if row.get("r") is not None:
        row.set("r", text)
    for cell in row.iterchildren(_CELL):
        ref = cell.get("r")
        if ref:
            cell.set("r", ref.rstrip("0123456789") + text)


def _is_inserted(row: int, shifts: Iterable[RowShift]) -> bool:
    """Return whether a row is one that the moves inserted."""
    for shift in reversed(list(shifts)):
        if row < shift.first:
            continue
        if row < shift.first + shift.count:
            return True
        row -= shift.count
    return False
