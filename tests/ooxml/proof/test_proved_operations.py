"""All that the patcher does is proved, and hides nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from support.ooxml.budget_book import BOOK, BUDGET, PLAN, STYLES, another_formula, first, original

from pst_excel.ooxml.cells import links
from pst_excel.ooxml.cells.values import Formula
from pst_excel.ooxml.errors import UnexpectedChange
from pst_excel.ooxml.notes import notes
from pst_excel.ooxml.package.container import deflated, entries_of, zipped
from pst_excel.ooxml.package.names import main
from pst_excel.ooxml.package.package import Package
from pst_excel.ooxml.workbook import Workbook


def test_a_file_that_is_not_proved_leaves_the_one_that_was_there(tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    path.write_bytes(original())
    book = Workbook.open(path)
    book["Budget"].cell("B3").set(7)
    another_formula(book.package)
    with pytest.raises(UnexpectedChange, match="cellule C3 de la feuille « Budget »"):
        book.save(path)
    assert path.read_bytes() == original()
    assert list(tmp_path.iterdir()) == [path]


def edited(change: Callable[[Workbook], object]) -> Workbook:
    book = Workbook(original())
    change(book)
    return book


OPERATIONS: list[Callable[[Workbook], object]] = [
    lambda book: book["Budget"].cell("B3").set(7),
    lambda book: book["Budget"].cell("D2").set(7),
    lambda book: book["Budget"].cell("Z90").set("loin"),
    lambda book: book["Budget"].cell("C3").set(Formula("B3*3", 60)),
    lambda book: book["Budget"].cell("B3").clear(),
    lambda book: book["Budget"].cell("J9").fill("FDE2E1"),
    lambda book: book["Budget"].mark(["B3", "A2:A5"], "FDE2E1", tag="essai"),
    lambda book: book["Budget"].cell("B3").add_note("une note", "Zoé"),
    lambda book: book["Budget"].cell("A2").add_note("une suite", "Zoé"),
    lambda book: book["Plan"].cell("A2").add_note("la première", "Zoé"),
    lambda book: book["Budget"].cell("A5").remove_note(),
    lambda book: notes.remove(book["Budget"]),
    lambda book: book["Budget"].cell("B3").link("Plan", "A1", "voir"),
    lambda book: links.remove(book["Budget"], "Plan"),
    lambda book: book["Budget"].insert_rows(4, 2),
    lambda book: book["Budget"].insert_rows(1),
    lambda book: book["Budget"].remove_rows(4),
    lambda book: book["Budget"].remove_rows(2, 2),
    lambda book: book["Plan"].insert_rows(1, 3),
]


@pytest.mark.parametrize("change", OPERATIONS, ids=map(str, range(len(OPERATIONS))))
def test_what_the_patcher_does_is_proved(change: Callable[[Workbook], object]) -> None:
    book = edited(change)
    assert book.to_bytes() != original()
    assert book.to_bytes() == book.to_bytes()


def test_a_package_whose_names_are_in_capitals_is_patched_and_proved() -> None:
    entries = [deflated(one.name.upper(), one.inflated()) for one in entries_of(original())]
    book = Workbook(zipped(entries))
    book["Budget"].cell("J9").fill("FDE2E1")
    book["Budget"].cell("B3").link("Plan", "A1", "voir")
    book["Budget"].cell("B3").add_note("une note", "Zoé")
    assert Workbook(book.to_bytes())["Budget"].cell("B3").note is not None


@pytest.mark.parametrize("change", OPERATIONS, ids=map(str, range(len(OPERATIONS))))
def test_what_the_patcher_does_hides_nothing_else(change: Callable[[Workbook], object]) -> None:
    book = edited(change)
    last = [
        one for one in book.package.edit(BUDGET).iter(main("c")) if one.findtext("{*}v") == "50"
    ]
    first(last[0], "v").text = "51"
    with pytest.raises(
        UnexpectedChange, match=f"cellule {last[0].get('r')} de la feuille « Budget »"
    ):
        book.to_bytes()


def test_a_mark_is_proved_again_when_it_is_taken_away_later() -> None:
    marked = edited(lambda book: book["Budget"].mark(["B3"], "FDE2E1", tag="essai")).to_bytes()
    book = Workbook(marked)
    book["Budget"].unmark("essai")
    assert book.to_bytes() != marked


def test_a_part_spelt_otherwise_than_its_relations_is_known() -> None:
    entries = [
        replace(one, name=one.name.replace("sheet2", "Sheet2"), raw_name=b"xl/worksheets/Sheet2.xml")
        if one.name == PLAN else one for one in entries_of(original())
    ]  # fmt: skip
    book = Workbook(zipped(entries))
    book["Plan"].cell("A2").add_note("une note", "Zoé")
    assert Workbook(book.to_bytes())["Plan"].notes


def test_a_workbook_without_styles_may_be_given_some() -> None:
    bare = Package(original())
    bare.unrelate(BOOK, next(r.id for r in bare.relations(BOOK) if r.kind == "styles"))
    bare.remove(STYLES)
    for one in bare.edit(BUDGET).iter(main("c")):
        one.attrib.pop("s", None)
    book = Workbook(bare.to_bytes())
    book["Budget"].cell("B3").fill("FDE2E1")
    assert Package(book.to_bytes()).related(BOOK, "styles")
