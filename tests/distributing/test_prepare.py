"""One prefilled workbook for each service that is asked for: whose it is, and for when."""

from __future__ import annotations

import pytest
from support import OBSERVED, OLD_TEMPLATE, RETURN, read
from support.sharing import DUE, LISTS, PLAN, share

from pst_excel.consolidating.consolidate import consolidate as united
from pst_excel.distributing.prepare import prepare as shared_out
from pst_excel.excel.books.template import write_template
from pst_excel.pst import PST
from pst_excel.text.errors import UsageError


def test_the_identification_says_the_service_and_the_date_of_return() -> None:
    (envelope,) = share(PLAN, "Travaux", due=DUE).workbooks
    back = read(write_template(envelope.content))

    assert (back.service, back.identity("date_retour")) == ("Travaux", DUE)
    assert back.identity("date_observation") == DUE
    assert (back.institution, back.identity("version")) == ("Valbruyère", PST.version)
    assert back.lists["services"] == ("Travaux", "Finances", "Culture", "Sports")
    assert back.findings == []


def test_without_a_date_of_return_the_situation_stays_at_the_date_of_the_plan() -> None:
    (envelope,) = share(PLAN, "Travaux").workbooks
    assert envelope.content.identity("date_retour") is None
    assert envelope.content.identity("date_observation") == OBSERVED
    assert envelope.file == "PST_Valbruyere_Travaux_2026-10-31.xlsx"


def test_a_date_that_could_not_be_read_gives_way_to_the_date_of_return() -> None:
    text = PLAN.replace("| 31/10/2026", "| bientôt").replace(
        "nom              ", "date_college | mai\nnom"
    )
    (envelope,) = share(text, "Travaux", due=DUE).workbooks
    back = read(write_template(envelope.content))

    assert back.identity("date_observation") == DUE
    assert list(back.not_understood().values()) == ["mai"]


def test_a_service_is_asked_for_once_whatever_its_spelling() -> None:
    assert [
        envelope.service for envelope in share(PLAN, "travaux", "TRAVAUX", "Travaux ").workbooks
    ] == ["Travaux"]


@pytest.mark.parametrize(
    ("asked", "fragments"),
    [
        (["Travau"], ["« Travau » (est-ce « Travaux » ?) n’est pas un service de la liste",
                      "« Travaux », « Finances », « Culture » et « Sports »"]),
        (["Zoo"], ["« Zoo » n’est pas un service de la liste"]),
        (["Zoo", "Cultur"], ["« Zoo » et « Cultur » (est-ce « Culture » ?) ne sont pas des services"]),
    ],
)  # fmt: skip
def test_a_service_that_is_not_in_the_list_is_refused_with_those_there_are(
    asked: list[str], fragments: list[str]
) -> None:
    with pytest.raises(UsageError) as raised:
        share(PLAN, *asked)
    for fragment in fragments:
        assert fragment in str(raised.value)


def test_a_long_list_of_services_is_not_recited() -> None:
    many = "".join(f"services | Service {n}\n" for n in range(40))
    with pytest.raises(UsageError, match=r"la feuille « Listes » de « PST\.xlsx » les donne"):
        share(PLAN.replace("services    | Sports\n", f"services | Sports\n{many}"), "Zoo")


def test_the_return_of_a_service_is_not_a_plan_to_share_out() -> None:
    with pytest.raises(UsageError, match=r"classeur d’un service \(Travaux\), pas un PST complet"):
        share(RETURN + "\nActions\ncode\n1.1.1")


def test_a_plan_without_services_says_where_to_write_them() -> None:
    with pytest.raises(UsageError, match=r"aucun service dans ses listes.*« Listes »"):
        share(LISTS.replace("services    |", "agents |") + "\nActions\ncode\n1.1.1")


def test_a_plan_without_rows_is_shared_out_only_among_services_that_are_named() -> None:
    with pytest.raises(UsageError, match="aucun service de la liste n’a encore de ligne"):
        share(LISTS)
    (envelope,) = share(LISTS, "Sports").workbooks
    assert read(write_template(envelope.content)).service == "Sports"


def test_errors_in_the_data_do_not_prevent_the_sharing() -> None:
    faulty = PLAN.replace("| 2       | Compter juste", "| 9       | Compter juste").replace(
        "| 10", "| -10"
    )
    assert len(share(faulty).workbooks) == 3


def test_a_service_has_the_same_file_whoever_else_is_prepared() -> None:
    text = PLAN.replace("services    | Sports", "services | Travaux !\nservices | Sports")
    (envelope,) = share(text, "Travaux !").workbooks
    assert envelope.file == "PST_Valbruyere_Travaux-2_2026-10-31.xlsx"


def test_a_plan_of_an_older_template_is_shared_out_on_the_new_one() -> None:
    older = OLD_TEMPLATE
    plan = read(older.read_bytes(), "PST.xlsx")
    plan.tables["identification"].columns["service"] = [None]
    result = shared_out(plan)
    back = [
        read(write_template(envelope.content), envelope.file) for envelope in result.workbooks[:2]
    ]

    assert plan.identity("version") != PST.version
    assert {filled.identity("version") for filled in back} == {PST.version}
    assert united(back, PST, OBSERVED).conflicts == []
