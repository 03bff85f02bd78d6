"""The words of a list are known in all their spellings; another word keeps its text."""

from __future__ import annotations

from typing import Any

import pytest
from support import column
from support.cell_readings import reading

from pst_excel.cells.parsing import parse
from pst_excel.cells.readings import Confidence
from pst_excel.model.words.kinds import Kind
from pst_excel.pst import PST
from pst_excel.pst import vocabularies as v
from pst_excel.text.spelling import fold

STATUS = column(Kind.CHOICE, vocabulary=v.STATUTS)
YES_NO = column(Kind.CHOICE, vocabulary=v.OUI_NON)


@pytest.mark.parametrize("status", v.STATUTS.labels)
def test_a_label_of_the_list_is_literal(status: str) -> None:
    assert reading(status, STATUS) == (status, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("en cours", "En cours"), ("EN  COURS", "En cours"), ("Entamée", "En cours"),
        ("Cloturé", "Terminé"), ("TERMINE", "Terminé"), ("100 %", "Terminé"),
        ("À démarrer", "Non commencé"), ("NON_COMMENCE", "Non commencé"),
        ("suspendu", "Problème"), ("annulee", "Abandonné"), ("reporté", "En attente"),
    ],
)  # fmt: skip
def test_a_synonym_or_another_spelling_is_understood_and_noted(text: str, expected: str) -> None:
    value, note = reading(text, STATUS)
    assert value == expected
    assert note is not None
    assert (note.understood, note.confidence) == (expected, Confidence.SURE)


def test_a_word_that_is_not_in_the_list_keeps_its_text() -> None:
    assert reading("Presque fini", STATUS) == ("Presque fini", None)


@pytest.mark.parametrize("label", ["DUPONT …", "DUPONT -", "- -", ".", "DUPONT (?)", "DUPONT 1²"])
def test_a_person_whose_first_name_has_no_letter_is_still_one_of_the_list(label: str) -> None:
    agent = PST["actions"]["agent_pilote"]
    words = {"agents": {fold(label): label}}
    parsed = parse([label, "Dupont"], agent, words, last_year=2030)
    known = label if label.startswith("DUPONT") else "Dupont"
    assert parsed.values == [label, known]


@pytest.mark.parametrize(
    ("cell", "expected"), [(True, "Oui"), (False, "Non"), (1, "Oui"), (0.0, "Non"), ("x", "Oui")]
)
def test_ticks_and_numbers_say_yes_or_no(cell: Any, expected: str) -> None:
    assert reading(cell, YES_NO)[0] == expected
