"""A workbook whose every place holds a text that a spreadsheet would calculate, and what is found.

Each text has a mark, so that it is known again wherever a file that is written has it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import cycle
from typing import Any

from lxml import etree
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from pst_excel.model.schema import HEADING_ROW, Sheet
from pst_excel.model.words.kinds import Kind, Layout
from pst_excel.pst import PST
from support import CLEAN, damaged, workbook

MARK = "QJX"
TEXTS = (
    f'=HYPERLINK("http://{MARK}.example","ici")', f"=1+{MARK}", f"+1+{MARK}", f"-1+2+{MARK}",
    f"@SUM(1,{MARK})", f"\t=1+{MARK}", f"\r=1+{MARK}", f"=cmd|' /C calc'!{MARK}",
    f'=DDE("cmd";"/C calc";"{MARK}")', f"{{=1+{MARK}}}", f"'=1+{MARK}", f"＝1+{MARK}",
    f'";=1+{MARK};"', f"http://{MARK}.example", f"file://{MARK}/c$", f"internal:{MARK}!A1",
    f"mailto:{MARK}@x.example", f"<f>{MARK}</f>", f"]]>{MARK}&amp;", f"_x003D_1+{MARK}",
    f"%0A=1+{MARK}", f"#REF!{MARK}", f"<script>{MARK}</script>", f"[x](javascript:{MARK})",
)  # fmt: skip
SERVICE, NAME = f'=1+{MARK}&"{MARK}"', f"&K{MARK}&P"
"""The name of a service, in its list and on its rows, where a quotation mark would end a text of a
formula; that of the institution, where a code of a footer would be obeyed."""

TITLE = f"=1+'{MARK}!A1"
"""The title of a sheet of people; an apostrophe ends the name of a sheet in a formula."""

_ACTIVE = frozenset((
    "f", "definedName", "formula", "formula1", "formula2", "calculatedColumnFormula",
    "totalsRowFormula", "FmlaMacro", "FmlaLink", "FmlaRange",
))  # fmt: skip
_LED = ("Target", "location", "macro", "textlink")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_TEXT_OF_CELL = ("s", "inlineStr", "str")


def injected(data: bytes | None = None) -> bytes:
    """Return a workbook of the plan with such a text in each of its places."""
    return damaged(data or workbook(CLEAN), _inject)


def put(cell: Any, text: str) -> None:
    """Write a text in a cell as a text, whatever it begins with."""
    cell.value = text
    cell.data_type = "s"


def _inject(book: Any) -> None:
    texts = cycle(TEXTS)
    for sheet in PST:
        if sheet.title in book.sheetnames:
            page = book[sheet.title]
            for key, cell in [*_places(sheet, page)]:
                put(cell, {"services": SERVICE, "nom": NAME}.get(key) or next(texts))
            page["A1"].comment = Comment(f"=1+{MARK}", f"=1+{MARK}")
    _own_columns(book["Actions"], texts)
    own = book.create_sheet(TITLE)
    for row, one in enumerate(TEXTS, start=1):
        put(own.cell(row, 1), one)
    book.properties.title = book.properties.creator = book.properties.subject = f"=1+{MARK}"
    book.defined_names[f"nom_{MARK}"] = DefinedName(f"nom_{MARK}", attr_text="'OS'!$A$1")


def _places(sheet: Sheet, page: Any) -> Iterator[tuple[str, Any]]:
    """Give the cells that hold texts, each with the key of its field or list, if that matters."""
    if sheet.layout is Layout.FORM:
        for column in sheet.inputs:
            if column.kind is Kind.TEXT and column.key != "version" and not column.hidden:
                yield column.key, page.cell(sheet.field_rows[column.key], 3)
        return
    known = {column.label: column for column in sheet.inputs}
    known |= {v.label: v for v in PST.vocabularies if sheet.layout is Layout.LISTS}
    for cell in page[HEADING_ROW]:
        column = known.get(str(cell.value or "").strip(" ✱ƒ"))
        if column is None or getattr(column, "hidden", False):
            continue
        if sheet.layout is Layout.LISTS:
            rows = range(HEADING_ROW, page.max_row + 1)
            last = max(row for row in rows if page.cell(row, cell.column).value)
            yield column.key, page.cell(last + 1, cell.column)
        elif column.kind in (Kind.TEXT, Kind.CHOICE):
            listed = column.vocabulary.key if column.vocabulary else ""
            yield listed, page.cell(HEADING_ROW + 1, cell.column)


def _own_columns(page: Any, texts: Iterator[str]) -> None:
    """Add two columns at the right, one under a heading that begins as a formula."""
    last = page.max_column
    for at, heading in enumerate((f"=1+{MARK}", f"Avis {MARK}"), start=last + 1):
        put(page.cell(HEADING_ROW, at), heading)
        put(page.cell(HEADING_ROW + 1, at), next(texts))


def told(data: bytes) -> int:
    """Return how often the mark is in the parts of a workbook."""
    return sum(part.count(MARK.encode()) for _, part in _parts(data))


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels", ".vml")):
                yield name, package.read(name)


def calculated(data: bytes) -> list[str]:
    """Return all that has the mark and is no text: a formula, a target, a code of a footer."""
    return [
        f"{name}: {fault}"
        for name, part in _parts(data)
        if MARK.encode() in part
        for element in etree.fromstring(part).iter("{*}*")
        for fault in _faults(element)
    ]


def _faults(element: Any) -> Iterator[str]:
    tag, text = etree.QName(element).localname, "".join(element.itertext())
    if tag in _ACTIVE and MARK in _QUOTED.sub("", text):
        yield f"{tag}: {text}"
    if tag == "c" and MARK in text and element.get("t") not in _TEXT_OF_CELL:
        yield f"a cell that is no text: {text}"
    if tag.endswith(("Header", "Footer")) and MARK in text.replace("&&", "").partition("&K")[2]:
        yield f"{tag}: {text}"
    for key in _LED:
        if MARK in element.get(key, ""):
            yield f"{tag} {key}: {element.get(key)}"
