"""What tolerance costs: a clean return and one whose every cell needs a correction, then strict.

The texts aside, which any cell makes, no cell of the second return is written as the template asks.
"""

from __future__ import annotations

import datetime as dt
import io

import xlsxwriter
from timing import best

from pst_excel import PST
from pst_excel.cells.readings import Confidence
from pst_excel.cells.values import Value
from pst_excel.model.schema import SEPARATOR, Column
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.wording import number
from pst_excel.reading.limits import Options
from pst_excel.reading.reader import read_bytes
from pst_excel.reference.samples.workbooks import returns
from pst_excel.returns.tables import Return

RUNS = 15
STRICT = Options(strict=True)


def written(value: Value, column: Column) -> str:
    """Return a value as a person in a hurry writes it."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%y}"
    if isinstance(value, float):
        if column.kind is Kind.YEAR:
            return f"Exercice {value:.0f}"
        sign = {Kind.AMOUNT: " €", Kind.PERCENT: " %"}.get(column.kind, "")
        return f"{number(value, 2)}{sign}"
    if column.kind is Kind.CODE:
        pieces = value.split(SEPARATOR)
        return " / ".join(f"n° {piece}." for piece in pieces)
    if column.kind is Kind.CHOICE:
        return " / ".join(piece.upper() for piece in value.split(SEPARATOR)).replace("E", "É")
    return value


def dirty(one: Return) -> bytes:
    """Return a workbook of the same rows, each cell of which needs a correction."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    lists = book.add_worksheet("Listes")
    for at, vocabulary in enumerate(v for v in one.plan.vocabularies if v.local):
        lists.write_string(0, at, vocabulary.label)
        for row, label in enumerate(one.lists.get(vocabulary.key, ()), start=1):
            lists.write_string(row, at, label)
    form = one.plan.form
    page = book.add_worksheet(form.title)
    for row, column in enumerate(form.inputs):
        page.write_string(row, 0, column.label)
        page.write_string(row, 1, written(one.identity(column.key), column))
    for sheet in one.plan.tables:
        table = one.tables.get(sheet.key)
        if table is None or sheet.program:
            continue
        page = book.add_worksheet(sheet.title)
        for at, column in enumerate(c for c in sheet.inputs if not c.hidden):
            page.write_string(0, at, column.label)
            for row, value in enumerate(table.columns[column.key], start=1):
                page.write_string(row, at, written(value, column))
    book.close()
    return buffer.getvalue()


def main() -> None:
    """Print the two ratios, and how much of the second return was understood."""
    name, clean = max(returns(), key=lambda one: len(one[1]))
    one = read_bytes(clean, name, PST)
    spoilt = dirty(one)
    read = read_bytes(spoilt, name, PST)
    times = best(
        RUNS,
        lambda: read_bytes(clean, name, PST, STRICT), lambda: read_bytes(clean, name, PST),
        lambda: read_bytes(spoilt, name, PST, STRICT), lambda: read_bytes(spoilt, name, PST),
    )  # fmt: skip
    strict, tolerant, strict_spoilt, tolerant_spoilt = (time * 1e3 for time in times)
    lost = [note for note in read.readings if note.confidence is Confidence.NONE]
    print(f"{name}: clean, strict {strict:.1f} ms, tolerant {tolerant:.1f} ms")
    print(f"  ratio {tolerant / strict:.2f} (to reach: at most 1.3)")
    print(f"every cell corrected ({len(read.readings)} readings, {len(lost)} not understood):")
    print(f"  strict {strict_spoilt:.1f} ms, tolerant {tolerant_spoilt:.1f} ms")
    print(f"  ratio {tolerant_spoilt / strict_spoilt:.2f} (to reach: at most 3)")


if __name__ == "__main__":
    main()
