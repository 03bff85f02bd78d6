"""What Excel must compute again when it opens a workbook whose cells were changed.

Source: ECMA-376 part 1, §18.2.2 (calcPr) and §18.6 (the chain of calculation).
"""

from __future__ import annotations

import re

from pst_excel.ooxml.cells.workbook_parts import WorkbookParts
from pst_excel.ooxml.package.names import child_of, main
from pst_excel.ooxml.package.package import Package

_CHAIN = "calcChain"
_FORMULA = re.compile(rb"<(?:[\w.-]{1,64}:)?f[\s>/]")
_END_OF_CELLS = b"sheetData>"


def settle(book: WorkbookParts) -> None:
    """Ask a full calculation where a change may have an effect on a formula.

    Where formulas themselves changed, the chain of calculation no longer holds and is dropped:
    Excel makes it again. Done twice, it changes nothing more.
    """
    package = book.package
    chains = [
        relation for relation in package.relations(package.workbook) if relation.kind == _CHAIN
    ]
    if book.formulas_changed:
        for chain in chains:
            book.expected_changes.part(chain.target)
            package.remove(chain.target)
            package.unrelate(package.workbook, chain.id)
        _ask(book)
    elif book.values_changed and (chains or has_formulas(package)):
        _ask(book)


def has_formulas(package: Package) -> bool:
    """Return whether a cell of a worksheet has a formula, without parsing what is not parsed."""
    return any(
        _has_formula(package, part) for part in package.related(package.workbook, "worksheet")
    )


def _has_formula(package: Package, part: str) -> bool:
    if part not in package.touched:
        content = package.content(part)
        if b"\0" not in content[:4]:  # in UTF-16 a letter is two bytes
            end = content.rfind(_END_OF_CELLS)
            return _FORMULA.search(content, 0, end if end >= 0 else len(content)) is not None
    return next(package.tree(part).iter(main("f")), None) is not None


def _ask(book: WorkbookParts) -> None:
    package = book.package
    known = book.root.find(main("calcPr"))
    if known is not None and known.get("fullCalcOnLoad") in ("1", "true"):
        return
    book.expected_changes.child(package.workbook, "calcPr")
    child_of(package.edit(package.workbook), "calcPr").set("fullCalcOnLoad", "1")
