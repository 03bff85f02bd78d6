"""What a workbook may hold that acts when it is opened: which kinds there are, which it has.

Nothing of it is ever run here. Sources: ECMA-376 part 1, §12 and §18; [MS-OFFMACRO2]; [MS-OI29500].
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.package.package import Package


@dataclass(frozen=True)
class ActiveKind:
    """Something that acts: its words, and the signs of its parts and their types.

    A sign is in small letters, after the end of a line where a name begins with it. What stands
    `over_cells` is told of with the sheet where it is.
    """

    words: str
    signs: tuple[str, ...]
    over_cells: bool = False

    def is_in(self, names: str) -> bool:
        """Tell whether one of the signs is in names, a line each."""
        return any(sign in names for sign in self.signs)


_MACRO_SHEETS = ActiveKind("macros d’Excel 4", ("macrosheet",))
ACTIVE: tuple[ActiveKind, ...] = (
    ActiveKind("macros", ("vbaproject", "\n_vba_project", "\nbasic/", "\nscripts/")),
    _MACRO_SHEETS,
    ActiveKind("contrôles ActiveX", ("activex",), over_cells=True),
    ActiveKind("objets incorporés", ("/embeddings/", "oleobject", "\nmbd0"), over_cells=True),
    ActiveKind("liens vers d’autres classeurs ou programmes", ("externallink",)),
    ActiveKind("connexions à des données externes", ("/connections.", ".connections+")),
    ActiveKind("requêtes vers des données externes", ("querytable",), over_cells=True),
    ActiveKind("boutons ajoutés au ruban", ("customui",)),
    ActiveKind("compléments Office", ("webextension",)),
)
OVER_CELLS = frozenset(kind.words for kind in ACTIVE if kind.over_cells)
_LISTS = ("/script-lb.xml", "/script-lc.xml")  # of libraries, which LibreOffice writes for none
_VBA, _SHEET = "vbaProject", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PLAIN = f"{_SHEET}.main+xml"


def active_in(told: Iterable[str]) -> tuple[str, ...]:
    """Return the words of what acts in a workbook, given the names of its parts and their types."""
    names = _names(told)
    return tuple(kind.words for kind in ACTIVE if kind.is_in(names))


def _names(told: Iterable[str]) -> str:
    return "\n".join(["", *(name for name in told if not name.endswith(_LISTS))]).lower()


def without_macros(data: bytes) -> bytes:
    """Return a workbook without its macros, whose kind is then that of an .xlsx; else the same.

    Raises: Refused where sheets are made of macros.
    """
    package = Package(data)
    book = package.workbook
    if "macroenabled" not in package.content_type(book).lower():
        return data
    if _MACRO_SHEETS.is_in(_names(package.told_of(book))):
        raise Refused("un classeur qui a des feuilles de macros ne peut pas devenir un .xlsx")
    for relation in package.relations(book):
        if relation.kind == _VBA:
            for beside in package.relations(relation.target):
                package.remove(beside.target)
            package.remove(relation.target)
            package.unrelate(book, relation.id)
    package.declare(book, _PLAIN)
    return package.to_bytes()
