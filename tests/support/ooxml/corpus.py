"""The workbooks on which the patcher is tried as a whole, and the changes made to them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
import xlsxwriter
from hypothesis import strategies as st
from lxml import etree

from pst_excel.ooxml.cells.values import CellError, Formula, Value, serial
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.package.names import main
from pst_excel.ooxml.references.addresses import address
from pst_excel.ooxml.sheet import Cell, Sheet
from pst_excel.ooxml.workbook import Workbook
from support import WRITTEN
from support.ooxml.torture import torture
from support.ooxml.torture_base import picture

BROKEN = "pyexcelerate.xlsx"
"""Its styles are not XML: it holds formatCode="#,##0.00\\ "€""."""
FILES: dict[str, bytes] = {
    "torture.xlsx": torture(),
    "torture_strict.xlsx": torture(strict=True),
    "torture_prefixed.xlsx": torture(prefixed=True),
    "torture_1904.xlsx": torture(epoch_1904=True),
} | {
    path.name: path.read_bytes()
    for path in sorted(WRITTEN.iterdir())
    if path.suffix in (".xlsx", ".xlsm") and path.name != BROKEN
}
each_file = pytest.mark.parametrize("name", FILES)
US, FILL = "Contrôle", "FDE2E1"
RESULTS = "Résultats"
RANK = 1_000  # rows below are free in every file
ERRORS = ("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")
FORMULAS = ("A1+1", "SUM($A$1:B2)", 'IF(A1="a;b","<é>",1)', "1=1")


@dataclass(frozen=True)
class Edit:
    """One change of a cell: `how` is the name of what is done, `what` its argument."""

    title: str
    ref: str
    how: str
    what: Any = None


def done(book: Workbook, edits: Iterable[Edit]) -> list[Edit]:
    """Make changes; return those that were not refused."""
    made = []
    for edit in edits:
        try:
            _do(book[edit.title].cell(edit.ref), edit)
        except Refused:
            continue
        made.append(edit)
    return made


def _do(cell: Cell, edit: Edit) -> None:
    if edit.how == "value":
        cell.value = edit.what
    elif edit.how == "note":
        cell.add_note(edit.what, US)
    elif edit.how == "fill":
        cell.fill(FILL)
    elif edit.how == "mark":
        cell.mark(FILL)
    else:
        cell.link(edit.title, "A1")


def parts(data: bytes) -> dict[str, bytes]:
    """Return every part of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist() if not one.is_dir()}


def read(data: bytes) -> dict[tuple[str, str], Value]:
    """Return the value of each cell that has one."""
    return {
        (sheet.title, cell.ref): cell.value
        for sheet in Workbook(data).sheets
        for cell in sheet.cells()
        if cell.value is not None
    }


def written(data: bytes) -> dict[tuple[str, str], bytes]:
    """Return each cell as it is written, but the formulas that are shared."""
    found = {}
    for sheet in Workbook(data).sheets:
        for row, column, cell in sheet.grid:
            formula = cell.find(main("f"))
            if formula is None or formula.get("t") != "shared":
                text = etree.tostring(cell, method="c14n2", with_tail=False)
                found[sheet.title, address(row, column)] = text
    return found


def same(asked: Value, found: Value, epoch_1904: bool) -> bool:
    """Return whether a value reads as it was asked: a number in a cell of dates reads as one."""
    dates = (dt.datetime, dt.date, dt.time, dt.timedelta)
    if isinstance(asked, dates) or isinstance(found, dates):
        mine, theirs = (
            serial(one, epoch_1904) if isinstance(one, dates) else one for one in (asked, found)
        )
        assert isinstance(mine, int | float)
        assert isinstance(theirs, int | float)
        return abs(mine - theirs) <= 1e-7
    if asked in (None, "") and found in (None, ""):
        return True
    return asked == found and isinstance(asked, bool) == isinstance(found, bool)


def looked_at(sheet: Sheet) -> list[object]:
    """Return all that can be asked of a sheet."""
    cells = [(cell.value, cell.style) for cell in sheet.cells()]
    return [cells, sheet.notes, sheet.tables, sheet.merged, sheet.marked()]


@cache
def places(name: str) -> list[tuple[str, str]]:
    """Return the cells of a file, and some that it does not have."""
    book = Workbook(FILES[name])
    free = [address(row, column) for row in (2, 7, RANK) for column in (2, 14, 60)]
    return [
        (sheet.title, ref)
        for sheet in book.sheets
        for ref in dict.fromkeys([*(cell.ref for cell in sheet.cells()), *free])
    ]


_TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40) | st.sampled_from(
    ("=1+1", "_x000D_", "_x0041", "a\r\nb", " é ", "\t", "]]>", "&amp;", "\x00\x1f", "0012", "𝄞")
)
_NUMBERS = st.integers(-(10**14), 10**14) | st.floats(allow_nan=False, allow_infinity=False)
_DATES = st.datetimes(dt.datetime(1905, 1, 1), dt.datetime(9999, 12, 30)).map(
    lambda moment: moment.replace(microsecond=0)
)
_HELD = st.one_of(
    st.none(), st.booleans(), _TEXTS, _NUMBERS, _DATES, _DATES.map(dt.datetime.date),
    st.timedeltas(dt.timedelta(0), dt.timedelta(900)), st.sampled_from(ERRORS).map(CellError),
    st.builds(Formula, st.sampled_from(FORMULAS), st.none() | st.booleans() | st.floats(-9, 9)),
)  # fmt: skip


@st.composite
def edits(draw: st.DrawFn, name: str) -> list[Edit]:
    """Return changes of the cells of a file."""
    values_ = st.tuples(st.just("value"), _HELD)
    notes = st.tuples(st.just("note"), _TEXTS.filter(str.strip))
    others = st.tuples(st.sampled_from(("fill", "mark", "link")), st.none())
    drawn = st.tuples(st.sampled_from(places(name)), values_ | values_ | notes | others)
    return [
        Edit(title, ref, how, what)
        for (title, ref), (how, what) in draw(st.lists(drawn, min_size=1, max_size=12))
    ]


def may_change(name: str, made: Iterable[Edit]) -> set[str]:
    """Return the parts that changes may touch: sheets, what stands under them, and the book."""
    book = Workbook(FILES[name])
    package = book.package
    found = {package.workbook, book.styles.part, "[Content_Types].xml", "xl/calcChain.xml",
             "xl/_rels/workbook.xml.rels"}  # fmt: skip
    for title in {edit.title for edit in made}:
        part = book[title].part
        folder, _, base = part.rpartition("/")
        found |= {part, f"{folder}/_rels/{base}.rels"}
        found |= {one for kind in ("comments", "vmlDrawing") for one in package.related(part, kind)}
    return found


@cache
def results() -> bytes:
    """Return a workbook of one sheet with a table, a chart, a picture, a note, formats, a list."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as made:
        sheet = made.add_worksheet(RESULTS)
        share = made.add_format({"num_format": "0.0 %", "bg_color": "#FFF2CC"})
        columns = [
            {"header": "Service"},
            {"header": "Actions"},
            {"header": "Part", "format": share},
        ]
        rows = [[f"Service {at}", at, at / 7] for at in range(1, 8)]
        sheet.add_table(0, 0, 7, 2, {"name": "tRésultats", "columns": columns, "data": rows})
        sheet.conditional_format("B2:B8", {"type": "data_bar", "data_bar_2010": True})
        sheet.data_validation("D2:D8", {"validate": "list", "source": ["oui", "non"]})
        sheet.write_formula("E2", "=SUM(B2:B8)", share, 28)
        sheet.write_comment("A2", "Une note")
        sheet.insert_image("G20", "a.png", {"image_data": io.BytesIO(picture())})
        chart = made.add_chart({"type": "column"})
        chart.add_series({"values": [RESULTS, 1, 1, 7, 1]})
        sheet.insert_chart("G2", chart)
        made.define_name(f"{RESULTS}!zone", f"={RESULTS}!$A$1:$C$8")
    return buffer.getvalue()


def settled(sheet: Sheet) -> list[Edit]:
    """Return changes of a sheet: values of each kind in cells that are free, a note, marks."""
    held = ["é <&> \"'", 12.5, True, dt.datetime(2026, 3, 1, 12), CellError("#N/A"), -3, "  a\nb"]
    values_ = [Edit(sheet.title, address(RANK, at), "value", one) for at, one in enumerate(held, 1)]
    first = next((cell.ref for cell in sheet.cells() if cell.note is None), "A1")
    return [
        *values_,
        Edit(sheet.title, address(RANK, 9), "value", Formula("1+2", 3.0)),
        *(Edit(sheet.title, first, how, "Une note") for how in ("fill", "mark", "note")),
        Edit(sheet.title, address(RANK, 10), "link"),
    ]
