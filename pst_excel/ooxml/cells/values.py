"""What a cell holds, as Python says it and as the file writes it.

Sources: ECMA-376 part 1, §18.3.1.4 (c), §18.17.4 (dates), §22.9.2.19 (ST_Xstring).
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.package.names import XML_SPACE, Element, local, main

Plain: TypeAlias = str | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None
LONGEST = 32_767
_EPOCH, _EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LITERAL = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DAY = 86_400
_T = main("t")


@dataclass(frozen=True)
class Formula:
    """A formula without its equals sign, in English with commas, and the value it last gave."""

    text: str
    value: str | float | bool | None = None


@dataclass(frozen=True)
class CellError:
    """An error that a cell shows: `#N/A`, `#REF!` …"""

    text: str


Value: TypeAlias = Plain | Formula | CellError


def unescaped(text: str) -> str:
    """Return a text as people see it: `_x000D_` is the character of that number."""
    if "_x" not in text:
        return text
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def escaped(text: str) -> str:
    """Return a text as the file holds it. Raises: Refused when it is longer than a cell holds."""
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST:
        raise Refused(f"une cellule contient {LONGEST} caractères au plus")
    text = _LITERAL.sub("_x005F_", text).replace("\r", "_x000D_")
    text = _FORBIDDEN.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.encode("utf-8", "replace").decode()  # half a character is no character


def text_of(element: Element) -> str:
    """Return the text of a string, plain or rich, without its phonetic guide."""
    if len(element) == 1 and element[0].tag == _T:
        return unescaped(element[0].text or "")
    pieces = [
        piece.text or ""
        for piece in element.iter(_T)
        if not any(local(parent) == "rPh" for parent in piece.iterancestors())
    ]
    return unescaped("".join(pieces))


def put_text(parent: Element, text: str, tag: str = "t") -> Element:
    """Add a text to an element, its spaces kept."""
    element = etree.SubElement(parent, main(tag))
    element.text = escaped(text)
    if text != text.strip() or "\n" in text or "\t" in text:
        element.set(XML_SPACE, "preserve")
    return element


def serial(value: dt.datetime | dt.date | dt.time | dt.timedelta, epoch_1904: bool) -> float:
    """Return a date, a time or a duration as the number of days that the file holds.

    Raises: Refused for what the calendar of the workbook does not hold.
    """
    if isinstance(value, dt.timedelta):
        return value / dt.timedelta(days=1)
    if isinstance(value, dt.time):
        seconds = (value.hour * 60 + value.minute) * 60 + value.second
        return (seconds + value.microsecond / 1e6) / _DAY
    if not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time())
    days = (value.replace(tzinfo=None) - (_EPOCH_1904 if epoch_1904 else _EPOCH)) / dt.timedelta(1)
    if not epoch_1904 and days < 61:
        days -= 1  # the calendar of 1900 has a 29 February that never was
    if days < 1:  # less than a day is a time
        raise Refused(f"aucune date du classeur n’est le {value:%d/%m/%Y}")
    return days


def moment(days: float, epoch_1904: bool) -> dt.datetime | dt.time:
    """Return the date of a number of days; a time when it is less than a day.

    Raises: OverflowError for what no calendar holds.
    """
    if days < 0:
        raise OverflowError
    if 0 <= days < 1:
        return (dt.datetime.min + dt.timedelta(seconds=round(days * _DAY, 3))).time()
    if not epoch_1904 and days < 61:
        days += 1
    since = dt.timedelta(days=int(days), seconds=round((days - int(days)) * _DAY, 3))
    return (_EPOCH_1904 if epoch_1904 else _EPOCH) + since


def number_text(value: float) -> str:
    """Return a number as the file holds it. Raises: Refused when it is not finite."""
    if not math.isfinite(value):
        raise Refused("une cellule ne contient ni infini ni valeur indéfinie")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value) if isinstance(value, int) and abs(value) < 1e15 else repr(float(value))
