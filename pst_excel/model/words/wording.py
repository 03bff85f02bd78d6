"""How a value, a date, a list of cells is said to a person, in French."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pst_excel.model.words.kinds import Kind
from pst_excel.text.spelling import nearby

NBSP = "\u00a0"
THIN = "\u202f"
BLANK = "(vide)"
YES, NO = "Oui", "Non"  # a box that is ticked, or not


def number(value: float, decimals: int = 0) -> str:
    """Say a number with French thousands and decimal marks."""
    text = f"{value:,.{decimals}f}"
    return text.replace(",", THIN).replace(".", ",")


def plain(value: float) -> str:
    """Say a number with the decimals it has, two at most."""
    return number(value, 2).rstrip("0").rstrip(",")


def share(value: float) -> str:
    """Say a share, 0 to 1, in per cents as cells show it: one decimal, halves away from zero.

    Like a spreadsheet, it rounds the fifteen digits that people see: 0.98850 is 98,9 %.
    """
    shown = Decimal(f"{value * 100:.13g}").quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{number(float(shown), 1)}{NBSP}%"


def date(value: dt.date) -> str:
    """Say a date as jj/mm/aaaa."""
    return f"{value.day:02d}/{value.month:02d}/{value.year}"


def say(value: Any, kind: Kind | None = None, limit: int = 80) -> str:
    """Say any cell value in a message; blanks are « (vide) », long texts are cut at the limit."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return BLANK
    if isinstance(value, dt.datetime | dt.date):
        return BLANK if value != value else date(value)
    if isinstance(value, bool):
        return "vrai" if value else "faux"
    if isinstance(value, int | float):
        if kind is Kind.YEAR or kind is Kind.CODE:
            return f"{value:g}"
        if kind is Kind.AMOUNT:
            return f"{plain(value)}{NBSP}€"
        return f"{plain(value)}{NBSP}%" if kind is Kind.PERCENT else plain(value)
    text = str(value).replace("\n", " ")
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def plural(count: int, noun: str, many: str | None = None) -> str:
    """Say a count with its noun; French keeps the singular up to one."""
    return f"{number(count)}{NBSP}{noun if count <= 1 else many or noun + 's'}"


def listed(words: Iterable[str], last: str = "et") -> str:
    """Say a list: « a, b et c »."""
    items = list(words)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}"


def guess(text: str, candidates: Iterable[str]) -> str:
    """Ask, after a text, whether it means the names near it: « (est-ce « a » ou « b » ?) »."""
    near = [f"« {one} »" for one in nearby(text, candidates)]
    return f" (est-ce {listed(near, 'ou')} ?)" if near else ""


def lowered(label: str) -> str:
    """Return a heading as it stands in a sentence: « échéance », but « ETP », « N° de projet »."""
    text = label.removesuffix(" %")  # the values say it
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


_CELL = re.compile(r"([A-Z]+)([0-9]+)")


def ranges(cells: Iterable[str], most: int = 12) -> str:
    """Say many cells of one sheet: « H12, H15 à H18 », the rest counted after the most."""
    by_column: dict[str, list[int]] = {}
    others: list[str] = []
    for cell in cells:
        match = _CELL.fullmatch(cell)
        if match:
            by_column.setdefault(match[1], []).append(int(match[2]))
        elif cell:
            others.append(cell)
    spans: list[str] = []
    for column in sorted(by_column, key=lambda c: (len(c), c)):
        rows = sorted(set(by_column[column]))
        start = previous = rows[0]
        for row in [*rows[1:], -1]:
            if row != previous + 1:
                spans.append(_span(column, start, previous))
                start = row
            previous = row
    spans += others
    more = len(spans) - most
    return (
        ", ".join(spans)
        if more <= 0
        else ", ".join(spans[:most]) + f" … et {plural(more, 'autre')}"
    )


def _span(column: str, start: int, end: int) -> str:
    if start == end:
        return f"{column}{start}"
    joint = ", " if end == start + 1 else " à "
    return f"{column}{start}{joint}{column}{end}"


def column_letter(index: int) -> str:
    """Return the letters of a column from its index (0 is A)."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def shortened(text: str, limit: int) -> str:
    """Return the text, cut at a word when it is longer than the limit."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
