"""Sheets freed of the rest of their workbook, put in a workbook that has other sheets."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pst_excel.ooxml.grafting.detached import detached
from pst_excel.ooxml.grafting.detached_sheet import Left
from pst_excel.ooxml.workbook import Workbook
from support.ooxml.corpus import parts
from support.ooxml.grafts import made, zipped

MINE, PLAN = "Mienne", "Actions"
"""The sheet that is taken, and one that stays: the other workbook has its own of that title."""


def receiving(*names: tuple[str, str]) -> bytes:
    """Return a workbook that takes the sheet: it has the plan, and names of its own."""

    def write(book: Any) -> None:
        book.add_worksheet(PLAN).write("A1", "neuf")
        book.add_worksheet(MINE)
        for name, text in names:
            book.define_name(name, text)

    return made(write)


def giving(write: Callable[[Any, Any], object]) -> bytes:
    """Return a workbook that has the plan, and a sheet on which something is written."""

    def both(book: Any) -> None:
        plan, mine = book.add_worksheet(PLAN), book.add_worksheet(MINE)
        plan.write_column("A1", [3, 5, 8])
        plan.add_table("D1:E3", {"name": "tPlan", "data": [[1, 2], [3, 4]]})
        book.define_name("du_plan", f"={PLAN}!$A$1:$A$3")
        write(book, mine)

    return made(both, use_future_functions=True)


def taken(
    source: bytes, data: bytes | None = None, title: str = MINE, name: str = MINE
) -> tuple[bytes, list[Left]]:
    """Return the receiving workbook with a sheet of another, and what that leaves."""
    book = Workbook(data or receiving())
    donor, left = detached(source, {title: name}, book)
    book.graft(donor, [name])
    return book.to_bytes(), left


def said(left: list[Left]) -> list[tuple[str, str, str, bool]]:
    """Return what is left, without the title of the sheet."""
    return [(one.kind, one.text, one.ref, one.value) for one in left]


POINTS = b'<c:pt idx="0"><c:v>3</c:v></c:pt><c:pt idx="1"><c:v>5</c:v></c:pt>'


def with_last_values(data: bytes, points: bytes = POINTS) -> bytes:
    """Return a workbook whose charts remember these points, as Excel writes them; none if blank."""
    contents = parts(data)
    for name in [one for one in contents if "/charts/" in one]:
        for kind in (b"num", b"str"):
            cache = b'<c:%sCache><c:ptCount val="2"/>%s</c:%sCache>' % (kind, points, kind)
            found = re.compile(rb"(<c:%sRef><c:f>[^<]*</c:f>)(?:<c:%sCache>.*?</c:%sCache>)?"
                               % (kind, kind, kind), re.DOTALL)  # fmt: skip
            contents[name] = found.sub(rb"\1" + (cache if points else b""), contents[name])
    return zipped(contents)
