"""Tiles: a big figure, what it is, what it compares to, what became of it since the last time."""

from __future__ import annotations

from pst_excel.excel import palette
from pst_excel.excel.boards.page import CODE, FIRST, NAME, NAME_END, TILE, BoardPage, Earlier
from pst_excel.excel.palette import Look
from pst_excel.excel.xlsx import Format
from pst_excel.model.figures.boards import Tile, Tiles
from pst_excel.model.figures.messages import say
from pst_excel.model.figures.tables import known
from pst_excel.model.words.wording import column_letter, date

_HEIGHTS = (18, 36, 16, 16)
_SINCE = 16
UNKNOWN = "non renseigné"


def write_tiles(page: BoardPage, row: int, block: Tiles) -> int:
    """Write a row of tiles; return the next free row."""
    for tile, (first, last) in zip(block.tiles, places(page), strict=False):
        _tile(page, row, first, last, tile)
    heights = (*_HEIGHTS, _SINCE) if page.earlier is not None else _HEIGHTS
    for at, height in enumerate(heights):
        page.sheet.worksheet.set_row(row + at, height)
    row += len(heights)
    if page.earlier is not None and page.earlier.forecast:
        row = page.small(row, say(page.earlier.forecast))
    return row + 1


def places(page: BoardPage) -> list[tuple[int, int]]:
    """Return the columns of the six tiles of a page: all have one width."""
    found, start, room = [(CODE, NAME), (NAME_END, NAME_END)], FIRST, 0.0
    for at, width in enumerate(page.widths, start=FIRST):
        room += width
        if room > TILE - 0.01:
            found.append((start, at))
            start, room = at + 1, room - TILE
    return found


def _tile(page: BoardPage, row: int, first: int, last: int, tile: Tile) -> None:
    book = page.sheet.book
    edge: Look = {
        "bg_color": palette.TILE, "left": 5, "left_color": palette.INK, "indent": 1,
        "align": "left", "valign": "vcenter",
    }  # fmt: skip
    small = book.format(palette.SMALL, edge)
    page.across(row, first, last, tile.figure.label, small)
    figure = palette.TILE_FORMATS.get(tile.figure.unit, palette.shown(tile.figure.unit))
    form = book.format(edge, font_size=24, bold=True, font_color=palette.INK, num_format=figure)
    _figure(page, row + 1, (first, last), tile, form)
    form = book.format(palette.SMALL, edge, num_format=_worded(tile.words, tile.beside.unit))
    value = known(tile.beside.quantity.evaluate(page.frames))
    page.formula(row + 2, (first, last), tile.beside.quantity.render(page.names), value, form)
    _rests_on(page, row + 3, (first, last), tile, small)
    if page.earlier is not None:
        _since(page, row + 4, (first, last), tile, small, page.earlier)


def _worded(words: str, unit: str) -> str:
    """Return the number format of a unit with the words around it, in each of its sections."""
    before, _, after = (f'"{text}"' if text else "" for text in words.partition("{}"))
    sections = []
    for section in palette.TILE_FORMATS.get(unit, palette.shown(unit)).split(";"):
        condition, bracket, form = section.rpartition("]")
        sections.append(f"{condition}{bracket}{before}{form}{after}")
    return ";".join(sections)


def _figure(page: BoardPage, row: int, area: tuple[int, int], tile: Tile, form: Format) -> None:
    """Write the figure; one that nobody knows is said to be so."""
    figure = tile.figure
    value: object = known(figure.quantity.evaluate(page.frames))
    formula = figure.quantity.render(page.names)
    if figure.known != figure.base:
        formula = f'IF(N({figure.known.render(page.names)})=0,"{UNKNOWN}",{formula})'
        value = value if known(figure.known.evaluate(page.frames)) else UNKNOWN
    page.formula(row, area, formula, value, form)


def _since(
    page: BoardPage, row: int, area: tuple[int, int], tile: Tile, form: Format, earlier: Earlier
) -> None:
    """Say what a figure gained since the previous consolidation; nothing where it is not known."""
    unit, scale = _GAINS.get(tile.figure.unit, ("", 1.0))
    before = earlier.values.get(tile.figure.key)
    if before is None or tile.figure.unit not in _GAINS:
        page.across(row, *area, "", form)
        return
    now = known(tile.figure.quantity.evaluate(page.frames))
    since = "la fois précédente" if earlier.day == page.batch.observed else (
        f"le {date(earlier.day)}")  # fmt: skip
    cell, day = earlier.cells[tile.figure.key], f"{unit} depuis {since}"
    mine = f"{column_letter(area[0])}{row - 2}"  # where the tile shows the figure
    gained = f"ROUND(({mine}-{cell})*{10 * scale:g},0)"
    # Decimals are written one by one: a number joined to a text has the comma of the locale.
    digits = f'INT(ABS({gained})/10)&IF(MOD({gained},10)=0,"",","&MOD(ABS({gained}),10))'
    sign = f'IF({gained}>0,"▲ +",IF({gained}<0,"▼ –","= "))'
    formula = f'IFERROR({sign}&{digits}&"{day}","")'
    words = None if now is None else _gained(round(round((now - before) * 10 * scale, 6))) + day
    page.formula(row, area, formula, words, form)


def _gained(tenths: int) -> str:
    mark = "▲ +" if tenths > 0 else "▼ –" if tenths < 0 else "= "
    whole, rest = divmod(abs(tenths), 10)
    return f"{mark}{whole},{rest}" if rest else f"{mark}{whole}"


_GAINS = {
    "%": (" pt", 100.0), "% de 100": (" pt", 1.0), "points": (" pt", 1.0), "nombre": ("", 1.0),
}  # fmt: skip
"""By unit, what is said of a gain and its scale; of the others nothing is said."""


def _rests_on(page: BoardPage, row: int, area: tuple[int, int], tile: Tile, form: Format) -> None:
    """Say under a tile on how many rows its figure is known, or how many are not answered for."""
    figure, frames, names = tile.figure, page.frames, page.names
    if figure.known != figure.base:
        known_of, base = (q.evaluate(frames) for q in (figure.known, figure.base))
        rests = figure.base.render(names)
        words = f'"connu pour "&{figure.known.render(names)}&" sur "&{rests}'
        told = f"connu pour {known_of:g} sur {base:g}" if base else None
        page.formula(row, area, f'IF({rests}=0,"",{words})', told, form)
    elif tile.unanswered is not None:
        count, rendered = tile.unanswered.evaluate(frames), tile.unanswered.render(names)
        formula = f'IF({rendered}=0,"","⚠ dont "&{rendered}&" sans retour")'
        page.formula(row, area, formula, f"⚠ dont {count:g} sans retour" if count else None, form)
    else:
        page.across(row, *area, "", form)
