"""The fields of the form are found with their values, beside, further or below, never guessed."""

from __future__ import annotations

from support import structural
from support.layouts import read_form, remarks, table


def test_a_field_is_read_further_to_the_right() -> None:
    filled = read_form(
        ("Institution", None, "Valbruyère"), (), (None, "Code INS", None, None, "92951")
    )
    assert (filled.identity("nom"), filled.identity("ins")) == ("Valbruyère", "92951")
    assert table(filled, "identification").places == {"nom": "C1", "ins": "E3"}
    assert [c for c, *_ in remarks(filled, "valeur plus loin que son titre")] == ["C1", "E3"]


def test_the_help_beside_a_blank_field_is_not_its_value() -> None:
    filled = read_form(
        ("Institution", "Valbruyère", "Le nom de la commune."),
        ("Code INS", None, "Cinq chiffres."),
        ("Population", 20143, "Les habitants."),
    )
    assert filled.identity("ins") is None
    assert filled.layout == []


def test_fields_side_by_side_are_read() -> None:
    filled = read_form(
        ("Institution", "Valbruyère", "Code INS", "92951"), ("1.", "Type", "Commune")
    )
    assert (filled.identity("nom"), filled.identity("ins")) == ("Valbruyère", "92951")
    assert filled.identity("type") == "Commune"


def test_a_value_that_is_also_the_name_of_a_field_is_a_value() -> None:
    filled = read_form(("Type d’institution", "Commune"), ("Institution", "Valbruyère"))
    assert (filled.identity("type"), filled.identity("nom")) == ("Commune", "Valbruyère")


def test_a_value_below_its_name_is_read_when_it_is_clearly_so() -> None:
    across = read_form(("Institution", "Code INS", "Type d’institution"),
                  ("Valbruyère", "92951", "Commune"))  # fmt: skip
    assert across.identity("nom") == "Valbruyère"
    assert (across.identity("ins"), across.identity("type")) == ("92951", "Commune")
    down = read_form(("Institution",), ("Valbruyère",), (), ("Code INS",), ("92951",))
    assert (down.identity("nom"), down.identity("ins")) == ("Valbruyère", "92951")


def test_the_line_below_a_blank_field_is_not_its_value() -> None:
    filled = read_form(("Institution", "Valbruyère"), ("Code INS",), ("Nombre de quartiers", 12))
    assert filled.identity("ins") is None
    filled = read_form(("Institution",), ("Code INS", "92951"))
    assert filled.institution == "retour.xlsx"


def test_a_field_with_a_slip_is_read_and_told() -> None:
    filled = read_form(("Instituton", "Valbruyère"), ("Code INS (5 chiffres)", "92951"))
    assert (filled.identity("nom"), filled.identity("ins")) == ("Valbruyère", "92951")
    assert [finding.cell for finding in structural(filled, "S08")] == ["A1", "A2"]
