"""Compare reading a return with reading it once all its other rows are formatted for nothing."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from python_calamine import CalamineWorkbook
from timing import best

from pst_excel import PST
from pst_excel.reading.guard import inspection as guard
from pst_excel.reading.reader import read_bytes

RETURN = Path(__file__).parents[1] / "samples" / "retours" / "PST_Valbruyere_travaux.xlsx"
SHEET = "xl/worksheets/sheet6.xml"  # the actions
LAST_ROW = 1_048_576
RUNS = 5


def with_empty_rows(data: bytes, first: int) -> bytes:
    """Return a workbook whose rows, from one to the last of a sheet, are formatted for nothing."""
    row = '<row r="{}" s="1" customFormat="1" ht="15" customHeight="1"/>'
    rows = "".join(map(row.format, range(first, LAST_ROW + 1))).encode()
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as given,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in given.namelist():
            part = given.read(name)
            if name == SHEET:
                part = part.replace(b"</sheetData>", rows + b"</sheetData>")
            made.writestr(name, part)
    return buffer.getvalue()


def raw(data: bytes) -> list[list[list[object]]]:
    """Return the cells that calamine reads."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        return [book.get_sheet_by_name(title).to_python() for title in book.sheet_names]


def main() -> None:
    """Print the times of both workbooks and their ratios."""
    data = RETURN.read_bytes()
    last = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("Actions").end
    assert last is not None
    held = last[0] + 1
    grown = with_empty_rows(data, held + 1)
    assert raw(guard.inspect(grown).data) == raw(data)
    empty = LAST_ROW - held
    print(f"{len(data) / 1e3:.0f} kB, and {len(grown) / 1e6:.1f} MB with {empty} empty rows")
    times = best(
        RUNS,
        lambda: raw(data),
        lambda: raw(grown),
        lambda: raw(guard.inspect(data).data),
        lambda: raw(guard.inspect(grown).data),
        lambda: read_bytes(data, RETURN.name, PST),
        lambda: read_bytes(grown, RETURN.name, PST),
    )
    pairs = zip(times[::2], times[1::2], strict=True)
    for what, (plain, long) in zip(("calamine", "guard, calamine", "a return"), pairs, strict=True):
        print(f"  {what}: {plain * 1e3:.1f} ms, {long * 1e3:.1f} ms, ratio {long / plain:.1f};"
              f" a row that holds something {plain / held * 1e6:.0f} us,"
              f" nothing {(long - plain) / empty * 1e6:.2f} us")  # fmt: skip


if __name__ == "__main__":
    main()
