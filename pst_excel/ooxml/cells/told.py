"""Where an element says that something stands: an address or areas, refused when they are none."""

from __future__ import annotations

from pst_excel.ooxml.package.malformed import malformed, quoted
from pst_excel.ooxml.package.names import Element, local
from pst_excel.ooxml.references.addresses import Area, CellPosition, areas_of, cell_of


def cell_in(element: Element, key: str = "r") -> CellPosition:
    """Return the cell that an attribute names. Raises: Malformed."""
    try:
        return cell_of(element.get(key) or "")
    except ValueError as error:
        raise malformed(
            element, f"aucune cellule n’a l’adresse {quoted(element.get(key))}"
        ) from error


def area_in(element: Element, key: str = "ref") -> Area:
    """Return the area that an attribute names. Raises: Malformed."""
    try:
        return Area.of(element.get(key) or "")
    except ValueError as error:
        raise _no_area(element, key) from error


def areas_in(element: Element, key: str = "sqref") -> list[Area]:
    """Return the areas that an attribute names. Raises: Malformed."""
    try:
        return areas_of(element.get(key))
    except ValueError as error:
        raise _no_area(element, key) from error


def _no_area(element: Element, key: str) -> Exception:
    shown = f"{quoted(element.get(key))} (attribut « {key} » de « {local(element)} »)"
    return malformed(element, f"{shown} n’est pas une étendue de cellules")
