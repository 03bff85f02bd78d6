"""Each message has its four parts, filled for every column; it says what the cell holds."""

from __future__ import annotations

import re

import pytest
from support import of_code, verdict
from support.faults import actions

from pst_excel.checking.messages import column_words
from pst_excel.model.catalogue import CATALOGUE
from pst_excel.pst import PST


def test_a_column_with_limits_says_them() -> None:
    for sheet in PST:
        for column in sheet.inputs:
            if column.low is not None or column.high is not None:
                assert column_words(column, PST.terms_of())["bounds"].startswith("un nombre")


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_a_structural_message_has_its_four_parts(code: str) -> None:
    message = CATALOGUE[code]
    assert message.sentence
    assert message.expected
    assert message.remedy.endswith(".")
    assert "'" not in message.title + message.sentence + message.expected + message.remedy


@pytest.mark.parametrize("code", ["V01", "V02", "V03", "V04", "V05"])
def test_every_hole_of_a_structural_message_is_filled_for_every_column(code: str) -> None:
    for sheet in PST:
        for column in sheet.inputs:
            words = column_words(column, PST.terms_of()) | {"read": "x", "understood": "y"}
            message = CATALOGUE[code]
            for text in (message.sentence, message.expected, message.remedy):
                assert not re.search(r"[{}]|\bnan\b|None", text.format_map(words))


@pytest.mark.parametrize(
    ("column", "cell", "code", "meanwhile"),
    [
        ("avancement", "140", "V04", "l’action n’entre pas dans les taux d’avancement"),
        ("avancement", "beaucoup", "V02", "l’action n’entre pas dans les taux d’avancement"),
        ("etp", "-1", "V04", "l’action n’entre pas dans le taux pondéré par les ETP"),
        ("statut", "Zzz", "V03", "l’action compte sous « Sans statut »"),
        ("code_oo", "", "V01", "l’action compte sous « Sans OS »"),
        (
            "parts",
            "moitié moitié",
            "V02",
            "le budget de l’action se répartit à parts égales dans ses OO",
        ),
    ],
)
def test_a_cell_that_the_figures_need_says_what_they_do_meanwhile(
    column: str, cell: str, code: str, meanwhile: str
) -> None:
    (finding,) = of_code(verdict(actions(**{column: cell})).findings, code)
    assert finding.message.endswith(f" En attendant, {meanwhile}.")


def test_a_cell_that_no_figure_needs_says_nothing_of_them() -> None:
    (finding,) = of_code(verdict(actions(intitule="")).findings, "V01")
    assert "En attendant" not in finding.message


@pytest.mark.parametrize(
    ("due", "read"), [("fin 2025", "fin 2025 (compris : 31/12/2025)"), ("31/12/25", "31/12/2025")]
)
def test_a_rule_says_what_the_cell_holds_where_its_value_is_not_certain(
    due: str, read: str
) -> None:
    (finding,) = of_code(verdict(actions(echeance=due)).findings, "R10a")
    assert finding.read == read
