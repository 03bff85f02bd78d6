"""The sheet « Depuis la dernière fois »: lists that end, texts that stay texts, codes that lead."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from support import OBSERVED, opened, town
from support.rounds import written
from support.updated import KEYS, action

from pst_excel.consolidating.choosing import Archive
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.excel.sheets.since import MOST, write_since
from pst_excel.excel.xlsx import BookWriter
from pst_excel.pst import PST

TITLE = "Depuis la dernière fois"
FEW, MANY = 3, MOST + 4


def plan(progress: int, rows: int) -> str:
    lines = [action(at, "=1+1" if at == 1 else "", progress + at) for at in range(1, rows + 1)]
    return town("Travaux") + "\nActions\n" + "\n".join((KEYS, *lines)) + "\n"


def changed(rows: int) -> Consolidation:
    """Return a plan whose actions all progressed since it was written."""
    before, after = written(plan(10, rows)), written(plan(40, rows))
    archive = Archive(written=before)
    return consolidate([], PST, OBSERVED, previous=after, archive=archive)


def sheet(result: Consolidation) -> Any:
    book = BookWriter("t", "s", dt.date(2027, 1, 1))
    write_since(book, result, "Valbruyère")
    return opened(book.bytes())[TITLE]


def texts(result: Consolidation) -> list[str]:
    cells = [cell.value for row in sheet(result) for cell in row]
    return [str(cell).replace("\u00a0", " ") for cell in cells if cell is not None]


def test_a_first_consolidation_says_that_it_is_the_first_and_nothing_more() -> None:
    said = texts(consolidate([written(plan(10, FEW))], PST, OBSERVED))
    assert len(said) == 3  # the title, the context, the sentence
    assert said[2].startswith("C’est la première consolidation")


@pytest.mark.parametrize(("rows", "listed"), [(FEW, FEW), (MOST, MOST), (MANY, MOST)])
def test_a_list_ends_and_what_is_left_is_counted(rows: int, listed: int) -> None:
    said = texts(changed(rows))
    assert len([text for text in said if text.startswith("1.1.")]) == listed
    rest = [text for text in said if text.startswith("et ")]
    assert rest == ([f"et {rows - MOST} autres : feuille « Historique »"] if rows > MOST else [])


def test_a_text_that_looks_like_a_formula_is_a_text() -> None:
    cells = [cell for row in sheet(changed(FEW)) for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_a_code_leads_to_its_row() -> None:
    result = changed(FEW)
    links = {cell.value: cell.hyperlink.location for row in sheet(result) for cell in row
             if cell.hyperlink}  # fmt: skip
    table = result.merged.tables["actions"]
    row = table.rows[table.columns["code"].index("1.1.2")]
    assert links["1.1.2"] == f"'Actions'!{table.cell('code', row)}"


def test_the_figures_stand_then_and_now_with_what_they_gained() -> None:
    rows = [[cell.value for cell in row] for row in sheet(changed(FEW))]
    (progress,) = [row for row in rows if row[1] == "Taux moyen de réalisation"]
    assert progress[3:6] == [12, 42, 30]
