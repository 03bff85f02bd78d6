"""Notes: added beside those of others, and taken away as if they had never been."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from office import libreoffice, recalculated
from ooxml.corpus import parts
from openpyxl.comments import Comment
from repairs import complaints
from validator import microsoft, objections

from pst_excel.ooxml import notes, vml
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.workbook import Workbook

WRITTEN = Path(__file__).resolve().parents[1] / "written" / "files"
FILES = sorted(one.name for one in WRITTEN.iterdir() if one.suffix in (".xlsx", ".xlsm"))
US = "Programme"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def xlsxwriter_made(change: Callable[[Any, Any], None]) -> bytes:
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    change(workbook, workbook.add_worksheet("Feuille"))
    workbook.close()
    return buffer.getvalue()


def noted(workbook: Any, sheet: Any) -> None:
    sheet.write("B2", 3, workbook.add_format({"bold": True}))
    sheet.write_comment("B2", "Une note", {"author": "Anne", "visible": True, "width": 321})
    sheet.write_comment("C5", "  bleue\nsur deux lignes", {"author": "Luc", "color": "#99CCFF"})
    other = workbook.add_worksheet("Autre")
    other.write_comment("A1", "ailleurs", {"author": "Anne"})


def openpyxl_made() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"].comment = Comment("écrite par openpyxl", "Anne", height=200, width=400)
    sheet["B7"].comment = Comment("une autre", "Luc")
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def canonical(data: bytes) -> dict[str, bytes]:
    return {name: _canonical(content) for name, content in parts(data).items()}


def _canonical(content: bytes) -> bytes:
    try:
        return etree.tostring(etree.fromstring(content), method="c14n2")
    except etree.XMLSyntaxError:
        return content


def said(text: str) -> str:
    return f"——— {US} ———\n{text}\n———"


def repacked(data: bytes, changes: dict[str, Callable[[bytes], bytes]]) -> bytes:
    buffer = io.BytesIO()
    contents = dict.fromkeys(changes, b"") | parts(data)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, changes.get(name, lambda same: same)(content))
    return buffer.getvalue()


def drawing(data: bytes, number: int = 1) -> bytes:
    return parts(data)[f"xl/drawings/vmlDrawing{number}.vml"]


def first(data: bytes) -> tuple[Workbook, Any]:
    book = Workbook(data)
    return book, book.sheets[0]


def added(data: bytes, texts: dict[str, str]) -> bytes:
    book, sheet = first(data)
    assert notes.add(sheet, texts, US) == []
    return book.to_bytes()


def removed(data: bytes, refs: list[str] | None = None, author: str | None = US) -> bytes:
    book, sheet = first(data)
    notes.remove(sheet, refs, author)
    return book.to_bytes()


PLAIN = xlsxwriter_made(lambda workbook, sheet: sheet.write("A1", "seul"))
NOTED = xlsxwriter_made(noted)
BUTTON = xlsxwriter_made(lambda workbook, sheet: sheet.insert_button("D4", {"caption": "Aller"}))
LIVED_IN = {"plain": PLAIN, "noted": NOTED, "button": BUTTON, "openpyxl": openpyxl_made()}
TEXTS = {"B2": "bonjour\nà tous", "D9": " espaces ", "XFD1048576": "le coin", "A1": "😀 <b>&"}


@pytest.mark.parametrize("name", LIVED_IN)
def test_notes_added_then_removed_after_a_save_leave_every_part_as_it_was(name: str) -> None:
    data = LIVED_IN[name]
    assert canonical(removed(added(data, TEXTS))) == canonical(data)


@pytest.mark.parametrize("name", LIVED_IN)
def test_notes_added_then_removed_at_once_leave_the_bytes_of_the_file(name: str) -> None:
    book, sheet = first(LIVED_IN[name])
    notes.add(sheet, TEXTS, US)
    notes.remove(sheet, None, US)
    assert canonical(book.to_bytes()) == canonical(LIVED_IN[name])
    notes.add(sheet, TEXTS, US)
    assert book.to_bytes() == added(LIVED_IN[name], TEXTS)


@pytest.mark.parametrize("name", FILES)
def test_the_files_of_other_programs_take_notes_and_give_them_back(name: str) -> None:
    data = (WRITTEN / name).read_bytes()
    with_notes = added(data, TEXTS)
    assert set(complaints(with_notes)) <= set(complaints(data))
    assert {ref: one.text for ref, one in first(with_notes)[1].notes.items()} == {
        ref: said(text) for ref, text in TEXTS.items()
    }
    assert canonical(removed(with_notes)) == canonical(data)


@pytest.mark.parametrize("name", LIVED_IN)
def test_nothing_that_excel_would_repair_comes_with_notes(name: str) -> None:
    assert set(complaints(added(LIVED_IN[name], TEXTS))) <= set(complaints(LIVED_IN[name]))


@microsoft
def test_microsoft_accepts_the_notes(tmp_path: Path) -> None:
    files = {name: added(data, TEXTS) for name, data in LIVED_IN.items()}
    assert objections(files, tmp_path) == objections(LIVED_IN, tmp_path)


@pytest.mark.parametrize("name", LIVED_IN)
def test_openpyxl_reads_the_notes_and_their_author(name: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(added(LIVED_IN[name], {"E9": "à lire\nici"}))).active
    assert sheet is not None
    comment = sheet["E9"].comment
    assert (comment.text, comment.author) == (said("à lire\nici"), US)


def test_a_note_is_added_without_opening_the_sheet_where_there_are_notes_already() -> None:
    before, after = parts(NOTED), parts(added(NOTED, {"A9": "x"}))
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"}


def test_the_boxes_of_others_keep_their_bytes() -> None:
    before, after = drawing(NOTED), drawing(added(NOTED, TEXTS))
    end = before.rindex(b"</xml>")
    assert after.startswith(before[:end])
    assert after.endswith(b"</xml>")


def test_a_note_of_somebody_else_keeps_its_runs_and_its_author() -> None:
    book, sheet = first(added(NOTED, {"B2": "à revoir"}))
    assert sheet.notes["B2"].author == "Anne"
    assert sheet.notes["B2"].text == f"Une note\n{said('à revoir')}"
    before, after = parts(NOTED)["xl/comments1.xml"], book.package.content("xl/comments1.xml")
    run = re.search(rb"<r>.*?</r>", before)
    assert run is not None
    assert run[0] in after


@pytest.mark.parametrize(
    "text",
    [
        "<t>simple</t>", "<r><t>une suite</t></r>", "<t/>", "", "<t xml:space='preserve'> a </t>",
        "<r><rPr><b/></rPr><t>Anne:</t></r><r><t xml:space='preserve'>\nsuite</t></r>",
        "<t>lu</t><rPh sb='0' eb='1'><t>ru</t></rPh><phoneticPr fontId='1'/>", "<t>a</t><r><t>b</t></r>",
        "\n <r>\n  <t>aéré</t>\n </r>\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("authors", [[US], [US, "Deux"], ["Deux", US], [US, US]])
def test_what_was_added_to_a_note_is_cut_and_its_xml_is_as_it_was(
    text: str, authors: list[str]
) -> None:
    comments = f'<comments xmlns="{MAIN}"><authors><author>Anne</author></authors><commentList><comment ref="B2" authorId="0"><text>{text}</text></comment></commentList></comments>'
    data = repacked(NOTED, {"xl/comments1.xml": lambda _: comments.encode()})
    made = data
    for author in authors:
        book, sheet = first(made)
        assert notes.add(sheet, {"B2": f"de {author}"}, author) == []
        made = book.to_bytes()
    for author in [US, "Deux"]:
        made = removed(made, ["B2"], author)
    assert canonical(made) == canonical(data)


def test_what_one_author_added_is_cut_without_what_the_next_one_added() -> None:
    _book, sheet = first(NOTED)
    notes.add(sheet, {"B2": "un"}, "Un")
    notes.add(sheet, {"B2": "deux"}, "Deux")
    notes.remove(sheet, ["B2"], "Un")
    assert sheet.notes["B2"].text == "Une note\n——— Deux ———\ndeux\n———"


def test_what_was_added_is_cut_after_excel_joined_its_run_to_the_note() -> None:
    def joined(content: bytes) -> bytes:
        return re.sub(b"Une note</t></r><r>.*?<t[^>]*>", b"Une note", content, flags=re.DOTALL)

    made = repacked(added(NOTED, {"B2": "à revoir"}), {"xl/comments1.xml": joined})
    assert len(parts(made)["xl/comments1.xml"]) < len(
        parts(added(NOTED, {"B2": "à revoir"}))["xl/comments1.xml"]
    )
    _, sheet = first(removed(made))
    assert sheet.notes["B2"].text == "Une note"


def test_a_note_of_the_same_author_takes_the_text_and_goes_whole() -> None:
    book, sheet = first(PLAIN)
    notes.add(sheet, {"B2": "un"}, US)
    notes.add(sheet, {"B2": "deux"}, US)
    assert sheet.notes["B2"].text == f"{said('un')}\n{said('deux')}"
    notes.remove(sheet, None, US)
    assert parts(book.to_bytes()) == parts(PLAIN)


@pytest.mark.parametrize("reply", ["\nD’accord, corrigé", "\n\n=> voir PV"])
def test_what_people_write_under_or_over_ours_stays(reply: str) -> None:
    def answered(content: bytes) -> bytes:
        text = content.decode()
        return (
            text.replace(f"——— {US}", f"Lu.\n——— {US}").replace("\n———<", f"\n———{reply}<").encode()
        )

    made = repacked(added(PLAIN, {"B2": "à revoir"}), {"xl/comments1.xml": answered})
    _, sheet = first(removed(made))
    assert sheet.notes["B2"].text == f"Lu.{reply}"
    again = added(removed(made), {"B2": "encore"})
    assert first(again)[1].notes["B2"].text == f"Lu.{reply}\n{said('encore')}"
    assert removed(again) == removed(made)
    assert removed(removed(again)) == removed(made)


def test_only_the_cells_named_lose_their_note() -> None:
    book, sheet = first(added(NOTED, {"A1": "a", "A2": "b"}))
    notes.remove(sheet, ["A2", "$B$2"], None)
    assert list(sheet.notes) == ["C5", "A1"]
    assert set(complaints(book.to_bytes())) <= set(complaints(NOTED))


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


def test_nothing_changes_where_there_is_nothing_to_remove() -> None:
    book, sheet = first(NOTED)
    notes.remove(sheet, None, "Personne")
    notes.remove(sheet, ["Z9"], None)
    assert notes.add(sheet, {}, US) == []
    assert not book.package.changed


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
    box = vml.Box(2, 3, 240, 60, (3, 15, 0, 10, 6, 1, 4, 1))
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


def test_a_text_too_long_is_refused_before_anything_changes() -> None:
    book, sheet = first(NOTED)
    with pytest.raises(Refused, match="32767"):
        notes.add(sheet, {"A1": "x" * 40_000}, US)
    assert notes.add(sheet, {"B2": "x" * 32_745}, US) == ["B2"]
    assert not book.package.changed


def test_ten_thousand_notes_are_added_and_removed() -> None:
    book, sheet = first(PLAIN)
    notes.add(sheet, {f"A{row}": f"note {row}" for row in range(1, 10_001)}, US)
    made = book.to_bytes()
    assert len(first(made)[1].notes) == 10_000
    assert canonical(removed(made)) == canonical(PLAIN)


def threaded() -> bytes:
    office = "http://schemas.microsoft.com/office"
    relation = f'<Relationship Id="rId9" Type="{office}/2017/10/relationships/threadedComment" Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    talk = f'<ThreadedComments xmlns="{office}/spreadsheetml/2018/threadedcomments"><threadedComment ref="B2" id="{{1}}"><text>Bonjour</text></threadedComment></ThreadedComments>'
    return repacked(NOTED, {
        "xl/threadedComments/threadedComment1.xml": lambda _: talk.encode(),
        "xl/worksheets/_rels/sheet1.xml.rels": lambda old: old.replace(b"</Relationships>", relation.encode()),
        "xl/comments1.xml": lambda old: old.replace(b"Luc", b"tc={2}"),
    })  # fmt: skip


def test_a_conversation_takes_no_note_and_keeps_its_own() -> None:
    book, sheet = first(threaded())
    assert [one.threaded for one in sheet.notes.values()] == [True, True]
    assert notes.add(sheet, {"B2": "x", "C5": "y"}, US) == ["B2", "C5"]
    notes.remove(sheet, None, None)
    assert not book.package.changed
    with pytest.raises(Refused, match="B2"):
        sheet.cell("B2").add_note("x", US)
    assert notes.add(sheet, {"B2": "x", "D9": "z"}, US) == ["B2"]
    assert list(sheet.notes) == ["B2", "C5", "D9"]


def test_a_note_whose_author_or_text_is_missing_is_read_and_left() -> None:
    comments = f'<comments xmlns="{MAIN}"><commentList><comment ref="B2"/><comment authorId="7" ref="?"/></commentList></comments>'
    data = repacked(NOTED, {"xl/comments1.xml": lambda _: comments.encode()})
    _book, sheet = first(data)
    assert sheet.notes["B2"] == notes.Note("B2", "", "", False)
    assert notes.add(sheet, {"B2": "x", "A1": "y"}, US) == ["B2"]
    assert sheet.notes["A1"].author == US


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


CELLS = st.builds(
    lambda column, row: f"{column}{row}", st.sampled_from("ABCDXY"), st.integers(1, 12)
)
ANY_TEXT = st.text(max_size=40) | st.text(st.sampled_from("a \n\t\r_x005F\x00\x0b\ufffe😀&<>'\""))


@settings(max_examples=60)
@given(st.dictionaries(CELLS, ANY_TEXT, max_size=8), st.sampled_from(sorted(LIVED_IN)))
def test_any_notes_added_then_removed_leave_no_trace(texts: dict[str, str], name: str) -> None:
    data = LIVED_IN[name]
    made = added(data, texts)
    _book, sheet = first(made)
    before = first(data)[1].notes
    for ref, text in texts.items():
        whole = said(text.encode("utf-8", "replace").decode())
        if ref in before:
            assert sheet.notes[ref].text == f"{before[ref].text}\n{whole}"
        else:
            assert sheet.notes[ref].text == whole
    assert canonical(removed(made)) == canonical(data)


@libreoffice
def test_notes_are_known_again_after_libreoffice_saved_the_file(tmp_path: Path) -> None:
    texts = {ref: text for ref, text in TEXTS.items() if ref != "XFD1048576"}  # it takes minutes
    made = {f"{name}.xlsx": added(data, texts) for name, data in LIVED_IN.items()}
    saved = recalculated(made, tmp_path, "fr")
    for name, data in LIVED_IN.items():
        before = {ref: one.text for ref, one in first(data)[1].notes.items()}
        after = saved[f"{name}.xlsx"]
        assert first(after)[1].notes["D9"].author == US
        left = first(removed(after))[1].notes
        assert {ref: one.text for ref, one in left.items()} == before
