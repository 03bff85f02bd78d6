"""Who can read the workbooks: contrasts, words beside colours, plain tables, charts in words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree import ElementTree

import office
import pytest
from support import CLEAN, workbook

from pst_excel.live import COMPLETE, LENT, TO_FILL, TO_VERIFY
from pst_excel.outputs import palette
from pst_excel.outputs.template import blank, write_template
from pst_excel.pst import PST
from pst_excel.schema import HEADING_ROW

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
    """Give for each filled cell its place, the colours of its fill and text, its size."""
    with office.opened(data) as opened:
        for sheet in opened:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value not in (None, ""):
                        solid = cell.fill.fill_type == "solid"
                        fill = rgb(cell.fill.fgColor, "FFFFFF") if solid else "FFFFFF"
                        place = f"{sheet.title}!{cell.coordinate}"
                        yield place, fill, rgb(cell.font.color, "000000"), cell.font.size


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


@each_book
def test_every_text_stands_out_of_its_fill(name: str) -> None:
    faint = {
        f"{place}: {text} on {fill}"
        for place, fill, text, size in texts(book(name))
        if contrast(fill, text) < (AA_LARGE if size >= LARGE else AA)
    }
    assert faint == set()


@each_book
def test_every_mark_leaves_its_text_readable(name: str) -> None:
    found = list(marks(book(name)))
    assert found or name == "comparison"
    assert {
        f"{p}: {text} on {fill}" for p, fill, text in found if contrast(fill, text) < AA
    } == set()


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


def test_every_colour_of_a_state_goes_with_its_sign() -> None:
    said = [COMPLETE, TO_FILL, TO_VERIFY, LENT]
    assert [words[0] for words in said] == list(palette.STATES)
    assert all(sign.strip() for _, _, sign in palette.STATUS.values())
    assert all(sign.strip() for _, _, sign in palette.SEVERITY.values())
