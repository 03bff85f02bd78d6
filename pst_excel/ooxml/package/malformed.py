"""What a part says where the format asks for a number: read, or refused with its place.

A workbook is untrusted: `int` takes 5,000 digits, other alphabets and signs that no part may hold.
"""

from __future__ import annotations

import math
import re

from lxml import etree

from pst_excel.ooxml.errors import Malformed

REPAIR = "ouvrez le classeur dans Excel, acceptez la réparation, enregistrez"
_WHOLE = re.compile(r"[ \t\r\n]*+\+?([0-9]{1,10})[ \t\r\n]*+")
_DECIMAL = re.compile(
    r"[ \t\r\n]*+[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]{1,4})?[ \t\r\n]*+"
)
_LONGEST = 40


def malformed(element: etree._Element, trouble: str) -> Malformed:
    """Return the refusal of what stands in an element, which knows the part it was read from."""
    place = element.getroottree().docinfo.URL
    return Malformed(f"{f'{place} : ' if place else ''}{trouble} ; {REPAIR}")


def quoted(text: str | None) -> str:
    """Return a text of a part as it is shown to people: on one line, and not too long."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in text or "").split())
    return f"« {shown[:_LONGEST]}… »" if len(shown) > _LONGEST else f"« {shown} »"


def number_of(text: str | None) -> int | None:
    """Return a whole number that is not negative; None for what is none."""
    found = _WHOLE.fullmatch(text or "")
    return int(found[1]) if found else None


def decimal_of(text: str | None) -> float | None:
    """Return a finite number; None for what is none."""
    value = float(text or "") if _DECIMAL.fullmatch(text or "") else math.inf
    return value if math.isfinite(value) else None


def whole(element: etree._Element, key: str, default: int = 0) -> int:
    """Return the whole number that an attribute says. Raises: Malformed."""
    text = element.get(key)
    found = default if text is None else number_of(text)
    if found is None:
        raise malformed(element, f"{_said(element, key)} n’est pas un nombre entier")
    return found


def decimal(element: etree._Element, key: str, default: float) -> float:
    """Return the number that an attribute says. Raises: Malformed."""
    text = element.get(key)
    found = default if text is None else decimal_of(text)
    if found is None:
        raise malformed(element, f"{_said(element, key)} n’est pas un nombre")
    return found


def _said(element: etree._Element, key: str) -> str:
    name = etree.QName(element).localname
    return f"{quoted(element.get(key))} (attribut « {key} » de « {name} »)"
