"""Validations, conditional formats and links of a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from support.repairs.areas import areas, overlap
from support.repairs.book import Sheet
from support.repairs.registry import about

_TYPES = {"none", "whole", "decimal", "list", "date", "time", "textLength", "custom"}
_TEXTS = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 255}
_LITERAL = re.compile(r'"((?:[^"]|"")*)"')
_TWO_SIDED = {"between", "notBetween"}
_SCALES = {"colorScale": (2, 3), "dataBar": (2, 2), "iconSet": (3, 5)}  # how many limits


@about(Sheet)
def validations_cover_areas_of_their_own(sheet: Sheet) -> Iterator[str]:
    found = list(sheet.root.iter("dataValidation"))
    if len(found) > 65_534:
        yield f"there are {len(found)} validations"
    for block in sheet.root.iter("dataValidations"):
        if int(block.get("count", len(found))) != len(found):
            yield f"{block.get('count')} validations are counted of {len(found)}"
    covered = chain.from_iterable(areas(one.get("sqref")) for one in found)
    if both := overlap(list(covered)):
        yield f"validations overlap: {both[0]} and {both[1]}"


@about(Sheet)
def texts_of_validations_are_short_enough(sheet: Sheet) -> Iterator[str]:
    for one in sheet.root.iter("dataValidation"):
        for key, limit in _TEXTS.items():
            if len(one.get(key, "")) > limit:
                yield f"{key} of {one.get('sqref')} has {len(one.get(key, ''))} characters"


@about(Sheet)
def validations_have_their_formulas(sheet: Sheet) -> Iterator[str]:
    for one in sheet.root.iter("dataValidation"):
        kind, given = one.get("type", "none"), [child.tag for child in one if child.text]
        sided = kind not in ("list", "custom") and one.get("operator", "between") in _TWO_SIDED
        needed = ["formula1", "formula2"] if sided else ["formula1"]
        if kind not in _TYPES:
            yield f"the validation of {one.get('sqref')} is of the type {kind}"
        elif kind != "none" and given[: len(needed)] != needed:
            yield f"the validation of {one.get('sqref')} lacks a formula: {given} of {needed}"


@about(Sheet)
def lists_of_validations_are_short_enough(sheet: Sheet) -> Iterator[str]:
    for one in sheet.root.iter("dataValidation"):
        literal = (
            _LITERAL.fullmatch(one.findtext("formula1", "")) if one.get("type") == "list" else None
        )
        if literal and not 0 < len(literal[1]) <= 255:
            yield f"the list of {one.get('sqref')} has {len(literal[1])} characters"


@about(Sheet)
def formats_have_rules_and_areas(sheet: Sheet) -> Iterator[str]:
    for block in sheet.root.iter("conditionalFormatting"):
        areas(block.get("sqref"))
        if block.find("cfRule") is None:
            yield f"the conditional format of {block.get('sqref')} has no rule"


@about(Sheet)
def formats_lead_to_styles(sheet: Sheet) -> Iterator[str]:
    there = sheet.book.size("dxfs")
    for rule in sheet.root.iter("cfRule"):
        if int(rule.get("dxfId", -1)) >= there:
            yield f"a conditional format has the style {rule.get('dxfId')} of {there}"


@about(Sheet)
def formats_have_priorities_of_their_own(sheet: Sheet) -> Iterator[str]:
    given = [int(rule.get("priority", 0)) for rule in sheet.root.iter("cfRule")]
    for one in sorted(set(given)):
        if one < 1 or given.count(one) > 1:
            yield f"the priority {one} is given to {given.count(one)} conditional formats"


@about(Sheet)
def formats_have_what_their_type_needs(sheet: Sheet) -> Iterator[str]:
    for rule in sheet.root.iter("cfRule"):
        kind, formulas = rule.get("type"), len(rule.findall("formula"))
        sided = rule.get("operator") in _TWO_SIDED
        if kind == "expression" and formulas != 1:
            yield f"a conditional format by formula has {formulas} formulas"
        if kind == "cellIs" and formulas != (2 if sided else 1):
            yield f"a conditional format {rule.get('operator')} has {formulas} formulas"
        if kind in _SCALES:
            scale = rule.find(str(kind))
            least, most = _SCALES[kind]
            limits = 0 if scale is None else len(scale.findall("cfvo"))
            if not least <= limits <= most:
                yield f"a conditional format {kind} has {limits} limits"
            if kind == "colorScale" and limits != len(rule.findall("colorScale/color")):
                yield f"a conditional format {kind} has other colours than its {limits} limits"


@about(Sheet)
def links_lead_somewhere(sheet: Sheet) -> Iterator[str]:
    found = list(sheet.root.iter("hyperlink"))
    if len(found) > 65_530:
        yield f"there are {len(found)} links"
    for one in found:
        areas(one.get("ref"))
        if not one.get("r:id") and not one.get("location"):
            yield f"the link of {one.get('ref')} leads nowhere"
        if len(one.get("tooltip", "")) > 255 or len(one.get("location", "")) > 2080:
            yield f"the link of {one.get('ref')} has too long a text"
        link = sheet.links.get(one.get("r:id", ""))
        if link and (not link.external or not 0 < len(link.target) <= 2080):
            yield f"the link of {one.get('ref')} leads to {link.target[:40]!r}"
