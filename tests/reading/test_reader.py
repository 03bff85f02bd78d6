"""What the program writes is what it reads; a workbook that is no plan is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from support import grid, read
from support.good import GOOD, values

from pst_excel.text.errors import UnreadableFile


def test_what_is_written_is_what_is_read() -> None:
    filled = read(GOOD)
    assert filled.readings == []
    assert filled.findings == []
    assert values(filled, "actions", "code", "code_oo", "avancement", "etp", "echeance", "statut") == [
        ["1.1.1"], ["1.1"], [40.0], [0.5], [dt.date(2027, 12, 31)], ["En cours"],
    ]  # fmt: skip
    assert filled.institution == "Valbruyère"
    assert filled.identity("population") == 20143.0
    assert filled.identity("date_observation") == dt.date(2026, 10, 31)
    assert filled.lists["services"] == ("Travaux", "Finances")
    assert filled.service == ""


def test_the_same_bytes_give_the_same_return() -> None:
    assert read(GOOD) == read(GOOD)


@pytest.mark.parametrize(
    "sheets",
    [
        {"Feuil1": [("Bonjour",)]},
        {"Identification": [("Institution", "Valbruyère")]},
        {"Listes": [("Services",), ("Travaux",)]},
        {"Comptes 2026": [("Article", "Montant")], "Bilan": [("Actif",)]},
    ],
    ids=lambda sheets: ", ".join(sheets),
)
def test_a_workbook_that_is_not_a_pst_is_refused_in_one_sentence(
    sheets: dict[str, list[tuple[str, ...]]],
) -> None:
    with pytest.raises(UnreadableFile, match="pas un classeur PST : aucune feuille") as caught:
        read(grid(sheets))
    assert all(f"« {title} »" in str(caught.value) for title in sheets)
