"""A workbook as a small text, so that a change of the template is a diff that people can read.

`python tests/dump.py` writes the text of the blank template of a commune in `tests/data`. What the
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
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries

from pst_excel.api import template_bytes
from pst_excel.pst import PST

FILE = Path(__file__).parent / "data" / "modele.txt"
LONG = 120
USUAL = {"Calibri", "11 pt", "#1A202C", "top"}
"""The look that is not said."""
_SIDES = ("left", "right", "top", "bottom")
_AREA = re.compile(r"'([^']+)'!\$([A-Z]{1,3})\$(\d+)(?::\$\2\$(\d+))?")
_CELL = re.compile(r"\$([A-Z]{1,3})(\d+)(?![\d(])")
_OWN = re.compile(r"\w+\[\[#This Row\],\[([^]]+)\](?::\[([^]]+)\])?\]")


def template() -> str:
    """Return the text of the blank template of a commune, freshly written."""
    return dump(template_bytes(PST, {"type": "Commune"}))


def dump(data: bytes) -> str:
    """Return what a workbook shows, accepts and calculates, as lines of text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl does not carry the newest marks
        book = openpyxl.load_workbook(io.BytesIO(data))
    parts = _parts(data)
    pages = {sheet.title: _Page(sheet) for sheet in book}
    lines = [*_about(book, parts), *_name(book, pages)]
    for number, page in enumerate(pages.values(), start=1):
        newer = _newer(parts[f"xl/worksheets/sheet{number}.xml"])
        lines += ["", f"=== {page.sheet.title} ===", *page.set_up(), *newer, *page.body()]
    return "\n".join(line.replace("\n", "⏎") for line in lines) + "\n"


def _parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def _about(book: Any, parts: dict[str, str]) -> Iterator[str]:
    said = book.properties
    yield f"{said.title} · {said.subject} · {said.creator} · {said.created:%d/%m/%Y}"
    kinds = Counter(Path(name).parent.as_posix() for name in parts)
    yield "parts: " + ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    yield f"opens on {book.active.title}; calculates: {book.calculation.calcMode}"
    yield f"not said where it is so: {' '.join(sorted(USUAL))}"


def _newer(part: str) -> Iterator[str]:
    """Give the marks that openpyxl does not carry: what Excel 2010 added to the bars."""
    for mark in re.findall(r"<x14:conditionalFormatting .*?</x14:conditionalFormatting>", part):
        mark = re.sub(r' (?:xmlns:\w+|id)="[^"]*"', "", mark)
        words = re.findall(r"<(?:x14|xm):(\w+)([^>]*?)/?>([^<]*)", mark)
        yield "newer mark: " + " ".join(" ".join("".join(word).split()) for word in words[1:])


def _name(book: Any, pages: dict[str, _Page]) -> Iterator[str]:
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

    def look(self, one: Any) -> list[str]:
        """Return the look of a cell or of a column, each made once."""
        key = one.style_id
        if key not in self._looks:
            self._looks[key] = _look(one, one.fill.fgColor if one.fill.fill_type else None)
        return self._looks[key]

    def heading(self, letters: str) -> str:
        """Return the heading of a column, without its signs."""
        return _bare(self.sheet[f"{letters}{self.framed}"].value) or letters

    def set_up(self) -> Iterator[str]:
        """Give what belongs to the sheet as a whole, its printing included."""
        sheet, page, view = self.sheet, self.sheet.page_setup, self.sheet.sheet_view
        shown = "" if view.showGridLines in (None, True) else "; no grid"
        locked = "; protected" if sheet.protection.sheet else ""
        yield (f"tab {_colour(sheet.sheet_properties.tabColor)}; {sheet.sheet_state};"
               f" frozen at {sheet.freeze_panes or '–'}{shown}{locked}")  # fmt: skip
        paper = {"8": "A3", "9": "A4"}.get(str(page.paperSize), page.paperSize)
        margins = sheet.page_margins
        yield (f"printed {page.orientation} on {paper}, {page.fitToWidth or 1} × {page.fitToHeight}"
               f" pages; repeated: {sheet.print_title_rows} {sheet.print_title_cols};"
               f" area: {sheet.print_area or 'all'}; margins"
               f" {margins.left} {margins.right} {margins.top} {margins.bottom}")  # fmt: skip
        foot = sheet.oddFooter
        texts = (f"{part.text} ({part.size})" for part in (foot.left, foot.center, foot.right))
        yield "footer: " + " | ".join(texts)
        heights = {n: f"{d.height:g}" for n, d in sheet.row_dimensions.items() if d.height}
        yield "rows: " + " ".join(f"{number}={height}" for number, height in heights.items())
        for table in sheet.tables.values():
            filtered = "with" if table.autoFilter else "without"
            yield f"table {table.name} {table.ref}, {filtered} a filter"

    def body(self) -> Iterator[str]:
        """Give what the sheet holds."""
        if not self.framed:
            widths = (f"{letters} {_width(one)}" for letters, one in self.columns.items())
            yield "columns: " + " · ".join(widths)
            yield from self._cells(1, self.sheet.max_row)
            return
        yield from self._cells(1, self.framed - 1)
        if self.usual[0]:
            yield f"rules and marks, unless said: rows {self.usual[0]} to {self.usual[1]}"
        heads = [self.look(cell) for cell in self.sheet[self.framed] if cell.value]
        shared = [part for part in heads[0] if all(part in head for head in heads)]
        yield f"headings: {' '.join(shared)}"
        first, own, last = self._marks()
        yield from (f"first mark of every column: {mark}" for mark in first)
        yield from (f"last mark of every column: {mark}" for mark in last)
        for cell in self.sheet[self.framed]:
            if cell.value:
                yield from self._column(cell, shared)
                yield from (f"    ◆ {mark}" for mark in own.get(cell.column_letter, []))

    @cached_property
    def columns(self) -> dict[str, Any]:
        """The dimension of each column, by letter."""
        return {
            get_column_letter(number): one
            for one in self.sheet.column_dimensions.values()
            for number in range(one.min, one.max + 1)
        }

    def _cells(self, first: int, last: int) -> Iterator[str]:
        """Give the cells one by one, with all that each carries."""
        merged = {area.coord.split(":")[0]: area.coord for area in self.sheet.merged_cells.ranges}
        rules = self._rules()
        for row in self.sheet.iter_rows(first, last):
            for cell in row:
                place = cell.coordinate
                if cell.value is None and place not in rules and place not in self.names:
                    continue
                link = [f"→ {cell.hyperlink.location}"] if cell.hyperlink else []
                parts = [*self.look(cell), *link, *self.names.get(place, [])]
                yield f"{merged.get(place, place)} {cell.value or ''} · {' '.join(parts)}"
                yield from rules.get(place, [])

    def _column(self, head: Any, shared: Sequence[str]) -> Iterator[str]:
        letters = head.column_letter
        one = self.columns[letters]
        folds = [f"level {one.outlineLevel}"] if one.outlineLevel else []
        hidden = ["hidden"] if one.hidden else []
        parts = [_width(one), *hidden, *folds, *self.look(one), *self.names.get(letters, [])]
        mine = [part for part in self.look(head) if part not in shared]
        yield f"{letters} {head.value} · {' '.join(parts)} · heading {' '.join(mine)}"
        yield from self._rules().get(letters, [])
        formula = self._formulas.get(letters, "")
        yield from (f"    = {line}" for line in _broken(formula) if formula)
        yield from self._contents(letters, formula)

    def _contents(self, letters: str, formula: str) -> Iterator[str]:
        """Give what stands under a heading: the entries, the rows calculated, what differs."""
        rows: dict[str, list[int]] = defaultdict(list)
        entries = []
        for (cell,) in self.sheet[f"{letters}{self.framed + 1}:{letters}{self.sheet.max_row}"]:
            value = cell.value
            if isinstance(value, str) and value.startswith("="):
                said = self._own(value[1:], cell.row)
                rows["calculated" if said == formula else f"= {said}"].append(cell.row)
            elif value is not None:
                entries.append(str(value))
            if cell.has_style and self.look(cell) != self.look(self.columns[letters]):
                rows[f"look {' '.join(self.look(cell))}"].append(cell.row)
        if entries:
            yield f"    {len(entries)}: {' | '.join(entries)}"
        for said, numbers in rows.items():
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

    def _own(self, formula: str, row: int | None = None) -> str:
        """Return a formula with the headings of the cells of its own row; the others as they are."""
        headings = {str(cell.value): _bare(cell.value) for cell in self.sheet[self.framed or 1]}

        def named(found: re.Match[str]) -> str:
            known = [text for text in found.groups() if text]
            said = ":".join(f"[{headings[text]}]" for text in known if text in headings)
            return said if all(text in headings for text in known) else found[0]

        def seen(found: re.Match[str]) -> str:
            return f"[{self.heading(found[1])}]" if found[2] == str(row) else found[0]

        return _CELL.sub(seen, _OWN.sub(named, formula)) if self.framed else formula

    def _rules(self) -> dict[str, list[str]]:
        """Return the lines of each validation, by column, or by cell where there is no frame."""
        found: dict[str, list[str]] = defaultdict(list)
        for rule in self.sheet.data_validations.dataValidation:
            for area in rule.sqref.ranges:
                rows = (area.min_row, area.max_row)
                letters = get_column_letter(area.min_col)
                place = letters if self.framed else f"{letters}{area.min_row}"
                where = [] if rows == self.usual or not self.framed else [f"{rows[0]}-{rows[1]}"]
                found[place] += self._rule(rule, where, area.min_row)
        return found

    def _rule(self, rule: Any, where: list[str], row: int) -> Iterator[str]:
        limits = (self._own(one, row) for one in (rule.formula1, rule.formula2) if one)
        parts = [*where, rule.type or "any", rule.operator or "", " and ".join(limits)]
        parts += [] if rule.allowBlank else ["no blank"]
        parts += ["no arrow"] if rule.showDropDown else []
        if rule.showErrorMessage and rule.error:
            parts += [f"else {rule.errorStyle or 'stop'}: {rule.errorTitle} – {rule.error}"]
        elif not rule.showErrorMessage:
            parts += ["else nothing"]
        if parts != ["any", "", ""]:
            yield f"    ✓ {' '.join(part for part in parts if part)}"
        if rule.showInputMessage and rule.prompt:
            yield f"    ? {rule.promptTitle} – {rule.prompt}"

    def _marks(self) -> tuple[list[str], dict[str, list[str]], list[str]]:
        """Return the marks that begin those of every column, those of each, those that end them."""
        by_column: dict[str, list[str]] = {}
        for area in self.sheet.conditional_formatting:
            rows = {(one.min_row, one.max_row) for one in area.sqref.ranges}
            where = "" if rows == {self.usual} else f"{area.sqref}: "
            for one in area.sqref.ranges:
                marks = [f"{where}{self._mark(rule, one.min_row)}" for rule in _ordered(area)]
                for number in range(one.min_col, one.max_col + 1):
                    by_column.setdefault(get_column_letter(number), []).extend(marks)
        columns = list(by_column.values())
        first = [marks[0] for marks in takewhile(_alike, zip(*columns, strict=False))]
        turned = (reversed(marks[len(first) :]) for marks in columns)
        last = [marks[0] for marks in takewhile(_alike, zip(*turned, strict=False))][::-1]
        own = {c: marks[len(first) : len(marks) - len(last)] for c, marks in by_column.items()}
        return first, own, last

    def _mark(self, rule: Any, row: int) -> str:
        look = rule.dxf and _look(rule.dxf, rule.dxf.fill and rule.dxf.fill.bgColor)
        bar = rule.dataBar and [f"bar {_colour(rule.dataBar.color)}", *(
            f"{one.type} {one.val}" for one in rule.dataBar.cfvo)]  # fmt: skip
        condition = " and ".join(self._own(formula, row) for formula in rule.formula)
        kind = "when" if rule.type == "expression" else f"{rule.type} {rule.operator or ''}".strip()
        stops = " (the last)" if rule.stopIfTrue else ""
        return f"{' '.join(look or bar or [])} {kind} {condition}".strip() + stops


def _ordered(area: Any) -> list[Any]:
    return sorted(area.rules, key=lambda rule: rule.priority)


def _alike(marks: Sequence[str]) -> bool:
    return len(set(marks)) == 1


def _bare(heading: Any) -> str:
    return str(heading or "").strip(" ✱ƒ")


def _width(column: Any) -> str:
    return f"{column.width - 5 / 7:.1f}".removesuffix(".0")  # as Excel shows it


def _colour(colour: Any) -> str:
    if colour is None:
        return "–"
    return f"#{colour.rgb[2:]}" if colour.type == "rgb" else f"{colour.type} {colour.value}"


def _look(one: Any, fill: Any) -> list[str]:
    """Return how a cell, a column or a mark looks, without what is usual."""
    font, align, border = one.font, one.alignment, one.border
    said = []
    if font is not None:
        said += [font.name or "", f"{font.sz:g} pt" if font.sz else "", _colour(font.color)]
        said += [word for word, on in (("bold", font.b), ("italic", font.i), ("underlined", font.u)) if on]
    said += [f"on {_colour(fill)}"] if fill is not None else []
    if align is not None:
        said += [align.horizontal or "", align.vertical or "bottom", f"indent {align.indent:g}" if align.indent else ""]
        said += ["wrap"] if align.wrap_text else []
    sides = [(side, getattr(border, side)) for side in _SIDES] if border is not None else []
    lines = {side: f"{line.style} {_colour(line.color)}" for side, line in sides if line and line.style}
    if len(lines) == len(_SIDES) and _alike(list(lines.values())):
        said += [f"border {lines['top']}"]
    else:
        said += [f"{side} {line}" for side, line in lines.items()]
    form = getattr(one, "number_format", None) or (one.numFmt.formatCode if getattr(one, "numFmt", None) else "General")
    said += [f"format {form}"] if form != "General" else []
    return [part for part in said if part and part not in USUAL]


def _broken(formula: str, depth: int = 0) -> list[str]:
    """Return a long formula as lines: the arguments of an IF, the terms of a sum."""
    space = "  " * depth
    if len(formula) <= LONG:
        return [space + formula]
    terms = _split(formula, "+")
    if len(terms) > 1:
        return [f"{space}{'+ ' if at else ''}{term}" for at, term in enumerate(terms)]
    if formula.startswith("IF(") and formula.endswith(")"):
        arguments = _split(formula[3:-1], ",")
        lines = [_broken(argument, depth + 1) for argument in arguments]
        return [f"{space}IF(", *(line for part in lines for line in part), f"{space})"]
    return [space + formula]


def _split(formula: str, mark: str) -> list[str]:
    """Return the pieces of a formula between the marks that stand in no parentheses nor quotes."""
    pieces, depth, quoted = [""], 0, False
    for letter in formula:
        quoted ^= letter == '"'
        depth += (letter in "([") - (letter in ")]") if not quoted else 0
        if letter == mark and not depth and not quoted:
            pieces.append("")
        else:
            pieces[-1] += letter
    return pieces


if __name__ == "__main__":
    FILE.write_text(template(), encoding="utf-8")
