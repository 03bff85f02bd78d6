"""How the own codes of a sheet are made alike: a final zero that was lost, zeros of padding."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pst_excel.cells.parsers.codes import LOST_TEN, ZEROS
from pst_excel.cells.parsers.patterns import Understood, reading_of
from pst_excel.cells.readings import Confidence, Reading
from pst_excel.cells.values import RawCell, Value
from pst_excel.model.words.kinds import Kind

Readings = list[tuple[int, Reading]]


def lost_tens(
    raw: Sequence[RawCell], values: Sequence[Value], readings: Readings
) -> tuple[list[Value], Readings]:
    """Return values where the numbers 1.1 that follow a 1.9 are 1.10, and readings that say so."""
    codes = list(values)
    mended: dict[int, Reading] = {}
    before = ""
    for at, (cell, value) in enumerate(zip(raw, values, strict=True)):
        if not isinstance(value, str):
            continue
        if isinstance(cell, float) and not cell.is_integer():
            head, _, tail = value.partition(".")
            ten = f"{head}.{tail}0"
            if len(tail) == 1 and before in (f"{head}.{int(tail) * 10 - 1}", ten):
                codes[at] = value = ten
                found = Understood(ten, Confidence.TO_CONFIRM, LOST_TEN)
                mended[at] = reading_of(cell, found, Kind.CODE)
        before = value
    return codes, [(at, mended.get(at, reading)) for at, reading in readings]


def padded_alike(
    raw: Sequence[RawCell], values: Sequence[Value], readings: Readings
) -> tuple[list[Value], Readings]:
    """Return values where the few codes that are not padded like all others are, and readings.

    05.1.3 among 05.1.01 and 05.1.02 is 05.1.03; where that is a code too, which is it is asked.
    """
    odd = _odd_codes(values)
    if not odd:
        return list(values), readings
    codes, noted = list(values), dict(readings)
    for at, value in enumerate(values):
        found = odd.get(value) if isinstance(value, str) else None
        if found is None or (at in noted and noted[at].confidence is Confidence.TO_CONFIRM):
            continue
        codes[at] = found.value
        noted[at] = reading_of(raw[at], found, Kind.CODE)
    return codes, sorted(noted.items())


_RUNS = re.compile("[0-9]+")
_PADDED = re.compile(r"(?<![0-9])0[0-9]")
_ENOUGH = 2  # codes that must agree before another is written like them
_FEW = 5  # times fewer than those that agree, when there are several others


def _odd_codes(values: Sequence[Value]) -> dict[str, Understood]:
    """Return what the codes of a column whose zeros are not those of all others should be."""
    codes = dict.fromkeys(value for value in values if isinstance(value, str))
    if not _PADDED.search(" ".join(codes)):
        return {}
    forms: dict[str, list[str]] = {}
    for code in codes:
        forms.setdefault(_RUNS.sub("0", code), []).append(code)
    return {
        odd: _what(odd, meant, codes)
        for alike in forms.values()
        for odd, meant in _others(alike).items()
    }


def _others(codes: Sequence[str]) -> dict[str, str]:
    """Return the few codes of one form that are padded otherwise than the rest, as they would be.

    05.1.01 stands among plain codes: only one wholly padded, with its parent there, is made plain.
    """
    padded = [code for code in codes if _PADDED.search(code)]
    if not padded:
        return {}
    usual = Counter(_widths(code) for code in padded).most_common(1)[0][0]
    parents = {_parent(code) for code in codes if code not in padded}
    for odd in (
        {code: meant for code in codes if (meant := _padded(code, usual)) != code},
        {
            code: plain
            for code in padded
            if len(set(_widths(code))) == 1 and _parent(plain := _bare(code)) in parents
        },
    ):
        rest = len(codes) - len(odd)
        if odd and rest >= _ENOUGH and (len(odd) == 1 or len(odd) * _FEW <= rest):
            return odd
    return {}


def _what(odd: str, meant: str, codes: dict[str, None]) -> Understood:
    if meant in codes:
        return Understood(odd, Confidence.TO_CONFIRM, f"{ZEROS} : {odd}, ou {meant} ?")
    return Understood(meant, Confidence.LIKELY, ZEROS)


def _widths(code: str) -> tuple[int, ...]:
    return tuple(map(len, _RUNS.findall(code)))


def _padded(code: str, widths: Sequence[int]) -> str:
    each = iter(widths)
    return _RUNS.sub(lambda run: (run[0].lstrip("0") or "0").zfill(next(each)), code)


def _bare(code: str) -> str:
    return _RUNS.sub(lambda run: run[0].lstrip("0") or "0", code)


def _parent(code: str) -> str:
    return code.rpartition(".")[0]
