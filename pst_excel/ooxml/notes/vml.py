"""The shapes of notes in a VML drawing, put in and taken out as bytes: Excel's HTML is ill-formed.

Source: ECMA-376 part 4, §19.1 (shapes), §19.2 (blocks of ids), §19.4 (ClientData).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.references.addresses import CellPosition

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BLOCK = 1024
_USUAL = (
    b'xmlns:v="urn:schemas-microsoft-com:vml"',
    b'xmlns:o="urn:schemas-microsoft-com:office:office"',
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"',
)
_OWN_NAMES = b" " + b" ".join(_USUAL)
_EMPTY = (
    b'<xml%s><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%d"/></o:shapelayout></xml>'
)
_TYPE = (
    b'<v:shapetype%s id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    b'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    b'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NOTE = (
    b'<v:shape%s id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;'
    b"margin-left:59.25pt;margin-top:1.5pt;width:%gpt;height:%gpt;z-index:%d;"
    b'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    b'<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    b'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    b'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%s</x:Anchor>'
    b"<x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData>"
    b"</v:shape>"
)
_ROOT = re.compile(rb"<(?![?!])([\w.:-]++)[^<>]*+>")
_CLOSING = re.compile(rb"</([\w.:-]++)\s*+>")
_SHAPE = re.compile(rb"<((?:[\w.-]++:)?)shape(?=[\s/>])[^<>]*+>")
_DRAWN = re.compile(
    rb"<(?:[\w.-]++:)?(?:shape|group|rect|roundrect|oval|line|polyline|arc|curve|image)[\s/>]"
)
_NOTE_SHAPE = re.compile(rb"id\s*+=\s*+[\"']_x0000_t202[\"']")
_NOTE_DATA = re.compile(rb"ObjectType\s*+=\s*+[\"']Note[\"']")
_ROW = re.compile(rb"<(?:[\w.-]++:)?Row\s*+>\s*+(\d{1,7})\s*+<")
_COLUMN = re.compile(rb"<(?:[\w.-]++:)?Column\s*+>\s*+(\d{1,7})\s*+<")
_ID = re.compile(rb"_x0000_s(\d{1,9})(?!\d)")
_BLOCKS = re.compile(rb"<(?:[\w.-]++:)?idmap(?=\s)[^<>]*?\sdata\s*+=\s*+[\"']([^\"'<>]*+)[\"']")
POINTS = 0.75
"""Points in a pixel, at the 96 pixels an inch of Excel's screens."""


@dataclass(frozen=True)
class NoteShape:
    """The shape of a cell's note: row and column from 1, pixels, and the anchor (§19.4.2.2)."""

    row: int
    column: int
    width: int
    height: int
    anchor: tuple[int, ...]


def blocks(content: bytes) -> list[int]:
    """Return the blocks of 1,024 ids that a drawing says are its own."""
    found = _BLOCKS.search(content)
    texts = [] if found is None else [text.strip() for text in found[1].split(b",")]
    return [int(text) for text in texts if text.isdigit() and len(text) < 7]


def empty(elsewhere: Collection[int]) -> bytes:
    """Return a drawing without shapes, its block of ids being none of those used elsewhere."""
    return _EMPTY % (_OWN_NAMES, next(n for n in itertools.count(1) if n not in elsewhere))


def with_notes(content: bytes, shapes: Iterable[NoteShape], elsewhere: Collection[int]) -> bytes:
    """Return a drawing with the shapes of more notes, the blocks of ids elsewhere left alone.

    Raises: Refused when it has no end that can be told.
    """
    root, end = _ROOT.search(content), content.rfind(b"</")
    closing = _CLOSING.match(content, max(end, 0))
    if root is None or closing is None or closing[1] != root[1] or end < root.end():
        raise Refused("le dessin des commentaires de la feuille est endommagé")
    own = b"" if all(name in root[0] for name in _USUAL) else _OWN_NAMES
    known, taken = blocks(content), {int(digits) for digits in _ID.findall(content)}
    free = _free_ids(known, taken, elsewhere)
    pieces: list[bytes] = []
    if not _NOTE_SHAPE.search(content):
        pieces.append(_TYPE % own)
    used: dict[int, None] = {}
    for shape, number in zip(shapes, free, strict=False):
        used[number // _BLOCK] = None
        anchor = b", ".join(b"%d" % value for value in shape.anchor)
        pieces.append(_NOTE % (
            own, number, shape.width * POINTS, shape.height * POINTS, len(taken) + len(pieces),
            anchor, shape.row - 1, shape.column - 1,
        ))  # fmt: skip
    return _claimed(content[:end], [n for n in used if n not in known]) + b"".join(
        [*pieces, content[end:]]
    )


def _free_ids(
    known: Iterable[int], taken: Collection[int], elsewhere: Collection[int]
) -> Iterator[int]:
    others = (n for n in itertools.count(1) if n not in elsewhere and n not in known)
    for block in itertools.chain(known, others):
        for number in range(block * _BLOCK + 1, (block + 1) * _BLOCK):
            if number not in taken:
                yield number


def _claimed(content: bytes, more: Iterable[int]) -> bytes:
    found = _BLOCKS.search(content)
    if found is None or not found[1].strip():
        return content
    added = b"".join(b",%d" % block for block in more)
    return content[: found.end(1)] + added + content[found.end(1) :]


def _shapes(content: bytes) -> Iterator[tuple[int, int]]:
    at = 0
    while found := _SHAPE.search(content, at):
        at = found.end()
        if found[0].endswith(b"/>"):
            continue
        closing = b"</%sshape>" % found[1]
        end = content.find(closing, at)
        if end < 0:
            return
        at = end + len(closing)
        yield found.start(), at


def _position(shape: bytes) -> CellPosition | None:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    if row and column and _NOTE_DATA.search(shape):
        return int(row[1]) + 1, int(column[1]) + 1
    return None


def without_notes(content: bytes, cells: Collection[CellPosition]) -> bytes:
    """Return a drawing without the shapes of the notes of these cells, rows and columns from 1."""
    pieces, gone, at = [], [], 0
    for start, end in _shapes(content):
        if _position(content[start:end]) in cells:
            pieces.append(content[at:start])
            gone.append(content[start:end])
            at = end
    if not gone:
        return content
    left = b"".join([*pieces, content[at:]])
    if b"#_x0000_t202" not in left:
        left = left.replace(_TYPE % b"", b"").replace(_TYPE % _OWN_NAMES, b"")
    return _released(
        left, {int(digits) // _BLOCK for shape in gone for digits in _ID.findall(shape)}
    )


def _released(content: bytes, emptied: Collection[int]) -> bytes:
    """Give up the blocks of ids that held only shapes now gone; the first one stays."""
    found = _BLOCKS.search(content)
    if found is None:
        return content
    used = {int(digits) // _BLOCK for digits in _ID.findall(content)}
    first, *others = found[1].split(b",")
    kept = [
        block for block in others
        if not block.isdigit() or int(block) not in emptied or int(block) in used
    ]  # fmt: skip
    return content[: found.start(1)] + b",".join([first, *kept]) + content[found.end(1) :]


def draws(content: bytes) -> bool:
    """Return whether a drawing has any shape, of a note or of something else."""
    return _DRAWN.search(content) is not None
