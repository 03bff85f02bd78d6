"""The identification and the lists are read, with the years and the version that they say."""

from __future__ import annotations

from support import TOWN, cells, damaged, grid, read, structural, workbook
from support.good import GOOD, content, put, values

from pst_excel.pst import pst


def test_the_identification_knows_its_addresses() -> None:
    table = read(GOOD).tables["identification"]
    assert cells(GOOD, "Identification")[table.cell("ins", 1)] == "92951"


def test_a_missing_identification_is_told_and_the_rest_is_read() -> None:
    filled = read(damaged(GOOD, lambda book: book.remove(book["Identification"])))
    assert [t.words["label"] for t in structural(filled, "S01")] == ["Identification"]
    assert values(filled, "actions", "code") == [["1.1.1"]]


def test_another_legislature_is_read_with_its_own_exercices() -> None:
    text = TOWN.replace("2024\n", "2018\n").replace("2030\n", "2024\n")
    old = text + "\nIndicateurs\ncode | realise_2019 | realise_2024\nI1 | 3 | 5"
    filled = read(workbook(old, pst(2018, 2024)))
    assert (filled.plan.first_year, filled.plan.last_year) == (2018, 2024)
    assert values(filled, "indicateurs", "realise_2019", "realise_2024") == [[3.0], [5.0]]


def test_an_older_version_of_the_template_is_read_and_told() -> None:
    old = damaged(GOOD, put("Identification", "C5", "2025.1"))
    (finding,) = structural(read(old), "S06")
    assert (finding.words["read"], finding.cell) == ("2025.1", "C5")
    assert content(read(old))["actions"] == content(read(GOOD))["actions"]


def test_lists_lose_their_blanks_and_repetitions_only() -> None:
    listes = [("Services",), ("Travaux",), (None,), ("Finances",), ("Travaux",)]
    filled = read(grid({"Actions": [("Code action",), ("1.1.1",)], "Listes": listes}))
    assert filled.lists == {"services": ("Travaux", "Finances")}


def test_a_list_added_under_a_heading_of_the_institution_is_no_trouble() -> None:
    listes = [("Services", "Cimetières"), ("Travaux", "Nord")]
    filled = read(grid({"Actions": [("Code action",), ("1.1.1",)], "Listes": listes}))
    assert filled.lists == {"services": ("Travaux",)}
