"""Which plan of an institution is compared: no empty one, none of a day that cannot be, in silence."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from support import office, read
from support.compared_plans import (
    ACTION,
    BUDGET,
    book,
    figure,
    plan,
    remark,
    told,
    without,
    written,
)

from pst_excel.comparing.compare import compare, without_quotes
from pst_excel.excel.books.comparison import write_comparison
from pst_excel.pst import PST
from pst_excel.returns.tables import Refusal, Return

REAL = plan(file="reel.xlsx", date_observation="2026-03-31")
ONLY_OS = "\nOS\ncode | intitule\n1 | Un\n"
ONLY_CONSTAT = "\nConstat\ncode | intitule\nC1 | Un fleuve\n"


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (plan(rows="", date_observation="2026-10-31"), "aucune ligne : "),
        (plan(rows="", date_observation="2029-12-31"), "aucune ligne : "),
        (plan(rows="", date_observation="2050-01-01"), "aucune ligne : "),
        (plan(rows=ONLY_OS), "aucune ligne dans Actions : "),
        (plan(date_observation="2036-10-31"), "situation au 31/10/2036, hors de la législature : "),
        (plan(date_observation=""), "date non dite : "),
        (without(book(date_observation="2026-10-31"), "Actions"), "aucune ligne : "),
    ],
)
def test_a_plan_that_is_there_is_not_displaced(other: Return, reason: str) -> None:
    for order in ([REAL, other], [other, REAL]):
        comparison = compare(order, PST)

        assert [one.file for one in comparison.institutions] == ["reel.xlsx"]
        assert figure(comparison, "nb_actions").value == 1.0
        rest = "un PST au 31/03/2026 de la même institution est pris"
        assert [said for *_, said in told(comparison)[1:]] == [f"{reason}{rest}"]
        assert f"{reason}{rest}" in written(comparison, "Fichiers")


def test_an_empty_plan_is_compared_where_there_is_no_other_and_it_is_said() -> None:
    comparison = compare([plan(rows=ONLY_CONSTAT), plan("Durbuy", "83012", rows=ONLY_OS)], PST)

    assert (
        remark(comparison, "Nassogne")
        == "aucune ligne dans les feuilles que les chiffres regardent"
    )
    assert remark(comparison, "Durbuy") == "aucune ligne dans Actions"


def test_a_plan_told_after_the_date_asked_gives_way_to_one_before_it() -> None:
    later = plan(file="apres.xlsx", date_observation="2026-10-31")
    for order in ([REAL, later], [later, REAL]):
        comparison = compare(order, PST, dt.date(2026, 6, 30))

        assert [one.file for one in comparison.institutions] == ["reel.xlsx"]
        assert (
            "situation au 31/10/2026, après la date demandée, le 30/06/2026"
            in told(comparison)[1][2]
        )


def test_a_plan_told_after_the_date_asked_is_taken_alone_and_said() -> None:
    comparison = compare([plan()], PST, dt.date(2026, 6, 30))

    assert "après la date demandée, le 30/06/2026" in remark(comparison, "Nassogne")


def test_a_day_after_the_file_was_saved_is_said() -> None:
    early = office.edited(book(date_observation="2029-12-31"), lambda _: None)
    comparison = compare([read(early)], PST)

    assert "31/12/2029, après le dernier enregistrement" in remark(comparison, "Nassogne")


def test_two_of_the_same_date_are_said() -> None:
    comparison = compare(
        [plan(file="a.xlsx"), plan(file="b.xlsx", rows=ACTION + BUDGET.format(1))], PST
    )

    assert len(comparison.institutions) == 1
    assert "de la même date : retirez l’un des deux" in told(comparison)[1][2]


def test_without_a_date_lateness_is_missing_unless_one_is_given() -> None:
    undated, dated = plan(date_observation=""), plan("Durbuy", "83012")

    own = compare([undated, dated], PST)
    given = compare([undated, dated], PST, dt.date(2026, 10, 31))

    by_name = [one.name for one in own.institutions]
    assert by_name == ["Durbuy", "Nassogne"]
    assert [figure(own, "part_retard", at).value for at in (0, 1)] == [1.0, None]
    assert figure(own, "part_retard", 1).completeness == 0.0
    assert figure(own, "taux_moyen", 1).value == 40.0
    assert remark(own, "Nassogne") == (
        "date non dite : ce qui en dépend, comme les retards, n’est pas disponible"
    )
    assert "date non dite" in written(own, "Comparaison")
    assert [figure(given, "part_retard", at).value for at in (0, 1)] == [1.0, 1.0]
    assert remark(given, "Nassogne") == "date non dite : retards comptés au 31/10/2026"


def test_without_any_date_the_day_of_the_run_is_nowhere() -> None:
    comparison = compare([plan(date_observation="")], PST)
    parts = office.parts(write_comparison(comparison))
    today = dt.date.today()

    assert figure(comparison, "part_retard").value is None
    for said in (today.isoformat(), f"{today:%d/%m/%Y}"):
        assert not [name for name, text in parts.items() if said in text]


def test_missing_sheets_and_columns_are_said() -> None:
    comparison = compare([without(book(), "Budget", "Indicateurs", "Actions.Agent pilote")], PST)

    assert remark(comparison, "Nassogne") == (
        "feuilles absentes : Indicateurs et Budget ; colonne absente : « Agent pilote » (Actions)"
    )


def test_no_file_name_is_in_the_workbook() -> None:
    late = plan(date_observation="2026-03-31", file="PST version DUPONT Sophie (2).xlsx")
    service = plan("Durbuy", "83012", file="DUPONT Sophie.xlsx", service="Travaux")
    refused = Refusal(
        "DUPONT Sophie.ods",
        "ce n’est pas un classeur PST : aucune feuille OS (feuilles trouvées : « DUPONT Sophie (2) »"
        " et « A »). Partez du modèle",
    )
    comparison = compare([plan(), late, service], PST, refusals=[refused])
    parts = office.parts(write_comparison(comparison))

    assert not [name for name, text in parts.items() if re.search("dupont|sophie", text, re.I)]
    assert [row[:2] for row in told(comparison)] == [
        ("comparé", "Nassogne"), ("écarté", "Durbuy"), ("écarté", "Nassogne"), ("illisible", ""),
    ]  # fmt: skip
    assert told(comparison)[3][2] == (
        "ce n’est pas un classeur PST : aucune feuille OS. Partez du modèle"
    )


@pytest.mark.parametrize(
    ("reason", "left"),
    [
        (
            "le fichier est vide (0 octet) ; demandez « un » envoi",
            "le fichier est vide (0 octet) ; demandez « un » envoi",
        ),
        ("la ligne (« DUPONT ») dépasse « lignes » (5) : 9 ; ôtez", "la ligne : 9 ; ôtez"),
        ("endommagé", "endommagé"),
    ],
)
def test_what_a_refusal_quotes_of_a_file_is_left_out(reason: str, left: str) -> None:
    assert without_quotes(reason) == left
