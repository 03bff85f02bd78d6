"""What is expected to change in a workbook: each operation says it as it is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pst_excel.ooxml.references.addresses import Area, CellPosition
from pst_excel.ooxml.references.row_shifts import RowShift


@dataclass
class Cells:
    """Cells of a sheet, asked about one by one."""

    single: set[CellPosition] = field(default_factory=set)
    areas: list[Area] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)

    def __contains__(self, cell: CellPosition) -> bool:
        return cell in self.single or any(cell in area for area in self.areas)

    def __bool__(self) -> bool:
        return bool(self.single or self.areas)

    def has_row(self, row: int) -> bool:
        """Return whether one of them stands on a row."""
        return row in self.rows or any(area.top <= row <= area.bottom for area in self.areas)

    def add(self, area: Area) -> None:
        """Add the cells of an area."""
        if area.single:
            self.single.add((area.top, area.left))
            self.rows.add(area.top)
        else:
            self.areas.append(area)


class ExpectedChanges:
    """The changes asked of a workbook: `proof` accepts these and nothing else.

    Addresses are those of the moment when it is said: the rows that are moved later move them.
    """

    def __init__(self) -> None:
        self.moves: list[tuple[str, RowShift]] = []
        self.titles: set[str] = set()
        self._parts: set[str] = set()
        self._children: set[tuple[str, str]] = set()
        self._cells: dict[str, list[tuple[int, Area]]] = {}
        self._restyled: dict[str, list[tuple[int, Area]]] = {}
        self._notes: dict[str, list[tuple[int, Area]]] = {}
        self._heights: dict[str, list[tuple[int, Area]]] = {}
        self._names: set[tuple[str, str]] = set()

    def cells(self, part: str, area: Area) -> None:
        """Say that the values, formulas and styles of these cells of a sheet may change."""
        self._cells.setdefault(part.lower(), []).append((len(self.moves), area))

    def restyled(self, part: str, row: int, column: int) -> None:
        """Say that the style of a cell may change."""
        restyling = len(self.moves), Area(row, column, row, column)
        self._restyled.setdefault(part.lower(), []).append(restyling)

    def height(self, part: str, row: int) -> None:
        """Say that the height of a row may change."""
        self._heights.setdefault(part.lower(), []).append((len(self.moves), Area(row, 1, row, 1)))

    def name(self, name: str, title: str) -> None:
        """Say that the meaning of a name may change, that of a sheet alone or, "", of all."""
        self._names.add((name, title.casefold()))

    def child(self, part: str, tag: str) -> None:
        """Say that the children of this name of the root of a part may change."""
        self._children.add((part.lower(), tag))

    def part(self, name: str) -> None:
        """Say that a part may be added, replaced or removed."""
        self._parts.add(name.lower())

    def notes(self, part: str, refs: Iterable[str]) -> None:
        """Say that the notes of these cells may change, in this part of notes."""
        areas = self._notes.setdefault(part.lower(), [])
        areas.extend((len(self.moves), Area.of(ref)) for ref in refs)

    def rows(self, title: str, part: str, first: int, count: int) -> None:
        """Say that rows of a sheet were inserted before one, or removed from it: count < 0."""
        self.moves.append((part.lower(), RowShift(title, first, count)))

    def sheet(self, title: str) -> None:
        """Say that a sheet may be added, replaced or removed, with the parts that it alone owns."""
        self.titles.add(title.casefold())

    def has_part(self, name: str) -> bool:
        """Return whether a part may change wholly."""
        return name.lower() in self._parts

    def has_cells(self, part: str) -> bool:
        """Return whether cells of a sheet may change, if only in their style."""
        return part.lower() in self._cells or part.lower() in self._restyled

    def has_children(self, part: str) -> bool:
        """Return whether some children of the root of a part may change."""
        return any(parent == part.lower() for parent, _ in self._children)

    def has_child(self, part: str, tag: str) -> bool:
        """Return whether the children of this name of a part may change."""
        return (part.lower(), tag) in self._children

    @property
    def shifts(self) -> tuple[RowShift, ...]:
        """The moves of rows, in their order."""
        return tuple(shift for _, shift in self.moves)

    def cells_of(self, part: str) -> Cells:
        """Return the cells of a sheet that may change, where they are now."""
        return self._now(self._cells.get(part.lower(), []), part)

    def restyled_of(self, part: str) -> Cells:
        """Return the cells of a sheet whose style may change, where they are now."""
        return self._now(self._restyled.get(part.lower(), []), part)

    def heights_of(self, part: str) -> Cells:
        """Return the first cells of the rows of a sheet whose height may change."""
        return self._now(self._heights.get(part.lower(), []), part)

    def has_name(self, name: str, title: str) -> bool:
        """Return whether the meaning of a name of a sheet, or of all, may change."""
        return (name, title.casefold()) in self._names

    def notes_of(self, part: str, sheet: str) -> Cells:
        """Return the cells of a sheet whose notes may change, in a part of notes."""
        return self._now(self._notes.get(part.lower(), []), sheet)

    def _now(self, areas: list[tuple[int, Area]], sheet: str) -> Cells:
        cells = Cells()
        for since, area in areas:
            here: Area | None = area
            for part, move in self.moves[since:]:
                if here is not None and part == sheet.lower():
                    here = move.area(here)
            if here is not None:
                cells.add(here)
        return cells
