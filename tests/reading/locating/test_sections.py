"""Objectives written between the actions are sections: they give a code, and rows of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from support import of_code, structural, toy, verdict
from support.layouts import (
    BANDS,
    HEADINGS,
    PLANTER,
    TAILLER,
    read_actions,
    read_sheets,
    remarks,
    table,
)

from pst_excel.cells.readings import Confidence
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.kinds import Kind, Need
from pst_excel.returns.tables import Return


def rules(filled: Return) -> set[str]:
    """Return the ways of reading that were taken."""
    return {reading.rule for reading in (*filled.layout, *filled.readings)}


def test_objectives_written_between_the_actions_give_them_their_code() -> None:
    filled = read_actions(*BANDS)
    assert table(filled).rows == [4, 5, 7, 10]
    assert table(filled).columns["code_oo"] == ["1.1", "1.1", "1.2", "2.1"]
    assert [cell for cell, *_ in remarks(filled, "ligne de section")] == [
        "A2",
        "A3",
        "A6",
        "A8",
        "A9",
    ]
    assert remarks(filled, "ligne de section")[1] == (
        "A3", "O.O 1.1 - Doubler les pistes", "OO 1.1, pour les lignes 4 et 5"
    )  # fmt: skip
    notes = [
        (r.subject.row, r.understood, r.confidence)
        for r in filled.readings
        if r.subject.column == "code_oo"
    ]
    assert notes == [
        (4, "1.1", Confidence.LIKELY), (5, "1.1", Confidence.LIKELY),
        (7, "1.2", Confidence.LIKELY), (10, "2.1", Confidence.LIKELY),
    ]  # fmt: skip
    assert "OO" not in [t.words["label"] for t in structural(filled, "S02")]


def test_objectives_written_between_the_actions_are_the_rows_of_sheets_that_have_none() -> None:
    empty = {"OO": [("Code OO", "Intitulé", "OS")]}
    for sheets in ({"Actions": BANDS}, {"Actions": BANDS, **empty}):
        filled = read_sheets(sheets)
        oo, os = table(filled, "oo"), table(filled, "os")
        assert (oo.title, oo.rows) == ("Actions", [3, 6, 9])
        assert oo.columns["code"] == ["1.1", "1.2", "2.1"]
        assert oo.columns["code_os"] == ["1", "1", "2"]
        assert oo.columns["intitule"] == ["Doubler les pistes", "Favoriser la marche", "Semer"]
        assert os.columns["intitule"] == [
            "Être une commune où l’on roule",
            "Être une commune verte",
        ]
        assert oo.cell("intitule", 6) == "A6"
        assert all(oo.columns["id"])
        labels = [t.words["label"] for t in structural(filled, "S01")]
        assert "OO" not in labels
        (finding,) = (f for f in of_code(verdict(filled).findings, "S10") if f.column == "OO")
        assert finding.message == (
            "La feuille « OO » n’a pas de ligne ; 3\u00a0OO y sont repris de « Actions »."
        )


def test_objectives_written_between_the_actions_add_nothing_to_a_sheet_that_has_rows() -> None:
    oo = [("Code OO", "Intitulé", "OS"), ("9.9", "Autre", "9")]
    filled = read_sheets({"Actions": BANDS, "OO": oo})
    assert table(filled, "oo").columns["code"] == ["9.9"]
    assert table(filled).columns["code_oo"] == ["1.1", "1.1", "1.2", "2.1"]
    assert [t.subject.sheet for t in structural(filled, "S10")] == ["os"]


def test_an_action_that_has_its_objective_keeps_it() -> None:
    filled = read_actions(HEADINGS, ("OO 1.2 : Marcher",), PLANTER, ("1.2.1", "Paver", "En cours"))
    assert table(filled).columns["code_oo"] == ["1.1", "1.2"]


def test_an_action_under_a_strategic_objective_alone_has_no_operational_one() -> None:
    filled = read_actions(
        HEADINGS[:3], ("OO 1.1 : Rouler",), PLANTER[:3], ("OS 2 : Verte",), TAILLER[:3]
    )
    assert table(filled).columns["code_oo"] == ["1.1", None]


@pytest.mark.parametrize(
    "band",
    [
        ("1.1 Doubler les pistes",),
        ("1.1. Doubler les pistes",),
        ("1.1 : Doubler les pistes",),
        ("1.1", "Doubler les pistes"),
        (1.1, "Doubler les pistes"),
        ("OO 1.1", "Doubler les pistes"),
        ("OO 1.1\nDoubler les pistes",),
        (None, "OO 1.1 : Doubler les pistes"),
        ("OO 1.1 : Doubler les pistes", None, None, None, "Travaux", 12),
        (None, None, None, "OO 1.1 : Doubler les pistes"),
    ],
)
def test_a_section_is_understood_however_it_is_written(band: tuple[Any, ...]) -> None:
    headings = (*HEADINGS, "Service pilote", "ETP")
    filled = read_actions(headings, band, ("1.1.1", "Planter", "En cours"))
    assert table(filled).rows == [3]
    assert table(filled).columns["code_oo"] == ["1.1"]
    assert table(filled, "oo").columns["intitule"] == ["Doubler les pistes"]


def test_what_a_section_holds_besides_is_in_the_journal() -> None:
    band = ("OO 1.1 : Doubler", None, None, None, "Travaux")
    filled = read_actions((*HEADINGS, "Service pilote"), band, ("1.1.1", "Planter"))
    (cell, read, _) = remarks(filled, "ligne de section")[0]
    assert (cell, read) == ("A2", "OO 1.1 : Doubler · Travaux")


@pytest.mark.parametrize(
    "row",
    [
        ("1.1.1 Planter des arbres",),  # a code of the sheet's own shape
        ("1.1", "Doubler les pistes", "En cours"),  # an action with a short code
        ("12", "Planter"),  # an action by a plain number
        (None, "2 bornes à poser"),
        (None, "2.5 km de pistes", None, "1.2"),
        (None, "OO 1.1 : revoir", "En cours", "1.2"),  # it has its objective: an action
        ("1er trimestre", "Planter"),
        (None, "Planter 1.1"),
    ],
)
def test_a_row_that_is_an_action_is_no_section(row: tuple[Any, ...]) -> None:
    filled = read_actions(HEADINGS, row, TAILLER)
    assert table(filled).rows == [2, 3]
    assert "ligne de section" not in rules(filled)


def test_a_section_without_a_word_is_none_when_the_next_action_has_its_objective() -> None:
    filled = read_actions(HEADINGS, ("1.2 Marcher",), TAILLER)
    assert table(filled).rows == [2, 3]


def test_strategic_objectives_are_sections_of_the_operational_ones_too() -> None:
    filled = read_sheets({"OO": [("Code OO", "Intitulé"), ("OS 1 : Rouler",), ("1.1", "Doubler")]})
    assert table(filled, "oo").columns["code_os"] == ["1"]
    assert table(filled, "os").columns["intitule"] == ["Rouler"]
    assert table(filled, "os").title == "OO"


def test_the_engine_knows_sections_from_the_declaration() -> None:
    group = Sheet(
        "groupes", "Groupes", "?",
        (Column("code", "N°", Kind.CODE, ""), Column("nom", "Nom", Kind.TEXT, "")),
        named_by="nom", records=("groupe", "groupes"),
    )  # fmt: skip
    parent = Column("groupe", "Groupe", Kind.CODE, "", Need.REQUIRED, refers=("groupes",))
    form, things, lists = toy(columns=(parent,)).sheets
    plan = replace(toy(), sheets=(form, group, things, lists))
    rows = [("Code", "Intitulé", "Montant"), ("Groupe 7 : Vert",), ("7.1", "un", 3)]
    filled = read_sheets({"Choses": rows}, plan=plan)
    assert table(filled, "choses").columns["groupe"] == ["7"]
    assert table(filled, "groupes").columns["nom"] == ["Vert"]
