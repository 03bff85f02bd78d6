"""What people decide, and correct by hand, stands; what is set aside is told."""

from __future__ import annotations

import pytest
from support.campaigns import Campaign
from support.one_round import CULTURE, TRAVAUX, answers, at, history, to_decide, write
from support.rounds import as_read, at_code, decide, rows_of

from pst_excel.consolidating.ledgers import DATA
from pst_excel.model.words.titles import CONFLITS
from pst_excel.testing import removed, sent_back


def test_a_deletion_that_is_decided_takes_the_row_out_and_tells_all_that_it_held(
    campaign: Campaign,
) -> None:
    removed(at(campaign, TRAVAUX), "actions", at_code(at(campaign, TRAVAUX), "actions", "1.1.3"))
    campaign.write(answers(campaign))
    decide(campaign.plan, 0, "supprimer", reason="abandonnée")
    result = campaign.consolidated()

    assert "1.1.3" not in result.merged.tables["actions"].columns["code"]
    assert ("1.1.3 · Peindre la rue", "Peindre la rue", "") in history(result, "ligne supprimée")
    assert result.conflicts == []
    campaign.write(result)
    assert campaign.consolidated().conflicts == []


def test_corrections_by_hand_stay_and_are_told(campaign: Campaign) -> None:
    campaign.write(answers(campaign))
    write(campaign.plan, "1.1.2", description="Relu par la cellule")
    campaign.plan.tables["actions"].locals["Quartier"] = ["", "Gare", "", ""]
    result = campaign.consolidated()

    told = history(result, "correction de la cellule centrale")
    assert ("1.1.2 · Payer le trou", "(vide)", "Relu par la cellule") in told
    actions = result.merged.tables["actions"]
    assert actions.columns["description"][1] == "Relu par la cellule"
    assert actions.locals["Quartier"] == ["", "Gare", "", ""]
    assert result.account.corrected == 2


@pytest.mark.parametrize(
    ("decision", "value", "stands"),
    [("référence", "", 15.0), ("retour Travaux", "", 60.0), ("autre", "33", 33.0)],
)
def test_what_is_decided_stands_what_is_set_aside_is_told_and_nothing_is_asked_again(
    campaign: Campaign, decision: str, value: str, stands: float
) -> None:
    write(campaign.plan, "1.1.1", avancement=15.0)
    write(at(campaign, TRAVAUX), "1.1.1", avancement=60.0)
    campaign.write(answers(campaign))
    assert to_decide(campaign.consolidated()) == [
        ("FIELD", "1.1.1 · Boucher un trou", "15 %", "60 %")
    ]
    decide(campaign.plan, 0, decision, value, "vu au collège")
    result = campaign.consolidated()
    words = {line[6] for line in result.history} | {line[7] for line in result.history}

    assert result.merged.tables["actions"].columns["avancement"][0] == stands
    assert {"10\u00a0%", "15\u00a0%", "60\u00a0%"} <= words
    campaign.write(result)
    assert campaign.consolidated().conflicts == []


def test_a_decision_that_is_none_of_those_that_may_be_stays_open_and_says_why(
    campaign: Campaign,
) -> None:
    write(campaign.plan, "1.1.1", avancement=15.0)
    write(at(campaign, TRAVAUX), "1.1.1", avancement=60.0)
    campaign.write(answers(campaign))
    decide(campaign.plan, 0, "on verra")
    (conflict,) = campaign.consolidated().conflicts

    assert conflict.decision == "on verra"
    assert "n’est pas une décision possible" in conflict.remark


@pytest.mark.parametrize(
    "held",
    ['"beaucoup"', "true", "Infinity", '{"date":"2026-01-01"}', '{"links":[["oo","x","1"]]}'],
)
def test_a_value_that_its_column_cannot_hold_is_not_taken_from_the_hidden_cells(
    campaign: Campaign, held: str
) -> None:
    write(campaign.plan, "1.1.1", avancement=15.0)
    write(at(campaign, TRAVAUX), "1.1.1", avancement=60.0)
    campaign.write(answers(campaign))
    (line,) = campaign.plan.ledgers[CONFLITS]
    line[f"{DATA} 1"] = str(line[f"{DATA} 1"]).replace("60.0]", f"{held}]")
    decide(campaign.plan, 0, "retour Travaux")
    result = campaign.consolidated()

    assert "n’est pas une valeur possible de « Avancement %" in result.conflicts[0].remark
    assert result.merged.tables["actions"].columns["avancement"][0] == 15.0


@pytest.mark.parametrize("held", ["[" * 16_000, '{"kind":', '{"a":' * 5_000])
def test_what_was_kept_of_a_conflict_and_is_no_longer_whole_is_asked_anew(
    campaign: Campaign, held: str
) -> None:
    write(campaign.plan, "1.1.1", avancement=15.0)
    write(at(campaign, TRAVAUX), "1.1.1", avancement=60.0)
    campaign.write(answers(campaign))
    asked = to_decide(campaign.consolidated())
    campaign.plan.ledgers[CONFLITS][0][f"{DATA} 1"] = held

    assert to_decide(campaign.consolidated()) == asked


def test_a_run_that_is_lost_is_done_again_by_the_next(campaign: Campaign) -> None:
    write(at(campaign, CULTURE), "1.2.1", avancement=80.0)
    lost = answers(campaign)
    again = campaign.consolidated()

    assert as_read(lost) == as_read(again)


def test_a_row_that_the_plan_lost_and_its_service_changed_comes_back_to_be_decided(
    campaign: Campaign,
) -> None:
    removed(campaign.plan, "actions", at_code(campaign.plan, "actions", "1.1.3"))
    write(at(campaign, TRAVAUX), "1.1.3", commentaire="Presque fini")
    result = answers(campaign)

    assert ("1.1.3", "Presque fini") in rows_of(result.merged, "actions", "code", "commentaire")
    assert [kind for kind, *_ in to_decide(result)] == ["GONE"]
    assert sent_back(campaign.plan).tables["actions"].columns["code"] == ["1.1.1", "1.1.2", "1.2.1"]


def test_an_entry_of_a_list_that_was_refused_is_not_asked_again(campaign: Campaign) -> None:
    filled = at(campaign, TRAVAUX)
    filled.lists["agents"] = ("LAMBERT Julie",)
    campaign.write(answers(campaign))
    assert to_decide(campaign.consolidated()) == [
        ("ENTRY", "LAMBERT Julie", "pas dans la liste", "LAMBERT Julie")
    ]
    decide(campaign.plan, 0, "référence")
    campaign.write(campaign.consolidated())
    write(filled, "1.1.1", commentaire="Encore une réponse")
    result = answers(campaign, TRAVAUX)

    assert result.conflicts == []
    assert result.merged.lists.get("agents", ()) == ()
    assert result.merged.tables["actions"].columns["commentaire"][0] == "Encore une réponse"


def test_an_entry_of_a_list_that_was_accepted_is_in_the_list(campaign: Campaign) -> None:
    at(campaign, TRAVAUX).lists["agents"] = ("LAMBERT Julie",)
    campaign.write(answers(campaign))
    decide(campaign.plan, 0, "retour Travaux")
    result = campaign.consolidated()

    assert result.merged.lists["agents"] == ("LAMBERT Julie",)
    assert result.conflicts == []


def test_what_was_decided_is_asked_again_when_it_is_said_to_another_send(
    campaign: Campaign,
) -> None:
    for central, sent in ((15.0, "10 %"), (20.0, "15 %")):
        write(at(campaign, TRAVAUX), "1.1.1", avancement=60.0)
        write(campaign.plan, "1.1.1", avancement=central)
        campaign.write(answers(campaign))
        (conflict,) = campaign.consolidated().conflicts
        assert conflict.base.replace("\u00a0", " ") == sent
        decide(campaign.plan, 0, "référence")
        campaign.write(campaign.consolidated())
        campaign.send()
