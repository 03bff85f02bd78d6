"""The sheet Méthode: it says of each figure what the reference says, and the thresholds in force."""

from __future__ import annotations

from functools import cache
from typing import Any

from support import ROOT, opened
from support.office import edited, libreoffice, recalculated, sample_book, values

from pst_excel.excel.sheets.method import METHODE
from pst_excel.model.method import said_of, told_of
from pst_excel.pst import PST
from pst_excel.pst import thresholds as t

FIGURES = told_of(PST)


@cache
def cells() -> dict[str, Any]:
    return {cell: value for (sheet, cell), value in values(sample_book()).items()
            if sheet == METHODE}  # fmt: skip


def test_each_figure_of_the_workbook_is_on_the_sheet_with_all_that_settles_it() -> None:
    there = {str(value) for value in cells().values()}
    for figure in FIGURES:
        assert {figure.label, figure.words} <= there, figure.key
        assert {said.whole for said in said_of(figure, PST)} <= there, figure.key


def test_the_reference_says_the_same_in_the_same_words() -> None:
    page = (ROOT / "docs/reference/chiffres.md").read_text(encoding="utf-8")
    for figure in FIGURES:
        for said in said_of(figure, PST):
            assert said.words in page, (figure.key, said.head)
            assert said.strong in page, (figure.key, said.head)


def test_what_holds_for_all_figures_is_on_the_sheet() -> None:
    assert PST.workings is not None
    there = set(cells().values())
    assert {words for _, words in PST.workings.common} <= there


def test_what_is_said_of_a_figure_stands_under_its_head() -> None:
    heads = {cells()[f"{letter}4"]: letter for letter in "ABCDEFGHIJK"}
    figure = next(figure for figure in FIGURES if figure.key == "budget_prevu")
    (row,) = [cell[1:] for cell, value in cells().items() if value == figure.label]
    for said in said_of(figure, PST):
        assert cells()[f"{heads[said.head]}{row}"] == said.whole


def value_cell() -> str:
    """The cell of the value of a threshold, two at the right of its label."""
    (row,) = [cell[1:] for cell, value in cells().items() if value == t.JUMP.label]
    return f"C{row}"


def test_a_threshold_is_shown_as_the_form_has_it() -> None:
    assert cells()[value_cell()] == t.JUMP.default


@libreoffice
def test_a_threshold_that_is_changed_in_the_form_is_followed(tmp_path: Any) -> None:
    row = PST.form.field_rows[t.JUMP.key]
    book = edited(sample_book(), lambda book: book[PST.form.title].__setitem__(f"C{row}", 7))
    found = values(recalculated({"plan.xlsx": book}, tmp_path, "fr-FR")["plan.xlsx"])
    assert found[METHODE, value_cell()] == 7


def test_the_first_sheet_leads_to_it() -> None:
    linked = [cell.value for (cell,) in opened(sample_book())["Lisez-moi"]["B1:B60"]
              if cell.hyperlink]  # fmt: skip
    assert METHODE in linked
