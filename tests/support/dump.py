"""A workbook as a small text, so that a change of the template is a diff that people can read.

`python -m support.dump`, in `tests`, writes that of the blank template of a commune in `golden`. What the
columns of a sheet share is said once, above them; formulas name columns by their headings, so that
one inserted does not change what is said of the others.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from itertools import takewhile
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries

from pst_excel.api.outputs import as_bytes
from pst_excel.api.templates import identified
from pst_excel.pst import PST
from support import GOLDEN
from support.dump_words import USUAL, bare, broken, colour, look, mark, newer, rule, width

FILE = GOLDEN / "modele.txt"
PAPERS = {"8": "A3", "9": "A4"}
_AREA = re.compile(r"'([^']+)'!\$([A-Z]{1,3})\$(\d+)(?::\$\2\$(\d+))?")
_CELL = re.compile(r"\$([A-Z]{1,3})(\d+)(?![\d(])")
_OWN = re.compile(r"\w+\[\[#This Row\],\[([^]]+)\](?::\[([^]]+)\])?\]")


def template() -> str:
    """Return the text of the blank template of a commune, freshly written."""
    return dump(as_bytes(identified(PST, {"type": "Commune"}), ".xlsx"))


def dump(data: bytes) -> str:
    """Return what a workbook shows, accepts and calculates, as lines of text."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl does not carry the newest marks
        book = openpyxl.load_workbook(io.BytesIO(data))
    pages = {sheet.title: _Page(sheet) for sheet in book}
    lines = [*_about(book, parts), *_names(book, pages)]
    for number, page in enumerate(pages.values(), start=1):
        marks = newer(parts[f"xl/worksheets/sheet{number}.xml"])
        lines += ["", f"=== {page.sheet.title} ===", *page.set_up(), *marks, *page.body()]
    return "\n".join(line.replace("\n", "⏎").rstrip() for line in lines) + "\n"


def _about(book: Any, parts: dict[str, str]) -> Iterator[str]:
    said = book.properties
    yield f"{said.title} · {said.subject} · {said.creator} · {said.created:%d/%m/%Y}"
    kinds = Counter(Path(name).parent.as_posix() for name in parts)
    yield "parts: " + ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    afresh = "calculated afresh" if book.calculation.fullCalcOnLoad else "as calculated"
    yield f"opens on {book.active.title}, {afresh}"
    yield f"not said where it is so: {' '.join(sorted(USUAL))}"


def _names(book: Any, pages: dict[str, _Page]) -> Iterator[str]:
    """Put each name beside the column or the cell that it means; give the others."""

    def heading(found: re.Match[str]) -> str:
        page = pages.get(found[1])
        rows = f"{found[3]}:{found[4]}" if found[4] else found[3]
        return f"{found[1]}[{page.heading(found[2])}]{rows}" if page and page.framed else found[0]

    for name, defined in sorted(book.defined_names.items()):
        found = _AREA.fullmatch(defined.attr_text)
        page = pages.get(found[1]) if found else None
        if found and page and (not page.framed or found[4]):
            rows = int(found[3]), int(found[4] or found[3])
            place = found[2] if page.framed else f"{found[2]}{found[3]}"
            where = "" if rows == page.usual or not page.framed else f" {rows[0]}-{rows[1]}"
            page.names[place] += [f"named {name}{where}"]
        else:
            yield f"name {name} = {_AREA.sub(heading, defined.attr_text)}"


class _Page:
    """One sheet: a frame, where frozen headings stand above columns, or cells of many kinds."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.names: dict[str, list[str]] = defaultdict(list)
        self.framed = range_boundaries(sheet.freeze_panes)[1] - 1 if sheet.freeze_panes else 0
        self._looks: dict[int, list[str]] = {}

    @cached_property
    def usual(self) -> tuple[int, int]:
        """The rows that the rules and the marks of most columns watch."""
        areas = [*self.sheet.data_validations.dataValidation, *self.sheet.conditional_formatting]
        rows = Counter((r.min_row, r.max_row) for area in areas for r in area.sqref.ranges)
        return rows.most_common(1)[0][0] if rows else (0, 0)

    @cached_property
    def columns(self) -> dict[str, Any]:
        """The dimension of each column, by letter."""
        return {
            get_column_letter(number): one
            for one in self.sheet.column_dimensions.values()
            for number in range(one.min, one.max + 1)
        }

    @cached_property
    def headings(self) -> list[Any]:
        """The cells of the headings."""
        return [cell for cell in self.sheet[self.framed or 1] if cell.value]

    def heading(self, letters: str) -> str:
        """Return the heading of a column, without its signs."""
        return bare(self.sheet[f"{letters}{self.framed}"].value) or letters

    def look(self, one: Any) -> list[str]:
        """Return the look of a cell, a row or a column, each made once."""
        key = one.style_id
        if key not in self._looks:
            self._looks[key] = look(one)
        return self._looks[key]

    def set_up(self) -> Iterator[str]:
        """Give what belongs to the sheet as a whole, its printing included."""
        sheet, page = self.sheet, self.sheet.page_setup
        grid = "no grid" if sheet.sheet_view.showGridLines is False else "grid"
        locked = "; protected" if sheet.protection.sheet else ""
        tab = colour(sheet.sheet_properties.tabColor)
        pane = sheet.sheet_view.pane
        frozen = f"{pane.xSplit or 0:g} columns, {pane.ySplit or 0:g} rows" if pane else "nothing"
        yield f"tab {tab}; {sheet.sheet_state}; frozen: {frozen}; {grid}{locked}"
        sides = sheet.page_margins
        fits = sheet.sheet_properties.pageSetUpPr.fitToPage
        fitted = (
            f"{page.fitToWidth or 1} × {page.fitToHeight} pages"
            if fits
            else f"at {page.scale or 100} %"
        )
        yield (
            f"printed {page.orientation} on {PAPERS.get(str(page.paperSize), page.paperSize)},"
            f" {fitted}; on each:"
            f" {sheet.print_title_rows} {sheet.print_title_cols}; area: {sheet.print_area or 'all'};"
            f" margins {sides.left} {sides.right} {sides.top} {sides.bottom}"
        )
        foot = sheet.oddFooter
        texts = (f"{part.text} ({part.size})" for part in (foot.left, foot.center, foot.right))
        yield f"footer: {' | '.join(texts)}"
        rows = (
            " ".join((f"{number}: {row.height or '–'}", *(self.look(row) if row.has_style else ())))
            for number, row in sheet.row_dimensions.items()
            if row.height or row.has_style
        )
        yield f"rows: {', '.join(rows)}"
        for table in sheet.tables.values():
            named = dict.fromkeys((table.name, table.displayName))
            filtered = f"filter {table.autoFilter.ref}" if table.autoFilter else "no filter"
            style = table.tableStyleInfo.name if table.tableStyleInfo else None
            yield f"table {' shown as '.join(named)} {table.ref}, {filtered}, style {style}"

    def body(self) -> Iterator[str]:
        """Give what the sheet holds."""
        if not self.framed:
            yield "columns: " + " · ".join(f"{at} {width(one)}" for at, one in self.columns.items())
            yield from self._cells(self.sheet.max_row)
            return
        yield from self._cells(self.framed - 1)
        if self.usual[0]:
            yield f"rules and marks, where nothing is said: rows {self.usual[0]} to {self.usual[1]}"
        if self._formulas:
            yield f"formulas, where nothing is said: rows {self.framed + 1} to {self.sheet.max_row}"
        looks = [self.look(cell) for cell in self.headings]
        shared = [part for part in looks[0] if all(part in one for one in looks)]
        yield f"headings: {' '.join(shared)}"
        first, own, last = self._marks()
        yield from (f"first mark of every column: {said}" for said in first)
        yield from (f"last mark of every column: {said}" for said in last)
        for cell in self.headings:
            yield from self._column(cell, shared)
            yield from (f"    ◆ {said}" for said in own.get(cell.column_letter, []))
        known = {cell.column for cell in self.headings}
        for cell in (cell for row in self.sheet.iter_rows(self.framed) for cell in row):
            if cell.value is not None and cell.column not in known:
                yield f"{cell.coordinate} {cell.value}, under no heading"

    def _cells(self, last: int) -> Iterator[str]:
        """Give the cells one by one, with all that each carries."""
        merged = {area.coord.split(":")[0]: area.coord for area in self.sheet.merged_cells.ranges}
        for row in self.sheet.iter_rows(1, last):
            if self.sheet.row_dimensions[row[0].row].hidden:
                yield f"row {row[0].row} hidden"
            for cell in row:
                at = cell.coordinate
                if cell.value is None and at not in self._rules and at not in self.names:
                    continue
                link = cell.hyperlink
                leads = [f"→ {link.location} ({link.tooltip})"] if link else []
                parts = [*self.look(cell), *leads, *self.names.get(at, [])]
                said = "" if cell.value is None else cell.value
                yield f"{merged.get(at, at)} {said} · {' '.join(parts)}"
                yield from self._rules.get(at, [])

    def _column(self, head: Any, shared: Sequence[str]) -> Iterator[str]:
        letters = head.column_letter
        one = self.columns[letters]
        parts = [width(one), *(["hidden"] if one.hidden else [])]
        parts += [f"level {one.outlineLevel}"] if one.outlineLevel else []
        parts += [*self.look(one), *self.names.get(letters, [])]
        mine = [part for part in self.look(head) if part not in shared]
        yield f"{letters} {head.value} · {' '.join(parts)} · heading {' '.join(mine)}"
        yield from self._rules.get(letters, [])
        formula = self._formulas.get(letters, "")
        yield from (f"    = {line}" for line in broken(formula) if formula)
        yield from self._contents(letters, formula)

    def _contents(self, letters: str, formula: str) -> Iterator[str]:
        """Give what stands under a heading: the entries, what is calculated, what looks otherwise."""
        first, last = self.framed + 1, self.sheet.max_row
        rows: dict[str, list[int]] = defaultdict(list)
        entries = []
        for (cell,) in self.sheet[f"{letters}{first}:{letters}{last}"]:
            if cell.data_type == "f":
                said = self._own(cell.value.removeprefix("="), cell.row)
                rows["formula" if said == formula else f"= {said}"].append(cell.row)
            elif cell.value is not None:
                entries.append(str(cell.value))
            if cell.has_style and self.look(cell) != self.look(self.columns[letters]):
                rows[f"look {' '.join(self.look(cell))}"].append(cell.row)
        if entries:
            yield f"    {len(entries)}: {' | '.join(entries)}"
        for said, numbers in rows.items():
            if said != "formula" or len(numbers) <= last - first:
                yield f"    rows {numbers[0]} to {numbers[-1]} ({len(numbers)}): {said}"

    @cached_property
    def _formulas(self) -> dict[str, str]:
        """The formulas of the columns of tables, by letter."""
        return {
            get_column_letter(number): self._own(column.calculatedColumnFormula.attr_text)
            for table in self.sheet.tables.values()
            for number, column in enumerate(table.tableColumns, range_boundaries(table.ref)[0])
            if column.calculatedColumnFormula is not None
        }

    def _own(self, formula: str, row: int = 0) -> str:
        """Return a formula with the headings of the cells of its own row."""
        known = {str(cell.value) for cell in self.headings}

        def named(found: re.Match[str]) -> str:
            texts = [text for text in found.groups() if text]
            return ":".join(f"[{bare(t)}]" for t in texts) if known.issuperset(texts) else found[0]

        def seen(found: re.Match[str]) -> str:
            return f"[{self.heading(found[1])}]" if int(found[2]) == row else found[0]

        return _CELL.sub(seen, _OWN.sub(named, formula)) if self.framed else formula

    @cached_property
    def _rules(self) -> dict[str, list[str]]:
        """The lines of each validation, by column, or by cell where there is no frame."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.sheet.data_validations.dataValidation:
            for area in one.sqref.ranges:
                rows = (area.min_row, area.max_row)
                usual = not self.framed or rows == self.usual
                letters = get_column_letter(area.min_col)
                place = letters if self.framed else f"{letters}{area.min_row}"
                where = "" if usual else f"{rows[0]}-{rows[1]}"
                found[place] += rule(one, where, partial(self._own, row=area.min_row))
        return found

    def _marks(self) -> tuple[list[str], dict[str, list[str]], list[str]]:
        """Return the marks that begin those of every column, those of each, those that end them."""
        found: dict[str, list[str]] = defaultdict(list)
        for area in self.sheet.conditional_formatting:
            ordered = sorted(area.rules, key=lambda one: one.priority)
            for one in area.sqref.ranges:
                where = "" if (one.min_row, one.max_row) == self.usual else f"{one.coord}: "
                said = [where + mark(r, partial(self._own, row=one.min_row)) for r in ordered]
                for number in range(one.min_col, one.max_col + 1):
                    found[get_column_letter(number)] += said
        first = _shared(list(found.values()))
        last = _shared([marks[: len(first) - 1 : -1] for marks in found.values()])[::-1]
        own = {at: marks[len(first) : len(marks) - len(last)] for at, marks in found.items()}
        return first, own, last


def _shared(columns: Sequence[Sequence[str]]) -> list[str]:
    """Return what all begin with."""
    levels = zip(*columns, strict=False)
    return [level[0] for level in takewhile(lambda level: len(set(level)) == 1, levels)]


if __name__ == "__main__":
    FILE.write_text(template(), encoding="utf-8", newline="\n")
