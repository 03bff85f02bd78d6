"""Whole plans of another domain are compared by its own figures."""

from __future__ import annotations

import pytest
from support import cells, opened, read, workbook
from support.another_plan import PLAN, foreign, texts_of
from support.schools.inventory import INVENTORY
from support.schools.vocabularies import HANDED, OPEN, WISHED

from pst_excel.comparing.compare import Comparison, compare
from pst_excel.excel import palette
from pst_excel.excel.books.comparison import write_comparison
from pst_excel.model.words.colors import Color


@pytest.fixture(scope="module")
def compared(book: bytes) -> Comparison:
    """Two schools compared, one of them given twice."""
    other = INVENTORY.replace("0417", "0418").replace("du Tilleul", "des Ormes").replace(
        "eleves    | 200", "eleves    | 100").replace("Souhaité ", "Livré    ")  # fmt: skip
    return compare(
        [
            read(book, "tilleul.xlsx", PLAN),
            read(workbook(INVENTORY.replace("2027\nmoment", "2026\nmoment"), PLAN), "vieux.xlsx", PLAN),
            read(workbook(other, PLAN), "ormes.xlsx", PLAN),
        ],
        PLAN,
    )  # fmt: skip


def test_schools_are_compared_by_the_figures_of_the_plan(compared: Comparison) -> None:
    assert [
        (institution.name, institution.type, institution.number, institution.size)
        for institution in compared.institutions
    ] == [
        ("École des Ormes", "Primaire", "0418", 100.0),
        ("École du Tilleul", "Primaire", "0417", 200.0),
    ]
    assert compared.set_aside == [
        ("vieux.xlsx", "un IBS au 01/09/2027 de la même institution est pris, plus récent")
    ]
    elms, lime = compared.values
    assert (elms["nb_travaux"].value, lime["nb_travaux"].value) == (3.0, 4.0)
    assert (elms["cout_eleve"].value, lime["cout_eleve"].value) == (440.0, 222.5)
    assert (elms["fait_moyen"].value, lime["fait_moyen"].value) == (round(140 / 3, 10), 60.0)
    shares = [elms[f"sit_{n}"].value for n in range(3)]
    assert shares == [0.0, round(1 / 3, 10), round(2 / 3, 10)]


def test_the_workbook_of_the_comparison_has_the_fields_and_the_parts_of_the_plan(
    compared: Comparison,
) -> None:
    data = write_comparison(compared)
    book = opened(data)
    assert book.sheetnames == ["Comparaison", "Situations", "Définitions", "Fichiers"]
    assert book.properties.title == "Comparaison d’inventaires scolaires"
    shown = cells(data, "Comparaison")
    assert [shown[f"{letter}5"] for letter in "ABCDEF"] == [
        "Institution", "Type", "Matricule", "Élèves", "Législature", "Situation au",
    ]  # fmt: skip
    parts = cells(data, "Situations")
    assert [parts[f"{letter}4"] for letter in "BCDE"] == ["Chantiers vus", WISHED, OPEN, HANDED]
    fills = [book["Situations"][f"{letter}4"].fill.fgColor.rgb[2:] for letter in "CDE"]
    assert fills == [palette.COLORS[c][0][1:] for c in (Color.PALE, Color.BLUE, Color.GREEN)]
    assert not foreign(texts_of(data))
