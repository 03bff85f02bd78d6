"""The named bands of a data sheet: what stands side by side, what folds, what prints apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby

from pst_excel.excel import palette
from pst_excel.excel.xlsx import SheetWriter
from pst_excel.model.schema import HEADING_ROW, Column
from pst_excel.model.words.above import band_title

ROW = HEADING_ROW - 2  # from 0: the names stand above the headings
PAGE = 1420  # pixels across a page of A3, at full size, as the widest program counts them
_SMALLEST = 70  # per cent: what is printed smaller is not read

Columns = Sequence[Column | None]
"""The declared column at each position of a sheet, None where it is one that people added."""


def bands(columns: Columns) -> list[tuple[str, list[int]]]:
    """Return the named bands, each with the positions of its columns."""
    named = [(at, column.band) for at, column in enumerate(columns) if column and column.band]
    return [(name, [at for at, _ in run]) for name, run in groupby(named, key=lambda pair: pair[1])]


def write_bands(page: SheetWriter, columns: Columns, shade: str) -> None:
    """Write the name of each band above its columns; a sign tells those that open."""
    for name, positions in bands(columns):
        opens = any(_folds(columns[at]) for at in positions)
        form = page.book.format(palette.BAND, palette.TEXTS, top=2, top_color=shade)
        for at in positions:
            text = band_title(name, opens) if at == positions[0] else None
            page.put(ROW, at, text, form)


def folded(
    columns: Columns, closed: bool, aside: Collection[int] = ()
) -> list[dict[str, bool | int]]:
    """Return what is said of each column to fold it: its level, whether it is closed.

    Those at `aside` fold too: the program added them beside those that are declared.
    """
    folding = [_folds(column) or at in aside for at, column in enumerate(columns)]
    return [
        {
            "hidden": bool(column and column.hidden) or (folds and closed),
            "level": int(folds),
            "collapsed": closed and not folds and at > 0 and folding[at - 1],
        }
        for at, (column, folds) in enumerate(zip(columns, folding, strict=True))
    ]


def parted(columns: Columns, widths: Sequence[int], kept: int) -> tuple[int, int] | None:
    """Return where a second page begins, after the first band, and the scale; None for one page.

    `widths` are those of the columns that are in sight, in pixels, 0 for the others; columns up to
    `kept` stand on both pages. What would have to be smaller than can be read goes on elsewhere.
    """
    first = bands(columns)[:1]
    if not first or _SMALLEST * sum(widths) <= PAGE * 100:
        return None
    at = first[0][1][-1] + 1
    pages = sum(widths[:at]), sum(widths[: kept + 1]) + sum(widths[at:])
    fitting = [PAGE * 100 // page for page in pages]
    return at, min(100, fitting[0], *(scale for scale in fitting if scale >= _SMALLEST))


def _folds(column: Column | None) -> bool:
    return column is not None and column.folds and not column.hidden
