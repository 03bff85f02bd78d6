"""Notes: added beside those of others, and taken away as if they had never been."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import WRITTEN
from support.office import libreoffice, recalculated
from support.ooxml.corpus import parts
from support.ooxml.noted import (
    LIVED_IN,
    MAIN,
    NOTED,
    PLAIN,
    TEXTS,
    US,
    added,
    canonical,
    first,
    removed,
    repacked,
    said,
)
from support.repairs import complaints
from support.validator import microsoft, objections

from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.notes import notes

FILES = sorted(one.name for one in WRITTEN.iterdir() if one.suffix in (".xlsx", ".xlsm"))


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


def test_only_the_cells_named_lose_their_note() -> None:
    book, sheet = first(added(NOTED, {"A1": "a", "A2": "b"}))
    notes.remove(sheet, ["A2", "$B$2"], None)
    assert list(sheet.notes) == ["C5", "A1"]
    assert set(complaints(book.to_bytes())) <= set(complaints(NOTED))


def test_nothing_changes_where_there_is_nothing_to_remove() -> None:
    book, sheet = first(NOTED)
    notes.remove(sheet, None, "Personne")
    notes.remove(sheet, ["Z9"], None)
    assert notes.add(sheet, {}, US) == []
    assert not book.package.changed


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
