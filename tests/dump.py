"""A workbook as a small text, so that a change of the template is a diff that people can read.

`python tests/dump.py` writes the text of the blank template of a commune in `tests/data`. What most
cells of a sheet share is said once, at its top; formulas name the columns by their headings, so that
a column inserted does not change those of all the others.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string, get_column_letter

from pst_excel.api import template_bytes
from pst_excel.pst import PST

FILE = Path(__file__).parent / "data" / "modele.txt"
USUAL = {"Calibri", "11 pt", "text #1A202C", "vertical top"}
"""The look that is not said."""
_SIDES = ("left", "right", "top", "bottom")
_LONG = 120
_OWN = re.compile(r"\w+\[\[#This Row\],(\[[^]]+\])(:\[[^]]+\])?\]")
_CELL = re.compile(r"\$([A-Z]{1,3})(\d+)(?![\d(])")
_AREA = re.compile(r"'([^']+)'!\$([A-Z]{1,3})\$(\d+)(?::\$\2\$(\d+))?")


def dump(data: bytes) -> str:
    """Return all that a workbook shows and accepts, as lines of text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl does not know the newer marks
        book = openpyxl.load_workbook(io.BytesIO(data))
    pages = [_Page(sheet) for sheet in book]
    names = _Names(book, {page.title: page for page in pages})
    lines = [*_workbook(book, data), *names.lines(), *_newer_marks(data)]
    for page in pages:
        lines += ["", f"=== {page.title} ===", *page.lines(names)]
    return "\n".join(lines).replace("\xa0", "⍽") + "\n"


def template() -> str:
    """Return the text of the blank template of a commune, freshly written."""
    return dump(template_bytes(PST, {"type": "Commune"}))


def _workbook(book: Any, data: bytes) -> Iterator[str]:
    said = book.properties
    yield f"workbook: {said.title} · {said.subject} · {said.creator} · {said.created:%d/%m/%Y}"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        kinds = Counter(Path(name).parent.as_posix() for name in package.namelist())
    yield "parts: " + ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    yield f"opens on: {book.active.title} · calculates: {book.calculation.calcMode}"
    yield f"not said where it is so: {', '.join(sorted(USUAL))}; a rule accepts blanks and has help"


def _newer_marks(data: bytes) -> Iterator[str]:
    """Give the marks that openpyxl does not know: what Excel 2010 added to the bars."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in sorted(package.namelist()):
            text = package.read(name).decode() if name.startswith("xl/worksheets/sheet") else ""
            for found in re.findall(r"<x14:conditionalFormatting .*?</x14:conditionalForm", text):
                words = re.findall(r'<(?:x14|xm):(\w+)([^>]*)>([^<]*)', found)
                said = (f"{tag}{_attributes(rest)} {inner}".strip() for tag, rest, inner in words)
                yield f"newer mark of {Path(name).stem}: {' · '.join(said)}"


def _attributes(text: str) -> str:
    return "".join(f" {key}={value}" for key, value in re.findall(r' (?!id|xmlns)(\w+)="([^"]*)"', text))


@dataclass
class _Names:
    """The defined names: beside the column or the cell that they mean, or at the top."""

    book: Any
    pages: dict[str, _Page]
    _at: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        for name, defined in sorted(self.book.defined_names.items()):
            found = _AREA.fullmatch(defined.attr_text)
            page = self.pages.get(found[1]) if found else None
            if found is None or page is None:
                yield f"name {name} = {self.translated(defined.attr_text)}"
                continue
            rows = (int(found[3]), int(found[4] or found[3]))
            place = found[2] if page.framed else f"{found[2]}{rows[0]}"
            said = name if not page.framed or rows == page.usual else f"{name} {rows[0]}-{rows[1]}"
            self._at.setdefault((page.title, place), []).append(said)

    def translated(self, formula: str) -> str:
        """Return a formula with the headings of the columns that it means."""

        def heading(found: re.Match[str]) -> str:
            page = self.pages.get(found[1])
            if page is None or not page.framed:
                return found[0]
            last = f":{found[4]}" if found[4] else ""
            return f"{found[1]}[{page.heading(found[2])}]{found[3]}{last}"

        return _AREA.sub(heading, formula)

    def at(self, page: str, place: str) -> list[str]:
        return self._at.get((page, place), [])


@dataclass
class _Page:
    """One sheet; `framed` when its headings are frozen, over columns that are all of one kind."""

    sheet: Any
    _looks: dict[int, list[str]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return str(self.sheet.title)

    @cached_property
    def framed(self) -> int:
        """The number of the heading row, 0 where there is none."""
        frozen = self.sheet.freeze_panes
        return int(re.sub(r"\D", "", frozen)) - 1 if frozen else 0

    @cached_property
    def usual(self) -> tuple[int, int]:
        """The rows to which most of the rules of the sheet apply."""
        areas = [*self.sheet.data_validations.dataValidation, *self.sheet.conditional_formatting]
        rows = Counter((r.min_row, r.max_row) for area in areas for r in area.sqref.ranges)
        return rows.most_common(1)[0][0] if rows else (0, 0)

    @cached_property
    def columns(self) -> dict[str, Any]:
        """The dimension of each column that has one, by letter."""
        return {
            get_column_letter(number): dimension
            for dimension in self.sheet.column_dimensions.values()
            for number in range(dimension.min, dimension.max + 1)
        }

    @cached_property
    def tabled(self) -> dict[str, str]:
        """The formula of each computed column of the tables, by letter."""
        return {
            get_column_letter(number): column.calculatedColumnFormula.attr_text
            for table in self.sheet.tables.values()
            for number, column in enumerate(
                table.tableColumns, column_index_from_string(re.match(r"[A-Z]+", table.ref)[0])
            )
            if column.calculatedColumnFormula is not None
        }

    def heading(self, letters: str) -> str:
        """Return the heading of a column without its signs; its letters where it has none."""
        return _bare(self.sheet[f"{letters}{self.framed}"].value) or letters

    def look(self, one: Any) -> list[str]:
        """Return the look of a cell or of a column, each made once."""
        if one.style_id not in self._looks:
            self._looks[one.style_id] = list(_look(one))
        return self._looks[one.style_id]
