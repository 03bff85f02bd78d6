"""Workbooks in which a part says what it may not, and all that the rooms above ask of the patcher."""

from __future__ import annotations

import contextlib
import copy
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from lxml import etree

from pst_excel.ooxml.cells.values import Formula
from pst_excel.ooxml.errors import PatchError, Refused
from pst_excel.ooxml.grafting.detached import detached
from pst_excel.ooxml.grafting.shared_parts import take_colours
from pst_excel.ooxml.sheet import Sheet
from pst_excel.ooxml.workbook import Workbook
from support.ooxml.corpus import RESULTS, parts, results
from support.ooxml.grafts import zipped
from support.ooxml.torture import torture

BOOK = torture()
PARTS = parts(BOOK)
ACTIONS = "Actions"
ODD = (
    "", " ", "0", "-1", "+1", " 1 ", "1.5", "1_0", "1e999", "NaN", "inf", "²", "١", "0x1", "9" * 5_000,
    "2", "7", "99", "16385", "1048577", "4294967295", "A0", "XFE1", "A1048577", "AAAA99999999", "BAD",
    "A1:", ":", "A1:B2:C3", "A1 B2", "$A$1", "C9:A1", "C3:C9", "0:0", "1:5", "B:C", "A1:XFD1048576",
    "#REF!", "Feuille!A1", "'", "[1]!x", "../../../etc/passwd", "/", "#", "http://x", "rId1", "rId99",
    "shared", "array", "dataTable", "s", "e", "d", "inlineStr", "External", "_xD800_", "_x0000_",
)  # fmt: skip
KEYS = ("r", "ref", "sqref", "s", "t", "si", "min", "max", "count", "localSheetId", "vm", "spans", "ht",
        "customFormat", "headerRowCount", "totalsRowCount", "numFmtId", "dxfId")  # fmt: skip
_TOLD = (
    "worksheets/",
    "comments",
    "styles",
    "workbook",
    "tables/",
    "vmlDrawing",
    "persons",
    "strings",
)


def with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the workbook, the bytes of one of its parts changed."""
    changed = change(PARTS[name])
    assert changed != PARTS[name]
    return zipped(PARTS | {name: changed})


def mutated(seed: int, known: Mapping[str, bytes] = PARTS) -> bytes:
    """Return a package one part of which says odd things, or is gone: the same for one seed."""
    chance, contents = random.Random(seed), dict(known)
    names = sorted(contents)
    told = [name for name in names if any(word in name for word in _TOLD)]
    name = chance.choice(told if chance.random() < 0.8 else names)
    if chance.random() < 0.04:
        del contents[name]
    elif name.endswith((".xml", ".rels", ".vml")):
        contents[name] = _odd(chance, contents[name])
    return zipped(contents)


def _odd(chance: random.Random, content: bytes) -> bytes:
    try:
        root = etree.fromstring(content)
    except etree.XMLSyntaxError:  # a drawing of notes, which may be ill-formed
        at = chance.randrange(len(content))
        return content[:at] + chance.choice(ODD).encode() + content[at + chance.randrange(20) :]
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        by_tag: dict[str, list[Any]] = defaultdict(list)
        for element in root.iter(etree.Element):
            by_tag[str(element.tag)].append(element)
        element = chance.choice(by_tag[chance.choice(sorted(by_tag))])
        chance.choice(_HOW)(chance, element)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _attribute(chance: random.Random, element: Any) -> None:
    if element.attrib:
        element.set(chance.choice(sorted(element.attrib)), chance.choice(ODD))


def _no_attribute(chance: random.Random, element: Any) -> None:
    if element.attrib:
        del element.attrib[chance.choice(sorted(element.attrib))]


def _another(chance: random.Random, element: Any) -> None:
    element.set(chance.choice(KEYS), chance.choice(ODD))


def _text(chance: random.Random, element: Any) -> None:
    element.text = chance.choice(ODD)


def _gone(_: random.Random, element: Any) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)


def _twice(_: random.Random, element: Any) -> None:
    if element.getparent() is not None:
        element.addnext(copy.deepcopy(element))


def _aside(chance: random.Random, element: Any) -> None:
    element.insert(0, chance.choice((etree.Comment("x"), etree.PI("x", "y"))))


def _nested(_: random.Random, element: Any) -> None:
    etree.SubElement(element, element.tag)


def _elsewhere(chance: random.Random, element: Any) -> None:
    others = [other for other in element.getroottree().iter(etree.Element)
              if element not in (other, *other.iterancestors())]  # fmt: skip
    if others and element.getparent() is not None:
        chance.choice(others).append(element)


_HOW = (
    *[_attribute] * 8,
    _no_attribute,
    _another,
    _text,
    _gone,
    _twice,
    _aside,
    _nested,
    _elsewhere,
)


def annotates(data: bytes) -> None:
    """Do to a workbook what is done to a return that goes back."""
    book = Workbook(data)
    for sheet in book.sheets:
        for area in sheet.marked("renvoi"):
            sheet.at(area.top, area.left).unlink(RESULTS)
        sheet.unmark()
        sheet.remove_notes("Contrôle")
        _where_it_may(lambda sheet=sheet: _led(sheet))
        sheet.mark(["A1", "B2:B5"], "FDE2E1", "9C0006")
        sheet.add_notes({"A1": "Une note", "C4": "Une autre"}, "Contrôle")
    book.graft(results(), [RESULTS], before=book.titles[0])
    book.to_bytes()


def _led(sheet: Sheet) -> None:
    cell = sheet.at(1, 9)
    cell.set("← à voir")
    cell.link(RESULTS, "A1", "Aller")


def updates(data: bytes) -> None:
    """Do to a workbook what is done to a plan that is brought up to date in place."""
    book = Workbook(data)
    book.names  # noqa: B018 - read before anything is changed
    for sheet in book.sheets[:2]:
        for row in sheet.grid.rows:
            for cell in sheet.row(row):
                _where_it_may(lambda cell=cell: cell.set(_another_value(cell.value)))
        sheet.set_height(5, 2 * sheet.height(4))
        sheet.set_width(3, sheet.width(2) + 1)
        sheet.at(5, 12).look_like(sheet.at(4, 2))
    for sheet in book.sheets[:1]:
        _where_it_may(lambda sheet=sheet: sheet.insert_rows_at({4: 1, 6: 2}))
        _where_it_may(lambda sheet=sheet: sheet.hold_rows(6, 2))
        for table in sheet.tables:
            _where_it_may(lambda table=table: table.append([["x"]]))
    for sheet in book.sheets[1:2]:
        _where_it_may(lambda sheet=sheet: sheet.remove_rows_at({7: 1, 12: 1}))
    book.properties["title"] = "PST"
    book.to_bytes()


def _another_value(value: object) -> Any:
    return Formula("1+1", 2) if isinstance(value, Formula) else f"{value}"[:100]


def takes(data: bytes) -> None:
    """Take all the sheets of a workbook into another, and read what people added to them."""
    old, book = Workbook(data), Workbook(results())
    for sheet in old.sheets:
        _read = [(cell.value, cell.is_rich, cell.style) for cell in sheet.cells()]
        _read = [sheet.notes, sheet.conversations, sheet.merged]
    take_colours(book, data)
    titles = {title: f"{title} 2" for title in old.titles if title in old}
    donor, _ = detached(data, titles, book)
    for title in titles.values():
        _where_it_may(lambda title=title: book.graft(donor, [title]))
    book.to_bytes()


def _where_it_may(change: Callable[[], object]) -> None:
    with contextlib.suppress(Refused):
        change()


OPERATIONS: Iterable[Callable[[bytes], None]] = (annotates, updates, takes)


def said(work: Callable[[bytes], None], data: bytes) -> str:
    """Return the sentence of the refusal of a workbook; nothing where it is not refused."""
    try:
        work(data)
    except PatchError as error:
        return str(error)
    return ""
