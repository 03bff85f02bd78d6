"""What follows rows in a VML drawing: the shapes of notes, form controls. It is changed as bytes.

Source: ECMA-376 part 4, §19.4.2 (ClientData: Anchor, Row, MoveWithCells, SizeWithCells, Fmla…).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import TypeAlias
from xml.sax.saxutils import escape

from pst_excel.ooxml.notes import vml
from pst_excel.ooxml.references.addresses import LAST_ROW, CellPosition
from pst_excel.ooxml.row_shift.following_part import FollowingPart

_CLIENT = re.compile(rb"<((?:[\w.-]++:)?)ClientData(?=[\s>])[^<>]*+>")
_NOTE = re.compile(rb"ObjectType\s*+=\s*+[\"']Note[\"']")
_ROW = re.compile(rb"(<(?:[\w.-]++:)?Row\s*+>\s*+)(\d{1,7})(?=\s*+<)")
_COLUMN = re.compile(rb"<(?:[\w.-]++:)?Column\s*+>\s*+(\d{1,5})\s*+<")
_DIGITS = re.compile(rb"\d+")
_ANCHOR = re.compile(rb"(<(?:[\w.-]++:)?Anchor\s*+>)([^<]*+)")
_FORMULA = re.compile(rb"(<(?:[\w.-]++:)?Fmla(?:Link|Range|Group|Txbx|Pict)\s*+>)([^<]*+)")
_FIXED = re.compile(rb"<(?:[\w.-]++:)?(Move|Size)WithCells\s*+(?:/>|>\s*+(?:True|t)?\s*+<)", re.I)
_Move: TypeAlias = Callable[[int], int]
_TOP, _BOTTOM = 2, 6
"""The places of the two rows among the eight numbers of an anchor."""


def drawn(part: FollowingPart) -> None:
    """Shapes of notes stay as far from their cells; controls follow as their settings say."""
    package = part.package
    content = package.content(part.part)
    gone = _removed(content, part) if part.here and part.shift.count < 0 else set()
    new = vml.without_notes(content, gone) if gone else content
    pieces, at = [], 0
    while found := _CLIENT.search(new, at):
        end = new.find(b"</%sClientData" % found[1], found.end())
        if end < 0:
            break
        pieces += [new[at : found.end()], _followed(new[found.end() : end], found[0], part)]
        at = end
    drawing = b"".join([*pieces, new[at:]])
    if drawing != content:
        package.add(part.part, drawing, package.content_type(part.part) or vml.CONTENT_TYPE)


def _removed(content: bytes, part: FollowingPart) -> set[CellPosition]:
    """Return the cells, on rows that were removed, of which the drawing holds a note."""
    gone, heads = set(), list(_CLIENT.finditer(content))
    ends = [*(head.start() for head in heads[1:]), len(content)]
    for head, end in zip(heads, ends, strict=False):
        client = content[head.end() : end]
        row, column = _ROW.search(client), _COLUMN.search(client)
        if row and column and part.shift.row(int(row[2]) + 1) is None:
            gone.add((int(row[2]) + 1, int(column[1]) + 1))
    return gone


def _followed(client: bytes, head: bytes, part: FollowingPart) -> bytes:
    if part.here:
        row = _ROW.search(client)
        if row and _NOTE.search(head):
            client = _beside(client, int(row[2]) + 1, part)
        else:
            client = _anchored(client, part)
    return _FORMULA.sub(lambda found: found[1] + _read(found[2], part), client)


def _beside(client: bytes, row: int, part: FollowingPart) -> bytes:
    """Move the shape of a note with the row of its cell."""
    now = part.row(row)
    client = _ROW.sub(lambda found: found[1] + b"%d" % (now - 1), client, count=1)
    return _with_anchor(client, lambda at: at + now - row, lambda at: at + now - row)


def _anchored(client: bytes, part: FollowingPart) -> bytes:
    """Move a control; each of the two settings, where it is told, holds it back (§19.4.2.39)."""
    fixed = {match[1].lower() for match in _FIXED.finditer(client)}
    if b"move" in fixed:
        return client
    found = _ANCHOR.search(client)
    anchor = _numbers(found[2]) if found else []
    if not anchor:
        return client
    down = part.row(anchor[_TOP] + 1) - anchor[_TOP] - 1
    return _with_anchor(
        client,
        lambda at: at + down,
        lambda at: at + down if b"size" in fixed else part.row(at + 1) - 1,
    )


def _with_anchor(client: bytes, top: _Move, bottom: _Move) -> bytes:
    def change(found: re.Match[bytes]) -> bytes:
        anchor = _numbers(found[2])
        if not anchor:
            return found[0]
        numbers = found[2].split(b",")
        for place, move in ((_TOP, top), (_BOTTOM, bottom)):
            new = b"%d" % min(max(move(anchor[place]), 0), LAST_ROW - 1)
            numbers[place] = _DIGITS.sub(new, numbers[place])
        return found[1] + b",".join(numbers)

    return _ANCHOR.sub(change, client, count=1)


def _numbers(anchor: bytes) -> list[int]:
    texts = [text.strip() for text in anchor.split(b",")]
    sound = len(texts) == 8 and all(text.isdigit() and len(text) < 10 for text in texts)
    return [int(text) for text in texts] if sound else []


def _read(formula: bytes, part: FollowingPart) -> bytes:
    text = html.unescape(formula.decode("utf-8", "surrogateescape"))
    new = part.formula(text)
    return formula if new == text else escape(new).encode("utf-8", "surrogateescape")
