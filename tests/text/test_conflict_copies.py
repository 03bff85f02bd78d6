"""The names that programs of synchronised folders give to the second of two files are known."""

from __future__ import annotations

import unicodedata

import pytest

from pst_excel.text.conflict_copies import original_of


@pytest.mark.parametrize(
    "name",
    [
        "PST (conflicted copy).xlsx",
        "PST (conflicted copy 2026-12-01 101112).xlsx",
        "PST (Jean Dupont's conflicted copy 2026-12-01).xlsx",
        "PST (Copie en conflit de Jean 2026-12-01).xlsx",
        "PST (copie conflictuelle de PC-Jean).xlsx",
        "PST_conflict-20261201-101112.xlsx",
        "PST.sync-conflict-20261201-101112-ABCDEFG.xlsx",
        "PST.sync-conflict-20261201-101112.xlsx",
        "PST_DiskStation_Dec-01-1011-2026_Conflict.xlsx",
    ],
)
def test_a_conflicted_copy_says_of_which_file_it_is(name: str) -> None:
    assert original_of(name) == "PST.xlsx"


@pytest.mark.parametrize("machine", ["PC12", "DESKTOP-4F7K2LM", "PC12-2"])
def test_the_name_of_a_machine_counts_only_beside_the_other_file(machine: str) -> None:
    name = f"Réponse-{machine}.xlsx"
    assert original_of(name) == ""
    assert original_of(name, ["autre.xlsx", "Réponse.xlsx"]) == "Réponse.xlsx"
    assert original_of(name, [unicodedata.normalize("NFD", "Réponse.xlsx")]) == "Réponse.xlsx"


@pytest.mark.parametrize(
    "name",
    ["PST.xlsx", "PST (1).xlsx", "PST-2026.xlsx", "PST-V2.xlsx", "PST-Travaux.xlsx", "PST-VOIRIE.xlsx", "PST-v3.xlsx",
     "Conflits.xlsx", "gestion des conflits (copie).xlsx", "-PC12.xlsx", "PST-.xlsx"],
)  # fmt: skip
def test_other_names_are_those_of_other_files(name: str) -> None:
    assert original_of(name, ["PST.xlsx", ".xlsx"]) == ""
