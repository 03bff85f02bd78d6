"""The formulas of a sheet told in full, so that a shared one and a plain one can be compared.

Source: ECMA-376 part 1, §18.3.1.40 (f).
"""

from __future__ import annotations

from typing import TypeAlias

from pst_excel.ooxml.errors import UnexpectedChange
from pst_excel.ooxml.package.malformed import quoted
from pst_excel.ooxml.package.names import Element, main
from pst_excel.ooxml.references.addresses import CellPosition, cell_of, column_of
from pst_excel.ooxml.references.formulas import moved

Master: TypeAlias = tuple[str, int, int]


def masters(root: Element) -> dict[CellPosition, Master]:
    """Return, for each cell of a sheet that shares a formula, the one that tells it."""
    found: dict[CellPosition, Master] = {}
    current: dict[str, Master] = {}  # a number may serve again further down
    waiting: dict[str, list[CellPosition]] = {}  # members that stand before their master
    for formula in root.iter(main("f")):
        cell = formula.getparent()
        if formula.get("t") != "shared" or cell is None:
            continue
        try:
            position = cell_of(cell.get("r") or "")
        except ValueError:
            continue
        number = formula.get("si", "")
        if formula.text:
            current[number] = formula.text, *position
            found |= dict.fromkeys(waiting.pop(number, ()), current[number])
        if number in current:
            found[position] = current[number]
        else:
            waiting.setdefault(number, []).append(position)
    return found


def in_full(formula: Element, shared: dict[CellPosition, Master], position: CellPosition) -> str:
    """Return the formula of a cell, that of its group as it reads there."""
    if formula.get("t") == "shared" and not formula.text and position in shared:
        text, row, column = shared[position]
        return moved(text, position[0] - row, position[1] - column)
    return formula.text or ""


def column_in(ref: str) -> int:
    """Return the column of an address that may lack its row. Raises: UnexpectedChange."""
    try:
        return column_of(ref)
    except ValueError as error:
        raise UnexpectedChange(f"aucune cellule n’a l’adresse {quoted(ref)}") from error
