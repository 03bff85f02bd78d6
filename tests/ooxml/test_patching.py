"""The patcher as a whole: what was asked is there, and nothing else is different."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from support import WRITTEN
from support.office import libreoffice, recalculated, values
from support.ooxml.corpus import (
    BROKEN,
    FILES,
    FILL,
    RESULTS,
    US,
    done,
    each_file,
    edits,
    looked_at,
    may_change,
    parts,
    places,
    read,
    results,
    same,
    settled,
    written,
)  # fmt: skip
from support.ooxml.torture import ACTIONS, torture
from support.repairs import complaints
from support.validator import microsoft, objections

from pst_excel.ooxml.cells.values import Formula
from pst_excel.ooxml.errors import Malformed
from pst_excel.ooxml.package.names import main
from pst_excel.ooxml.references.addresses import LAST_COLUMN, cell_of
from pst_excel.ooxml.sheet import Sheet
from pst_excel.ooxml.workbook import Workbook


def as_xlsx(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return files under names that stay theirs once they are converted."""
    return {f"{name.replace('.', '_')}.xlsx": data for name, data in files.items()}


@each_file
@settings(max_examples=8)
@given(data=st.data())
def test_what_was_asked_is_read_back_and_nothing_else_changes(name: str, data: Any) -> None:
    before = FILES[name]
    asked = data.draw(edits(name))
    book = Workbook(before)
    made = done(book, asked)
    after = book.to_bytes()

    new, now = Workbook(after), read(after)
    values_ = {(one.title, one.ref): one.what for one in made if one.how == "value"}
    for place, value in values_.items():
        assert same(value, now.get(place), new.epoch_1904), place
    for one in made:
        note = new[one.title].cell(one.ref).note
        assert one.how != "note" or (note is not None and one.what.strip() in note.text)

    was = read(before)
    assert {place: value for place, value in was.items() if place not in values_} == {
        place: value for place, value in now.items() if place not in values_
    }
    changed = {(one.title, one.ref) for one in made if one.how in ("value", "fill", "link")}
    old, fresh = written(before), written(after)
    assert [at for at in old.keys() & fresh.keys() - changed if old[at] != fresh[at]] == []

    kept, had = parts(after), parts(before)
    allowed = may_change(name, made)
    assert [part for part in had if part not in allowed and kept.get(part) != had[part]] == []


@each_file
@settings(max_examples=5)
@given(data=st.data())
def test_the_same_changes_give_the_same_bytes(name: str, data: Any) -> None:
    asked = data.draw(edits(name))
    first, second = Workbook(FILES[name]), Workbook(FILES[name])
    done(first, asked)
    done(second, asked)
    assert first.to_bytes() == second.to_bytes()


@each_file
def test_a_workbook_of_which_nothing_changes_is_the_same_bytes(name: str) -> None:
    book = Workbook(FILES[name])
    for sheet in book.sheets:
        looked_at(sheet)
        sheet.unmark()
        sheet.remove_notes("personne")
    assert book.to_bytes() == FILES[name]


@each_file
def test_marks_and_notes_taken_away_and_put_again_are_the_same_bytes(name: str) -> None:
    def put(sheet: Sheet) -> None:
        refs = [ref for title, ref in places(name) if title == sheet.title][:20]
        sheet.mark(refs, FILL, "9C0006")
        sheet.add_notes(dict.fromkeys(refs, "À revoir"), US)

    once = Workbook(FILES[name])
    for sheet in once.sheets:
        put(sheet)
    saved = once.to_bytes()
    again = Workbook(saved)
    for sheet in again.sheets:
        sheet.unmark()
        sheet.remove_notes(US)
    again = Workbook(again.to_bytes())
    for sheet in again.sheets:
        put(sheet)
    assert again.to_bytes() == saved


@each_file
def test_a_sheet_grafted_again_is_the_same_bytes(name: str) -> None:
    book = Workbook(FILES[name])
    book.graft(results())
    once = book.to_bytes()
    again = Workbook(once)
    again.graft(results())
    assert again.to_bytes() == once
    assert again.titles == [*Workbook(FILES[name]).titles, RESULTS]


@each_file
def test_a_sheet_grafted_and_removed_leaves_the_cells_of_the_others(name: str) -> None:
    book = Workbook(FILES[name])
    book.graft(results())
    left = Workbook(book.to_bytes())
    left.remove_sheet(RESULTS)
    made = left.to_bytes()
    assert written(made) == written(FILES[name])
    assert parts(made).keys() == parts(FILES[name]).keys()


@cache
def edited() -> dict[str, bytes]:
    """Return each file after changes of every kind, on which no formula of its own depends."""
    made = {}
    for name, data in FILES.items():
        book = Workbook(data)
        for sheet in book.sheets:
            done(book, settled(sheet))
        book.graft(results())
        made[name] = book.to_bytes()
    return made


@libreoffice
@pytest.mark.libreoffice
def test_libreoffice_reads_what_was_asked_and_the_rest_as_before(tmp_path: Path) -> None:
    before = recalculated(as_xlsx(FILES), tmp_path / "before", "fr-FR")
    after = recalculated(as_xlsx(edited()), tmp_path / "after", "fr-FR")
    for (name, data), one in zip(FILES.items(), as_xlsx(FILES), strict=True):
        had, has = values(before[one]), values(after[one])
        for sheet in Workbook(data).sheets:
            for edit in settled(sheet):
                if edit.how == "value":
                    value = edit.what
                    shown = value.value if isinstance(value, Formula) else value
                    had[edit.title, edit.ref] = getattr(shown, "text", shown)
        assert has.pop((RESULTS, "B3")) == 2, name
        assert {place: value for place, value in has.items() if place[0] != RESULTS} == had, name


@libreoffice
@pytest.mark.libreoffice
def test_libreoffice_calculates_the_others_of_a_shared_formula_as_before(tmp_path: Path) -> None:
    """C3 is the first of C3:C20; B14 has the formula of B12:B16; E1 is the corner of an array."""
    name, title = "torture.xlsx", "Calculs"
    book = Workbook(FILES[name])
    book[title].cell("C3").value = 99
    book[title].cell("B14").value = 28
    book[title].cell("H1").value = None
    found = recalculated({"a.xlsx": FILES[name], "b.xlsx": book.to_bytes()}, tmp_path, "en-US")
    had, has = values(found["a.xlsx"]), values(found["b.xlsx"])
    had[title, "C3"] = 99
    del had[title, "H1"]
    assert has == had


def test_no_change_makes_a_workbook_that_excel_repairs() -> None:
    for name, data in FILES.items():
        if "strict" not in name:  # the invariants are looked for in plain files
            assert set(complaints(edited()[name])) <= set(complaints(data)), name


@microsoft
def test_microsofts_validator_objects_to_nothing_new(tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    (tmp_path / "after").mkdir()
    before = objections(FILES, tmp_path / "before")
    after = objections(edited(), tmp_path / "after")
    for name in FILES:
        assert len(after[name]) <= len(before[name]), (name, after[name])


def test_the_torture_workbook_is_one_that_excel_reads() -> None:
    said = complaints(torture())
    assert [one for one in said if "the name dehors" not in one] == []  # another workbook's cell


def test_a_dimension_as_wide_as_the_sheet_stays_a_range_of_cells() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as made:
        made.add_worksheet().write_row(0, 0, [1] * LAST_COLUMN)
    sheet = Workbook(buffer.getvalue()).sheets[0]
    sheet.cell("A4").value = 2
    assert [one.get("ref") for one in sheet.root.iter(main("dimension"))] == ["A1:XFD4"]


def test_a_file_whose_styles_are_not_xml_is_refused_before_anything_is_written() -> None:
    book = Workbook((WRITTEN / BROKEN).read_bytes())
    with pytest.raises(Malformed):
        book.sheets[0].cell("A1").fill(FILL)


def test_a_note_is_not_added_where_a_conversation_stands() -> None:
    book = Workbook(torture())
    sheet = book["Actions"]
    assert sheet.part == ACTIONS
    assert sheet.add_notes({"B8": "non", "B9": "oui"}, US) == ["B8"]
    assert [cell_of(ref) for ref in sheet.notes] == [(4, 1), (6, 4), (8, 2), (9, 2)]
