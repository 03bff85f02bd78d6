"""What a cell of an ods shows is its own paragraph, and what it holds."""

from __future__ import annotations

import datetime as dt

import pytest

from pst_excel.cells.values import RawCell
from pst_excel.reading.shown.ods import texts_of

DAY = dt.date(2001, 1, 5)


def shown(text: str, cell: RawCell) -> str | None:
    inside = f"<table:table-cell><text:p>{text}</text:p></table:table-cell>"
    return texts_of(
        content(f"<table:table-row>{inside}</table:table-row>"), "A", {(0, 0): cell}
    ).get((0, 0))


def content(rows: str, before: str = "") -> bytes:
    names = ("office", "table", "text", "draw")
    spaces = " ".join(f'xmlns:{name}="{name}"' for name in names)
    table = f'<table:table table:name="A">{rows}</table:table>'
    return f"<office:body {spaces}>{before}{table}</office:body>".encode()


@pytest.mark.parametrize(
    ("text", "cell", "expected"),
    [
        ("1,10", 1.1, "1.10"),  # the comma is that of the language of the author
        ("1.10", 1.1, "1.10"),
        ("1.1", 11, "1.1"),
        ("1-1", 11, "1-1"),
        ("05", 5, "05"),
        ("OO 1,10", 1.1, "OO 1.10"),
        ("A.45", 45, "A.45"),
        ("1.1,2", 1.2, "1.1.2"),
        ("1.2.2", 2, "1.2.2"),
        ("1.2.07", 7, "1.2.07"),
        ("1,16", 1.155, None),
        ("2.15", 5, None),
        ("110 %", 1.1, None),
        ("1,10 €", 1.1, None),
        ("###", 1.1, None),
        ("", 1.1, None),
        ("5.1.01", DAY, "5.1.01"),
        ("05/01/2001", DAY, "05/01/2001"),
        ("1.5", DAY, "1.5"),
        ("janv. 2001", DAY, None),
        ("oui", True, None),
    ],
)
def test_a_text_is_taken_when_it_is_what_the_cell_holds(
    text: str, cell: RawCell, expected: str | None
) -> None:
    assert shown(text, cell) == expected


def test_the_texts_of_notes_of_drawings_and_of_other_tables_are_not_those_of_a_cell() -> None:
    def cell(text: str, more: str = "", repeated: int = 1) -> str:
        return (
            f'<table:table-cell table:number-columns-repeated="{repeated}">{more}'
            f"<text:p>{text}</text:p></table:table-cell>"
        )

    note = "<office:annotation><text:p>9</text:p></office:annotation>"
    box = "<draw:frame><draw:text-box><text:p>8</text:p></draw:text-box></draw:frame>"
    inner = (
        f'<table:table table:name="A"><table:table-row>{cell("7")}</table:table-row></table:table>'
    )
    rows = (
        f"<table:table-row>{cell('01', note)}{cell('02', box + inner, 2)}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="3">{cell("03")}</table:table-row>'
        f"<table:table-row>{cell('04')}</table:table-row>"
    )
    other = (
        f'<table:table table:name="B"><table:table-row>{cell("05")}</table:table-row></table:table>'
    )
    cells = {(0, 0): 1.0, (0, 1): 2.0, (0, 2): 2.0, (2, 0): 3.0, (4, 0): 4.0, (5, 0): 5.0}
    assert texts_of(content(rows, other), "A", cells) == {
        (0, 0): "01", (0, 1): "02", (0, 2): "02", (2, 0): "03", (4, 0): "04",
    }  # fmt: skip
