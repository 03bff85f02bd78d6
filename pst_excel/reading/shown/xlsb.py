"""The number formats of the cells of an xlsb, from its styles and from the records of a sheet."""

from __future__ import annotations

from collections.abc import Collection

from pst_excel.cells.grid import Place
from pst_excel.reading.guard.records import number, records, text
from pst_excel.reading.shown.formats import BUILT_IN

_ROW, _CELLS, _FORMAT, _STYLE, _STYLES, _NO_MORE_STYLES = 0, range(1, 12), 44, 47, 617, 618


def formats_of(styles: bytes) -> list[str]:
    """Return the number format of each style of cells; it is empty for a number as it stands."""
    codes = dict(BUILT_IN)
    numbers: list[int] = []
    inside = False
    for kind, _, start, _ in records(styles):
        if kind == _FORMAT:
            codes.setdefault(number(styles, start) & 0xFFFF, text(styles, start + 2)[0])
        elif kind in (_STYLES, _NO_MORE_STYLES):
            inside = kind == _STYLES
        elif kind == _STYLE and inside:
            numbers.append(number(styles, start) >> 16)
    return [codes.get(code, "") for code in numbers]


def styles_of(part: bytes, places: Collection[Place]) -> dict[Place, int]:
    """Return the style of the cells at places of a sheet."""
    wanted, row = frozenset(places), 0
    styles: dict[Place, int] = {}
    for kind, _, start, _ in records(part):
        if kind == _ROW:
            row = number(part, start)
        elif kind in _CELLS and (place := (row, number(part, start))) in wanted:
            styles[place] = number(part, start + 4) & 0xFFFFFF
    return styles
