"""The tables of a sheet: read, and given rows at their end or inside, or rid of some.

Source: ECMA-376 part 1, §18.5.1 (tables).
"""

from __future__ import annotations

from collections.abc import Sequence
from types import EllipsisType
from typing import TYPE_CHECKING, TypeAlias

from pst_excel.ooxml import growing
from pst_excel.ooxml.errors import NotAWorkbook, Refused
from pst_excel.ooxml.formulas import moved
from pst_excel.ooxml.names import Element, main
from pst_excel.ooxml.references import LAST_ROW, Area
from pst_excel.ooxml.values import Formula, Value, unescaped

if TYPE_CHECKING:
    from pst_excel.ooxml.sheet import Sheet

NOTHING = Area(0, 0, 0, 0)
"""An area that holds no cell: that of the headings of a table which has none."""
Row: TypeAlias = Sequence[Value | EllipsisType]


class Table:
    """A table of a sheet, by its part. Raises: NotAWorkbook when its part says no area."""

    def __init__(self, sheet: Sheet, part: str) -> None:
        self.sheet, self.part = sheet, part

    @property
    def root(self) -> Element:
        """The root of the part, to be read."""
        return self.sheet.book.package.tree(self.part)

    @property
    def name(self) -> str:
        """The name, which formulas call it by."""
        return self.root.get("name") or self.display_name

    @property
    def display_name(self) -> str:
        """The name that is shown; the same in all that Excel writes."""
        return self.root.get("displayName", "")

    @property
    def area(self) -> Area:
        """All its cells, headings and totals too."""
        try:
            return Area.of(self.root.get("ref", ""))
        except ValueError as error:
            raise NotAWorkbook(f"le tableau « {self.name} » n’a pas d’étendue") from error

    @property
    def headings(self) -> Area:
        """The cells of its headings; NOTHING when they are not shown."""
        whole = self.area
        if self.root.get("headerRowCount", "1") == "0":
            return NOTHING
        return Area(whole.top, whole.left, whole.top, whole.right)

    @property
    def totals(self) -> bool:
        """Whether its last row is one of totals."""
        return self.root.get("totalsRowCount", "0") != "0"

    @property
    def data(self) -> Area:
        """The cells between the headings and the totals; NOTHING when there is no row."""
        whole = self.area
        top = whole.top + (self.headings != NOTHING)
        bottom = whole.bottom - self.totals
        return Area(top, whole.left, bottom, whole.right) if top <= bottom else NOTHING

    @property
    def columns(self) -> list[str]:
        """The names of its columns, from left to right."""
        return [unescaped(one.get("name", "")) for one in self._columns]

    @property
    def _columns(self) -> list[Element]:
        return list(self.root.iterfind(f"{main('tableColumns')}/{main('tableColumn')}"))

    def append(self, rows: Sequence[Row]) -> Area:
        """Add rows at the end, with the formats of the last one, and return their cells.

        The cells below are used when they are free; else rows are inserted in the sheet, as
        before a row of totals. A table whose only row is blank is filled from that row on. `None`
        and `...` take the formula of a calculated column, and are blank elsewhere. Raises:
        Refused for a table that a query fills, for rows too long, or where no row can be inserted.
        """
        self._check(rows)
        if not rows:
            return NOTHING
        data = self.data
        first = data.top if self._blank() else data.bottom + 1
        more = len(rows) - (data.bottom + 1 - first)
        if more:
            self._make_room(data, more)
        return self._write(rows, first)

    def insert(self, at: int, rows: Sequence[Row]) -> Area:
        """Insert rows before one, 0 being the first, and return their cells; see `append`.

        Whole rows of the sheet are inserted. Raises: Refused; IndexError when it has no such row.
        """
        data = self.data
        height = data.bottom - data.top + 1
        if not 0 <= at <= height:
            raise IndexError(f"table {self.name!r} has no row {at}")
        if at == height:
            return self.append(rows)
        self._check(rows)
        if not rows:
            return NOTHING
        self.sheet.insert_rows(data.top + at, len(rows))
        if at == 0:
            growing.upwards(self.sheet, data, len(rows))
        return self._write(rows, data.top + at)

    def remove(self, first: int, count: int = 1) -> None:
        """Remove rows, 0 being the first, with the whole rows of the sheet that they stand on.

        Raises: Refused when no row would be left; IndexError when it has no such rows.
        """
        data = self.data
        if first < 0 or count < 1 or data.top + first + count - 1 > data.bottom:
            raise IndexError(f"table {self.name!r} has no {count} rows from {first}")
        self.sheet.remove_rows(data.top + first, count)

    def _check(self, rows: Sequence[Row]) -> None:
        package = self.sheet.book.package
        if self.data == NOTHING:
            raise NotAWorkbook(f"le tableau « {self.name} » n’a aucune ligne")
        if self.root.get("tableType", "worksheet") != "worksheet" or package.related(
            self.part, "queryTable"
        ):
            raise Refused(f"le tableau « {self.name} » est rempli par une requête")
        if any(len(row) > len(self._columns) for row in rows):
            raise Refused(f"le tableau « {self.name} » a {len(self._columns)} colonnes")

    def _blank(self) -> bool:
        """Return whether the only row holds nothing but the formulas of its columns."""
        data = self.data
        if data.top != data.bottom:
            return False
        for column, told in enumerate(self._columns, start=data.left):
            cell = self.sheet.grid.cell(data.top, column)
            calculated = cell is not None and cell.find(main("f")) is not None
            if _holds(cell) and not (calculated and _formula(told) is not None):
                return False
        return True

    def _make_room(self, data: Area, count: int) -> None:
        """Make the table larger by rows at its end, those below being used or pushed down."""
        below = Area(data.bottom + 1, data.left, data.bottom + count, data.right)
        if self.totals:
            self.sheet.insert_rows(below.top, count)
            return
        if self._free(below):
            growing.dress(self.sheet, data.bottom, below)
        else:
            self.sheet.insert_rows(below.top, count)
        whole = Area(self.area.top, data.left, below.bottom, data.right)
        self.sheet.book.package.edit(self.part).set("ref", str(whole))
        self.stretch(count)

    def stretch(self, count: int) -> None:
        """Make what covers its last row hold the rows that its extent now has after that one.

        These are its filter, and the validations and conditional formats of the sheet.
        """
        whole, data = self.area, self.data
        root = self.sheet.book.package.edit(self.part)
        for one in root.iterchildren(main("autoFilter")):
            one.set("ref", str(Area(whole.top, whole.left, data.bottom, whole.right)))
        self.sheet.book.declared.part(self.part)
        before = Area(data.top, data.left, data.bottom - count, data.right)
        growing.downwards(self.sheet, before, count)

    def _free(self, below: Area) -> bool:
        """Return whether nothing stands in an area under the table."""
        sheet, package = self.sheet, self.sheet.book.package
        if below.bottom > LAST_ROW:
            return False
        pivots = [
            Area.of(one.get("ref", ""))
            for part in package.related(sheet.part, "pivotTable")
            for one in package.tree(part).iterchildren(main("location"))
        ]
        tables = [one.area for one in sheet.tables if one.part != self.part]
        if any(below.meets(one) for one in (*sheet.merged, *tables, *pivots)):
            return False
        return not any(
            _holds(sheet.grid.cell(row, column))
            for row in range(below.top, below.bottom + 1)
            for column in sheet.grid.columns(row)
            if below.left <= column <= below.right
        )

    def _write(self, rows: Sequence[Row], first: int) -> Area:
        package, sheet = self.sheet.book.package, self.sheet
        top, columns = self.data.top, self._columns
        left = self.data.left
        for number, row in enumerate(rows, start=first):
            given = [*row, *[None] * (len(columns) - len(row))]
            for column, (value, told) in enumerate(zip(given, columns, strict=True), start=left):
                text = _formula(told) if value is None or value is ... else None
                if text is not None:
                    value = Formula(moved(text, number - top, 0))
                sheet.at(number, column).set(None if value is ... else value)
        if self.root.get("insertRow") is not None:
            root = package.edit(self.part)
            for key in ("insertRow", "insertRowShift"):
                root.attrib.pop(key, None)
            sheet.book.declared.part(self.part)
        return Area(first, left, first + len(rows) - 1, left + len(columns) - 1)


def _holds(cell: Element | None) -> bool:
    return cell is not None and len(cell) > 0


def _formula(column: Element) -> str | None:
    """Return the formula of a calculated column as its first row reads it."""
    found = column.find(main("calculatedColumnFormula"))
    if found is None or not found.text:
        return None
    if found.get("array") in ("1", "true"):
        raise Refused(f"la colonne « {column.get('name')} » a une formule matricielle")
    return found.text
