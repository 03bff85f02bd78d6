"""The shapes of notes in the drawing of a sheet, beside those of others."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from support.ooxml.corpus import parts
from support.ooxml.noted import (
    BUTTON,
    NOTED,
    TEXTS,
    US,
    added,
    canonical,
    drawing,
    first,
    openpyxl_made,
    removed,
    repacked,
    xlsxwriter_made,
)

from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.notes import notes, vml
from pst_excel.ooxml.workbook import Workbook


def test_the_boxes_of_others_keep_their_bytes() -> None:
    before, after = drawing(NOTED), drawing(added(NOTED, TEXTS))
    end = before.rindex(b"</xml>")
    assert after.startswith(before[:end])
    assert after.endswith(b"</xml>")


def test_all_notes_go_with_their_parts_and_their_boxes() -> None:
    names = set(parts(removed(openpyxl_made(), None, None)))
    assert not {name for name in names if "comment" in name or "vml" in name.lower()}
    assert "xl/worksheets/_rels/sheet1.xml.rels" not in names


def test_the_drawing_of_a_button_stays_when_the_notes_go() -> None:
    made = added(BUTTON, TEXTS)
    assert drawing(made).count(b'ObjectType="Note"') == len(TEXTS)
    assert drawing(made).count(b'"_x0000_t202"') == 1
    assert drawing(removed(made, None, None)) == drawing(BUTTON)


def test_the_pictures_of_a_header_are_another_drawing() -> None:
    def header(content: bytes) -> bytes:
        return content.replace(b"<legacyDrawing ", b"<legacyDrawingHF ")

    data = repacked(BUTTON, {"xl/worksheets/sheet1.xml": header})
    made = added(data, TEXTS)
    assert drawing(made) == drawing(BUTTON)
    assert canonical(removed(made)) == canonical(data)


def test_the_ids_of_boxes_are_taken_once_in_the_workbook() -> None:
    book = Workbook(NOTED)
    for sheet in book.sheets:
        notes.add(sheet, {f"D{row}": "x" for row in range(1, 1200)}, US)
    made = book.to_bytes()
    ids = [
        one
        for number in (1, 2)
        for one in re.findall(rb'id="(_x0000_s\d+)"', drawing(made, number))
    ]
    assert len(ids) == len(set(ids)) == 2 * 1199 + 3
    claimed = [vml.blocks(drawing(made, number)) for number in (1, 2)]
    for number, blocks in zip((1, 2), claimed, strict=True):
        used = {
            int(one) // 1024 for one in re.findall(rb'id="_x0000_s(\d+)"', drawing(made, number))
        }
        assert used == set(blocks)
    assert not set(claimed[0]) & set(claimed[1])
    again = Workbook(made)
    for sheet in again.sheets:
        notes.remove(sheet, None, US)
    assert canonical(again.to_bytes()) == canonical(NOTED)


@pytest.mark.parametrize(
    "root",
    [
        b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">%s\n</xml>',
        b"<?xml version='1.0'?>\n<a:xml xmlns:a='urn:schemas-microsoft-com:vml' xmlns:v='urn:other'>%s</a:xml >",
    ],
)
def test_a_drawing_that_is_ill_formed_or_has_other_prefixes_is_added_to(root: bytes) -> None:
    shape = b"<v:shape id='_x0000_s1025'/><v:shape id=_x0000_s1026><font color=red>a<br>b</v:shape>"
    content = root % shape
    box = vml.NoteShape(2, 3, 240, 60, (3, 15, 0, 10, 6, 1, 4, 1))
    made = vml.with_notes(content, [box], {2})
    ours = re.search(rb"<v:shape [^>]*_x0000_s1027\" .*?</v:shape>", made, re.DOTALL)
    assert ours is not None
    assert (b"xmlns:v" in ours[0]) == (b"a:xml" in root)
    assert vml.without_notes(made, {(2, 3)}) == content


@pytest.mark.parametrize(
    "content", [b"", b"<xml/>", b"<xml><a></a>", b"<xml></xmlns:o", "<xml></xml>".encode("utf-16")]
)
def test_a_drawing_without_an_end_is_refused_before_anything_changes(content: bytes) -> None:
    book, sheet = first(repacked(BUTTON, {"xl/drawings/vmlDrawing1.vml": lambda _: content}))
    with pytest.raises(Refused, match="endommagé"):
        notes.add(sheet, TEXTS, US)
    assert not book.package.changed


def test_a_drawing_that_is_missing_is_refused_before_anything_changes() -> None:
    contents = parts(BUTTON)
    del contents["xl/drawings/vmlDrawing1.vml"]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    book, sheet = first(buffer.getvalue())
    with pytest.raises(Refused, match="manque"):
        notes.add(sheet, TEXTS, US)
    assert not book.package.changed


HOSTILE = {
    "openings": b"<v:shape " * 50_000,
    "shapes": b"<v:shape>" * 50_000,
    "a long name": b"<" + b"v" * 200_000,
    "rows": b"<v:shape>" + b"<x:Row> " * 50_000 + b"</v:shape>",
    "spaces": b"<v:shape>ObjectType" + b" " * 200_000 + b"</v:shape>",
    "blocks": b"<o:idmap " * 50_000,
    "data": b"<o:idmap" + b" data" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_drawing_takes_no_longer_than_its_size(name: str) -> None:
    content = HOSTILE[name]
    vml.without_notes(content, {(1, 1)})
    vml.blocks(content)
    vml.draws(content)


def test_the_box_is_as_tall_as_its_text_and_stands_right_of_the_cell() -> None:
    def wide(workbook: Any, sheet: Any) -> None:
        sheet.set_column("C:C", 100)
        sheet.set_column("D:D", None, None, {"hidden": True})
        sheet.set_row(2, 200)
        sheet.set_row(3, None, None, {"hidden": True})

    data = xlsxwriter_made(wide)
    made = drawing(added(data, {"B2": "court", "D6": "ligne\n" * 20}))
    anchors = re.findall(rb"<x:Anchor>([^<]*)", made)
    assert anchors == [b"2, 15, 0, 10, 2, 255, 2, 30", b"4, 15, 4, 10, 7, 63, 22, 5"]
    assert re.findall(rb"width:180pt;height:([\d.]+)pt", made) == [b"45", b"266.25"]
    assert made.count(b"visibility:hidden") == 2
