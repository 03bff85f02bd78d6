"""Workbooks of many programs with the sheets of a report taken, and what these then show."""

from __future__ import annotations

from functools import cache

import pytest
from lxml import etree

from pst_excel.ooxml.package.names import main
from pst_excel.ooxml.workbook import Workbook
from support.office import opened
from support.ooxml.grafts import (
    FIGURES,
    REPORT,
    other_writers,
    plain,
    report,
)  # fmt: skip

FILES = other_writers()
each_file = pytest.mark.parametrize("name", FILES)
BOOK, TYPES, RELS = "xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"


def grafted(
    data: bytes, source: bytes, titles: list[str] | None = None, before: str | None = None
) -> bytes:
    book = Workbook(data)
    book.graft(source, titles, before)
    return book.to_bytes()


@cache
def with_report(name: str) -> bytes:
    return grafted(FILES[name], report())


def readable(name: str, data: bytes) -> bytes:
    return plain(data) if "strict" in name else data


def shown(data: bytes) -> dict[tuple[str, str], list[str]]:
    """Return what the cells of the report hold and how they look, as openpyxl reads them."""
    with opened(data, rich_text=True) as book:
        return {
            (title, cell.coordinate): [
                repr(getattr(cell.value, "text", cell.value)), cell.number_format, *map(repr, (
                    cell.font, cell.fill, cell.border, cell.alignment, cell.protection,
                    cell.hyperlink and (cell.hyperlink.target, cell.hyperlink.location),
                    cell.comment and cell.comment.text,
                )),
            ]
            for title in (REPORT, FIGURES)
            for row in book[title].iter_rows()
            for cell in row
            if cell.has_style or cell.value is not None
        }  # fmt: skip


def shape(data: bytes, title: str) -> list[str]:
    """Return all that a sheet is made of but its cells, the numbers of its formats apart."""
    root = etree.fromstring(etree.tostring(Workbook(data)[title].root))
    for one in root.iter():
        for key in ("dxfId", "style", "tabSelected"):
            one.attrib.pop(key, None)
    return [
        etree.tostring(one, method="c14n", exclusive=True).decode()
        for one in root
        if one.tag not in (main("sheetData"), main("dimension"))
    ]
