"""How the dump of a workbook says what is not text: looks, colours, rules, formulas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

USUAL = {"Calibri", "11 pt", "#1A202C", "top"}
"""The look that is not said."""
LONG = 120
_SIDES = ("left", "right", "top", "bottom")

Formula = Callable[[str], str]
"""How a formula is said: with the headings of its sheet."""


def colour(one: Any) -> str:
    """Say a colour."""
    if one is None:
        return "–"
    return f"#{one.rgb[2:]}" if one.type == "rgb" else f"{one.type} {one.value}"


def width(column: Any) -> str:
    """Say the width of a column, as Excel shows it."""
    return f"{column.width - 5 / 7:.1f}".removesuffix(".0")


def bare(heading: Any) -> str:
    """Return a heading without its signs."""
    return str(heading or "").strip(" ✱ƒ")


def look(one: Any) -> list[str]:
    """Return how a cell, a row or a column looks, without what is usual."""
    fill = one.fill.fgColor if one.fill.fill_type else None
    return [part for part in _look(one, fill, one.number_format) if part not in USUAL]


def _look(one: Any, fill: Any, form: str) -> list[str]:
    font, align, border = one.font, one.alignment, one.border
    said = [f"on {colour(fill)}" if fill is not None else ""]
    if font is not None:
        said += [font.name, font.sz and f"{font.sz:g} pt", font.color and colour(font.color)]
        said += [font.b and "bold", font.i and "italic", font.u and "underlined"]
    if align is not None:
        vertical = {"center": "middle", None: "bottom"}.get(align.vertical, align.vertical)
        said += [align.horizontal, vertical, align.wrap_text and "wrap"]
        said += [f"indent {align.indent:g}" if align.indent else ""]
    said += _lines(border) if border is not None else []
    said += [f"format {form}" if form != "General" else ""]
    return [part for part in said if part]


def _lines(border: Any) -> list[str]:
    sides = {side: getattr(border, side) for side in _SIDES}
    said = {s: f"{one.style} {colour(one.color)}" for s, one in sides.items() if one and one.style}
    if len(said) == len(_SIDES) and len(set(said.values())) == 1:
        return [f"border {said['top']}"]
    return [f"{side} {line}" for side, line in said.items()]


def rule(one: Any, where: str, said: Formula) -> Iterator[str]:
    """Say a validation: what is accepted and what is answered to the rest, then the help."""
    limits = " and ".join(said(limit) for limit in (one.formula1, one.formula2) if limit)
    parts = [where, one.type or "", one.operator or "", limits]
    parts += ["" if one.allowBlank else "no blank", "no arrow" if one.showDropDown else ""]
    if not one.showErrorMessage:
        parts += ["else nothing"]
    elif one.error:
        parts += [f"else {one.errorStyle or 'stop'}: {one.errorTitle} – {one.error}"]
    if any(parts):
        yield f"    ✓ {' '.join(part for part in parts if part)}"
    if one.showInputMessage and one.prompt:
        yield f"    ? {one.promptTitle} – {one.prompt}"


def mark(one: Any, said: Formula) -> str:
    """Say a conditional format: how it looks, when."""
    parts = []
    if one.dxf is not None:
        form = one.dxf.numFmt.formatCode if one.dxf.numFmt else "General"
        parts += _look(one.dxf, one.dxf.fill and one.dxf.fill.bgColor, form)
    if one.dataBar is not None:
        parts += [f"bar {colour(one.dataBar.color)}"]
        parts += [f"{end.type} {end.val:g}" for end in one.dataBar.cfvo]
    parts += ["when"] if one.type == "expression" else [one.type, one.operator or ""]
    parts += [" and ".join(said(formula) for formula in one.formula)]
    parts += ["and stop"] if one.stopIfTrue else []
    return " ".join(part for part in parts if part)


def newer(part: str) -> Iterator[str]:
    """Give the marks of a sheet that openpyxl does not carry: what Excel 2010 added to the bars."""
    for found in re.findall(r"<x14:conditionalFormatting .*?</x14:conditionalFormatting>", part):
        text = re.sub(r' (?:xmlns:\w+|id)="[^"]*"', "", found)
        words = re.findall(r"<(?:x14|xm):(\w+)([^>]*?)/?>([^<]*)", text)
        yield " ".join(["newer mark:", *" ".join(map(" ".join, words[1:])).split()])


def broken(formula: str, depth: int = 0) -> list[str]:
    """Return a formula as lines; a long one by the arguments of an IF, by the terms of a sum."""
    space = "  " * depth
    terms = split(formula, "+")
    if len(formula) <= LONG:
        return [space + formula]
    if len(terms) > 1:
        return [f"{space}{'+ ' if at else ''}{term}" for at, term in enumerate(terms)]
    if formula.startswith("IF(") and formula.endswith(")"):
        inner = [broken(part, depth + 1) for part in split(formula[3:-1], ",")]
        return [f"{space}IF(", *(line for lines in inner for line in lines), f"{space})"]
    return [space + formula]


def split(formula: str, mark: str) -> list[str]:
    """Return what stands between the marks that are in no parentheses, brackets nor quotes."""
    pieces, depth, quoted = [""], 0, False
    for letter in formula:
        quoted ^= letter == '"'
        depth += 0 if quoted else (letter in "([") - (letter in ")]")
        if letter == mark and not depth and not quoted:
            pieces.append("")
        else:
            pieces[-1] += letter
    return pieces
