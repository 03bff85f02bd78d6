"""Names of files are safe on every system, and never given twice."""

from __future__ import annotations

import pytest

from pst_excel.text.filenames import distinct, free, is_reserved, safe


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Travaux", "Travaux"),
        ("Population – État civil", "Population-Etat-civil"),
        ("Œuvres & fêtes / n° 1", "OEuvres-fetes-n-1"),
        (r"..\..\windows\system32", "windows-system32"),
        ('a<b>c:d"e/f\\g|h?i*j', "a-b-c-d-e-f-g-h-i-j"),
        ("Fin. ", "Fin"),
        ("ligne\nsuivante\x00\x1f", "ligne-suivante"),
        ("Служба", ""),
        ("x" * 300, "x" * 60),
    ],
)
def test_a_part_of_a_file_name_is_safe_on_windows(text: str, part: str) -> None:
    assert safe(text) == part


def test_reserved_names_and_blank_parts_leave_a_possible_file_name() -> None:
    assert distinct(("PST", ""), ["CON", "nul", "***"], "", ".xlsx") == [
        "PST_CON.xlsx", "PST_nul.xlsx", "PST_sans-nom.xlsx",
    ]  # fmt: skip


def test_two_services_with_one_safe_name_have_two_files() -> None:
    names = ["Fêtes", "FETES", "Fêtes !", "Fetes-2"]
    files = distinct(("PST",), names, "2027", ".xlsx")

    assert files == [
        "PST_Fetes_2027.xlsx", "PST_FETES-2_2027.xlsx", "PST_Fetes-3_2027.xlsx",
        "PST_Fetes-2-2_2027.xlsx",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["CON", "nul.xlsx", "Aux.tar.gz", "com1.xlsx", "LPT9", "com².xlsx", "CON .xlsx", "CONIN$"],
)
def test_a_name_of_a_device_of_windows_is_never_given(name: str) -> None:
    assert is_reserved(name)
    assert free(name) == f"_{name}"
    assert not is_reserved(free(name))


@pytest.mark.parametrize("name", ["envois.", "envois ", "..."])
def test_a_name_of_which_windows_cuts_the_end_is_known(name: str) -> None:
    assert is_reserved(name)


@pytest.mark.parametrize(
    "name", ["CONSEIL.xlsx", "com10.xlsx", "com.xlsx", "a.nul", "PST_CON.xlsx"]
)
def test_other_names_are_left_as_they_are(name: str) -> None:
    assert not is_reserved(name)
    assert free(name) == name


def test_a_service_whose_name_is_a_device_has_a_file_without_other_parts() -> None:
    assert distinct((), ["CON", "con", "Lpt1"], "", ".xlsx") == [
        "_CON.xlsx", "con-2.xlsx", "_Lpt1.xlsx",
    ]  # fmt: skip
