"""What a workbook may hold that acts when it is opened: which kinds there are, which it has.

Nothing of it is ever run here. Sources: ECMA-376 part 1, §12 and §18; [MS-OFFMACRO2]; [MS-OI29500].
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


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


MACRO_SHEETS = ActiveKind("macros d’Excel 4", ("macrosheet",))
ACTIVE: tuple[ActiveKind, ...] = (
    ActiveKind("macros", ("vbaproject", "\n_vba_project", "\nbasic/", "\nscripts/")),
    MACRO_SHEETS,
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


def active_in(told: Iterable[str]) -> tuple[str, ...]:
    """Return the words of what acts in a workbook, given the names of its parts and their types."""
    names = lines_of(told)
    return tuple(kind.words for kind in ACTIVE if kind.is_in(names))


def lines_of(told: Iterable[str]) -> str:
    """Return what is told of a package as the names in which signs are looked for, a line each."""
    return "\n".join(["", *(name for name in told if not name.endswith(_LISTS))]).lower()
