"""The sheets of an xls, record by record: what calamine hides of them, which rows sum up others.

Source: [MS-XLS], Excel Binary File Format; Excel 95 writes the same records, but for their texts.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from pst_excel.reading.guard.hidden_values import HiddenValues, error
from pst_excel.reading.guard.ole import stream

NUMBER, NUMBERS, SHORT_NUMBER, FORMULA = 0x203, 0xBD, 0x27E, 0x06
_BEGIN, _END, _SHEET, _ROW, _COLUMNS, _BOOL_OR_ERROR = 0x809, 0x0A, 0x85, 0x208, 0x7D, 0x205
_TEXTS = (0x204, 0xFD, 0xD6)
_SHORTEST = {
    _COLUMNS: 10, _ROW: 14, _BOOL_OR_ERROR: 8, FORMULA: 16, NUMBER: 14, NUMBERS: 12,
    SHORT_NUMBER: 10, **dict.fromkeys(_TEXTS, 8),
}  # fmt: skip
_HEAD = struct.Struct("<HH")
_LAST_COLUMN, _NEVER = 255, 1 << 16
_EXCEL_97, _TWO_BYTES = 0x600, 1
_ROW_IS_HIDDEN, _COLUMN_IS_HIDDEN, _ON_LOAD = 0x20, 1, 2
_TOKENS = 22  # where the tokens of a formula begin
_SUBTOTAL = re.compile(
    rb"\x1e..[\x25\x45\x65]....(?P<first>.).(?P<last>.).[\x22\x42\x62]\x02\x58\x01", re.DOTALL
)
"""SUBTOTAL of a function and of an area: PtgInt, PtgArea, PtgFuncVar."""
_NO_NUMBER, _IS_ERROR, _IS_EMPTY, _ZERO = b"\xff\xff", 2, 3, b"\0" * 8

Record = tuple[int, int, int]
"""A record of a workbook: its kind, and where in the stream what it holds stands."""


def workbook_stream(data: bytes) -> bytes:
    """Return the records of an xls. Raises: struct.error when a sector is missing."""
    return stream(data, "Workbook", "Book")


def records(book: bytes, at: int = 0) -> Iterator[Record]:
    """Give the records from the beginning of a part of a workbook to its end.

    What a part holds in its turn, a chart, is passed over.
    """
    depth, size = 0, len(book)
    while at + 4 <= size:
        kind, length = _HEAD.unpack_from(book, at)
        start = at + 4
        at = start + length
        if at > size:
            return
        if kind == _BEGIN:
            depth += 1
        elif kind == _END:
            depth -= 1
        if depth == 1:
            yield kind, start, at
        elif depth <= 0:
            return


def sheets_of(book: bytes) -> dict[str, int]:
    """Return where each sheet of a workbook begins, by its title."""
    sheets: dict[str, int] = {}
    for kind, start, end in records(book):
        if kind == _SHEET and end - start > 8:
            title = text(book[start + 6 : end], is_wide(book))
            sheets.setdefault(title, int.from_bytes(book[start : start + 4], "little"))
    return sheets


def is_wide(book: bytes) -> bool:
    """Tell whether a workbook is one since Excel 97, whose texts say the width of their signs."""
    return int.from_bytes(book[4:6], "little") >= _EXCEL_97


def text(written: bytes, wide: bool, size: int = 1) -> str:
    """Return a text after its length, which takes one byte or two."""
    length, rest = int.from_bytes(written[:size], "little"), written[size:]
    if not wide:
        return rest[:length].decode("cp1252", "replace")
    signs = rest[1:]
    if rest[:1] and rest[0] & _TWO_BYTES:
        return signs[: 2 * length].decode("utf-16-le", "replace")
    return signs[:length].decode("latin-1")


def looked_at(book: bytes, at: int) -> tuple[HiddenValues, frozenset[int]]:
    """Return what calamine hides of the sheet that begins there, and its rows of totals."""
    sheet = _Sheet()
    for kind, start, end in records(book, at):
        if end - start >= _SHORTEST.get(kind, _NEVER):  # one that is too short says nothing
            sheet.meet(kind, book[start:end])
    return sheet.hidden_values(), frozenset(sheet.totals)


class _Sheet:
    """A sheet met record by record."""

    def __init__(self) -> None:
        self.totals = set[int]()
        self._errors: dict[tuple[int, int], str] = {}
        self._uncalculated: set[tuple[int, int]] = set()
        self._hidden, self._holding, self._hidden_columns = set[int](), set[int](), set[int]()

    def hidden_values(self) -> HiddenValues:
        """Return what calamine hides of it."""
        return HiddenValues(
            self._errors,
            frozenset(self._uncalculated),
            frozenset(self._hidden & self._holding),
            frozenset(self._hidden_columns),
        )

    def meet(self, kind: int, held: bytes) -> None:
        """Take note of a record."""
        first, second = struct.unpack_from("<HH", held)
        if kind == _COLUMNS:
            if held[8] & _COLUMN_IS_HIDDEN:
                self._hidden_columns.update(range(first, min(second, _LAST_COLUMN) + 1))
        elif kind == _ROW:
            if held[12] & _ROW_IS_HIDDEN:
                self._hidden.add(first)
        else:
            self._holding.add(first)
            if kind == _BOOL_OR_ERROR and held[7]:
                self._errors[first, second] = error(held[6])
            elif kind == FORMULA:
                self._formula((first, second), held[6:14], held[14])
                sums = _SUBTOTAL.fullmatch(held, _TOKENS)
                if sums and {sums["first"][0], sums["last"][0]} == {second}:
                    self.totals.add(first)

    def _formula(self, place: tuple[int, int], result: bytes, options: int) -> None:
        special = result[6:] == _NO_NUMBER
        if special and result[0] == _IS_ERROR:
            self._errors[place] = error(result[2])
        elif options & _ON_LOAD and (result == _ZERO or (special and result[0] == _IS_EMPTY)):
            # A program that does not calculate leaves that to the one that opens the file.
            self._uncalculated.add(place)
