"""Values of a workbook made odd: cells, columns, sheets, headings, the form, lists, titles."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

from support.mutations import odd

Parts = Mapping[str, bytes]
Cell = re.Match[bytes]
_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_STYLE = re.compile(rb' s="[0-9]+"')
_SHEET = re.compile(rb'<sheet [^>]*?name="([^"]*)"[^>]*/>')
_ITEM = re.compile(rb"<si>.*?</si>", re.DOTALL)
_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")
BOOK, STRINGS = "xl/workbook.xml", "xl/sharedStrings.xml"
HEADING_ROWS = range(1, 7)
FIRST_ROW = 5
MOST_CELLS = 3_000  # of a sheet that is filled, so that a run stays short


def one_cell(parts: Parts, chance: Random) -> Parts:
    """Put something odd in one cell."""
    return _some_cells(parts, chance, lambda cells: [chance.choice(cells)], one_value=True)


def some_cells(parts: Parts, chance: Random) -> Parts:
    """Put something odd in some cells, another thing in each."""
    return _some_cells(parts, chance, lambda cells: chance.sample(cells, min(12, len(cells))))


def one_row(parts: Parts, chance: Random) -> Parts:
    """Put something odd in every cell of a row."""

    def row(cells: Sequence[Cell]) -> list[Cell]:
        wanted = chance.choice(cells)[2]
        return [cell for cell in cells if cell[2] == wanted]

    return _some_cells(parts, chance, row)


def one_column(parts: Parts, chance: Random) -> Parts:
    """Fill a column with one odd value, or with several."""

    def column(cells: Sequence[Cell]) -> list[Cell]:
        wanted = chance.choice(cells)[1]
        return [cell for cell in cells if cell[1] == wanted][:MOST_CELLS]

    return _some_cells(parts, chance, column, one_value=chance.random() < 0.7)


def whole_sheet(parts: Parts, chance: Random) -> Parts:
    """Fill a sheet with one odd value, which is short."""
    return _some_cells(parts, chance, lambda cells: [*cells[:MOST_CELLS]], one_value=True, most=300)


def form(parts: Parts, chance: Random) -> Parts:
    """Put something odd in one field of the form or more."""
    name = sheet_part(parts, b"Identification")
    if name is None:
        return parts
    fields = [c for c in _cells(parts[name], FIRST_ROW - 1) if c[1] in (b"B", b"C", b"D")]
    chosen = chance.sample(fields, min(len(fields), chance.choice((1, 1, 2, 30))))
    return {**parts, name: _put(parts[name], {c.start(): (c, cell(chance)) for c in chosen})}


def lists(parts: Parts, chance: Random) -> Parts:
    """Put something odd in the lists."""
    name = sheet_part(parts, b"Listes")
    found = _cells(parts[name]) if name else []
    if name is None or not found:
        return parts
    chosen = chance.sample(found, min(len(found), chance.choice((1, 5, 200))))
    return {**parts, name: _put(parts[name], {c.start(): (c, cell(chance)) for c in chosen})}


def copied_cells(parts: Parts, chance: Random) -> Parts:
    """Give cells what others hold: codes and ids twice, a heading twice, a value elsewhere."""
    name, cells = _any_sheet(parts, chance, first=1)
    filled = [one for one in cells if one[4]]
    if not filled:
        return parts
    changes = {}
    for _ in range(chance.choice((1, 3, 30))):
        source = chance.choice(filled)
        beside = [one for one in filled if one[1] == source[1] or one[2] == source[2]]
        target = chance.choice(beside)
        changes[target.start()] = (target, _typed(source))
    return {**parts, name: _put(parts[name], changes)}


def copied_rows(parts: Parts, chance: Random) -> Parts:
    """Give a row all that another holds, ids included."""
    name, cells = _any_sheet(parts, chance)
    rows = sorted({one[2] for one in cells if one[4]})
    if not rows:
        return parts
    source, target = chance.choice(rows), chance.choice(sorted({one[2] for one in cells}))
    held = {one[1]: _typed(one) for one in cells if one[2] == source}
    changes = {
        one.start(): (one, held.get(one[1], (b"", b""))) for one in cells if one[2] == target
    }
    return {**parts, name: _put(parts[name], changes)}


def heading(parts: Parts, chance: Random) -> Parts:
    """Give headings another text."""
    name, cells = _any_sheet(parts, chance, first=1)
    found = [one for one in cells if int(one[2]) in HEADING_ROWS and one[4]]
    chosen = chance.sample(found, min(len(found), chance.choice((1, 2, 10))))
    if not chosen:
        return parts
    return {**parts, name: _put(parts[name], {c.start(): (c, cell(chance)) for c in chosen})}


def title(parts: Parts, chance: Random) -> Parts:
    """Give a sheet another title: odd, or that of another."""
    book = parts.get(BOOK, b"")
    found = list(_SHEET.finditer(book))
    if not found:
        return parts
    target, other = chance.choice(found), chance.choice(found)[1]
    new = chance.choice((other, other + b" (2)", other.lower(), odd.xml(odd.text(chance)[:60])))
    return {**parts, BOOK: book[: target.start(1)] + new + book[target.end(1) :]}


def shared_text(parts: Parts, chance: Random) -> Parts:
    """Put something odd in the texts that cells share."""
    strings = parts.get(STRINGS, b"")
    found = list(_ITEM.finditer(strings))
    chosen = chance.sample(found, min(len(found), 3))
    for one in sorted(chosen, key=re.Match.start, reverse=True):
        new = b"<si><t>" + odd.xml(odd.text(chance)) + b"</t></si>"
        strings = strings[: one.start()] + new + strings[one.end() :]
    return {**parts, STRINGS: strings} if found else parts


def cell(chance: Random, most: int = odd.CELL) -> tuple[bytes, bytes]:
    """Return the attributes and the inside of an odd cell."""
    kind = chance.random()
    value = odd.xml(odd.text(chance)[:most])
    if kind < 0.5:
        return b' t="inlineStr"', b'<is><t xml:space="preserve">' + value + b"</t></is>"
    if kind < 0.75:
        return b"", b"<v>" + odd.xml(chance.choice(odd.NUMBERS)) + b"</v>"
    if kind < 0.83:
        return b' t="d"', b"<v>" + odd.xml(chance.choice(odd.DATES)) + b"</v>"
    if kind < 0.99:
        return chance.choice((
            (b' t="b"', b"<v>1</v>"), (b' t="e"', b"<v>#REF!</v>"), (b' t="e"', b"<v>#N/A</v>"),
            (b"", b"<f>1+1</f>"), (b' t="str"', b"<f>A1</f><v>" + value + b"</v>"), (b"", b""),
            (b"", b"<f></f><v>1e999</v>"), (b' t="s"', b"<v>0</v>"), (b' t="s"', b"<v>-1</v>"),
            (b"", b"<v></v>"), (b"", b'<f t="shared" si="7"/><v>3</v>'),
            (b"", b'<f t="array" ref="A1:B9">1</f><v>3</v>'),
            (b' t="inlineStr"', b"<is><r><t>a</t></r><rPh sb='0' eb='1'><t>c</t></rPh></is>"),
        ))  # fmt: skip
    return chance.choice((  # for which readers refuse the whole workbook
        (b' t="b"', b"<v>2</v>"), (b' t="e"', b"<v>#RIEN</v>"), (b' t="s"', b"<v>999999</v>"),
        (b' t="zz"', b"<v>1</v>"), (b' t="n"', b"<v>" + value + b"</v>"),
    ))  # fmt: skip


def sheet_part(parts: Parts, wanted: bytes) -> str | None:
    """Return the part of the sheet of a title, as this project's writers number them."""
    titles = [one[1] for one in _SHEET.finditer(parts.get(BOOK, b""))]
    name = f"xl/worksheets/sheet{titles.index(wanted) + 1}.xml" if wanted in titles else ""
    return name if name in parts else None


def _any_sheet(parts: Parts, chance: Random, first: int = FIRST_ROW) -> tuple[str, list[Cell]]:
    names = sorted(name for name in parts if _SHEETS.fullmatch(name))
    chance.shuffle(names)
    for name in names:
        if cells := _cells(parts[name], first):
            return name, cells
    return "", []


def _cells(part: bytes, first: int = FIRST_ROW) -> list[Cell]:
    """Return the cells of a sheet from a row on, those that hold something and blank ones near."""
    every = [one for one in _CELL.finditer(part) if int(one[2]) >= first]
    last = max((int(one[2]) for one in every if one[4]), default=first) + 2
    return [one for one in every if int(one[2]) <= last]


def _some_cells(
    parts: Parts, chance: Random, choose: Callable[[list[Cell]], list[Cell]],
    one_value: bool = False, most: int = odd.CELL,
) -> Parts:  # fmt: skip
    name, cells = _any_sheet(parts, chance)
    if not cells:
        return parts
    chosen, one = choose(cells), cell(chance, most)
    short = most if len(chosen) < 30 else min(most, 3_000)
    changes = {c.start(): (c, one if one_value else cell(chance, short)) for c in chosen}
    return {**parts, name: _put(parts[name], changes)}


def _typed(one: Cell) -> tuple[bytes, bytes]:
    return _STYLE.sub(b"", one[3]), one[4] or b""


def _put(part: bytes, changes: Mapping[int, tuple[Cell, tuple[bytes, bytes]]]) -> bytes:
    made, at = [], 0
    for _, (one, (kind, inside)) in sorted(changes.items()):
        style = _STYLE.search(one[3])
        head = b'<c r="' + one[1] + one[2] + b'"' + (style[0] if style else b"") + kind
        made += [part[at : one.start()], head + b">" + inside + b"</c>"]
        at = one.end()
    return b"".join([*made, part[at:]])


MUTATORS = (
    one_cell, some_cells, one_row, one_column, whole_sheet, form, lists, copied_cells, copied_rows,
    heading, title, shared_text,
)  # fmt: skip
