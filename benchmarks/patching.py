"""The patcher: on each workbook of a folder, what it refuses, raises, loses and takes; then speed.

`python benchmarks/patching.py FOLDER` puts a cell, a note, a sheet with charts, and all three into
every xlsx and xlsm file of the folder; without a folder it only measures speed.
"""

from __future__ import annotations

import io
import re
import shutil
import statistics
import sys
import tempfile
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import xlsxwriter
from lxml import etree
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import DataBarRule
from openpyxl.worksheet.table import Table
from timing import best

from pst_excel.ooxml.errors import NotAWorkbook, PatchError, Protected, Refused
from pst_excel.ooxml.package.package import Package
from pst_excel.ooxml.references.addresses import LAST_ROW
from pst_excel.ooxml.workbook import Workbook

TITLE, TEXT, AUTHOR = "Résultats du contrôle", "é <&> 12", "Contrôle"
CELLS = 20
BIG_SHEETS, BIG_ROWS, BIG_COLUMNS = 4, 10_000, 20
SAMPLES = Path(__file__).parents[1] / "samples"
RETURNS = {
    "the return of a service": SAMPLES / "retours" / "PST_Valbruyere_travaux.xlsx",
    "a whole PST": SAMPLES / "institutions" / "PST_montargeau.xlsx",
}


def results() -> bytes:
    """Return a workbook of one sheet: two charts, a table, a note, a conditional format."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet(TITLE)
    bold = book.add_format({"bold": True, "bg_color": "#DDEBF7", "num_format": "0.00 %"})
    rows = [[f"Service {number}", number, number / 10] for number in range(1, 201)]
    columns = [{"header": "Service"}, {"header": "Actions"}, {"header": "Part", "format": bold}]
    sheet.add_table(0, 0, len(rows), 2, {"name": "tControle", "data": rows, "columns": columns})
    sheet.conditional_format(1, 1, len(rows), 1, {"type": "data_bar"})
    sheet.conditional_format(
        1, 2, len(rows), 2, {"type": "cell", "criteria": ">", "value": 5, "format": bold}
    )
    sheet.write_comment("B2", "Une note")
    for at, kind in enumerate(("column", "line")):
        chart = book.add_chart({"type": kind})
        chart.add_series({"values": [TITLE, 1, 1, len(rows), 1]})
        sheet.insert_chart(1, 5 + 8 * at, chart)
    book.close()
    return buffer.getvalue()


RESULTS = results()
Place = tuple[str, int]


class NoWorksheet(Exception):
    """All that a workbook has is sheets of charts."""


def free_cell(book: Workbook) -> Place:
    """Return a sheet and a row that is free, below all others."""
    sheet = book.sheets[0]
    return sheet.title, min(max(sheet.grid.rows, default=0) + 3, LAST_ROW)


def put_cell(book: Workbook, place: Place) -> None:
    """Write one cell."""
    book[place[0]].at(place[1], 1).value = TEXT


def put_note(book: Workbook, place: Place) -> None:
    """Add one note."""
    book[place[0]].at(place[1], 1).add_note(TEXT, AUTHOR)


def put_sheet(book: Workbook, place: Place) -> None:
    """Take the sheet of results."""
    book.graft(RESULTS)


def put_all(book: Workbook, place: Place) -> None:
    """Do the three."""
    for put in (put_cell, put_note, put_sheet):
        put(book, place)


OPERATIONS: dict[str, Callable[[Workbook, Place], None]] = {
    "cell": put_cell, "note": put_note, "graft": put_sheet, "all": put_all,
}  # fmt: skip


def patched(data: bytes, operation: Callable[[Workbook, Place], None]) -> bytes:
    """Return a workbook after an operation."""
    book = Workbook(data)
    if not book.sheets:
        raise NoWorksheet
    operation(book, free_cell(book))
    return book.to_bytes()


def differing(data: bytes, made: bytes) -> Iterator[tuple[str, str]]:
    """Give the parts of a workbook that another lacks, or has with other bytes."""
    old, new = Package(data), Package(made)
    for name, entry in old.entries.items():
        if name not in new.entries:
            yield "lost", name
        elif new.entries[name].compressed != entry.compressed:
            yield "changed", name


class Tally:
    """What one operation did to the files of a folder."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.said: list[str] = []
        self.times: list[float] = []
        self.same = self.parts = 0

    def add(self, path: Path, operation: Callable[[Workbook, Place], None]) -> None:
        """Do the operation on a file and note what came of it."""
        data = path.read_bytes()
        start = time.perf_counter()
        try:
            made = patched(data, operation)
        except NoWorksheet:
            self.outcomes["no worksheet"] += 1
        except (Protected, NotAWorkbook) as error:
            self.outcomes[f"refused, {type(error).__name__}"] += 1
        except Exception as error:
            self._raised(path, error)
        else:
            self.times.append(time.perf_counter() - start)
            self.outcomes["made"] += 1
            self._compare(path, data, made)

    def _raised(self, path: Path, error: Exception) -> None:
        kind = "refused" if isinstance(error, Refused) else "RAISED"
        self.outcomes[f"{kind}, {type(error).__name__}"] += 1
        foreseen = "" if isinstance(error, PatchError) else "  (a defect)"
        self.said.append(f"{path.name}: {type(error).__name__}: {error}{foreseen}")

    def _compare(self, path: Path, data: bytes, made: bytes) -> None:
        found = list(differing(data, made))
        self.parts += (total := len(Package(data).entries))
        self.same += total - len(found)
        for how, name in found:
            self.kinds[f"{how} {re.sub('[0-9]+', '#', name.rpartition('/')[2])}"] += 1

    def tell(self, name: str) -> None:
        """Print it."""
        print(f"{name}: " + ", ".join(f"{n} {what}" for what, n in self.outcomes.most_common()))
        if self.times:
            median = statistics.median(self.times)
            print(f"  {median * 1000:.1f} ms in the median, {sum(self.times):.1f} s in all")
            print(f"  {self.same} of {self.parts} parts are the same bytes; "
                  + ", ".join(f"{n} {what}" for what, n in self.kinds.most_common(12)))  # fmt: skip
        for line in self.said:
            print(f"  {line}")


def over(folder: Path) -> None:
    """Do each operation on each workbook of a folder, and print what came of it."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            for name, operation in OPERATIONS.items():
                tallies[name].add(path, operation)
    for name, tally in tallies.items():
        tally.tell(name)


def edited_return(data: bytes) -> bytes:
    """Return a return of which some cells are changed, with the sheet of results."""
    book = Workbook(data)
    sheet = book["Actions"]
    for row in range(CELLS):
        sheet.at(100 + row, 2).value = f"Action {row}"
    book.graft(RESULTS)
    return book.to_bytes()


def by_openpyxl(data: bytes, title: str, cells: int, results: bool = False) -> bytes:
    """Return a workbook after openpyxl changed some cells and, if asked, wrote the results."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data))
    for row in range(cells):
        book[title].cell(100 + row, 2).value = f"Action {row}"
    if results:
        results_by_openpyxl(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def results_by_openpyxl(book: openpyxl.Workbook) -> None:
    """Write with openpyxl what `results` writes."""
    sheet = book.create_sheet(TITLE)
    sheet.append(["Service", "Actions", "Part"])
    for number in range(1, 201):
        sheet.append([f"Service {number}", number, number / 10])
    sheet.add_table(Table(displayName="tControle", ref="A1:C201"))
    bar = DataBarRule(start_type="min", end_type="max", color="638EC6")
    sheet.conditional_formatting.add("B2:B201", bar)
    sheet["B2"].comment = Comment("Une note", AUTHOR)
    for at, chart in zip("FN", (BarChart(), LineChart()), strict=True):
        chart.add_data(Reference(sheet, min_col=2, min_row=2, max_row=201))
        sheet.add_chart(chart, f"{at}2")


def big() -> bytes:
    """Return a workbook of some 5 MB."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for number in range(BIG_SHEETS):
        sheet = book.add_worksheet(f"F{number}")
        for row in range(BIG_ROWS):
            for column in range(BIG_COLUMNS):
                value = (row * 7919 + column * 104_729 + number) % 99_991
                if column % 3:
                    sheet.write_number(row, column, value / 100)
                else:
                    sheet.write_string(row, column, f"texte {value % 5000}")
    book.close()
    return buffer.getvalue()


def one_cell(data: bytes) -> bytes:
    """Return a workbook of which one cell is changed."""
    book = Workbook(data)
    book["F0"].at(100, 2).value = 12
    return book.to_bytes()


def floor(data: bytes) -> bytes:
    """Copy the bytes of a workbook; parse and serialise one of its sheets."""
    package = Package(data)
    etree.tostring(etree.fromstring(package.content("xl/worksheets/sheet1.xml")))
    with tempfile.TemporaryFile() as file:
        shutil.copyfileobj(io.BytesIO(data), file)
    return data


def whole_job(name: str, data: bytes) -> None:
    """Print how long twenty cells and the sheet of results take in a return."""
    ours, theirs = best(
        5, lambda: edited_return(data), lambda: by_openpyxl(data, "Actions", CELLS, True)
    )
    print(f"{name}, {len(data) / 1000:.0f} kB, {CELLS} cells and the results: {ours * 1000:.0f} ms;"
          f" openpyxl {theirs * 1000:.0f} ms, {theirs / ours:.1f} x")  # fmt: skip


def main() -> None:
    """Print what the operations do to a folder of workbooks, then how fast they are."""
    for folder in sys.argv[1:]:
        over(Path(folder))
    for name, path in RETURNS.items():
        whole_job(name, path.read_bytes())
    data = big()
    ours, least = best(3, lambda: one_cell(data), lambda: floor(data))
    (theirs,) = best(1, lambda: by_openpyxl(data, "F0", 1))
    print(f"one cell of a workbook of {len(data) / 1e6:.1f} MB: {ours * 1000:.0f} ms; its bytes "
          f"copied and that sheet parsed and serialised: {least * 1000:.0f} ms, ratio "
          f"{ours / least:.1f}; openpyxl: {theirs:.1f} s, {theirs / ours:.0f} x")  # fmt: skip


if __name__ == "__main__":
    main()
