"""Rows, cells, and what is in them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from support.repairs.areas import LAST_ROW, area, cell
from support.repairs.book import Book, Sheet, text_of
from support.repairs.registry import about

_LONGEST = 32_767
_HIGHEST = 409.5  # points
_ERRORS = {
    "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA",
    "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!",
}  # fmt: skip
_ORDERS: tuple[list[str], ...] = ([], ["f"], ["v"], ["is"], ["f", "v"])
_DAY = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?Z?)?|T?\d\d:\d\d(:\d\d(\.\d+)?)?Z?")


def _number(value: str) -> bool:
    try:
        return math.isfinite(float(value)) and "_" not in value
    except ValueError:
        return False


_HOLDS: dict[str, Callable[[str], bool]] = {
    "b": lambda value: value in ("0", "1"),
    "d": lambda value: _DAY.fullmatch(value) is not None,
    "e": _ERRORS.__contains__,
    "n": _number,
    "s": str.isdigit,
    "str": lambda value: True,
    "inlineStr": lambda value: False,  # its text stands in <is>
}


@about(Sheet)
def rows_go_down(sheet: Sheet) -> Iterator[str]:
    last = 0
    for row in sheet.rows:
        number = int(row.get("r", last + 1))
        if not last < number <= LAST_ROW:
            yield f"the row {number} comes after the row {last}"
        last = number


@about(Sheet)
def rows_are_within_limits(sheet: Sheet) -> Iterator[str]:
    for row in sheet.rows:
        height = float(row.get("ht", 0))
        if not 0 <= height <= _HIGHEST:
            yield f"the row {row.get('r')} is {height} points high"
        if not 0 <= int(row.get("outlineLevel", 0)) <= 7:
            yield f"the row {row.get('r')} is grouped more than 7 times"
        if int(row.get("s", 0)) >= sheet.book.size("cellXfs"):
            yield f"the row {row.get('r')} has the style {row.get('s')}, which is not there"


@about(Sheet)
def cells_go_right(sheet: Sheet) -> Iterator[str]:
    for row in sheet.rows:
        last = 0
        for one in row.iter("c"):
            number, column = cell(one.get("r", ""))
            if str(number) != row.get("r"):
                yield f"{one.get('r')} stands in the row {row.get('r')}"
            if column <= last:
                yield f"{one.get('r')} comes after the column {last}"
            last = column


@about(Sheet)
def cells_have_styles_that_exist(sheet: Sheet) -> Iterator[str]:
    styles = sheet.book.size("cellXfs")
    for place, one in _each(sheet):
        if int(one.get("s", 0)) >= styles:
            yield f"{place} has the style {one.get('s')} of {styles}"


@about(Sheet)
def cells_hold_what_their_type_says(sheet: Sheet) -> Iterator[str]:
    for place, one in _each(sheet):
        kind, value = one.get("t", "n"), one.findtext("v")
        if kind not in _HOLDS:
            yield f"{place} has the type {kind}"
        elif value is None or (value == "" and kind == "n"):
            continue  # a formatted blank
        elif not _HOLDS[kind](value):
            yield f"{place} of the type {kind} holds {value[:40]!r}"
        elif kind == "s" and int(value) >= len(sheet.book.strings):
            yield f"{place} holds the text {value} of {len(sheet.book.strings)}"


@about(Sheet)
def cells_hold_one_thing(sheet: Sheet) -> Iterator[str]:
    for place, one in _each(sheet):
        if [child.tag for child in one if child.tag in ("f", "v", "is")] not in _ORDERS:
            yield f"{place} holds its formula and its value in another order, or twice"


@about(Sheet)
def texts_of_cells_are_short_enough(sheet: Sheet) -> Iterator[str]:
    for place, one in _each(sheet):
        text = one.findtext("v", "") if one.get("t") == "str" else text_of(one)
        if len(text) > _LONGEST:
            yield f"{place} holds a text of {len(text)} characters"


@about(Book)
def shared_texts_are_short_enough(book: Book) -> Iterator[str]:
    for at, text in enumerate(book.strings):
        if len(text) > _LONGEST:
            yield f"the shared text {at} has {len(text)} characters"


@about(Sheet)
def shared_formulas_have_their_master(sheet: Sheet) -> Iterator[str]:
    found = [(place, one.find("f")) for place, one in _each(sheet)]
    masters = {f.get("si") for _, f in found if f is not None and f.text and f.get("ref")}
    for place, formula in found:
        if formula is None:
            continue
        kind = formula.get("t", "normal")
        if kind == "shared" and formula.get("si") not in masters:
            yield f"{place} shares the formula {formula.get('si')}, which is not there"
        elif kind in ("normal", "array") and not formula.text:
            yield f"{place} has an empty formula"
        if kind == "array":
            area(formula.get("ref", ""))


@about(Book)
def the_calculation_chain_names_formulas(book: Book) -> Iterator[str]:
    by_id = {sheet.entry.get("sheetId"): sheet for sheet in book.sheets}
    number: str | None = None
    for one in book.calculation_chain.iter("c"):
        number = one.get("i", number)
        place = one.get("r", "")
        there = by_id[number].cells.get(cell(place)) if number in by_id else None
        if there is None or there.find("f") is None:
            yield f"{place} of the sheet {number} is calculated, and has no formula"


def _each(sheet: Sheet) -> Iterator[tuple[str, Element]]:
    return ((one.get("r", ""), one) for row in sheet.rows for one in row.iter("c"))
