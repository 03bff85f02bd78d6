"""Who can read the workbooks: contrasts, words beside colours, plain tables, charts in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from support import CLEAN, damaged, dump, office, workbook
from support.dump_words import split

from pst_excel.excel import palette
from pst_excel.excel.books.template import blank, write_template
from pst_excel.model.row_status import COMPLETE, LENT, TO_FILL, TO_UPDATE, TO_VERIFY
from pst_excel.model.schema import HEADING_ROW
from pst_excel.pst import PST
from pst_excel.pst.vocabularies import STATUTS
from pst_excel.text.spelling import fold

AA, AA_LARGE, LARGE = 4.5, 3.0, 18  # WCAG 2.1, 1.4.3: ratios, and points from which text is large
BOOKS = ("template", "filled", "consolidated", "comparison")
each_book = pytest.mark.parametrize("name", BOOKS)
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}cNvPr"


@cache
def book(name: str) -> bytes:
    if name == "template":
        return write_template(blank(PST, {}))
    if name == "filled":
        return workbook(CLEAN)
    return office.sample_book() if name == "consolidated" else office.sample_comparison()


def luminance(color: str) -> float:
    """Return the relative luminance of RRGGBB (WCAG 2.1)."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the ratio of two colours, from 1 to 21."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def rgb(color: Any, default: str) -> str:
    """Return a colour as RRGGBB; one that the theme gives is the default."""
    known = color is not None and color.type == "rgb" and isinstance(color.rgb, str)
    return color.rgb[-6:] if known else default


def texts(data: bytes) -> Iterator[tuple[str, str, str, float]]:
    """Give for each filled cell and each column its place, its fill and text, its size."""
    with office.opened(data) as opened:
        for sheet in opened:
            looks = {f"column {one.index}": one for one in sheet.column_dimensions.values()}
            for row in sheet.iter_rows():
                looks |= {cell.coordinate: cell for cell in row if cell.value not in (None, "")}
            for place, one in looks.items():
                solid = one.fill.fill_type == "solid"
                fill = rgb(one.fill.fgColor, "FFFFFF") if solid else "FFFFFF"
                text = rgb(one.font.color, "000000")
                yield f"{sheet.title}!{place}", fill, text, one.font.size


def marks(data: bytes) -> Iterator[tuple[str, str, str]]:
    """Give for each conditional format that fills: its place, its fill, its text."""
    with office.opened(data) as opened:
        for sheet in opened:
            for area in sheet.conditional_formatting:
                for rule in area.rules:
                    if rule.dataBar is not None:
                        bar = rgb(rule.dataBar.color, "FFFFFF")
                        yield f"{sheet.title}!{area.sqref}", bar, palette.DARK[1:]
                    if rule.dxf is not None and rule.dxf.fill is not None:
                        font = rule.dxf.font
                        text = rgb(font.color if font else None, palette.DARK[1:])
                        fill = rgb(rule.dxf.fill.bgColor, "FFFFFF")
                        yield f"{sheet.title}!{area.sqref}", fill, text


def test_the_ratio_is_that_of_the_standard() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("FFFFFF", "FFFFFF") == 1
    assert contrast("777777", "FFFFFF") == pytest.approx(4.48, abs=0.01)


def faint(data: bytes) -> set[str]:
    """Return the places of the texts that are hard to read, in cells and in columns."""
    return {
        f"{place}: {text} on {fill}"
        for place, fill, text, size in texts(data)
        if contrast(fill, text) < (AA_LARGE if size >= LARGE else AA)
    }


def faint_marks(data: bytes) -> set[str]:
    """Return the places of the conditional formats that make a text hard to read."""
    return {
        f"{place}: {text} on {fill}"
        for place, fill, text in marks(data)
        if contrast(fill, text) < AA
    }


@each_book
def test_every_text_stands_out_of_its_fill(name: str) -> None:
    assert faint(book(name)) == set()


@each_book
def test_every_mark_leaves_its_text_readable(name: str) -> None:
    assert list(marks(book(name))) or name == "comparison"
    assert faint_marks(book(name)) == set()


def declared() -> Iterator[tuple[str, str, str]]:
    """Give each pair of a fill and a text that the palette declares, by the name of its look."""
    for name, held in vars(palette).items():
        looks = list(held.items()) if isinstance(held, Mapping) else []
        yield from (
            (f"{name} {key}", *pair)
            for key, pair in looks
            if isinstance(pair, tuple) and isinstance(pair[0], str)
        )
        for key, look in [("", held), *looks]:
            if isinstance(look, Mapping) and {"bg_color", "font_color"} <= look.keys():
                yield f"{name} {key}", look["bg_color"], look["font_color"]
    plain = (palette.DARK, palette.GREY, palette.INK)
    looks = [palette.LINK, palette.MISSING, palette.SMALL]
    for ground in (palette.WHITE, palette.TILE, palette.STRIPE, palette.HUMAN):
        yield from (("on a ground", ground, text) for text in plain)
        yield from (("on a ground", ground, str(look["font_color"])) for look in looks)


def test_every_pair_of_the_palette_can_be_read() -> None:
    pairs = [pair for pair in declared() if pair[1].startswith("#")]
    assert len(pairs) > 50
    assert [p for p in pairs if contrast(p[1][1:], p[2][1:]) < AA] == []


def test_a_faint_text_is_found_in_a_cell_in_a_column_and_in_a_mark() -> None:
    yellow, pale = PatternFill("solid", "FFFF00"), PatternFill(bgColor="1A2030")

    def spoil(opened: Any) -> None:
        cell, column = opened["OS"]["A1"], opened["OO"].column_dimensions["A"]
        cell.value, cell.fill, cell.font = "pâle", yellow, Font(size=11, color="FFFFFF")
        column.fill, column.font = yellow, Font(size=11, color="EEEEEE")
        opened["OO"].conditional_formatting.add("H5:H9", CellIsRule("equal", ['"1"'], fill=pale))

    spoilt = damaged(book("template"), spoil)
    assert faint(spoilt) == {"OS!A1: FFFFFF on FFFF00", "OO!column A: EEEEEE on FFFF00"}
    assert faint_marks(spoilt) == {"OO!H5:H9: 1A202C on 1A2030"}


@each_book
def test_every_drawing_is_told_in_words(name: str) -> None:
    drawings = {n: t for n, t in office.parts(book(name)).items() if "drawings/drawing" in n}
    mute = [
        (part, drawn.get("name"))
        for part, text in drawings.items()
        if part.endswith(".xml")
        for drawn in ElementTree.fromstring(text).iter(DRAWN)
        if len(drawn.get("descr") or "") < 20
    ]
    assert mute == []


@pytest.mark.parametrize("name", ["template", "filled", "consolidated"])
def test_the_data_are_plain_tables_under_one_row_of_headings(name: str) -> None:
    with office.opened(book(name)) as opened:
        for declared in PST.tables:
            if declared.program:
                continue
            sheet = opened[declared.title]
            assert not [a for a in sheet.merged_cells.ranges if a.max_row >= HEADING_ROW]
            row = sheet[HEADING_ROW]
            assert all(isinstance(cell.value, str) and cell.value.strip() for cell in row)
            known = frozenset().union(*(column.headings for column in declared.columns))
            assert [
                number
                for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1)
                if sum(fold(cell) in known for cell in cells if isinstance(cell, str)) > 2
            ] == [HEADING_ROW]


def test_every_colour_of_a_state_goes_with_its_sign() -> None:
    said = [COMPLETE, TO_UPDATE, TO_FILL, TO_VERIFY, LENT]
    assert [words[0] for words in said] == list(palette.STATES)
    assert all(choice.color and choice.sign.strip() for choice in STATUTS.choices)
    assert all(severity.sign.strip() for severity in palette.SEVERITY)


@cache
def told() -> dict[str, str]:
    """Return what the dump of the template says of each sheet."""
    _, *parts = re.split(r"^=== (.*) ===$", dump.template(), flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def behind(heading: str, said: str) -> str:
    """Return the formula of a computed column, and those of the columns from which it counts."""
    found = dict(re.findall(r"^\w+ (.+) ƒ ·.*\n((?:    = .*\n)+)", said, re.MULTILINE))
    known = [heading]
    for one in known:
        known += [other for other in found if f"[{other}]" in found[one] and other not in known]
    return "".join(found[one] for one in known)


@pytest.mark.parametrize("title", [s.title for s in PST.tables if not s.program])
def test_no_fill_of_the_template_speaks_alone(title: str) -> None:
    """A fill repeats the word of its cell, or a sign and a count of « Saisie »."""
    state = behind("Saisie", told()[title])
    fills = re.findall(r"(?:◆|mark of every column:) on #\w+.*? (cellIs|when) (.*)", told()[title])
    for kind, condition in fills:
        if kind == "cellIs":
            assert re.fullmatch('equal ".+"', condition)
        elif sign := re.fullmatch(r'LEFT\(\[Saisie\],1\)="(.)"', condition):
            assert f'"{sign[1]} ' in state
        elif condition == '[Rôle de la ligne]<>""':
            assert '"ℹ "&[Rôle de la ligne]' in state
        else:
            counted, *_ = split(condition.removeprefix("AND("), ",")
            assert f"({counted})" in state
    assert len(fills) > len(palette.STATES)
