"""Which values that a workbook keeps aside of its cells are pictures: a cell shows one, or IMAGE().

A cell that Excel made since 2019 may name by its number, in `vm`, a richer value than the error
that older programs read: a picture, a share price, an error of its own.
Source: [MS-XLSX] 2.3.9, rich values; their parts are told by their first element.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.parsers import expat

from pst_excel.reading.guard.dimensions import Attributes, local
from pst_excel.text.spelling import in_digits

_PICTURES = ("_localimage", "_webimage")
_RICH = "XLRICHVALUE"
_METADATA, _VALUES, _STRUCTURES = b"<metadata ", b"<rvData", b"<rvStructures"
_HEAD, _LONG = 1_000, 10
Element = tuple[str, Attributes]


def pictures_among(parts: Iterable[bytes]) -> frozenset[int]:
    """Return the numbers by which cells name the pictures of a workbook, given its parts."""
    found = _by_root(parts)
    structures = _attributes(found[_STRUCTURES], "s", "t")
    values = _attributes(found[_VALUES], "rv", "s")
    return frozenset(
        number
        for number, place in enumerate(_rich_values(found[_METADATA]), start=1)
        if _at(structures, _at(values, place)).lower() in _PICTURES
    )


def only_pictures(parts: Iterable[bytes]) -> bool:
    """Tell whether all that a workbook keeps aside of its cells is pictures."""
    structures = _attributes(_by_root(parts)[_STRUCTURES], "s", "t")
    return bool(structures) and all(kind.lower() in _PICTURES for kind in structures)


def _by_root(parts: Iterable[bytes]) -> dict[bytes, list[Element]]:
    found: dict[bytes, list[Element]] = {_METADATA: [], _VALUES: [], _STRUCTURES: []}
    for part in parts:
        head = part[:_HEAD]
        for root in found:
            if root in head:
                found[root] = _elements(part)
    return found


def _attributes(elements: Iterable[Element], element: str, attribute: str) -> list[str]:
    return [values.get(attribute, "") for name, values in elements if name == element]


def _at(values: Sequence[str], place: str) -> str:
    """Return the value at a place, nothing where there is none."""
    number = int(place) if in_digits(place) and len(place) < _LONG else len(values)
    return values[number] if number < len(values) else ""


def _rich_values(metadata: Iterable[Element]) -> list[str]:
    """Return the places of the rich values, in the order in which cells name them."""
    types: list[str] = []
    rich: list[str] = []
    named: list[str] = []
    inside = ""
    for name, values in metadata:
        if name in ("futureMetadata", "cellMetadata", "valueMetadata"):
            inside = values.get("name", name)
        elif name == "metadataType":
            types.append(values.get("name", ""))
        elif name == "rvb" and inside == _RICH:
            rich.append(values.get("i", ""))
        elif name == "bk" and inside == "valueMetadata":
            named.append("")
        elif name == "rc" and inside == "valueMetadata" and named:
            kind = values.get("t", "")
            if _at(["", *types], kind) == _RICH:
                named[-1] = _at(rich, values.get("v", ""))
    return named


def _elements(part: bytes) -> list[Element]:
    found: list[Element] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: found.append((local(name), attributes))
    parser.Parse(part, True)
    return found
