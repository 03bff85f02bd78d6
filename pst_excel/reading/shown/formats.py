"""Number formats as codes are dressed in them: digits, literals, days; any other gives no text.

Source: ECMA-376 part 1, 18.8.31 (number formats); the file always writes them in English.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from pst_excel.cells.values import RawCell, is_number

BUILT_IN: Mapping[int, str] = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00"}
"""The formats that a file gives by their number alone, of those that may dress a code."""

_PIECES = re.compile(r'"[^"]*"|\\.|.', re.DOTALL)
_TOKENS = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<aside>\[(?:\$-[0-9A-Fa-f]+|[A-Za-z]{3,9})\])'
    r"|(?P<blank>_.)|(?P<digit>[0#?])|(?P<point>\.)|(?P<group>(?<=[0#?]),(?=[0#?]))"
    r"|(?P<day>d+|m+|y+)|(?P<plain>[-+() :])|(?P<stroke>/)",
    re.DOTALL,
)
_LITERALS = ("quoted", "escaped", "plain")
_LONGEST, _MOST, _GROUP = 100, 1e15, 1_000
_DAYS = {"d": "{0.day}", "dd": "{0.day:02}", "m": "{0.month}", "mm": "{0.month:02}",
         "yy": "{1:02}", "yyyy": "{0.year:04}"}  # fmt: skip
Token = tuple[str, str]
"""The kind of a piece of a format, and what it holds."""


def shown(cell: RawCell, code: str) -> str | None:
    """Return the text that a format makes of a number or of a date, None where it is not sure."""
    if len(code) > _LONGEST:
        return None
    if is_number(cell):
        return _number(float(cell), code)
    return _date(cell, code) if isinstance(cell, dt.date) else None


def _sections(code: str) -> list[str]:
    """Return the sections of a format: of positive numbers, of negative ones, of zero, of texts."""
    sections = [""]
    for piece in _PIECES.findall(code):
        if piece == ";":
            sections.append("")
        else:
            sections[-1] += piece
    return sections


def _tokens(section: str) -> list[Token] | None:
    """Return the pieces of a section, None where it holds what is not known here."""
    found: list[Token] = []
    at = 0
    while at < len(section):
        match = _TOKENS.match(section, at)
        if match is None or match.lastgroup is None:
            return None
        kind = match.lastgroup
        if kind == "blank":
            found.append(("literal", " "))
        elif kind != "aside":
            found.append(("literal" if kind in _LITERALS else kind, match[kind]))
        at = match.end()
    return found


def _number(number: float, code: str) -> str | None:
    sections = _sections(code)
    tokens = _tokens(sections[2] if number == 0 and len(sections) > 2 else sections[0])
    if tokens is None or not 0 <= number < _MOST:
        return None
    grouped = ("group", ",") in tokens
    tokens = [token for token in tokens if token[0] != "group"]
    kinds = [kind for kind, _ in tokens]
    at = kinds.index("point") if "point" in kinds else len(tokens)
    before, after = tokens[:at], tokens[at + 1 :]
    # A stroke between digits makes a fraction.
    if {"day", "stroke"} & {*kinds} or kinds.count("point") > 1 or "digit" not in kinds[:at]:
        return None
    digits = f"{number:.{kinds[at:].count('digit')}f}"
    if float(digits) != number or (grouped and number >= _GROUP):  # digits hidden, or parted
        return None
    whole, _, fraction = digits.partition(".")
    text = _whole(before, whole.lstrip("0"))
    decimals = _fraction(after, fraction)
    if after and not decimals:  # Excel shows « 1. », LibreOffice « 1 »
        return None
    return (f"{text}.{decimals}" if after else text).strip()


def _whole(tokens: Sequence[Token], digits: str) -> str:
    """Return digits in their places from the right; the first place takes all that are left."""
    places = sum(kind == "digit" for kind, _ in tokens)
    text = ""
    for kind, token in reversed(tokens):
        if kind != "digit":
            text = token + text
            continue
        places -= 1
        digit = digits[-1:] if places else digits
        digits = digits[: len(digits) - len(digit)]
        text = (digit or _padding(token)) + text
    return text


def _fraction(tokens: Sequence[Token], digits: str) -> str:
    kept = len(digits.rstrip("0"))
    text, at = "", 0
    for kind, token in tokens:
        if kind == "digit":
            text += digits[at] if at < kept or token == "0" else _padding(token)
            at += 1
        else:
            text += token
    return text


def _padding(place: str) -> str:
    return {"0": "0", "?": " "}.get(place, "")


def _date(day: dt.date, code: str) -> str | None:
    tokens = _tokens(_sections(code.lower())[0])
    if tokens is None or (isinstance(day, dt.datetime) and day.time() != dt.time()):
        return None
    if any(kind == "digit" or (kind == "day" and token not in _DAYS) for kind, token in tokens):
        return None
    return "".join(
        _DAYS[token].format(day, day.year % 100) if kind == "day" else token
        for kind, token in tokens
    ).strip()
