"""Formulas as they stand in files, in English with commas: which of their words are references.

Sources: ECMA-376 part 1, §18.17 (grammar of formulas); [MS-XLSX] 2.2.2 (structured references).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from pst_excel.ooxml.references.addresses import (
    LAST_COLUMN,
    LAST_ROW,
    Area,
    column_letters,
    column_number,
)  # fmt: skip
from pst_excel.ooxml.references.row_shifts import Shift

GONE = "#REF!"
"""What stands for a reference to cells that were removed, or that no sheet has."""

_LETTER = r"[0-9A-Z_.\\?\x80-\U0010ffff]"  # beyond ASCII nothing is an operator
_WORD = rf"{_LETTER}++"
_COLUMN = r"\$?(?:[A-W][A-Z]{0,2}|X(?:[A-E][A-Z]?|F[A-D]?|[G-Z])?|[YZ][A-Z]?)"  # as far as XFD
_ROW = r"\$?[1-9][0-9]{0,6}"
_CELL = _COLUMN + _ROW
_REFERENCE = rf"(?:{_CELL}:{_CELL}|{_COLUMN}:{_COLUMN}|{_ROW}:{_ROW}|{_CELL})(?!{_LETTER}|[(\[!])"
_BOOK = r"\[[^][]*+\]"
_TITLE = rf"(?:'(?:[^']|'')*+'|{_WORD})"
_QUALIFIER = rf"#REF!|(?:(?:{_BOOK})?{_TITLE}(?::{_TITLE})?|{_BOOK})!"
_SPECIFIER = r"\[(?:[^\]']|'.?)*+(?:\]|\Z)"
_BRACKETS = rf"\[(?:[^\[\]']|'.?|{_SPECIFIER})*+(?:\]|\Z)"
_ERROR = r"#[A-Z0-9/_]+[!?]?"
_TOKEN = re.compile(
    r'"(?:[^"]|"")*+(?:"|\Z)'
    rf"|(?P<qualifier>{_QUALIFIER})?+"
    rf"(?:(?P<reference>{_REFERENCE})|(?P<name>{_WORD})(?P<after>{_BRACKETS}|\()?|{_ERROR})"
    rf"|(?P<alone>{_QUALIFIER})|{_BRACKETS}|'(?:[^']|'')*+(?:'|\Z)",
    re.IGNORECASE | re.ASCII | re.DOTALL,
)
_END = re.compile(r"(\$?)([A-Za-z]*)(\$?)([0-9]*)")
_NO_NAME = re.compile(r"[0-9.]|(?:TRUE|FALSE)\Z|_xlpm\.", re.IGNORECASE)
"""A number, a truth, the parameter of a LAMBDA: words that no workbook defines."""
_PLAIN_TITLE = re.compile(r"[^\W\d][\w.]*\Z")
_LIKE_A_REFERENCE = re.compile(
    r"(?:[A-Z]{1,3}[0-9]+|R[0-9]*|C[0-9]*|R[0-9]*C[0-9]*|TRUE|FALSE)\Z", re.IGNORECASE
)


_NUMBER = re.compile(r"(?<![0-9])[1-9][0-9]{0,5}(?![0-9])")
"""What can be a row of any sheet."""


@lru_cache(maxsize=4096)
def _shape(text: str) -> tuple[tuple[tuple[str, ...] | None, tuple[int, ...]], ...] | None:
    """Return the references of a formula: the titles that each is qualified by, its numbers.

    None where a row of one is not a `_NUMBER`, or a title holds one.
    """
    starts = [found.start() for found in _NUMBER.finditer(text)]
    told = []
    for found in _TOKEN.finditer(text):
        reference, qualifier = found["reference"], found["qualifier"]
        if reference is None:
            continue
        first, last = (bisect_left(starts, end) for end in found.span("reference"))
        at = tuple(range(first, last))
        if len(at) != sum(end[-1].isdigit() for end in reference.split(":")):
            return None
        if qualifier is not None and _NUMBER.search(qualifier):
            return None
        if at:
            told.append((None if qualifier is None else tuple(_titles(qualifier.casefold())), at))
    return tuple(told)


class Kind(Enum):
    """What a formula may use besides the cells around it."""

    SHEET = auto()
    SHEETS = auto()
    FUNCTION = auto()
    TABLE = auto()
    NAME = auto()


class Use(NamedTuple):
    """One thing that a formula uses; of `SHEETS`, several ones or another workbook, no name."""

    kind: Kind
    name: str


def used(text: str) -> Iterator[Use]:
    """Give what a formula uses: sheets by their titles, functions, tables, and names."""
    for found in _TOKEN.finditer(text):
        qualifier, name = found["qualifier"] or found["alone"], found["name"]
        if qualifier is not None and qualifier.upper() != GONE:
            titles = _titles(qualifier)
            yield Use(Kind.SHEET, titles[0]) if len(titles) == 1 else Use(Kind.SHEETS, "")
        if name is None:
            continue
        if found["after"] is not None:
            yield Use(Kind.FUNCTION if found["after"] == "(" else Kind.TABLE, name)
        elif not _NO_NAME.match(name):
            yield Use(Kind.NAME, name)


def moved(text: str, down: int, right: int) -> str:
    """Return a formula as it reads in another cell: its relative references move with it.

    A reference that leaves the sheet becomes #REF!. This is how the members of a shared formula
    are read from its master (§18.3.1.40).
    """

    def change(found: re.Match[str]) -> str:
        reference, qualifier = found["reference"], found["qualifier"] or ""
        if reference is None or qualifier == GONE or not _is_there(reference):
            return found[0]
        ends = [_moved(end, down, right) for end in reference.split(":")]
        return qualifier + (GONE if None in ends else ":".join(filter(None, ends)))

    return _TOKEN.sub(change, text) if down or right else text


def _moved(end: str, down: int, right: int) -> str | None:
    fixed, letters, tied, digits = _parts(end)
    if letters and not fixed and right:
        column = column_number(letters) + right
        if not 1 <= column <= LAST_COLUMN:
            return None
        letters = column_letters(column)
    if digits and not tied:
        row = int(digits) + down
        if not 1 <= row <= LAST_ROW:
            return None
        digits = str(row)
    return fixed + letters + tied + digits


def shifted(text: str, shift: Shift, own: str) -> str:
    """Return a formula of the sheet titled `own` after the rows of a sheet were shifted.

    Only the references to the shifted sheet change, and of them only the numbers of rows; those
    to rows that were removed become #REF!. References across several sheets, or to another
    workbook, stay as they are.
    """
    return Shifted([shift], own).formula(text)


class Shifted:
    """How the formulas of the sheet titled `own` read after rows were shifted, one by one."""

    def __init__(self, shifts: Sequence[Shift], own: str) -> None:
        self._shifts: dict[str, list[Shift]] = {}
        for shift in shifts:
            self._shifts.setdefault(shift.title.casefold(), []).append(shift)
        self._titles = [title.replace("'", "''") for title in self._shifts]
        self._here = self._shifts.get(own.casefold(), [])
        self._known: dict[tuple[str, str], str] = {}
        self._areas: dict[tuple[str, int, int], Area | None] = {}

    def formula(self, text: str) -> str:
        """Return a formula after all the shifts; see `shifted`."""
        if not self._here:
            folded = text.casefold()
            if not any(title in folded for title in self._titles):
                return text
        known = self._by_shape(text)
        return _TOKEN.sub(self._change, text) if known is None else known

    def _by_shape(self, text: str) -> str | None:
        """Return the same from what is known of a formula that differs by its numbers alone.

        The formulas of a column do. None where a reference is gone, or is not told so.
        """
        shape = _shape(_NUMBER.sub("1", text))
        if shape is None:
            return None
        numbers = _NUMBER.findall(text)
        for titles, at in shape:
            if titles is None:
                title = ""
                if not self._here:
                    continue
            elif len(titles) != 1 or titles[0] not in self._shifts:
                continue
            else:
                title = titles[0]
            rows = [int(numbers[n]) for n in at]
            area = self._area(title, min(rows), max(rows))
            if area is None:
                return None
            for n, row in zip(at, rows, strict=True):
                numbers[n] = str(area.top if row == min(rows) else area.bottom)
        between = _NUMBER.split(text)
        return "".join(word for pair in zip(between, [*numbers, ""], strict=True) for word in pair)

    def _change(self, found: re.Match[str]) -> str:
        reference = found["reference"]
        if reference is None:
            return found[0]
        qualifier = found["qualifier"]
        if qualifier is None:
            return self._reference("", reference) if self._here else reference
        titles = _titles(qualifier.casefold())
        if len(titles) != 1 or titles[0] not in self._shifts:
            return found[0]
        return qualifier + self._reference(titles[0], reference)

    def _reference(self, title: str, reference: str) -> str:
        """Return a reference after the shifts; those of a row are met in many of its cells."""
        key = title, reference
        if key not in self._known:
            self._known[key] = self._shifted(reference, title)
        return self._known[key]

    def _area(self, title: str, top: int, bottom: int) -> Area | None:
        """Return an area of rows after the shifts; None when it is gone."""
        key = title, top, bottom
        if key not in self._areas:
            area: Area | None = Area(top, 1, bottom, 1)
            for shift in self._shifts[title] if title else self._here:
                area = None if area is None else shift.area(area)
            self._areas[key] = area
        return self._areas[key]

    def _shifted(self, reference: str, title: str) -> str:
        ends = [_parts(end) for end in reference.split(":")]
        if not ends[0][3]:
            return reference
        rows = [int(digits or 1) for *_, digits in ends]
        if max(rows) > LAST_ROW:  # what looks like a cell below the last row is a name
            return reference
        area = self._area(title, min(rows), max(rows))
        if area is None:
            return GONE
        new = [area.top if row == min(rows) else area.bottom for row in rows]
        return ":".join(
            f"{fixed}{letters}{tied}{row}"
            for (fixed, letters, tied, _), row in zip(ends, new, strict=True)
        )


def renamed(text: str, titles: Mapping[str, str], tables: Mapping[str, str]) -> str:
    """Return a formula after sheets and tables took other names, given by those that they had."""
    sheets = {old.casefold(): new for old, new in titles.items()}
    named = {old.casefold(): new for old, new in tables.items()}
    folded = text.casefold()
    if not any(old.replace("'", "''") in folded for old in (*sheets, *named)):
        return text

    def change(found: re.Match[str]) -> str:
        qualifier, name = found["qualifier"] or found["alone"], found["name"]
        if qualifier is not None:
            old = _titles(qualifier)
            new = [sheets.get(title.casefold(), title) for title in old]
            rest = found[0].removeprefix(qualifier)
            return found[0] if new == old else f"{_joined(new)}!{rest}"
        if name is None or found["after"] == "(":
            return found[0]
        return named.get(name.casefold(), name) + (found["after"] or "")

    return _TOKEN.sub(change, text)


def quoted(title: str) -> str:
    """Return the title of a sheet as formulas write it: between quotes where it needs them."""
    return _joined([title])


def _joined(titles: Iterable[str]) -> str:
    titles = list(titles)
    if all(_PLAIN_TITLE.match(title) and not _LIKE_A_REFERENCE.match(title) for title in titles):
        return ":".join(titles)
    return "'" + ":".join(title.replace("'", "''") for title in titles) + "'"


def _titles(qualifier: str) -> list[str]:
    """Return the sheet that a qualifier names, or the first and last; none of another workbook."""
    if "[" in qualifier or qualifier.startswith("#"):
        return []
    plain = qualifier[:-1].replace("''", "\0").replace("'", "").replace("\0", "'")
    return plain.split(":")


def _is_there(reference: str) -> bool:
    """Return whether the rows exist: what looks like a cell below the last row is a name."""
    return all(int(_parts(end)[3] or 1) <= LAST_ROW for end in reference.split(":"))


def _parts(end: str) -> tuple[str, str, str, str]:
    """Return the two `$`, the letters and the digits of `$A$1`, `A` or `$1`."""
    found = _END.fullmatch(end)
    if found is None:
        raise ValueError(f"no reference ends with {end!r}")
    fixed, letters, tied, digits = found.groups()
    return (fixed, letters, tied, digits) if letters else ("", "", fixed, digits)
