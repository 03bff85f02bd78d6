"""Sheets taken look as they did, whatever styles the workbook has."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from lxml import etree
from support.office import opened
from support.ooxml.grafted import RELS, TYPES, grafted, shown
from support.ooxml.grafts import (
    made,
    parts,
    plan,
    report,
    zipped,
)  # fmt: skip
from support.repairs import complaints

from pst_excel.ooxml.cells.styles import MOST_CELL_FORMATS
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.workbook import Workbook


def test_a_workbook_without_styles_is_given_them() -> None:
    contents = parts(made(lambda book: book.add_worksheet("Mienne").write("A1", 1)))
    del contents["xl/styles.xml"]
    contents[TYPES] = re.sub(rb'<Override PartName="/xl/styles.xml"[^>]*>', b"", contents[TYPES])
    contents[RELS] = re.sub(
        rb'<Relationship Id="\w+" Type="[^"]*/styles"[^>]*>', b"", contents[RELS]
    )
    after = grafted(zipped(contents), report())
    assert shown(after) == shown(report())
    assert complaints(after) == []
    assert grafted(after, report()) == after


def test_styles_of_which_nothing_but_fonts_is_told_are_completed() -> None:
    contents = parts(made(lambda book: book.add_worksheet("Mienne").write("A1", 1)))
    root = etree.fromstring(contents["xl/styles.xml"])
    for one in list(root)[1:]:
        root.remove(one)
    contents["xl/styles.xml"] = etree.tostring(root)
    after = grafted(zipped(contents), report())
    had, has = shown(report()), shown(after)
    assert has == had
    styles = Workbook(after).styles
    assert [one[0].get("patternType") for one in styles.entries("fills")][:2] == ["none", "gray125"]
    assert {one.get("xfId") for one in styles.entries("cellXfs")} == {None}


def test_a_style_is_of_the_normal_kind_of_the_workbook() -> None:
    styles = parts(plan())["xl/styles.xml"]
    contents = parts(plan())
    contents["xl/styles.xml"] = re.sub(
        rb'<cellStyleXfs count="1">(<xf[^>]*/>)</cellStyleXfs>',
        rb'<cellStyleXfs count="2">\1\1</cellStyleXfs>', styles,
    ).replace(b'name="Normal" xfId="0"', b'name="Normal" xfId="1"')  # fmt: skip
    book = Workbook(grafted(zipped(contents), report()))
    had = len(Workbook(plan()).styles.entries("cellXfs"))
    assert {one.get("xfId") for one in book.styles.entries("cellXfs")[had:]} == {"1"}


def test_unstyled_cells_keep_their_letters_where_the_workbook_has_others() -> None:
    book = openpyxl.Workbook()
    book.loaded_theme = None
    font = openpyxl.styles.Font(name="Courier New", size=8)
    book._fonts[0] = font
    buffer = io.BytesIO()
    book.save(buffer)
    source = made(lambda b: b.add_worksheet("Texte").write("A1", "é"))
    with opened(grafted(buffer.getvalue(), source)) as found:
        assert (found["Texte"]["A1"].font.name, found["Sheet"]["A1"].font.name) == (
            "Calibri", "Courier New",
        )  # fmt: skip


def test_excel_is_not_given_one_cell_format_more_than_it_opens() -> None:
    contents = parts(plan())
    had = len(Workbook(plan()).styles.entries("cellXfs"))
    more = b'<xf quotePrefix="1"/>' * (MOST_CELL_FORMATS - had - 1)
    contents["xl/styles.xml"] = contents["xl/styles.xml"].replace(
        b"</cellXfs>", more + b"</cellXfs>"
    )
    styles = Workbook(zipped(contents)).styles
    last = styles.with_fill(0, "FF0000")
    assert last == MOST_CELL_FORMATS - 1
    assert styles.with_fill(0, "FF0000") == last
    with pytest.raises(Refused, match="formats de cellules"):
        styles.with_fill(0, "00FF00")


def test_the_look_of_a_cell_is_found_without_going_through_all_formats() -> None:
    styles = Workbook(plan()).styles
    last = styles.with_fill(0, "FF0000")
    found, asked = styles.entry("cellXfs", last), []
    styles.entries = lambda collection: asked.append(collection) or []  # type: ignore[method-assign]
    assert styles.entry("cellXfs", last) is found
    assert asked == []
