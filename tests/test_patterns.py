"""No text makes a pattern of the package take longer than its length, and digits are 0 to 9."""

from __future__ import annotations

import ast
import re
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from support import ROOT
from support.patterns import every_pattern, pump, used
from support.patterns.letters import pieces

ROOMS = sorted({file.parent.name for file in (ROOT / "pst_excel").glob("*/__init__.py")})
ALL = frozenset({"search", "match", "fullmatch"})
WHOLE = frozenset({"fullmatch"})
USED = {
    "cells.parsers.READERS": WHOLE,
    "cells.parsers.codes._forms": WHOLE,
    "cells.parsers.number_patterns._without_cents": WHOLE,
    "cells.parsers.periods._year_text": WHOLE,
    "pst.accounts._AFTER": WHOLE,
    "reading.shown.ods._AS_A_NUMBER": WHOLE,
    "reading.shown.ods._WITH_DECIMALS": WHOLE,
}
"""How patterns are used that a loop or an attribute names; one that is not told must bear all."""
BORNE = {
    "reading.locating.sections._SECTION": "it is given 300 characters at most",
    "ooxml.references.formulas._TOKEN": "what a part gives up, the last alternatives take whole",
}


@pytest.mark.parametrize("room", ROOMS)
def test_no_text_makes_a_pattern_take_long(room: str) -> None:
    long = [
        (place, pattern.pattern, way, found)
        for place, patterns in every_pattern().items()
        if place.startswith(f"{room}.") and place not in BORNE
        for pattern in patterns
        for way in sorted(used().get(id(pattern)) or used().get(place) or USED.get(place, ALL))
        if (found := pump(pattern, way)) is not None
    ]

    assert not long


@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        (r"a+b", "search"), (r"(a+)+b", "match"), (r"(?:a|a)*b", "match"), (r"a*a*b", "match"),
        (r"\s*\(1\)$", "search"), (r"<[^>]*>", "search"), (r"(.*?)[ .]*", "fullmatch"),
        (r"(?=a*b)", "search"), (r"(?>a*b|c)d", "search"), (r"(?:ab?|b)*c", "fullmatch"),
        (r"\w+@", "search"),
    ],
)  # fmt: skip
def test_a_pattern_that_goes_back_is_found(pattern: str, way: str) -> None:
    assert pump(re.compile(pattern), way) is not None


@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        (r"a+b", "match"), (r"a+", "search"), (r"(?<!a)a+b", "search"), (r"<[^<>]*>", "search"),
        (r"(?<![\w.])[\w.]++@", "search"), (r"a*+a*b", "match"), (r"(?>a|ab)*c", "match"),
        (r"(?s)(?>\s|<\?(?>.*?\?>)|<!--(?>.*?-->))*+<!D", "match"), (r"a{1,9}b", "search"),
        (r"(?s)(.+?)(?:[(,]| - ).+", "fullmatch"), (r"\ba+b", "search"), (r"[0-9]+(?:,[0-9]+)*", "fullmatch"),
    ],
)  # fmt: skip
def test_a_pattern_that_reads_on_is_left_alone(pattern: str, way: str) -> None:
    assert pump(re.compile(pattern), way) is None


def test_digits_are_0_to_9() -> None:
    """A letter is a sign of words that is no digit of any script: that is no reading of digits."""
    wide = [
        (place, pattern.pattern)
        for place, patterns in every_pattern().items()
        for pattern in patterns
        if isinstance(pattern.pattern, str) and not pattern.flags & re.ASCII
        if any(map(_any_script, _classes(pattern)))
    ]

    assert not wide


def _classes(pattern: re.Pattern[Any]) -> list[list[Any]]:
    tree = parser.parse(pattern.pattern, pattern.flags)
    return [held for op, held, _ in pieces(tree, pattern.flags) if op is ops.IN]


def _any_script(held: list[Any]) -> bool:
    kinds = {value for kind, value in held if kind is ops.CATEGORY}
    return bool(kinds & {ops.CATEGORY_DIGIT, ops.CATEGORY_NOT_DIGIT}) and (
        ops.CATEGORY_NOT_WORD not in kinds
    )


def test_patterns_have_names() -> None:
    """One that is written where it is used would be seen by no test."""
    calls = [
        (file.name, node.lineno)
        for file in (ROOT / "pst_excel").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "re"
        if node.attr
        in ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
    ]

    assert not calls


def test_no_digit_of_another_script_passes_for_one() -> None:
    """`str.isdigit` accepts ², and `str.isdecimal` the digits that `int` reads of any script."""
    calls = [
        (str(file.relative_to(ROOT)), node.lineno)
        for file in (ROOT / "pst_excel").rglob("*.py")
        if "ooxml" not in file.parts and file.name != "spelling.py"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("isdigit", "isdecimal", "isnumeric")
    ]

    assert not calls
