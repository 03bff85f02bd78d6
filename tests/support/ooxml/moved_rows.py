"""A workbook whose rows are inserted and removed."""

from __future__ import annotations

from functools import cache

from pst_excel.ooxml.workbook import Workbook
from support.ooxml.rows_book import Told, plan

ORIGINAL = plan()


def moved(first: int, count: int, data: bytes = ORIGINAL, title: str = "Plan") -> bytes:
    """Return a workbook with rows inserted before one, or, `count` < 0, removed from it."""
    book = Workbook(data)
    if count > 0:
        book[title].insert_rows(first, count)
    else:
        book[title].remove_rows(first, -count)
    return book.to_bytes()


@cache
def inserted() -> Told:
    return Told(moved(6, 2))


@cache
def removed() -> Told:
    return Told(moved(6, -1))
