"""What is in scope for the formulas of sheets that another workbook takes: all else they leave."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pst_excel.ooxml.grafting.grafted_parts import Donor
from pst_excel.ooxml.package.malformed import malformed, quoted, whole
from pst_excel.ooxml.package.names import Element
from pst_excel.ooxml.references.formulas import GONE, Kind, Use, used
from pst_excel.ooxml.references.functions import is_moveable


@dataclass(frozen=True)
class Scope:
    """What formulas may use, in small letters: sheets, and names, those of tables too."""

    titles: frozenset[str]
    names: frozenset[str]

    def holds(self, formula: str) -> bool:
        """Tell whether a formula uses nothing else, and can be read at all."""
        return formula.count('"') % 2 == 0 and all(map(self._is_in, used(formula)))

    def _is_in(self, use: Use) -> bool:
        if use.kind is Kind.FUNCTION:
            return is_moveable(use.name)
        inside = self.titles if use.kind in (Kind.SHEET, Kind.SHEETS) else self.names
        return use.name.casefold() in inside


def scope_of(donor: Donor, titles: Collection[str], taken: Collection[str]) -> Scope:
    """Return what the sheets of these titles may use where some names are `taken`.

    A name that leads to the rest of the workbook is in scope where the other has it: it is the same
    sheet made again. One that does not lead there is another name, and a table another table.
    """
    given = [(defined.get("name", "").casefold(), defined.text or "") for defined in donor.names
             if GONE not in (defined.text or "")
             and ((sheet := sheet_of(donor, defined)) is None or sheet in titles)]  # fmt: skip
    here = frozenset(title.casefold() for title in titles)
    leading = {
        name for name, text in given
        if any(use.kind is Kind.SHEET and use.name.casefold() not in here for use in used(text))
    }  # fmt: skip
    tables = {table.casefold() for table in donor.tables(titles)}
    own = ({name for name, _ in given} | tables) - set(taken)
    found = Scope(here, frozenset(own | (leading & set(taken))))
    while lost := {name for name, text in given if name in own and not found.holds(text)}:
        own -= lost
        found = Scope(here, found.names - lost)
    return found


def sheet_of(donor: Donor, name: Element) -> str | None:
    """Return the title of the sheet to which a name is local; None when it is the workbook's.

    Raises: Malformed when the workbook has no such sheet.
    """
    if name.get("localSheetId") is None:
        return None
    number = whole(name, "localSheetId")
    if number >= len(donor.titles):
        raise malformed(name, f"le nom {quoted(name.get('name'))} est d’une feuille qui manque")
    return donor.titles[number]
