"""Marks: cells coloured over their own format, by a conditional format that is always true.

The format of the cells is never touched, so that it is there again when a mark is taken away.
Source: ECMA-376 part 1, §18.3.1.18 (conditionalFormatting), §18.3.1.10 (cfRule), §18.8.14 (dxf).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable

from pst_excel.ooxml.cells.told import areas_in
from pst_excel.ooxml.cells.values import escaped
from pst_excel.ooxml.cells.workbook_parts import SheetPart
from pst_excel.ooxml.package.malformed import number_of
from pst_excel.ooxml.package.names import Element, main, place
from pst_excel.ooxml.references.addresses import Area, address, as_areas

_BLOCK, _RULE = main("conditionalFormatting"), main("cfRule")
_EXTENDED_RULE = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}cfRule"
_PIVOT_RULE = main("conditionalFormat")
_MOST_AREAS = 400
_FORMULA = re.compile(
    r'\s*+=?\s*+LEN\s*+\(\s*+"((?:[^"]|"")*+)"\s*+\)\s*+>\s*+0\s*+', re.IGNORECASE
)


def add(sheet: SheetPart, areas: Iterable[Area], fill: str, text: str, tag: str) -> None:
    """Mark areas, over every other conditional format but the marks that have this tag already.

    `fill` and `text` (of the letters; empty to leave theirs) are colours like `FDE2E1`. Raises:
    ValueError for an empty tag, by which the mark could not be told.
    """
    if not tag:
        raise ValueError("a mark without a tag could not be taken away")
    refs = _merged(areas)
    if not refs:
        return
    root, look = sheet.root, _look(sheet, fill, text)
    last = max(_rules(root, tag), key=lambda rule: _priority(rule) or 0, default=None)
    if last is not None and last.get("dxfId") == str(look):
        refs = _lengthened(sheet, last, refs)
    if not refs:
        return
    sheet.edit()
    sheet.book.expected_changes.child(sheet.part, "conditionalFormatting")
    chunks = [refs[at : at + _MOST_AREAS] for at in range(0, len(refs), _MOST_AREAS)]
    first = (0 if last is None else _priority(last) or 0) + 1
    _renumber(sheet, lambda number: number + len(chunks) * (number >= first))
    for priority, chunk in enumerate(chunks, first):
        block = root.makeelement(_BLOCK, None, None)
        block.set("sqref", " ".join(chunk))
        rule = _child(block, "cfRule")
        rule.set("type", "expression")
        rule.set("dxfId", str(look))
        rule.set("priority", str(priority))
        _child(rule, "formula").text = 'LEN("{}")>0'.format(escaped(tag).replace('"', '""'))
        _put_first(root, block, tag)


def _put_first(root: Element, block: Element, tag: str) -> None:
    """Put a mark before the other conditional formats: LibreOffice goes by their order."""
    ours = _rules(root, tag)
    last = ours[-1].getparent() if ours else None
    first = root.find(_BLOCK)
    if last is not None:
        last.addnext(block)
    elif first is not None:
        first.addprevious(block)
    else:
        place(root, block)


def _lengthened(sheet: SheetPart, rule: Element, refs: list[str]) -> list[str]:
    """Give a mark the areas that it has room for, and return the others that it has not yet."""
    block = rule.getparent()
    if block is None or len(block.findall(_RULE)) > 1:
        return refs
    known = dict.fromkeys((block.get("sqref") or "").split())
    room, fresh = max(0, _MOST_AREAS - len(known)), [ref for ref in refs if ref not in known]
    if room and fresh:
        sheet.edit()
        sheet.book.expected_changes.child(sheet.part, "conditionalFormatting")
        block.set("sqref", " ".join([*known, *fresh[:room]]))
    return fresh[room:]


def remove(sheet: SheetPart, tag: str) -> None:
    """Take away the marks of a tag; the other conditional formats have their priority again."""
    rules = _rules(sheet.root, tag)
    if not rules:
        return
    root = sheet.edit()
    gone = sorted(priority for priority in map(_priority, rules) if priority is not None)
    for rule in rules:
        block = rule.getparent()
        if block is None:
            continue
        block.remove(rule)
        if block.find(_RULE) is None:
            root.remove(block)
    _renumber(sheet, lambda number: number - bisect_left(gone, number))
    sheet.book.expected_changes.child(sheet.part, "conditionalFormatting")


def marked(sheet: SheetPart, tag: str) -> list[Area]:
    """Return the areas that have a mark of a tag."""
    blocks = [rule.getparent() for rule in _rules(sheet.root, tag)]
    return [
        area for block in blocks if block is not None for area in areas_in(block)
    ]  # fmt: skip


def _merged(areas: Iterable[Area]) -> list[str]:
    """Return the same cells in fewer areas: single cells that follow each other are joined."""
    given = list(dict.fromkeys(areas))
    single = as_areas((area.top, area.left) for area in given if area.single)
    return [_written(area) for area in (*(area for area in given if not area.single), *single)]


def _written(area: Area) -> str:
    first, last = address(area.top, area.left), address(area.bottom, area.right)
    return first if area.single else f"{first}:{last}"  # here Excel writes no `B:B` nor `2:2`


def _rules(root: Element, tag: str) -> list[Element]:
    return [
        rule
        for block in root.iterchildren(_BLOCK)
        for rule in block.iterchildren(_RULE)
        if (found := _FORMULA.fullmatch(rule.findtext(main("formula")) or ""))
        and found[1].replace('""', '"') == escaped(tag)
    ]


def _priority(rule: Element) -> int | None:
    return number_of(rule.get("priority"))


def _renumber(sheet: SheetPart, moved: Callable[[int], int]) -> None:
    """Give every rule of the sheet that has a priority the one it then has.

    A pivot table knows its rules by their priority, in its own part.
    """
    package, root, expected = sheet.book.package, sheet.root, sheet.book.expected_changes
    for block in root.iterchildren(_BLOCK):
        _move(block.iterchildren(_RULE), moved)
    for extension in root.iterchildren(main("extLst")):
        if _move(extension.iter(_EXTENDED_RULE), moved):
            expected.child(sheet.part, "extLst")
    for part in package.related(sheet.part, "pivotTable"):
        if _move(package.tree(part).iter(_PIVOT_RULE), moved):
            package.edit(part)
            expected.child(part, "conditionalFormats")


def _move(rules: Iterable[Element], moved: Callable[[int], int]) -> bool:
    changed = False
    for rule in rules:
        before = _priority(rule)
        after = None if before is None else moved(before)
        if after != before:
            rule.set("priority", str(after))
            changed = True
    return changed


def _look(sheet: SheetPart, fill: str, text: str) -> int:
    """Return the number of the format of a mark; one that is there already serves again."""
    styles = sheet.book.styles
    known = len(styles.entries("dxfs"))
    look = styles.root.makeelement(main("dxf"), None, None)
    if text:
        _coloured(_child(look, "font"), "color", text)
    pattern = _child(_child(look, "fill"), "patternFill")
    pattern.set("patternType", "solid")
    _coloured(pattern, "fgColor", fill)  # LibreOffice reads this one, Excel the other
    _coloured(pattern, "bgColor", fill)
    number = styles.add("dxfs", look)
    if number >= known:
        sheet.book.expected_changes.child(styles.part, "dxfs")
    return number


def _child(parent: Element, tag: str) -> Element:
    child = parent.makeelement(main(tag), None, None)
    parent.append(child)
    return child


def _coloured(parent: Element, tag: str, colour: str) -> None:
    _child(parent, tag).set("rgb", f"FF{colour.upper()}")
