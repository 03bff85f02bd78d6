"""What a workbook may hold that acts when it is opened: which kinds there are, which it has.

Nothing of it is ever run here. Sources: ECMA-376 part 1, §12 and §18; [MS-OFFMACRO2]; [MS-OI29500].
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.package.package import Package


@dataclass(frozen=True)
class ActiveKind:
    """Something that acts: its words, and what its parts, or their types, have in their names.

    Where it stands `over_cells`, it is told of with the sheet where it is.
    """

    words: str
    signs: re.Pattern[str]
    over_cells: bool = False


def _kind(words: str, signs: str, over_cells: bool = False) -> ActiveKind:
    return ActiveKind(words, re.compile(signs, re.IGNORECASE | re.MULTILINE), over_cells)


_MACRO_SHEETS = _kind("macros d’Excel 4", r"macrosheet")
ACTIVE: tuple[ActiveKind, ...] = (
    # LibreOffice writes the list of a library that has no module; an xls has them in a storage.
    _kind("macros", r"vbaproject|^_vba_project"
          r"|^basic/.+/(?!script-lb\.xml)[^/\n]+\.xml$|^scripts/."),
    _MACRO_SHEETS,
    _kind("contrôles ActiveX", r"activex", over_cells=True),
    _kind("objets incorporés", r"/embeddings/|oleobject|^mbd[0-9a-f]{8}$", over_cells=True),
    _kind("liens vers d’autres classeurs ou programmes", r"externallink"),
    _kind("connexions à des données externes", r"/connections\b|\.connections\+"),
    _kind("requêtes vers des données externes", r"querytable", over_cells=True),
    _kind("boutons ajoutés au ruban", r"customui"),
    _kind("compléments Office", r"webextension"),
)  # fmt: skip
OVER_CELLS = frozenset(kind.words for kind in ACTIVE if kind.over_cells)
_VBA, _SHEET = "vbaProject", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PLAIN = f"{_SHEET}.main+xml"


def active_in(told: Iterable[str]) -> tuple[str, ...]:
    """Return the words of what acts in a workbook, given the names of its parts and their types."""
    names = "\n".join(told)
    return tuple(kind.words for kind in ACTIVE if kind.signs.search(names))


def without_macros(data: bytes) -> bytes:
    """Return a workbook without its macros, whose kind is then that of an .xlsx; else the same.

    Raises: Refused where sheets are made of macros.
    """
    package = Package(data)
    book = package.workbook
    if "macroenabled" not in package.content_type(book).lower():
        return data
    if _MACRO_SHEETS.signs.search("\n".join(package.told_of(book))):
        raise Refused("un classeur qui a des feuilles de macros ne peut pas devenir un .xlsx")
    for relation in package.relations(book):
        if relation.kind == _VBA:
            for beside in package.relations(relation.target):
                package.remove(beside.target)
            package.remove(relation.target)
            package.unrelate(book, relation.id)
    package.declare(book, _PLAIN)
    return package.to_bytes()
