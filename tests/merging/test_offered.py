"""What may be decided is what makes sense, and what is decided is told with its place."""

from __future__ import annotations

import pytest
from support import OBSERVED
from support.campaigns import Campaign
from support.one_round import CULTURE, TRAVAUX, answers, at, to_decide, write
from support.rounds import at_code, decide

from pst_excel.consolidating.consolidate import consolidate
from pst_excel.pst import PST
from pst_excel.testing import added, removed


@pytest.mark.parametrize(
    ("field", "mine", "theirs", "both"),
    [
        ("statut", "En cours", "Problème", False),
        ("commentaire", "Vu", "Revu", True),
        ("avancement", 20.0, 30.0, False),
    ],
)
def test_both_values_are_offered_for_free_text_alone(
    campaign: Campaign, field: str, mine: object, theirs: object, both: bool
) -> None:
    write(campaign.plan, "1.1.1", **{field: mine})
    write(at(campaign, TRAVAUX), "1.1.1", **{field: theirs})
    (conflict,) = answers(campaign).conflicts

    assert ("les deux" in conflict.choices) is both


def test_a_code_that_is_decided_must_be_free(campaign: Campaign) -> None:
    for who, name in ((TRAVAUX, "Boucher le reste"), (CULTURE, "Chanter encore")):
        service = ("Travaux", "Finances", "Culture")[who]
        added(at(campaign, who), "actions", code="1.1.9", intitule=name, code_oo="1.1",
              service_pilote=service)  # fmt: skip
    campaign.write(answers(campaign))
    decide(campaign.plan, 0, "autre", "1.1.1")
    (conflict,) = campaign.consolidated().conflicts

    assert conflict.kind.name == "CODE"
    assert conflict.remark == "1.1.1 est déjà le code de « Boucher un trou »."


def test_a_removal_says_what_hangs_on_the_row(campaign: Campaign) -> None:
    added(campaign.plan, "budget", niveau="Action", code_lie="1.1.3", exercice=2027.0, prevu=5.0)
    campaign.send()
    removed(at(campaign, TRAVAUX), "actions", at_code(at(campaign, TRAVAUX), "actions", "1.1.3"))
    (conflict,) = (c for c in answers(campaign).conflicts if c.key == "actions")

    assert "Y tiennent : 1\u00a0ligne de budget." in conflict.why


def test_a_value_that_was_decided_comes_from_the_return_that_said_it(campaign: Campaign) -> None:
    write(campaign.plan, "1.1.1", avancement=15.0)
    write(at(campaign, TRAVAUX), "1.1.1", avancement=60.0)
    first = answers(campaign)
    place = first.conflicts[0].others[0].place
    campaign.write(first)
    decide(campaign.plan, 0, "retour Travaux")
    result = campaign.consolidated()
    ident = result.merged.tables["actions"].columns["id"][0]

    assert result.provenance is not None
    assert result.provenance.words("actions", str(ident), "avancement") == place


def test_decisions_are_applied_without_any_return(campaign: Campaign) -> None:
    write(campaign.plan, "1.1.1", avancement=15.0)
    write(at(campaign, TRAVAUX), "1.1.1", avancement=60.0)
    campaign.write(answers(campaign))
    decide(campaign.plan, 0, "retour Travaux")
    result = consolidate([], PST, OBSERVED, previous=campaign.plan)

    assert result.merged.tables["actions"].columns["avancement"][0] == 60
    assert to_decide(result) == []
    assert result.account.decided == 1


def test_a_row_that_a_service_was_not_sent_and_pastes_is_a_proposal_even_where_it_is_blank(
    campaign: Campaign,
) -> None:
    theirs = at(campaign, TRAVAUX).tables["actions"].columns
    actions = campaign.plan.tables["actions"].columns
    foreign = next(n for n, ident in enumerate(actions["id"]) if ident not in theirs["id"])
    name, code, owner = (str(actions[key][foreign]) for key in
                         ("intitule", "code", "service_pilote"))  # fmt: skip
    assert (owner != "Travaux", actions["description"][foreign]) == (True, None)
    added(at(campaign, TRAVAUX), "actions", id=actions["id"][foreign], code=code, intitule=name,
          service_pilote=owner, description="Écrit par Travaux")  # fmt: skip
    result = answers(campaign, TRAVAUX)

    assert result.merged.tables["actions"].columns["description"][foreign] is None
    proposed = ("PROPOSAL", f"{code} · {name}", "(vide)", "Écrit par Travaux")
    assert to_decide(result) == [proposed]
