"""What rounds of returns lost, made small: each value stays, or is asked."""

from __future__ import annotations

import pytest
from support.campaigns import Campaign, Copy
from support.one_round import CULTURE, FINANCES, TRAVAUX, answers, at, history, to_decide, write
from support.rounds import at_code, rows_of

from pst_excel.merging.conflicts import ConflictKind
from pst_excel.testing import added, removed


def test_two_services_that_add_the_same_budget_line_add_two(campaign: Campaign) -> None:
    line = {"niveau": "Action", "code_lie": "1.1.1", "exercice": 2028.0, "prevu": 2500.0}
    for who in (TRAVAUX, CULTURE):
        added(at(campaign, who), "budget", **line)
    result = answers(campaign)

    assert rows_of(result.merged, "budget", "prevu", "exercice").count(("2500", "2028")) == 2
    assert result.conflicts == []


def test_a_row_that_its_service_deleted_is_kept_with_its_values_and_asked(
    campaign: Campaign,
) -> None:
    removed(at(campaign, TRAVAUX), "actions", at_code(at(campaign, TRAVAUX), "actions", "1.1.3"))
    result = answers(campaign)

    assert ("1.1.3", "Peindre la rue") in rows_of(result.merged, "actions", "code", "intitule")
    assert to_decide(result) == [
        ("REMOVAL", "1.1.3 · Peindre la rue", "la ligne, avec ses valeurs", "supprimée par Travaux")
    ]


def test_an_answer_to_an_older_send_is_compared_with_that_send(campaign: Campaign) -> None:
    late = at(campaign, TRAVAUX)
    write(campaign.plan, "1.1.1", intitule="Boucher deux trous", echeance=None, avancement=15.0)
    campaign.send()
    write(late, "1.1.1", commentaire="Vu en mars")
    campaign.answer(Copy(campaign.copies[TRAVAUX].send, late))
    result = answers(campaign, FINANCES, CULTURE)

    row = rows_of(result.merged, "actions", "code", "intitule", "avancement", "commentaire")[0]
    assert row == ("1.1.1", "Boucher deux trous", "15", "Vu en mars")
    assert result.conflicts == []
    (said,) = [words for words in result.account.remarks if "Travaux" in words]
    assert "plus ancien que celui" in said


def test_an_untouched_old_value_never_wins_over_a_new_one(campaign: Campaign) -> None:
    write(at(campaign, TRAVAUX), "1.1", "oo", intitule="Rouler bien")
    write(at(campaign, FINANCES), "1.1", "oo", commentaire="Payé")
    result = answers(campaign)

    assert rows_of(result.merged, "oo", "intitule", "commentaire")[0] == ("Rouler bien", "Payé")
    assert result.conflicts == []


@pytest.mark.parametrize(
    ("sheet", "name", "code", "proposed"),
    [("actions", "intitule", "1.1.4", "1.1.5"), ("indicateurs", "libelle", "I3", "I4"),
     ("constat", "intitule", "C2", "C3")],
)  # fmt: skip
def test_new_rows_of_two_services_under_one_code_are_two_rows_and_a_code_is_proposed(
    campaign: Campaign, sheet: str, name: str, code: str, proposed: str
) -> None:
    for who, place in ((TRAVAUX, "Noirfaing"), (CULTURE, "Ronchamps")):
        filled = at(campaign, who)
        values = {"code": code, name: f"Rénover la salle communale de {place}"}
        more = {"service_pilote": filled.service} if sheet == "actions" else {}
        added(filled, sheet, **values, **more)
    result = answers(campaign)

    assert {
        (code, "Rénover la salle communale de Ronchamps"),
        (proposed, "Rénover la salle communale de Noirfaing"),
    } <= {*rows_of(result.merged, sheet, "code", name)}
    (conflict,) = result.conflicts
    assert conflict.kind is ConflictKind.CODE
    assert proposed in conflict.why


def test_codes_that_differ_by_a_capital_are_one_code_and_links_follow_their_row(
    campaign: Campaign,
) -> None:
    for who, code in ((TRAVAUX, "s7"), (CULTURE, "S7")):
        filled = at(campaign, who)
        added(
            filled, "actions", code=code, intitule=f"Rénover {who}", service_pilote=filled.service
        )
        added(filled, "budget", niveau="Action", code_lie=code.swapcase(), libelle=f"Toit {who}")
    result = answers(campaign)

    actions = {*rows_of(result.merged, "actions", "code", "intitule")}
    assert {("S7", f"Rénover {CULTURE}"), ("s8", f"Rénover {TRAVAUX}")} <= actions
    lines = {*rows_of(result.merged, "budget", "code_lie", "libelle")}
    assert {("S7", f"Toit {CULTURE}"), ("s8", f"Toit {TRAVAUX}")} <= lines


def test_a_normal_round_loses_no_row_that_nobody_received(campaign: Campaign) -> None:
    received = {row for copy in campaign.copies
                for row in rows_of(copy.send, "indicateurs", "code")}  # fmt: skip
    result = answers(campaign)

    assert ("I2",) not in received
    assert ("I2",) in rows_of(result.merged, "indicateurs", "code")
    for sheet in ("constat", "os", "oo", "actions", "indicateurs", "budget"):
        assert len(result.merged.tables[sheet]) == len(campaign.plan.tables[sheet])


def test_without_the_return_of_a_service_its_rows_stay_as_they_were_last(
    campaign: Campaign,
) -> None:
    result = answers(campaign, FINANCES, CULTURE)
    told = dict(rows_of(result.merged, "actions", "code", "origine"))

    assert result.absent == ["Travaux"]
    assert len(told) == 4
    assert told["1.1.1"].endswith("au dernier envoi")
    assert "au dernier envoi" not in told["1.1.2"]


def test_of_two_answers_of_one_service_the_later_counts_whatever_their_names(
    campaign: Campaign,
) -> None:
    copy = campaign.copies[TRAVAUX]
    write(copy.filled, "1.1.1", commentaire="le premier jet")
    campaign.answer(copy, "Travaux_v2.xlsx")
    write(copy.filled, "1.1.1", commentaire="la version relue")
    campaign.answer(copy, "Travaux.xlsx")
    result = campaign.consolidated()

    assert result.merged.tables["actions"].columns["commentaire"][0] == "la version relue"
    assert history(result, "remplacé par une réponse plus récente") == [
        ("1.1.1 · Boucher un trou", "le premier jet", "la version relue")
    ]
    assert "Travaux_v2.xlsx et Travaux.xlsx viennent du même service" in result.account.remarks[0]


def test_an_older_answer_that_comes_after_the_later_one_is_told_and_changes_nothing(
    campaign: Campaign,
) -> None:
    copy = campaign.copies[TRAVAUX]
    write(copy.filled, "1.1.1", commentaire="le premier jet")
    campaign.answer(copy, "Travaux.xlsx")
    first = campaign.folder.pop("Travaux.xlsx")
    write(copy.filled, "1.1.1", commentaire="la version relue")
    campaign.answer(copy, "Travaux_v2.xlsx")
    campaign.write(campaign.consolidated())
    campaign.folder["Travaux.xlsx"] = first
    result = campaign.consolidated()

    assert result.merged.tables["actions"].columns["commentaire"][0] == "la version relue"
    assert history(result, "remplacé par une réponse plus récente") == [
        ("1.1.1 · Boucher un trou", "le premier jet", "la version relue")
    ]


def test_a_value_that_goes_back_to_what_was_sent_is_asked(campaign: Campaign) -> None:
    """It may be a change undone as well as a second copy of the workbook that was sent."""
    copy = campaign.copies[TRAVAUX]
    write(copy.filled, "1.1.1", avancement=60.0)
    campaign.answer(copy)
    campaign.write(campaign.consolidated())
    write(copy.filled, "1.1.1", avancement=10.0, commentaire="Revu")
    campaign.answer(copy)
    result = campaign.consolidated()

    assert result.merged.tables["actions"].columns["avancement"][0] == 60
    assert result.merged.tables["actions"].columns["commentaire"][0] == "Revu"
    assert to_decide(result) == [("FIELD", "1.1.1 · Boucher un trou", "60 %", "10 %")]
