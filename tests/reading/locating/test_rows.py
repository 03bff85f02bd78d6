"""Rows are records: those that only repeat, add up, remark or continue others are not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from openpyxl.workbook import Workbook
from support import of_code, structural, verdict
from support.layouts import HEADINGS, PLANTER, TAILLER, read_actions, remarks, table

from pst_excel.model.schema import COMPANION
from pst_excel.returns.tables import Return


def with_errors(*rows: Sequence[Any]) -> Return:
    """Read Actions after the texts that look like an error of Excel were made one."""

    def change(book: Workbook) -> None:
        for cell in (cell for row in book["Actions"].iter_rows() for cell in row):
            if str(cell.value).startswith("#"):
                cell.data_type = "e"

    return read_actions(*rows, change=change)


def test_repeated_headings_are_no_rows() -> None:
    filled = read_actions(HEADINGS, PLANTER, (), ("CODE ACTION", *HEADINGS[1:3]), TAILLER)
    assert table(filled).columns["code"] == ["1.1.1", "1.1.2"]
    read = "CODE ACTION · Intitulé · Statut"
    assert [(c, r) for c, r, _ in remarks(filled, "ligne de titres répétée")] == [("A4", read)]


def test_a_value_merged_over_rows_holds_for_each_of_them() -> None:
    rows = [HEADINGS, PLANTER, ("1.1.2", "Tailler"), ("1.1.3", "Semer"), (), ("1.2.1", "Paver")]
    filled = read_actions(*rows, change=lambda book: book["Actions"].merge_cells("D2:D5"))
    assert table(filled).columns["code_oo"] == ["1.1", "1.1", "1.1", None]
    assert table(filled).rows == [2, 3, 4, 6]
    assert remarks(filled, "cellules fusionnées") == [("D2", "1.1", "1.1, lignes 2 à 4")]


def test_a_row_that_is_only_merged_cells_is_no_second_record() -> None:
    def merge(book: Workbook) -> None:
        for area in ("A2:A3", "B2:B3", "C2:C3", "D2:D3"):
            book["Actions"].merge_cells(area)

    filled = read_actions(HEADINGS, PLANTER, (), TAILLER, change=merge)
    assert table(filled).rows == [2, 4]
    assert filled.layout == []


def test_a_value_merged_across_columns_is_that_of_the_first() -> None:
    rows = [HEADINGS, PLANTER]
    filled = read_actions(*rows, change=lambda book: book["Actions"].merge_cells("B2:C2"))
    assert table(filled).columns["intitule"] == ["Planter"]
    assert table(filled).columns["statut"] == [None]


@pytest.mark.parametrize(
    "total",
    [
        ("Total", None, 125_000),
        (None, "TOTAL GÉNÉRAL", 125_000),
        (None, "Sous-total OS 1", 12_000),
        (None, "Sous total voirie", 12_000),
        ("Total voirie", None, "125 000,00 €"),
        (None, "Total des actions : 12", 12),
        (None, "Somme", 3),
        ("TOTAUX",),
    ],
)
def test_a_row_of_total_is_left_out_and_said(total: tuple[Any, ...]) -> None:
    filled = read_actions(
        ("Code action", "Intitulé", "ETP", "Statut"), ("1.1.1", "Planter", 1), total
    )
    assert table(filled).rows == [2]
    ((cell, read, understood),) = remarks(filled, "ligne de total écartée")
    assert cell in ("A3", "B3")
    assert all(word in read for word in str(total[0] or total[1]).split())
    assert understood == "total, ligne écartée"


@pytest.mark.parametrize(
    "row",
    [
        ("1.1.2", "Total", 3),  # it has a code
        (None, "Total", 3, "En cours"),  # it says where it stands
        (None, "Totaliser les compteurs", 3),
        (None, "Total rénové de la maison communale", 3),
        (
            None,
            "Somme toute, revoir le plan",
        ),
    ],
)
def test_an_action_that_speaks_of_a_total_stays(row: tuple[Any, ...]) -> None:
    filled = read_actions(
        ("Code action", "Intitulé", "ETP", "Statut"), ("1.1.1", "Planter", 1), row
    )
    assert table(filled).rows == [2, 3]


@pytest.mark.parametrize(
    "row",
    [
        ("Document de travail",), ("Légende",), (None, "Légende : rouge = en retard"),
        (None, None, None, "à valider par le collège"), ("NB : chiffres provisoires",),
        (None, "Remarque : voir le collège du 3 mai"),
    ],
)  # fmt: skip
def test_a_remark_alone_on_its_row_is_no_action_and_is_told(row: tuple[Any, ...]) -> None:
    filled = read_actions(HEADINGS, PLANTER, row)
    text = next(cell for cell in row if cell)
    assert table(filled).rows == [2]
    assert [read for _, read, _ in remarks(filled, "remarque écartée")] == [text]
    (finding,) = of_code(verdict(filled).findings, "S09")
    assert finding.message == f"La ligne 3, « {text} », n’a pas été lue comme une ligne du tableau."


@pytest.mark.parametrize(
    "row",
    [
        ("1.1.3",), ("A.45",), ("MOB",), (None, "Semer du blé"), (None, "Noter les remarques"),
        (None, None, "En cours"), ("A.45 - Semer du blé",),
    ],
)  # fmt: skip
def test_an_action_that_was_only_begun_stays(row: tuple[Any, ...]) -> None:
    filled = read_actions(HEADINGS, PLANTER, row)
    assert table(filled).rows == [2, 3]
    assert structural(filled, "S09") == []


def test_hidden_rows_are_read_and_said_in_words() -> None:
    def hide(book: Workbook) -> None:
        for at in (3, 5, 6, 7, 20):
            book["Actions"].row_dimensions[at].hidden = True

    rows = [(f"1.1.{number}", "Planter") for number in range(1, 8)]
    filled = read_actions(HEADINGS[:2], *rows, change=hide)
    assert len(table(filled)) == 7
    expected = [("A3", "lignes 3, 5 à 7, masquées", "lues comme les autres")]
    assert remarks(filled, "lignes masquées lues") == expected


def test_hidden_columns_are_read_and_said_but_those_that_the_template_may_hide() -> None:
    def hide(book: Workbook) -> None:
        for letter in "ACDEF":
            book["Actions"].column_dimensions[letter].hidden = True

    headings = ("Id", "Code action", "Statut", "Avis", "Description", "Échéance")
    filled = read_actions(headings, ("abc", "1.1.1", "Terminé", "bon", "long", None), change=hide)
    assert [(c, r) for c, r, _ in remarks(filled, "colonnes masquées lues")] == [
        ("C1", "« Statut », masquée"), ("D1", "« Avis », masquée"),
    ]  # fmt: skip


def test_an_error_is_a_filled_cell_that_was_not_understood() -> None:
    filled = with_errors(HEADINGS, PLANTER, (None, None, "#REF!"))
    assert table(filled).rows == [2, 3]
    assert filled.not_understood()[("actions", 3, "statut")] == "#REF!"


def test_an_error_beyond_the_last_value_is_not_lost() -> None:
    filled = with_errors(HEADINGS, PLANTER, (), (None, None, None, "#N/A"))
    assert table(filled).rows == [2, 4]
    assert filled.not_understood()[("actions", 4, "code_oo")] == "#N/A"


def test_an_error_is_neither_a_heading_nor_an_id() -> None:
    filled = with_errors(("Id", "Code action", "#REF!"), ("#REF!", "1.1.1", "x"))
    assert table(filled).locals == {"Colonne C": ["x"]}
    assert "#REF!" not in table(filled).columns["id"]
    assert all(reading.subject.column != "id" for reading in filled.readings)


def test_a_formula_never_calculated_is_said() -> None:
    filled = read_actions(HEADINGS, ("1.1.1", "Planter", '=IF(1,"Terminé","")'))
    ((place, text),) = filled.not_understood().items()
    assert (place, text) == (("actions", 2, "statut"), "formule jamais calculée")


def test_a_text_received_stands_for_the_blank_cell_beside_it() -> None:
    headings = ("Code action", "Avancement %", f"Avancement %{COMPANION}")
    filled = read_actions(headings, ("1.1.1", None, "environ 50"), ("1.1.2", 40, None))
    assert table(filled).columns["avancement"] == [None, 40.0]
    assert filled.not_understood() == {("actions", 2, "avancement"): "environ 50"}
    assert table(filled).locals == {}
    assert table(filled).missing.isdisjoint({"avancement"})


def test_a_text_received_stands_for_the_declared_default_too() -> None:
    filled = read_actions(("Code action", "Type", f"Type{COMPANION}"), ("1.1.1", None, "Tpye"))
    assert table(filled).columns["type_action"] == [None]
    assert filled.not_understood() == {("actions", 2, "type_action"): "Tpye"}


def test_a_row_that_holds_only_a_text_received_is_read() -> None:
    filled = read_actions(("Code action", "ETP", f"ETP{COMPANION}"), (None, None, "deux"))
    assert filled.not_understood() == {("actions", 2, "etp"): "deux"}


def test_a_text_received_gives_way_to_what_was_filled_since() -> None:
    headings = ("Code action", "Avancement % ✱", f"Avancement % ✱{COMPANION}")
    filled = read_actions(headings, ("1.1.1", 60, "environ 50"))
    assert table(filled).columns["avancement"] == [60.0]
    assert [(c, r) for c, r, _ in remarks(filled, "texte reçu remplacé")] == [("C2", "environ 50")]


def test_a_text_received_without_its_column_is_a_column_of_the_institution() -> None:
    filled = read_actions(("Code action", f"Statut{COMPANION}"), ("1.1.1", "bof"))
    assert table(filled).locals == {f"Statut{COMPANION}": ["bof"]}
