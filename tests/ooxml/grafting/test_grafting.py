"""Sheets taken from another workbook: whole, and the rest of the workbook as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.office import libreoffice, recalculated, values
from support.ooxml.grafted import (
    FILES,
    TYPES,
    each_file,
    grafted,
    readable,
    shape,
    shown,
    with_report,
)
from support.ooxml.grafts import (
    FIGURES,
    REPORT,
    made,
    parts,
    plan,
    report,
)  # fmt: skip
from support.repairs import complaints
from support.validator import microsoft, objections

from pst_excel.ooxml.workbook import Workbook


def named(told: Any) -> Any:
    """Return what is told of a report whose table took another name, with its own name."""
    if isinstance(told, str):
        return told.replace("tAppui_2", "tAppui")
    return {key: [*map(named, one)] for key, one in told.items()}


@each_file
def test_the_cells_taken_hold_the_same_and_look_the_same(name: str) -> None:
    expected, found = shown(report()), named(shown(readable(name, with_report(name))))
    for place, one in expected.items():
        assert found[place] == one, place
    assert all(one[0] == "None" for place, one in found.items() if place not in expected)


@each_file
def test_what_is_around_the_cells_is_taken_as_it_was(name: str) -> None:
    for title in (REPORT, FIGURES):
        found = shape(readable(name, with_report(name)), title)
        assert found == shape(report(), title)


@each_file
def test_the_other_parts_are_the_same_bytes(name: str) -> None:
    before, after = parts(FILES[name]), parts(with_report(name))
    package = Workbook(FILES[name]).package
    free = {package.workbook, TYPES, Workbook(FILES[name]).styles.part, "xl/calcChain.xml",
            package.name("xl/_rels/workbook.xml.rels")}  # fmt: skip
    assert {one for one in before if after.get(one) != before[one]} <= free


@each_file
def test_taken_twice_is_the_same_bytes(name: str) -> None:
    assert grafted(with_report(name), report()) == with_report(name)


@each_file
def test_taken_after_another_version_is_as_if_it_had_not_been(name: str) -> None:
    longer = grafted(with_report(name), report(width=9))
    assert longer != with_report(name)
    assert grafted(longer, report()) == with_report(name)


@each_file
def test_removed_and_taken_again_is_the_same_bytes(name: str) -> None:
    alone = made(lambda b: b.add_worksheet("Seule").write("A1", "é", b.add_format({"bold": True})))
    once = grafted(FILES[name], alone, before=Workbook(FILES[name]).titles[0])
    book = Workbook(once)
    book.remove_sheet("Seule")
    assert grafted(book.to_bytes(), alone, before=Workbook(FILES[name]).titles[0]) == once


def test_nothing_that_excel_repairs_is_made() -> None:
    for name, data in FILES.items():
        had, has = complaints(readable(name, data)), complaints(readable(name, with_report(name)))
        assert set(has) <= set(had), name


@microsoft
def test_microsofts_validator_objects_to_nothing_new(tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    (tmp_path / "after").mkdir()
    before = objections(FILES, tmp_path / "before")
    after = objections({name: with_report(name) for name in FILES}, tmp_path / "after")
    for name in FILES:
        assert len(after[name]) <= len(before[name]), (name, after[name])


@libreoffice
@pytest.mark.libreoffice
def test_libreoffice_calculates_the_sheets_taken_and_what_refers_to_them(tmp_path: Path) -> None:
    def write(book: Any) -> None:
        mine, theirs = book.add_worksheet("Mienne"), book.add_worksheet(FIGURES)
        mine.write_formula("A1", "='L''appui'!B2+1", None, 0)
        mine.write_formula("A2", "='L''appui'!C9", None, 0)
        theirs.write("B2", 1)

    files = {
        "new.xlsx": with_report("plan.xlsx"),
        "in_place.xlsx": grafted(made(write), report()),
    }
    found = recalculated(files, tmp_path, "fr-FR")
    new, in_place = values(found["new.xlsx"]), values(found["in_place.xlsx"])
    for one in (new, in_place):
        assert one[REPORT, "C1"] == 60 + 60 + 10
        assert [one[FIGURES, f"C{row}"] for row in (2, 3, 4)] == [20, 40, 60]
    assert (in_place["Mienne", "A1"], in_place["Mienne", "A2"]) == (11, 2)


def test_a_new_sheet_beside_a_replaced_one_gives_the_same_bytes_twice() -> None:
    for old in (REPORT, FIGURES):
        target = made(
            lambda book, old=old: (book.add_worksheet("Mienne"), book.add_worksheet(old))  # type: ignore[misc]
        )
        once = grafted(target, report())
        assert grafted(once, report()) == once


def test_two_reports_taken_in_turn_give_the_same_bytes_twice() -> None:
    other = made(lambda book: book.add_worksheet("Autre").autofilter("A1:B2"))
    once = grafted(grafted(plan(), report()), other)
    assert grafted(grafted(once, report()), other) == once


def test_a_sheet_looked_at_before_is_looked_at_anew() -> None:
    book = Workbook(plan())
    assert book["ACTIONS"].cell("A1").value == "Plan"
    book.graft(made(lambda b: b.add_worksheet("Actions").write("A1", "neuf")))
    assert book["ACTIONS"].cell("A1").value == "neuf"
    book["Actions"].cell("A2").value = "ajouté"
    again = Workbook(book.to_bytes())
    assert [again["Actions"].cell(ref).value for ref in ("A1", "A2")] == ["neuf", "ajouté"]
