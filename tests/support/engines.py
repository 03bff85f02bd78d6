"""A third and a fourth opinion on the workbooks written: IronCalc and Formualizer calculate them.

Both are engines that share no line with LibreOffice: what they and pandas agree on is what the
formula says, not what one program makes of it. An engine loads the file, forgets what it holds of
results, and takes edits cell by cell, as somebody types them.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import pytest
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.utils.cell import get_column_letter as letters_of
from openpyxl.utils.datetime import to_excel

from support import office
from support.office import Cells


class Engine(Protocol):
    """One workbook in an engine: values are changed in it, and every formula calculated again."""

    def __init__(self, path: Path) -> None: ...

    def put(self, sheet: str, cell: str, value: Any) -> None:
        """Write a number, a text or a truth in a cell; None clears it."""

    def calculate(self) -> None:
        """Calculate every formula."""

    def value(self, sheet: str, cell: str) -> Any:
        """Return what a cell holds: a number for a date, the text of an error as Excel shows it."""


class IronCalc:
    """IronCalc: cells by the index of their sheet; a text is written as such, never understood."""

    def __init__(self, path: Path) -> None:
        import ironcalc

        self.model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        sheets = self.model.get_worksheets_properties()
        self.index = {sheet["name"]: at for at, sheet in enumerate(sheets)}

    def put(self, sheet: str, cell: str, value: Any) -> None:
        place = (self.index[sheet], *coordinate_to_tuple(cell))
        if value is None:
            self.model.clear_cell_contents(*place)
        elif isinstance(value, bool):
            self.model.update_cell_with_bool(*place, value)
        elif isinstance(value, str):
            self.model.update_cell_with_text(*place, value)
        else:
            self.model.update_cell_with_number(*place, float(value))

    def calculate(self) -> None:
        self.model.evaluate()

    def value(self, sheet: str, cell: str) -> Any:
        return self.model.get_cell_value(self.index[sheet], *coordinate_to_tuple(cell))


_ERRORS = {
    "Div": "#DIV/0!", "Na": "#N/A", "Name": "#NAME?", "Null": "#NULL!", "Num": "#NUM!",
    "Ref": "#REF!", "Value": "#VALUE!",
}  # fmt: skip


class Formualizer:
    """Formualizer: dates asked as numbers, errors known by a word of its own."""

    def __init__(self, path: Path) -> None:
        import formualizer

        self.book = formualizer.load_workbook(str(path))
        self.book.set_temporal_egress("serial")

    def put(self, sheet: str, cell: str, value: Any) -> None:
        self.book.set_value(sheet, *coordinate_to_tuple(cell), value)

    def calculate(self) -> None:
        self.book.evaluate_all()

    def value(self, sheet: str, cell: str) -> Any:
        found = self.book.get_value(sheet, *coordinate_to_tuple(cell))
        if isinstance(found, dict):
            kind = str(found.get("kind"))
            return _ERRORS.get(kind, f"#{kind.upper()}!")
        return found


class FormualizerByCells(Formualizer):
    """Formualizer, for workbooks with tables: each `T_Actions[[#This Row],[Statut]]` said as $Y5.

    It reads no table of a file, and knows `[#This Row]` of none. Excel repeats such a formula on
    the rows that are added (docs/decisions/0012), so the workbooks keep it: what it says is
    tried here by what it names.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        for (sheet, cell), formula in _by_cells(path.read_bytes()).items():
            self.book.set_formula(sheet, *coordinate_to_tuple(cell), formula)


def _needed(engine: type, package: str) -> Any:
    missing = importlib.util.find_spec(package) is None
    reason = f"{package} is not installed: no formula is given to it"
    return pytest.param(
        engine, id=engine.__name__, marks=pytest.mark.skipif(missing, reason=reason)
    )


IRONCALC = _needed(IronCalc, "ironcalc")
FORMUALIZER = _needed(Formualizer, "formualizer")
FORMUALIZER_BY_CELLS = _needed(FormualizerByCells, "formualizer")


def opened(engine: Callable[[Path], Engine], data: bytes) -> Engine:
    """Return a workbook in an engine, calculated: both read a file, which is gone afterwards."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "classeur.xlsx")
        path.write_bytes(data)
        loaded = engine(path)
    loaded.calculate()
    return loaded


def found(engine: Engine, cells: Iterable[tuple[str, str]]) -> Cells:
    """Return the values of cells; those that show nothing are left out, as `office.values` does."""
    values = {place: engine.value(*place) for place in cells}
    return {place: value for place, value in values.items() if value not in (None, "")}


def expected(cells: Cells) -> Cells:
    """Return values as an engine gives them: a date is the number of its day."""
    return {place: _serial(value) for place, value in cells.items()}


def typed(before: bytes, after: bytes) -> Cells:
    """Return the cells, none of them a formula, that hold something else after; None where cleared."""
    old, new = _inputs(before), _inputs(after)
    changed = {place: new.get(place) for place in old | new if old.get(place) != new.get(place)}
    return expected(changed)


@cache
def _inputs(data: bytes) -> Cells:
    with office.opened(data) as workbook:
        return {
            (sheet.title, cell.coordinate): cell.value
            for sheet in workbook
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type != "f" and cell.value not in (None, "")
        }


def _serial(value: Any) -> Any:
    return to_excel(value) if isinstance(value, dt.date | dt.time) else value


_ON_THIS_ROW = re.compile(r"(T_\w+)\[\[#This Row\],\[(.+?)\](?::\[(.+?)\])?\](?!\])")


def _by_cells(data: bytes) -> dict[tuple[str, str], str]:
    """Return the formulas that name the cells of their row by headings, with letters instead."""
    columns: dict[str, dict[str, str]] = {}
    with office.opened(data) as workbook:
        for sheet in workbook:
            for table in sheet.tables.values():
                first = range_boundaries(table.ref)[0]
                columns[table.name] = {
                    column.name: letters_of(at)
                    for at, column in enumerate(table.tableColumns, start=first)
                }

    def cells(found: re.Match[str], row: str) -> str:
        table, *headings = found.groups()
        return ":".join(f"${columns[table][name]}{row}" for name in headings if name)

    named = {}
    for (sheet, cell), formula in office.formulas(data).items():
        row = re.sub(r"[A-Z]+", "", cell)
        text = _ON_THIS_ROW.sub(lambda match, row=row: cells(match, row), formula)
        if text != formula:
            named[sheet, cell] = text
    return named
