"""Values under no heading are a column of their own, named by its letters, and said."""

from __future__ import annotations

from support.layouts import read_actions, remarks, table

from pst_excel.reading.locating.signs import nameless

HEADINGS = ("Code action", "Intitulé", None, "Statut", None, ".", "Avis", "Colonne H")
PLANTER = ("1.1.1", "Planter", None, "En cours", None, "à voir", "bon", "ici")


def test_columns_without_a_heading_are_carried_under_their_letters() -> None:
    row = ("1.1.2", "Tailler", "entre", "Terminé", None, None, None, None, None, "loin")
    filled = read_actions(HEADINGS, PLANTER, row)
    assert table(filled).locals == {
        "Avis": ["bon", ""], "Colonne H": ["ici", ""],
        "Colonne C": ["", "entre"], "Colonne F": ["à voir", ""], "Colonne J": ["", "loin"],
    }  # fmt: skip
    assert table(filled).local_letters["Colonne J"] == "J"
    assert remarks(filled, "colonne sans titre") == [
        ("C1", "(vide) · 1\u00a0cellule", "Colonne C"),
        ("F1", ". · 1\u00a0cellule", "Colonne F"),
        ("J1", "(vide) · 1\u00a0cellule", "Colonne J"),
    ]


def test_a_stroke_under_no_heading_makes_no_column() -> None:
    filled = read_actions(("Code action", None, None), ("1.1.1", ".", "x"))
    assert table(filled).locals == {"Colonne C": ["x"]}
    assert remarks(filled, "signe seul écarté") == [("B1", ".", "signe seul, écarté")]


def test_a_name_that_somebody_wrote_is_not_taken() -> None:
    filled = read_actions(("Code action", None, "Colonne B"), ("1.1.1", "à", "b"))
    assert table(filled).locals == {"Colonne B": ["b"], "Colonne B (B)": ["à"]}


def test_a_heading_merged_over_two_columns_names_the_first() -> None:
    filled = read_actions(
        ("Code action", "Statut", None), ("1.1.1", "En cours", "depuis mai"),
        change=lambda book: book["Actions"].merge_cells("B1:C1"),
    )  # fmt: skip
    assert table(filled).columns["statut"] == ["En cours"]
    assert table(filled).locals == {"Colonne C": ["depuis mai"]}


def test_what_stands_at_the_left_or_over_the_headings_is_of_no_row() -> None:
    filled = read_actions(
        (None, None, None, "au-dessus"), (None, "Code action", "Intitulé"),
        ("à gauche", "1.1.1", "Planter"),
    )  # fmt: skip
    assert table(filled).locals == {}
    assert filled.layout == []


def test_a_value_under_no_heading_makes_no_row_and_is_said() -> None:
    filled = read_actions(("Code action",), ("1.1.1",), (), (None, None, "voir le collège"))
    assert table(filled).rows == [2]
    assert table(filled).locals == {}
    assert [(c, r) for c, r, _ in remarks(filled, "valeur hors du tableau")] == [
        ("C4", "voir le collège")
    ]


def test_what_is_said_of_stray_values_stays_short() -> None:
    filled = read_actions(("Code action",), ("1.1.1",), *[(None, None, "x y")] * 400)
    assert len(remarks(filled, "valeur hors du tableau")) == 20


def test_a_heading_that_is_a_unit_or_a_number_sign_is_one() -> None:
    assert [text for text in ("", ".", "-", "…", "_", "€", "%", "N°", "2", "ƒ") if nameless(text)] == [
        "", ".", "-", "…", "_"
    ]  # fmt: skip
